"""One sender at a time: a lease in the cache that dies with its holder, and the run that it is for."""

import asyncio
import os
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import TypeVar

from awra_tui.cache.store import leases, runs
from awra_tui.records.errors import AwraError, CacheError
from awra_tui.sync.desk import Desk

T = TypeVar("T")

SENDING = "sending"
SECONDS = 60
RENEW_EVERY = 15


class BusyError(AwraError):
    """Another console or worker is sending for this profile."""


class LostLeaseError(AwraError):
    """Another console took over while this one was away, as after a sleep."""

    def __init__(self) -> None:
        super().__init__("Another console took over sending while this one was away; nothing more was sent.")


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to send, held by one pass, whose run is ``run_id``."""

    name: str
    holder: str
    run_id: int
    seconds: float = SECONDS

    def hold(self) -> None:
        """Prolong the lease; raise LostLeaseError where another has it by now. A job of the cache."""
        if not leases.renew(self.name, self.holder, self.seconds):
            raise LostLeaseError

    def holding(self, job: Callable[[], T]) -> T:
        """Do a job of the cache in a transaction in which the lease is still held."""
        self.hold()
        return job()


@asynccontextmanager
async def sending(desk: Desk, trigger: str) -> AsyncIterator[Lease]:
    """Hold the right to send while the block runs; raise BusyError where somebody else has it."""
    holder = f"{desk.who} #{os.getpid()}.{uuid.uuid4().hex[:8]}"
    run_id = await desk.write(_begin, holder, trigger, desk.who)
    if not run_id:
        raise BusyError(_busy(await desk.page(leases.holder_of, SENDING)))
    lease = Lease(SENDING, holder, run_id)
    beat = asyncio.create_task(_beat(desk, lease))
    try:
        yield lease
    finally:
        beat.cancel()
        with suppress(asyncio.CancelledError):
            await beat
        await asyncio.shield(desk.write(leases.release, lease.name, lease.holder))


def _begin(holder: str, trigger: str, who: str) -> int:
    """Take the lease and begin a run, 0 where it is taken; runs whose process died are ended."""
    if not leases.acquire(SENDING, holder, SECONDS):
        return 0
    runs.end_dead(SECONDS)
    return runs.begin(trigger, "send", who)


def _busy(holder: str) -> str:
    person = holder.partition(" #")[0] or "Somebody else"
    return (
        f"{person} is sending for this profile at the moment; try again when that is done. "
        "What was killed gives way within a minute."
    )


async def _beat(desk: Desk, lease: Lease) -> None:
    """Keep lease and run alive; where the lease was lost, the next request's own check stops the pass.

    A cache that does not answer is asked again: nothing is sent meanwhile that could not be recorded.
    """
    while True:
        await asyncio.sleep(RENEW_EVERY)
        with suppress(CacheError):
            await desk.write(_show_life, lease)


def _show_life(lease: Lease) -> None:
    if leases.renew(lease.name, lease.holder, lease.seconds):
        runs.heartbeat(lease.run_id)
