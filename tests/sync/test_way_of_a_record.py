"""One customer, one invoice, one payment through every step, and what happens when a step fails."""

from decimal import Decimal
from pathlib import Path

import pytest

from awra_tui.actions.sync import sync_now
from awra_tui.cache.pages.overview import overview
from awra_tui.cache.store import records
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from tests.office import BooksCompany, office, write_source
from tests.watch import Watch

INVOICE = RecordKey("invoice", "INV-1")
PAYMENT = RecordKey("payment", "PAY-1")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    write_source(tmp_path, "customers.csv", [{"id": "C-1", "name": "Baobab Café"}])
    write_source(
        tmp_path,
        "invoices.csv",
        [{"number": "INV-1", "customer": "C-1", "date": "2026-11-02", "amount": "120.50"}],
    )
    write_source(
        tmp_path,
        "payments.csv",
        [
            {
                "number": "PAY-1",
                "customer": "C-1",
                "date": "2026-11-05",
                "amount": "120.50",
                "invoice": "INV-1",
            }
        ],
    )
    return tmp_path


async def test_three_records_arrive_and_a_second_pass_sends_nothing(watch: Watch, source: Path) -> None:
    company = BooksCompany("empty-us")
    with office(source, company) as desk:
        result = await sync_now(desk)
        assert (result.outcome, result.counts["succeeded"]) == ("done", 3)
        [invoice] = company.all("Invoice")
        assert invoice["PrivateNote"] == "AWRA INV-1"
        assert (Decimal(str(invoice["TotalAmt"])), Decimal(str(invoice["Balance"]))) == (Decimal("120.5"), 0)
        assert [payment["PrivateNote"] for payment in company.all("Payment")] == ["AWRA PAY-1"]
        again = await sync_now(desk)
        assert again.outcome == "nothing"
        assert len(company.all("Invoice")) == 1
        rows = {row.kind: row for row in desk.cache.now(overview).kinds}
        assert [
            (rows[kind].source, rows[kind].matched, rows[kind].warnings)
            for kind in ("customer", "invoice", "payment")
        ] == [(1, 1, 0)] * 3


async def test_a_closed_period_is_a_warning_and_its_payment_waits(watch: Watch, source: Path) -> None:
    company = BooksCompany("empty-us")
    company.switch(closing_date="2026-11-03")
    with office(source, company) as desk:
        await sync_now(desk)
        assert company.all("Invoice") == []
        stored = desk.cache.now(records.many, [INVOICE, PAYMENT])
        assert {one.status for one in stored.values()} == {Status.NEEDS_ATTENTION}
        company.switch(closing_date="2026-10-31")
        watch.forward(minutes=5)
        await sync_now(desk)
        assert len(company.all("Invoice")) == len(company.all("Payment")) == 1


@pytest.mark.parametrize("honoured", [True, False], ids=["requestid honoured", "requestid ignored"])
async def test_an_answer_lost_after_booking_is_found_and_never_sent_twice(
    watch: Watch, source: Path, honoured: bool
) -> None:
    company = BooksCompany("empty-us")
    company.switch(requestid_ignored=not honoured)
    with office(source, company) as desk:
        company.switch(drop_next={"count": 50, "when": "after"})
        await sync_now(desk)
        company.switch(drop_next=None)
        for _ in range(4):
            watch.forward(minutes=3)
            await sync_now(desk)
        assert [len(company.all(entity)) for entity in ("Customer", "Invoice", "Payment")] == [1, 1, 1]
        stored = desk.cache.now(records.many, [INVOICE, PAYMENT])
        assert {one.status for one in stored.values()} == {Status.SUCCEEDED}
