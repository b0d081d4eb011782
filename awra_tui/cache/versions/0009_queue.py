"""When a warning came back, and indexes by which warnings are counted: by cause, and by when they opened."""

from awra_tui.cache.base import Untyped

_INDEXES = (
    (
        "warning_cause ON warning (profile, dismissed, cause, record_id, kind, currency, amount_minor, "
        "date, blocked, kind_order, opened_at, id) WHERE closed_at = ''"
    ),
    "warning_opened ON warning (profile, opened_at, blocked, reason, code, closed_at, dismissed)",
)


def up(migrator: Untyped, db: Untyped) -> None:  # noqa: ARG001
    """Add the column and the indexes."""
    db.execute_sql("ALTER TABLE warning ADD COLUMN returned_at TEXT NOT NULL DEFAULT ''")
    for index in _INDEXES:
        db.execute_sql(f"CREATE INDEX {index}")
