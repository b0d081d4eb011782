"""What decisions are searched by, and indexes that say at once whether something is to be handed on."""

import json
import unicodedata
from collections.abc import Iterator
from typing import Any

from awra_tui.cache.base import Untyped

_INDEXES = (
    "decision_at ON decision (profile, at)",
    "warning_dated ON warning (profile, dismissed, date) WHERE closed_at = '' AND date != ''",
    "record_retried ON record (profile, status) WHERE attempts > 1",
)


def up(migrator: Untyped, db: Untyped) -> None:  # noqa: ARG001
    """Add the column, fill it for what was decided before, and add the indexes."""
    db.execute_sql("ALTER TABLE decision ADD COLUMN search TEXT NOT NULL DEFAULT ''")
    statement = "SELECT id, who, verb, subject, before, after FROM decision"
    for number, *parts, before, after in db.execute_sql(statement).fetchall():
        words = [*parts, *_texts(json.loads(before or "{}")), *_texts(json.loads(after or "{}"))]
        sql = f"UPDATE decision SET search = {db.param} WHERE id = {db.param}"  # noqa: S608
        db.execute_sql(sql, (_folded(" ".join(words)), number))
    for index in _INDEXES:
        db.execute_sql(f"CREATE INDEX {index}")


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401 - whatever JSON holds
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


def _folded(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in folded if not unicodedata.combining(sign))[:2000]
