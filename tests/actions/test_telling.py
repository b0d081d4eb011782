"""Long jobs of the cache tell how far they are, and are taken back whole when stopped."""

import asyncio
from collections.abc import Callable

import pytest

from awra_tui.actions.telling import telling
from awra_tui.records.errors import AwraError
from awra_tui.sync.progress import Progress


async def test_what_a_job_tells_from_its_thread_is_reported_on_the_loop() -> None:
    told: list[Progress] = []
    with telling("Dismissing", 5, told.append) as tell:
        await asyncio.to_thread(tell, 2)
        await asyncio.to_thread(tell, 3)
        await asyncio.sleep(0)
    assert [(one.stage, one.done, one.total) for one in told] == [("Dismissing", 2, 5), ("Dismissing", 5, 5)]


async def test_a_job_that_is_stopped_hears_of_it_at_its_next_word() -> None:
    kept: list[Callable[[int], None]] = []

    async def stopped() -> None:
        with telling("Dismissing", 5, lambda _: None) as tell:
            kept.append(tell)
            raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await stopped()
    with pytest.raises(AwraError, match="nothing was changed"):
        kept[0](1)
