import dataclasses
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from awra_tui.health.judge import judge
from awra_tui.health.reasons import explain
from awra_tui.records.money import places
from awra_tui.records.record import Application, Line
from awra_tui.records.status import Status
from tests.health.world import bill, invoice, journal, line, nairobi, payment

ROUNDED = {"too_many_decimals", "rounds_to_zero"}


def said(record):
    judgement = judge(record, nairobi())
    return [explain(one).sentence for one in judgement.findings if one.reason in ROUNDED]


def flat(amount, **fields):
    """Return an invoice of one line that is an amount alone."""
    return invoice(amount=Decimal(amount), tax=None, lines=(line(amount, tax_rate=Decimal(0)),), **fields)


def test_an_amount_that_would_be_rounded_is_said_once_and_not_sent():
    assert said(flat("10.005", currency="USD")) == [
        "The amount 10.005 of invoice INV-1042 has more decimals than USD has; QuickBooks would round it."
    ]
    judgement = judge(flat("10.005"), nairobi())
    assert (judgement.status, judgement.shipments) == (Status.NEEDS_ATTENTION, ())


@pytest.mark.parametrize("amount", ["0.001", "0.004", "-0.004"])
def test_a_total_that_would_be_zero_is_said(amount):
    [sentence] = said(flat(amount))
    assert sentence == (
        f"The amount {amount} of invoice INV-1042 would be zero in QuickBooks, "
        "rounded to the decimals of KES."
    )


def test_a_total_whose_lines_come_to_zero_is_said():
    tiny = invoice(
        amount=Decimal("0.01"), tax=None, lines=(line("0.004", "1", "0.004", tax_rate=Decimal(0)),)
    )
    assert len(said(tiny)) == 1
    assert said(flat("0.00")) == []


@pytest.mark.parametrize(
    ("record", "place"),
    [
        (payment(amount=Decimal("11600.001")), "The amount 11600.001 of payment PAY-1"),
        (
            payment(applications=(Application("invoice", "S-INV-1042", Decimal("10.505")),)),
            "The amount 10.505 among the applications of payment PAY-1",
        ),
        (
            bill(lines=(line("4999.995"), line("0.005"))),
            "The amount 4999.995 on line 1 of bill HG-88",
        ),
        (
            journal(
                lines=(
                    Line(amount=Decimal("1.001"), account="Depreciation", side="debit"),
                    Line(amount=Decimal("1.001"), account="Vans", side="credit"),
                )
            ),
            "The amount 1.001 on line 1 of journal entry JNL-1",
        ),
        (
            invoice(lines=(line("10000.001", "4", "2400"),)),
            "The amount 10000.001 on line 1 of invoice INV-1042",
        ),
    ],
)
def test_every_place_of_an_amount_is_looked_at(record, place):
    assert said(record)[0].startswith(place)


def test_quantity_times_price_may_be_rounded_and_so_may_its_total():
    lines = (line("10.005", "1.5", "6.67", tax_rate=Decimal(0)),)
    assert said(invoice(amount=Decimal("10.01"), tax=None, lines=lines)) == []
    assert said(invoice(amount=Decimal("10.005"), tax=None, lines=lines)) == []
    assert said(invoice(amount=Decimal("10.006"), tax=None, lines=lines)) != []


def test_without_a_currency_the_companys_counts():
    world = nairobi()
    world.company = dataclasses.replace(world.company, multi_currency=False)
    findings = judge(flat("10.005", currency=""), world).findings
    assert [one.values["currency"] for one in findings if one.reason in ROUNDED] == ["KES"]


@given(
    minor=st.integers(1, 10**9),
    extra=st.integers(0, 3),
    currency=st.sampled_from(["KES", "USD", "UGX", "KWD"]),
)
def test_exactly_the_amounts_with_more_decimals_are_said(minor, extra, currency):
    amount = Decimal(minor).scaleb(-places(currency) - extra)
    record = msgspec.structs.replace(payment(applications=()), amount=amount, currency=currency)
    assert bool(said(record)) == bool(minor % 10**extra)
