"""How far connected objects have been compared: what changed since is found without comparing all."""

from awra_tui.cache.base import Untyped


def up(migrator: Untyped, db: Untyped) -> None:  # noqa: ARG001
    """Add the state of its object that a link was compared with last, and an index that covers asking."""
    db.execute_sql("ALTER TABLE link ADD COLUMN seen TEXT NOT NULL DEFAULT ''")
    db.execute_sql(
        "CREATE INDEX link_seen ON link (profile, realm, entity, qbo_id, seen, id) WHERE closed_at = ''"
    )
