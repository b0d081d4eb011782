"""Work that takes time: progress, leaving in the middle, and looking up what has no answer."""

import asyncio
from dataclasses import dataclass
from typing import Any

import pytest

from awra_tui import app as program
from awra_tui.actions import sync as syncing
from awra_tui.actions.sync import Progress, RunResult
from awra_tui.app import ConsoleApp
from awra_tui.records.errors import CacheError
from awra_tui.records.status import Status
from awra_tui.screens.recheck import RECHECK_SECONDS, Recheck
from awra_tui.widgets.bars import progress_text
from tests.screens.driving import press, settle, toasts
from tests.screens.fakes import FakeDesk


@pytest.mark.parametrize(
    ("looks", "due"),
    [
        ([(0, 0)], False),
        ([(1, 0), (1, RECHECK_SECONDS - 1)], False),
        ([(1, 0), (1, RECHECK_SECONDS)], True),
        ([(1, 0), (0, 60), (1, RECHECK_SECONDS)], False),
        ([(1, 0), (1, RECHECK_SECONDS), (1, RECHECK_SECONDS + 15)], False),
        ([(1, 0), (1, RECHECK_SECONDS), (1, 2 * RECHECK_SECONDS)], True),
    ],
)
def test_when_a_record_without_an_answer_is_looked_up(looks: list[tuple[int, float]], due: bool) -> None:
    recheck = Recheck()
    assert [recheck.is_due(unknown, at) for unknown, at in looks][-1] is due


@dataclass
class Due:
    """Stands in for the clock: always time, if there is anything."""

    def is_due(self, unknown: int, now: float) -> bool:
        return bool(unknown)


class Unanswered(FakeDesk):
    """A desk with records that were sent and have no answer."""

    unknown = 2

    def _tallies(self) -> dict[str, dict[str, int]]:
        return {"invoice": {Status.UNKNOWN: self.unknown, Status.SUCCEEDED: 7}}


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    triggers: list[str] = []

    async def sync_now(_desk: Any, *, trigger: str = "person", progress: Any = None) -> RunResult:
        triggers.append(trigger)
        return RunResult(run_id=1, outcome="done", sentence="Both are in QuickBooks.", counts={})

    monkeypatch.setattr(syncing, "sync_now", sync_now)
    monkeypatch.setattr(program, "Recheck", Due)
    return triggers


async def test_what_has_no_answer_is_looked_up_by_itself_and_said(synced: list[str]) -> None:
    app = ConsoleApp(Unanswered(), clock_frozen=True)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await settle(pilot)
        await app.look_after_unknown()
        await settle(pilot)
        assert synced == ["recheck"]
        assert "2 records have no answer yet: looking in QuickBooks." in toasts(app)
        assert toasts(app)[-1] == "Both are in QuickBooks."


async def test_nothing_is_looked_up_while_other_work_runs_or_nothing_is_missing(synced: list[str]) -> None:
    desk = Unanswered()
    app = ConsoleApp(desk, clock_frozen=True)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        never = asyncio.Event()
        app.start("Sending", lambda _report: never.wait())
        await app.look_after_unknown()
        app.stop()
        await settle(pilot)
        desk.unknown = 0
        await app.look_after_unknown()
        desk.fault = CacheError("The cache cannot be read.")
        await app.look_after_unknown()
        assert synced == []


async def test_leaving_stops_the_work_and_lets_it_note_that() -> None:
    noted: list[str] = []

    async def job(_report: Any) -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            await asyncio.sleep(0)
            noted.append("stopped")
            raise

    app = ConsoleApp(FakeDesk(), clock_frozen=True)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        app.start("Sending", job)
        await settle(pilot)
        await press(pilot, "q")
    assert noted == ["stopped"]
    assert not app.is_running


async def test_work_that_does_not_stop_does_not_keep_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "FAREWELL_SECONDS", 0.01)
    released = asyncio.Event()

    async def job(_report: Any) -> None:
        while not released.is_set():
            try:
                await released.wait()
            except asyncio.CancelledError:
                continue

    app = ConsoleApp(FakeDesk(), clock_frozen=True)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        app.start("Sending", job)
        await settle(pilot)
        app.leave()
        await app.workers.wait_for_complete([worker for worker in app.workers if worker.group == "leave"])
        assert app._exit
        released.set()


def test_a_pause_is_counted_down() -> None:
    paused = Progress(stage="Sending", done=3, total=9, pause_seconds=60)
    assert "goes on in 60 s" in progress_text(paused, 100)
    assert "goes on in 15 s" in progress_text(paused, 100, 45.2)
    assert "goes on in 0 s" in progress_text(paused, 100, 75)
