"""Attempts of records, many at once: what was answered last, and how often the same was refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from awra_tui.cache import rows
from awra_tui.cache.identity import profile
from awra_tui.cache.store.intake import by_kind
from awra_tui.records.kinds import kind_of
from awra_tui.records.subject import RecordKey

_LAST = """
    SELECT kind, source_id, outcome, code, message, started_at, ended_at, because,
        CASE WHEN operation = 'create' THEN role ELSE '' END
    FROM attempt WHERE id IN (
        SELECT MAX(id) FROM attempt WHERE profile = ? AND kind = ? AND source_id IN ({ids})
        GROUP BY kind, source_id)"""
_REFUSED = """
    SELECT COUNT(*) FROM attempt
    WHERE profile = ? AND kind = ? AND source_id = ? AND inputs = ? AND outcome = 'failed'"""

_SENT_BECAUSE = """
    SELECT kind, source_id, number, party, because FROM attempt
    WHERE profile = ? AND run_id = ? AND because != '' AND outcome = 'succeeded' ORDER BY id"""
_RECENT = """
    SELECT code, run_id FROM attempt
    WHERE profile = ? AND kind = ? AND source_id = ? AND outcome NOT IN ('pending', 'unknown')
    ORDER BY id DESC LIMIT 10"""
_STALE = "5010"


OPEN = ("pending", "unknown")
"""Outcomes of attempts that are not known: no answer was waited for, or none came."""


@dataclass(frozen=True, slots=True)
class LastAttempt:
    """How the last attempt of a record ended; ``ended_at`` is empty while there is no answer.

    ``because`` says what had changed in QuickBooks, where it was sent for that; ``created`` is the role
    in which it was to be created, empty of what changes something.
    """

    outcome: str
    code: str
    message: str
    started_at: str
    ended_at: str
    because: str = ""
    created: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it is not known what became of it."""
        return self.outcome in OPEN


def last_of_many(keys: Sequence[RecordKey]) -> dict[RecordKey, LastAttempt]:
    """Return the last attempt of each record; records that were never tried are left out."""
    found: dict[RecordKey, LastAttempt] = {}
    for kind, ids in by_kind(keys).items():
        for some in rows.chunks(ids):
            for row in rows.select(_LAST.format(ids=rows.marks(len(some))), (profile(), kind, *some)):
                found[RecordKey(row[0], row[1])] = LastAttempt(*row[2:])
    return found


def last_of(key: RecordKey) -> LastAttempt | None:
    """Return the last attempt of a record, or None."""
    return last_of_many([key]).get(key)


def sent_because(run_id: int) -> list[tuple[RecordKey, str, str]]:
    """Return the records that a run sent because something had changed in QuickBooks: name and what."""
    found = rows.select(_SENT_BECAUSE, (profile(), run_id))
    return [
        (RecordKey(kind, source_id), party if kind_of(kind).is_name and party else number, because)
        for kind, source_id, number, party, because in found
    ]


def refusals(key: RecordKey, inputs: str) -> int:
    """Return how often QuickBooks refused a record while nothing that decides the outcome changed."""
    return int(rows.select(_REFUSED, (profile(), key.kind, key.source_id, inputs))[0][0])


def stale_in_a_row(key: RecordKey) -> int:
    """Return how often in a row, within one run, an object had been changed before our change came."""
    recent = rows.select(_RECENT, (profile(), key.kind, key.source_id))
    same = takewhile(lambda row: row[0] == _STALE and row[1] == recent[0][1], recent)
    return sum(1 for _ in same)
