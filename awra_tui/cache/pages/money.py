"""Money on screens: never added across currencies."""

from collections.abc import Iterable
from dataclasses import dataclass

from awra_tui.records.kinds import KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An amount in minor units of one currency, and of how many records it is the sum."""

    currency: str
    minor: int
    count: int


def largest_first(sums: Iterable[tuple[str, int, int]]) -> tuple[Money, ...]:
    """Return money of currency, minor units and count, the currency with most records first."""
    made = [Money(currency=currency, minor=minor, count=count) for currency, minor, count in sums if count]
    return tuple(sorted(made, key=lambda money: (-money.count, -abs(money.minor), money.currency)))


def tier(kind: str) -> int:
    """Return 0 for documents, 1 for what pays them, 2 for what never posts: the same money once more."""
    known = KINDS.get(kind)
    if known is None or known.posts:
        return int(known is not None and known.settles)
    return 2


def counted_once(sums: Iterable[tuple[str, str, int, int]]) -> tuple[Money, ...]:
    """Return money of kind, currency, minor units and count, each shilling once.

    Of a currency payments count only where no document does, orders only where neither does: they are
    for the same.
    """
    found: dict[str, tuple[int, int, int]] = {}
    for kind, currency, minor, count in sums:
        place = tier(kind)
        known = found.get(currency, (place, 0, 0))
        if minor and place <= known[0]:
            before = known if place == known[0] else (place, 0, 0)
            found[currency] = (place, before[1] + minor, before[2] + count)
    return largest_first((currency, minor, count) for currency, (_, minor, count) in found.items())
