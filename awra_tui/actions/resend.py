"""Resend: ask first what a person should know, then send the chosen records again."""

from collections.abc import Iterable, Mapping, Sequence

from awra_tui.actions.results import ResendQuestion, ResendResult
from awra_tui.actions.sync import Report
from awra_tui.cache.store import attempts, decisions, facts, records
from awra_tui.cache.store.attempts import LastAttempt
from awra_tui.cache.stored import RecordHead, StoredRecord
from awra_tui.records.finding import Judgement
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.sync.desk import Desk
from awra_tui.sync.judging import explain, is_sendable, is_unchanged, look, prepared
from awra_tui.sync.progress import silent
from awra_tui.sync.run import sync

QUOTES = 3
Last = Mapping[RecordKey, LastAttempt]


async def ask_resend(desk: Desk, keys: Sequence[RecordKey]) -> ResendQuestion:
    """Say what resending these records means: what goes, what cannot, and what QuickBooks said last."""
    return await desk.page(_question, desk, keys)


def _question(desk: Desk, keys: Sequence[RecordKey]) -> ResendQuestion:
    company = facts.company()
    if company is None:
        return ResendQuestion(sentence="QuickBooks has not been reached yet; sync first.")
    stored = list(records.many(keys).values())
    judged = look(stored, prepared(stored, company, desk.profile.rules))
    looked = list(zip(stored, judged, strict=True))
    last = attempts.last_of_many(keys)
    goes = [(one, judgement) for one, judgement in looked if _goes(one, judgement, last)]
    sendable = [one for one, _ in goes]
    unchanged = [one for one, judgement in goes if is_unchanged(one, judgement)]
    return ResendQuestion(
        sentence=_sentence(sendable, unchanged, len(stored)),
        quotes=_quotes(last[one.key] for one in sendable if one.key in last),
        unchanged=len(unchanged),
        blocked=tuple(
            _why_not(one, judgement, last) for one, judgement in looked if not _goes(one, judgement, last)
        ),
        sendable=tuple(one.key for one in sendable),
        needs_yes=bool(unchanged),
    )


def _goes(one: StoredRecord, judgement: Judgement, last: Last) -> bool:
    return not _is_open(one, last) and is_sendable(judgement)


def _is_open(one: StoredRecord, last: Last) -> bool:
    """Whether a record was sent and its answer is missing."""
    return one.status is Status.UNKNOWN or (one.key in last and last[one.key].is_open)


def _sentence(sendable: Sequence[StoredRecord], unchanged: Sequence[StoredRecord], asked: int) -> str:
    if not sendable:
        return "None of the chosen records can be sent now."
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
        return sendable[0].record.name
    return f"{count:,} records" if count == asked else f"{count:,} of {asked:,} records"


def _quotes(said: Iterable[LastAttempt]) -> tuple[str, ...]:
    """Return QuickBooks' last words on records, exactly, each once."""
    return tuple(dict.fromkeys(one.message for one in said if one.message))[:QUOTES]


def _why_not(one: StoredRecord, judgement: Judgement, last: Last) -> str:
    name = one.record.name
    if _is_open(one, last):
        return f"{name} was sent and has no answer yet; it is being looked up first."
    if judgement.status is Status.SUCCEEDED:
        return f"{name} is in QuickBooks already."
    if judgement.findings:
        return f"{name}: {explain(one.record, judgement.findings)[0].sentence}"
    return f"{name} is not sent: {judgement.skipped_because}."


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
    return [
        ResendResult(
            key=one.key, name=one.name, status=one.status, sentence=_told(one, last.get(one.key), sentence)
        )
        for one in records.heads(keys).values()
    ]


def _told(one: RecordHead, last: LastAttempt | None, sentence: str) -> str:
    if one.status is Status.SUCCEEDED:
        return "It is in QuickBooks."
    if one.status in (Status.FAILED, Status.NEEDS_ATTENTION):
        return (last.message if last else "") or sentence
    return sentence if one.status is Status.PENDING else one.status.label
