"""The one clock: UTC, settable by tests, across processes too."""

import os
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

CLOCK_FILE = "AWRA_TUI_CLOCK"
"""Environment variable that names a file with an ISO timestamp; its content is then the time."""


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    path = os.environ.get(CLOCK_FILE)
    if path:
        return datetime.fromisoformat(Path(path).read_text(encoding="utf-8").strip()).astimezone(UTC)
    return datetime.now(UTC)


def today() -> date:
    """Return the date at this place: dates of transactions are local dates."""
    return now().astimezone().date()


def stamp(moment: datetime | None = None) -> str:
    """Write a moment as the cache keeps it: UTC, microseconds, sorting as text."""
    return (moment or now()).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def shifted(day: date, days: int) -> date:
    """Return the day so many days later, or earlier; at either end of the calendar its last or first day."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def day_begins(day: date) -> str:
    """Return the stamp at which a day begins at this place."""
    return stamp(datetime.combine(day, time()).astimezone())


def parse_stamp(text: str) -> datetime:
    """Read a moment that ``stamp`` wrote."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def day_of(stamp: str) -> str:
    """Write the local day of a stamp, such as ``01 Dec 2026``."""
    return f"{parse_stamp(stamp).astimezone():%d %b %Y}"


def age(since: str, at: datetime | None = None) -> str:
    """Say how long ago a stamp was, in the largest unit: ``12 d``, ``3 h``, ``4 min``, ``now``."""
    passed = (at or now()) - parse_stamp(since)
    if passed < timedelta(minutes=1):
        return "now"
    if passed < timedelta(hours=1):
        return f"{int(passed.total_seconds() // 60)} min"
    if passed < timedelta(days=1):
        return f"{int(passed.total_seconds() // 3600)} h"
    return f"{passed.days} d"
