"""Sending: recorded before it leaves, recorded when it is answered, unknown in between."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from awra_tui.cache.store import attempts, decisions, links, outbox
from awra_tui.health import reasons
from awra_tui.qbo.exchange import Answer
from awra_tui.records import clock
from awra_tui.records.fault import Fault
from awra_tui.records.subject import RecordKey
from awra_tui.sync.answers import is_lost, is_throttle
from awra_tui.sync.judging import Sendable, look, prepared
from awra_tui.sync.leases import LostLeaseError
from awra_tui.sync.office import Office, StopRun
from awra_tui.sync.outcomes import Tally
from awra_tui.sync.parcels import Parcel, pack
from awra_tui.sync.progress import SENDING

LOST_LIMIT = 3
"""So many requests in a row without an answer, or refused whole in passing, end the pass: QuickBooks is
not well."""


LATE = timedelta(seconds=10)
"""A request that waited longer for its turn is noted anew when it leaves: what is told of a lost answer
counts from there."""


@dataclass(slots=True)
class Wave:
    """What a round of sending came to: records that arrived, and those to be sent again after a pause."""

    arrived: list[RecordKey] = field(default_factory=list)
    again: list[RecordKey] = field(default_factory=list)


async def dispatch(office: Office, sendables: Sequence[Sendable]) -> Wave:
    """Send records' next shipments; what is under way when something stops the pass is still heard out."""
    wave = Wave()

    async def one(parcel: Parcel) -> None:
        async with office.gate:
            if office.stop is None:
                await _send(office, parcel, wave)

    async with together() as group:
        for parcel in pack(sendables, office.client):
            group.create_task(one(parcel))
    return wave


@asynccontextmanager
async def together() -> AsyncIterator[asyncio.TaskGroup]:
    """Run tasks to their end; of failures the first one comes out, and it cancels the others."""
    try:
        async with asyncio.TaskGroup() as group:
            yield group
    except BaseExceptionGroup as several:
        raise _first(several) from None


def _first(several: BaseExceptionGroup[BaseException]) -> BaseException:
    first = several.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first


async def _send(office: Office, parcel: Parcel, wave: Wave) -> None:
    with office.stopping():
        # Said before anything is committed: who listens may stop the pass here.
        office.tell(SENDING)
        request_id = await office.desk.write(_prepare, office, parcel)
        if not request_id:
            wave.again += await office.desk.page(_at_rest, parcel)
            return
        tally = await deliver(office, request_id, parcel)
        wave.arrived += tally.arrived
        wave.again += tally.again
        consider(office, tally)


async def deliver(office: Office, request_id: int, parcel: Parcel) -> Tally:
    """Send a recorded request and record its answer; cut off in between, it is unknown, never lost."""
    departure = Departure(office, request_id)
    try:
        answer = await office.client.send(parcel.exchange, departure.leave)
    except BaseException:
        await asyncio.shield(_record(office, request_id, parcel, _cut_off(sent=departure.left)))
        raise
    return await asyncio.shield(_record(office, request_id, parcel, answer))


async def _record(office: Office, request_id: int, parcel: Parcel, answer: Answer) -> Tally:
    tally = await office.desk.write(office.recorder.record, request_id, parcel, answer)
    office.counts.update(tally.counts)
    office.tell(SENDING)
    return tally


def _cut_off(*, sent: bool) -> Answer:
    return Answer(0, "", b"", "", Fault(http_status=0, transport="cut" if sent else "connect", sent=sent))


@dataclass(slots=True)
class Departure:
    """The moment at which a recorded request leaves: ``left`` says whether it has come."""

    office: Office
    request_id: int
    left: bool = False
    committed: datetime = field(default_factory=clock.now)

    async def leave(self) -> None:
        """Let it leave; after a long wait only if this pass still has the right to, and noted anew."""
        if abs(clock.now() - self.committed) > LATE:
            await self.office.desk.write(_mark_late, self.office, self.request_id)
        self.left = True


def _mark_late(office: Office, request_id: int) -> None:
    hold_lease(office)
    outbox.mark_sent(request_id)


def hold_lease(office: Office) -> None:
    """Raise StopRun where the right to send was lost meanwhile, as after a sleep. A job of the cache."""
    try:
        office.lease.hold()
    except LostLeaseError as lost:
        raise StopRun(str(lost)) from lost


def _overtaken(parcel: Parcel) -> bool:
    """Whether a record was connected, or is on its way, since it was judged. A job of the cache."""
    keys = [piece.key for piece in parcel.pieces]
    linked = {(key, link.role) for key, found in links.of_many(keys).items() for link in found}
    made = {(one.key, one.shipment.role) for one in parcel.pieces if one.shipment.operation == "create"}
    return bool(linked & made) or len(_at_rest(parcel)) < len(keys)


def _decided_otherwise(office: Office, parcel: Parcel) -> bool:
    """Whether people decided something since these were judged that changes what is to be sent.

    Between the two lies the wait for the pace of QuickBooks. A job of the cache.
    """
    judged = [piece.sendable for piece in parcel.pieces]
    if not decisions.did_people_decide_since(min(one.decided for one in judged)):
        return False
    stored = [one.stored for one in judged]
    now = look(stored, prepared(stored, office.company, office.rules))
    return any(one.inputs != before.judgement.inputs for one, before in zip(now, judged, strict=True))


def _at_rest(parcel: Parcel) -> list[RecordKey]:
    """Return the records of which nothing is on its way. A job of the cache."""
    last = attempts.last_of_many([piece.key for piece in parcel.pieces])
    return [one.key for one in parcel.pieces if one.key not in last or not last[one.key].is_open]


def _prepare(office: Office, parcel: Parcel) -> int:
    """Commit the request and its attempts before it leaves; 0 where somebody was quicker.

    A job of the cache.
    """
    hold_lease(office)
    if _overtaken(parcel) or _decided_otherwise(office, parcel):
        return 0
    exchange = parcel.exchange
    request = outbox.Request(
        requestid=parcel.requestid,
        method=exchange.method,
        path=exchange.path,
        params=exchange.params,
        body=exchange.body,
        batch=parcel.batch,
    )
    tried = [
        outbox.Attempt(
            key=piece.key,
            role=piece.shipment.role,
            bid=piece.bid,
            operation=piece.shipment.operation,
            entity=piece.shipment.entity,
            fingerprint=piece.sendable.fingerprint,
            inputs=piece.sendable.judgement.inputs,
            because=piece.sendable.because,
        )
        for piece in parcel.pieces
    ]
    request_id = outbox.prepare(request, tried, run_id=office.run_id, who=office.desk.who)
    outbox.mark_sent(request_id)
    return request_id


def consider(office: Office, tally: Tally) -> None:
    """Raise StopRun where every further request would meet the same."""
    fault = tally.fault
    if fault is None or is_throttle(fault):
        office.lost_in_a_row = 0
        return
    if tally.outage or is_lost(fault):
        office.lost_in_a_row += 1
        if office.lost_in_a_row < LOST_LIMIT:
            return
    raise StopRun(reasons.explain(reasons.findings_of(fault)[0]).sentence, fault)
