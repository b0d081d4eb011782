"""Passes that are cut short, and passes that meet: nothing twice, nothing forgotten, said in words."""

import asyncio
import contextlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from awra_tui.actions.sync import Progress, sync_now
from awra_tui.cache.pages import log
from awra_tui.cache.store import facts, leases, links, outbox, records, runs
from awra_tui.cache.store.records import Judged
from awra_tui.records.qbo import Link
from awra_tui.records.record import SourceRecord
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.settings import http
from awra_tui.sources.files.source import FilesSource
from awra_tui.sync import leases as sync_leases
from awra_tui.sync.desk import Desk
from awra_tui.sync.parcels import BATCH
from tests.office import BooksCompany, fault, office, write_ledger
from tests.watch import Watch


class Beating:
    """The event loop's module as leases see it, with a sleep of the test's own."""

    def __init__(self, sleep: Any) -> None:
        self.sleep = sleep

    def __getattr__(self, name: str) -> Any:
        return getattr(asyncio, name)


MANY = {f"INV-{number}": f"{number}.25" for number in range(1, 101)}


@pytest.mark.parametrize("when", ["before it arrives", "after it was booked"])
async def test_a_cancelled_pass_is_recorded_and_the_next_one_heals(
    watch: Watch, tmp_path: Path, when: str
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, MANY)
    with office(tmp_path, company) as desk:
        reached = asyncio.Event()

        async def hang(request: http.Request) -> None:
            if len(company.wire.sent) == 3:
                if when == "after it was booked":
                    await http.ASGITransport.handle_async_request(company.wire, request)
                reached.set()
                await asyncio.Event().wait()

        company.wire.before = hang
        work = asyncio.create_task(sync_now(desk))
        await reached.wait()
        work.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await work
        assert work.cancelled()
        run = desk.cache.now(log.last_run)
        assert run is not None
        assert run.outcome == "stopped"
        assert "Stopped by" in run.sentence
        assert desk.cache.now(leases.holder_of, sync_leases.SENDING) == ""
        assert len(desk.cache.now(outbox.unanswered)) >= 1
        company.wire.before = None
        await sync_now(desk)
        watch.forward(minutes=3)
        await sync_now(desk)
        assert sorted(one["DocNumber"] for one in company.all("Invoice")) == sorted(MANY)
        assert {one.status for one in _invoices(desk)} == {Status.SUCCEEDED}


def _invoices(desk: Desk) -> list[Any]:
    return list(desk.cache.now(records.many, [RecordKey("invoice", number) for number in MANY]).values())


async def test_a_pass_beside_another_is_busy_and_sends_nothing(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "1.00"})
    with office(tmp_path, company) as desk:
        desk.cache.now(leases.acquire, sync_leases.SENDING, "asha@till #77.ab", 60)
        result = await sync_now(desk)
        assert (result.outcome, result.run_id) == ("busy", 0)
        assert result.sentence.startswith("asha@till is sending for this profile")
        assert result.sentence.endswith("What was killed gives way within a minute.")
        assert company.wire.sent == []
        watch.forward(seconds=61)
        assert (await sync_now(desk)).outcome == "done"


async def test_two_passes_of_one_console_at_once_send_once(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "1.00"})
    with office(tmp_path, company) as desk:
        results = await asyncio.gather(sync_now(desk), sync_now(desk))
        assert sorted(result.outcome for result in results) == ["busy", "done"]
        assert len(company.all("Invoice")) == 1


async def test_who_slept_while_another_took_over_stops_before_sending(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "1.00"})
    with office(tmp_path, company) as desk:

        async def sleep_long(request: http.Request) -> None:
            watch.forward(minutes=10)
            await desk.write(leases.acquire, sync_leases.SENDING, "asha@till #77.ab", 60)

        company.wire.before = sleep_long
        result = await sync_now(desk)
        assert result.outcome == "stopped"
        assert "Another console took over" in result.sentence
        assert len(company.wire.sent) == 1
        assert company.all("Invoice") == []
        assert desk.cache.now(leases.holder_of, sync_leases.SENDING) == "asha@till #77.ab"


async def test_what_waits_for_its_turn_does_not_leave_after_another_took_over(
    watch: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("awra_tui.sync.office.AT_ONCE", 1)
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, MANY)
    with office(tmp_path, company) as desk:

        async def take_over(request: http.Request) -> None:
            if request.url.path.endswith("batch"):
                company.wire.before = None
                watch.forward(minutes=10)
                await desk.write(leases.acquire, sync_leases.SENDING, "asha@till #77.ab", 60)

        company.wire.before = take_over
        result = await sync_now(desk)
        assert (result.outcome, len(company.all("Invoice"))) == ("stopped", BATCH)
        assert "Another console took over" in result.sentence
        assert desk.cache.now(outbox.unanswered) == []


@pytest.mark.parametrize("answered", [True, False])
async def test_who_lost_the_right_to_send_leaves_what_another_pass_judged(
    watch: Watch, tmp_path: Path, *, answered: bool
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "1.00"})
    judged = Judged(key=RecordKey("invoice", "INV-1"), status=Status.FAILED, verdicts=())
    with office(tmp_path, company) as desk:

        async def take_over(request: http.Request) -> None:
            watch.forward(minutes=10)
            await desk.write(leases.acquire, sync_leases.SENDING, "asha@till #77.ab", 60)
            await desk.write(records.judge, judged)
            if not answered:
                company.wire.refusal = lambda: fault("6190", "Subscription period has ended")

        company.wire.before = take_over
        result = await sync_now(desk)
        assert result.outcome == "stopped"
        assert ("Another console took over" in result.sentence) is answered
        assert desk.cache.now(records.many, [judged.key])[judged.key].status is Status.FAILED


async def test_who_slept_while_another_took_over_stops_reading(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "1.00"})
    with office(tmp_path, company) as desk:

        def sleep_long(progress: Progress) -> None:
            if progress.stage.startswith("Reading source"):
                watch.forward(minutes=10)
                desk.cache.now(leases.acquire, sync_leases.SENDING, "asha@till #77.ab", 60)

        result = await sync_now(desk, progress=sleep_long)
        assert (result.outcome, company.wire.sent) == ("failed", [])
        assert "Another console took over" in result.sentence
        assert desk.cache.now(facts.get, "source_signature") == ""
        assert desk.cache.now(leases.holder_of, sync_leases.SENDING) == "asha@till #77.ab"


def connect_late() -> None:
    links.add(
        Link(kind="invoice", source_id="INV-150", entity="Invoice", qbo_id="999", how="connected"),
        "asha@till",
    )


def send_late() -> None:
    request = outbox.Request(requestid="late", method="POST", path="invoice", params={}, body=b"{}")
    sent = outbox.Attempt(key=RecordKey("invoice", "INV-150"), operation="create", entity="Invoice")
    outbox.mark_sent(outbox.prepare(request, [sent], run_id=1, who="asha@till"))


@pytest.mark.parametrize("quicker", [connect_late, send_late])
async def test_a_record_that_somebody_else_was_quicker_with_is_not_sent(
    watch: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quicker: Callable[[], None]
) -> None:
    monkeypatch.setattr("awra_tui.sync.office.AT_ONCE", 1)
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {f"INV-{number}": f"{number}.25" for number in range(1, 151)})
    with office(tmp_path, company) as desk:

        async def overtake(request: http.Request) -> None:
            if request.url.path.endswith("batch"):
                company.wire.before = None
                await desk.write(quicker)

        company.wire.before = overtake
        result = await sync_now(desk)
        assert result.outcome == "done", result.sentence
        sent = {one["DocNumber"] for one in company.all("Invoice")}
        assert sent == {f"INV-{number}" for number in range(1, 150)}


async def test_a_run_whose_process_died_is_ended_by_the_next(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "1.00"})
    with office(tmp_path, company) as desk:
        dead = desk.cache.now(runs.begin, "person", "send", "asha@till")
        watch.forward(minutes=2)
        await sync_now(desk)
        run = desk.cache.now(log.run, dead)
        assert run is not None
        assert run.outcome == "died"


async def test_a_long_pass_shows_that_it_lives(
    watch: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "1.00"})
    beaten = asyncio.Event()

    async def beat_at_once(seconds: float) -> None:
        assert seconds < sync_leases.SECONDS / 2
        beaten.set()
        await asyncio.tasks.sleep(0)

    monkeypatch.setattr(sync_leases, "asyncio", Beating(beat_at_once))
    with office(tmp_path, company) as desk:

        async def last_long(request: http.Request) -> None:
            for _ in range(4):
                watch.forward(seconds=50)
                for _ in range(3):
                    await beaten.wait()
                    beaten.clear()
                running = desk.cache.now(log.running)
                assert running is not None
                assert desk.cache.now(leases.holder_of, sync_leases.SENDING) != ""

        company.wire.before = last_long
        assert (await sync_now(desk)).outcome == "done"


async def test_an_error_of_our_own_is_no_stop_by_a_person(
    watch: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "1.00"})
    with office(tmp_path, company) as desk:
        monkeypatch.setattr("awra_tui.sync.levels.dispatch", None)
        with pytest.raises(TypeError):
            await sync_now(desk)
        run = desk.cache.now(log.last_run)
        assert run is not None
        assert run.outcome == "failed"
        assert "error of its own" in run.sentence
        assert desk.cache.now(leases.holder_of, sync_leases.SENDING) == ""


async def test_a_cancelled_pass_stops_the_reading_of_its_source(
    watch: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_ledger(tmp_path, MANY)
    begun, stopped = threading.Event(), threading.Event()

    def read_until_stopped(_source: FilesSource) -> Iterator[SourceRecord]:
        begun.set()
        stopped.wait()
        yield from ()

    monkeypatch.setattr(FilesSource, "read", read_until_stopped)
    monkeypatch.setattr(FilesSource, "stop", lambda _source: stopped.set())
    with office(tmp_path, BooksCompany("empty-us")) as desk:
        work = asyncio.create_task(sync_now(desk))
        await asyncio.to_thread(begun.wait)
        try:
            work.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await work
            assert stopped.is_set()
        finally:
            stopped.set()  # else its thread would be waited for without end
