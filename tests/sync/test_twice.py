"""What is in QuickBooks twice: noticed, said once with every id, and forgotten when it is over."""

from pathlib import Path
from typing import Any

import pytest

from awra_tui.actions.sync import sync_now
from awra_tui.cache.schema import WarningTable
from awra_tui.cache.store import links, records
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.settings import http
from awra_tui.sync.desk import Desk
from tests.office import PROFILE, BooksCompany, Wire, office, write_ledger, write_source
from tests.sync.credited import CREDITED, write_credit
from tests.watch import Watch

NUMBERED = PROFILE.partition("[[source.records.applications]]")[0].replace(
    'fields = { source_id = "number"', 'fields = { source_id = "id"'
)
"""Payments on account, whose ids are not their numbers."""
PAYMENT = RecordKey("payment", "P-1")


def said(desk: Desk) -> list[str]:
    """Return what open warnings say of records that are in QuickBooks twice."""
    query = WarningTable.select().where(
        WarningTable.closed_at == "", WarningTable.reason.in_(("booked_twice", "in_quickbooks_twice"))
    )
    return desk.cache.now(lambda: [row.sentence for row in query])


def status(desk: Desk, key: RecordKey) -> Status:
    return desk.cache.now(records.many, [key])[key].status


def twice(company: BooksCompany) -> Any:
    """Return what delivers each request that may change the books twice, and answers the second."""

    async def before(request: http.Request) -> None:
        await http.ASGITransport.handle_async_request(company.wire, request)

    return before


def write_payments(folder: Path, *rows: tuple[str, str, str]) -> None:
    """Write one customer, no invoices, and payments on account: id, number, amount."""
    write_ledger(folder, {})
    fields = ("id", "number", "customer", "date", "amount", "invoice")
    given = [
        dict(zip(fields, (id_, no, "C-1", "2026-11-05", sum_, ""), strict=True)) for id_, no, sum_ in rows
    ]
    write_source(folder, "payments.csv", given)
    (folder / "source" / "invoices.csv").write_text("id,number,customer,date,amount\n", encoding="utf-8")


async def one_payment(desk: Desk, company: BooksCompany, folder: Path) -> None:
    """Bring the customer over, then write a payment on account."""
    write_payments(folder, ("P-0", "PAY-0", "1.00"))
    await sync_now(desk)
    write_payments(folder, ("P-0", "PAY-0", "1.00"), ("P-1", "PAY-1", "7.50"))


def ids(company: BooksCompany) -> list[str]:
    return [one["Id"] for one in company.all("Payment") if one["PrivateNote"] == "AWRA PAY-1"]


async def test_a_payment_delivered_twice_is_one_warning_with_both_ids(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    company.switch(requestid_ignored=True)
    with office(tmp_path, company, NUMBERED) as desk:
        await one_payment(desk, company, tmp_path)
        company.wire.before = twice(company)
        await sync_now(desk)
        company.wire.before = None
        await sync_now(desk)
        first, second = ids(company)
        [sentence] = said(desk)
        assert sentence.startswith("Payment PAY-1 is in QuickBooks 2 times")
        assert first in sentence
        assert second in sentence
        assert status(desk, PAYMENT) is Status.NEEDS_ATTENTION
        await sync_now(desk)
        assert len(said(desk)) == 1
        assert len(ids(company)) == 2


async def test_a_number_in_use_by_the_record_itself_is_no_remedy(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    company.switch(requestid_ignored=True)
    write_ledger(tmp_path, {"INV-1": "10.00"})
    (tmp_path / "source" / "credits.csv").write_text(
        "number,customer,date,amount,invoice\n", encoding="utf-8"
    )
    with office(tmp_path, company, CREDITED) as desk:
        await sync_now(desk)
        write_credit(tmp_path)
        company.wire.before = twice(company)
        await sync_now(desk)
        company.wire.before = None
        assert status(desk, RecordKey("credit_note", "CN-1")) is Status.NEEDS_ATTENTION
        watch.forward(minutes=5)
        result = await sync_now(desk)
        assert "1 sent, 1 connected" in result.sentence
        assert "by itself" not in result.sentence


@pytest.mark.parametrize("operation", ["delete", "void"])
async def test_the_warning_goes_by_itself_when_one_of_them_is_gone(
    watch: Watch, tmp_path: Path, operation: str
) -> None:
    company = BooksCompany("empty-us")
    company.switch(requestid_ignored=True)
    with office(tmp_path, company, NUMBERED) as desk:
        await one_payment(desk, company, tmp_path)
        company.wire.before = twice(company)
        await sync_now(desk)
        company.wire.before = None
        await sync_now(desk)
        [link] = desk.cache.now(links.of, PAYMENT)
        [other] = [one for one in ids(company) if one != link.qbo_id]
        watch.forward(minutes=5)
        company.book("Payment", company.one("Payment", Id=other), operation)
        await sync_now(desk)
        assert said(desk) == []
        assert status(desk, PAYMENT) is Status.SUCCEEDED


async def test_one_that_is_booked_much_later_is_noticed_too(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    with office(tmp_path, company, NUMBERED) as desk:
        await one_payment(desk, company, tmp_path)
        await sync_now(desk)
        watch.forward(hours=5)
        [mine] = ids(company)
        body = company.one("Payment", Id=mine)
        company.book("Payment", {name: body[name] for name in ("CustomerRef", "TotalAmt", "PrivateNote")})
        await sync_now(desk)
        assert len(said(desk)) == 1


async def test_delivered_twice_and_no_answer_is_noticed_when_it_is_looked_up(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    company.switch(requestid_ignored=True)
    with office(tmp_path, company, NUMBERED) as desk:
        await one_payment(desk, company, tmp_path)
        company.wire.before = twice(company)
        company.wire.tamper = lambda request, answer: None
        await sync_now(desk)
        company.wire.before = company.wire.tamper = None
        watch.forward(seconds=10)
        await sync_now(desk)
        assert len(said(desk)) == 1
        assert len(desk.cache.now(links.of, PAYMENT)) == 1


async def test_a_customer_delivered_twice_is_connected_though_the_answer_was_a_refusal(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    company.switch(requestid_ignored=True)
    write_payments(tmp_path, ("P-1", "PAY-1", "7.50"))
    with office(tmp_path, company, NUMBERED) as desk:
        company.wire.before = twice(company)
        await sync_now(desk)
        company.wire.before = None
        assert status(desk, RecordKey("customer", "C-1")) is not Status.SUCCEEDED
        watch.forward(minutes=1)
        await sync_now(desk)
        assert status(desk, RecordKey("customer", "C-1")) is Status.SUCCEEDED
        assert status(desk, PAYMENT) is Status.SUCCEEDED


async def test_a_customer_made_by_hand_an_hour_later_is_a_question(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_payments(tmp_path, ("P-1", "PAY-1", "7.50"))
    with office(tmp_path, company, NUMBERED) as desk:
        company.switch(fail_next={"count": 1, "writes": True, "http_status": 400, "code": "2050"})
        await sync_now(desk)
        watch.forward(hours=1)
        company.book("Customer", {"DisplayName": "Baobab Café"})
        await sync_now(desk)
        assert desk.cache.now(links.of, RecordKey("customer", "C-1")) == ()


async def test_payments_that_share_a_number_keep_their_amounts_when_answers_are_lost(
    watch: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("awra_tui.sync.parcels.BATCH", 1)
    company = BooksCompany("empty-us")
    company.switch(requestid_ignored=True)
    rows = [("P-1", "PAY-1", "7.50"), ("P-2", "PAY-1", "9.25"), ("P-3", "PAY-1", "1.10")]
    with office(tmp_path, company, NUMBERED) as desk:
        await one_payment(desk, company, tmp_path)
        write_payments(tmp_path, ("P-0", "PAY-0", "1.00"), *rows)
        company.wire.before = _lose_first(company.wire)
        for _ in range(4):
            await sync_now(desk)
            watch.forward(minutes=3)
        booked = {one["Id"]: str(one["TotalAmt"]) for one in company.all("Payment")}
        for id_, _, amount in rows:
            [link] = desk.cache.now(links.of, RecordKey("payment", id_))
            assert float(booked[link.qbo_id]) == float(amount)
        assert len(ids(company)) == 3
        assert said(desk) == []


async def test_of_payments_alike_in_all_things_each_has_one_of_its_own(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    company.switch(requestid_ignored=True)
    alike = [("P-1", "PAY-1", "7.50"), ("P-2", "PAY-1", "7.50")]
    with office(tmp_path, company, NUMBERED) as desk:
        await one_payment(desk, company, tmp_path)
        write_payments(tmp_path, ("P-0", "PAY-0", "1.00"), *alike)
        company.wire.tamper = lambda _request, _answer: None
        assert (await sync_now(desk)).counts["unknown"] == 2
        company.wire.tamper = None
        await sync_now(desk)
        found = [desk.cache.now(links.of, RecordKey("payment", id_)) for id_, *_ in alike]
        assert sorted(link.qbo_id for [link] in found) == sorted(ids(company))
        assert len(ids(company)) == 2


def _lose_first(wire: Wire) -> Any:
    """Return what loses the first request before it arrives, and the answer of the second."""
    wire.sent.clear()

    async def before(request: http.Request) -> None:
        place = len(wire.sent)
        if place == 2:
            await http.ASGITransport.handle_async_request(wire, request)
        if place <= 2:
            raise http.ReadError("the connection was closed", request=request)

    return before


async def test_an_update_delivered_twice_is_not_taken_for_somebody_elses(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    company.switch(requestid_ignored=True)
    key = RecordKey("invoice", "INV-1")
    write_ledger(tmp_path, {"INV-1": "120.50"})
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        write_ledger(tmp_path, {"INV-1": "130.50"})
        company.wire.before = twice(company)
        await sync_now(desk)
        company.wire.before = None
        assert company.one("Invoice", DocNumber="INV-1")["TotalAmt"] == 130.5
        assert status(desk, key) is Status.SUCCEEDED
        write_ledger(tmp_path, {"INV-1": "140.50"})
        await sync_now(desk)
        assert company.one("Invoice", DocNumber="INV-1")["TotalAmt"] == 140.5
        assert status(desk, key) is Status.SUCCEEDED


async def test_what_somebody_changed_beside_an_update_delivered_twice_is_still_told(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    company.switch(requestid_ignored=True)
    write_ledger(tmp_path, {"INV-1": "120.50"})
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        watch.forward(minutes=5)
        company.change("Invoice", company.one("Invoice", DocNumber="INV-1"), TxnDate="2026-11-09")
        write_ledger(tmp_path, {"INV-1": "130.50"})
        company.wire.before = twice(company)
        await sync_now(desk)
        company.wire.before = None
        await sync_now(desk)
        assert company.one("Invoice", DocNumber="INV-1")["TotalAmt"] == 130.5
        assert company.one("Invoice", DocNumber="INV-1")["TxnDate"] == "2026-11-09"
        assert status(desk, RecordKey("invoice", "INV-1")) is Status.NEEDS_ATTENTION


async def test_what_quickbooks_numbered_by_itself_is_found_by_its_mark(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    company.switch(requestid_ignored=True)
    write_ledger(tmp_path, {"INV-0": "1.00"})
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        write_ledger(tmp_path, {"INV-0": "1.00", "INV-1": "120.50"})

        async def before(request: http.Request) -> None:
            company.switch(custom_txn_numbers=False)

        company.wire.before, company.wire.tamper = before, lambda request, answer: None
        await sync_now(desk)
        company.switch(custom_txn_numbers=True)
        company.wire.before = company.wire.tamper = None
        watch.forward(minutes=3)
        await sync_now(desk)
        assert len(company.all("Invoice")) == 2
        assert status(desk, RecordKey("invoice", "INV-1")) is Status.SUCCEEDED


@pytest.mark.parametrize("note", ["Voided - AWRA PAY-1", "Voided"], ids=["with its mark", "without"])
async def test_what_was_voided_before_it_was_looked_up_is_not_sent_again(
    watch: Watch, tmp_path: Path, note: str
) -> None:
    company = BooksCompany("empty-us")
    company.switch(requestid_ignored=True)
    with office(tmp_path, company, NUMBERED) as desk:
        await one_payment(desk, company, tmp_path)
        company.wire.tamper = lambda request, answer: None
        await sync_now(desk)
        company.wire.tamper = None
        [mine] = ids(company)
        company.book("Payment", company.one("Payment", Id=mine), "void")
        company.change("Payment", company.one("Payment", Id=mine), PrivateNote=note)
        watch.forward(minutes=3)
        for _ in range(2):
            await sync_now(desk)
        assert len(company.all("Payment")) == 2
        assert status(desk, PAYMENT) is Status.NEEDS_ATTENTION


async def test_a_batch_is_looked_up_in_one_question(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    with office(tmp_path, company, NUMBERED) as desk:
        await one_payment(desk, company, tmp_path)
        write_payments(tmp_path, *[(f"P-{place}", f"PAY-{place}", "7.50") for place in range(20)])
        company.wire.tamper = lambda request, answer: None
        await sync_now(desk)
        company.wire.tamper = None
        asked = _count_queries(company)
        await sync_now(desk)
        assert status(desk, PAYMENT) is Status.SUCCEEDED
        assert len([one for one in asked if "FROM Payment WHERE TxnDate" in one]) == 1


def _count_queries(company: BooksCompany) -> list[str]:
    """Return the list to which every statement asked from now on is added."""
    asked: list[str] = []
    answered = company.wire._answered

    async def noted(request: http.Request) -> http.Response:
        asked.append(str(request.url.params.get("query", "")) or request.content.decode())
        return await answered(request)

    company.wire._answered = noted  # type: ignore[method-assign]
    return asked


async def test_the_bill_of_another_vendor_with_the_same_number_is_no_second_one(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    with office(tmp_path, company, NUMBERED) as desk:
        await one_payment(desk, company, tmp_path)
        await sync_now(desk)
        other = company.book("Customer", {"DisplayName": "Somebody Else"})
        note = {"PrivateNote": "AWRA PAY-1", "TotalAmt": 7.5, "CustomerRef": {"value": other["Id"]}}
        company.book("Payment", note)
        await sync_now(desk)
        assert said(desk) == []
