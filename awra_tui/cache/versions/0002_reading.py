"""How many reads a company was asked for on each day, and what a full reading has seen so far."""

import peewee

from awra_tui.cache.base import Untyped


def up(migrator: Untyped, db: Untyped) -> None:  # noqa: ARG001
    """Make the tables of reads and of objects seen."""
    here: dict[str, Untyped] = {"profile": peewee.TextField, "realm": peewee.TextField}
    reads = _model(db, "reads", here | {"day": peewee.TextField, "made": peewee.IntegerField}, "day")
    seen = _model(
        db, "seen", here | {"entity": peewee.TextField, "qbo_id": peewee.TextField}, "entity", "qbo_id"
    )
    db.create_tables([reads, seen])


def _model(db: Untyped, name: str, columns: dict[str, Untyped], *key: str) -> Untyped:
    indexes = ((("profile", "realm", *key), True),)
    options = {"database": db, "table_name": name, "indexes": indexes, "legacy_table_names": False}
    fields = {column: made(default=0 if column == "made" else "") for column, made in columns.items()}
    return type(name.title(), (peewee.Model,), {"Meta": type("Meta", (), options), **fields})
