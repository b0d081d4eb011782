"""When nothing is under way any more: told by the event loop itself, instead of by waiting and looking.

Textual's own test driver sleeps for a fiftieth of a second, several times for each key, and takes a
process that used no processor meanwhile for idle: that is long, and wrong where others use the machine.
"""

import asyncio
import time
import weakref
from asyncio.base_events import BaseEventLoop
from typing import Any

import pytest
import textual.app
import textual.pilot

SOON = 0.02
"""Seconds: a timer that is due within them belongs to what is under way, such as drawing the screen."""
PATIENCE = 0.1
"""Seconds that a job in a thread is waited for: it may have to wait for a processor."""
WAITS = 5
"""How often is waited at least: while others use the machine, time passes in which nothing here can move."""
OWN_FILES = 1
"""Every loop listens to itself."""

_jobs: weakref.WeakKeyDictionary[Any, set[asyncio.Future[Any]]] = weakref.WeakKeyDictionary()
_run_in_executor = BaseEventLoop.run_in_executor


def install(patch: pytest.MonkeyPatch) -> None:
    """Let every driven app be waited for with ``until_quiet``."""
    patch.setattr(BaseEventLoop, "run_in_executor", _noted)
    for module in (textual.app, textual.pilot):
        patch.setattr(module, "wait_for_idle", until_quiet)


def _noted(loop: BaseEventLoop, executor: Any, func: Any, *args: Any) -> asyncio.Future[Any]:
    """Hand a job to a thread and remember it until its answer has come."""
    job = _run_in_executor(loop, executor, func, *args)
    jobs = _jobs.setdefault(loop, set())
    jobs.add(job)
    job.add_done_callback(jobs.discard)
    return job


async def until_quiet(_: float = 0.0, max_sleep: float = 1.0) -> None:
    """Wait until no task can go on: each waits for a person, or for a moment that is not soon.

    A job in a thread, a socket and a timer that is due soon are waited for while something moves. The
    first argument is the least time to wait, which nothing here needs.
    """
    loop: Any = asyncio.get_running_loop()
    started = moved = time.monotonic()
    waits = 0
    while (now := time.monotonic()) < started + max_sleep:
        await asyncio.sleep(0)
        await asyncio.sleep(0)  # what a socket or a thread has ready stands in the queue now
        if loop._ready:
            moved, waits = now, 0
            continue
        jobs = _jobs.get(loop)
        if waits >= WAITS and now > moved + (PATIENCE if jobs else SOON):
            return
        waits += 1
        if jobs:
            await asyncio.wait(jobs, timeout=SOON, return_when=asyncio.FIRST_COMPLETED)
        elif (wait := _next(loop)) is not None:
            await asyncio.sleep(wait)
        else:
            return


def _next(loop: Any) -> float | None:
    """Return the seconds until something may come of itself, or None where nothing will soon."""
    if len(loop._selector.get_map()) > OWN_FILES:
        return SOON / 4
    now = loop.time()
    due = [timer.when() for timer in loop._scheduled if not timer.cancelled() and timer.when() < now + SOON]
    return max(0.0, min(due) - now) if due else None
