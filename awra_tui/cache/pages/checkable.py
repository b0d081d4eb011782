"""Which records a check goes through: all that are not in QuickBooks yet, in order of work."""

from array import array
from collections.abc import Sequence

from awra_tui.cache import rows
from awra_tui.cache.identity import profile
from awra_tui.cache.pages.warning_query import WarningQuery, condition
from awra_tui.records.kinds import LEVELS
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey

_OPEN = """
    SELECT id FROM record
    WHERE profile = ? AND kind IN ({kinds}) AND status <> ? AND (deleted_at = '' OR status <> ?)
    ORDER BY id"""
_NUMBERED = "SELECT id FROM record WHERE profile = ? AND kind = ? AND source_id IN ({ids})"

_WARNED = """
    SELECT record_id
    FROM (SELECT DISTINCT record_id, kind_order FROM warning {where} AND record_id > 0) AS about
    ORDER BY kind_order, record_id"""


def open_ids(kinds: Sequence[str] = ()) -> "array[int]":
    """Return the numbers of all records that are not in QuickBooks, parents first.

    Without kinds, of all.
    """
    found = array("q")
    for level in LEVELS:
        wanted = [kind for kind in level if not kinds or kind in kinds]
        if wanted:
            statement = _OPEN.format(kinds=rows.marks(len(wanted)))
            found += rows.numbers(
                statement, (profile(), *wanted, Status.SUCCEEDED.value, Status.SKIPPED.value)
            )
    return found


def ids_of(keys: Sequence[RecordKey]) -> "array[int]":
    """Return the numbers of records, parents first."""
    found = array("q")
    for level in LEVELS:
        for kind in level:
            ids = [key.source_id for key in keys if key.kind == kind]
            for some in rows.chunks(ids):
                statement = _NUMBERED.format(ids=rows.marks(len(some)))
                found += rows.numbers(statement, (profile(), kind, *some))
    return found


def warned_ids(query: WarningQuery) -> "array[int]":
    """Return the numbers of the records that warnings are about, parents first."""
    where, params = condition(query)
    return rows.numbers(_WARNED.format(where=where), params)
