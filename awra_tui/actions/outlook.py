"""What would become of a record if it were sent now, in one of four words and a sentence."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from awra_tui.cache.store.attempts import LastAttempt
from awra_tui.cache.stored import StoredRecord
from awra_tui.health import culprits, reasons, wording
from awra_tui.health.ledgers import ledger_note
from awra_tui.health.numbers import TAKEN_ONCE
from awra_tui.health.view import View
from awra_tui.records.fault import Fault, FaultMessage
from awra_tui.records.finding import Explained, Finding, Judgement
from awra_tui.records.money import to_minor
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.sync.judging import explain, is_unchanged


class Fate(StrEnum):
    """What would become of a record; in the order in which a person looks at it."""

    FAILS = "would_fail"
    BLOCKED = "blocked"
    GOES = "would_be_sent"
    NOTHING = "nothing_to_send"

    @property
    def label(self) -> str:
        """What a screen calls it."""
        return _LABELS[self]


_LABELS = {
    Fate.FAILS: "would fail",
    Fate.BLOCKED: "is blocked",
    Fate.GOES: "would be sent",
    Fate.NOTHING: "nothing to send",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What would become of one record: ``sentence`` says why, ``cause`` is equal where the same thing helps.

    ``also`` are further reasons beside the first. ``blocked_by`` names the record that goes first.
    """

    key: RecordKey
    name: str
    party: str
    minor: int
    currency: str
    fate: Fate
    cause: str
    sentence: str
    action: str = ""
    who: str = ""
    blocked_by: str = ""
    also: tuple[str, ...] = ()


Make = Callable[..., Outlook]
"""Makes the outlook of one record from what is said of it."""


def outlook(
    one: StoredRecord, judgement: Judgement, view: View, last: LastAttempt | None, stopped: Finding | None
) -> Outlook:
    """Say what would become of a record that was judged. A job of the cache.

    ``stopped`` is what keeps the company from taking in anything of its kind.
    """
    record = one.record
    make = partial(
        Outlook,
        key=one.key,
        name=record.name,
        party=record.party_name,
        minor=to_minor(record.amount, record.currency),
        currency=record.currency,
    )
    if one.status is Status.UNKNOWN or (last is not None and last.is_open):
        return make(fate=Fate.BLOCKED, cause="unknown", sentence=_NO_ANSWER)
    told = explain(one.record, judgement.findings)
    if told:
        blocked = judgement.findings[0].blocker is not None
        return _of_reasons(make, Fate.BLOCKED if blocked else Fate.FAILS, told)
    settled = _settled(one, judgement, make)
    if settled is not None:
        return settled
    if stopped is not None:
        return _of_reasons(make, Fate.FAILS, explain(one.record, [stopped]))
    if last is not None and is_unchanged(one, judgement) and not one.released:
        return _refused(one, last, view, make)
    return _to_send(one, judgement, view, make)


_NO_ANSWER = "It was sent and has no answer yet; it is looked up in QuickBooks before anything is sent again."


def _settled(one: StoredRecord, judgement: Judgement, make: Make) -> Outlook | None:
    """Return the outlook of a record of which nothing is sent."""
    because = judgement.skipped_because
    if because:
        return make(fate=Fate.NOTHING, cause=f"skipped:{because}", sentence=f"Not sent: {because}.")
    if judgement.connect is not None:
        why = judgement.connect.why
        sentence = f"It would be connected to what QuickBooks has already: {why}."
        return make(fate=Fate.GOES, cause=_sending(one, "connect"), sentence=sentence)
    if judgement.status is Status.SUCCEEDED or not (judgement.shipments or judgement.waits_for):
        return make(fate=Fate.NOTHING, cause=f"done:{one.key.kind}", sentence="It is in QuickBooks already.")
    return None


def _of_reasons(make: Make, fate: Fate, told: Sequence[Explained]) -> Outlook:
    first = told[0]
    return make(
        fate=fate,
        cause=first.cause,
        sentence=first.sentence,
        action=first.action,
        who=str(first.who),
        blocked_by=first.blocked_by,
        also=tuple(dict.fromkeys(each.sentence for each in told[1:] if each.sentence != first.sentence)),
    )


def _refused(one: StoredRecord, last: LastAttempt, view: View, make: Make) -> Outlook:
    """Return the outlook of what was refused and has not changed: what QuickBooks said, and what helps."""
    said = last.message.rstrip(".") or f"code {last.code}"
    alike = f"unchanged:{last.code}/{last.message or one.key.text}"
    fault = Fault(http_status=REFUSED, messages=(FaultMessage(last.code, "", last.message),))
    finding = culprits.named(reasons.findings_of(fault)[0], one.record, view)
    [told] = explain(one.record, [finding])
    return make(
        fate=Fate.FAILS,
        cause=told.cause if finding.mapping or finding.blocker else alike,
        sentence=f"QuickBooks refused it, and nothing has changed since: {said}.",
        action=told.action,
        who=str(told.who),
    )


REFUSED = 400
"""The HTTP status of a refusal: what is passing is tried again, and never stands as refused."""


def _to_send(one: StoredRecord, judgement: Judgement, view: View, make: Make) -> Outlook:
    if judgement.waits_for:
        first = judgement.waits_for[0]
        state = view.record(first)
        before = wording.key_title(first, state.name if state else "")
        sentence = f"It would be sent after {before}, which goes first."
        return make(fate=Fate.GOES, cause=_sending(one, "after"), sentence=sentence, blocked_by=before)
    operation = judgement.shipments[0].operation
    note = ledger_note(one.record, view)
    if note and one.key.kind not in TAKEN_ONCE:
        # What is said of one record makes a group of its own; a number in it is compared by the cause.
        cause = _sending(one, f"{operation}/{one.key.source_id}")
        return make(fate=Fate.GOES, cause=cause, sentence=f"{_OPERATIONS[operation]} {note}.")
    return make(fate=Fate.GOES, cause=_sending(one, operation), sentence=_OPERATIONS[operation])


def _sending(one: StoredRecord, how: str) -> str:
    return f"send:{one.key.kind}/{how}"


_OPERATIONS = {
    "create": "It would be created in QuickBooks.",
    "update": "It would be changed in QuickBooks.",
    "void": "It would be voided in QuickBooks.",
    "delete": "It would be deleted in QuickBooks.",
}
