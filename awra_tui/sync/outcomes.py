"""What an answer means for each record of a request; the only place that records outcomes."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial

from awra_tui.cache.store import attempts, choices, decisions, links, objects, outbox, records, warnings
from awra_tui.cache.store.attempts import LastAttempt
from awra_tui.cache.store.outbox import Outcome
from awra_tui.cache.store.records import Judged
from awra_tui.cache.stored import StoredRecord
from awra_tui.health import culprits
from awra_tui.health import judge as health
from awra_tui.qbo.exchange import Answer
from awra_tui.qbo.objects import to_object
from awra_tui.records.clock import stamp
from awra_tui.records.fault import Fault
from awra_tui.records.qbo import Company, Json, Link
from awra_tui.records.rules import Rules
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.sync import obstacles, patience
from awra_tui.sync.answers import concerns_all, is_lost, is_outage, is_stale, results
from awra_tui.sync.chain import with_answers
from awra_tui.sync.judging import explain, prepared, subject_of, text_of
from awra_tui.sync.linking import link_after
from awra_tui.sync.parcels import Parcel, Piece
from awra_tui.sync.retry import Retry
from awra_tui.sync.view import CacheView

_BEFORE_ANSWER = ("source", "ready", "mapping", "duplicates", "payload")

GIVEN_UP = "tried_too_often"
"""The reason of a warning about what is not tried by itself any more."""
STALE_LIMIT = 2
"""So often in one pass a record goes again after somebody changed its object at the same time."""

Arrived = tuple[Piece, Json]
"""A piece and the object that QuickBooks has of it."""


@dataclass(slots=True)
class Tally:
    """What one request came to: counts, records that may have more to send, and what stops them all.

    ``fault`` is one that every other request would meet too, or an answer that was lost; ``outage`` says
    that it is QuickBooks' own trouble, with whatever record. ``after`` is the local time from which
    looking up what was lost is proof.
    """

    counts: Counter[str] = field(default_factory=Counter)
    arrived: list[RecordKey] = field(default_factory=list)
    again: list[RecordKey] = field(default_factory=list)
    fault: Fault | None = None
    outage: bool = False
    after: str = ""


@dataclass(frozen=True, slots=True)
class Recorder:
    """Records answers for one profile: as whom, by which rules, for which company."""

    who: str
    rules: Rules
    company: Company
    retry: Retry

    def record(self, request_id: int, parcel: Parcel, answer: Answer) -> Tally:
        """Record an answer: links, statuses, warnings and attempts. A job of the cache."""
        tally = Tally(after=patience.until_known(request_id))
        numbers = {attempt.bid: attempt.id for attempt in outbox.attempts_of(request_id)}
        arrived: list[Arrived] = []
        outcomes: list[Outcome] = []
        stored = [piece.sendable.stored for piece in parcel.pieces]
        view = cache(partial(prepared, stored, self.company, self.rules))
        found = results(parcel, answer)
        tally.outage = is_outage(found)
        for piece, result in found:
            if isinstance(result, Fault):
                outcomes.append(self._refused(piece, result, numbers[piece.bid], tally, view))
            else:
                arrived.append((piece, result))
                outcomes.append(Outcome(attempt_id=numbers[piece.bid], outcome="succeeded"))
        self.arrive(arrived)
        tally.counts["succeeded"] = len(arrived)
        tally.arrived = [piece.key for piece, _ in arrived]
        settled = {*tally.arrived, *tally.again}
        _let_go([piece for piece in parcel.pieces if piece.key in settled])
        body = answer.body.decode("utf-8", "replace")
        outbox.mark_answered(request_id, answer.http_status, answer.tid, body, outcomes)
        if tally.counts["unknown"]:
            outbox.mark_unknown(request_id, _said(tally.fault))
        return tally

    def arrive(self, arrived: Sequence[Arrived], *, counted: bool = False) -> None:
        """Keep the connections of records to what QuickBooks has now, and our copies of it.

        ``counted`` says that their attempts were counted before, when the answer was lost.
        """
        links.add_many([_link(piece, found) for piece, found in arrived], self.who)
        copies = [to_object(piece.shipment.entity, found) for piece, found in arrived]
        objects.upsert(copy for copy in copies if not copy.deleted)
        objects.mark_deleted((copy.entity, copy.id) for copy in copies if copy.deleted)
        choices.carried_out(piece.key for piece, _ in arrived if piece.shipment.operation == "update")
        if not counted:
            records.count_attempt([piece.key for piece, _ in arrived])

    def _refused(
        self, piece: Piece, fault: Fault, number: int, tally: Tally, view: Callable[[], CacheView]
    ) -> Outcome:
        said = _said(fault)
        if concerns_all(fault):
            tally.fault = fault
            tally.again.append(piece.key)
            return Outcome(attempt_id=number, outcome="not_sent", code=fault.code, message=said)
        records.count_attempt([piece.key])
        if is_stale(fault) and attempts.stale_in_a_row(piece.key) < STALE_LIMIT:
            # Somebody changed the object meanwhile: it is read again, compared, and sent if that allows.
            tally.again.append(piece.key)
            return Outcome(attempt_id=number, outcome="failed", code=fault.code, message=said)
        word = "unknown" if is_lost(fault) else "failed"
        tally.counts[word] += 1
        if word == "unknown" or tally.outage:
            tally.fault = fault
        # What an outage refused is none of the record's tries.
        kept = "not_sent" if tally.outage else word
        told = Outcome(attempt_id=number, outcome=kept, code=fault.code, message=said)
        standing = self._standing(piece, fault, tally.after, outage=tally.outage)
        self._keep(piece, _named(standing, piece.sendable.stored, view), told)
        return told

    def _standing(self, piece: Piece, fault: Fault, after: str, *, outage: bool) -> health.Outcome:
        """Say where a record stands after a refusal, or after an answer that settles nothing."""
        record = piece.sendable.stored.record
        if is_lost(fault):
            nothing = Fault(http_status=0, transport=fault.transport or "cut", tid=fault.tid)
            outcome = health.after_answer(record, nothing, 0, self.rules, look_up_after=after)
            said = "\n".join(message.text for message in fault.messages)
            findings = tuple(replace(one, code=fault.code, message=said) for one in outcome.findings)
            return replace(outcome, findings=findings)
        return health.after_answer(record, fault, 1 if outage else self._tries(piece), self.rules)

    def _tries(self, piece: Piece) -> int:
        """Count how often exactly this was refused, this time included."""
        return 1 + attempts.refusals(piece.key, piece.sendable.judgement.inputs)

    def _keep(self, piece: Piece, outcome: health.Outcome, told: Outcome) -> None:
        one, judgement = piece.sendable.stored, piece.sendable.judgement
        refused = outcome.status in (Status.FAILED, Status.NEEDS_ATTENTION)
        moment = stamp()
        records.judge(
            Judged(
                key=piece.key,
                status=outcome.status,
                verdicts=with_answers(
                    [verdict for verdict in judgement.verdicts if verdict.step in _BEFORE_ANSWER],
                    outcome.status,
                    outcome.findings,
                    last=LastAttempt(told.outcome, told.code, told.message, moment, moment),
                    attempts=one.attempts + 1,
                    links=links.of(piece.key),
                    company=self.company,
                ),
                shipment=text_of(piece.shipment.body),
                failed_inputs=obstacles.noted(judgement.inputs, one.record, outcome.findings)
                if refused
                else "",
                retry_at=self._retry_at(piece, outcome),
                released=False,
            )
        )
        explained = explain(one.record, outcome.findings)
        warnings.reconcile(subject_of(piece.key), explained)
        if explained and explained[0].reason == GIVEN_UP:
            said = {"sentence": explained[0].sentence, "message": told.message}
            decisions.add("give up", piece.key.text, {}, said, decisions.PROGRAM)

    def _retry_at(self, piece: Piece, outcome: health.Outcome) -> str:
        return self.retry.when(self._tries(piece)) if outcome.status is Status.RETRYING else ""


def _named(outcome: health.Outcome, one: StoredRecord, view: Callable[[], CacheView]) -> health.Outcome:
    """Name the mapping or the connection that a refusal is about, where it can be found."""
    if not any(map(culprits.is_namable, outcome.findings)):
        return outcome
    findings = tuple(culprits.named(each, one.record, view()) for each in outcome.findings)
    return replace(outcome, findings=findings)


def _link(piece: Piece, found: Json) -> Link:
    """Return the link of a record to what QuickBooks has of it now. A job of the cache."""
    shipment = piece.shipment
    if shipment.operation == "create":
        return link_after(shipment, found, piece.sendable.fingerprint, None, None)
    old = next((link for link in links.of(piece.key) if link.role == shipment.role), None)
    before = objects.get(shipment.entity, str(found.get("Id", "")))
    return link_after(shipment, found, piece.sendable.fingerprint, old, before)


def _let_go(pieces: Sequence[Piece]) -> None:
    """Let records be judged anew that were unknown until now: they arrived, or are proved not to be there."""
    unknown = [piece.sendable.stored for piece in pieces if piece.sendable.stored.status is Status.UNKNOWN]
    records.set_judgements(
        [
            Judged(key=one.key, status=Status.PENDING, verdicts=one.verdicts, shipment=one.shipment)
            for one in unknown
        ]
    )


def _said(fault: Fault | None) -> str:
    """Return what came instead of a success, in the words in which it came."""
    messages = fault.messages if fault else ()
    return "\n".join(message.text for message in messages) or "no answer that says what became of it"
