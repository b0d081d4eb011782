"""The rows of a list that are in memory: few, the latest seen, shown until fresher ones are there."""

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

R = TypeVar("R")

KEPT = 600
"""Rows kept, more than any terminal shows at once; older ones are read again when they are seen again."""


class RowStore(Generic[R]):
    """Rows by id. After ``expire`` a row is still given, and counts as missing."""

    def __init__(self) -> None:
        self._rows: dict[int, R] = {}
        self._stale: set[int] = set()
        self._gone: set[int] = set()

    def get(self, row_id: int | None) -> R | None:
        """Return a row, fresh or not."""
        return None if row_id is None else self._rows.get(row_id)

    def expire(self) -> None:
        """Let every row be read again when it is seen."""
        self._stale = set(self._rows)
        self._gone.clear()

    def missing(self, ids: Iterable[int]) -> list[int]:
        """Return those of ``ids`` that have to be read."""
        return [row_id for row_id in ids if row_id in self._stale or not self._known(row_id)]

    def _known(self, row_id: int) -> bool:
        return row_id in self._rows or row_id in self._gone

    def take(self, asked: Sequence[int], found: Iterable[tuple[int, R]]) -> None:
        """Keep the rows that were found; what was asked for and is gone is not asked for until ``expire``."""
        self._stale.difference_update(asked)
        self._rows.update(found)
        self._gone.update(row_id for row_id in asked if row_id not in self._rows)
        for row_id in list(self._rows)[: max(0, len(self._rows) - KEPT)]:
            del self._rows[row_id]
