"""Where a list gets its rows from: pages of the cache, or a list that is there already."""

from array import array
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Generic, Protocol, TypeVar

R = TypeVar("R")


class Provider(Protocol[R]):
    """Rows by id: the order of all ids at once, the rows only of what is seen.

    ``head`` gives the first rows before the order of all is known. Ids whose row is gone are left
    out of ``rows``.
    """

    async def ids(self, query: object) -> "array[int]":
        """Return the ids of all rows of ``query`` in its order."""
        ...

    async def head(self, query: object, limit: int) -> Sequence[R]:
        """Return the first ``limit`` rows."""
        ...

    async def rows(self, ids: Sequence[int]) -> Sequence[R]:
        """Return the rows with these ids."""
        ...

    def id_of(self, row: R) -> int:
        """Return the id of a row."""
        ...


class Listed(Generic[R]):
    """A provider over a list in memory; ids stay with their keys from one list to the next."""

    def __init__(self, key: Callable[[R], Hashable], rows: Iterable[R] = ()) -> None:
        self._key = key
        self._ids: dict[Hashable, int] = {}
        self._rows: dict[int, R] = {}
        self.set(rows)

    def set(self, rows: Iterable[R]) -> None:
        """Replace the list."""
        self._rows = {self.id_of(row): row for row in rows}

    @property
    def count(self) -> int:
        """How many rows the list has."""
        return len(self._rows)

    @property
    def all(self) -> list[R]:
        """The list."""
        return list(self._rows.values())

    def id_of(self, row: R) -> int:
        """Return the id that belongs to the row's key."""
        return self._ids.setdefault(self._key(row), len(self._ids))

    def id_for(self, key: Hashable) -> int | None:
        """Return the id of a key that has been in the list, or nothing."""
        return self._ids.get(key)

    def row(self, row_id: int) -> R | None:
        """Return the row with this id, or nothing where it is gone."""
        return self._rows.get(row_id)

    async def ids(self, query: object) -> "array[int]":  # noqa: ARG002 - a list answers every query alike
        """Return the ids in the order of the list."""
        return array("q", self._rows)

    async def head(self, query: object, limit: int) -> Sequence[R]:  # noqa: ARG002
        """Return the first rows."""
        return list(self._rows.values())[:limit]

    async def rows(self, ids: Sequence[int]) -> Sequence[R]:
        """Return the rows with these ids."""
        return [self._rows[row_id] for row_id in ids if row_id in self._rows]
