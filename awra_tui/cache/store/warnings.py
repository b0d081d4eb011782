"""Warnings: opened, kept up to date and closed as the judge finds; dismissed and restored by people."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from awra_tui.cache import rows
from awra_tui.cache.identity import profile
from awra_tui.cache.schema import DismissalTable, RecordTable, WarningTable, db
from awra_tui.cache.store import decisions
from awra_tui.cache.store.tallies import counted
from awra_tui.cache.store.warned import (
    COPIED,
    SAID,
    STATE,
    Dismissed,
    Facts,
    awaited,
    facts_of_records,
    open_warnings,
    rank,
    standing_dismissals,
)
from awra_tui.records.clock import stamp
from awra_tui.records.finding import Explained
from awra_tui.records.money import shown_minor
from awra_tui.records.subject import RecordKey, Subject, mapping_subject, record_subject

__all__ = [
    "Facts", "Reconciled", "awaited", "dismiss", "mapping_subject", "reconcile", "reconcile_many",
    "record_subject", "restore", "set_owner",
]  # fmt: skip

_UPDATED = (*SAID, *COPIED, *STATE)
_KEYED = ("profile", "subject_type", "kind", "subject_id", "kind_order", "reason", "cause", "opened_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """How many warnings were opened, closed, and shown again after having been dismissed."""

    opened: int
    closed: int
    came_back: int


def reconcile(subject: Subject, explained: Sequence[Explained], facts: Facts | None = None) -> Reconciled:
    """Make the open warnings of a subject those that were explained; ``reconcile_many`` for many."""
    return reconcile_many({subject: explained}, {subject: facts} if facts else {})


def reconcile_many(
    explained: Mapping[Subject, Sequence[Explained]], facts: Mapping[Subject, Facts] | None = None
) -> Reconciled:
    """Open what is new, renew what is known, close what was not found any more.

    A warning is known by subject, reason and cause. A dismissal stands as long as reason, fingerprint
    and amount are what they were; otherwise its warning comes back and says why. The facts of records
    are read from the cache; ``facts`` are for other subjects.
    """
    total = Reconciled(opened=0, closed=0, came_back=0)
    with db.atomic():
        for some in rows.chunks(list(explained)):
            done = _reconcile({subject: explained[subject] for subject in some}, facts or {})
            total = Reconciled(
                opened=total.opened + done.opened,
                closed=total.closed + done.closed,
                came_back=total.came_back + done.came_back,
            )
    return total


def dismiss(ids: Sequence[int], why: str, who: str) -> int:
    """Dismiss open warnings with a reason; return the number of the decision."""
    moment = stamp()
    with db.atomic():
        chosen = _chosen(ids, dismissed=False)
        made = [(profile(), *row[1:5], row[9], row[7], row[5], row[6], who, moment, why) for row in chosen]
        rows.insert_many(DismissalTable, _DISMISSAL, made)
        _flag([row[0] for row in chosen], dismissed=True)
        return _noted("dismiss", chosen, {"why": why}, who)


def restore(ids: Sequence[int], who: str) -> int:
    """Show dismissed warnings again; return the number of the decision."""
    moment = stamp()
    with db.atomic():
        chosen = _chosen(ids, dismissed=True)
        for row in chosen:
            DismissalTable.update(undone_at=moment).where(
                DismissalTable.profile == profile(),
                DismissalTable.subject_type == row[1],
                DismissalTable.kind == row[2],
                DismissalTable.subject_id == row[3],
                DismissalTable.reason == row[4],
                DismissalTable.cause == row[9],
                DismissalTable.undone_at == "",
            ).execute()
        _flag([row[0] for row in chosen], dismissed=False)
        return _noted("restore", chosen, {}, who)


def set_owner(ids: Sequence[int], owner: str, who: str) -> int:
    """Name the person who takes the next step on warnings; return the number of the decision."""
    with db.atomic():
        before: dict[str, str] = {}
        for some in rows.chunks(list(ids)):
            query = WarningTable.select(WarningTable.id, WarningTable.owner).where(WarningTable.id.in_(some))
            before |= {str(number): name for number, name in rows.tuples(query)}
        rows.update_many(WarningTable, ("owner",), [(owner, int(number)) for number in before])
        after = dict.fromkeys(before, owner)
        return decisions.add("own", f"{len(before)} warnings", {"owners": before}, {"owners": after}, who)


_DISMISSAL = (
    "profile", "subject_type", "kind", "subject_id", "reason", "cause", "fingerprint", "amount_minor",
    "currency", "who", "at", "why",
)  # fmt: skip


def _chosen(ids: Sequence[int], *, dismissed: bool) -> list[tuple[Any, ...]]:
    """Return id, subject, reason, amount, currency, fingerprint, record number, cause of open warnings."""
    found: list[tuple[Any, ...]] = []
    for some in rows.chunks(list(ids)):
        statement = f"""
            SELECT warning.id, subject_type, warning.kind, subject_id, reason, warning.amount_minor,
                warning.currency, COALESCE(record.fingerprint, ''), record_id, cause
            FROM warning LEFT JOIN record ON record.id = warning.record_id
            WHERE warning.id IN ({rows.marks(len(some))}) AND closed_at = '' AND dismissed = ?"""  # noqa: S608
        found += rows.select(statement, (*some, dismissed))
    return found


def _flag(ids: Sequence[int], *, dismissed: bool) -> None:
    records = _records_of(ids)
    with counted(records):
        rows.update_many(
            WarningTable, ("dismissed", "came_back"), [(dismissed, "", number) for number in ids]
        )
        _mark_warned(records)


def _records_of(ids: Sequence[int]) -> list[int]:
    found: set[int] = set()
    for some in rows.chunks(list(ids)):
        query = WarningTable.select(WarningTable.record_id).where(
            WarningTable.id.in_(some), WarningTable.record_id > 0
        )
        found |= {row[0] for row in rows.tuples(query)}
    return sorted(found)


def _noted(verb: str, chosen: Sequence[tuple[Any, ...]], more: dict[str, str], who: str) -> int:
    ids = [row[0] for row in chosen]
    subject = f"{chosen[0][2]}/{chosen[0][3]}" if len(chosen) == 1 else f"{len(chosen)} warnings"
    return decisions.add(verb, subject, {"ids": ids}, {"ids": ids, **more}, who)


def _reconcile(
    explained: Mapping[Subject, Sequence[Explained]], facts: Mapping[Subject, Facts]
) -> Reconciled:
    known = facts_of_records(explained) | dict(facts)
    stored = open_warnings(explained)
    dismissals = standing_dismissals(explained)
    plan = _Plan(stamp())
    for subject, found in explained.items():
        about = known.get(subject) or Facts(number=subject.id)
        plan.subject(subject, found, about, stored.get(subject, {}), dismissals.get(subject, ()))
    with counted(plan.touched):
        plan.write()
        _mark_warned(plan.touched)
    return plan.done


class _Plan:
    """What is to be written for some subjects, collected before it is written at once."""

    def __init__(self, moment: str) -> None:
        self.moment = moment
        self.opened: list[tuple[object, ...]] = []
        self.updated: list[tuple[object, ...]] = []
        self.closed: list[tuple[object, ...]] = []
        self.touched: list[int] = []
        self.done = Reconciled(opened=0, closed=0, came_back=0)

    def subject(
        self,
        subject: Subject,
        found: Iterable[Explained],
        facts: Facts,
        stored: dict[tuple[str, str], dict[str, Any]],
        dismissals: Sequence[Dismissed],
    ) -> None:
        """Plan the warnings of one subject."""
        wanted = {(one.reason, one.cause): one for one in found}
        gone = [row for key, row in stored.items() if key not in wanted]
        before = len(self.opened) + len(self.updated)
        for key, one in wanted.items():
            dismissed, came_back = _standing(one, facts, dismissals)
            if key not in stored:
                came_back = came_back or _lapsed(gone, dismissals)
                values = (*_said(one), *facts.copied(), dismissed, came_back)
                self._open(subject, one, values, came_back)
            else:
                self._renew(stored[key], (*_said(one), *facts.copied()), dismissed, came_back)
        self.closed += [(self.moment, row["id"]) for row in gone]
        if facts.record_id and (gone or before != len(self.opened) + len(self.updated)):
            self.touched.append(facts.record_id)

    def write(self) -> None:
        """Write what was planned."""
        rows.update_many(WarningTable, ("closed_at",), self.closed)
        rows.update_many(WarningTable, _UPDATED, self.updated)
        rows.insert_many(WarningTable, (*_KEYED, *_UPDATED), self.opened)
        self.done = replace(self.done, opened=len(self.opened), closed=len(self.closed))

    def _open(self, subject: Subject, one: Explained, values: tuple[object, ...], came_back: str) -> None:
        key = (subject.type, subject.kind, subject.id, rank(subject), one.reason, one.cause)
        self.opened.append((profile(), *key, self.moment, *values, self.moment if came_back else ""))
        self._count(came_back)

    def _renew(self, row: dict[str, Any], said: tuple[object, ...], dismissed: bool, came_back: str) -> None:
        kept = came_back or ("" if dismissed else row["came_back"])
        returned = self.moment if row["dismissed"] and came_back else row["returned_at"]
        values = (*said, dismissed, kept, returned)
        if values != tuple(row[name] for name in _UPDATED):
            self.updated.append((*values, row["id"]))
        if row["dismissed"]:
            self._count(came_back)

    def _count(self, came_back: str) -> None:
        if came_back:
            self.done = replace(self.done, came_back=self.done.came_back + 1)


def _standing(one: Explained, facts: Facts, dismissals: Sequence[Dismissed]) -> tuple[bool, str]:
    """Return whether a warning is dismissed still, and why it came back if it is not any more."""
    same = [past for past in dismissals if (past.reason, past.cause) == (one.reason, one.cause)]
    if not same:
        return False, ""
    past = same[-1]
    if past.amount_minor != facts.amount_minor:
        was = shown_minor(past.amount_minor, past.currency)
        return False, f"Dismissed on {past.at[:10]} when its amount was {was}; the amount has changed."
    if past.fingerprint != facts.fingerprint:
        return False, f"Dismissed on {past.at[:10]}; the record has changed in the source since."
    return True, ""


def _lapsed(gone: Sequence[dict[str, Any]], dismissals: Sequence[Dismissed]) -> str:
    """Say why a new warning shows although the one it takes the place of was dismissed."""
    if not dismissals or not any(row["dismissed"] for row in gone):
        return ""
    return f"Dismissed on {dismissals[-1].at[:10]} for another reason; this one is new."


def _said(one: Explained) -> tuple[object, ...]:
    return (
        one.dimension.value,
        bool(one.blocked_by),
        one.who.value,
        one.screen,
        one.code,
        one.existing_id,
        one.blocked_by,
        one.sentence,
        one.action,
        one.message,
        one.awaits,
    )


def _mark_warned(records: Sequence[int]) -> None:
    """Note on each record whether it has an open warning that nobody dismissed."""
    for some in rows.chunks(records):
        query = WarningTable.select(WarningTable.record_id).where(
            WarningTable.record_id.in_(some), WarningTable.closed_at == "", WarningTable.dismissed == False  # noqa: E712
        )  # fmt: skip
        warned = {row[0] for row in rows.tuples(query)}
        rows.update_many(RecordTable, ("warned",), [(number in warned, number) for number in some])


def open_record_keys(cause: str) -> list[RecordKey]:
    """Return the records that one fix would help: those with an open warning of this cause."""
    query = (
        WarningTable.select(WarningTable.kind, WarningTable.subject_id)
        .where(
            WarningTable.profile == profile(),
            WarningTable.closed_at == "",
            WarningTable.cause == cause,
            WarningTable.subject_type == "record",
        )
        .order_by(WarningTable.kind_order, WarningTable.id)
    )
    return list(dict.fromkeys(RecordKey(*row) for row in rows.tuples(query)))


def open_subjects(subject_type: str) -> list[Subject]:
    """Return what has open warnings among subjects of one type: ``row``, ``connector`` or ``mapping``."""
    query = (
        WarningTable.select(WarningTable.subject_type, WarningTable.kind, WarningTable.subject_id)
        .where(
            WarningTable.profile == profile(),
            WarningTable.subject_type == subject_type,
            WarningTable.closed_at == "",
        )
        .distinct()
    )
    return [Subject(*row) for row in rows.tuples(query)]
