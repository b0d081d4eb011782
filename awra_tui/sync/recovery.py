"""Finding out what became of requests whose answer was lost: look first, wait, then ask again."""

from dataclasses import dataclass
from datetime import timedelta

from awra_tui.cache.schema import db
from awra_tui.cache.store import outbox, records
from awra_tui.cache.store.outbox import Outcome, StoredAttempt, StoredRequest
from awra_tui.cache.store.records import Judged
from awra_tui.qbo.exchange import Exchange
from awra_tui.qbo.json import decode_object
from awra_tui.records import clock
from awra_tui.records.finding import Judgement, Shipment
from awra_tui.records.qbo import Json
from awra_tui.records.status import Status
from awra_tui.sync import lookup
from awra_tui.sync.judging import Sendable
from awra_tui.sync.office import Office
from awra_tui.sync.parcels import Parcel, Piece

CONCLUSIVE_AFTER = timedelta(seconds=120)
"""QuickBooks may work on a request this long (Intuit: request time-out): only then is absence proof."""
_OPEN = ("pending", "unknown")


@dataclass(frozen=True, slots=True)
class Lost:
    """A request without an answer, put together again from the outbox."""

    row: StoredRequest
    parcel: Parcel
    numbers: dict[str, int]

    @property
    def sent_at(self) -> str:
        """Return when it left, or when it was about to."""
        return self.row.sent_at or self.row.created_at

    @property
    def conclusive(self) -> bool:
        """Whether what is not there by now will not come any more."""
        return clock.now() - clock.parse_stamp(self.sent_at) >= CONCLUSIVE_AFTER


async def find_out(office: Office) -> None:
    """Look up every record whose answer is missing; connect it, send it again, or leave it unknown."""
    for row in await office.desk.page(outbox.unanswered):
        lost = await office.desk.page(_rebuild, row)
        office.tell("Finding out what became of requests without an answer")
        await _settle(office, lost)


def _rebuild(row: StoredRequest) -> Lost:
    attempts = [attempt for attempt in outbox.attempts_of(row.id) if attempt.outcome in _OPEN]
    stored = records.many([attempt.key for attempt in attempts])
    bodies = _bodies(row, attempts)
    pieces = []
    for attempt in attempts:
        if attempt.key not in stored:
            continue
        shipment = Shipment(
            kind=attempt.key.kind,
            source_id=attempt.key.source_id,
            role=attempt.role,
            entity=attempt.entity,
            operation=attempt.operation,
            body=bodies[attempt.bid],
        )
        one = stored[attempt.key]
        judgement = Judgement(
            verdicts=one.verdicts, status=Status.PENDING, shipments=(shipment,), inputs=attempt.inputs
        )
        sendable = Sendable(stored=one, judgement=judgement, fingerprint=attempt.fingerprint)
        pieces.append(Piece(bid=attempt.bid, sendable=sendable, shipment=shipment))
    exchange = Exchange(row.method, row.path, row.params, row.body, row.requestid)
    parcel = Parcel(requestid=row.requestid, pieces=tuple(pieces), batch=row.batch, exchange=exchange)
    return Lost(row, parcel, {attempt.bid: attempt.id for attempt in attempts})


def _bodies(row: StoredRequest, attempts: list[StoredAttempt]) -> dict[str, Json]:
    """Return each piece's body by its bid."""
    sent = decode_object(row.body)
    if not row.batch:
        return {attempt.bid: sent for attempt in attempts}
    return {
        item["bId"]: next(value for value in item.values() if isinstance(value, dict))
        for item in sent["BatchItemRequest"]
    }


async def _settle(office: Office, lost: Lost) -> None:
    since = clock.parse_stamp(lost.sent_at)
    found: dict[str, Json] = {}
    for piece in lost.parcel.pieces:
        shipment = piece.shipment
        there = await lookup.find(office.client, shipment.entity, shipment.operation, shipment.body, since)
        if there is not None:
            found[piece.bid] = there
    if found or not lost.conclusive or not lost.parcel.pieces:
        await office.desk.write(_keep_found, office, lost, found)
    else:
        await _send_again(office, lost)


def _keep_found(office: Office, lost: Lost, found: dict[str, Json]) -> None:
    """Connect what was found; let go of what is proved absent; keep the rest unknown. A job of the cache."""
    outcomes = []
    with db.atomic():
        for piece in lost.parcel.pieces:
            there = found.get(piece.bid)
            if there is not None:
                office.recorder.arrive(piece, there)
                office.counts["succeeded"] += 1
            outcome = "succeeded" if there is not None else "not_sent" if lost.conclusive else "unknown"
            status = Status.UNKNOWN if outcome == "unknown" else Status.PENDING
            records.judge(Judged(key=piece.key, status=status, verdicts=piece.sendable.judgement.verdicts))
            outcomes.append(Outcome(attempt_id=lost.numbers[piece.bid], outcome=outcome))
        outbox.settle(outcomes)
        if any(outcome.outcome == "unknown" for outcome in outcomes):
            outbox.mark_unknown(lost.row.id)
        else:
            outbox.abandon(lost.row.id, "looked up")


async def _send_again(office: Office, lost: Lost) -> None:
    """Send identical bytes under the same requestid: QuickBooks has none of the records."""
    await office.desk.write(outbox.mark_sent, lost.row.id)
    answer = await office.client.send(lost.parcel.exchange)
    tally = await office.desk.write(office.recorder.record, lost.row.id, lost.parcel, answer)
    office.counts.update(tally.counts)
