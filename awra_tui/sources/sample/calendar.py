"""The days of the sample: everything is placed relative to the day of the first start."""

import datetime as dt
from dataclasses import dataclass

_MONTHS_CLOSED = 4
HAND_MADE_DAYS = 7
"""How many days after the closing date the invoice was made by hand in QuickBooks."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days that the anchor decides."""

    anchor: dt.date

    @property
    def closing(self) -> dt.date:
        """Return the last closed day: the end of the month four months before the anchor's."""
        months = self.anchor.year * 12 + self.anchor.month - _MONTHS_CLOSED
        return dt.date(months // 12, months % 12 + 1, 1) - dt.timedelta(days=1)

    @property
    def hand_made(self) -> dt.date:
        """Return the day of the invoice that was made by hand in QuickBooks."""
        return self.closing + dt.timedelta(days=HAND_MADE_DAYS)

    def spread(self, place: int, count: int) -> dt.date:
        """Return the day of number ``place`` of ``count``, spread over the open days."""
        days = (self.anchor - self.closing).days
        return self.closing + dt.timedelta(days=1 + place * days // count)

    def before(self, days: int) -> dt.date:
        """Return the day so many days before the anchor."""
        return self.anchor - dt.timedelta(days=days)

    def after(self, day: dt.date, days: int) -> dt.date:
        """Return the day so many days after ``day``, but none that is still to come."""
        return min(day + dt.timedelta(days=days), self.anchor)
