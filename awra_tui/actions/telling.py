"""How far a long job of the cache is, told from its thread to whoever watches."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from awra_tui.records.errors import AwraError
from awra_tui.sync.progress import Progress, Report


@contextmanager
def telling(stage: str, total: int, report: Report) -> Iterator[Callable[[int], None]]:
    """Yield what a job calls with how many it did since the last call.

    Where the work is stopped meanwhile, the next call raises AwraError, so that the job's transaction
    takes everything back.
    """
    loop = asyncio.get_running_loop()
    done, stopped = 0, False

    def tell(more: int) -> None:
        nonlocal done
        if stopped:
            raise AwraError(f"{stage} was stopped; nothing was changed.")
        done += more
        loop.call_soon_threadsafe(report, Progress(stage=stage, done=done, total=total))

    try:
        yield tell
    except asyncio.CancelledError:
        stopped = True
        raise
