"""Rounding and tax."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awra_tui.simulator import booking, companies, jsontext, money
from awra_tui.simulator.company import Company
from tests.simulator.qbo import ANCHOR, Qbo, bill, line, taxed_company

AMOUNT = st.decimals("0.01", "99999.99", places=2)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("0.005", "0.01"), ("1.115", "1.12"), ("2.675", "2.68"), ("-0.005", "-0.01"), ("1.1149", "1.11")],
)
def test_halves_go_up(value: str, expected: str) -> None:
    assert money.cents(Decimal(value)) == Decimal(expected)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("0", "0"), ("0.00", "0"), ("12760", "12760.0"), ("337.50", "337.5"), ("26.06", "26.06")],
)
def test_amounts_are_written_as_recorded(value: str, expected: str) -> None:
    assert jsontext.dumps(money.shown(Decimal(value))) == expected.encode()


@pytest.mark.parametrize(
    ("value", "expected"), [("75.00", "75"), ("4.50", "4.5"), ("1E+3", "1000"), ("0.0", "0")]
)
def test_quantities_are_written_without_zeros(value: str, expected: str) -> None:
    assert jsontext.dumps(money.plain(Decimal(value))) == expected.encode()


@given(st.decimals("-1000000", "1000000", places=5))
def test_rounding_is_to_the_nearest_cent_and_away_from_zero(value: Decimal) -> None:
    found = money.cents(value)
    distance = abs(Fraction(found) - Fraction(value))
    assert distance <= Fraction(1, 200)
    if distance == Fraction(1, 200):
        assert abs(found) > abs(value)
    assert money.shown(value) == found


@given(st.decimals("-9999", "9999", places=2), st.lists(st.integers(0, 50).map(Decimal), max_size=6))
def test_a_spread_amount_adds_up(amount: Decimal, weights: list[Decimal]) -> None:
    parts = money.spread(amount, weights)
    assert len(parts) == len(weights)
    assert sum(parts) == (amount if sum(weights) else 0)


@given(AMOUNT, st.decimals("0", "30", places=2))
def test_contained_tax_is_the_tax_of_what_is_left(gross: Decimal, rate: Decimal) -> None:
    tax = money.included(gross, rate)
    assert abs(money.share(gross - tax, rate) - tax) <= Decimal("0.01")


@given(st.recursive(st.decimals("-99", "99", places=3) | st.text() | st.booleans(), st.lists))
def test_json_numbers_come_back_as_they_were(value: object) -> None:
    assert jsontext.loads(jsontext.dumps(value)) == value


def sold(*lines: tuple[object, str], **more: object) -> dict[str, object]:
    parts = [line(amount, TaxCodeRef={"value": code}) for amount, code in lines]
    return {"CustomerRef": {"value": "1"}, "CurrencyRef": {"value": "KES"}, "Line": parts, **more}


async def test_tax_is_added_per_rate_over_all_lines(kenya: Qbo) -> None:
    made = await kenya.make("Invoice", sold(("10.03", "1"), ("10.03", "1"), (50, "2")))
    detail = made["TxnTaxDetail"]
    assert detail["TotalTax"] == Decimal("3.21")
    standard, zero = detail["TaxLine"]
    assert standard["TaxLineDetail"]["NetAmountTaxable"] == Decimal("20.06")
    assert (zero["Amount"], zero["TaxLineDetail"]["TaxPercent"]) == (0, 0)
    assert made["TotalAmt"] == Decimal("73.27")
    assert made["GlobalTaxCalculation"] == "TaxExcluded"
    assert await kenya.account("VAT Control") == Decimal("-3.21")


async def test_two_rates_of_a_code_are_two_tax_lines(kenya: Qbo) -> None:
    made = await kenya.make("Invoice", sold((100, "3")))
    assert [one["Amount"] for one in made["TxnTaxDetail"]["TaxLine"]] == [16, Decimal("1.5")]


async def test_contained_tax_is_taken_out_and_the_total_stays(kenya: Qbo) -> None:
    made = await kenya.make("Invoice", sold((116, "1"), GlobalTaxCalculation="TaxInclusive"))
    assert (made["TotalAmt"], made["Line"][0]["Amount"]) == (116, 100)
    assert made["Line"][0]["SalesItemLineDetail"]["TaxInclusiveAmt"] == 116
    again = await kenya.make("Invoice", made)
    assert (again["TotalAmt"], again["Line"][0]["Amount"]) == (116, 100)


async def test_no_tax_where_it_does_not_apply(kenya: Qbo) -> None:
    made = await kenya.make("Invoice", sold((100, "1"), GlobalTaxCalculation="NotApplicable"))
    assert (made["TotalAmt"], made["TxnTaxDetail"]) == (100, {"TotalTax": 0})


async def test_a_bill_carries_the_tax_of_purchases(kenya: Qbo) -> None:
    vendor = (await kenya.make("Vendor", {"DisplayName": "Mill"}))["Id"]
    body = bill(vendor, 100, "6", CurrencyRef={"value": "KES"})
    body["Line"][0]["AccountBasedExpenseLineDetail"]["TaxCodeRef"] = {"value": "1"}
    assert (await kenya.make("Bill", body))["TotalAmt"] == 116
    assert await kenya.account("VAT Control") == 16


async def test_in_the_united_states_a_given_tax_is_honoured(qbo: Qbo) -> None:
    customer = await qbo.customer()
    taxed = line(100, TaxCodeRef={"value": "TAX"})
    body = {"CustomerRef": {"value": customer}, "Line": [taxed]}
    assert (await qbo.make("Invoice", body))["TotalAmt"] == 100
    given_tax = {**body, "TxnTaxDetail": {"TotalTax": "8.25"}}
    assert (await qbo.make("Invoice", given_tax))["TotalAmt"] == Decimal("108.25")
    assert await qbo.account("Sales Tax Payable") == Decimal("-8.25")


LINES = st.lists(st.tuples(AMOUNT, st.sampled_from("123")), min_size=1, max_size=6)


@given(LINES, st.sampled_from(["TaxExcluded", "TaxInclusive", "NotApplicable"]))
def test_totals_add_up_to_the_cent(lines: list[tuple[Decimal, str]], mode: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(companies, "build", taxed_company)
        company = Company("taxed", None, ANCHOR)
    made = booking.create(company, "Invoice", sold(*lines, GlobalTaxCalculation=mode))
    net = sum(one["Amount"] for one in made["Line"] if one["DetailType"] == "SalesItemLineDetail")
    assert made["Line"][-1]["Amount"] == net
    assert made["TotalAmt"] == net + made["TxnTaxDetail"]["TotalTax"]
    if mode != "TaxExcluded":
        assert made["TotalAmt"] == sum(amount for amount, _ in lines)
    assert (
        sum(one["Amount"] for one in made["TxnTaxDetail"].get("TaxLine", []))
        == made["TxnTaxDetail"]["TotalTax"]
    )
    assert sum(company.store.ledger.trial_balance().values()) == 0
