"""Lists of warnings: the whole order as numbers, and the rows a screen shows of it."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from awra_tui.cache import rows
from awra_tui.cache.identity import profile
from awra_tui.cache.pages.money import Money, Part, counted_once, is_document
from awra_tui.cache.pages.warning_query import WarningQuery, condition, weight
from awra_tui.records.issue import Issue, issue_of
from awra_tui.records.status import Dimension, Status, Who
from awra_tui.records.subject import Subject

__all__ = [
    "SORTS",
    "Group",
    "Share",
    "WarningQuery",
    "WarningRow",
    "change_counts",
    "warning_count",
    "warning_head",
    "warning_ids",
    "warning_rows",
    "warning_totals",
    "warnings_all",
    "warnings_of",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """The records of one kind under a cause: how many, how many of them only wait for others, their money."""

    kind: str
    records: int
    waiting: int
    money: tuple[Money, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What stands under one cause: how many warnings, the records by kind (most first), since when.

    ``money`` is that of all of it, each shilling once; ``blocks`` names what any of them holds up.
    """

    count: int
    shares: tuple[Share, ...]
    money: tuple[Money, ...]
    oldest: str
    blocks: tuple[str, ...] = ()

    @property
    def own(self) -> tuple[tuple[str, int], ...]:
        """How many records of each kind are to be put right themselves."""
        counts = ((share.kind, share.records - share.waiting) for share in self.shares)
        return tuple((kind, number) for kind, number in counts if number)

    @property
    def waiting(self) -> tuple[tuple[str, int], ...]:
        """How many records of each kind only wait for others."""
        return tuple((share.kind, share.waiting) for share in self.shares if share.waiting)


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningRow:
    """One warning as lists and pages show it.

    ``date`` is an ISO date; ``owner`` the person who takes the next step; ``screen`` what fixes it;
    ``came_back`` why a dismissed one shows again, since ``returned_at``; ``awaits`` what has to change
    in QuickBooks for it to go by itself; ``snoozed_until`` the stamp until which it is put aside, ``note``
    the last that somebody wrote about it. In a list of causes it leads its ``group``.
    ``reopened`` says that it was cleared before; ``blocks`` names what it holds up, where that is known.
    ``root`` is the cause that it stands under: its own, or that of the record for which it only waits.
    """

    id: int
    subject: Subject
    kind: str
    source_id: str
    number: str
    party: str
    amount_minor: int
    currency: str
    date: str
    status: Status
    reason: str
    sentence: str
    action: str
    who: Who
    dimension: Dimension
    blocked_by: str
    opened_at: str
    attempts: int
    last_attempt_at: str
    branch: str
    reference: str
    owner: str
    screen: str
    cause: str
    code: str
    message: str
    existing_id: str
    dismissed: bool
    dismissed_by: str
    dismissed_at: str
    dismissed_why: str
    came_back: str
    awaits: str = ""
    snoozed_until: str = ""
    note: str = ""
    noted_by: str = ""
    returned_at: str = ""
    closed_at: str = ""
    group: Group | None = None
    blocks: tuple[str, ...] = ()
    reopened: bool = False
    root: str = ""

    @property
    def change(self) -> str:
        """What happened to it since a moment, where that was asked for: cleared, returned or new."""
        return "cleared" if self.closed_at else "returned" if self.returned_at or self.reopened else "new"

    @property
    def issue(self) -> Issue | None:
        """What is wrong between the books; nothing where the warning is about no record."""
        return issue_of(self.subject.type, self.reason, self.dimension, self.status)


_ORDERS = {
    "work": "kind_order {d}, opened_at {d}, id {d}",
    "number": "number_key {d}, id {d}",
    "party": "party_key {d}, number_key {d}, id {d}",
    "amount": "currency {d}, amount_minor {d}, id {d}",
    "date": "date {d}, id {d}",
    "status": "status {d}, kind_order {d}, id {d}",
    "reason": "reason {d}, kind_order {d}, id {d}",
    "age": "opened_at {d}, id {d}",
    "owner": "owner {d}, kind_order {d}, id {d}",
    "attempts": "attempts {d}, id {d}",
    "branch": "branch {d}, kind_order {d}, id {d}",
    "blocks": "{weight} {d}, kind_order {d}, opened_at {d}, id {d}",
    "change": "{change} {d}, kind_order {d}, opened_at {d}, id {d}",
}
SORTS = tuple(_ORDERS)
"""What warnings can be sorted by."""

_REOPENED = """
    EXISTS (
        SELECT 1 FROM warning AS before WHERE before.profile = warning.profile
            AND before.subject_type = warning.subject_type AND before.kind = warning.kind
            AND before.subject_id = warning.subject_id AND before.reason = warning.reason
            AND before.cause = warning.cause AND before.closed_at != '' AND before.id < warning.id
    )"""
_CHANGE = f"CASE WHEN closed_at != '' THEN 2 WHEN returned_at != '' OR {_REOPENED} THEN 1 ELSE 0 END"
"""What ``WarningRow.change`` says, as a number."""
_CHANGES = f"SELECT {_CHANGE} AS change, COUNT(*) FROM warning {{where}} GROUP BY 1"  # noqa: S608
_IDS = "SELECT id FROM warning {where} {order}"
_COUNT = "SELECT COUNT(*) FROM warning {where}"
_TOTALS = """
    SELECT record_id > 0, kind, currency, waits, SUM(amount_minor), COUNT(*), SUM(warnings) FROM (
        SELECT record_id, kind, currency, amount_minor, COUNT(*) AS warnings,
            MAX(CASE WHEN blocked THEN 1 ELSE 0 END) AS waits
        FROM warning {where} GROUP BY record_id, kind, currency, amount_minor
    ) AS once GROUP BY record_id > 0, kind, currency, waits"""
_TALLIED = """
    SELECT kind, currency, SUM(minor), SUM(records) FROM tally
    WHERE profile = ? AND warned = ? AND kind IN ({kinds}) GROUP BY kind, currency HAVING SUM(records) > 0"""
_ROW = f"""
    SELECT id, subject_type, kind, subject_id, number, party, amount_minor, currency, date, status, reason,
        sentence, action, who, dimension, blocked_by, opened_at, attempts, last_attempt_at, branch, reference,
        owner, screen, cause, code, message, existing_id, dismissed, came_back, awaits,
        returned_at, closed_at, snoozed_until, {_REOPENED}, root
    FROM warning"""  # noqa: S608


def warning_ids(query: WarningQuery) -> "array[int]":
    """Return the numbers of all warnings asked for, in order."""
    where, params = condition(query)
    order, more = _order(query)
    return rows.numbers(_IDS.format(where=where, order=order), (*params, *more))


def warning_head(query: WarningQuery, limit: int) -> list[WarningRow]:
    """Return the first rows asked for."""
    where, params = condition(query)
    order, more = _order(query)
    statement = f"{_IDS.format(where=where, order=order)} LIMIT ?"
    return warning_rows([row[0] for row in rows.select(statement, (*params, *more, limit))])


def warning_rows(ids: Sequence[int]) -> list[WarningRow]:
    """Return the rows of these warnings in the order asked for; those that are gone are left out."""
    found: dict[int, WarningRow] = {}
    for some in rows.chunks(list(ids)):
        statement = f"{_ROW} WHERE id IN ({rows.marks(len(some))})"
        found |= {row.id: row for row in _rows(rows.select(statement, some))}
    return [found[number] for number in ids if number in found]


def warning_count(query: WarningQuery) -> int:
    """Return how many warnings were asked for."""
    where, params = condition(query)
    return int(rows.select(_COUNT.format(where=where), params)[0][0])


def warning_totals(query: WarningQuery) -> tuple[int, tuple[Money, ...]]:
    """Return how many warnings were asked for, and the money of their records, each shilling once."""
    if _of_whole_kinds(query):
        return warning_count(query), _tallied(query.kinds)
    where, params = condition(query)
    found = rows.select(_TOTALS.format(where=where), params)
    money = (
        Part(kind, currency, int(minor), number, bool(waits))
        for of_records, kind, currency, waits, minor, number, _ in found
        if of_records
    )
    return sum(int(row[-1]) for row in found), counted_once(money)


def warnings_of(subject: Subject) -> list[WarningRow]:
    """Return the open and the dismissed warnings of a subject; those that wait for another come last."""
    # Sorted here: an ORDER BY would lead the planner to walk through all open warnings in that order.
    statement = (
        f"{_ROW} WHERE profile = ? AND subject_type = ? AND kind = ? AND subject_id = ? AND closed_at = ''"
    )
    found = _rows(rows.select(statement, (profile(), subject.type, subject.kind, subject.id)))
    return sorted(found, key=lambda row: (row.dismissed, bool(row.blocked_by), row.id))


def change_counts(query: WarningQuery) -> tuple[int, int, int]:
    """Return how many warnings are new, came back and were cleared, of a query with ``since``."""
    where, params = condition(query)
    found = {int(change): int(count) for change, count in rows.select(_CHANGES.format(where=where), params)}
    return found.get(0, 0), found.get(1, 0), found.get(2, 0)


def warnings_all(query: WarningQuery) -> list[WarningRow]:
    """Return every row asked for, in order."""
    return warning_rows(warning_ids(query))


def _of_whole_kinds(query: WarningQuery) -> bool:
    """Whether a query asks for all open warnings of kinds alike, whose money is tallied already."""
    whole = WarningQuery(
        kinds=query.kinds, sort=query.sort, descending=query.descending, grouped=query.grouped
    )
    return query == whole and len({is_document(kind) for kind in query.kinds}) == 1


def _tallied(kinds: Sequence[str]) -> tuple[Money, ...]:
    found = rows.select(_TALLIED.format(kinds=rows.marks(len(kinds))), (profile(), True, *kinds))
    return counted_once(
        Part(kind, currency, int(minor), int(records)) for kind, currency, minor, records in found
    )


def _order(query: WarningQuery) -> tuple[str, list[object]]:
    order = _ORDERS.get(query.sort, _ORDERS["work"])
    heavy, params = weight(query.pressing) if query.sort == "blocks" else ("", [])
    direction = "DESC" if query.descending else "ASC"
    return f"ORDER BY {order.format(d=direction, weight=heavy, change=_CHANGE)}", params


_DISMISSALS = """
    SELECT subject_type, kind, subject_id, reason, cause, who, at, why FROM dismissal
    WHERE profile = ? AND undone_at = '' AND subject_id IN ({ids}) ORDER BY id"""


_NOTES = """
    SELECT subject_type, kind, subject_id, reason, cause, text, who FROM note
    WHERE profile = ? AND undone_at = '' AND subject_id IN ({ids}) ORDER BY id"""

_Said = dict[tuple[str, ...], tuple[str, ...]]
"""What people said last of subject, reason and cause."""


def _rows(found: list[tuple[Any, ...]]) -> list[WarningRow]:
    dismissals = _said(_DISMISSALS, [row[3] for row in found if row[27]])
    notes = _said(_NOTES, [row[3] for row in found])
    return [_row(row, dismissals, notes) for row in found]


def _said(statement: str, ids: Sequence[str]) -> _Said:
    if not ids:
        return {}
    return {
        row[:5]: row[5:] for row in rows.select(statement.format(ids=rows.marks(len(ids))), (profile(), *ids))
    }


def _row(row: tuple[Any, ...], dismissals: _Said, notes: _Said) -> WarningRow:
    key = (row[1], row[2], row[3], row[10], row[23])
    by, at, why = dismissals.get(key, ("", "", "")) if row[27] else ("", "", "")
    note = notes.get(key, ("", ""))
    return WarningRow(
        id=row[0],
        subject=Subject(row[1], row[2], row[3]),
        kind=row[2],
        source_id=row[3],
        number=row[4],
        party=row[5],
        amount_minor=row[6],
        currency=row[7],
        date=row[8],
        status=Status(row[9] or Status.NEEDS_ATTENTION),
        reason=row[10],
        sentence=row[11],
        action=row[12],
        who=Who(row[13]),
        dimension=Dimension(row[14]),
        blocked_by=row[15],
        opened_at=row[16],
        attempts=row[17],
        last_attempt_at=row[18],
        branch=row[19],
        reference=row[20],
        owner=row[21],
        screen=row[22],
        cause=row[23],
        code=row[24],
        message=row[25],
        existing_id=row[26],
        dismissed=bool(row[27]),
        dismissed_by=by,
        dismissed_at=at,
        dismissed_why=why,
        came_back=row[28],
        awaits=row[29],
        returned_at=row[30],
        closed_at=row[31],
        snoozed_until=row[32],
        reopened=bool(row[33]),
        root=row[34],
        note=note[0],
        noted_by=note[1],
    )
