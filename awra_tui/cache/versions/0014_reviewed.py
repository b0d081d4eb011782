"""What of a mapping a person looked at and found to be meant so."""

from awra_tui.cache.base import Untyped


def up(migrator: Untyped, db: Untyped) -> None:  # noqa: ARG001
    """Add the column; nobody has said so of any mapping yet."""
    db.execute_sql("ALTER TABLE mapping ADD COLUMN reviewed TEXT NOT NULL DEFAULT ''")
