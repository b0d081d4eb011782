"""What a choice of warnings comes to, said before something is done to all of them."""

from collections.abc import Sequence

from awra_tui.cache import rows
from awra_tui.cache.pages.money import Money, counted_once

_CHOSEN = "SELECT record_id, kind, currency, amount_minor FROM warning WHERE record_id > 0 AND id IN ({ids})"


def money_of(ids: Sequence[int]) -> tuple[Money, ...]:
    """Return the money of the records of warnings, each shilling once."""
    found: dict[int, tuple[str, str, int, int]] = {}
    for some in rows.chunks(list(ids)):
        listed = rows.select(_CHOSEN.format(ids=rows.marks(len(some))), some)
        found |= {number: (kind, currency, int(minor), 1) for number, kind, currency, minor in listed}
    return counted_once(found.values())
