"""What warnings are about: the facts of subjects, and what is stored of their warnings already."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from awra_tui.cache import rows
from awra_tui.cache.identity import profile
from awra_tui.cache.keys import name_key, number_key, said_text, search_text
from awra_tui.cache.schema import RecordTable
from awra_tui.cache.store import intake
from awra_tui.records.kinds import ORDER
from awra_tui.records.subject import RecordKey, Subject

_RANKS = {"connector": -2, "mapping": -1, "row": len(ORDER)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What lists show and sort of a warning's subject."""

    record_id: int = 0
    status: str = ""
    attempts: int = 0
    last_attempt_at: str = ""
    number: str = ""
    party: str = ""
    date: str = ""
    amount_minor: int = 0
    currency: str = ""
    branch: str = ""
    reference: str = ""
    fingerprint: str = ""

    def copied(self, sentence: str) -> tuple[object, ...]:
        """Return what a warning that says ``sentence`` copies of it, keys to sort and search by included."""
        search = search_text(self.number, self.party, self.reference, self.amount_minor, self.currency)
        return (
            self.record_id,
            self.status,
            self.attempts,
            self.last_attempt_at,
            self.number,
            self.party,
            self.date,
            self.amount_minor,
            self.currency,
            self.branch,
            self.reference,
            number_key(self.number),
            name_key(self.party),
            said_text(search, sentence),
        )


@dataclass(frozen=True, slots=True)
class Dismissed:
    """A dismissal that stands, as far as deciding whether it still fits needs it.

    ``until`` is the stamp until which a warning was snoozed, empty where it was dismissed for good.
    """

    reason: str
    cause: str
    fingerprint: str
    amount_minor: int
    currency: str
    at: str
    why: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Awaited:
    """A warning of a record, as far as saying why it goes again needs it.

    ``awaits`` is what had to change in QuickBooks; ``message`` QuickBooks' own, where it refused.
    """

    awaits: str
    message: str
    opened_at: str
    closed_at: str


_FACTS = (
    RecordTable.kind, RecordTable.source_id, RecordTable.id, RecordTable.status, RecordTable.attempts,
    RecordTable.last_attempt_at, RecordTable.number, RecordTable.party, RecordTable.date,
    RecordTable.amount_minor, RecordTable.currency, RecordTable.branch, RecordTable.reference,
    RecordTable.fingerprint,
)  # fmt: skip

SAID = (
    "dimension", "blocked", "who", "screen", "code", "existing_id", "blocked_by", "sentence", "action",
    "message", "awaits",
)  # fmt: skip
"""The columns of a warning that say what is wrong."""
COPIED = (
    "record_id", "status", "attempts", "last_attempt_at", "number", "party", "date", "amount_minor",
    "currency", "branch", "reference", "number_key", "party_key", "search",
)  # fmt: skip
"""The columns of a warning that are copied from what it is about, as ``Facts.copied`` returns them."""
STATE = ("dismissed", "snoozed_until", "came_back", "returned_at")
COMPARED = ("id", "subject_id", "reason", "cause", *SAID, *COPIED, *STATE)
"""The columns of ``open_warnings``."""

_OPEN = """
    SELECT {columns} FROM warning
    WHERE profile = ? AND subject_type = ? AND kind = ? AND subject_id IN ({ids}) AND closed_at = ''"""
_AWAITED = """
    SELECT subject_id, awaits, message, opened_at, closed_at FROM warning
    WHERE profile = ? AND subject_type = ? AND kind = ? AND subject_id IN ({ids})
        AND (awaits != '' OR message != '') ORDER BY id"""
_STANDING = """
    SELECT subject_id, reason, cause, fingerprint, amount_minor, currency, at, why, until FROM dismissal
    WHERE profile = ? AND subject_type = ? AND kind = ? AND subject_id IN ({ids}) AND undone_at = ''
    ORDER BY id"""

_CLOSED = """
    SELECT subject_id, reason, cause, owner FROM warning
    WHERE profile = ? AND subject_type = ? AND kind = ? AND subject_id IN ({ids}) AND closed_at != ''
    ORDER BY id"""
_WARNED = "SELECT record_id FROM warning WHERE record_id IN ({ids}) AND closed_at = '' AND dismissed = ?"


def rank(subject: Subject) -> int:
    """Return the place of a subject in the order of work: connectors first, then mappings, then kinds."""
    return _RANKS.get(subject.type, ORDER.get(subject.kind, len(ORDER)))


def facts_of_records(subjects: Iterable[Subject]) -> dict[Subject, Facts]:
    """Return the facts of those subjects that are records."""
    keys = [RecordKey(subject.kind, subject.id) for subject in subjects if subject.type == "record"]
    return {Subject("record", row[0], row[1]): _facts(row[2:]) for row in intake.by_keys(keys, _FACTS)}


def open_warnings(subjects: Iterable[Subject]) -> dict[Subject, dict[tuple[str, str], dict[str, Any]]]:
    """Return the open warnings of subjects as rows, by reason and cause."""
    found: dict[Subject, dict[tuple[str, str], dict[str, Any]]] = defaultdict(dict)
    for type_, kind, ids in _grouped(subjects):
        statement = _OPEN.format(columns=", ".join(COMPARED), ids=rows.marks(len(ids)))
        for values in rows.select(statement, (profile(), type_, kind, *ids)):
            row = dict(zip(COMPARED, values, strict=True))
            found[Subject(type_, kind, row["subject_id"])][row["reason"], row["cause"]] = row
    return found


def standing_dismissals(subjects: Iterable[Subject]) -> dict[Subject, list[Dismissed]]:
    """Return the dismissals of subjects that nobody undid, oldest first."""
    found: dict[Subject, list[Dismissed]] = defaultdict(list)
    for type_, kind, ids in _grouped(subjects):
        statement = _STANDING.format(ids=rows.marks(len(ids)))
        for subject_id, *rest in rows.select(statement, (profile(), type_, kind, *ids)):
            found[Subject(type_, kind, subject_id)].append(Dismissed(*rest))
    return found


def last_owners(subjects: Iterable[Subject]) -> dict[tuple[Subject, str, str], str]:
    """Return who had the closed warnings of subjects when they were closed last, by reason and cause."""
    found: dict[tuple[Subject, str, str], str] = {}
    for type_, kind, ids in _grouped(subjects):
        statement = _CLOSED.format(ids=rows.marks(len(ids)))
        for subject_id, reason, cause, owner in rows.select(statement, (profile(), type_, kind, *ids)):
            found[Subject(type_, kind, subject_id), reason, cause] = owner
    return found


def awaited(keys: Sequence[RecordKey]) -> dict[RecordKey, list[Awaited]]:
    """Return what records waited for or were refused for, closed warnings too, oldest first."""
    found: dict[RecordKey, list[Awaited]] = defaultdict(list)
    for type_, kind, ids in _grouped(Subject("record", key.kind, key.source_id) for key in keys):
        statement = _AWAITED.format(ids=rows.marks(len(ids)))
        for source_id, *rest in rows.select(statement, (profile(), type_, kind, *ids)):
            found[RecordKey(kind, source_id)].append(Awaited(*rest))
    return found


def mark_warned(records: Sequence[int]) -> None:
    """Note on each record whether it has an open warning that nobody put aside."""
    for some in rows.chunks(records):
        # Written out: for tens of thousands of warnings the builder would take longer than the database.
        found = rows.select(_WARNED.format(ids=rows.marks(len(some))), (*some, False))
        warned = {row[0] for row in found}
        rows.update_many(RecordTable, ("warned",), [(number in warned, number) for number in some])


def _grouped(subjects: Iterable[Subject]) -> Iterator[tuple[str, str, list[str]]]:
    grouped: dict[tuple[str, str], list[str]] = defaultdict(list)
    for subject in subjects:
        grouped[subject.type, subject.kind].append(subject.id)
    for (type_, kind), ids in grouped.items():
        for some in rows.chunks(ids):
            yield type_, kind, list(some)


def _facts(row: tuple[Any, ...]) -> Facts:
    number_of, status, attempts, last, number, party, day, minor, currency, branch, reference, mark = row
    return Facts(
        record_id=number_of,
        status=status,
        attempts=attempts,
        last_attempt_at=last,
        number=number,
        party=party,
        date=day,
        amount_minor=minor,
        currency=currency,
        branch=branch,
        reference=reference,
        fingerprint=mark,
    )
