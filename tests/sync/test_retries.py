"""Retries: transient trouble of a record is counted and ends; trouble of QuickBooks is not the records'."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from awra_tui.actions.sync import sync_now
from awra_tui.cache.pages.log import attempts
from awra_tui.cache.pages.overview import tallies
from awra_tui.cache.pages.warnings import WarningQuery, warnings_all
from awra_tui.cache.store import records
from awra_tui.qbo.json import decode_object
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.settings import http
from awra_tui.sync import parcels
from awra_tui.sync.answers import MANY
from awra_tui.sync.desk import Desk
from awra_tui.sync.outbox import LOST_LIMIT
from awra_tui.sync.retry import Retry
from tests.office import BooksCompany, empty_company, office, write_ledger
from tests.watch import Watch

LIMIT = 3
FIRST = RecordKey("invoice", "INV-1")
BUSY = {"Message": "A business validation error", "Detail": "Please wait a few minutes", "code": "6000"}


def ledger(number: int) -> dict[str, str]:
    return {f"INV-{place}": "10.00" for place in range(1, number + 1)}


class Moody(http.AsyncBaseTransport):
    """The wire to a company that, while it is in a mood, answers writes of invoices by itself."""

    def __init__(self, company: BooksCompany) -> None:
        self._wire = company.wire
        self.mood = ""
        self.refused = 0

    async def handle_async_request(self, request: http.Request) -> http.Response:
        writes = request.method == "POST" and request.url.path.endswith(("/invoice", "/batch"))
        if not self.mood or not writes:
            return await self._wire.handle_async_request(request)
        self.refused += 1
        return http.Response(503) if self.mood == "down" else _busy(request)


def _busy(request: http.Request) -> http.Response:
    if request.url.path.endswith("/invoice"):
        return http.Response(400, json={"Fault": {"Error": [BUSY], "type": "ValidationFault"}})
    items = decode_object(request.content)["BatchItemRequest"]
    answers = [{"bId": item["bId"], "Fault": {"Error": [BUSY], "type": "ValidationFault"}} for item in items]
    return http.Response(200, json={"BatchItemResponse": answers})


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let batches be small, because every record of an outage is looked up."""
    monkeypatch.setattr(parcels, "BATCH", MANY)


company = empty_company


@pytest.fixture
def moody(watch: Watch, company: BooksCompany) -> Moody:
    return Moody(company)


@pytest.fixture
def desk(tmp_path: Path, company: BooksCompany, moody: Moody) -> Iterator[Desk]:
    settings = (f"sync.retry_limit={LIMIT}", "sync.retry_first_wait_seconds=60")
    write_ledger(tmp_path, {})
    with office(tmp_path, company, overrides=settings) as opened:
        opened.transport = moody
        yield opened


def reasons(desk: Desk) -> set[str]:
    return {one.reason for one in desk.cache.now(warnings_all, WarningQuery(kinds=("invoice",)))}


def statuses(desk: Desk) -> dict[str, int]:
    return desk.cache.now(tallies)["invoice"]


def test_waits_are_spread_so_that_what_failed_together_comes_apart(watch: Watch) -> None:
    assert len({Retry(60).when(1) for _ in range(50)}) > 40


async def test_tries_are_counted_shown_and_end(
    watch: Watch, tmp_path: Path, desk: Desk, moody: Moody
) -> None:
    write_ledger(tmp_path, ledger(1))
    moody.mood = "busy"
    for tries in range(1, LIMIT + 1):
        await sync_now(desk)
        stored = desk.cache.now(records.many, [FIRST])[FIRST]
        assert stored.attempts == tries
        [answer] = [verdict.sentence for verdict in stored.verdicts if verdict.step == "answer"]
        assert answer.endswith("tried 1 time" if tries == 1 else f"tried {tries} times")
        expected = Status.NEEDS_ATTENTION if tries == LIMIT else Status.RETRYING
        assert stored.status is expected
        watch.forward(hours=2)
    assert reasons(desk) == {"tried_too_often"}
    await sync_now(desk)
    assert moody.refused == LIMIT


@pytest.mark.parametrize("mood", ["busy", "down"])
async def test_an_outage_ends_the_pass_and_uses_up_no_records_tries(
    watch: Watch, tmp_path: Path, desk: Desk, moody: Moody, mood: str
) -> None:
    number = 10 * MANY
    write_ledger(tmp_path, ledger(number))
    moody.mood = mood
    for _ in range(LIMIT + 1):
        before = moody.refused
        result = await sync_now(desk)
        assert result.outcome == "stopped"
        assert LOST_LIMIT <= moody.refused - before < number // MANY
        watch.forward(hours=2)
    assert Status.NEEDS_ATTENTION not in statuses(desk)
    moody.mood = ""
    for _ in range(2):
        await sync_now(desk)
        watch.forward(hours=2)
    assert statuses(desk) == {Status.SUCCEEDED: number}
    assert reasons(desk) == set()


async def test_an_outage_is_not_the_last_try_of_what_was_refused_before(
    watch: Watch, tmp_path: Path, desk: Desk, moody: Moody
) -> None:
    write_ledger(tmp_path, ledger(1))
    moody.mood = "busy"
    for _ in range(LIMIT - 1):
        await sync_now(desk)
        watch.forward(hours=2)
    write_ledger(tmp_path, ledger(MANY))
    await sync_now(desk)
    assert (statuses(desk), reasons(desk)) == ({Status.RETRYING: MANY}, {"busy"})


async def test_what_waits_for_an_outage_to_end_says_so(tmp_path: Path, desk: Desk, moody: Moody) -> None:
    write_ledger(tmp_path, ledger(MANY))
    moody.mood = "busy"
    await sync_now(desk)
    assert (statuses(desk), reasons(desk)) == ({Status.RETRYING: MANY}, {"busy"})
    [row] = desk.cache.now(attempts, kind=FIRST.kind, source_id=FIRST.source_id)
    assert row.outcome == "not_sent", "none of the record's own tries"
