"""Money on screens: never added across currencies."""

from collections.abc import Iterable
from dataclasses import dataclass


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
