"""Indexes over the few warnings that wait or sleep and the few records sent again, for quick looks."""

from awra_tui.cache.base import Untyped

# Without statistics SQLite takes the index of which it can compare the most columns: with ``closed_at``
# in them these are it, and not an index over all open warnings, or all records.
_INDEXES = {
    "record_retried": "record (profile, kind, status, deleted_at) WHERE attempts > 1",
    "warning_awaits": (
        "warning (profile, closed_at, dismissed, kind_order, awaits) WHERE closed_at = '' AND awaits != ''"
    ),
    "warning_snoozed": (
        "warning (profile, closed_at, subject_type, kind, snoozed_until) "
        "WHERE closed_at = '' AND snoozed_until != ''"
    ),
}


def up(migrator: Untyped, db: Untyped) -> None:  # noqa: ARG001
    """Make the indexes anew."""
    for name, columns in _INDEXES.items():
        db.execute_sql(f"DROP INDEX {name}")
        db.execute_sql(f"CREATE INDEX {name} ON {columns}")
