"""The loop of syncing every so often: how it plans, survives and ends."""

import asyncio
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from awra_tui.actions.desk import Desk
from awra_tui.actions.schedule import sync_every, until_stopped
from awra_tui.cache.store import facts
from awra_tui.records import clock
from awra_tui.records.errors import CacheError
from awra_tui.sync.office import StopRun
from awra_tui.sync.progress import SENDING, Progress, Report, RunResult
from tests.office import BooksCompany, office
from tests.watch import Watch

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    (tmp_path / "source").mkdir()
    with office(tmp_path, BooksCompany("empty-us")) as opened:
        yield opened


def done(outcome: str = "done") -> RunResult:
    return RunResult(run_id=1, outcome=outcome, sentence="Done.", counts={})


async def test_each_pass_is_told_with_the_time_of_the_next(desk: Desk, watch: Watch) -> None:
    stop, seen = asyncio.Event(), []

    async def one(report: Report) -> RunResult:
        return done()

    def told(result: RunResult, following: str) -> None:
        seen.append((result.outcome, following, desk.cache.now(facts.get, facts.NEXT_SYNC)))
        stop.set()

    await sync_every(desk, HOUR, stop, told, one=one)
    following = clock.stamp(clock.now() + HOUR)
    assert seen == [("done", following, following)]
    assert desk.cache.now(facts.get, facts.NEXT_SYNC) == ""


async def test_a_pass_that_fails_does_not_end_the_schedule(desk: Desk) -> None:
    stop, outcomes = asyncio.Event(), []

    async def one(report: Report) -> RunResult:
        if not outcomes:
            raise CacheError("The disk is full.")
        return done()

    def told(result: RunResult, following: str) -> None:
        outcomes.append((result.outcome, result.sentence))
        if len(outcomes) == 2:
            stop.set()

    await sync_every(desk, dt.timedelta(0), stop, told, one=one)
    assert outcomes == [("failed", "The disk is full."), ("done", "Done.")]


async def test_asked_to_stop_while_sending_the_request_under_way_is_heard_out() -> None:
    stop, answered = asyncio.Event(), asyncio.Event()
    requests = []

    async def one(report: Report) -> RunResult:
        report(Progress(stage=SENDING))
        try:
            requests.append("first")
            stop.set()
            await answered.wait()
            requests.append("answered")
            report(Progress(stage=SENDING))
            requests.append("second")
        except StopRun:
            return done("stopped")
        return done()

    work = asyncio.create_task(until_stopped(one, stop))
    await stop.wait()
    assert not work.done()
    answered.set()
    result = await work
    assert result is not None
    assert (requests, result.outcome) == (["first", "answered"], "stopped")


async def test_asked_to_stop_while_nothing_is_under_way_ends_at_once() -> None:
    stop, ended = asyncio.Event(), []

    async def one(report: Report) -> RunResult:
        report(Progress(stage="Reading"))
        try:
            stop.set()
            await asyncio.Event().wait()
        finally:
            ended.append(True)
        return done()

    assert await until_stopped(one, stop) is None
    assert ended == [True]
