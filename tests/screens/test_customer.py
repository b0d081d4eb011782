"""The customer's card by keyboard alone at 80×24, against a company in this process."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from awra_tui.actions.sync import sync_now
from awra_tui.app import ConsoleApp
from awra_tui.records.subject import RecordKey
from awra_tui.screens.customer import CustomerScreen
from awra_tui.screens.lookup import LookupScreen
from awra_tui.sync.desk import Desk
from tests.actions.test_lookup import typed_in
from tests.office import BooksCompany, empty_company, office, write_ledger
from tests.screens.driving import lines, press, settle, small_console, toasts
from tests.watch import Watch

company = empty_company


@pytest.fixture
def desk(tmp_path: Path, company: BooksCompany) -> Iterator[Desk]:
    write_ledger(tmp_path, {"INV-1": "1234.50", "INV-2": "20.00"}, ["INV-2"])
    with office(tmp_path, company) as opened:
        yield opened


def about(app: ConsoleApp) -> str:
    screen: Any = app.screen
    assert isinstance(screen, CustomerScreen)
    return " ".join(screen._about.text.plain.split())


async def test_from_a_record_to_the_account_and_into_its_documents(desk: Desk, company: BooksCompany) -> None:
    await sync_now(desk)
    typed_in(company, "HAND-7", "77.70")
    await sync_now(desk)
    async with small_console(desk) as (app, pilot):
        app.open_record(RecordKey("invoice", "INV-1"))
        await settle(pilot)
        await press(pilot, "K")
        assert "USD 1,234.50 1,312.20 -77.70" in about(app)
        assert "Invoice HAND-7 of 04 Nov 2026 over USD 77.70 is in QuickBooks only" in about(app)
        drawn = lines(app, "VirtualTable")
        assert "HAND-7" in drawn[1]
        assert "only there" in drawn[1]
        await press(pilot, "tab")
        assert app.screen.focused is app.screen.query_one("#about")
        await press(pilot, "tab", "y")
        assert toasts(app)[-1] == "Copied the account of Baobab Café."
        await press(pilot, "enter")
        found: Any = app.screen
        assert isinstance(found, LookupScreen)
        await press(pilot, "escape", "down", "enter")
        record: Any = app.screen
        assert record.key == RecordKey("invoice", "INV-1")
        await press(pilot, "escape", "o")
        named: Any = app.screen
        assert named.key == RecordKey("customer", "C-1")


async def test_quickbooks_own_balance_is_asked_for_by_a_key(
    desk: Desk, company: BooksCompany, watch: Watch
) -> None:
    await sync_now(desk)
    watch.forward(minutes=30)
    typed_in(company, "HAND-7", "77.70")
    async with small_console(desk) as (app, pilot):
        app.open_customer(RecordKey("payment", "PAY-INV-2"))
        await settle(pilot)
        assert "Both sides agree" in about(app)
        assert "^r asks" in about(app)
        await press(pilot, "ctrl+r")
        for _ in range(200):
            if "HAND-7" in about(app):
                break
            await pilot.pause(0.02)
        assert "USD 1,234.50 1,312.20 -77.70 1,312.20" in about(app)


async def test_what_has_no_customer_says_so(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "source" / "customers.csv").write_text("id,name\nC-1,A:B\n")
    await sync_now(desk)
    async with small_console(desk) as (app, pilot):
        app.open_customer(RecordKey("customer", "C-404"))
        await settle(pilot)
        assert "is not in the cache" in toasts(app)[-1]
        await press(pilot, "escape", "w", "K")
        assert "not connected" in lines(app, "#title")[0]
        assert "is not in QuickBooks" in about(app)


@pytest.mark.parametrize("size", [(1, 1), (20, 5), (60, 15), (200, 60)])
async def test_it_stands_at_any_size(desk: Desk, size: tuple[int, int]) -> None:
    await sync_now(desk)
    app = ConsoleApp(desk, clock_frozen=True)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        app.open_customer(RecordKey("customer", "C-1"))
        await settle(pilot)
        await press(pilot, "down", "tab", "down", "tab", "end")
        assert app.screen.query_one("VirtualTable").display
