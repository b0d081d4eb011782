"""One sender at a time: a lease in the cache that dies with its holder."""

import asyncio
import os
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from awra_tui.cache.store import leases
from awra_tui.records.errors import AwraError
from awra_tui.sync.desk import Desk

SENDING = "sending"
SECONDS = 60
RENEW_EVERY = 15


class BusyError(AwraError):
    """Another console or worker is sending for this profile."""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to send, held by one pass."""

    name: str
    holder: str
    seconds: float = SECONDS


@asynccontextmanager
async def sending(desk: Desk) -> AsyncIterator[Lease]:
    """Hold the right to send while the block runs; raise BusyError where somebody else has it."""
    lease = Lease(SENDING, f"{desk.who} #{os.getpid()}.{uuid.uuid4().hex[:8]}")
    if not await desk.write(leases.acquire, lease.name, lease.holder, SECONDS):
        holder = await desk.page(leases.holder_of, lease.name)
        person = holder.partition(" #")[0] or "somebody else"
        raise BusyError(f"{person} is sending for this profile at the moment; try again when that is done.")
    beat = asyncio.create_task(_renew(desk, lease))
    try:
        yield lease
    finally:
        beat.cancel()
        with suppress(asyncio.CancelledError):
            await beat
        await asyncio.shield(desk.write(leases.release, lease.name, lease.holder))


async def _renew(desk: Desk, lease: Lease) -> None:
    """Keep the lease alive; where it was lost, the next request's own check stops the pass."""
    while True:
        await asyncio.sleep(RENEW_EVERY)
        await desk.write(leases.renew, lease.name, lease.holder, SECONDS)
