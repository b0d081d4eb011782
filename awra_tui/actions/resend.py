"""Resend: ask first what a person should know, then send the chosen records again."""

from collections.abc import Sequence

from awra_tui.actions.results import ResendQuestion, ResendResult
from awra_tui.actions.sync import Report
from awra_tui.cache.store import decisions, facts, outbox, records
from awra_tui.cache.stored import StoredRecord
from awra_tui.health import reasons
from awra_tui.records.finding import Judgement
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.sync.desk import Desk
from awra_tui.sync.judging import look
from awra_tui.sync.progress import silent
from awra_tui.sync.run import sync

QUOTES = 3


async def ask_resend(desk: Desk, keys: Sequence[RecordKey]) -> ResendQuestion:
    """Say what resending these records means: what goes, what cannot, and what QuickBooks said last."""
    return await desk.page(_question, desk, keys)


def _question(desk: Desk, keys: Sequence[RecordKey]) -> ResendQuestion:
    stored = list(records.many(keys).values())
    company = facts.company()
    if company is None:
        return ResendQuestion(sentence="QuickBooks has not been reached yet; sync first.")
    looked = list(zip(stored, look(stored, company, desk.profile.rules), strict=True))
    sendable = [one for one, judgement in looked if _goes(one, judgement)]
    unchanged = [
        one for one, judgement in looked if _goes(one, judgement) and one.failed_inputs == judgement.inputs
    ]
    return ResendQuestion(
        sentence=_sentence(sendable, unchanged, len(stored)),
        quotes=_quotes(sendable),
        unchanged=len(unchanged),
        blocked=tuple(_why_not(one, judgement) for one, judgement in looked if not _goes(one, judgement)),
        sendable=tuple(one.key for one in sendable),
        needs_yes=bool(unchanged),
    )


def _goes(one: StoredRecord, judgement: Judgement) -> bool:
    return (
        one.status is not Status.UNKNOWN and judgement.status is Status.PENDING and bool(judgement.shipments)
    )


def _sentence(sendable: Sequence[StoredRecord], unchanged: Sequence[StoredRecord], asked: int) -> str:
    if not sendable:
        return "None of the chosen records can be sent now."
    what = sendable[0].record.name if len(sendable) == 1 else f"{len(sendable):,} of {asked:,} records"
    if not unchanged:
        return f"Send {what} to QuickBooks again?"
    if len(unchanged) == len(sendable):
        return f"Nothing has changed since QuickBooks refused. Send {what} all the same?"
    return f"Send {what} again? For {len(unchanged):,} of them nothing has changed since QuickBooks refused."


def _quotes(sendable: Sequence[StoredRecord]) -> tuple[str, ...]:
    """Return QuickBooks' last words on these records, exactly, each once."""
    said = (_last_message(one) for one in sendable)
    return tuple(dict.fromkeys(message for message in said if message))[:QUOTES]


def _why_not(one: StoredRecord, judgement: Judgement) -> str:
    name = one.record.name
    if one.status is Status.UNKNOWN:
        return f"{name} was sent and has no answer yet; it is being looked up first."
    if judgement.status is Status.SUCCEEDED:
        return f"{name} is in QuickBooks already."
    if judgement.findings:
        return f"{name}: {reasons.explain(judgement.findings[0]).sentence}"
    return f"{name} is not sent: {judgement.skipped_because}."


async def resend(
    desk: Desk, keys: Sequence[RecordKey], *, progress: Report | None = None, anyway: bool = False
) -> list[ResendResult]:
    """Send chosen records again and say of each what became of it; ``anyway`` when nothing changed."""
    subject = keys[0].text if len(keys) == 1 else f"{len(keys)} records"
    after = {"keys": [key.text for key in keys], "anyway": anyway}
    await desk.write(decisions.add, "resend", subject, {}, after, desk.who)
    result = await sync(desk, keys=keys, trigger="resend", report=progress or silent, forced=anyway)
    return await desk.page(_results, keys, result.sentence)


def _results(keys: Sequence[RecordKey], sentence: str) -> list[ResendResult]:
    return [
        ResendResult(key=one.key, name=one.record.name, status=one.status, sentence=_told(one, sentence))
        for one in records.many(keys).values()
    ]


def _told(one: StoredRecord, sentence: str) -> str:
    if one.status is Status.SUCCEEDED:
        return "It is in QuickBooks."
    if one.status in (Status.FAILED, Status.NEEDS_ATTENTION):
        return _last_message(one) or sentence
    return sentence if one.status is Status.PENDING else one.status.label


def _last_message(one: StoredRecord) -> str:
    """Return what QuickBooks last said of a record, exactly as it came."""
    last = outbox.last_attempt(one.key) if one.attempts else None
    return last.message if last else ""
