"""Many rows at once, and rows as plain tuples: what the query builder is too slow or too loose for."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, TypeVar, cast

import peewee

from awra_tui.cache.base import Table, Untyped, db

T = TypeVar("T")
CHUNK = 500
"""How many values stand in one IN list: below every database's limit of parameters."""

CONTAINS = "{column} LIKE ? ESCAPE '!'"
"""The condition that a column contains a text; its parameter comes from ``containing``."""


def containing(text: str) -> str:
    """Return the pattern of a text that may stand anywhere; its own wildcards stand for themselves."""
    plain = text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return f"%{plain}%"


def chunks(items: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """Cut a sequence into pieces of at most ``size``."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def tuples(query: Untyped) -> list[tuple[Any, ...]]:
    """Run a query of the builder and return its rows as tuples."""
    return list(query.tuples())


def select(sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]:
    """Run a statement written with ``?`` on either database and return its rows."""
    return cast("list[tuple[Any, ...]]", db.execute_sql(_placed(sql, db.param), tuple(params)).fetchall())


def numbers(sql: str, params: Sequence[object] = ()) -> "array[int]":
    """Run a statement as ``select`` does and return the first column alone, without a tuple for each row."""
    return array("q", (row[0] for row in db.execute_sql(_placed(sql, db.param), tuple(params))))


def execute(sql: str, params: Sequence[object] = ()) -> int:
    """Run a statement written with ``?`` and return how many rows it touched."""
    return int(db.execute_sql(_placed(sql, db.param), tuple(params)).rowcount)


def execute_many(sql: str, rows: Iterable[Sequence[object]]) -> None:
    """Run one statement for many rows: ten times as fast as the builder's ``insert_many``."""
    given = rows if db.param == "?" else [tuple(map(storable, row)) for row in rows]
    with cast("Any", peewee).__exception_wrapper__:
        db.cursor().executemany(_placed(sql, db.param), given)


def insert_many(model: type[Table], columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Insert rows of the columns named; the others take their defaults."""
    if not rows:
        return
    rest = _defaults(model, tuple(columns))
    names = [*columns, *rest]
    tail = tuple(rest.values())
    execute_many(_insert(_name(model), tuple(names)), [(*row, *tail) for row in rows])


def update_many(model: type[Table], columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Update rows by number: each row has the columns' values and then its id."""
    if rows:
        changes = ", ".join(f'"{column}" = ?' for column in columns)
        execute_many(f'UPDATE "{_name(model)}" SET {changes} WHERE id = ?', rows)  # noqa: S608


def marks(count: int) -> str:
    """Return ``?, ?, …`` for an IN list."""
    return ", ".join("?" * count)


def name_of(model: type[Table]) -> str:
    """Return the name of a model's table."""
    return _name(model)


def storable(value: object) -> object:
    """Return a value as PostgreSQL takes it: no NUL in texts, though what comes from outside may have one."""
    return value.replace("\0", "\N{SYMBOL FOR NULL}") if isinstance(value, str) else value


def _name(model: type[Table]) -> str:
    return str(cast("Any", model)._meta.table_name)  # noqa: SLF001


@lru_cache(maxsize=256)
def _placed(sql: str, mark: str) -> str:
    return sql.replace("?", mark)


@lru_cache(maxsize=64)
def _insert(table: str, names: tuple[str, ...]) -> str:
    listed = ", ".join(f'"{name}"' for name in names)
    return f'INSERT INTO "{table}" ({listed}) VALUES ({marks(len(names))})'  # noqa: S608


@lru_cache(maxsize=64)
def _defaults(model: type[Table], given: tuple[str, ...]) -> dict[str, object]:
    fields = cast("Any", model)._meta.sorted_fields  # noqa: SLF001
    return {f.column_name: f.default for f in fields if f.name != "id" and f.column_name not in given}
