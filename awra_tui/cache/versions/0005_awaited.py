"""What a warning waits for in QuickBooks, and why an attempt was made without anybody asking for it."""

from awra_tui.cache.base import Untyped

_COLUMNS = (("warning", "awaits"), ("attempt", "because"))


def up(migrator: Untyped, db: Untyped) -> None:  # noqa: ARG001
    """Add the two columns, and an index over the few warnings that wait for a change."""
    for table, column in _COLUMNS:
        db.execute_sql(f"ALTER TABLE {table} ADD COLUMN {column} TEXT NOT NULL DEFAULT ''")
    db.execute_sql(
        "CREATE INDEX warning_awaits ON warning (profile, dismissed, kind_order) "
        "WHERE closed_at = '' AND awaits != ''"
    )
