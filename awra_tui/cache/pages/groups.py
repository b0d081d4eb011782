"""Causes: warnings that one fix removes, under the one of them that is to be fixed."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from awra_tui.cache import rows
from awra_tui.cache.identity import profile
from awra_tui.cache.pages.money import Money, Part, counted_once
from awra_tui.cache.pages.warning_query import WarningQuery, condition, holding_up, weight
from awra_tui.cache.pages.warnings import Group, Share, WarningRow, warning_rows
from awra_tui.cache.store import facts
from awra_tui.records.pressing import Pressing

VIEW = "warnings_view"
"""The fact that says how the queue is looked at: ``flat`` or, by default, by cause."""

_PLACE, _RANK = 1 << 40, 1 << 50
_LEAD = f"MIN(CASE WHEN blocked THEN {_RANK} ELSE 0 END + (kind_order + 2) * {_PLACE} + id)"
"""The first in order of work that waits for no other, and its id in the last 40 bits."""

_ANY = "MAX(CASE WHEN blocked THEN 1 ELSE 0 END)"
_WAITS = f"MIN(CASE WHEN blocked THEN 1 ELSE 0 END) + {_ANY}"
"""0 where no warning of a record waits for another record, 1 where some do, 2 where all do."""
_ALL = 2

_ORDERS = {
    "work": f"lead / {_PLACE} {{d}}, oldest {{d}}, lead {{d}}",
    "age": "oldest {d}, lead {d}",
    "count": "many {d}, lead {d}",
    "column": "sorted {d}, lead {d}",
    "blocks": f"sorted {{d}}, lead / {_PLACE} {{d}}, oldest {{d}}, lead {{d}}",
}
_COLUMNS = {
    "number": "number_key", "party": "party_key", "date": "date", "status": "status", "reason": "reason",
    "owner": "owner", "attempts": "attempts", "branch": "branch",
}  # fmt: skip
_LEADS = """
    SELECT lead FROM (
        SELECT {lead} AS lead, MIN(opened_at) AS oldest, COUNT(*) AS many{sorted}
        FROM warning {where} GROUP BY root
    ) AS causes ORDER BY {order}"""
_ONCE = """
    SELECT root, record_id, kind, currency, amount_minor, MIN(date) AS date, COUNT(*) AS warnings,
        MIN(opened_at) AS oldest, {lead} AS lead, {waits} AS waits
    FROM warning {where} GROUP BY root, record_id, kind, currency, amount_minor"""
_BY_MONEY = f"""
    SELECT root, kind, currency, COUNT(*), SUM(amount_minor), MIN(lead), waits
    FROM ({_ONCE}) AS once GROUP BY root, kind, currency, waits"""  # noqa: S608
_GROUPS = f"""
    SELECT root, kind, currency, record_id > 0, waits, COUNT(*), SUM(amount_minor), SUM(warnings),
        MIN(oldest){{blocks}}
    FROM ({_ONCE}) AS once GROUP BY root, kind, currency, record_id > 0, waits"""  # noqa: S608
_MEMBERS = "SELECT id FROM warning {where} AND root IN ({roots}) ORDER BY id"
_ROOTED = "SELECT id, root FROM warning {where} ORDER BY id"
_HEADS = """
    SELECT MIN(id) FROM warning
    WHERE profile = ? AND closed_at = '' AND cause IN ({causes}) AND blocked = ? GROUP BY cause"""
_ROOTS = "SELECT root FROM warning WHERE id IN ({ids})"


_Part = tuple[Any, ...]
"""Kind, currency, whether these are records, whether they only wait, count, sum, warnings, oldest, blocks."""


@dataclass(frozen=True, slots=True)
class QueueView:
    """How the queue of a profile is looked at: by cause or not; and until when QuickBooks is closed."""

    grouped: bool
    closing: date | None


def queue_view() -> QueueView:
    """Return how the queue of this profile is looked at."""
    company = facts.company()
    return QueueView(facts.get(VIEW) != "flat", company.closing_date if company else None)


def group_ids(query: WarningQuery) -> "array[int]":
    """Return for each cause asked for the number of its leading warning, in order."""
    where, params = condition(query)
    if query.sort == "amount":
        leads = _by_money(where, params, descending=query.descending)
    else:
        statement, given = _leads(query, where)
        leads = rows.numbers(statement, (*given, *params))
    return array("q", (lead % _PLACE for lead in leads))


def group_head(query: WarningQuery, limit: int) -> list[WarningRow]:
    """Return the first causes asked for."""
    return group_rows(query, group_ids(query)[:limit])


def group_rows(query: WarningQuery, leads: Sequence[int]) -> list[WarningRow]:
    """Return leading warnings, each with the Group of its cause as the query's filter leaves it."""
    found = warning_rows(leads)
    groups = _groups(query, {row.root for row in found})
    leading = [row for row in found if row.root in groups]
    heads = heads_of(row.root for row in leading if row.blocked_by and groups[row.root].count > 1)
    return [_headed(row, heads.get(row.root), groups[row.root]) for row in leading]


def group_members(query: WarningQuery, leads: Sequence[int]) -> "array[int]":
    """Return the numbers of all warnings that share a cause with these, as the query's filter leaves them."""
    found = array("q")
    where, params = condition(query)
    roots = _roots(leads)
    if len(roots) > rows.CHUNK:  # one walk through all warnings is quicker than a look-up of each of these
        wanted = set(roots)
        every = rows.select(_ROOTED.format(where=where), params)
        return array("q", (number for number, root in every if root in wanted))
    for some in rows.chunks(roots):
        statement = _MEMBERS.format(where=where, roots=rows.marks(len(some)))
        found += rows.numbers(statement, (*params, *some))
    return found


def heads_of(roots: Iterable[str]) -> dict[str, WarningRow]:
    """Return for causes the first open warning that is to be fixed, even where it was put aside."""
    found: list[int] = []
    for some in rows.chunks(sorted(set(roots))):
        statement = _HEADS.format(causes=rows.marks(len(some)))
        found += rows.numbers(statement, (profile(), *some, False))
    return {row.root: row for row in warning_rows(found)}


def _headed(row: WarningRow, head: WarningRow | None, group: Group) -> WarningRow:
    """Return the row of a cause; where what is to be fixed is not among what was asked for, in its words."""
    if head is None:
        return replace(row, group=group)
    return replace(head, id=row.id, dismissed=row.dismissed, snoozed_until=row.snoozed_until, group=group)


def _leads(query: WarningQuery, where: str) -> tuple[str, list[object]]:
    column, order = _COLUMNS.get(query.sort, ""), _ORDERS.get(query.sort, _ORDERS["work"])
    given: list[object] = []
    sorted_by = f", MIN({column}) AS sorted" if column else ""
    if query.sort == "blocks":
        heavy, given = weight(query.pressing)
        sorted_by = f", MAX({heavy}) AS sorted"
    elif column:
        order = _ORDERS["column"]
    direction = "DESC" if query.descending else "ASC"
    statement = _LEADS.format(lead=_LEAD, sorted=sorted_by, where=where, order=order.format(d=direction))
    return statement, given


def _by_money(where: str, params: Sequence[object], *, descending: bool) -> Iterable[int]:
    """Yield leads by the money of the currency that most records of a cause have."""
    sums: dict[str, list[Part]] = defaultdict(list)
    leads: dict[str, int] = {}
    for root, kind, currency, records, minor, lead, waits in rows.select(
        _BY_MONEY.format(lead=_LEAD, waits=_ANY, where=where), params
    ):
        sums[root].append(Part(kind, currency, int(minor), records, bool(waits)))
        leads[root] = min(leads.get(root, lead), lead)
    order = sorted((_most(counted_once(of_root)), leads[root]) for root, of_root in sums.items())
    return (lead for _, lead in (reversed(order) if descending else order))


def _most(money: Sequence[Money]) -> tuple[str, int]:
    return (money[0].currency, money[0].minor) if money else ("", 0)


def _groups(query: WarningQuery, causes: Iterable[str]) -> dict[str, Group]:
    where, params = condition(query)
    parts: dict[str, list[_Part]] = defaultdict(list)
    holding = [holding_up(one, 1) for one in query.pressing]
    given = [each for _, values in holding for each in values]
    blocks = "".join(f", MAX({clause})" for clause, _ in holding)
    for some in rows.chunks(sorted(causes)):
        narrowed = f"{where} AND root IN ({rows.marks(len(some))})"
        statement = _GROUPS.format(lead=_LEAD, waits=_WAITS, where=narrowed, blocks=blocks)
        for cause, *part in rows.select(statement, (*given, *params, *some)):
            parts[cause].append(tuple(part))
    return {cause: _group(found, query.pressing) for cause, found in parts.items()}


def _group(parts: Sequence[_Part], pressing: Sequence[Pressing]) -> Group:
    by_kind: dict[str, list[_Part]] = defaultdict(list)
    for part in parts:
        by_kind[part[0]].append(part)
    shares = [_share(kind, of_kind) for kind, of_kind in by_kind.items()]
    return Group(
        count=sum(int(part[6]) for part in parts),
        shares=tuple(sorted(shares, key=lambda share: -share.records)),
        money=counted_once(
            Part(kind, currency, int(minor), records, bool(waits))
            for kind, currency, is_record, waits, records, minor, *_ in parts
            if is_record
        ),
        oldest=min(part[7] for part in parts),
        blocks=tuple(one.name for place, one in enumerate(pressing, 8) if any(part[place] for part in parts)),
    )


def _share(kind: str, parts: Sequence[_Part]) -> Share:
    """Return the records of a kind; of what is no record, the warnings."""
    counts = [
        (waits, records if is_record else int(warnings))
        for _, _, is_record, waits, records, _, warnings, *_ in parts
    ]
    return Share(
        kind=kind,
        records=sum(count for _, count in counts),
        waiting=sum(count for waits, count in counts if waits == _ALL),
        money=counted_once(Part(kind, part[1], int(part[5]), part[4]) for part in parts if part[2]),
    )


def _roots(leads: Sequence[int]) -> list[str]:
    found: dict[str, None] = {}
    for some in rows.chunks(leads):
        found |= dict.fromkeys(row[0] for row in rows.select(_ROOTS.format(ids=rows.marks(len(some))), some))
    return list(found)
