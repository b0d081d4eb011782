"""Objects that carry our mark: those that carry the same one, and records that share one."""

from collections.abc import Sequence

from awra_tui.cache import rows
from awra_tui.cache.identity import profile, realm
from awra_tui.cache.schema import ObjectTable
from awra_tui.cache.store.objects import FIELDS, to_object
from awra_tui.records.qbo import QboObject
from awra_tui.records.subject import RecordKey

_REPEATED = """
    SELECT mark FROM qbo_object WHERE profile = ? AND realm = ? AND entity = ? AND mark > ''
    GROUP BY mark HAVING COUNT(*) > 1"""
_UNLINKED = """
    SELECT thing.id FROM qbo_object AS thing
    WHERE thing.profile = ? AND thing.realm = ? AND thing.entity = ? AND thing.mark IN ({marks})
    AND NOT thing.deleted AND NOT EXISTS (
        SELECT 1 FROM link WHERE link.profile = thing.profile AND link.realm = thing.realm
        AND link.entity = thing.entity AND link.qbo_id = thing.qbo_id AND link.closed_at = '')"""
# The marks come first (CROSS JOIN): SQLite would rather go through all connections.
_HOLDERS = """
    SELECT DISTINCT link.kind, link.source_id FROM qbo_object AS thing CROSS JOIN link
    WHERE thing.profile = ? AND thing.realm = ? AND thing.entity = ? AND thing.mark IN ({marks})
    AND link.profile = thing.profile AND link.realm = thing.realm
    AND link.entity = thing.entity AND link.qbo_id = thing.qbo_id AND link.closed_at = ''"""
_SHARED = """
    SELECT number FROM record WHERE profile = ? AND kind = ? AND number IN ({marks}) AND deleted_at = ''
    GROUP BY number HAVING COUNT(*) > 1"""


def repeated(entity: str) -> list[str]:
    """Return the marks that several objects of an entity carry, or carried before they were deleted."""
    return [str(row[0]) for row in rows.select(_REPEATED, (profile(), realm(), entity))]


def unlinked(entity: str, marks: Sequence[str]) -> list[QboObject]:
    """Return the objects with these marks that are not deleted and that no record is connected to."""
    ids = [
        row[0]
        for some in rows.chunks(list(dict.fromkeys(marks)))
        for row in rows.select(_UNLINKED.format(marks=rows.marks(len(some))), (*_here(entity), *some))
    ]
    return [
        to_object(row)
        for some in rows.chunks(ids)
        for row in rows.tuples(
            ObjectTable.select(*FIELDS).where(ObjectTable.id.in_(some)).order_by(ObjectTable.id)
        )
    ]


def holders(entity: str, marks: Sequence[str]) -> list[RecordKey]:
    """Return the records that are connected to an object with one of these marks."""
    return [
        RecordKey(kind, source_id)
        for some in rows.chunks(list(dict.fromkeys(marks)))
        for kind, source_id in rows.select(
            _HOLDERS.format(marks=rows.marks(len(some))), (*_here(entity), *some)
        )
    ]


def shared(kind: str, marks: Sequence[str]) -> set[str]:
    """Return which of these marks more than one record of a kind has: their numbers are the same."""
    return {
        str(row[0])
        for some in rows.chunks(list(dict.fromkeys(marks)))
        for row in rows.select(_SHARED.format(marks=rows.marks(len(some))), (profile(), kind, *some))
    }


def _here(entity: str) -> tuple[str, str, str]:
    return (profile(), realm(), entity)
