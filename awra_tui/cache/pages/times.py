"""Times in a search, as screens write them: local days and times of the day, found in stamps of UTC."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from awra_tui.records import clock

Condition = tuple[str, list[object]]
"""A clause of a query with its parameters."""

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)})[a-z]*(?: (\d{{4}}))?\b")
_ISO_DAY = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_TIME = re.compile(r"(?<![\d:])([01]?\d|2[0-3]):([0-5]?\d?)(?::([0-5]?\d?))?(?![\d:])")


def times_in(text: str, column: str) -> tuple[str, list[Condition]]:
    """Take days (``23 Nov``, ``2026-11-23``) and times (``08:02``) out of a search.

    Returns what is left of the text, and for each a condition on a column of stamps. A day without
    a year is the latest one that has come; a time that is still being typed is every time it may become.
    """
    conditions: list[Condition] = []
    left = text.casefold()
    for pattern, read in ((_DAY, _named_day), (_ISO_DAY, _iso_day), (_TIME, _times)):
        for found in list(pattern.finditer(left)):
            made = read(found, column)
            if made is not None:
                conditions.append(made)
                left = left.replace(found.group(), " ", 1)
    return left, conditions


def _named_day(found: re.Match[str], column: str) -> Condition | None:
    number, month, year = int(found[1]), MONTHS.index(found[2]) + 1, found[3]
    today = clock.today()
    day = _date(int(year or today.year), month, number)
    if day is not None and not year and day > today:
        day = _date(today.year - 1, month, number)
    return _within(day, column)


def _iso_day(found: re.Match[str], column: str) -> Condition | None:
    return _within(_date(int(found[1]), int(found[2]), int(found[3])), column)


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _within(day: date | None, column: str) -> Condition | None:
    if day is None or day.year in {1, 9999}:
        return None
    first, last = (datetime.combine(one, time()).astimezone(UTC) for one in (day, day + timedelta(days=1)))
    return f"({column} >= ? AND {column} < ?)", [clock.stamp(first), clock.stamp(last)]


def _times(found: re.Match[str], column: str) -> Condition:
    """Match the time of the day, by the offsets that the place has had within the year."""
    minutes = _may_become(found[2])
    offsets = {_offset(clock.now() - timedelta(days=days)) for days in (0, 91, 182, 273)}
    local = [int(found[1]) * 60 + minute for minute in minutes]
    wanted = sorted({_written(minute, offset) for minute in local for offset in offsets})
    marks = ", ".join("?" * len(wanted))
    seconds = found[3] or ""
    clause = f"SUBSTR({column}, 12, 5) IN ({marks})"
    more = f" AND SUBSTR({column}, 18, {len(seconds)}) = ?" if seconds else ""
    return f"({clause}{more})", [*wanted, *([seconds] if seconds else [])]


def _may_become(typed: str) -> Iterator[int]:
    return (minute for minute in range(60) if f"{minute:02}".startswith(typed))


def _offset(moment: datetime) -> timedelta:
    return moment.astimezone().utcoffset() or timedelta()


def _written(minute: int, offset: timedelta) -> str:
    hours, minutes = divmod((minute - int(offset.total_seconds() // 60)) % 1440, 60)
    return f"{hours:02}:{minutes:02}"
