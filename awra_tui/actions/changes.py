"""Decide about a record that changed, or went, after it was sent: accept, send ours, void, credit note."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from awra_tui.actions.known import known_company, known_record
from awra_tui.actions.results import Difference, Done
from awra_tui.cache.store import attempts, choices, decisions, links, objects, records
from awra_tui.cache.store.decisions import Decision
from awra_tui.cache.stored import StoredRecord
from awra_tui.health import changes as health
from awra_tui.health import compare, effects, wording
from awra_tui.health.compare import Versions
from awra_tui.health.payloads.refs import MissingRefError
from awra_tui.health.standing import STATES, state_of
from awra_tui.health.withdrawals import REVERSAL
from awra_tui.qbo.json import encode
from awra_tui.records import clock
from awra_tui.records.chosen import CHOICES, WITHDRAWALS, Choice, Chosen
from awra_tui.records.errors import AwraError
from awra_tui.records.finding import Finding
from awra_tui.records.qbo import Json, Link, QboObject
from awra_tui.records.subject import RecordKey
from awra_tui.sync import release
from awra_tui.sync.desk import Desk
from awra_tui.sync.judging import explain, look, prepared
from awra_tui.sync.view import CacheView


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One thing that can be chosen; ``effects`` say what it will do, ``refused`` why it cannot be.

    ``sends`` says that something is sent to QuickBooks for it.
    """

    choice: Choice
    label: str
    effects: tuple[str, ...] = ()
    refused: str = ""
    sends: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeQuestion:
    """What there is to decide about a record: why, how the sides differ, what can be chosen.

    ``options`` is empty where nothing is to be decided; ``sentence`` then says so.
    """

    sentence: str
    differences: tuple[Difference, ...] = ()
    options: tuple[Option, ...] = ()

    def option(self, choice: Choice) -> Option | None:
        """Return an option, or None where it is not to be chosen here."""
        return next((one for one in self.options if one.choice is choice), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """A record with its connection, what QuickBooks has of it, and what is wrong."""

    stored: StoredRecord
    view: CacheView
    main: Link
    now: QboObject | None
    finding: Finding


async def ask_change(desk: Desk, key: RecordKey) -> ChangeQuestion:
    """Say what there is to decide about a record, and what each choice would do; nothing is changed."""
    return await desk.page(_question, desk, key)


def _question(desk: Desk, key: RecordKey) -> ChangeQuestion:
    case = _case(desk, key)
    if isinstance(case, str):
        return ChangeQuestion(sentence=case)
    [told] = explain(case.stored.record, [case.finding])
    return ChangeQuestion(
        sentence=told.sentence,
        differences=_differences(case),
        options=tuple(_option(case, choice) for choice in CHOICES[case.finding.reason]),
    )


def _case(desk: Desk, key: RecordKey) -> _Case | str:
    """Return what there is to decide about a record, or the sentence that says why there is nothing."""
    stored = known_record(key)
    name = stored.record.name
    main = next((link for link in links.of(key) if link.role == "main"), None)
    if main is None:
        return f"{name} is not in QuickBooks, so there is nothing to decide."
    last = attempts.last_of(key)
    if last is not None and last.is_open:
        return f"{name} was sent and has no answer yet; it is being looked up first."
    view = prepared([stored], known_company(), desk.profile.rules)
    [judgement] = look([stored], view)
    finding = next((one for one in judgement.findings if one.reason in CHOICES), None)
    if finding is None:
        return f"Nothing of {name} is to be decided: neither side changed it after it was sent."
    now = objects.get(main.entity, main.qbo_id)
    return _Case(stored=stored, view=view, main=main, now=now, finding=finding)


def _option(case: _Case, choice: Choice) -> Option:
    state = state_of(case.now)
    found = effects.of(case.stored.record, case.now, choice, case.view)
    return Option(
        choice=choice,
        label=found.label,
        effects=found.sentences,
        refused=found.refused,
        sends=choice is not Choice.ACCEPT and not (choice is Choice.OURS and state == "deleted"),
    )


def _differences(case: _Case) -> tuple[Difference, ...]:
    versions = _versions(case)
    if versions is None or state_of(case.now):
        return ()
    found = versions.conflicts or versions.drift
    return tuple(
        Difference(field=one.field, ours=one.ours, theirs=one.theirs, last=one.last) for one in found
    )


def _versions(case: _Case) -> Versions | None:
    """Return the sides of a record; ours is what was sent last where it cannot be made anew."""
    if case.now is None or not case.now.content:
        return None
    try:
        return health.versions_of(case.stored.record, case.view, case.main, case.now)
    except MissingRefError:
        sent, answer = health.body_in(case.main.sent), health.body_in(case.main.answer, case.main.entity)
        return Versions(now=case.now.content, ours=sent, sent=sent, answer=answer)


async def decide(desk: Desk, key: RecordKey, choice: Choice) -> Done:
    """Record a choice about a record; what is to be sent for it goes with the next sending.

    Raise AwraError with the reason where it cannot be chosen.
    """
    return await desk.write(_decide, desk, key, choice)


def _decide(desk: Desk, key: RecordKey, choice: Choice) -> Done:
    case = _case(desk, key)
    if isinstance(case, str):
        raise AwraError(case)
    option = _option(case, choice) if choice in CHOICES[case.finding.reason] else None
    if option is None:
        raise AwraError(f"That cannot be chosen for {case.stored.record.name}: {_sentence(case)}")
    if option.refused:
        raise AwraError(option.refused)
    before = {"link": _side(case.main), "chosen": choices.as_json(choices.of(key))}
    told = _CARRY_OUT[choice](desk, case)
    after = {"choice": choice.value, "reason": case.finding.reason}
    decision = decisions.add(_VERBS[choice], key.text, before, after, desk.who)
    released = release.after_record(key, known_company(), desk.profile.rules, desk.who)
    records.release(released.keys)
    return Done(sentence=told, decision_id=decision)


def _sentence(case: _Case) -> str:
    [told] = explain(case.stored.record, [case.finding])
    return told.sentence


def _accept(desk: Desk, case: _Case) -> str:
    """Take what QuickBooks has for right: it becomes its last answer, and our side counts as sent."""
    name = case.stored.record.name
    versions = _versions(case)
    content = case.now.content if case.now else {}
    ours = versions.ours if versions else {}
    _relink(case.main, case.stored.fingerprint, ours, content, desk.who)
    state = state_of(case.now)
    choices.keep(case.stored.key, _chosen(desk, case, Choice.ACCEPT) if state else None)
    if state:
        return f"Accepted: {name} stays {STATES[state]} in QuickBooks until it changes in the source."
    return f"Accepted what QuickBooks has of {name}; later changes are measured against that."


def _send_ours(desk: Desk, case: _Case) -> str:
    """Let ours go again: over what somebody changed there, or anew where it was deleted."""
    name = case.stored.record.name
    if state_of(case.now) == "deleted":
        links.close(case.stored.key, case.main.role, desk.who)
        choices.keep(case.stored.key, None)
        return f"{name} is created again with the next sending, after a look for duplicates."
    versions = _versions(case)
    fields = {one.root for one in _overwritten(case, versions)} if versions else set()
    if case.now is not None:
        _relink(case.main, case.main.fingerprint, None, case.now.content, desk.who)
    choices.keep(case.stored.key, _chosen(desk, case, Choice.OURS, tuple(sorted(fields))))
    return f"{name} is sent as the source has it, over what was changed in QuickBooks."


def _overwritten(case: _Case, versions: Versions) -> list[compare.Difference]:
    """Return where ours goes over what is there: everywhere, where QuickBooks no longer counts it."""
    if state_of(case.now):
        return compare.differences(versions.ours, versions.now)
    return [*versions.drift, *versions.conflicts]


def _withdraw(choice: Choice, words: str) -> Callable[[Desk, _Case], str]:
    def carry_out(desk: Desk, case: _Case) -> str:
        choices.keep(case.stored.key, _chosen(desk, case, choice))
        return f"{case.stored.record.name} {words} with the next sending."

    return carry_out


def _chosen(desk: Desk, case: _Case, choice: Choice, fields: tuple[str, ...] = ()) -> Chosen:
    return Chosen(
        choice=choice,
        who=desk.who,
        day=wording.day(clock.today()),
        fingerprint=case.stored.fingerprint,
        fields=fields,
    )


def _relink(link: Link, fingerprint: str, ours: Json | None, answer: Json, who: str) -> None:
    sent = link.sent if ours is None else encode(ours).decode()
    links.add(replace(link, fingerprint=fingerprint, sent=sent, answer=encode(answer).decode()), who)


def _side(link: Link) -> Json:
    """Return what undoing makes a link of again."""
    return {
        "role": link.role,
        "entity": link.entity,
        "qbo_id": link.qbo_id,
        "fingerprint": link.fingerprint,
        "sent": link.sent,
        "answer": link.answer,
        "how": link.how,
    }


def undo_choice(desk: Desk, decision: Decision) -> str:
    """Put a choice about a record back as it was before; return what was done in words.

    A job of the cache. Raise AwraError where it was carried out in QuickBooks meanwhile.
    """
    kind, _, source_id = decision.subject.partition("/")
    key = RecordKey(kind, source_id)
    name = known_record(key).record.name
    last = attempts.last_of(key)
    if last is not None and last.is_open:
        raise AwraError(f"{name} was sent and has no answer yet; the next sync looks it up.")
    old = Link(kind=key.kind, source_id=key.source_id, **decision.before["link"])
    if _is_carried_out(Choice(decision.after["choice"]), key, old):
        raise AwraError(f"{name} was sent to QuickBooks after that: change it there, or decide anew.")
    links.add(old, desk.who)
    choices.keep(key, choices.from_json(decision.before["chosen"]))
    release.after_record(key, known_company(), desk.profile.rules, desk.who)
    return f"{name} is to be decided again; QuickBooks itself was not changed."


def _is_carried_out(choice: Choice, key: RecordKey, old: Link) -> bool:
    """Whether QuickBooks has been changed by a choice already."""
    held = {link.role: link for link in links.of(key)}
    main = held.get(old.role)
    if main is None:
        return False
    if main.qbo_id != old.qbo_id:
        return True
    if choice in WITHDRAWALS:
        return REVERSAL in held or bool(state_of(objects.get(main.entity, main.qbo_id)))
    chosen = choices.of(key)
    return choice is Choice.OURS and (chosen is None or chosen.choice is not choice)


_CARRY_OUT: dict[Choice, Callable[[Desk, _Case], str]] = {
    Choice.ACCEPT: _accept,
    Choice.OURS: _send_ours,
    Choice.VOID: _withdraw(Choice.VOID, "leaves the books of QuickBooks"),
    Choice.CREDIT_NOTE: _withdraw(Choice.CREDIT_NOTE, "is taken back by a credit"),
}
_VERBS = {
    Choice.ACCEPT: "accept",
    Choice.OURS: "send ours",
    Choice.VOID: "void",
    Choice.CREDIT_NOTE: "credit note",
}
VERBS = tuple(_VERBS.values())
"""How decisions of this module are called in the record of decisions."""
