"""Sending: recorded before it leaves, recorded when it is answered, unknown in between."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from awra_tui.cache.schema import db
from awra_tui.cache.store import leases, outbox
from awra_tui.health import reasons
from awra_tui.qbo.exchange import Answer
from awra_tui.records.fault import Fault
from awra_tui.records.subject import RecordKey
from awra_tui.sync.judging import Sendable
from awra_tui.sync.office import Office, StopRun
from awra_tui.sync.outcomes import Tally, never_arrived
from awra_tui.sync.parcels import Parcel, pack

AT_ONCE = 4
"""Requests under way at the same time; the pace itself is kept by the client."""
THROTTLED = 429
LOST_LIMIT = 3
"""So many requests in a row without an answer end the pass: QuickBooks is not well."""


@dataclass(slots=True)
class Wave:
    """What a round of sending came to: records that arrived, and those to be sent again after a pause."""

    arrived: list[RecordKey] = field(default_factory=list)
    again: list[RecordKey] = field(default_factory=list)


async def dispatch(office: Office, sendables: Sequence[Sendable]) -> Wave:
    """Send records' next shipments. Raises StopRun where every further request would meet the same."""
    gate = asyncio.Semaphore(AT_ONCE)
    wave = Wave()

    async def one(parcel: Parcel) -> None:
        async with gate:
            tally = await send(office, parcel)
            wave.arrived.extend(tally.arrived)
            wave.again.extend(tally.again)
            _consider(office, tally)

    try:
        async with asyncio.TaskGroup() as group:
            for parcel in pack(sendables, office.client):
                group.create_task(one(parcel))
    except* StopRun as stops:
        raise _first(stops) from None
    return wave


def _first(stops: BaseExceptionGroup[StopRun]) -> StopRun:
    first = stops.exceptions[0]
    return first if isinstance(first, StopRun) else _first(first)


async def send(office: Office, parcel: Parcel) -> Tally:
    """Record a request, send it, record its answer; cut off in between, it is unknown, never lost."""
    write = office.desk.write
    request_id = await write(_prepare, office, parcel)
    try:
        answer = await office.client.send(parcel.exchange)
    except BaseException:
        await asyncio.shield(write(office.recorder.record, request_id, parcel, _cut_off()))
        raise
    tally = await asyncio.shield(write(office.recorder.record, request_id, parcel, answer))
    office.counts.update(tally.counts)
    office.tell("Sending")
    return tally


def _cut_off() -> Answer:
    return Answer(0, "", b"", "", Fault(http_status=0, transport="cut"))


def _prepare(office: Office, parcel: Parcel) -> int:
    """Commit the request and its attempts; refuse where the lease was lost meanwhile. A job of the cache."""
    if not leases.renew(office.lease.name, office.lease.holder, office.lease.seconds):
        raise StopRun("Another console took over sending while this one was away; nothing more was sent.")
    exchange = parcel.exchange
    request = outbox.Request(
        requestid=parcel.requestid,
        method=exchange.method,
        path=exchange.path,
        params=exchange.params,
        body=exchange.body,
        batch=parcel.batch,
    )
    attempts = [
        outbox.Attempt(
            key=piece.key,
            role=piece.shipment.role,
            bid=piece.bid,
            operation=piece.shipment.operation,
            entity=piece.shipment.entity,
            fingerprint=piece.sendable.fingerprint,
            inputs=piece.sendable.judgement.inputs,
        )
        for piece in parcel.pieces
    ]
    with db.atomic():
        request_id = outbox.prepare(request, attempts, run_id=office.run_id, who=office.desk.who)
        outbox.mark_sent(request_id)
    return request_id


def _consider(office: Office, tally: Tally) -> None:
    """Stop the pass where every further request would meet the same."""
    fault = tally.fault
    if fault is None or fault.http_status == THROTTLED:
        office.lost_in_a_row = 0
        return
    if not never_arrived(fault) and tally.counts["unknown"]:
        office.lost_in_a_row += 1
        if office.lost_in_a_row < LOST_LIMIT:
            return
    raise StopRun(reasons.explain(reasons.findings_of(fault)[0]).sentence, fault)
