"""What a warning holds up: the close of a month, a tax return, billing, delivery."""

import datetime as dt

from awra_tui.records.clock import shifted
from awra_tui.records.kinds import KINDS
from awra_tui.records.pressing import Pressing

ENDS_SOON = 5
"""Days before the end of a month from which its records count as holding up its close."""

POSTING = tuple(kind.name for kind in KINDS.values() if kind.posts and not kind.is_name)
TAXED = ("invoice", "bill", "credit_note", "refund")
BILLED = ("customer", "invoice")
DELIVERED = ("item", "purchase_order")


def pressing(
    today: dt.date, closing: dt.date | None = None, filed_until: dt.date | None = None
) -> tuple[Pressing, ...]:
    """Return all that is held up today, weightiest first.

    The close being prepared is that of the last whole month, or of this one within its last days, from
    the day after ``closing``, until which QuickBooks is closed. A VAT return is one of a whole month,
    filed in the month after it; everything after ``filed_until`` is still to be filed.
    """
    last_month = today.replace(day=1) - dt.timedelta(days=1)
    this_month = _end_of_month(today)
    to_close = this_month if (this_month - today).days < ENDS_SOON else last_month
    found = [
        _period("close", 8, POSTING, _after(closing), to_close),
        _period("tax return", 4, TAXED, _after(filed_until) or last_month.replace(day=1), last_month),
        Pressing(name="billing", weight=2, kinds=BILLED),
        Pressing(name="delivery", weight=1, kinds=DELIVERED),
    ]
    return tuple(one for one in found if one is not None)


def _period(
    name: str, weight: int, kinds: tuple[str, ...], first: dt.date | None, last: dt.date
) -> Pressing | None:
    """Return what waits for the records of a period, or nothing where it is over already."""
    if first is not None and first > last:
        return None
    begins = first.isoformat() if first else "0001-01-01"
    return Pressing(name=name, weight=weight, kinds=kinds, first=begins, last=last.isoformat())


def _after(day: dt.date | None) -> dt.date | None:
    return shifted(day, 1) if day else None


def _end_of_month(day: dt.date) -> dt.date:
    return (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
