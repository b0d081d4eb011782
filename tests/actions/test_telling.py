"""Long jobs of the cache tell how far they are, and are taken back whole when stopped, or are done."""

import asyncio
import threading
from collections.abc import Callable

import pytest

from awra_tui.actions.telling import telling
from awra_tui.cache.store.telling import Tell
from awra_tui.records.errors import AwraError
from awra_tui.sync.progress import Progress, silent


async def test_what_a_job_tells_from_its_thread_is_reported_on_the_loop() -> None:
    told: list[Progress] = []

    async def work(tell: Tell) -> str:
        await asyncio.to_thread(tell, 2)
        await asyncio.to_thread(tell, 3)
        return "done"

    assert await telling("Dismissing", 5, told.append, work) == "done"
    assert [(one.stage, one.done, one.total) for one in told] == [("Dismissing", 2, 5), ("Dismissing", 5, 5)]


class Job:
    """A job in a thread that stands still until it may go on."""

    def __init__(self, *words: int, then: Callable[[], str] = lambda: "done") -> None:
        self.began, self.may_go_on = asyncio.Event(), threading.Event()
        self._words, self._then = words, then

    async def work(self, tell: Tell) -> str:
        loop = asyncio.get_running_loop()

        def job() -> str:
            loop.call_soon_threadsafe(self.began.set)
            self.may_go_on.wait()
            for more in self._words:
                tell(more)
            return self._then()

        return await asyncio.to_thread(job)

    async def stopped(self) -> str:
        """Stop it while it stands still, then let it go on."""
        task = asyncio.ensure_future(telling("Dismissing", 5, silent, self.work))
        await self.began.wait()
        task.cancel()
        await asyncio.sleep(0)
        assert not task.done(), "what becomes of the job is not known yet"
        self.may_go_on.set()
        return await task


async def test_a_job_that_is_stopped_hears_of_it_at_its_next_word() -> None:
    with pytest.raises(asyncio.CancelledError):
        await Job(1).stopped()


async def test_a_job_that_has_no_word_left_is_done_and_is_not_told_as_stopped() -> None:
    assert await Job().stopped() == "done"


async def test_what_a_stopped_job_fails_of_is_told() -> None:
    def fail() -> str:
        raise AwraError("The disk is full.")

    with pytest.raises(AwraError, match="disk is full"):
        await Job(then=fail).stopped()
