"""What the lines and tax of a transaction come to, and whether that is its total."""

from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal

from awra_tui.records.money import places, rounded
from awra_tui.records.record import Line, SourceRecord

Rate = Callable[[Line], Decimal | None]
"""Gives a line's tax rate as a percentage, or None where nobody knows it."""

HUNDRED = Decimal(100)


def source_rate(line: Line) -> Decimal | None:
    """Return the rate that the source gives a line; a line without a tax category has none."""
    if line.tax_rate is not None:
        return line.tax_rate
    return None if line.tax_category else Decimal(0)


def net_of(gross: Decimal, rate: Decimal, currency: str) -> Decimal:
    """Return an amount without the tax that it includes, rounded half up."""
    return rounded(gross * HUNDRED / (HUNDRED + rate), currency)


def computed_total(record: SourceRecord, rate_of: Rate = source_rate) -> Decimal:
    """Return what a transaction's lines and tax come to.

    The tax is the source's own where it gives one; else worked out rate by rate, as QuickBooks does.
    """
    amounts = sum((rounded(line.amount, record.currency) for line in record.lines), Decimal(0))
    if record.tax_mode != "exclusive":
        return amounts
    return amounts + (record.tax if record.tax is not None else tax_by_rate(record, rate_of))


def tax_by_rate(record: SourceRecord, rate_of: Rate = source_rate) -> Decimal:
    """Return the tax on net lines: their sum for each rate, times the rate, rounded half up."""
    sums: defaultdict[Decimal, Decimal] = defaultdict(Decimal)
    for line in record.lines:
        sums[rate_of(line) or Decimal(0)] += rounded(line.amount, record.currency)
    return sum(
        (rounded(net * rate / HUNDRED, record.currency) for rate, net in sums.items()),
        Decimal(0),
    )


def tolerance(record: SourceRecord) -> Decimal:
    """Return how far a total may be off through rounding alone: one minor unit for each line."""
    return Decimal(1).scaleb(-places(record.currency)) * max(len(record.lines), 1)


def adds_up(record: SourceRecord) -> bool:
    """Return whether lines and tax come to the record's total, but for rounding."""
    return abs(computed_total(record) - record.amount) <= tolerance(record)
