"""Connected objects that changed in QuickBooks since they were compared last."""

from collections.abc import Sequence
from dataclasses import dataclass

from awra_tui.cache import rows
from awra_tui.cache.identity import profile, realm
from awra_tui.records.subject import RecordKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """An open link whose object is in another state than when they were compared; ``number`` is its own."""

    number: int
    key: RecordKey
    role: str
    state: str


_STATE = (
    "thing.sync_token || CASE WHEN thing.deleted THEN 'd' ELSE '' END"
    " || CASE WHEN thing.active THEN '' ELSE 'i' END"
)
_MOVED = f"""
    SELECT link.id, {_STATE} FROM link JOIN qbo_object AS thing
    ON thing.profile = link.profile AND thing.realm = link.realm
    AND thing.entity = link.entity AND thing.qbo_id = link.qbo_id
    WHERE link.profile = ? AND link.realm = ? AND link.closed_at = '' AND link.seen <> {_STATE}"""  # noqa: S608


def moved() -> list[tuple[int, str]]:
    """Return number and new state of every open link whose object is not as it was when compared last."""
    return [(int(row[0]), str(row[1])) for row in rows.select(_MOVED, (profile(), realm()))]


def named(some: Sequence[tuple[int, str]]) -> list[Moved]:
    """Return whose links these are; those that were closed meanwhile are left out."""
    states = dict(some)
    statement = (
        f"SELECT id, kind, source_id, role FROM link WHERE id IN ({rows.marks(len(states))}) "  # noqa: S608
        "AND closed_at = '' ORDER BY id"
    )
    found = rows.select(statement, tuple(states)) if states else []
    return [
        Moved(number=row[0], key=RecordKey(row[1], row[2]), role=row[3], state=states[row[0]])
        for row in found
    ]


def mark_seen(some: Sequence[Moved]) -> None:
    """Note that these links were compared with their objects as those are now."""
    rows.execute_many("UPDATE link SET seen = ? WHERE id = ?", [(one.state, one.number) for one in some])
