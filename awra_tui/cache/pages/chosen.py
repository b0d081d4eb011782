"""What a choice of warnings comes to, said before something is done to all of them."""

from collections.abc import Sequence

from awra_tui.cache import rows
from awra_tui.cache.pages.money import Money, Part, counted_once

_CHOSEN = """
    SELECT record_id, kind, currency, amount_minor, blocked FROM warning
    WHERE record_id > 0 AND id IN ({ids})"""


def money_of(ids: Sequence[int]) -> tuple[Money, ...]:
    """Return the money of the records of warnings, each shilling once."""
    found: dict[int, Part] = {}
    for some in rows.chunks(list(ids)):
        listed = rows.select(_CHOSEN.format(ids=rows.marks(len(some))), some)
        for number, kind, currency, minor, blocked in listed:
            waits = bool(blocked) or (number in found and found[number].waits)
            found[number] = Part(kind, currency, int(minor), 1, waits)
    return counted_once(found.values())
