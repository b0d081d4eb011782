"""What a choice of warnings comes to, said before something is done to all of them."""

from collections.abc import Sequence

from awra_tui.cache import rows
from awra_tui.cache.pages.money import Money, largest_first

_CHOSEN = "SELECT record_id, currency, amount_minor FROM warning WHERE record_id > 0 AND id IN ({ids})"


def money_of(ids: Sequence[int]) -> tuple[Money, ...]:
    """Return the money of the records of warnings, each record counted once."""
    found: dict[int, tuple[str, int]] = {}
    for some in rows.chunks(list(ids)):
        listed = rows.select(_CHOSEN.format(ids=rows.marks(len(some))), some)
        found |= {number: (currency, int(minor)) for number, currency, minor in listed}
    sums: dict[str, tuple[int, int]] = {}
    for currency, minor in found.values():
        total, count = sums.get(currency, (0, 0))
        sums[currency] = (total + minor, count + 1)
    return largest_first((currency, minor, count) for currency, (minor, count) in sums.items())
