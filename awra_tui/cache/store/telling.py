"""How far a long job is, as it is told while it runs."""

from collections.abc import Callable

SLICE = 1_000
"""Warnings between two words of how far it is."""

Tell = Callable[[int], None]
"""Told how many warnings more are done; what it raises takes everything back."""


def to_nobody(_more: int) -> None:
    """Tell nobody."""
