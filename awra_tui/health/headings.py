"""What stands above all warnings of one cause, where the sentence of a single one would name its record."""

import datetime as dt
import re
from collections.abc import Sequence

from awra_tui.health import wording
from awra_tui.records.kinds import counted

_SENTENCE = re.compile(r"#[0-9a-f]{8}$")
"""What tells causes apart that name the same thing in different sentences."""
_CLOSED = "Dates lie in a closed period: QuickBooks refused to change its books for them."
_GENERAL: tuple[tuple[str, str], ...] = (
    ("closed:", "Dates lie in a closed period: QuickBooks is closed until {value}."),
    ("company:custom_numbers", "QuickBooks numbers transactions by itself, so the source's would be lost."),
    ("company:currency/", "{value} is not in use in this QuickBooks company."),
    ("refused:6210/", _CLOSED),
    ("refused:5010/", _CLOSED),
    ("refused:", "QuickBooks refused all of these for one thing: {value}."),
    ("connection:exhausted", "Tried as often as the profile allows without getting through."),
    ("connection:network", "The connection to QuickBooks failed while records were sent."),
)
"""Causes by how they begin, and what is said of all their warnings; ``value`` is the rest of the cause."""


def heading(cause: str, sentence: str, blocked_by: str, count: int) -> str:
    """Return the heading of a cause whose leading warning says ``sentence``."""
    if count < 2:
        return sentence
    for beginning, said in _GENERAL:
        if cause.startswith(beginning):
            return said.format(value=_written(cause.removeprefix(beginning)))
    if blocked_by and cause.startswith("record:"):
        return f"All of these wait for {blocked_by}."
    return sentence


Counts = Sequence[tuple[str, int]]
"""Kinds, and how many records of each."""


def held(own: Counts, waiting: Counts) -> str:
    """Say what a cause holds up: ``41 invoices, and 13 payments that wait for them``."""
    if not own or not waiting:
        return listed([*own, *waiting])
    them = "it" if _sum(own) == 1 else "them"
    return f"{listed(own)}, and {listed(waiting)} that {'waits' if _sum(waiting) == 1 else 'wait'} for {them}"


def listed(counts: Counts) -> str:
    """Write counts of records by kind, with commas between."""
    return ", ".join(counted(kind, number) for kind, number in counts)


def _sum(counts: Counts) -> int:
    return sum(number for _, number in counts)


def _written(value: str) -> str:
    try:
        return wording.day(dt.date.fromisoformat(value))
    except ValueError:
        code, _, thing = _SENTENCE.sub("", value).partition("/")
        return f"{thing} (code {code})" if thing else value
