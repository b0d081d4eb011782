"""The three ways the console is used, by keyboard alone, through to the books of the simulated company."""

from typing import Any

from awra_tui.app import ConsoleApp
from awra_tui.cache.pages.overview import overview
from awra_tui.cache.pages.warnings import WarningQuery, warning_totals
from awra_tui.cache.store import records
from awra_tui.records.status import Status
from tests.flows.screen import screen_text, walk
from tests.sample import OpenSample, key_of
from tests.screens.driving import settle

SIZE = (110, 36)
REFUSAL = {"count": 1, "http_status": 400, "code": "6000", "writes": True}


def warned(desk: Any, kind: str) -> int:
    """Return how many warnings of a kind are open."""
    return next(row.warnings for row in desk.cache.now(overview).kinds if row.kind == kind)


async def test_a_triage_session_by_keyboard_alone(sample_desk: OpenSample) -> None:
    with sample_desk() as (desk, company):
        app = ConsoleApp(desk, clock_frozen=True)
        before = {kind: warned(desk, kind) for kind in ("customer", "invoice", "payment")}
        arrived = len(company.all("Payment"))
        async with app.run_test(size=SIZE, notifications=True) as pilot:
            await walk(pilot, "m")
            assert "M-Pesa · Momb" in screen_text(app)
            await walk(pilot, "enter", "enter", *"mombasa")
            assert "Releases 22 payments, KES 598,008.80." in screen_text(app)
            await walk(pilot, "enter", "s")
            assert "Save 1 change?" in screen_text(app)
            await walk(pilot, "y")
            assert "Saved. 22 records can be sent now." in screen_text(app)
            await walk(pilot, "r", "y")
            assert "22 of 22 records are in QuickBooks now." in screen_text(app)
            assert len(company.all("Payment")) == arrived + 22

            await walk(pilot, "escape", "enter", *"0.0%")
            assert "Releases 14 invoices, KES 85,263.00" in screen_text(app)
            await walk(pilot, "enter", "s", "y", "r", "y", "escape", "escape")

            await walk(pilot, "1", "end", "c")
            assert "Tumaini Academy" in screen_text(app)
            await walk(pilot, "enter", "y")
            assert "Connected to Tumaini Academy." in screen_text(app)
            await walk(pilot, "y", "escape", "escape", "r")
        assert warned(desk, "customer") == before["customer"] - 1
        assert warned(desk, "invoice") <= before["invoice"] - 16
        assert warned(desk, "payment") <= before["payment"] - 22
        marks = [payment["PrivateNote"] for payment in company.all("Payment") if "PrivateNote" in payment]
        assert len(marks) == len(set(marks))


async def test_resending_one_record_from_its_detail_screen(sample_desk: OpenSample) -> None:
    with sample_desk() as (desk, company):
        company.switch(closing_date="2026-06-30")
        key = key_of(desk, "invoice/INV-999")
        app = ConsoleApp(desk, clock_frozen=True)
        async with app.run_test(size=SIZE, notifications=True) as pilot:
            app.open_record(key)
            await settle(pilot)
            await walk(pilot, "r")
            assert "Send invoice INV-999 to QuickBooks?" in screen_text(app), "the settings were read again"
            await walk(pilot, "y")
        stored = desk.cache.now(records.get, key)
        assert stored is not None
        assert stored.status is Status.SUCCEEDED


async def test_a_refusal_is_quoted_exactly_before_it_is_sent_again(sample_desk: OpenSample) -> None:
    with sample_desk() as (desk, company):
        key = key_of(desk, "customer/C-056")
        app = ConsoleApp(desk, clock_frozen=True)
        async with app.run_test(size=SIZE, notifications=True) as pilot:
            app.open_connect(key)
            await settle(pilot)
            await walk(pilot, "n", "y")
            company.switch(fail_next=REFUSAL)
            await walk(pilot, "y", "escape")
            app.open_record(key)
            await settle(pilot)
            await walk(pilot, "r")
            last = desk.cache.now(records.get, key)
            assert last is not None
            said = next(verdict for verdict in last.verdicts if verdict.step == "answer")
            assert "6000" in said.sentence
            asked = " ".join(screen_text(app).split())
            assert "Nothing has changed since QuickBooks refused" in asked
            assert "Simulated failure: A failure that was asked for." in asked
            await walk(pilot, "enter")
            assert desk.cache.now(records.get, key) == last, "Enter answers no question that sends"
            await walk(pilot, "y")
            assert "in QuickBooks" in screen_text(app)
        stored = desk.cache.now(records.get, key)
        assert stored is not None
        assert (stored.status, stored.attempts) == (Status.SUCCEEDED, 2)
        names = [customer["DisplayName"] for customer in company.all("Customer")]
        assert names.count("Mwangaza Stationers") == 1


async def test_reviewing_and_dismissing_warnings(sample_desk: OpenSample) -> None:
    with sample_desk() as (desk, _):
        app = ConsoleApp(desk, clock_frozen=True)
        invoices = WarningQuery(kinds=("invoice",))
        dismissed = WarningQuery(kinds=("invoice",), dismissed=True)
        before = desk.cache.now(warning_totals, invoices)[0]
        async with app.run_test(size=SIZE, notifications=True) as pilot:
            await walk(pilot, "5", "f", "slash", *"savanna", "enter")
            await walk(pilot, "escape", "space", "down", "space", "d")
            assert "2" in screen_text(app)
            await walk(pilot, *"known", "enter")
            assert desk.cache.now(warning_totals, invoices)[0] == before - 2
            assert desk.cache.now(warning_totals, dismissed)[0] == 2
            await walk(pilot, "D")
            assert "dismissed" in screen_text(app)
            await walk(pilot, "R")
            assert desk.cache.now(warning_totals, invoices)[0] == before - 1
            await walk(pilot, "u", "u")
            assert desk.cache.now(warning_totals, dismissed)[0] == 0
        assert desk.cache.now(warning_totals, invoices)[0] == before
