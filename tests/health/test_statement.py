"""The account of a customer: gaps explain the difference exactly, suggestions spend nothing twice."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awra_tui.health.statement import (
    MONEY,
    SIGNS,
    Applied,
    Paper,
    balances,
    gaps,
    settled,
    short_by_tax,
    uses,
)
from awra_tui.health.withholding import BY_COUNTRY, tax_in, tax_of
from awra_tui.records.record import Line, SourceRecord

KENYA = BY_COUNTRY["KE"]
cents = st.integers(1, 5_000_00).map(lambda units: Decimal(units).scaleb(-2))


@st.composite
def papers(draw: st.DrawFn, prefix: str) -> list[Paper]:
    """Draw the papers of one side; what is open is at most the amount."""
    found = []
    for place in range(draw(st.integers(0, 8))):
        amount = draw(cents)
        found.append(
            Paper(
                kind=draw(st.sampled_from(["invoice", "payment", "credit_note", "refund"])),
                id=f"{prefix}{place}",
                number=str(place),
                amount=amount,
                open=draw(st.sampled_from([Decimal(0), amount, min(amount, Decimal("10.00"))])),
                currency=draw(st.sampled_from(["KES", "USD"])),
                date=dt.date(2026, 11, draw(st.integers(1, 28))),
                twin=f"b{draw(st.integers(0, 9))}" if prefix == "a" else "",
            )
        )
    return found


@given(papers("a"), papers("b"))
def test_the_gaps_come_to_exactly_the_difference(here: list[Paper], there: list[Paper]) -> None:
    ours, theirs = balances(here), balances(there)
    found = gaps(here, there)
    for currency in ours.keys() | theirs.keys():
        told = sum((gap.amount for gap in found if gap.currency == currency), Decimal(0))
        assert told == ours.get(currency, Decimal(0)) - theirs.get(currency, Decimal(0))


@given(papers("a"))
def test_suggestions_spend_no_money_and_pay_no_invoice_twice(given_papers: list[Paper]) -> None:
    paid: dict[tuple[str, str], Decimal] = {}
    for use in uses(given_papers, KENYA):
        assert use.money.kind in MONEY
        spent = sum((part for _, part in use.pays), Decimal(0))
        assert 0 < spent <= use.money.open
        for invoice, part in use.pays:
            assert invoice.kind == "invoice"
            assert invoice.currency == use.money.currency
            paid[invoice.key] = paid.get(invoice.key, Decimal(0)) + part
    for paper in given_papers:
        assert paid.get(paper.key, Decimal(0)) <= max(paper.open, Decimal(0))


@given(st.lists(cents, max_size=6), st.data())
def test_applying_money_moves_no_balance(amounts: list[Decimal], data: st.DataObject) -> None:
    some = [
        Paper(kind=data.draw(st.sampled_from(sorted(SIGNS))), id=str(place), amount=amount, currency="KES")
        for place, amount in enumerate(amounts)
    ]
    invoices = [paper for paper in some if paper.kind == "invoice"]
    applied = [
        Applied(money.key, invoices[0].key, money.amount / 2)
        for money in some
        if money.kind in MONEY and invoices
    ]
    assert balances(settled(some, applied)) == balances(settled(some, []))


def test_nothing_of_a_refund_is_open() -> None:
    paid_out = Paper(kind="refund", id="r", amount=Decimal("592.00"), currency="KES")
    assert [one.open for one in settled([paid_out], [])] == [Decimal(0)]


def invoice(number: str, amount: str, open_: str, tax: str | None = None, day: int = 1) -> Paper:
    return Paper(
        kind="invoice", id=number, number=number, amount=Decimal(amount), open=Decimal(open_),
        tax=None if tax is None else Decimal(tax), currency="KES", date=dt.date(2026, 11, day),
    )  # fmt: skip


def money(number: str, open_: str, kind: str = "payment") -> Paper:
    return Paper(
        kind=kind, id=number, number=number, amount=Decimal(open_), open=Decimal(open_), currency="KES"
    )


@pytest.mark.parametrize(
    ("amount", "tax", "expected"),
    [
        ("16000.00", None, "275.86"),
        ("116.00", "16.00", "2.00"),
        ("216.00", "16.00", "2.00"),
        ("100.00", "0", "0.00"),
    ],
)
def test_two_of_116_are_withheld_of_what_bears_the_tax(amount: str, tax: str | None, expected: str) -> None:
    known = None if tax is None else Decimal(tax)
    assert KENYA.withheld(Decimal(amount), known, "KES") == Decimal(expected)


def test_an_invoice_short_by_exactly_the_tax_is_recognised_and_no_other() -> None:
    short, other, unpaid = (
        invoice("A", "16000", "275.86"), invoice("B", "16000", "275.87"), invoice("C", "2", "2"),
    )  # fmt: skip
    paid = money("P", "15724.14")
    applied = [Applied(paid.key, short.key, Decimal("15724.14"))]
    [found] = short_by_tax([short, other, unpaid, paid], applied, KENYA)
    assert (found.invoice, found.by) == (short, (paid,))
    assert short_by_tax([short], applied, None) == []


def test_money_goes_first_where_it_fits_exactly_then_with_the_tax_then_to_the_oldest() -> None:
    old, exact, taxed = (
        invoice("OLD", "500", "500", day=1), invoice("EXACT", "70", "70", day=9),
        invoice("TAXED", "116", "116", "16", day=8),
    )  # fmt: skip
    found = uses(
        [old, exact, taxed, money("P1", "70"), money("P2", "114"), money("P3", "600", "credit_note")], KENYA
    )
    told = {use.money.id: (use.why, [(paper.id, str(part)) for paper, part in use.pays]) for use in found}
    assert told == {
        "P1": ("exactly", [("EXACT", "70")]),
        "P2": ("withheld", [("TAXED", "114")]),
        "P3": ("oldest", [("OLD", "500")]),
    }


def test_gaps_say_why() -> None:
    ours = [
        replace(invoice("A", "100", "0"), twin="1"),
        replace(invoice("B", "50", "50"), twin="2"),
        invoice("C", "30", "30"),
        money("P", "0"),
    ]
    theirs = [
        invoice("1", "100", "100"),
        invoice("2", "45", "45"),
        invoice("9", "7", "7"),
    ]
    applied = [Applied(("payment", "P"), ("invoice", "A"), Decimal(100))]
    told = {gap.why: gap for gap in gaps(ours, theirs, applied)}
    assert {why: gap.amount for why, gap in told.items()} == {
        "settled": Decimal(-100),
        "amount": Decimal(5),
        "missing there": Decimal(30),
        "missing here": Decimal(-7),
    }
    assert [paper.id for paper in told["settled"].by] == ["P"]


def test_the_tax_of_a_transaction_is_its_own_or_that_of_its_lines() -> None:
    def record(**fields: object) -> SourceRecord:
        return SourceRecord(kind="invoice", source_id="1", number="1", currency="KES", **fields)  # type: ignore[arg-type]

    line = Line(amount=Decimal(100), tax_rate=Decimal(16))
    assert tax_of(record(tax=Decimal(3))) == 3
    assert tax_of(record(lines=(line,))) == 16
    assert (
        tax_of(record(lines=(Line(amount=Decimal(116), tax_rate=Decimal(16)),), tax_mode="inclusive")) == 16
    )
    assert tax_of(record(lines=(Line(amount=Decimal(100)),))) is None
    assert tax_of(record()) is None
    assert tax_in({"TxnTaxDetail": {"TotalTax": Decimal("1.5")}}) == Decimal("1.5")
    assert tax_in({"TxnTaxDetail": None}) is None
