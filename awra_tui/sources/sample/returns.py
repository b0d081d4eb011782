"""Credit notes and refunds of the sample."""

from collections.abc import Sequence
from random import Random

from msgspec.structs import replace

from awra_tui.records.record import Application, Line, SourceRecord
from awra_tui.sources.sample.calendar import Calendar
from awra_tui.sources.sample.customers import customer
from awra_tui.sources.sample.goods import good
from awra_tui.sources.sample.lines import sale_line, totals

CREDIT_NOTES, UNAPPLIED = 25, 5


def credit_notes(
    seed: int,
    calendar: Calendar,
    invoices: Sequence[SourceRecord],
    payments: Sequence[SourceRecord],
) -> list[SourceRecord]:
    """Return credit notes over the first line of unpaid invoices; five are not applied yet."""
    paid = {applied.source_id for payment in payments for applied in payment.applications}
    usable = [one for one in invoices if one.source_id not in paid and one.currency == "KES"]
    chosen = Random(f"{seed}/credit notes").sample(usable, CREDIT_NOTES)
    return [_credit_note(place, one, calendar) for place, one in enumerate(chosen)]


def _credit_note(place: int, of: SourceRecord, calendar: Calendar) -> SourceRecord:
    lines = (_half(of.lines[0]),)
    amount, tax = totals(lines, of.tax_mode)
    applied = (Application("invoice", of.source_id, amount),) if place >= UNAPPLIED else ()
    return SourceRecord(
        kind="credit_note",
        source_id=f"cn-{501 + place}",
        number=f"CN-{501 + place}",
        party_id=of.party_id,
        party_name=of.party_name,
        date=calendar.after(of.date or calendar.anchor, 5),
        amount=amount,
        tax=tax,
        currency=of.currency,
        state="Approved",
        branch=of.branch,
        tax_mode=of.tax_mode,
        memo=f"Goods returned from {of.number}",
        lines=lines,
        applications=applied,
    )


def _half(line: Line) -> Line:
    if line.quantity is None or line.unit_price is None or line.quantity < 2:
        return line
    quantity = line.quantity // 2
    return replace(line, quantity=quantity, amount=line.amount * quantity / line.quantity)


_REFUNDED = (
    ("Counter Sales Nairobi", "Enamel Mug Set", "M-Pesa"),
    ("Counter Sales Nairobi", "Acacia Honey 500 g", "Cash"),
    ("Counter Sales Mombasa", "Cotton Kikoy", "Cash"),
    ("Counter Sales Nairobi", "Sisal Doormat", "M-Pesa"),
    ("Counter Sales Mombasa", "Clay Water Filter", "Card"),
    ("Counter Sales Nairobi", "Kiondo Basket", "Cash"),
    ("Counter Sales Nairobi", "Espresso Roast 1 kg", "Card"),
    ("Counter Sales Mombasa", "Olive Wood Spoon", "Cash"),
    ("Counter Sales Nairobi", "Beeswax Candles 6 pc", "M-Pesa"),
    ("Counter Sales Nairobi", "Drinking Chocolate 450 g", "Cash"),
)


def refunds(calendar: Calendar) -> list[SourceRecord]:
    """Return ten refunds of goods that were brought back to a till."""
    return [_refund(place, *row, calendar) for place, row in enumerate(_REFUNDED)]


def _refund(place: int, name: str, goods: str, method: str, calendar: Calendar) -> SourceRecord:
    party = customer(name)
    lines = (sale_line(good(goods), 1, party.segment, inclusive=True),)
    amount, tax = totals(lines, "inclusive")
    return SourceRecord(
        kind="refund",
        source_id=f"ref-{701 + place}",
        number=f"REF-{701 + place}",
        party_id=party.code,
        party_name=party.name,
        date=calendar.before(40 - place * 4),
        amount=amount,
        tax=tax,
        currency="KES",
        state="Approved",
        branch=party.branch,
        method=method,
        tax_mode="inclusive",
        lines=lines,
    )
