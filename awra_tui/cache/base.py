"""What all tables of the cache share.

Every row belongs to a profile. Columns are never NULL: an empty text means "none" or "not yet",
because databases disagree where NULL sorts. Amounts are integer minor units, moments are text as
``records.clock.stamp`` writes them, and columns ending in ``_key`` are sort keys written by Python,
because databases disagree about collation. Wide texts stand last, so that reading the columns before
them does not touch them.
"""

from typing import Any, TypeAlias

from peewee import (
    SQL,
    AutoField,
    BigIntegerField,
    BooleanField,
    DatabaseProxy,
    IntegerField,
    Model,
    TextField,
)

Untyped: TypeAlias = Any
"""What Peewee's stubs leave without a type: databases, queries, expressions."""

db: Untyped = DatabaseProxy()
"""The database of the one open cache; bound by ``Cache.open``."""


def text() -> "TextField[str]":
    """Return a text column that is empty unless set."""
    return TextField(default="")


def count() -> "IntegerField[int]":
    """Return a whole number that is 0 unless set."""
    return IntegerField(default=0)


def minor() -> "BigIntegerField[int]":
    """Return an amount in minor units."""
    return BigIntegerField(default=0)


def flag() -> "BooleanField[bool]":
    """Return a yes or no that is no unless set."""
    return BooleanField(default=False)


class Table(Model):
    """What all tables share: a number of their own and a profile."""

    id = AutoField()
    profile = text()

    class Meta:  # noqa: D106
        database = db
        legacy_table_names = False


def index(table: type[Table], name: str, columns: str, *, where: str = "", unique: bool = False) -> None:
    """Add an index with a name to a table: over columns, named with spaces between, of the rows ``where``."""
    fields = [getattr(table, column) for column in columns.split()]
    table.add_index(table.index(*fields, unique=unique, where=SQL(where) if where else None, name=name))
