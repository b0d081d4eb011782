"""Where the money of a payment method goes, and what is certain enough to be taken unseen."""

import pytest

from awra_tui.health.deposits import is_cash
from awra_tui.health.suggestions import certain, rank
from awra_tui.records.qbo import QboObject
from awra_tui.records.subject import MappingKey
from tests.health.world import NAIROBI


def account(qbo_id: str, name: str, type_: str = "Other Current Asset", subtype: str = "") -> QboObject:
    content = {"AccountSubType": subtype or "OtherCurrentAssets"}
    return QboObject(entity="Account", id=qbo_id, name=name, type=type_, currency="KES", content=content)


ACCOUNTS = (
    account("funds", "Payments to deposit", subtype="UndepositedFunds"),
    account("bank", "KCB Current Account", "Bank", "Checking"),
    account("paystack", "Paystack Clearing"),
    account("card", "Card Clearing"),
    account("nairobi", "M-Pesa Nairobi Till"),
    account("mombasa", "M-Pesa Mombasa Till"),
    account("income", "Paystack income", "Income", "SalesOfProductIncome"),
    account("visa", "Company card", "Credit Card", "CreditCard"),
)


@pytest.mark.parametrize(
    ("value", "scope", "first", "sure"),
    [
        ("Cash", "", "funds", "funds"),
        ("Cheque", "branch=Mombasa", "funds", "funds"),
        ("Bank transfer", "", "bank", ""),
        ("EFT", "", "bank", ""),
        ("Paystack", "", "paystack", "paystack"),
        ("Card", "", "card", "card"),
        ("M-Pesa", "", "mombasa", ""),
        ("M-Pesa", "branch=Nairobi", "nairobi", "nairobi"),
        ("MPESA", "branch=Mombasa", "mombasa", "mombasa"),
        ("M-Pesa", "branch=Kisumu", "mombasa", ""),
    ],
)
def test_cash_waits_banks_bank_and_gateways_clear(value: str, scope: str, first: str, sure: str) -> None:
    ranked = rank(MappingKey("payment_method", value, scope), ACCOUNTS, NAIROBI)
    assert (ranked[0].qbo_id, certain(ranked)) == (first, sure)
    assert ranked[0].why


@pytest.mark.parametrize(
    ("value", "scope", "name"),
    [
        ("*", "", "KCB Current Account"),
        ("Card", "", "Discarded stock"),
        ("M-Pesa", "branch=Ile", "M-Pesa Wileys Till"),
        ("Cash App", "", "Undeposited"),
        ("Cash", "side=purchase", "Undeposited"),
    ],
)
def test_part_of_a_word_and_no_word_at_all_name_nothing(value: str, scope: str, name: str) -> None:
    there = (account("funds", "Undeposited", subtype="UndepositedFunds"), account("other", name))
    key = MappingKey("payment_method", value, scope)
    assert certain(rank(key, there, NAIROBI)) == ""


def test_what_is_paid_in_cash_comes_out_of_the_cash_account() -> None:
    there = (*ACCOUNTS, account("box", "Cash box", "Bank", "CashOnHand"))
    key = MappingKey("payment_method", "Cash", "side=purchase")
    assert certain(rank(key, there, NAIROBI)) == "box"
    assert not is_cash(key)


def test_an_account_that_takes_no_money_is_never_certain_and_says_why() -> None:
    ranked = rank(MappingKey("payment_method", "Paystack"), ACCOUNTS, NAIROBI)
    (income,) = (one for one in ranked if one.qbo_id == "income")
    assert income.score == 0
    assert "is of type Income" in income.why


def test_a_similar_name_is_suggested_and_never_certain() -> None:
    listed = [
        QboObject(entity="Class", id=str(n), name=name) for n, name in enumerate(("Retail", "Wholesale"))
    ]
    ranked = rank(MappingKey("class", "Retails"), listed, NAIROBI)
    assert (ranked[0].name, ranked[0].why, certain(ranked)) == ("Retail", "the name is similar", "")
    assert certain(rank(MappingKey("class", "RETAIL"), listed, NAIROBI)) == "0"


def test_two_of_one_name_are_not_certain() -> None:
    twins = [QboObject(entity="Class", id=one, name="Retail") for one in "12"]
    assert certain(rank(MappingKey("class", "Retail"), twins, NAIROBI)) == ""
