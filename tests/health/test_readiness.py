import datetime as dt
from dataclasses import replace
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from awra_tui.health.readiness import readiness
from awra_tui.health.reasons import explain
from awra_tui.health.totals import adds_up, computed_total, net_of
from awra_tui.records.record import Application, Line
from tests.health.world import US, bill, customer, invoice, item, journal, line, nairobi, payment


def found(record, **company):
    world = nairobi()
    world.company = replace(world.company, **company)
    return {finding.reason: finding.values for finding in readiness(record, world)}


def one_line(amount, **fields):
    return Line(amount=Decimal(amount), account="Depreciation", **fields)


@pytest.mark.parametrize(
    ("record", "reasons"),
    [
        (invoice(), set()),
        (payment(), set()),
        (bill(), set()),
        (journal(), set()),
        (customer(), set()),
        (invoice(date=None), {"missing_date"}),
        (invoice(party_id=""), {"missing_party"}),
        (invoice(lines=()), {"missing_lines"}),
        (invoice(currency=""), {"missing_currency"}),
        (payment(amount=Decimal(0), applications=()), {"missing_amount"}),
        (invoice(amount=Decimal(-1), lines=()), {"negative_total", "missing_lines"}),
        (payment(amount=Decimal("11599.99")), {"applied_too_much"}),
        (msgspec.structs.replace(payment(applications=()), kind="bill_payment"), {"missing_applications"}),
        (invoice("N" * 22), {"number_too_long"}),
        (payment("N" * 22), set()),
        (payment(reference="R" * 40), set()),
        (invoice(number=""), set()),
        (journal(lines=(one_line(5, side="debit"),)), {"too_few_lines", "debits_not_credits"}),
        (
            journal(lines=(one_line(5, side="debit"), one_line(5))),
            {"line_side_missing", "debits_not_credits"},
        ),
        (
            journal(lines=(one_line(5, side="debit"), Line(amount=Decimal(5), side="credit"))),
            {"line_account_missing"},
        ),
        (payment(applications=(Application("bill", "B-1", Decimal(5)),)), {"applied_to_wrong_kind"}),
        (
            journal(
                lines=(
                    one_line(5, side="debit", party_kind="employee", party_id="E-1"),
                    one_line(5, side="credit"),
                )
            ),
            {"line_names_unknown"},
        ),
        (customer(name=""), set()),
        (customer("", name=""), {"missing_name"}),
        (customer(name="A" * 501), {"name_too_long"}),
        (customer(name="Baobab: Café"), {"forbidden_sign"}),
        (item(name="I" * 101), {"name_too_long"}),
        (item(name="Tea\tGreen\n"), {"forbidden_sign"}),
    ],
)
def test_what_is_missing_or_wrong(record, reasons):
    assert set(found(record)) == reasons


@pytest.mark.parametrize(("day", "closed"), [(dt.date(2026, 10, 31), True), (dt.date(2026, 11, 1), False)])
def test_closing_date_itself_is_closed(day, closed):
    assert ("closed_period" in found(invoice(date=day))) is closed
    assert "closed_period" not in found(invoice(date=day), closing_date=None)


def test_a_purchase_order_does_not_post_into_a_closed_period():
    order = msgspec.structs.replace(bill(date=dt.date(2020, 1, 1)), kind="purchase_order")
    assert found(order) == {}


def test_numbers_of_sales_need_custom_numbers_those_of_purchases_do_not():
    assert set(found(invoice(), custom_numbers=False)) == {"numbers_are_automatic"}
    assert found(bill(), custom_numbers=False) == {}
    assert found(invoice(number=""), custom_numbers=False) == {}


def test_other_currency_needs_multi_currency():
    values = found(invoice(currency="USD"), multi_currency=False)["currency_not_in_use"]
    assert (values["currency"], values["home"]) == ("USD", "KES")
    assert found(invoice(currency="USD")) == {}
    assert readiness(invoice(currency=""), replace_company(US)) == ()


def replace_company(company):
    world = nairobi()
    world.company = company
    return world


def test_number_limits_are_said():
    values = found(invoice("NBO/EXPORT/CONSIGNMENT/2026-17"))["number_too_long"]
    assert (values["length"], values["limit"]) == ("30", "21")


def test_total_that_does_not_add_up_shows_both_sums():
    values = found(invoice(amount=Decimal("11600.02")))["sums_do_not_match"]
    assert (values["computed"], values["amount"]) == ("KES 11,600.00", "KES 11,600.02")
    assert found(invoice(amount=Decimal("11600.01"))) == {}


cents = st.decimals(min_value=0, max_value=10**6, places=2)
rates = st.sampled_from([Decimal(0), Decimal(8), Decimal(16)])
lines = st.lists(st.tuples(cents, rates), min_size=1, max_size=10)


@given(lines=lines, mode=st.sampled_from(["exclusive", "inclusive"]))
def test_what_we_compute_adds_up(lines, mode):
    made = tuple(line(str(amount), tax_rate=rate) for amount, rate in lines)
    record = invoice(lines=made, tax=None, tax_mode=mode)
    total = computed_total(record)
    assert adds_up(msgspec.structs.replace(record, amount=total))
    off = total + Decimal("0.01") * (len(lines) + 1)
    assert not adds_up(msgspec.structs.replace(record, amount=off))


@given(lines=lines)
def test_tax_worked_out_line_by_line_is_within_rounding(lines):
    made = tuple(line(str(amount), tax_rate=rate) for amount, rate in lines)
    by_line = sum((each.amount * each.tax_rate / 100).quantize(Decimal("0.01")) for each in made)
    total = sum(each.amount for each in made) + by_line
    assert adds_up(invoice(lines=made, tax=None, amount=total))


@given(gross=cents, rate=rates)
def test_net_with_its_tax_is_the_gross_again(gross, rate):
    net = net_of(gross, rate, "KES")
    assert abs(net * (100 + rate) / 100 - gross) <= Decimal("0.01")
    assert net_of(gross, Decimal(0), "KES") == gross


def test_applications_may_use_the_whole_amount():
    half = Decimal("5800.00")
    both = (Application("invoice", "A", half), Application("invoice", "B", half))
    assert found(payment(applications=both)) == {}


@pytest.mark.parametrize(
    ("record", "remedy"),
    [
        (invoice(), "Make it a credit note in the source."),
        (payment(), "Make it a refund in the source."),
        (bill(), "Make it a vendor credit by hand in QuickBooks, and dismiss this with the reason."),
        (msgspec.structs.replace(bill(), kind="purchase_order"), "Make it positive in the source."),
    ],
)
def test_what_a_negative_total_should_be_is_said_for_each_kind(record, remedy):
    (finding,) = (
        one
        for one in readiness(msgspec.structs.replace(record, amount=Decimal(-1)), nairobi())
        if one.reason == "negative_total"
    )
    assert explain(finding).action == remedy


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (invoice(tax_mode="inclusive"), ["prices_include_tax"]),
        (invoice(tax_mode="inclusive", tax=None), ["prices_include_tax"]),
        (invoice(tax_mode="inclusive", tax=None, lines=(line("11600.00", tax_rate=Decimal(0)),)), []),
        (invoice(), []),
        (bill(tax_mode="inclusive", lines=(line("5800.00"),)), []),
    ],
)
def test_prices_with_tax_do_not_fit_where_tax_is_added(record, expected):
    assert [reason for reason in found(record, us_tax=True) if reason == "prices_include_tax"] == expected
    assert "prices_include_tax" not in found(record)
