"""A clock that jumps while something is under way: no attempt is lost, and nothing waits for the past."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from awra_tui.actions.sync import sync_now
from awra_tui.cache.pages import log
from awra_tui.cache.store import budget, leases, outbox, records, runs
from awra_tui.cache.stored import StoredRecord
from awra_tui.records import clock
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.settings import http
from awra_tui.sync import leases as sync_leases
from awra_tui.sync.desk import Desk
from tests.office import BooksCompany, fault, office, write_ledger
from tests.watch import START, Watch

MANY = {f"INV-{number}": f"{number}.25" for number in range(1, 81)}
DEAD = "asha@till #77.ab"


@dataclass(frozen=True)
class Jump:
    """From when the clock jumps by how many seconds, at a place."""

    seconds: float
    since: datetime = START
    zone: str = "Africa/Nairobi"


JUMPS = {
    "an hour of sleep": Jump(3600),
    "a night of sleep": Jump(11 * 3600),
    "set back an hour": Jump(-3600),
    "set back half a minute": Jump(-30),
    "midnight in UTC": Jump(20, datetime(2026, 11, 30, 23, 59, 50, tzinfo=UTC)),
    "midnight at the place": Jump(20, datetime(2026, 11, 30, 20, 59, 50, tzinfo=UTC)),
    "summer begins in Berlin": Jump(20, datetime(2026, 3, 29, 0, 59, 50, tzinfo=UTC), "Europe/Berlin"),
    "summer ends in Berlin": Jump(20, datetime(2026, 10, 25, 0, 59, 50, tzinfo=UTC), "Europe/Berlin"),
    "summer begins in New York": Jump(20, datetime(2026, 3, 8, 6, 59, 50, tzinfo=UTC), "America/New_York"),
    "summer ends in New York": Jump(20, datetime(2026, 11, 1, 5, 59, 50, tzinfo=UTC), "America/New_York"),
    "into the leap day": Jump(20, datetime(2028, 2, 28, 23, 59, 50, tzinfo=UTC), "UTC"),
    "out of the leap day": Jump(20, datetime(2028, 2, 29, 23, 59, 50, tzinfo=UTC), "UTC"),
}


@pytest.fixture(autouse=True)
def _zone_again(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    yield
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()


def live_in(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Move to another place."""
    monkeypatch.setenv("TZ", zone)
    time.tzset()


def invoices(desk: Desk) -> list[StoredRecord]:
    return list(desk.cache.now(records.many, [RecordKey("invoice", number) for number in MANY]).values())


def lose(request: http.Request, answer: http.Response) -> None:
    """Lose every answer after the books were changed."""


@pytest.mark.parametrize("when", ["as it leaves", "as it is answered", "as its answer is lost"])
@pytest.mark.parametrize("jump", JUMPS.values(), ids=JUMPS)
async def test_no_attempt_is_lost_and_none_made_twice(
    watch: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jump: Jump, when: str
) -> None:
    live_in(jump.zone, monkeypatch)
    watch.set(jump.since)
    company = BooksCompany("empty-us")
    company.switch(requestid_ignored=True)
    write_ledger(tmp_path, MANY)
    jumped: list[str] = []

    def once(request: http.Request) -> bool:
        if jumped or not request.url.path.endswith("/batch"):
            return False
        jumped.append(when)
        watch.forward(seconds=jump.seconds)
        return True

    async def before(request: http.Request) -> None:
        once(request)

    def tamper(request: http.Request, answer: http.Response) -> http.Response | None:
        return None if once(request) and when == "as its answer is lost" else answer

    async def sleep(seconds: float) -> None:
        watch.forward(seconds=seconds)

    with office(tmp_path, company) as desk:
        desk.sleep = sleep
        if when == "as it leaves":
            company.wire.before = before
        else:
            company.wire.tamper = tamper
        for _ in range(4):
            result = await sync_now(desk)
            assert result.outcome in {"done", "nothing"}, result.sentence
            assert desk.cache.now(leases.holder_of, sync_leases.SENDING) == ""
            watch.forward(seconds=130)
        assert jumped == [when]
        assert sorted(one["DocNumber"] for one in company.all("Invoice")) == sorted(MANY)
        assert {one.status for one in invoices(desk)} == {Status.SUCCEEDED}
        assert desk.cache.now(outbox.unanswered) == []
        assert {row.outcome for row in desk.cache.now(log.attempts)} <= {"succeeded", "not_sent"}
        assert desk.cache.now(log.running) is None


async def ready(desk: Desk, folder: Path, company: BooksCompany) -> None:
    """Bring the customer over, then write the invoice that the test is about."""
    write_ledger(folder, {"INV-0": "1.00"})
    await sync_now(desk)
    write_ledger(folder, {"INV-0": "1.00", "INV-1": "10.00"})
    company.wire.sent.clear()


async def test_after_the_clock_was_set_back_absence_is_proof_after_120_seconds_all_the_same(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")

    async def drop(request: http.Request) -> None:
        company.wire.before = None
        raise http.ReadError("the connection was closed", request=request)

    with office(tmp_path, company) as desk:
        await ready(desk, tmp_path, company)
        company.wire.before = drop
        await sync_now(desk)
        watch.forward(hours=-1)
        await sync_now(desk)
        watch.forward(seconds=119)
        await sync_now(desk)
        assert len(company.wire.sent) == 1
        watch.forward(seconds=2)
        await sync_now(desk)
        first, again = company.wire.sent
        assert (str(again.url), again.content) == (str(first.url), first.content)
        assert len(company.all("Invoice")) == 2


async def test_a_name_that_was_booked_before_the_clock_was_set_back_is_found(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    company.switch(requestid_ignored=True)
    write_ledger(tmp_path, {"INV-1": "10.00"})
    with office(tmp_path, company) as desk:

        def lose_and_set_right(request: http.Request, answer: http.Response) -> Any:
            company.wire.tamper = None

        # Ours is an hour ahead of QuickBooks' when the customer is sent, and set right then.
        async def ahead(request: http.Request) -> None:
            company.wire.before = None
            watch.forward(hours=-1)

        company.wire.before, company.wire.tamper = ahead, lose_and_set_right
        await sync_now(desk)
        watch.forward(minutes=3)
        await sync_now(desk)
        assert len(company.all("Customer")) == 1
        assert desk.cache.now(outbox.unanswered) == []
        assert len(company.all("Invoice")) == 1


async def test_a_try_is_not_waited_for_longer_because_the_clock_was_set_back(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    with office(tmp_path, company) as desk:
        await ready(desk, tmp_path, company)
        busy = fault("6000", "A business validation error", "Please wait a few minutes")
        company.wire.refusal = lambda: busy
        await sync_now(desk)
        company.wire.refusal = None
        key = RecordKey("invoice", "INV-1")
        [waiting] = desk.cache.now(records.many, [key]).values()
        assert waiting.status is Status.RETRYING
        watch.forward(hours=-1)
        await sync_now(desk)
        [arrived] = desk.cache.now(records.many, [key]).values()
        assert arrived.status is Status.SUCCEEDED


@pytest.mark.parametrize("back", [{"hours": 1}, {"minutes": 5}, {"days": 1}], ids=str)
async def test_a_dead_holder_does_not_hold_the_lease_when_the_clock_was_set_back(
    watch: Watch, tmp_path: Path, back: dict[str, float]
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "10.00"})
    with office(tmp_path, company) as desk:
        dead = desk.cache.now(runs.begin, "person", "send", DEAD)
        assert desk.cache.now(leases.acquire, sync_leases.SENDING, DEAD, sync_leases.SECONDS)
        watch.set(watch.now - timedelta(**back))
        assert desk.cache.now(leases.holder_of, sync_leases.SENDING) == ""
        assert (await sync_now(desk)).outcome == "done"
        run = desk.cache.now(log.run, dead)
        assert run is not None
        assert run.outcome == "died"


@pytest.mark.parametrize("back", [0, 30, 60, 90, 3600])
async def test_a_dead_holder_holds_a_lease_for_two_minutes_at_most_however_the_clock_was_set_back(
    watch: Watch, tmp_path: Path, back: int
) -> None:
    with office(tmp_path, BooksCompany("empty-us")) as desk:
        assert desk.cache.now(leases.acquire, sync_leases.SENDING, DEAD, sync_leases.SECONDS)
        watch.forward(seconds=-back)
        held = 0
        for _ in range(0, back + 180, 10):
            held += bool(desk.cache.now(leases.holder_of, sync_leases.SENDING))
            watch.forward(seconds=10)
        assert 10 * held <= 2 * sync_leases.SECONDS
        assert desk.cache.now(leases.acquire, sync_leases.SENDING, "me", sync_leases.SECONDS)


async def test_a_pause_and_a_turn_of_before_the_clock_was_set_back_hold_nothing(
    watch: Watch, tmp_path: Path
) -> None:
    limits = budget.Limits()
    with office(tmp_path, BooksCompany("empty-us")) as desk:
        desk.cache.now(budget.pause, "1", clock.now().timestamp() + 60)
        assert desk.cache.now(budget.paused, "1") == 60
        assert desk.cache.now(partial(budget.reserve, "1", batch=True, limits=limits)) == 60
        watch.forward(hours=-1)
        assert desk.cache.now(budget.paused, "1") == 0
        assert desk.cache.now(partial(budget.reserve, "1", batch=True, limits=limits)) == 0
        desk.cache.now(budget.pause, "1", clock.now().timestamp() + 60)
        assert desk.cache.now(budget.paused, "1") == 60


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Africa/Nairobi", "UTC"])
async def test_reads_are_counted_by_the_day_of_utc_wherever_one_is(
    watch: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    live_in(zone, monkeypatch)
    read = partial(budget.reserve, "1", batch=False, limits=budget.Limits(), read=True)
    with office(tmp_path, BooksCompany("empty-us")) as desk:
        for end in (datetime(2026, 3, 31, tzinfo=UTC), datetime(2028, 2, 29, tzinfo=UTC)):
            watch.set(end.replace(hour=23, minute=59, second=59))
            desk.cache.now(read)
            watch.forward(seconds=1)
            assert desk.cache.now(budget.reads_today, "1") == 0
            desk.cache.now(read)
            desk.cache.now(read)
            assert desk.cache.now(budget.reads_today, "1") == 2
            assert desk.cache.now(budget.reads_this_month, "1") == 2


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York"])
def test_stamps_sort_through_the_hour_that_comes_twice(
    watch: Watch, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    live_in(zone, monkeypatch)
    stamps = []
    for start in (datetime(2026, 10, 24, 23, tzinfo=UTC), datetime(2026, 11, 1, 4, tzinfo=UTC)):
        watch.set(start)
        for _ in range(18):
            stamps.append(clock.stamp())
            watch.forward(minutes=10)
    assert stamps == sorted(set(stamps))
