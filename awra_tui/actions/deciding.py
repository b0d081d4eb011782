"""Decide about records that changed, or went, after they were sent: accept, ours, void, credit note."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from awra_tui.actions.changes import Case, cases, held_by_role
from awra_tui.actions.known import counted, known_company, known_record
from awra_tui.actions.results import Done, ResendResult
from awra_tui.actions.sync import Report
from awra_tui.cache.store import attempts, choices, decisions, facts, links, objects, parted, records
from awra_tui.cache.store.attempts import LastAttempt
from awra_tui.cache.store.decisions import Decision
from awra_tui.cache.stored import StoredRecord
from awra_tui.health import compare, wording
from awra_tui.health.compare import Versions
from awra_tui.health.states import STATES, state_of
from awra_tui.health.withdrawals import REVERSAL
from awra_tui.qbo.json import encode
from awra_tui.records import clock
from awra_tui.records.chosen import WITHDRAWALS, Choice, Chosen
from awra_tui.records.errors import AwraError, PendingError, SupersededError
from awra_tui.records.kinds import kind_of
from awra_tui.records.qbo import Json, Link
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.sync import release
from awra_tui.sync.desk import Desk
from awra_tui.sync.progress import silent
from awra_tui.sync.run import sync
from awra_tui.sync.view import allowance


async def decide(desk: Desk, choice: Choice, *keys: RecordKey) -> Done:
    """Record a choice about records; what is to be sent for it goes with the next sending.

    Raise AwraError with the reason where it cannot be chosen for one of them; then nothing is recorded.
    """
    return await desk.write(_decide, desk, keys, choice)


async def carry_out(
    desk: Desk, choice: Choice, *keys: RecordKey, progress: Report | None = None
) -> list[ResendResult]:
    """Record a choice and send what it needs now; say of each record what became of it."""
    await decide(desk, choice, *keys)
    result = await sync(desk, keys=keys, trigger="decision", report=progress or silent)
    return await desk.page(_results, keys, result.sentence)


def _decide(desk: Desk, keys: Sequence[RecordKey], choice: Choice) -> Done:
    for key in keys:
        known_record(key)
    found, settled = cases(desk, keys)
    for sentence in settled.values():
        raise AwraError(sentence)
    for case in found.values():
        _refuse(case, choice)
    before = {key.text: _before(case) for key, case in found.items()}
    told = [_CARRY_OUT[choice](desk, case) for case in found.values()]
    decision = decisions.add(
        VERBS[choice], _subject(keys), {"records": before}, {"choice": choice.value}, desk.who
    )
    company = known_company()
    for key in keys:
        released = release.after_record(key, company, desk.profile.rules, desk.who)
        records.release(released.keys)
    sentence = (
        told[0] if len(told) == 1 else f"Decided about {counted(len(told), 'record')}: {VERBS[choice]}."
    )
    return Done(sentence=sentence, decision_id=decision)


def _refuse(case: Case, choice: Choice) -> None:
    option = case.option(choice)
    if option is None:
        raise AwraError(f"That cannot be chosen for {case.name}: {case.sentence}")
    if option.refused:
        raise AwraError(option.refused)


def _subject(keys: Sequence[RecordKey]) -> str:
    return keys[0].text if len(keys) == 1 else f"{len(keys)} records"


def _before(case: Case) -> Json:
    """Return what undoing puts back."""
    link = case.link
    kept = ("role", "entity", "qbo_id", "fingerprint", "sent", "answer", "how")
    return {
        "link": {name: getattr(link, name) for name in kept},
        "chosen": choices.as_json(choices.of(case.stored.key, link.role)),
        "allowed": facts.get(allowance(case.stored.key)),
    }


def _accept(desk: Desk, case: Case) -> str:
    """Take what QuickBooks has for right: it becomes its last answer, and our side counts as sent."""
    versions, state = case.versions, case.state
    content = case.now.content if case.now else {}
    _relink(desk, case, answer=content, ours=versions.ours if versions else {})
    choices.keep(case.stored.key, _chosen(desk, case, Choice.ACCEPT) if state else None, case.link.role)
    if state:
        what = _title(case)
        return f"Accepted: {what} is {STATES[state]} in QuickBooks until {case.name} changes in the source."
    return f"Accepted what QuickBooks has of {case.name}; later changes are measured against that."


def _title(case: Case) -> str:
    """Return what sentences call what is decided about."""
    return f"{wording.object_title(case.now)} of {case.name}" if case.is_part and case.now else case.name


def _send_ours(desk: Desk, case: Case) -> str:
    """Let ours go again: over what somebody changed there, or anew where it was deleted."""
    if case.is_part or case.state == "deleted":
        links.close(case.stored.key, case.link.role, desk.who)
        choices.keep(case.stored.key, None, case.link.role)
        if not (case.is_part or kind_of(case.stored.key.kind).is_name):
            # What a person said of look-alikes was about those of then.
            facts.set(allowance(case.stored.key), "")
        looked = "" if case.is_part else ", after a look for duplicates"
        return f"{wording.capital(_title(case))} is created again with the next sending{looked}."
    versions = case.versions
    fields = {one.root for one in _overwritten(case, versions)} if versions else set()
    if case.now is not None:
        _relink(desk, case, answer=case.now.content)
    choices.keep(case.stored.key, _chosen(desk, case, Choice.OURS, tuple(sorted(fields))))
    return f"{case.name} goes with the next sending, over what was changed in QuickBooks."


def _overwritten(case: Case, versions: Versions) -> list[compare.Difference]:
    """Return where ours goes over what is there: everywhere, where QuickBooks no longer counts it."""
    if case.state:
        return compare.differences(versions.ours, versions.now)
    return [*versions.drift, *versions.conflicts]


def _withdraw(choice: Choice, words: str) -> Callable[[Desk, Case], str]:
    def carry_out(desk: Desk, case: Case) -> str:
        choices.keep(case.stored.key, _chosen(desk, case, choice))
        return f"{case.name} {words} with the next sending."

    return carry_out


def _chosen(desk: Desk, case: Case, choice: Choice, fields: tuple[str, ...] = ()) -> Chosen:
    return Chosen(
        choice=choice,
        who=desk.who,
        day=wording.day(clock.today()),
        fingerprint=case.stored.fingerprint,
        fields=fields,
    )


def _relink(desk: Desk, case: Case, *, answer: Json, ours: Json | None = None) -> None:
    """Note what QuickBooks has as its last answer; with ``ours``, our side as if it had been sent."""
    link = replace(case.link, answer=encode(answer).decode())
    if ours is not None:
        link = replace(link, fingerprint=case.stored.fingerprint, sent=encode(ours).decode())
    links.add(link, desk.who)


_CARRY_OUT: dict[Choice, Callable[[Desk, Case], str]] = {
    Choice.ACCEPT: _accept,
    Choice.OURS: _send_ours,
    Choice.VOID: _withdraw(Choice.VOID, "leaves the books of QuickBooks"),
    Choice.CREDIT_NOTE: _withdraw(Choice.CREDIT_NOTE, "is taken back by a credit"),
}
VERBS = {
    Choice.ACCEPT: "accept",
    Choice.OURS: "send ours",
    Choice.VOID: "void",
    Choice.CREDIT_NOTE: "credit note",
}
"""How choices are called in the record of decisions."""


def undo_choice(desk: Desk, decision: Decision) -> str:
    """Put a choice about records back as it was before; return what was done in words.

    A job of the cache. Raise AwraError where it was carried out in QuickBooks meanwhile.
    """
    choice = Choice(decision.after["choice"])
    found = {RecordKey.of(text): before for text, before in decision.before["records"].items()}
    for key, before in found.items():
        _refuse_undoing(key, choice, before["link"])
    company = known_company()
    for key, before in found.items():
        link = Link(kind=key.kind, source_id=key.source_id, **before["link"])
        if link.role not in held_by_role(key):
            links.reopen(key, link.role, link.entity, link.qbo_id)
        links.add(link, desk.who)
        choices.keep(key, choices.from_json(before["chosen"]), link.role)
        facts.set(allowance(key), before.get("allowed", facts.get(allowance(key))))
        release.after_record(key, company, desk.profile.rules, desk.who)
    verb = "is" if len(found) == 1 else "are"
    return f"{decision.subject} {verb} to be decided again; QuickBooks itself was not changed."


def _refuse_undoing(key: RecordKey, choice: Choice, old: Mapping[str, str]) -> None:
    name = wording.title_of(known_record(key).record)
    last = attempts.last_of(key)
    if last is not None and last.is_open:
        raise PendingError(f"{name} was sent and has no answer yet; the next sync looks it up.")
    if told := _parted_since(key, old):
        raise SupersededError(f"{name} was {told} since; nothing was undone.")
    if _is_carried_out(choice, key, old):
        raise SupersededError(f"{name} was sent to QuickBooks after that: change it there, or decide anew.")


def _parted_since(key: RecordKey, old: Mapping[str, str]) -> str:
    """Say what a person did to a connection after deciding about it, or nothing."""
    held, role = held_by_role(key), old["role"]
    if role in held:
        now = held[role]
        return "connected otherwise" if now.how == "connected" and now.qbo_id != old["qbo_id"] else ""
    is_gone = parted.of(key) == old["qbo_id"] if role == "main" else "main" not in held
    return "disconnected" if is_gone else ""


def _is_carried_out(choice: Choice, key: RecordKey, old: Mapping[str, str]) -> bool:
    """Whether QuickBooks has been changed by a choice already."""
    held = held_by_role(key)
    main = held.get(old["role"])
    if main is None:
        return False
    if main.qbo_id != old["qbo_id"]:
        return True
    if choice in WITHDRAWALS:
        return REVERSAL in held or bool(state_of(objects.get(main.entity, main.qbo_id)))
    chosen = choices.of(key)
    return choice is Choice.OURS and (chosen is None or chosen.choice is not choice)


def _results(keys: Sequence[RecordKey], sentence: str) -> list[ResendResult]:
    last = attempts.last_of_many(keys)
    return [
        ResendResult(
            key=one.key, name=one.record.name, status=one.status, sentence=_told(one, last, sentence)
        )
        for one in records.many(keys).values()
    ]


def _told(one: StoredRecord, last: Mapping[RecordKey, LastAttempt], sentence: str) -> str:
    """Say what became of a record: of what was withdrawn its own words, of a refusal QuickBooks'."""
    if one.status is Status.SUCCEEDED:
        gone = one.deleted or not one.record.approved
        return (
            wording.capital(one.verdicts[0].sentence) + "."
            if gone and one.verdicts
            else "It is in QuickBooks."
        )
    if one.status in (Status.FAILED, Status.NEEDS_ATTENTION) and one.key in last:
        return last[one.key].message or sentence
    return sentence if one.status is Status.PENDING else one.status.label
