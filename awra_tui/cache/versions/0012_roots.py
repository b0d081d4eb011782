"""Under which heading a warning stands, by which causes are counted; and search in what warnings say."""

import unicodedata
from collections import defaultdict
from typing import Any

from awra_tui.cache.base import Untyped

_INDEX = (
    "warning_root ON warning (profile, dismissed, root, record_id, kind, currency, amount_minor, "
    "date, blocked, kind_order, opened_at, id) WHERE closed_at = ''"
)
_OPEN = """
    SELECT id, profile, subject_type, kind, subject_id, cause, blocked, search, sentence
    FROM warning WHERE closed_at = '' ORDER BY id"""
_DEEPEST = 20


def up(migrator: Untyped, db: Untyped) -> None:  # noqa: ARG001
    """Add the column and fill it, and what is searched for the warnings that are open; change the index.

    What was closed stands under its own cause.
    """
    db.execute_sql("ALTER TABLE warning ADD COLUMN root TEXT NOT NULL DEFAULT ''")
    db.execute_sql("UPDATE warning SET root = cause WHERE closed_at != ''")
    found = db.execute_sql(_OPEN).fetchall()
    heads: dict[tuple[str, str], list[tuple[bool, int, str]]] = defaultdict(list)
    for number, profile, type_, kind, subject_id, cause, blocked, _, _ in found:
        if type_ == "record":
            heads[profile, f"record:{kind}/{subject_id}"].append((bool(blocked), number, cause))
    first = {key: min(places) for key, places in heads.items()}
    statement = f"UPDATE warning SET root = {db.param}, search = {db.param} WHERE id = {db.param}"  # noqa: S608
    for number, profile, _, _, _, cause, blocked, search, sentence in found:
        root = _root(first, profile, cause) if blocked else cause
        db.execute_sql(statement, (root, f"{search} {_folded(sentence)}", number))
    db.execute_sql("DROP INDEX warning_cause")
    db.execute_sql(f"CREATE INDEX {_INDEX}")


def _root(first: dict[tuple[str, str], tuple[Any, ...]], profile: str, cause: str) -> str:
    for _ in range(_DEEPEST):
        blocked, _, above = first.get((profile, cause), (False, 0, cause))
        if not blocked:
            return str(above)
        cause = above
    return cause


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in plain if not unicodedata.combining(sign))[:300]
