"""Undo: the last decision of this person is taken back, and that is recorded too."""

from collections.abc import Callable

from awra_tui.actions.connect import connection_to
from awra_tui.actions.deciding import VERBS, undo_choice
from awra_tui.actions.known import known_company
from awra_tui.actions.results import Done
from awra_tui.cache.store import aside, decisions, facts, links, mappings, owners
from awra_tui.cache.store.decisions import Decision
from awra_tui.records.errors import AwraError
from awra_tui.records.mapping import Mapping
from awra_tui.records.subject import MappingKey, RecordKey
from awra_tui.sync import release
from awra_tui.sync.desk import Desk
from awra_tui.sync.mapping_states import judged, recheck
from awra_tui.sync.view import allowance, start_fact

Undone = tuple[str, list[int]]
"""What was taken back in words, and the numbers of the decisions that took it back."""


async def undo_last(desk: Desk) -> Done:
    """Take back the last decision of this person that can be taken back."""
    return await desk.write(_undo, desk)


def _undo(desk: Desk) -> Done:
    decision = decisions.last_undoable(desk.who, tuple(_UNDO))
    if decision is None:
        return Done(sentence="There is nothing of yours to undo.")
    told, made = _UNDO[decision.verb](desk, decision)
    for undoing in made:
        decisions.pair(decision.id, undoing)
    return Done(sentence=told, decision_id=made[-1])


def _undo_putting_aside(desk: Desk, decision: Decision) -> Undone:
    return f"Brought back {decision.subject}.", [aside.take_back(decision, desk.who)]


def _undo_restore(desk: Desk, decision: Decision) -> Undone:
    return f"Put {decision.subject} aside again, as before.", [aside.reinstate(decision, desk.who)]


def _undo_own(desk: Desk, decision: Decision) -> Undone:
    return f"Took back who has {decision.subject}.", [owners.take_back(decision, desk.who)]


def _undo_note(desk: Desk, decision: Decision) -> Undone:
    return f"Took back the note about {decision.subject}.", [owners.take_back(decision, desk.who)]


def _undo_map(desk: Desk, decision: Decision) -> Undone:
    after, before = decision.after, decision.before
    key = MappingKey(after["kind"], after["value"], after["scope"])
    company = known_company()
    chosen = Mapping(key, before.get("qbo_id", ""), before.get("account_id", ""))
    undoing = mappings.save(judged(chosen, company), desk.who)
    recheck(company)
    release.after_mapping(key, company, desk.profile.rules, desk.who)
    return f"Took back the mapping of {key.value}; what was sent with it stays as it is.", [undoing]


def _undo_connect(desk: Desk, decision: Decision) -> Undone:
    key = record_key(decision.subject)
    links.close(key, "main", desk.who)
    if old := decision.before.get("qbo_id", ""):
        links.add(connection_to(key, old), desk.who)
    _judge_as_before(desk, key, decision)
    now = "connected as before" if old else "not connected any more"
    told = f"{decision.subject} is {now}; QuickBooks itself was not changed."
    return told, [decisions.add("disconnect", decision.subject, decision.after, {}, desk.who)]


def _undo_create(desk: Desk, decision: Decision) -> Undone:
    key = record_key(decision.subject)
    if any(link.role == "main" for link in links.of(key)):
        raise AwraError(f"{decision.subject} was created in QuickBooks meanwhile; make it inactive there.")
    facts.set(allowance(key), "")
    _judge_as_before(desk, key, decision)
    told = f"{decision.subject} will not be created."
    return told, [decisions.add("leave", decision.subject, decision.after, {}, desk.who)]


def _undo_choice(desk: Desk, decision: Decision) -> Undone:
    told = undo_choice(desk, decision)
    undoing = decisions.add(f"undo {decision.verb}", decision.subject, decision.after, {}, desk.who)
    return told, [undoing]


def _judge_as_before(desk: Desk, key: RecordKey, decision: Decision) -> None:
    """Give a record the start date from before a decision, and judge it and what depends on it."""
    facts.set(start_fact(key), decision.before.get("start_date", ""))
    release.after_record(key, known_company(), desk.profile.rules, desk.who)


_UNDO: dict[str, Callable[[Desk, Decision], Undone]] = {
    "dismiss": _undo_putting_aside,
    "snooze": _undo_putting_aside,
    "restore": _undo_restore,
    "own": _undo_own,
    "hand over": _undo_own,
    "note": _undo_note,
    "map": _undo_map,
    "connect": _undo_connect,
    "create_new": _undo_create,
    **dict.fromkeys(VERBS.values(), _undo_choice),
}


def is_undoable(verb: str) -> bool:
    """Whether decisions of this verb can be taken back."""
    return verb in _UNDO


def record_key(text: str) -> RecordKey:
    """Read a record's key as ``RecordKey.text`` writes it."""
    kind, _, source_id = text.partition("/")
    return RecordKey(kind, source_id)
