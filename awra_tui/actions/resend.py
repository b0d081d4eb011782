"""Resend: ask first what a person should know, then send the chosen records again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from awra_tui.actions.results import Escalation, ResendQuestion, ResendResult
from awra_tui.actions.standstill import Held, sentences
from awra_tui.actions.sync import Report
from awra_tui.cache.store import attempts, decisions, facts, records, resends
from awra_tui.cache.store.attempts import LastAttempt
from awra_tui.cache.stored import RecordHead, StoredRecord
from awra_tui.health.wording import inside, title_of
from awra_tui.records.finding import Judgement
from awra_tui.records.kinds import kind_of
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.sync.afresh import read_again
from awra_tui.sync.desk import Desk
from awra_tui.sync.judging import is_sendable, is_unchanged, look, prepared
from awra_tui.sync.progress import silent
from awra_tui.sync.run import sync

QUOTES = 3
ENOUGH = 2
"""So many resends in vain for one reason are enough to propose handing it on."""
_IN_THE_WAY = ("6140", "6240")
"""Codes by which QuickBooks says that a number or a name is in use (Intuit: error codes)."""
Last = Mapping[RecordKey, LastAttempt]


@dataclass(frozen=True, slots=True)
class Looked:
    """The chosen records as they are judged now, in order of work: those that go, those that cannot."""

    goes: list[tuple[StoredRecord, Judgement]]
    held: list[Held]


async def ask_resend(
    desk: Desk, keys: Sequence[RecordKey], *, progress: Report | None = None
) -> ResendQuestion:
    """Say what resending these records means: what goes, what cannot, and what QuickBooks said last.

    What decides their outcome is read from QuickBooks again first, where it can be reached.
    """
    unread = await read_again(desk, progress or silent)
    return await desk.page(_question, desk, keys, unread)


def _question(desk: Desk, keys: Sequence[RecordKey], unread: str) -> ResendQuestion:
    if facts.company() is None:
        return ResendQuestion(sentence="QuickBooks has not been reached yet; sync first.", unread=unread)
    last = attempts.last_of_many(keys)
    looked = _look(desk, keys, last)
    sendable = [one for one, _ in looked.goes]
    unchanged = [one for one, judgement in looked.goes if is_unchanged(one, judgement)]
    waited = _most_waited_for(looked.held)
    return ResendQuestion(
        sentence=_sentence(sendable, unchanged, len(sendable) + len(looked.held)),
        unread=unread,
        quotes=_quotes(last[one.key] for one in sendable if one.key in last),
        unchanged=len(unchanged),
        blocked=sentences(looked.held),
        blocker=waited.blocker if waited else None,
        blocker_name=waited.blocker_name if waited else "",
        twins=(
            *(one.stored.key for one in looked.held if one.is_twin),
            *(one.key for one in unchanged if one.key in last and last[one.key].code in _IN_THE_WAY),
        ),
        sendable=tuple(one.key for one in sendable),
        needs_yes=bool(unchanged),
        escalate=_escalations(sendable),
    )


def _look(desk: Desk, keys: Sequence[RecordKey], last: Last) -> Looked:
    """Judge records as they are now; what only waits for others that go with it goes too."""
    company = facts.company()
    if company is None:
        return Looked([], [])
    stored = sorted(records.many(keys).values(), key=lambda one: kind_of(one.key.kind).level)
    looked = Looked([], [])
    view = prepared(stored, company, desk.profile.rules)
    going: set[RecordKey] = set()
    for one in stored:
        [judgement] = look([one], view)
        view.stands(one.key, judgement.status)
        if _goes(one, judgement, last, going):
            looked.goes.append((one, judgement))
            going.add(one.key)
        else:
            looked.held.append(Held.of(one, judgement, view, last.get(one.key)))
    return looked


def _goes(one: StoredRecord, judgement: Judgement, last: Last, going: set[RecordKey]) -> bool:
    if one.status is Status.UNKNOWN or (one.key in last and last[one.key].is_open):
        return False
    behind = (
        judgement.status is Status.PENDING and judgement.waits_for and going.issuperset(judgement.waits_for)
    )
    return is_sendable(judgement) or judgement.connect is not None or bool(behind)


def _most_waited_for(held: Sequence[Held]) -> Held | None:
    """Return one of those that wait for the record that most of them wait for."""
    waiting = [one for one in held if one.blocker]
    blockers = [one.blocker for one in waiting]
    return max(waiting, key=lambda one: blockers.count(one.blocker), default=None)


def _sentence(sendable: Sequence[StoredRecord], unchanged: Sequence[StoredRecord], asked: int) -> str:
    if not sendable:
        return "None of the chosen records can be sent now." if asked != 1 else "It cannot be sent now."
    what = _counted(sendable, asked)
    if not unchanged:
        again = " again" if any(one.attempts for one in sendable) else ""
        return f"Send {what} to QuickBooks{again}?"
    if len(unchanged) == len(sendable):
        return f"Nothing has changed since QuickBooks refused. Send {what} all the same?"
    return f"Send {what} again? For {len(unchanged):,} of them nothing has changed since QuickBooks refused."


def _counted(sendable: Sequence[StoredRecord], asked: int) -> str:
    count = len(sendable)
    if count == 1:
        return inside(title_of(sendable[0].record))
    return f"{count:,} records" if count == asked else f"{count:,} of {asked:,} records"


def _quotes(said: Iterable[LastAttempt]) -> tuple[str, ...]:
    """Return QuickBooks' last words on records, exactly, each once."""
    return tuple(dict.fromkeys(one.message for one in said if one.message))[:QUOTES]


def _escalations(found: Sequence[StoredRecord | RecordHead]) -> tuple[Escalation, ...]:
    """Return what resending has not helped: it is proposed to hand it on. A job of the cache."""
    names = {one.key: one.record.name if isinstance(one, StoredRecord) else one.name for one in found}
    times = resends.refused_again([*names])
    return tuple(
        Escalation(key=key, name=name, times=times[key])
        for key, name in names.items()
        if times.get(key, 0) >= ENOUGH
    )


async def still_waiting(desk: Desk, keys: Sequence[RecordKey]) -> tuple[RecordKey, ...]:
    """Return those of these records that nothing holds and that were not sent yet."""
    return await desk.page(_still_waiting, keys)


def _still_waiting(keys: Sequence[RecordKey]) -> tuple[RecordKey, ...]:
    return tuple(key for key, head in records.heads(keys).items() if head.status is Status.PENDING)


async def resend(
    desk: Desk, keys: Sequence[RecordKey], *, progress: Report | None = None, anyway: bool = False
) -> list[ResendResult]:
    """Send chosen records again and say of each what became of it; ``anyway`` when nothing changed."""
    await desk.write(_decide, desk, keys, anyway)
    result = await sync(desk, keys=keys, trigger="resend", report=progress or silent)
    return await desk.page(_results, keys, result.sentence)


def _decide(desk: Desk, keys: Sequence[RecordKey], anyway: bool) -> None:
    """Note the decision; what waits for its next try, or was refused and is to go all the same, goes."""
    subject = keys[0].text if len(keys) == 1 else f"{len(keys)} records"
    after = {"keys": [key.text for key in keys], "anyway": anyway}
    decisions.add("resend", subject, {}, after, desk.who)
    stored = records.heads(keys)
    records.release([key for key, head in stored.items() if anyway or head.status is Status.RETRYING])


def _results(keys: Sequence[RecordKey], sentence: str) -> list[ResendResult]:
    last = attempts.last_of_many(keys)
    heads = [*records.heads(keys).values()]
    refused = [one for one in heads if one.status is not Status.SUCCEEDED]
    escalations = {one.key: one for one in _escalations(refused)}
    return [
        ResendResult(
            key=one.key,
            name=one.name,
            status=one.status,
            sentence=_told(one, last.get(one.key), sentence),
            escalate=escalations.get(one.key),
        )
        for one in heads
    ]


def _told(one: RecordHead, last: LastAttempt | None, sentence: str) -> str:
    if one.status is Status.SUCCEEDED:
        return "It is in QuickBooks."
    if one.status in (Status.FAILED, Status.NEEDS_ATTENTION):
        return (last.message if last else "") or sentence
    return sentence if one.status is Status.PENDING else one.status.label
