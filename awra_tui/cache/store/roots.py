"""Under which heading a warning stands: its own cause, or that of the record for which it only waits."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from awra_tui.cache import rows
from awra_tui.cache.identity import profile
from awra_tui.cache.schema import WarningTable
from awra_tui.cache.store.intake import by_kind
from awra_tui.records.subject import RecordKey

DEEPEST = 20
"""Records that wait for one another in a row, after which the search ends: they would go in a circle."""

_BLOCKED = """
    SELECT id, kind, subject_id, cause, root FROM warning
    WHERE profile = ? AND subject_type = 'record' AND kind = ? AND subject_id IN ({some})
        AND closed_at = '' AND blocked = ?"""
_WAITING = """
    SELECT id, kind, subject_id, cause, root FROM warning
    WHERE profile = ? AND closed_at = '' AND cause IN ({some}) AND blocked = ? AND subject_type = 'record'"""
_HEADS = """
    SELECT kind, subject_id, blocked, id, root FROM warning
    WHERE profile = ? AND subject_type = 'record' AND kind = ? AND subject_id IN ({some})
        AND closed_at = ''"""


@dataclass(frozen=True, slots=True)
class _Blocked:
    """A warning that only waits for another record, and where it stands."""

    id: int
    kind: str
    source_id: str
    cause: str
    root: str

    @property
    def key(self) -> RecordKey:
        return RecordKey(self.kind, self.source_id)


def follow(changed: Iterable[RecordKey]) -> None:
    """Let what waits stand under what it waits for, after warnings of these records opened or closed.

    A record stands under the first warning of its own, by number; one that only waits, where that for
    which it waits stands. In the caller's transaction.
    """
    keys = list(dict.fromkeys(changed))
    own = list(_blocked(keys))
    for _ in range(DEEPEST):
        moved = _move([*own, *_waiting(keys)])
        if not moved:
            return
        keys, own = moved, []


def _move(found: Sequence[_Blocked]) -> list[RecordKey]:
    """Write the roots that are others now; return whose warnings moved."""
    named = (RecordKey.of_cause(one.cause) for one in found)
    heads = _heads(list(dict.fromkeys(key for key in named if key is not None)))
    moved = {one.id: one for one in found if heads.get(one.cause, one.cause) != one.root}
    rows.update_many(
        WarningTable,
        ("root",),
        [(heads.get(one.cause, one.cause), number) for number, one in sorted(moved.items())],
    )
    return list(dict.fromkeys(one.key for one in moved.values()))


def _heads(keys: Sequence[RecordKey]) -> dict[str, str]:
    """Return where each record stands that has warnings, by the cause that names it."""
    first: dict[str, tuple[bool, int, str]] = {}
    for kind, some in _some(keys):
        for _, source_id, blocked, number, root in rows.select(
            _HEADS.format(some=rows.marks(len(some))), (profile(), kind, *some)
        ):
            cause, place = RecordKey(kind, source_id).cause, (bool(blocked), int(number), str(root))
            first[cause] = min(first.get(cause, place), place)
    return {cause: root for cause, (_, _, root) in first.items()}


def _blocked(keys: Sequence[RecordKey]) -> Iterator[_Blocked]:
    for kind, some in _some(keys):
        statement = _BLOCKED.format(some=rows.marks(len(some)))
        yield from (_Blocked(*row) for row in rows.select(statement, (profile(), kind, *some, True)))


def _waiting(keys: Sequence[RecordKey]) -> Iterator[_Blocked]:
    for some in rows.chunks([key.cause for key in keys]):
        statement = _WAITING.format(some=rows.marks(len(some)))
        yield from (_Blocked(*row) for row in rows.select(statement, (profile(), *some, True)))


def _some(keys: Sequence[RecordKey]) -> Iterator[tuple[str, Sequence[str]]]:
    for kind, ids in by_kind(keys).items():
        yield from ((kind, some) for some in rows.chunks(ids))
