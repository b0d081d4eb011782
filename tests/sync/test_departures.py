"""The moment at which a request leaves: what was held back is not unknown, what leaves late is noted anew."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from awra_tui.actions.sync import sync_now
from awra_tui.cache.pages.overview import tallies
from awra_tui.cache.store import leases, outbox
from awra_tui.qbo.client import QboClient
from awra_tui.qbo.throttle import THROTTLED_SECONDS
from awra_tui.records import clock
from awra_tui.records.status import Status
from awra_tui.settings import http
from awra_tui.sync import leases as sync_leases
from awra_tui.sync.office import StopRun
from awra_tui.sync.progress import SENDING, STEP, Progress
from tests.office import BooksCompany, office, write_ledger
from tests.watch import Watch

MANY = {f"INV-{number}": "10.00" for number in range(1, 101)}


class Holding:
    """Lets QuickBooks ask to wait at one request, and moves the time where the program waits for it."""

    def __init__(self, watch: Watch, company: BooksCompany, at: int) -> None:
        self._watch = watch
        self._company = company
        self._at = at
        self.meanwhile: Callable[[], Awaitable[object]] | None = None
        self.lost_from = 10**6
        company.wire.before = self.arrive

    async def arrive(self, request: http.Request) -> None:
        if len(self._company.wire.sent) == self._at:
            self._company.switch(throttle=True)
        if len(self._company.wire.sent) >= self.lost_from:
            raise http.ReadError("the connection was closed", request=request)

    async def sleep(self, seconds: float) -> None:
        if seconds < STEP:
            return  # the pace itself
        self._company.switch(throttle=False)
        self._watch.forward(seconds=seconds)
        if self.meanwhile is not None:
            await self.meanwhile()


async def test_stopped_while_held_nothing_is_unknown(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, MANY)
    held = asyncio.Event()

    async def hang() -> None:
        held.set()
        await asyncio.Event().wait()

    with office(tmp_path, company) as desk:
        holding = Holding(watch, company, 2)
        holding.meanwhile = hang
        desk.sleep = holding.sleep
        work = asyncio.create_task(sync_now(desk))
        await held.wait()
        work.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await work
        assert work.cancelled()
        assert desk.cache.now(outbox.unanswered) == []
        statuses = {status for kind in desk.cache.now(tallies).values() for status in kind}
        assert Status.UNKNOWN not in statuses


async def test_a_schedule_that_is_ended_during_a_hold_ends_at_once_and_leaves_nothing_open(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, MANY)

    def stop(progress: Progress) -> None:
        if progress.pause_seconds and progress.stage == SENDING:
            raise StopRun("Told to stop.")

    with office(tmp_path, company) as desk:
        desk.sleep = Holding(watch, company, 2).sleep
        result = await sync_now(desk, progress=stop)
        assert (result.outcome, result.sentence) == ("stopped", "1 sent, then: Told to stop.")
        assert desk.cache.now(outbox.unanswered) == []
        assert desk.cache.now(tallies)["invoice"] == {Status.PENDING: len(MANY)}


async def test_after_a_hold_nothing_leaves_for_who_lost_the_right_to_send(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "1.00"})
    with office(tmp_path, company) as desk:

        async def take_over() -> None:
            watch.forward(minutes=10)
            await desk.write(leases.acquire, sync_leases.SENDING, "asha@till #77.ab", 60)

        holding = Holding(watch, company, 1)
        holding.meanwhile = take_over
        desk.sleep = holding.sleep
        result = await sync_now(desk)
        assert result.outcome == "stopped"
        assert "Another console took over" in result.sentence
        assert len(company.wire.sent) == 1
        assert desk.cache.now(outbox.unanswered) == []


@pytest.mark.parametrize("held", [True, False])
async def test_what_is_told_of_a_lost_answer_counts_from_when_it_left(
    watch: Watch, tmp_path: Path, held: bool
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "1.00"})
    began = watch.now
    with office(tmp_path, company) as desk:
        holding = Holding(watch, company, 1 if held else 0)
        holding.lost_from = 2 if held else 1
        desk.sleep = holding.sleep
        await sync_now(desk)
        [request] = desk.cache.now(outbox.unanswered)
        left = clock.parse_stamp(request.sent_at) - began
        assert (left >= timedelta(seconds=THROTTLED_SECONDS)) is held


@pytest.mark.parametrize("ended", [StopRun("Told to stop."), asyncio.CancelledError()])
async def test_what_is_proved_absent_and_held_back_on_its_second_way_goes_later(
    watch: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ended: BaseException
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "1.00"})

    async def hold_back(*_: object) -> None:
        raise ended

    with office(tmp_path, company) as desk:
        company.wire.before = lost
        await sync_now(desk)
        company.wire.before = None
        watch.forward(minutes=3)
        with monkeypatch.context() as patch, contextlib.suppress(asyncio.CancelledError):
            patch.setattr(QboClient, "send", hold_back)
            await sync_now(desk)
        assert desk.cache.now(tallies)["customer"] == {Status.PENDING: 1}
        assert (await sync_now(desk)).counts["succeeded"] == 2


async def lost(request: http.Request) -> None:
    raise http.ReadError("the connection was closed", request=request)
