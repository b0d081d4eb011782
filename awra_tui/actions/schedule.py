"""Syncing every so often without a screen, until it is asked to stop."""

import asyncio
import datetime as dt
import hashlib
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

from awra_tui.actions.sync import sync_now
from awra_tui.cache.store import facts
from awra_tui.records import clock
from awra_tui.records.errors import AwraError
from awra_tui.sync.desk import Desk
from awra_tui.sync.office import StopRun
from awra_tui.sync.progress import SENDING, Progress, Report, RunResult
from awra_tui.sync.retry import Retry

LOOK_SECONDS = 60.0
"""So often a sign of life is noted, and the wall clock and the tokens are looked at: a machine that
slept is late by no more than this, and so is a company that was connected again."""
GRACE_SECONDS = 25.0
"""So long a request under way may still take when a pass is asked to stop; then it is looked up next time."""

FAILED = ("failed", "stopped", "busy")
"""Outcomes of a pass that did not get through."""

Pass = Callable[[Report], Coroutine[Any, Any, RunResult]]
Told = Callable[[RunResult, str], None]
"""Gets each pass's result, and the stamp of the next or nothing."""


async def sync_every(
    desk: Desk,
    interval: dt.timedelta,
    stop: asyncio.Event,
    told: Told,
    *,
    one: Pass | None = None,
) -> None:
    """Sync now and then every ``interval`` until ``stop`` is set; a pass that fails does not end it.

    A pass that did not get through is tried again sooner, after growing waits. A pass that runs when
    ``stop`` is set ends after its current request. ``one`` does one pass in place of ``sync_now``.
    """

    async def usual(report: Report) -> RunResult:
        return await sync_now(desk, trigger="schedule", progress=report)

    retry, failed = Retry(desk.profile.sync.retry_first_wait_seconds), 0
    await _note_life(desk)
    life = asyncio.create_task(_show_life(desk))
    try:
        while not stop.is_set():
            planned = clock.now() + interval
            result = await until_stopped(one or usual, stop)
            failed = failed + 1 if result and result.outcome in FAILED else 0
            at = min(planned, retry.after(failed)) if failed else planned
            at = max(at, clock.now())
            following = "" if stop.is_set() else clock.stamp(at)
            await _note(desk, facts.NEXT_SYNC, following)
            if result is not None:
                told(result, following)
            await _wait(desk, at, stop, watched=bool(failed))
    finally:
        life.cancel()
        await asyncio.shield(_end(desk))


async def _show_life(desk: Desk) -> None:
    """Note again and again that the schedule is alive, during passes and between them."""
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        await _note_life(desk)


async def _note_life(desk: Desk) -> None:
    await _note(desk, facts.SCHEDULE_ALIVE, clock.stamp())


async def _end(desk: Desk) -> None:
    for fact in (facts.NEXT_SYNC, facts.SCHEDULE_ALIVE):
        await _note(desk, fact, "")


async def until_stopped(work: Pass, stop: asyncio.Event) -> RunResult | None:
    """Do one pass; return None where it was cut short because ``stop`` was set.

    What is under way to QuickBooks is waited for, at most ``GRACE_SECONDS``. What goes wrong with the
    pass is a result in words, so that the next one can go better.
    """
    stage = ""

    def report(progress: Progress) -> None:
        nonlocal stage
        stage = progress.stage
        # This comes when a request has been answered and its answer recorded: the moment to stop.
        if stop.is_set() and stage == SENDING:
            raise StopRun("The schedule was told to stop; the rest goes with the next sync.")

    running = asyncio.create_task(_worded(work(report)))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if stage == SENDING:
            await asyncio.wait({running}, timeout=GRACE_SECONDS)
        running.cancel()
        with suppress(asyncio.CancelledError):
            return await running
        return None
    finally:
        stopping.cancel()
        running.cancel()


async def _worded(work: Coroutine[Any, Any, RunResult]) -> RunResult:
    try:
        return await work
    except (AwraError, StopRun) as error:
        return RunResult(run_id=0, outcome="failed", sentence=str(error), counts={})


async def _note(desk: Desk, fact: str, value: str) -> None:
    """Note a fact; a cache that cannot be written now is no reason to stop syncing."""
    with suppress(AwraError):
        await desk.write(facts.set, fact, value)


async def _wait(desk: Desk, at: dt.datetime, stop: asyncio.Event, *, watched: bool) -> None:
    """Wait for a moment, for ``stop``, or, where that is ``watched``, for other tokens than now.

    A clock that is set back meanwhile takes the moment with it.
    """
    before = await _tokens(desk) if watched else ""
    seen = clock.now()
    while not stop.is_set() and (left := (at - clock.now()).total_seconds()) > 0:
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), min(left, LOOK_SECONDS))
        now = clock.now()
        if now < seen:
            at -= seen - now
            await _note(desk, facts.NEXT_SYNC, clock.stamp(at))
        seen = now
        if watched and await _tokens(desk) != before:
            return


async def _tokens(desk: Desk) -> str:
    """Return what tells one connection from the next: it changes when a person connects or unlocks."""
    try:
        token = await asyncio.to_thread(desk.secrets.get, f"{desk.profile.id}/refresh_token")
    except AwraError:
        return ""
    return hashlib.sha256((token or "").encode()).hexdigest()
