"""Money on screens: never added across currencies."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

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


class Part(NamedTuple):
    """Money of one kind of record, and whether these records wait for others that are counted beside them."""

    kind: str
    currency: str
    minor: int
    records: int
    waits: bool = False


def is_document(kind: str) -> bool:
    """Return whether a kind is money by itself: no payment of something, no order of what is billed later."""
    return not _money_of(kind)


def _money_of(kind: str) -> str:
    return KINDS[kind].money_of if kind in KINDS else ""


def _posts(kind: str) -> bool:
    return kind not in KINDS or KINDS[kind].posts


def counted_once(parts: Iterable[Part]) -> tuple[Money, ...]:
    """Return the money of records, each shilling once.

    A payment that waits for its invoice is the invoice's money and counts only where no invoice of its
    currency stands beside it. An order is never money in the books: one that waits counts where nothing
    else does.
    """
    priced: dict[str, list[Part]] = defaultdict(list)
    for part in parts:
        if part.minor:
            priced[part.currency].append(part)
    return largest_first(
        (currency, sum(part.minor for part in found), sum(part.records for part in found))
        for currency, found in ((currency, _own(found)) for currency, found in priced.items())
    )


def _own(parts: list[Part]) -> list[Part]:
    there = {part.kind for part in parts}
    booked = any(map(is_document, there))
    return [part for part in parts if not part.waits or not _is_beside(part.kind, there, booked=booked)]


def _is_beside(kind: str, there: set[str], *, booked: bool) -> bool:
    return _money_of(kind) in there or (booked and not _posts(kind))
