"""The loop of syncing every so often: how it plans, survives and ends."""

import asyncio
import datetime as dt
import itertools
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from awra_tui.actions import schedule
from awra_tui.actions.desk import Desk
from awra_tui.actions.schedule import sync_every, until_stopped
from awra_tui.cache.pages.overview import overview
from awra_tui.cache.store import facts
from awra_tui.cli import sync as sync_command
from awra_tui.cli.sync import reported
from awra_tui.records import clock
from awra_tui.records.errors import CacheError
from awra_tui.screens.overview_parts import banner, last_line
from awra_tui.sync.office import StopRun
from awra_tui.sync.progress import SENDING, Progress, Report, RunResult
from awra_tui.sync.retry import JITTER
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


async def test_what_did_not_get_through_is_tried_again_sooner_after_growing_waits(
    desk: Desk, watch: Watch
) -> None:
    stop, waits = asyncio.Event(), []
    outcomes = ["stopped", "busy", "failed", "done", "stopped"]

    async def one(report: Report) -> RunResult:
        return done(outcomes[len(waits)])

    def told(result: RunResult, following: str) -> None:
        at = clock.parse_stamp(following)
        waits.append((at - watch.now).total_seconds())
        watch.set(at)
        if len(waits) == len(outcomes):
            stop.set()

    await sync_every(desk, HOUR, stop, told, one=one)
    expected = [60, 120, 240, 3600, 60]
    for wait, seconds in zip(waits, expected, strict=True):
        slack = JITTER * seconds if seconds < 3600 else 0
        assert seconds - slack <= wait <= seconds + slack


async def test_no_wait_is_longer_than_the_interval(desk: Desk, watch: Watch) -> None:
    stop, waits = asyncio.Event(), []

    async def one(report: Report) -> RunResult:
        return done("stopped")

    def told(result: RunResult, following: str) -> None:
        waits.append((clock.parse_stamp(following) - watch.now).total_seconds())
        watch.set(clock.parse_stamp(following))
        if len(waits) == 4:
            stop.set()

    await sync_every(desk, dt.timedelta(minutes=3), stop, told, one=one)
    assert waits[-1] == 180


async def test_a_company_that_is_connected_again_is_not_waited_for_longer(
    desk: Desk, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop, outcomes = asyncio.Event(), []
    monkeypatch.setattr(schedule, "LOOK_SECONDS", 0.01)

    class Reconnected:
        """Tokens that a person replaces while the schedule waits."""

        def __init__(self) -> None:
            self.tokens = iter(["old", "old", "new"])

        def get(self, name: str) -> str:
            assert name == "office/refresh_token"
            return next(self.tokens)

    async def one(report: Report) -> RunResult:
        return done("done" if outcomes else "stopped")

    def told(result: RunResult, following: str) -> None:
        outcomes.append(result.outcome)
        if len(outcomes) == 2:
            stop.set()

    monkeypatch.setattr(desk, "secrets", Reconnected())
    await asyncio.wait_for(sync_every(desk, HOUR, stop, told, one=one), 20)
    assert outcomes == ["stopped", "done"]


async def test_life_is_shown_while_it_runs_and_its_end_in_order_is_no_silence(
    desk: Desk, watch: Watch
) -> None:
    stop, seen = asyncio.Event(), []

    async def one(report: Report) -> RunResult:
        seen.append(await desk.page(facts.get, facts.SCHEDULE_ALIVE))
        return done()

    def told(result: RunResult, following: str) -> None:
        stop.set()

    await sync_every(desk, HOUR, stop, told, one=one)
    assert seen == [clock.stamp()]
    watch.forward(hours=3)
    assert not desk.cache.now(overview).is_schedule_silent


async def test_a_schedule_that_died_is_told_by_its_silence(desk: Desk, watch: Watch) -> None:
    desk.cache.now(facts.set, facts.SCHEDULE_ALIVE, clock.stamp())
    watch.forward(minutes=4)
    page = desk.cache.now(overview)
    assert (page.is_schedule_silent, banner(page).plain) == (False, "")
    assert "scheduled sync alive 4 min ago" in last_line(page, 100).plain
    watch.forward(hours=3)
    page = desk.cache.now(overview)
    assert banner(page).plain.startswith("▲ The scheduled sync has been silent for 3 h. Start it again")
    assert "alive" not in last_line(page, 100).plain


async def test_trouble_is_said_once_and_lines_for_scripts_come_each_time(
    desk: Desk, watch: Watch, capsys: pytest.CaptureFixture[str]
) -> None:
    outcomes = iter(["stopped", "stopped", "done", "stopped"])
    said = reported(desk)
    for outcome in outcomes:
        said(done(outcome), "")
    assert capsys.readouterr().out.count("Done.") == 3


async def test_a_cache_that_cannot_be_read_for_a_moment_costs_the_count_and_no_more(
    desk: Desk, watch: Watch, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def locked(_: Desk) -> int:
        raise CacheError("The cache is locked.")

    monkeypatch.setattr(sync_command, "open_warnings", locked)
    reported(desk)(done(), "")
    reported(desk, as_json=True)(done(), "")
    text, line = capsys.readouterr().out.splitlines()
    assert text.endswith("Z Done.")
    assert json.loads(line)["warnings"] is None


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


@pytest.mark.parametrize(
    ("moves", "passes"),
    [
        ([{"minutes": 59}], 1),
        ([{"minutes": 61}], 2),
        ([{"hours": 9}], 2),
        ([{"hours": -1}, {"minutes": 59}], 1),
        ([{"hours": -1}, {"minutes": 61}], 2),
        ([{"minutes": 30}, {"hours": -1}, {"minutes": 31}], 2),
        ([{"minutes": 30}, {"hours": -1}, {"minutes": 29}], 1),
    ],
    ids=str,
)
async def test_a_clock_that_jumps_makes_the_schedule_neither_skip_nor_run_twice(
    desk: Desk,
    watch: Watch,
    monkeypatch: pytest.MonkeyPatch,
    moves: list[dict[str, float]],
    passes: int,
) -> None:
    stop, begun, first, looked = asyncio.Event(), [], asyncio.Event(), asyncio.Event()

    async def one(report: Report) -> RunResult:
        begun.append(clock.now())
        return done()

    def told(result: RunResult, following: str) -> None:
        first.set()

    now = clock.now

    def look() -> dt.datetime:
        looked.set()
        return now()

    monkeypatch.setattr(schedule, "LOOK_SECONDS", 0.001)
    monkeypatch.setattr(clock, "now", look)
    work = asyncio.create_task(sync_every(desk, HOUR, stop, told, one=one))
    await first.wait()
    for move in moves:
        watch.forward(**move)
        for _ in range(8):
            looked.clear()
            await looked.wait()
    stop.set()
    await work
    assert len(begun) == passes


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Africa/Nairobi"])
async def test_an_hour_is_an_hour_though_summer_begins_or_ends(
    desk: Desk, watch: Watch, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        for start in ((2026, 3, 8), (2026, 3, 29), (2026, 10, 25), (2026, 11, 1), (2028, 2, 29)):
            stop, planned = asyncio.Event(), []

            async def one(report: Report) -> RunResult:
                return done()

            def told(
                result: RunResult,
                following: str,
                planned: list[dt.datetime] = planned,
                stop: asyncio.Event = stop,
            ) -> None:
                planned.append(clock.parse_stamp(following))
                watch.set(planned[-1])
                if len(planned) == 12:
                    stop.set()

            watch.set(dt.datetime(*start, tzinfo=dt.UTC))
            await sync_every(desk, HOUR, stop, told, one=one)
            steps = {after - before for before, after in itertools.pairwise(planned)}
            assert steps == {HOUR}
    finally:
        monkeypatch.setenv("TZ", "UTC")
        time.tzset()
