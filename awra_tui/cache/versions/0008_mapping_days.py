"""From which day a mapping holds, what it pointed to was called, and the tax rates that records state."""

from awra_tui.cache.base import Untyped

_ADDED = (
    ("mapping", "valid_from"),
    ("mapping", "object_name"),
    ("mapping", "account_name"),
    ("reference", "rates"),
    ("need", "rates"),
)
_KEYS = (
    ("mapping", ("profile", "realm", "kind", "value", "scope"), "valid_from"),
    ("need", ("profile", "kind", "value", "scope", "currency"), "rates"),
)


def up(migrator: Untyped, db: Untyped) -> None:  # noqa: ARG001
    """Add the columns; what was unique by its key becomes so together with the new column."""
    for table, column in _ADDED:
        db.execute_sql(f"ALTER TABLE {table} ADD COLUMN {column} TEXT NOT NULL DEFAULT ''")
    for table, columns, column in _KEYS:
        db.execute_sql(f"DROP INDEX {'_'.join((table, *columns))}")
        wider = (*columns, column)
        db.execute_sql(f"CREATE UNIQUE INDEX {'_'.join((table, *wider))} ON {table} ({', '.join(wider)})")
