"""A driven console is waited for as long as it moves, and no longer."""

import asyncio
import time

from tests.quiet import SOON, until_quiet


async def test_a_timer_that_is_due_soon_is_waited_for_and_a_later_one_is_not() -> None:
    rung: list[str] = []
    loop = asyncio.get_running_loop()
    loop.call_later(SOON / 2, rung.append, "soon")
    later = loop.call_later(60, rung.append, "later")
    await until_quiet()
    later.cancel()
    assert rung == ["soon"]


async def test_a_job_in_a_thread_is_waited_for_with_what_follows_from_it() -> None:
    done: list[str] = []

    async def work() -> None:
        await asyncio.to_thread(time.sleep, 1.5 * SOON)
        await asyncio.sleep(0)
        done.append("work")

    task = asyncio.create_task(work())
    await until_quiet()
    assert done == ["work"]
    await task


async def test_what_waits_for_a_person_is_not_waited_for() -> None:
    answer = asyncio.get_running_loop().create_future()
    question = asyncio.ensure_future(asyncio.wait_for(answer, None))
    await asyncio.wait_for(until_quiet(max_sleep=600), 60)
    assert not question.done()
    answer.set_result("yes")
    await question
