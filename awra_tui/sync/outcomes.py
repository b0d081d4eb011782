"""What an answer means for each record of a request; the only place that records outcomes."""

from collections import Counter
from dataclasses import dataclass, field

from awra_tui.cache.store import links, objects, outbox, records, warnings
from awra_tui.cache.store.outbox import Outcome
from awra_tui.cache.store.records import Judged
from awra_tui.health import judge as health
from awra_tui.qbo.envelopes import object_in, parse_batch
from awra_tui.qbo.exchange import Answer
from awra_tui.qbo.objects import to_object
from awra_tui.records.fault import Fault
from awra_tui.records.qbo import Company, Json, Link
from awra_tui.records.rules import Rules
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.sync.chain import with_answers
from awra_tui.sync.judging import Retry, explain, subject_of, text_of
from awra_tui.sync.parcels import Parcel, Piece

_NO_ENTRY = frozenset({401, 403, 429})


@dataclass(slots=True)
class Tally:
    """What one request came to: counts, records that may have more to send, and what stops them all.

    ``fault`` is one that every other request would meet too, or an answer that was lost.
    """

    counts: Counter[str] = field(default_factory=Counter)
    arrived: list[RecordKey] = field(default_factory=list)
    again: list[RecordKey] = field(default_factory=list)
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Recorder:
    """Records answers for one profile: as whom, by which rules, for which company."""

    who: str
    rules: Rules
    company: Company

    def record(self, request_id: int, parcel: Parcel, answer: Answer) -> Tally:
        """Record an answer: links, statuses, warnings and attempts. One job, one transaction of the cache."""
        tally = Tally()
        numbers = {attempt.bid: attempt.id for attempt in outbox.attempts_of(request_id)}
        outcomes = [
            self._piece(piece, payload, numbers[piece.bid], tally)
            for piece, payload in results(parcel, answer)
        ]
        body = answer.body.decode("utf-8", "replace")
        outbox.mark_answered(request_id, answer.http_status, answer.tid, body, outcomes)
        if tally.counts["unknown"]:
            outbox.mark_unknown(request_id, "no answer that says what became of it")
        return tally

    def _piece(self, piece: Piece, payload: Json | Fault, number: int, tally: Tally) -> Outcome:
        found = None if isinstance(payload, Fault) else object_in(payload, piece.shipment.entity)
        if found is not None and found.get("Id"):
            self.arrive(piece, found)
            tally.counts["succeeded"] += 1
            tally.arrived.append(piece.key)
            return Outcome(attempt_id=number, outcome="succeeded")
        fault = payload if isinstance(payload, Fault) else Fault(http_status=200, transport="no_op")
        return self._fault(piece, fault, number, tally)

    def arrive(self, piece: Piece, found: Json) -> None:
        """Keep the connection of a record to what QuickBooks has now, and our copy of it."""
        shipment = piece.shipment
        copy = to_object(shipment.entity, found)
        objects.upsert([copy])
        links.add(
            Link(
                kind=piece.key.kind,
                source_id=piece.key.source_id,
                role=shipment.role,
                entity=shipment.entity,
                qbo_id=copy.id,
                fingerprint=piece.sendable.fingerprint,
                sent=text_of(shipment.body),
                answer=text_of(found),
            ),
            self.who,
        )
        records.count_attempt([piece.key])

    def _fault(self, piece: Piece, fault: Fault, number: int, tally: Tally) -> Outcome:
        said = "\n".join(message.text for message in fault.messages)
        if never_arrived(fault):
            tally.fault = fault
            tally.again.append(piece.key)
            return Outcome(attempt_id=number, outcome="not_sent", code=fault.code, message=said)
        one = piece.sendable.stored
        records.count_attempt([piece.key])
        attempts = one.attempts + 1
        outcome = health.after_answer(one.record, fault, attempts, self.rules)
        if outcome.company_wide or outcome.status is Status.UNKNOWN:
            tally.fault = fault
        lost = outcome.status is Status.UNKNOWN
        tally.counts["unknown" if lost else "failed"] += 1
        told = Outcome(
            attempt_id=number, outcome="unknown" if lost else "failed", code=fault.code, message=said
        )
        outbox.settle([told])  # the chain below tells of it
        self._keep(piece, outcome, attempts)
        return told

    def _keep(self, piece: Piece, outcome: health.Outcome, attempts: int) -> None:
        one, judgement = piece.sendable.stored, piece.sendable.judgement
        retry_at = Retry(self.rules).when(one.attempts) if outcome.status is Status.RETRYING else ""
        records.judge(
            Judged(
                key=piece.key,
                status=outcome.status,
                verdicts=with_answers(
                    [verdict for verdict in judgement.verdicts if verdict.step in _BEFORE_ANSWER],
                    outcome.status,
                    outcome.findings,
                    last=outbox.last_attempt(piece.key),
                    attempts=attempts,
                    links=links.of(piece.key),
                    company=self.company,
                ),
                shipment=text_of(piece.shipment.body),
                failed_inputs=judgement.inputs,
                retry_at=retry_at,
                released=False,
            )
        )
        warnings.reconcile(subject_of(piece.key), explain(one.record, outcome.findings))


_BEFORE_ANSWER = ("source", "ready", "mapping", "duplicates", "payload")


def results(parcel: Parcel, answer: Answer) -> list[tuple[Piece, Json | Fault]]:
    """Pair each piece with its own answer; a piece that a batch's answer leaves out is lost."""
    if isinstance(answer.payload, Fault) or not parcel.batch:
        return [(piece, answer.payload) for piece in parcel.pieces]
    items = parse_batch(answer.payload, answer.tid, answer.http_status)
    left_out = Fault(http_status=answer.http_status, tid=answer.tid, transport="cut")
    return [(piece, items.get(piece.bid, left_out)) for piece in parcel.pieces]


def never_arrived(fault: Fault) -> bool:
    """Whether it is certain that QuickBooks did nothing: not sent, throttled, or not let in."""
    return not fault.sent or fault.http_status in _NO_ENTRY
