"""Where the money of a payment method goes, and what is certain enough to be taken unseen."""

import pytest

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
