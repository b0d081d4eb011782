"""Indexes by which anything that a person pastes is found at once among a million records and objects."""

from awra_tui.cache.base import Untyped

_INDEXES = (
    "record_reference ON record (profile, reference) WHERE reference != ''",
    "record_amount ON record (profile, amount_minor) WHERE amount_minor != 0",
    "record_name ON record (profile, party_key) WHERE kind IN ('customer', 'vendor', 'item')",
    "qbo_object_amount ON qbo_object (profile, realm, amount_minor) WHERE amount_minor != 0",
)


def up(migrator: Untyped, db: Untyped) -> None:  # noqa: ARG001
    """Add the indexes."""
    for index in _INDEXES:
        db.execute_sql(f"CREATE INDEX {index}")
