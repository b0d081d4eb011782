"""Syncing every so often without a screen, until it is asked to stop."""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from contextlib import suppress

from awra_tui.actions.sync import sync_now
from awra_tui.cache.store import facts
from awra_tui.records import clock
from awra_tui.records.errors import AwraError
from awra_tui.sync.desk import Desk
from awra_tui.sync.progress import Progress, RunResult

NEXT_SYNC = "next_sync"
"""The fact that holds the stamp of the next pass; empty where none is planned."""
LOOK_SECONDS = 60.0
"""The wall clock is looked at so often: a machine that slept is late by no more than this."""
GRACE_SECONDS = 5.0
"""So long a request under way may still take when a pass is asked to stop."""

Pass = Callable[[Callable[[Progress], None]], Awaitable[RunResult]]
Told = Callable[[RunResult, str], None]
"""Gets each pass's result, and the stamp of the next."""


async def sync_every(desk: Desk, interval: dt.timedelta, stop: asyncio.Event, told: Told) -> None:
    """Sync now and then every ``interval`` until ``stop`` is set; a pass that fails does not end it.

    A pass that runs when ``stop`` is set ends after its current request.
    """

    async def one(report: Callable[[Progress], None]) -> RunResult:
        return await sync_now(desk, trigger="schedule", progress=report)

    try:
        while not stop.is_set():
            started = clock.now()
            result = await until_stopped(one, stop)
            at = max(started + interval, clock.now())
            if result is not None:
                await _plan(desk, "" if stop.is_set() else clock.stamp(at))
                told(result, "" if stop.is_set() else clock.stamp(at))
            await _wait(at, stop)
    finally:
        await asyncio.shield(_plan(desk, ""))


async def until_stopped(work: Pass, stop: asyncio.Event) -> RunResult | None:
    """Do one pass; return None where it was stopped, after the request that was under way.

    What goes wrong with the pass is a result in words, so that the next one can go better.
    """

    def report(_progress: Progress) -> None:
        # Reports come when a request has been answered and recorded: the moment to stop.
        if stop.is_set():
            running.cancel()

    running = asyncio.ensure_future(_worded(work(report)))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if not running.done():
            await asyncio.wait({running}, timeout=GRACE_SECONDS)
        running.cancel()
        with suppress(asyncio.CancelledError):
            return await running
        return None
    finally:
        stopping.cancel()
        running.cancel()


async def _worded(work: Awaitable[RunResult]) -> RunResult:
    try:
        return await work
    except AwraError as error:
        return RunResult(run_id=0, outcome="failed", sentence=str(error), counts={})


async def _plan(desk: Desk, stamp: str) -> None:
    """Note the next pass; a cache that cannot be written now is no reason to stop syncing."""
    with suppress(AwraError):
        await desk.write(facts.set, NEXT_SYNC, stamp)


async def _wait(at: dt.datetime, stop: asyncio.Event) -> None:
    while not stop.is_set() and (left := (at - clock.now()).total_seconds()) > 0:
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), min(left, LOOK_SECONDS))
