"""The audit: decisions of people and of the program, newest first, searched and narrowed."""

from array import array
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from awra_tui.cache import rows
from awra_tui.cache.identity import profile
from awra_tui.cache.pages.times import times_in
from awra_tui.cache.schema import RecordTable
from awra_tui.cache.store import concerned, decisions, intake
from awra_tui.cache.store.concerned import Called
from awra_tui.cache.store.decisions import PROGRAM, Decision
from awra_tui.records.kinds import KINDS
from awra_tui.records.subject import RecordKey
from awra_tui.records.text import folded

__all__ = ["PROGRAM", "AuditQuery", "AuditRow", "Called", "Decision", "audit_ids", "audit_rows"]

NAMED = 10
"""So many of several records are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditQuery:
    """Which decisions; empty means all.

    ``text`` is looked for in person, verb, subject, number, party and what was decided; days and times
    in it, as screens write them, in the moment. ``since`` and ``until`` are stamps: from, and before.
    """

    text: str = ""
    who: str = ""
    verb: str = ""
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRow:
    """A decision with the number and party of the record that it is about; empty where it is of none.

    ``several`` are the first ones of several records, ``more`` how many there are besides.
    ``not_undone`` says why it could not be undone, where somebody tried.
    """

    decision: Decision
    number: str = ""
    party: str = ""
    not_undone: str = ""
    several: tuple[Called, ...] = ()
    more: int = 0

    @property
    def name(self) -> str:
        """Return what it is about as people call it."""
        kind, _, rest = self.decision.subject.partition("/")
        return f"{kind}/{self.number or rest}" if self.key else self.decision.subject

    @property
    def key(self) -> RecordKey | None:
        """Return the record that it is about, or None."""
        kind, slash, source_id = self.decision.subject.partition("/")
        # Some kinds of mappings are called as kinds of records are.
        of_record = slash and kind in KINDS and not self.decision.verb.endswith("map")
        return RecordKey(kind, source_id) if of_record else None


def audit_ids(query: AuditQuery, limit: int | None = None) -> "array[int]":
    """Return the numbers of the decisions asked for, newest first."""
    clauses, params = ["profile = ?"], [profile()]
    for clause, value in (
        ("who = ?", query.who),
        ("verb = ?", query.verb),
        ("at >= ?", query.since),
        ("at < ?", query.until),
    ):
        if value:
            clauses.append(clause)
            params.append(value)
    text, times = times_in(query.text, "at")
    for word in folded(text).split():
        clauses.append(rows.CONTAINS.format(column="search"))
        params.append(rows.containing(word))
    for clause, values in times:
        clauses.append(clause)
        params += [str(value) for value in values]
    most = "" if limit is None else f" LIMIT {int(limit)}"
    where = " AND ".join(clauses)
    return rows.numbers(f"SELECT id FROM decision WHERE {where} ORDER BY id DESC{most}", params)  # noqa: S608


def audit_rows(ids: Sequence[int]) -> list[AuditRow]:
    """Return the rows of these decisions in the order asked for."""
    found = [decisions.many(some) for some in rows.chunks(list(ids))]
    left = decisions.left()
    by_number = {
        one.id: AuditRow(decision=one, not_undone=left.get(one.id, "")) for some in found for one in some
    }
    keys = list({row.key for row in by_number.values() if row.key})
    names = {
        RecordKey(kind, source_id): (number, party)
        for kind, source_id, number, party in intake.by_keys(keys, _NAMED)
    }
    several = _several(by_number.values())
    return [_named(several.get(number) or by_number[number], names) for number in ids if number in by_number]


def _several(found: Collection[AuditRow]) -> dict[int, AuditRow]:
    """Return the rows about several records with what the first ones are called."""
    listed = {
        row.decision.id: concerned.references(row.decision.before, row.decision.after)
        for row in found
        if not row.key
    }
    called = concerned.called([one for listing in listed.values() for one in listing[:NAMED]])
    return {
        row.decision.id: replace(
            row,
            several=tuple(dict.fromkeys(called[one] for one in listing[:NAMED] if one in called)),
            more=len(listing[NAMED:]),
        )
        for row in found
        if len(listing := listed.get(row.decision.id, ())) > 1
    }


_NAMED = (RecordTable.kind, RecordTable.source_id, RecordTable.number, RecordTable.party)


def _named(row: AuditRow, names: dict[RecordKey, tuple[str, str]]) -> AuditRow:
    number, party = names.get(row.key, ("", "")) if row.key else ("", "")
    return replace(row, number=number, party=party)
