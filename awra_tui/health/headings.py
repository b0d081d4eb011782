"""What stands above all warnings of one cause, where the sentence of a single one would name its record."""

import datetime as dt

from awra_tui.health import wording

_GENERAL: tuple[tuple[str, str], ...] = (
    ("closed:", "Dates lie in a closed period: QuickBooks is closed until {value}."),
    ("company:custom_numbers", "QuickBooks numbers transactions by itself, so the source's would be lost."),
    ("company:currency/", "{value} is not in use in this QuickBooks company."),
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


def _written(value: str) -> str:
    try:
        return wording.day(dt.date.fromisoformat(value))
    except ValueError:
        return value
