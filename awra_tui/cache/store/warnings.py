"""Warnings: opened, kept up to date and closed as the judge finds."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from awra_tui.cache import rows
from awra_tui.cache.identity import profile
from awra_tui.cache.schema import WarningTable, db
from awra_tui.cache.store.returning import Standing, lapsed, standing
from awra_tui.cache.store.roots import follow
from awra_tui.cache.store.tallies import counted
from awra_tui.cache.store.warned import (
    COPIED,
    SAID,
    STATE,
    Dismissed,
    Facts,
    awaited,
    facts_of_records,
    last_owners,
    mark_warned,
    open_warnings,
    rank,
    standing_dismissals,
)
from awra_tui.records.clock import stamp
from awra_tui.records.finding import Explained
from awra_tui.records.subject import RecordKey, Subject, mapping_subject, record_subject

__all__ = [
    "Facts", "Reconciled", "awaited", "mapping_subject", "reconcile", "reconcile_many", "record_subject",
]  # fmt: skip

_UPDATED = (*SAID, *COPIED, *STATE)
# Three looks into indexes: with OR, or the type to compare by, SQLite would go through all open warnings.
_UNDER = """
    SELECT kind_order, id, kind, subject_id FROM warning
    WHERE profile = ? AND dismissed = ? AND root = ? AND closed_at = '' AND subject_type || '' = 'record'"""
_OF_CAUSE = f"""
    SELECT kind_order, id, kind, subject_id FROM warning
    WHERE profile = ? AND closed_at = '' AND cause = ? AND subject_type || '' = 'record'
    UNION {_UNDER} UNION {_UNDER}"""  # noqa: S608
_KEYED = (
    "profile",
    "subject_type",
    "kind",
    "subject_id",
    "kind_order",
    "reason",
    "cause",
    "root",
    "owner",
    "opened_at",
)


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
    and amount are what they were; otherwise its warning comes back and says why. Who had a warning when
    it was closed has it when it opens again. The facts of records are read from the cache; ``facts`` are
    for other subjects.
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


def _reconcile(
    explained: Mapping[Subject, Sequence[Explained]], facts: Mapping[Subject, Facts]
) -> Reconciled:
    known = facts_of_records(explained) | dict(facts)
    stored = open_warnings(explained)
    dismissals = standing_dismissals(explained)
    plan = _Plan(
        stamp(), last_owners(one for one in explained if _opens(explained[one], stored.get(one, {})))
    )
    for subject, found in explained.items():
        about = known.get(subject) or Facts(number=subject.id)
        plan.subject(subject, found, about, stored.get(subject, {}), dismissals.get(subject, ()))
    with counted(plan.touched):
        plan.write()
        mark_warned(plan.touched)
        follow(plan.moved)
    return plan.done


def _opens(found: Iterable[Explained], stored: Collection[tuple[str, str]]) -> bool:
    return any((one.reason, one.cause) not in stored for one in found)


class _Plan:
    """What is to be written for some subjects, collected before it is written at once."""

    def __init__(self, moment: str, owners: Mapping[tuple[Subject, str, str], str]) -> None:
        self.moment = moment
        self.owners = owners
        self.opened: list[tuple[object, ...]] = []
        self.updated: list[tuple[object, ...]] = []
        self.closed: list[tuple[object, ...]] = []
        self.touched: list[int] = []
        self.moved: list[RecordKey] = []
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
        opened = len(self.opened)
        before = opened + len(self.updated)
        for key, one in wanted.items():
            now = standing(key, facts, dismissals, self.moment)
            said = (*_said(one), *facts.copied(one.sentence))
            if key in stored:
                self._renew(stored[key], said, now)
            else:
                self._open(
                    subject, one, said, replace(now, came_back=now.came_back or _lapsed(gone, dismissals))
                )
        self.closed += [(self.moment, row["id"]) for row in gone]
        if subject.type == "record" and (gone or opened != len(self.opened)):
            self.moved.append(RecordKey(subject.kind, subject.id))
        if facts.record_id and (gone or before != len(self.opened) + len(self.updated)):
            self.touched.append(facts.record_id)

    def write(self) -> None:
        """Write what was planned."""
        rows.update_many(WarningTable, ("closed_at",), self.closed)
        rows.update_many(WarningTable, _UPDATED, self.updated)
        rows.insert_many(WarningTable, (*_KEYED, *_UPDATED), self.opened)
        self.done = replace(self.done, opened=len(self.opened), closed=len(self.closed))

    def _open(self, subject: Subject, one: Explained, said: tuple[object, ...], now: Standing) -> None:
        owner = self.owners.get((subject, one.reason, one.cause), "")
        key = (subject.type, subject.kind, subject.id, rank(subject), one.reason, one.cause, one.cause, owner)
        returned = self.moment if now.came_back else ""
        state = (now.dismissed, now.until, now.came_back, returned)
        self.opened.append((profile(), *key, self.moment, *said, *state))
        self._count(now.came_back)

    def _renew(self, row: dict[str, Any], said: tuple[object, ...], now: Standing) -> None:
        kept = now.came_back or ("" if now.dismissed else row["came_back"])
        returned = self.moment if row["dismissed"] and now.came_back else row["returned_at"]
        values = (*said, now.dismissed, now.until, kept, returned)
        if values != tuple(row[name] for name in _UPDATED):
            self.updated.append((*values, row["id"]))
        if row["dismissed"]:
            self._count(now.came_back)

    def _count(self, came_back: str) -> None:
        if came_back:
            self.done = replace(self.done, came_back=self.done.came_back + 1)


def _lapsed(gone: Sequence[dict[str, Any]], dismissals: Sequence[Dismissed]) -> str:
    """Say why a new warning shows although the one it takes the place of was put aside."""
    if not dismissals or not any(row["dismissed"] for row in gone):
        return ""
    return lapsed(dismissals[-1])


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


def open_record_keys(cause: str) -> list[RecordKey]:
    """Return the records that one fix would help: with a warning of this cause, or waiting for such."""
    found = rows.select(_OF_CAUSE, (profile(), cause, profile(), False, cause, profile(), True, cause))
    return list(dict.fromkeys(RecordKey(kind, source_id) for _, _, kind, source_id in sorted(found)))


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


def in_the_way(kinds: Sequence[str], codes: Sequence[str]) -> set[str]:
    """Return the ids that QuickBooks named as in the way of records of these kinds, by these codes."""
    query = (
        WarningTable.select(WarningTable.existing_id)
        .where(
            WarningTable.profile == profile(),
            WarningTable.closed_at == "",
            WarningTable.kind.in_(list(kinds)),
            WarningTable.code.in_(list(codes)),
            WarningTable.existing_id != "",
        )
        .distinct()
    )
    return {str(row[0]) for row in rows.tuples(query)}
