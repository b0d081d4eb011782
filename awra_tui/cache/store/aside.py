"""Warnings that people put aside, for good or until a day, and brought back."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from awra_tui.cache import rows
from awra_tui.cache.identity import profile
from awra_tui.cache.schema import DismissalTable, WarningTable, db
from awra_tui.cache.store import decisions
from awra_tui.cache.store.decisions import Decision
from awra_tui.cache.store.returning import Standing, standing
from awra_tui.cache.store.tallies import counted
from awra_tui.cache.store.telling import SLICE, Tell, to_nobody
from awra_tui.cache.store.warned import (
    Facts,
    facts_of_records,
    mark_warned,
    open_warnings,
    standing_dismissals,
)
from awra_tui.records.clock import stamp
from awra_tui.records.errors import SupersededError
from awra_tui.records.subject import Subject

__all__ = ["dismiss", "is_due", "reinstate", "restore", "snooze", "take_back", "wake"]

_DISMISSAL = (
    "profile", "subject_type", "kind", "subject_id", "reason", "cause", "fingerprint", "amount_minor",
    "currency", "who", "at", "why", "until", "decision",
)  # fmt: skip
_NAMED = (
    DismissalTable.subject_type, DismissalTable.kind, DismissalTable.subject_id, DismissalTable.reason,
    DismissalTable.cause,
)  # fmt: skip
_CHOSEN = """
    SELECT warning.id, subject_type, warning.kind, subject_id, reason, cause,
        COALESCE(record.fingerprint, ''), warning.amount_minor, warning.currency
    FROM warning LEFT JOIN record ON record.id = warning.record_id
    WHERE warning.id IN ({ids}) AND closed_at = '' AND dismissed = ?"""
_DUE = """
    SELECT subject_type, kind, subject_id, reason, cause FROM warning
    WHERE profile = ? AND closed_at = '' AND snoozed_until != '' AND snoozed_until <= ?"""
_OF_SUBJECTS = """
    SELECT id, kind, subject_id, reason, cause FROM dismissal
    WHERE profile = ? AND subject_type = ? AND undone_at = '' AND subject_id IN ({ids})"""
_OF_DECISION = """
    SELECT subject_type, kind, subject_id, reason, cause, undone_at FROM dismissal
    WHERE profile = ? AND decision = ? AND decision != 0"""
_END = """
    UPDATE dismissal SET undone_at = ?
    WHERE profile = ? AND decision = ? AND decision != 0 AND undone_at = ''"""
_RECORDS = "SELECT record_id FROM warning WHERE id IN ({ids}) AND record_id > 0"

Chosen = tuple[Any, ...]
"""Id, subject, reason, cause, fingerprint, amount and currency of a warning."""
Named = tuple[str, str, str, str, str]
"""Type, kind and id of its subject, reason and cause: what a warning is known by."""


def dismiss(ids: Sequence[int], why: str, who: str, tell: Tell = to_nobody) -> int:
    """Dismiss open warnings with a reason; return the number of the decision."""
    return _put_aside("dismiss", ids, {"why": why}, who, tell)


def snooze(ids: Sequence[int], until: str, why: str, who: str, tell: Tell = to_nobody) -> int:
    """Put open warnings aside until a moment, as a stamp; return the number of the decision."""
    return _put_aside("snooze", ids, {"why": why, "until": until}, who, tell)


def restore(ids: Sequence[int], who: str, tell: Tell = to_nobody) -> int:
    """Show warnings that were put aside again; return the number of the decision."""
    with db.atomic():
        chosen = _chosen(ids, dismissed=True)
        ended: list[int] = []
        for some in rows.chunks(chosen, SLICE):
            standing_yet = _standing_ids(some)
            _end(standing_yet)
            ended += standing_yet
            _flag({row[0]: Standing() for row in some})
            tell(len(some))
        return _noted("restore", chosen, {"dismissals": ended}, {}, who)


def take_back(decision: Decision, who: str, tell: Tell = to_nobody) -> int:
    """Undo a dismissal or a snooze: what stands of it ends; return the number of the decision.

    Raise SupersededError where nothing of it stands.
    """
    with db.atomic():
        found = rows.select(_OF_DECISION, (profile(), decision.id))
        if not found:  # made by a program that did not number them yet
            return restore(decision.after["ids"], who, tell)
        standing_yet = [_named(row) for row in found if not row[5]]
        if not standing_yet:
            raise SupersededError(
                f"{decision.subject}: somebody brought it back since; nothing was taken back."
            )
        rows.execute(_END, (stamp(), profile(), decision.id))
        tell(0)
        _settle(standing_yet, tell)
        return decisions.add(f"undo {decision.verb}", decision.subject, decision.after, {}, who)


def reinstate(decision: Decision, who: str, tell: Tell = to_nobody) -> int:
    """Undo a restoring: what it ended stands again; return the number of the decision."""
    with db.atomic():
        ended = [int(number) for number in decision.before.get("dismissals", ())]
        rows.update_many(DismissalTable, ("undone_at",), [("", number) for number in ended])
        named: list[Named] = []
        for some in rows.chunks(ended):
            query = DismissalTable.select(*_NAMED).where(DismissalTable.id.in_(some))
            named += map(_named, rows.tuples(query))
        _settle(named, tell)
        return decisions.add("undo restore", decision.subject, decision.after, {}, who)


def is_due() -> bool:
    """Return whether anything was snoozed until a moment that has passed."""
    return bool(rows.select(f"{_DUE} LIMIT 1", (profile(), stamp())))


def wake() -> int:
    """Bring back what was snoozed until a moment that has passed; return how many warnings that were."""
    if not is_due():  # where nothing is, nobody who writes is waited for
        return 0
    with db.atomic():
        found = rows.select(_DUE, (profile(), stamp()))
        _settle(map(_named, found))
    return len(found)


def _put_aside(verb: str, ids: Sequence[int], said: dict[str, str], who: str, tell: Tell) -> int:
    moment = stamp()
    until = said.get("until", "")
    with db.atomic():
        chosen = _chosen(ids, dismissed=False)
        tell(0)  # to note what many are takes a while, too: it can be stopped before that
        decision = _noted(verb, chosen, {}, said, who)
        for some in rows.chunks(chosen, SLICE):
            made = [(profile(), *row[1:], who, moment, said["why"], until, decision) for row in some]
            rows.insert_many(DismissalTable, _DISMISSAL, made)
            _flag({row[0]: Standing(dismissed=True, until=until) for row in some})
            tell(len(some))
        return decision


def _chosen(ids: Sequence[int], *, dismissed: bool) -> list[Chosen]:
    found: list[Chosen] = []
    for some in rows.chunks(list(ids)):
        found += rows.select(_CHOSEN.format(ids=rows.marks(len(some))), (*some, dismissed))
    return found


def _noted(
    verb: str, chosen: Sequence[Chosen], before: dict[str, Any], said: dict[str, str], who: str
) -> int:
    ids = [row[0] for row in chosen]
    subject = f"{chosen[0][2]}/{chosen[0][3]}" if len(chosen) == 1 else f"{len(chosen)} warnings"
    return decisions.add(verb, subject, {"ids": ids, **before}, {"ids": ids, **said}, who)


def _standing_ids(chosen: Sequence[Chosen]) -> list[int]:
    """Return the numbers of the dismissals that hold warnings back."""
    wanted = {row[1:6] for row in chosen}
    found: list[int] = []
    for type_ in {row[1] for row in chosen}:
        for some in rows.chunks(sorted({row[3] for row in chosen if row[1] == type_})):
            statement = _OF_SUBJECTS.format(ids=rows.marks(len(some)))
            listed = rows.select(statement, (profile(), type_, *some))
            found += [row[0] for row in listed if (type_, *row[1:]) in wanted]
    return sorted(found)


def _end(dismissals: Sequence[int]) -> None:
    moment = stamp()
    rows.update_many(DismissalTable, ("undone_at",), [(moment, number) for number in dismissals])


def _named(row: tuple[Any, ...]) -> Named:
    type_, kind, subject_id, reason, cause = row[:5]
    return type_, kind, subject_id, reason, cause


def _settle(named: Iterable[Named], tell: Tell = to_nobody) -> None:
    """Make open warnings stand as what is said of them now has it; others of their subjects are left."""
    moment = stamp()
    keys: dict[Subject, set[tuple[str, str]]] = defaultdict(set)
    for type_, kind, subject_id, reason, cause in named:
        keys[Subject(type_, kind, subject_id)].add((reason, cause))
    for some in rows.chunks(list(keys), SLICE):
        states = _standings({subject: keys[subject] for subject in some}, moment)
        _flag(dict(sorted(states.items())))  # in order of the table: thrice as fast for many
        tell(len(states))


def _standings(keys: Mapping[Subject, Collection[tuple[str, str]]], moment: str) -> dict[int, Standing]:
    known = facts_of_records(keys)
    said = standing_dismissals(keys)
    return {
        row["id"]: standing(key, known.get(subject, Facts()), said.get(subject, ()), moment)
        for subject, of_subject in open_warnings(keys).items()
        for key, row in of_subject.items()
        if key in keys[subject]
    }


def _flag(states: dict[int, Standing]) -> None:
    """Write how warnings stand, and with them which records count as warned about."""
    records = _records_of(list(states))
    moment = stamp()
    with counted(records):
        rows.update_many(
            WarningTable,
            ("dismissed", "snoozed_until", "came_back", "returned_at"),
            [
                (one.dismissed, one.until, one.came_back, moment if one.came_back else "", number)
                for number, one in states.items()
            ],
        )
        mark_warned(records)


def _records_of(ids: Sequence[int]) -> list[int]:
    found: set[int] = set()
    for some in rows.chunks(ids):
        found |= {row[0] for row in rows.select(_RECORDS.format(ids=rows.marks(len(some))), some)}
    return sorted(found)
