"""Which warnings a list asks for, and the condition that finds them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from awra_tui.cache import rows
from awra_tui.cache.identity import profile
from awra_tui.cache.keys import search_pattern
from awra_tui.records.issue import ABOUT_RECORDS, MISMATCHES, REFUSED, Issue
from awra_tui.records.pressing import Pressing
from awra_tui.records.status import Dimension, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningQuery:
    """Which warnings, in which order; empty means all.

    ``sort`` is ``work`` (the order of kinds, then oldest first) or a column. ``dismissed`` shows the
    dismissed ones instead of the others, ``waiting`` only those that wait for a change in QuickBooks,
    ``snoozed`` those put aside until a day, ``owners`` only what these persons have, as they are written;
    ``issue`` only those of one Issue. ``since`` is a stamp: what was opened, came back or was cleared
    after it. ``grouped`` lists causes, each with its leading warning, instead of warnings.
    ``pressing`` is what may be held up, for the sort ``blocks``. ``cause`` asks for what one fix removes and
    for all that waits for such; ``root`` for what stands under one heading.
    """

    kinds: tuple[str, ...] = ()
    text: str = ""
    sort: str = "work"
    descending: bool = False
    dismissed: bool = False
    dimension: str = ""
    subject_types: tuple[str, ...] = ("record", "row", "connector", "mapping")
    cause: str = ""
    root: str = ""
    waiting: bool = False
    issue: str = ""
    since: str = ""
    grouped: bool = False
    snoozed: bool = False
    owners: tuple[str, ...] = ()
    pressing: tuple[Pressing, ...] = ()

    @property
    def of_one_cause(self) -> bool:
        """Whether it asks for what has one cause."""
        return bool(self.cause or self.root)


Condition = tuple[str, tuple[object, ...]]
"""The WHERE of a statement, and its parameters."""

_SUBJECT_TYPES = WarningQuery().subject_types


def condition(query: WarningQuery) -> Condition:
    """Return the WHERE that finds what a query asks for."""
    clauses = ["profile = ?", "dismissed = ?"]
    params: list[object] = [profile(), query.dismissed or query.snoozed]
    subjects = () if query.subject_types == _SUBJECT_TYPES else query.subject_types
    for column, wanted in (("kind", query.kinds), ("subject_type", subjects), ("owner", query.owners)):
        if wanted:
            clauses.append(f"{column} IN ({rows.marks(len(wanted))})")
            params += wanted
    for column, value in (("dimension", query.dimension), ("root", query.root)):
        if value:
            clauses.append(f"{column} = ?")
            params.append(str(value))
    clauses += [clause for asked, clause in _FLAGS if asked(query)]
    for part, values in (
        _of_cause(query.cause),
        _of_issue(query.issue),
        _since(query.since),
        _with_text(query.text),
    ):
        clauses += part
        params += values
    return f"WHERE {' AND '.join(clauses)}", tuple(params)


_FLAGS: tuple[tuple[Callable[[WarningQuery], bool], str], ...] = (
    (lambda query: query.waiting, "awaits != ''"),
    (lambda query: query.snoozed, "snoozed_until != ''"),
    (lambda query: query.dismissed and not query.snoozed, "snoozed_until = ''"),
)

Part = tuple[list[str], list[object]]


def holding_up(one: Pressing, then: int) -> tuple[str, list[object]]:
    """Return the expression that is ``then`` for warnings that hold something up and 0 for others."""
    kinds = rows.marks(len(one.kinds))
    clause = f"CASE WHEN kind IN ({kinds}) AND date >= ? AND date <= ? THEN {then} ELSE 0 END"
    return clause, [*one.kinds, one.first, one.last]


def weight(pressing: Sequence[Pressing]) -> tuple[str, list[object]]:
    """Return the expression for how much a warning holds up, by which lists are sorted."""
    parts = [holding_up(one, one.weight) for one in pressing]
    return " + ".join(clause for clause, _ in parts) or "kind_order", [
        each for _, given in parts for each in given
    ]


def _since(stamp: str) -> Part:
    """Return what is open; with a stamp what was opened, came back or was cleared after it.

    What came and went in between is nothing that anybody needs to know.
    """
    if not stamp:
        return ["closed_at = ''"], []
    return [
        "(closed_at = '' OR closed_at >= ?)",
        "(closed_at != '' OR opened_at >= ? OR returned_at >= ?)",
        "(closed_at = '' OR opened_at < ?)",
    ], [stamp] * 4


def _of_cause(cause: str) -> Part:
    return (["(root = ? OR cause = ?)"], [cause, cause]) if cause else ([], [])


def _with_text(text: str) -> Part:
    words = search_pattern(text).split()
    return [rows.CONTAINS.format(column="search")] * len(words), [rows.containing(word) for word in words]


def _of_issue(issue: str) -> Part:
    if not issue:
        return [], []
    clause, values = _ISSUES[Issue(issue)]
    about = f"subject_type IN ({rows.marks(len(ABOUT_RECORDS))})"
    return [about, f"({clause})"], [*ABOUT_RECORDS, *values]


_MISMATCH = f"reason IN ({rows.marks(len(MISMATCHES))})"
_REFUSED = f"status IN ({rows.marks(len(REFUSED))})"
_ISSUES: dict[Issue, tuple[str, tuple[object, ...]]] = {
    Issue.MISMATCHED: (
        f"{_MISMATCH} OR (dimension != ? AND status = ?)",
        (*MISMATCHES, Dimension.DUPLICATE_RISK.value, Status.SUCCEEDED.value),
    ),
    Issue.DUPLICATED: (
        f"NOT {_MISMATCH} AND dimension = ?",
        (*MISMATCHES, Dimension.DUPLICATE_RISK.value),
    ),
    Issue.FAILED: (
        f"NOT {_MISMATCH} AND dimension != ? AND {_REFUSED}",
        (*MISMATCHES, Dimension.DUPLICATE_RISK.value, *(status.value for status in REFUSED)),
    ),
    Issue.MISSING: (
        f"NOT {_MISMATCH} AND dimension != ? AND NOT {_REFUSED} AND status != ?",
        (
            *MISMATCHES,
            Dimension.DUPLICATE_RISK.value,
            *(status.value for status in REFUSED),
            Status.SUCCEEDED.value,
        ),
    ),
}
"""What ``records.issue.issue_of`` says, as conditions."""
