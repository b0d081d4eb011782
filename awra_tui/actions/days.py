"""Days that people name when they put something off: in words, as a date, or as a number of days."""

import datetime as dt
import re
from itertools import product

from awra_tui.records import clock
from awra_tui.records.errors import AwraError

_IN = re.compile(r"(?:in )?(\d{1,3}|a) (day|week)s?")
_PLAIN = ("%Y-%m-%d", "%d %b %Y", "%d %B %Y")
_FORMS = (*_PLAIN, "%d.%m.%Y")
_WITHOUT_YEAR = ("%d %b", "%d %B")
WORDS = ("tomorrow", "in a week", "month end")
"""Days that are often meant."""


def suggested() -> list[str]:
    """Return the days that are often meant, each with its date."""
    return [f"{word}, {day_named(word):%d %b %Y}" for word in WORDS]


def day_named(text: str) -> dt.date:
    """Return the day that a text means, from today on; raise AwraError where it means none.

    Month end is the last day of this month, on that day the last of the next one.
    """
    told = " ".join(text.partition(",")[0].split()).casefold()
    found = _in_words(told) or _written(told)
    if found is None:
        raise AwraError(
            f"“{text.strip()[:40]}” is no day: write tomorrow, in a week, month end, or a date such as "
            f"{clock.today() + dt.timedelta(days=7):%d %b %Y}."
        )
    return found


def date_written(text: str) -> dt.date:
    """Return the date that is written out with its year; raise AwraError with what is expected.

    Numbers alone are read as ISO writes them only: which of two is the month differs from land to land.
    """
    told = " ".join(text.split())
    for form in _PLAIN:
        if found := _read(told, form):
            return found
    raise AwraError(f"“{text.strip()[:40]}” is not a date. Write it as 2026-11-01 or 1 Nov 2026.")


def _in_words(told: str) -> dt.date | None:
    today = clock.today()
    if told == "tomorrow":
        return today + dt.timedelta(days=1)
    if told == "month end":
        tomorrow = today + dt.timedelta(days=1)
        return (tomorrow.replace(day=1) + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)
    if found := _IN.fullmatch(told):
        number = 1 if found[1] == "a" else int(found[1])
        return today + dt.timedelta(days=number * (7 if found[2] == "week" else 1))
    return None


def _written(told: str) -> dt.date | None:
    for form in _FORMS:
        if found := _read(told, form):
            return found
    today = clock.today()
    for form, year in product(_WITHOUT_YEAR, (today.year, today.year + 1)):
        found = _read(f"{told} {year}", f"{form} %Y")
        if found is not None and found > today:
            return found
    return None


def _read(text: str, form: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None
