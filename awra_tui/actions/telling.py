"""How far a long job of the cache is, told from its thread to whoever watches; and how it is stopped."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from awra_tui.cache.store.telling import Tell
from awra_tui.records.errors import AwraError
from awra_tui.sync.progress import Progress, Report

T = TypeVar("T")


class _StoppedError(AwraError):
    """Takes the job's transaction back."""


async def telling(
    stage: str, total: int, report: Report, work: Callable[[Tell], Coroutine[Any, Any, T]]
) -> T:
    """Return what a job of the cache answers; it tells how many it did since its last word.

    Stopped meanwhile, the job is taken back whole at its next word, and CancelledError is raised; where
    there is no next word it is done, and answers as if nobody had stopped it.
    """
    loop = asyncio.get_running_loop()
    done, stopped = 0, False

    def tell(more: int) -> None:
        nonlocal done
        if stopped:
            raise _StoppedError(f"{stage} was stopped; nothing was changed.")
        done += more
        loop.call_soon_threadsafe(report, Progress(stage=stage, done=done, total=total))

    working = asyncio.ensure_future(work(tell))
    try:
        return await asyncio.shield(working)
    except asyncio.CancelledError:
        stopped = True
        try:
            return await working
        except _StoppedError:
            raise asyncio.CancelledError from None
