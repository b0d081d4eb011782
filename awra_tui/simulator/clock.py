"""The simulator's one clock: real UTC, or the instant written in a file that tests can change."""

import os
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

VARIABLE = "AWRA_TUI_CLOCK"

# QuickBooks writes its timestamps in Pacific time whatever the company's zone is.
PACIFIC = timezone(timedelta(hours=-8))

_read: dict[str, tuple[int, datetime]] = {}
_pace: list[tuple[datetime, float]] = []


def quicken(times: float) -> None:
    """Let the clock of this process run so many times as fast from now on, where no file sets it."""
    _pace[:] = [(datetime.now(UTC), times)]


def now() -> datetime:
    """Return the present instant, aware and in UTC.

    While the environment variable AWRA_TUI_CLOCK names a file, the ISO timestamp in it is the
    present; the file is read again when it changes.
    """
    name = os.environ.get(VARIABLE)
    if not name:
        return _running()
    changed = Path(name).stat().st_mtime_ns
    known = _read.get(name)
    if known is None or known[0] != changed:
        known = (changed, moment(Path(name).read_text(encoding="utf-8").strip()))
        _read[name] = known
    return known[1]


def _running() -> datetime:
    real = datetime.now(UTC)
    for since, times in _pace:
        return since + (real - since) * times
    return real


def today() -> date:
    """Return the present day in UTC."""
    return now().date()


def later(day: date, days: int) -> date:
    """Return the day so many days later, at most the last one of the calendar."""
    return day + timedelta(days=min(days, (date.max - day).days))


def moment(text: str) -> datetime:
    """Read an ISO timestamp or date as an aware instant in UTC; without a zone it is UTC."""
    value = datetime.fromisoformat(text)
    return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)


def stamp(instant: datetime) -> str:
    """Write an instant as MetaData does: whole seconds with an offset."""
    return instant.astimezone(PACIFIC).isoformat(timespec="seconds")


def stamp_ms(instant: datetime) -> str:
    """Write an instant as the envelope's `time` does: milliseconds with an offset."""
    return instant.astimezone(PACIFIC).isoformat(timespec="milliseconds")
