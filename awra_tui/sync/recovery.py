"""Finding out what became of requests whose answer was lost: look first, wait, then ask again."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from awra_tui.cache.store import links, marked, objects, outbox, records
from awra_tui.cache.store.attempts import OPEN
from awra_tui.cache.store.outbox import Outcome, StoredAttempt, StoredRequest
from awra_tui.cache.store.records import Judged
from awra_tui.cache.stored import StoredRecord
from awra_tui.qbo.exchange import Exchange
from awra_tui.qbo.json import decode_object
from awra_tui.qbo.objects import to_object
from awra_tui.records import clock
from awra_tui.records.finding import Judgement, Shipment
from awra_tui.records.qbo import Json
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.sync import lookup, patience
from awra_tui.sync.judging import Sendable, judge_keys
from awra_tui.sync.office import Office
from awra_tui.sync.outbox import consider, deliver, hold_lease
from awra_tui.sync.parcels import Parcel, Piece
from awra_tui.sync.progress import SENDING

LONG_AGO = datetime(1970, 1, 2, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Lost:
    """A request without an answer, put together again from the outbox, with its attempts by piece.

    ``whole`` says that none of its pieces has been answered; ``conclusive`` that what was not there when
    this was put together will not come any more, so that only looking it up from now on is proof.
    """

    row: StoredRequest
    parcel: Parcel
    attempts: Mapping[str, StoredAttempt]
    whole: bool
    conclusive: bool

    @property
    def repeatable(self) -> bool:
        """Whether the same bytes may go again: nothing of them was answered, all of them is wanted still."""
        pieces = self.parcel.pieces
        return self.whole and bool(pieces) and not any(piece.sendable.stored.deleted for piece in pieces)


async def find_out(office: Office) -> None:
    """Look up every record whose answer is missing; connect it, send it again, or leave it unknown.

    Raise QboError or StopRun where QuickBooks cannot be asked; what was settled by then is kept.
    """
    await office.desk.write(outbox.note_clock_set_back)
    for row in await office.desk.page(outbox.unanswered):
        office.tell("Finding out what became of requests without an answer")
        lost = await office.desk.page(_rebuild, row)
        found = await _look_up(office, lost)
        if found or not lost.conclusive or not lost.repeatable:
            await office.desk.write(_keep_found, office, lost, found)
        else:
            await _send_again(office, lost)


def _rebuild(row: StoredRequest) -> Lost:
    everything = outbox.attempts_of(row.id)
    open_ones = [attempt for attempt in everything if attempt.outcome in OPEN]
    stored = records.many([attempt.key for attempt in open_ones])
    known = [attempt for attempt in open_ones if attempt.key in stored]
    bodies = _bodies(row, known)
    pieces = tuple(_piece(attempt, stored[attempt.key], bodies[attempt.bid]) for attempt in known)
    exchange = Exchange(row.method, row.path, row.params, row.body, row.requestid)
    parcel = Parcel(requestid=row.requestid, pieces=pieces, batch=row.batch, exchange=exchange)
    by_piece = {attempt.bid: attempt for attempt in known}
    return Lost(
        row,
        parcel,
        by_piece,
        whole=len(known) == len(everything),
        conclusive=patience.is_over(row.sent_at or row.created_at),
    )


def _piece(attempt: StoredAttempt, stored: StoredRecord, body: Json) -> Piece:
    shipment = Shipment(
        kind=attempt.key.kind,
        source_id=attempt.key.source_id,
        role=attempt.role,
        entity=attempt.entity,
        operation=attempt.operation,
        body=body,
    )
    judgement = Judgement(
        verdicts=stored.verdicts, status=Status.PENDING, shipments=(shipment,), inputs=attempt.inputs
    )
    sendable = Sendable(stored=stored, judgement=judgement, fingerprint=attempt.fingerprint)
    return Piece(bid=attempt.bid, sendable=sendable, shipment=shipment)


def _bodies(row: StoredRequest, attempts: Sequence[StoredAttempt]) -> dict[str, Json]:
    """Return each piece's body by its bid."""
    sent = decode_object(row.body)
    if not row.batch:
        return {attempt.bid: sent for attempt in attempts}
    return {
        item["bId"]: next(value for value in item.values() if isinstance(value, dict))
        for item in sent["BatchItemRequest"]
    }


async def _look_up(office: Office, lost: Lost) -> dict[str, Json]:
    """Return what QuickBooks has of a request, by piece; no object is taken for two records."""
    wanted = await office.desk.page(_wanted, lost)
    seen = await lookup.find(office.client, wanted)
    return await office.desk.write(_chosen, lost.parcel.pieces, seen)


def _wanted(lost: Lost) -> list[lookup.Wanted]:
    """Say what to look for. A job of the cache."""
    since = _since(lost.row)
    marks: dict[str, list[str]] = defaultdict(list)
    for piece in lost.parcel.pieces:
        marks[piece.key.kind].append(piece.sendable.stored.record.mark)
    shared = {kind: marked.shared(kind, several) for kind, several in marks.items()}
    return [
        lookup.Wanted(piece.shipment, since, piece.sendable.stored.record.mark in shared[piece.key.kind])
        for piece in lost.parcel.pieces
    ]


def _since(row: StoredRequest) -> datetime:
    """Return since when a request's objects may be there: any time, where the clock was set back since."""
    created = clock.parse_stamp(row.created_at)
    return created if created <= clock.now() else LONG_AGO


def _chosen(pieces: Sequence[Piece], seen: Sequence[list[Json]]) -> dict[str, Json]:
    """Choose one object for each piece, and keep copies of all, so that none is overlooked.

    A job of the cache.
    """
    found: dict[str, Json] = {}
    taken: set[tuple[str, str]] = set()
    for piece, several in zip(pieces, seen, strict=True):
        entity = piece.shipment.entity
        objects.upsert(to_object(entity, one) for one in several if one.get("status") != "Deleted")
        free = [one for one in several if (entity, str(one["Id"])) not in taken]
        if mine := _not_anothers(piece, free):
            found[piece.bid] = mine[0]
            taken.add((entity, str(mine[0]["Id"])))
    return found


def _not_anothers(piece: Piece, seen: Sequence[Json]) -> list[Json]:
    """Return those objects that no other record is connected to. A job of the cache."""
    return [
        one
        for one in seen
        if all(
            RecordKey(link.kind, link.source_id) == piece.key
            for link in links.by_object(piece.shipment.entity, str(one["Id"]))
        )
    ]


def _keep_found(office: Office, lost: Lost, found: Mapping[str, Json]) -> None:
    """Connect what was found; let go of what is proved absent; keep the rest unknown. A job of the cache."""
    hold_lease(office)
    pieces = lost.parcel.pieces
    for counted in (True, False):
        there = [piece for piece in pieces if piece.bid in found and _counted(lost, piece) is counted]
        office.recorder.arrive([(piece, found[piece.bid]) for piece in there], counted=counted)
    office.counts.update(succeeded=len(found), found=len(found))
    outcomes = {piece.bid: _outcome(piece, lost, found) for piece in pieces}
    # What QuickBooks said of an attempt stays as long as nothing else is known of it.
    settled = {bid: word for bid, word in outcomes.items() if word != "unknown"}
    outbox.settle([Outcome(attempt_id=lost.attempts[bid].id, outcome=word) for bid, word in settled.items()])
    records.set_judgements([_standing(piece, outcomes[piece.bid]) for piece in pieces])
    if "unknown" in outcomes.values():
        outbox.mark_unknown(lost.row.id)
    else:
        outbox.mark_looked_up(lost.row.id, found=bool(found))
    _judge(office, pieces)


def _counted(lost: Lost, piece: Piece) -> bool:
    """Whether the attempt was counted already, when its answer did not come."""
    return lost.attempts[piece.bid].outcome == "unknown"


def _outcome(piece: Piece, lost: Lost, found: Mapping[str, Json]) -> str:
    if piece.bid in found:
        return "succeeded"
    return "not_sent" if lost.conclusive else "unknown"


def _standing(piece: Piece, outcome: str) -> Judged:
    one = piece.sendable.stored
    status = Status.UNKNOWN if outcome == "unknown" else Status.PENDING
    return Judged(key=piece.key, status=status, verdicts=one.verdicts, shipment=one.shipment)


def _judge(office: Office, pieces: Sequence[Piece]) -> None:
    judge_keys([piece.key for piece in pieces], office.company, office.rules, office.desk.who)


async def _send_again(office: Office, lost: Lost) -> None:
    """Send identical bytes under the same requestid: QuickBooks has none of the records."""
    office.tell(SENDING)
    await office.desk.write(_prepare_again, office, lost)
    tally = await deliver(office, lost.row.id, lost.parcel)
    if not tally.counts["unknown"]:
        await office.desk.write(_judge, office, lost.parcel.pieces)
    consider(office, tally)


def _prepare_again(office: Office, lost: Lost) -> None:
    hold_lease(office)
    outbox.mark_sent(lost.row.id)
