"""Undo: the last decision of this person is taken back, and that is recorded too."""

from collections.abc import Callable, Sequence

from awra_tui.actions import connect_many, create_many, unlink
from awra_tui.actions.connect import (
    connection_to,
    decided_again,
    leave_as_before,
    not_new_any_more,
    taken_since,
    unanswered,
)
from awra_tui.actions.deciding import VERBS, undo_choice
from awra_tui.actions.known import known_company
from awra_tui.actions.results import Done
from awra_tui.actions.telling import telling
from awra_tui.actions.verbs import said
from awra_tui.cache.pages.audit import audit_rows
from awra_tui.cache.store import aside, decisions, facts, links, mappings, owners, parted, resumed
from awra_tui.cache.store.decisions import Decision
from awra_tui.cache.store.telling import Tell
from awra_tui.records.clock import stamp
from awra_tui.records.errors import AwraError, PendingError, SupersededError, UnknownRecordError
from awra_tui.records.mapping import Mapping
from awra_tui.records.subject import RecordKey
from awra_tui.sync import release
from awra_tui.sync.desk import Desk
from awra_tui.sync.mapping_states import judged_all, recheck
from awra_tui.sync.progress import Report, silent
from awra_tui.sync.view import start_fact

Undone = tuple[str, list[int]]
"""What was taken back in words, and the numbers of the decisions that took it back."""


async def undo_last(desk: Desk, progress: Report = silent) -> Done:
    """Take back the last decision of this person that can be taken back.

    Raise AwraError where it cannot be, with what the next undo takes back: one that never can be is
    passed over for good, one that cannot be yet as long as that is so.
    """
    waiting: list[Decision] = []
    while True:
        try:
            total = await warnings_of_last(desk, waiting)
            return await telling(
                "Undoing", total, progress, lambda tell: desk.write(_undo, desk, tell, waiting)
            )
        except _RefusedError as refused:
            if told := await desk.write(_pass_over, desk, refused, waiting):
                raise AwraError(told) from refused.why
            waiting.append(refused.decision)


class _RefusedError(Exception):
    """The last decision cannot be taken back; what was begun for it is rolled back."""

    def __init__(self, decision: Decision, why: AwraError) -> None:
        super().__init__(str(why))
        self.decision = decision
        self.why = why


def _pass_over(desk: Desk, refused: _RefusedError, waiting: Sequence[Decision]) -> str:
    """Note that a decision was refused to be undone, and say so; nothing where that was said before."""
    decision, why = refused.decision, str(refused.why)
    before = _last(desk, [*waiting, decision])
    if isinstance(refused.why, PendingError):
        if decisions.put_off(decision.id, why) and before is not None:
            return ""
    else:
        decisions.leave(decision.id, why)
    if before is None:
        return f"{why} There is nothing else of yours to undo."
    [row] = audit_rows([before.id])
    return f"{why} The next undo takes back what you decided before that: {said(before.verb)}, {row.name}."


async def warnings_of_last(desk: Desk, waiting: Sequence[Decision] = ()) -> int:
    """Return how many warnings the decision that would be taken back was about; 0 where it was another.

    Those of ``waiting`` cannot be taken back yet.
    """
    decision = await desk.page(_last, desk, waiting)
    if decision is None or decision.verb not in _OF_WARNINGS:
        return 0
    return len(decision.after.get("ids") or decision.after.get("owners") or ())


def _last(desk: Desk, waiting: Sequence[Decision]) -> Decision | None:
    besides = [one.id for one in waiting]
    return decisions.last_undoable(desk.who, (*_UNDO, *_OF_WARNINGS), besides)


def _undo(desk: Desk, tell: Tell, waiting: Sequence[Decision]) -> Done:
    decision = _last(desk, waiting)
    if decision is None:
        return Done(sentence="There is nothing of yours to undo.")
    of_warnings, began = _OF_WARNINGS.get(decision.verb), stamp()
    try:
        told, made = (
            of_warnings(desk, decision, tell) if of_warnings else _UNDO[decision.verb](desk, decision)
        )
    except (PendingError, SupersededError, UnknownRecordError) as refused:
        raise _RefusedError(decision, refused) from refused
    resumed.resume(decision.at, began)
    for undoing in made:
        decisions.pair(decision.id, undoing)
    return Done(sentence=told, decision_id=made[-1])


def _undo_putting_aside(desk: Desk, decision: Decision, tell: Tell) -> Undone:
    return f"Brought back {decision.subject}.", [aside.take_back(decision, desk.who, tell)]


def _undo_restore(desk: Desk, decision: Decision, tell: Tell) -> Undone:
    return f"Put {decision.subject} aside again, as before.", [aside.reinstate(decision, desk.who, tell)]


def _undo_own(desk: Desk, decision: Decision, tell: Tell) -> Undone:
    return f"Took back who has {decision.subject}.", [owners.take_back(decision, desk.who, tell)]


def _undo_note(desk: Desk, decision: Decision, tell: Tell) -> Undone:
    return f"Took back the note about {decision.subject}.", [owners.take_back(decision, desk.who, tell)]


def _undo_map(desk: Desk, decision: Decision) -> Undone:
    """Give the mappings of a decision back what they were before, together."""
    made = [one for state in mappings.states_of(decision.after).values() if (one := mappings.of_state(state))]
    before = mappings.states_of(decision.before)
    for one in made:
        _still_made(one)
    company = known_company()
    chosen = [mappings.of_state(before.get(one.key.text, {})) or Mapping(one.key) for one in made]
    undecided = [one.key for one in made if not mappings.was_decided(before.get(one.key.text, {}))]
    undoing = mappings.save_all(judged_all(chosen, company), desk.who, undecided)
    recheck(company)
    release.after_mappings([one.key for one in made], company, desk.profile.rules, desk.who)
    what = f"the mapping of {made[0].key.value}" if len(made) == 1 else f"{len(made):,} mappings"
    sent = "what was sent with it" if len(made) == 1 else "what was sent with them"
    return f"Took back {what}; {sent} stays as it is.", [undoing]


def _still_made(made: Mapping) -> None:
    """Raise SupersededError where a mapping was changed again since, by somebody else."""
    now = mappings.get(made.key)
    if now is None or [span.target for span in now.spans] != [span.target for span in made.spans]:
        raise SupersededError(
            f"{made.key.text} was changed again since, so that it cannot be taken back: "
            "decide anew what it is to be."
        )


def _undo_connect(desk: Desk, decision: Decision) -> Undone:
    key = RecordKey.of(decision.subject)
    _refuse_on_its_way(key)
    if told := decided_again(key, decision.after["qbo_id"], decision.at):
        raise SupersededError(told)
    old = decision.before.get("qbo_id", "")
    if old and (taken := taken_since(key, connection_to(key, old))):
        raise SupersededError(
            f"{key.text} cannot be connected as before: {taken} is connected to that now; nothing was undone."
        )
    links.close(key, "main", desk.who)
    parted.keep(key, decision.before.get("parted", ""))
    if old and not links.reopen(key, "main", decision.after["entity"], old):
        links.add(connection_to(key, old), desk.who)
    _judge_as_before(desk, key, decision)
    now = "connected as before" if old else "not connected any more"
    told = f"{decision.subject} is {now}; QuickBooks itself was not changed."
    return told, [decisions.add("disconnect", decision.subject, decision.after, {}, desk.who)]


def _undo_create(desk: Desk, decision: Decision) -> Undone:
    key = RecordKey.of(decision.subject)
    _refuse_on_its_way(key)
    if why := not_new_any_more(key, decision.before):
        raise SupersededError(why)
    leave_as_before(key, decision.before)
    _judge_as_before(desk, key, decision)
    still = decision.before.get("allowed")
    now = "is to be created as was decided before" if still else "will not be created"
    told = f"{decision.subject} {now}."
    return told, [decisions.add("leave", decision.subject, decision.after, {}, desk.who)]


def _refuse_on_its_way(key: RecordKey) -> None:
    if told := unanswered(key):
        raise PendingError(f"{key.text} cannot be taken back now: {told}.")


def _undo_unlink(desk: Desk, decision: Decision) -> Undone:
    told = unlink.take_back(desk, decision)
    after = {"qbo_id": decision.before["qbo_id"]}
    return told, [decisions.add("undo unlink", decision.subject, {}, after, desk.who)]


def _undo_connect_many(desk: Desk, decision: Decision) -> Undone:
    told, undone = connect_many.take_back(desk, decision)
    before = {"connections": undone}
    return told, [decisions.add("undo connect many", decision.subject, before, {}, desk.who)]


def _undo_create_many(desk: Desk, decision: Decision) -> Undone:
    told, undone = create_many.take_back(desk, decision)
    before = {"names": undone}
    return told, [decisions.add("undo create many", decision.subject, before, {}, desk.who)]


def _undo_choice(desk: Desk, decision: Decision) -> Undone:
    told = undo_choice(desk, decision)
    before = {**decision.after, "keys": list(decision.before["records"])}
    undoing = decisions.add(f"undo {decision.verb}", decision.subject, before, {}, desk.who)
    return told, [undoing]


def _judge_as_before(desk: Desk, key: RecordKey, decision: Decision) -> None:
    """Give a record the start date from before a decision, and judge it and what depends on it."""
    facts.set(start_fact(key), decision.before.get("start_date", ""))
    release.after_record(key, known_company(), desk.profile.rules, desk.who)


_OF_WARNINGS: dict[str, Callable[[Desk, Decision, Tell], Undone]] = {
    "dismiss": _undo_putting_aside,
    "snooze": _undo_putting_aside,
    "restore": _undo_restore,
    "own": _undo_own,
    "hand over": _undo_own,
    "note": _undo_note,
}
"""What may be about tens of thousands of warnings, so that it says how far it is."""

_UNDO: dict[str, Callable[[Desk, Decision], Undone]] = {
    "map": _undo_map,
    "connect": _undo_connect,
    "create_new": _undo_create,
    connect_many.VERB: _undo_connect_many,
    create_many.VERB: _undo_create_many,
    unlink.VERB: _undo_unlink,
    **dict.fromkeys(VERBS.values(), _undo_choice),
}


def is_undoable(verb: str) -> bool:
    """Whether decisions of this verb can be taken back."""
    return verb in _UNDO or verb in _OF_WARNINGS
