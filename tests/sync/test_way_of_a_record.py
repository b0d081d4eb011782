"""One customer, one invoice, one payment through every step, and what happens when a step fails."""

from decimal import Decimal
from pathlib import Path

import pytest

from awra_tui.actions.sync import sync_now
from awra_tui.cache.pages.log import last_run
from awra_tui.cache.pages.overview import overview
from awra_tui.cache.store import records
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from tests.office import BooksCompany, office, write_ledger
from tests.watch import Watch

INVOICE = RecordKey("invoice", "INV-1")
PAYMENT = RecordKey("payment", "PAY-INV-1")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    write_ledger(tmp_path, {"INV-1": "120.50"}, paid=["INV-1"])
    return tmp_path


async def test_three_records_arrive_and_a_second_pass_sends_nothing(watch: Watch, source: Path) -> None:
    company = BooksCompany("empty-us")
    with office(source, company) as desk:
        result = await sync_now(desk)
        assert (result.outcome, result.counts["succeeded"]) == ("done", 3)
        assert result.sentence == "3 sent."
        [invoice] = company.all("Invoice")
        assert invoice["PrivateNote"] == "AWRA INV-1"
        assert (Decimal(str(invoice["TotalAmt"])), Decimal(str(invoice["Balance"]))) == (Decimal("120.5"), 0)
        assert [payment["PrivateNote"] for payment in company.all("Payment")] == ["AWRA PAY-INV-1"]
        again = await sync_now(desk)
        assert again.outcome == "nothing"
        looked = "Looked at the source, which is as it was, and at QuickBooks."
        assert again.sentence == f"Nothing had changed; nothing was sent. {looked}"
        assert len(company.all("Invoice")) == 1
        rows = {row.kind: row for row in desk.cache.now(overview).kinds}
        assert [
            (rows[kind].source, rows[kind].matched, rows[kind].warnings)
            for kind in ("customer", "invoice", "payment")
        ] == [(1, 1, 0)] * 3
        run = desk.cache.now(last_run)
        assert run is not None
        assert (run.outcome, run.changed) == ("nothing", False)
        (source / "source" / "customers.csv").touch()
        read = await sync_now(desk)
        assert read.sentence.endswith("Looked at 3 records of the source, and at QuickBooks.")


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


async def test_a_changed_source_updates_what_was_sent(watch: Watch, source: Path) -> None:
    company = BooksCompany("empty-us")
    with office(source, company) as desk:
        await sync_now(desk)
        write_ledger(source, {"INV-1": "99.95"}, paid=["INV-1"])
        watch.forward(minutes=5)
        result = await sync_now(desk)
        assert (result.counts["changed"], result.counts["succeeded"]) == (2, 2)
        assert [str(one["TotalAmt"]) for one in company.all("Invoice")] == ["99.95"]
        assert [str(one["TotalAmt"]) for one in company.all("Payment")] == ["99.95"]
        assert (await sync_now(desk)).outcome == "nothing"
