"""Amounts that have more decimals than their currency: QuickBooks would round them without a word."""

from collections.abc import Iterator
from decimal import Decimal

from awra_tui.health import wording
from awra_tui.health.totals import computed_total
from awra_tui.health.view import View
from awra_tui.records.finding import Finding
from awra_tui.records.money import rounded
from awra_tui.records.record import Line, SourceRecord


def precision(record: SourceRecord, view: View) -> Iterator[Finding]:
    """Yield a finding for each amount that would be rounded; an amount that occurs twice is named once.

    A line's amount may be rounded where it is quantity times price, and so may a total of such lines.
    """
    currency = record.currency or view.company.home_currency
    if _becomes_nothing(record, currency):
        values = {"amount": wording.number(record.amount), "currency": _currency_word(currency)}
        yield Finding(reason="rounds_to_zero", values=values)
        return
    named = dict[Decimal, str]()
    for place, amount in _amounts(record):
        if rounded(amount, currency) != amount:
            named.setdefault(amount, place)
    for amount, place in named.items():
        values = {
            "amount": wording.number(amount),
            "place": place,
            "currency": _currency_word(currency),
        }
        yield Finding(reason="too_many_decimals", values=values)


def _becomes_nothing(record: SourceRecord, currency: str) -> bool:
    """Say whether QuickBooks would book a zero for a total that is none."""
    if record.kind == "journal" or not record.amount:
        return False
    return not rounded(record.amount, currency) or (bool(record.lines) and not computed_total(record))


def _amounts(record: SourceRecord) -> Iterator[tuple[str, Decimal]]:
    """Yield the amounts that must go as they are, each with the words for where it stands."""
    if record.kind != "journal" and not _is_sum(record):
        yield "", record.amount
    for place, line in enumerate(record.lines, start=1):
        if not _is_product(line, record.currency):
            yield f" on line {place}", line.amount
    for each in record.applications:
        yield " among the applications", each.amount


def _is_product(line: Line, currency: str) -> bool:
    if line.quantity is None or line.unit_price is None:
        return False
    return rounded(line.quantity * line.unit_price, currency) == rounded(line.amount, currency)


def _is_sum(record: SourceRecord) -> bool:
    """Say whether a total is nothing but the unrounded sum of lines that are quantity times price."""
    products = any(_is_product(line, record.currency) for line in record.lines)
    lines = sum((line.amount for line in record.lines), Decimal(0))
    return products and record.amount in {lines, lines + (record.tax or 0)}


def _currency_word(currency: str) -> str:
    return currency or "its currency"
