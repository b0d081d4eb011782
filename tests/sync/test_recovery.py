"""Lost answers: looked up first, never sent twice, never forgotten."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from awra_tui.actions.connect import create_new
from awra_tui.actions.sync import sync_now
from awra_tui.cache.pages.log import attempts
from awra_tui.cache.pages.warnings import WarningQuery, warnings_all
from awra_tui.cache.store import leases, links, outbox, records, warnings
from awra_tui.qbo.client import QboClient
from awra_tui.records.qbo import Json
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey, record_subject
from awra_tui.settings import http
from awra_tui.sync import lookup
from awra_tui.sync.desk import Desk
from awra_tui.sync.leases import SENDING
from tests.office import PROFILE, BooksCompany, fault, office, write_ledger, write_source
from tests.watch import Watch

FIRST, SECOND = RecordKey("invoice", "INV-1"), RecordKey("invoice", "INV-2")


def lose(request: http.Request, answer: http.Response) -> None:
    """Lose every answer after the books were changed."""


def fail(request: http.Request, answer: http.Response) -> http.Response:
    """Answer with a proper fault of QuickBooks' own, although it was booked."""
    return fault("10000", "An application error has occurred", status=503)


def statuses(desk: Desk, *keys: RecordKey) -> list[Status]:
    return [one.status for one in desk.cache.now(records.many, keys).values()]


def open_requests(desk: Desk) -> int:
    return len(desk.cache.now(outbox.unanswered))


async def ready(desk: Desk, company: BooksCompany, folder: Path, **ledger: Any) -> None:
    """Bring the customer over, then write the invoices that the test is about."""
    write_ledger(folder, {"INV-0": "1.00"})
    await sync_now(desk)
    write_ledger(folder, {"INV-0": "1.00", **ledger["invoices"]})
    company.wire.sent.clear()


@pytest.mark.parametrize("tamper", [lose, fail], ids=["cut off", "503 with a fault"])
@pytest.mark.parametrize("honoured", [True, False], ids=["requestid honoured", "requestid ignored"])
async def test_a_booked_request_without_its_answer_is_found(
    watch: Watch, tmp_path: Path, honoured: bool, tamper: Any
) -> None:
    company = BooksCompany("empty-us")
    company.switch(requestid_ignored=not honoured)
    write_ledger(tmp_path, {"INV-1": "120.50", "INV-2": "7.00"}, paid=["INV-1"])
    with office(tmp_path, company) as desk:
        company.wire.tamper = tamper
        result = await sync_now(desk)
        assert result.counts["unknown"] == 1
        assert statuses(desk, RecordKey("customer", "C-1"), FIRST) == [Status.UNKNOWN, Status.PENDING]
        company.wire.tamper = None
        told = [(await sync_now(desk)).sentence for _ in range(3)]
        assert told[0] == "3 sent, 1 found in QuickBooks after the answer was lost."
        assert [len(company.all(entity)) for entity in ("Customer", "Invoice", "Payment")] == [1, 2, 1]
        assert statuses(desk, FIRST, SECOND) == [Status.SUCCEEDED] * 2
        assert open_requests(desk) == 0


async def test_a_request_that_never_arrived_goes_again_byte_by_byte_after_two_minutes(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    with office(tmp_path, company) as desk:
        await ready(desk, company, tmp_path, invoices={"INV-1": "120.50"})
        company.wire.before = arm(company)
        await sync_now(desk)
        watch.forward(seconds=119)
        await sync_now(desk)
        [first] = company.wire.sent
        assert statuses(desk, FIRST) == [Status.UNKNOWN]
        watch.forward(seconds=2)
        await sync_now(desk)
        again = company.wire.sent[1]
        assert (str(again.url), again.content) == (str(first.url), first.content)
        assert statuses(desk, FIRST) == [Status.SUCCEEDED]
        assert len(company.all("Invoice")) == 2


def arm(company: BooksCompany) -> Any:
    """Return what drops the next request that may change the books before it arrives."""
    company.wire.sent.clear()

    async def before(request: http.Request) -> None:
        if len(company.wire.sent) == 1:
            raise http.ReadError("the connection was closed", request=request)

    return before


async def test_of_a_half_booked_batch_only_the_rest_goes_again(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    company.switch(requestid_ignored=True)
    with office(tmp_path, company) as desk:
        await ready(desk, company, tmp_path, invoices={"INV-1": "120.50", "INV-2": "7.00"})
        company.wire.before = arm(company)
        await sync_now(desk)
        [batch] = company.wire.sent
        [item, _] = json.loads(batch.content)["BatchItemRequest"]
        company.book("Invoice", item["Invoice"])
        await sync_now(desk)
        assert statuses(desk, FIRST, SECOND) == [Status.SUCCEEDED, Status.UNKNOWN]
        watch.forward(seconds=121)
        await sync_now(desk)
        assert statuses(desk, FIRST, SECOND) == [Status.SUCCEEDED] * 2
        assert sorted(one["DocNumber"] for one in company.all("Invoice")) == ["INV-0", "INV-1", "INV-2"]
        assert "INV-1" not in company.wire.sent[-1].content.decode()


async def test_an_item_that_a_batchs_answer_leaves_out_is_looked_up(watch: Watch, tmp_path: Path) -> None:
    def leave_out(request: http.Request, answer: http.Response) -> http.Response:
        told = answer.json()
        return http.Response(200, json={**told, "BatchItemResponse": told["BatchItemResponse"][:1]})

    company = BooksCompany("empty-us")
    company.switch(requestid_ignored=True)
    with office(tmp_path, company) as desk:
        await ready(desk, company, tmp_path, invoices={"INV-1": "120.50", "INV-2": "7.00"})
        company.wire.tamper = leave_out
        await sync_now(desk)
        assert statuses(desk, FIRST, SECOND) == [Status.SUCCEEDED, Status.UNKNOWN]
        company.wire.tamper = None
        watch.forward(seconds=121)
        await sync_now(desk)
        assert len(company.all("Invoice")) == 3
        assert statuses(desk, SECOND) == [Status.SUCCEEDED]


async def test_a_lost_item_of_an_answered_batch_never_takes_the_others_along(
    watch: Watch, tmp_path: Path
) -> None:
    def lose_second(request: http.Request, answer: http.Response) -> http.Response:
        told = answer.json()
        [first, second] = told["BatchItemResponse"]
        company.book("Invoice", second["Invoice"], "delete")
        return http.Response(200, json={**told, "BatchItemResponse": [first]})

    company = BooksCompany("empty-us")
    company.switch(requestid_ignored=True)
    with office(tmp_path, company) as desk:
        await ready(desk, company, tmp_path, invoices={"INV-1": "120.50", "INV-2": "7.00"})
        company.wire.tamper = lose_second
        await sync_now(desk)
        company.wire.tamper = None
        watch.forward(seconds=121)
        await sync_now(desk)
        assert sorted(one["DocNumber"] for one in company.all("Invoice")) == ["INV-0", "INV-1", "INV-2"]


async def test_what_the_source_changed_meanwhile_follows_as_an_update(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    with office(tmp_path, company) as desk:
        await ready(desk, company, tmp_path, invoices={"INV-1": "120.50"})
        company.wire.tamper = lose
        await sync_now(desk)
        company.wire.tamper = None
        write_ledger(tmp_path, {"INV-0": "1.00", "INV-1": "121.00"})
        await sync_now(desk)
        assert company.one("Invoice", DocNumber="INV-1")["TotalAmt"] == 121


async def test_what_the_source_deleted_meanwhile_is_a_warning_where_it_was_booked(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    with office(tmp_path, company) as desk:
        await ready(desk, company, tmp_path, invoices={"INV-1": "120.50"})
        company.wire.tamper = lose
        await sync_now(desk)
        company.wire.tamper = None
        write_ledger(tmp_path, {"INV-0": "1.00"})
        await sync_now(desk)
        assert statuses(desk, FIRST) == [Status.NEEDS_ATTENTION]
        [link] = desk.cache.now(links.of, FIRST)
        assert link.qbo_id == company.one("Invoice", DocNumber="INV-1")["Id"]
        assert record_subject("invoice", "INV-1") in desk.cache.now(warnings.open_subjects, "record")


async def test_what_the_source_deleted_meanwhile_is_not_sent_again(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    with office(tmp_path, company) as desk:
        await ready(desk, company, tmp_path, invoices={"INV-1": "120.50"})
        company.wire.before = arm(company)
        await sync_now(desk)
        write_ledger(tmp_path, {"INV-0": "1.00"})
        watch.forward(minutes=3)
        await sync_now(desk)
        assert len(company.all("Invoice")) == 1
        assert statuses(desk, FIRST) == [Status.SKIPPED]
        assert open_requests(desk) == 0


@pytest.mark.parametrize("amount", ["9.00", "5.00"], ids=["unlike", "alike"])
async def test_the_object_of_another_record_is_never_taken_for_the_lost_one(
    watch: Watch, tmp_path: Path, amount: str
) -> None:
    numbered = 'fields = { source_id = "number", number = "number"'
    profile = PROFILE.replace(numbered, 'fields = { source_id = "id", number = "number"', 1)
    company = BooksCompany("empty-us")
    company.switch(requestid_ignored=True)
    row = {"number": "7", "customer": "C-1", "date": "2026-11-02", "amount": "5.00"}
    write_ledger(tmp_path, {"x": "1"})
    write_source(tmp_path, "invoices.csv", [{"id": "A", **row}])
    with office(tmp_path, company, profile) as desk:
        await sync_now(desk)
        write_source(tmp_path, "invoices.csv", [{"id": "A", **row}, {"id": "B", **row, "amount": amount}])
        await sync_now(desk)
        lost = RecordKey("invoice", "B")
        await create_new(desk, lost)
        company.wire.before = arm(company)
        assert (await sync_now(desk)).counts["unknown"] == 1
        watch.forward(minutes=3)
        await sync_now(desk)
        first = RecordKey("invoice", "A")
        [theirs], [own] = desk.cache.now(links.of, first), desk.cache.now(links.of, lost)
        assert theirs.qbo_id != own.qbo_id
        assert sorted(one["TotalAmt"] for one in company.all("Invoice")) == [5, float(amount)]
        assert statuses(desk, first, lost) == [Status.SUCCEEDED, Status.SUCCEEDED]


async def test_only_a_look_that_began_late_enough_proves_that_nothing_is_there(
    watch: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = BooksCompany("empty-us")
    with office(tmp_path, company) as desk:
        await ready(desk, company, tmp_path, invoices={"INV-1": "120.50"})
        company.wire.before = arm(company)
        await sync_now(desk)
        watch.forward(seconds=119)
        looks = looking(monkeypatch, lambda: watch.forward(seconds=2))
        await sync_now(desk)
        assert (looks, statuses(desk, FIRST), len(company.wire.sent)) == ([1], [Status.UNKNOWN], 1)
        await sync_now(desk)
        assert (looks, statuses(desk, FIRST)) == ([1, 1], [Status.SUCCEEDED])


@pytest.mark.parametrize("booked", [True, False])
async def test_who_lost_the_right_to_send_while_looking_leaves_what_was_lost(
    watch: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, booked: bool
) -> None:
    company = BooksCompany("empty-us")
    with office(tmp_path, company) as desk:
        await ready(desk, company, tmp_path, invoices={"INV-1": "120.50"})
        if booked:
            company.wire.tamper = lose
        else:
            company.wire.before = arm(company)
        await sync_now(desk)
        watch.forward(minutes=3)

        def take_over() -> None:
            watch.forward(minutes=10)
            desk.cache.now(leases.acquire, SENDING, "asha@till #77.ab", 60)

        looks = looking(monkeypatch, take_over)
        result = await sync_now(desk)
        assert (looks, result.outcome) == ([1], "stopped")
        assert "Another console took over" in result.sentence
        assert (statuses(desk, FIRST), open_requests(desk)) == ([Status.UNKNOWN], 1)
        assert len(company.wire.sent) == 1
        assert desk.cache.now(links.of, FIRST) == ()


def looking(monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[], None]) -> list[int]:
    """Let something happen while QuickBooks answers what became of a request; return how many were sought."""
    looks: list[int] = []
    find = lookup.find

    async def asked(client: QboClient, wanted: Sequence[lookup.Wanted]) -> list[list[Json]]:
        looks.append(len(wanted))
        found = await find(client, wanted)
        meanwhile()
        return found

    monkeypatch.setattr(lookup, "find", asked)
    return looks


async def test_a_lost_update_is_found_by_what_it_says(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    with office(tmp_path, company) as desk:
        await ready(desk, company, tmp_path, invoices={"INV-1": "120.50"})
        await sync_now(desk)
        write_ledger(tmp_path, {"INV-0": "1.00", "INV-1": "121.00"})
        company.wire.tamper = lose
        await sync_now(desk)
        assert statuses(desk, FIRST) == [Status.UNKNOWN]
        company.wire.tamper = None
        token = company.one("Invoice", DocNumber="INV-1")["SyncToken"]
        await sync_now(desk)
        assert statuses(desk, FIRST) == [Status.SUCCEEDED]
        assert company.one("Invoice", DocNumber="INV-1")["SyncToken"] == token


async def test_a_repetition_that_is_not_let_in_leaves_nothing_stuck(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    with office(tmp_path, company) as desk:
        await ready(desk, company, tmp_path, invoices={"INV-1": "120.50"})
        company.wire.before = arm(company)
        await sync_now(desk)
        watch.forward(minutes=3)
        company.wire.tamper = lambda request, answer: fault("6190", "Invalid Company Status")
        company.switch(subscription_ended=True)
        assert (await sync_now(desk)).outcome == "stopped"
        assert statuses(desk, FIRST) == [Status.PENDING]
        company.switch(subscription_ended=False)
        company.wire.tamper = None
        await sync_now(desk)
        assert len(company.all("Invoice")) == 2


async def test_the_log_keeps_what_was_said_and_counts_each_try_once(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    with office(tmp_path, company) as desk:
        await ready(desk, company, tmp_path, invoices={"INV-1": "120.50"})
        company.wire.tamper = fail
        await sync_now(desk)
        [row] = desk.cache.now(attempts, kind="invoice", source_id="INV-1")
        assert (row.outcome, row.code, row.http_status) == ("unknown", "10000", 503)
        assert row.message == "An application error has occurred"
        company.wire.tamper = None
        await sync_now(desk)
        stored = desk.cache.now(records.many, [FIRST])[FIRST]
        assert (stored.status, stored.attempts) == (Status.SUCCEEDED, 1)


async def test_what_quickbooks_said_of_a_lost_request_stays_until_more_is_known(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    said = ("unknown", "10000", "An application error has occurred")
    with office(tmp_path, company) as desk:
        await ready(desk, company, tmp_path, invoices={"INV-1": "120.50", "INV-2": "7.00"})
        company.wire.refusal = lambda: fault(said[1], said[2], status=503)
        for seconds in (0, 60, 61, 60):
            watch.forward(seconds=seconds)
            await sync_now(desk)
            for key in (FIRST, SECOND):
                [row] = desk.cache.now(attempts, kind=key.kind, source_id=key.source_id)
                assert (row.outcome, row.code, row.message) == said
            found = desk.cache.now(warnings_all, WarningQuery())
            assert {(one.reason, one.code, one.message) for one in found} == {("lost_answer", *said[1:])}
        assert len(company.wire.sent) == 2
        company.wire.refusal = None
        watch.forward(seconds=121)
        await sync_now(desk)
        assert desk.cache.now(warnings_all, WarningQuery()) == []
        assert statuses(desk, FIRST, SECOND) == [Status.SUCCEEDED] * 2
