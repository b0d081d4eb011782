"""Warnings put aside until a day, which decision put one aside, and what people wrote about warnings."""

import peewee

from awra_tui.cache.base import Untyped

_NOTE = (
    "profile",
    "subject_type",
    "kind",
    "subject_id",
    "reason",
    "cause",
    "at",
    "who",
    "owner",
    "undone_at",
)
_ADDED = (
    ("warning", "snoozed_until", "TEXT NOT NULL DEFAULT ''"),
    ("dismissal", "until", "TEXT NOT NULL DEFAULT ''"),
    ("dismissal", "decision", "INTEGER NOT NULL DEFAULT 0"),
)
_INDEXES = (
    (
        "warning_snoozed ON warning (profile, snoozed_until, subject_type, kind) "
        "WHERE closed_at = '' AND snoozed_until != ''"
    ),
    "warning_owned ON warning (profile, owner, dismissed) WHERE closed_at = '' AND owner != ''",
    "dismissal_decision ON dismissal (profile, decision) WHERE decision != 0",
)


def up(migrator: Untyped, db: Untyped) -> None:  # noqa: ARG001
    """Add the columns with their indexes, and the table of notes."""
    for table, column, type_ in _ADDED:
        db.execute_sql(f"ALTER TABLE {table} ADD COLUMN {column} {type_}")
    for index in _INDEXES:
        db.execute_sql(f"CREATE INDEX {index}")
    fields: dict[str, Untyped] = {name: peewee.TextField(default="") for name in (*_NOTE, "text")}
    fields["decision"] = peewee.IntegerField(default=0)
    indexes = (
        (("profile", "subject_id"), False),
        (("profile", "decision"), False),
    )
    options = {"database": db, "table_name": "note", "indexes": indexes, "legacy_table_names": False}
    db.create_tables([type("Note", (peewee.Model,), {"Meta": type("Meta", (), options), **fields})])
