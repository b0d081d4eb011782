"""Deciding by key about what changed after it was sent, against a company in this process, at 80×24."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.widgets import Static

from awra_tui.actions.sync import sync_now
from awra_tui.app import ConsoleApp
from awra_tui.screens.dialogs import Keyed, YesNo
from awra_tui.sync.desk import Desk
from tests.office import BooksCompany, empty_company, office, write_ledger
from tests.screens.driving import press, settle, small_console, toasts
from tests.sync.changing import INVOICE, reasons, recode
from tests.watch import Watch

LEDGER = {"INV-1": "10.00", "INV-2": "2.00", "INV-3": "3.00"}
Prepare = Callable[[Desk, BooksCompany, Path], None]


company = empty_company


async def sent_then(desk: Desk, company: BooksCompany, folder: Path, watch: Watch, change: Prepare) -> None:
    """Send the ledger, let something change, and sync once more."""
    write_ledger(folder, LEDGER)
    await sync_now(desk)
    change(desk, company, folder)
    watch.forward(minutes=5)
    await sync_now(desk)


def recoded(_desk: Desk, company: BooksCompany, _folder: Path) -> None:
    other = next(one for one in company.all("Item") if one["Name"] != "Services")
    for number in ("INV-1", "INV-2"):
        recode(company, number, ItemRef={"value": other["Id"], "name": other["Name"]})


def deleted(_desk: Desk, company: BooksCompany, _folder: Path) -> None:
    company.book("Invoice", company.one("Invoice", DocNumber="INV-1"), "delete")


def withdrawn(_desk: Desk, _company: BooksCompany, folder: Path) -> None:
    write_ledger(folder, {"INV-2": "2.00", "INV-3": "3.00"})


def said(app: ConsoleApp) -> str:
    """Return everything that the dialog says."""
    return "\n".join(str(one.content) for one in app.screen.query(Static))


async def done(pilot: Pilot[Any], app: ConsoleApp) -> None:
    """Wait until what was started has been sent."""
    for _ in range(400):
        await pilot.pause(0.01)
        if app.progress is None and not any(worker.is_running for worker in app.workers):
            break
    await settle(pilot)


async def test_the_difference_is_shown_and_accepted_and_taken_back(
    tmp_path: Path, watch: Watch, company: BooksCompany
) -> None:
    with office(tmp_path, company) as desk:
        await sent_then(desk, company, tmp_path, watch, recoded)
        async with small_console(desk) as (app, pilot):
            await press(pilot, "w", "v")
            assert isinstance(app.screen, Keyed)
            text = said(app)
            assert "≠ line 1 product/service: ours " in text
            assert "last Services" in text
            assert "a  Accept what QuickBooks has. Nothing is sent." in text
            assert "s  Send ours." in text
            await press(pilot, "a")
            assert reasons(desk) == ["changed_in_quickbooks"]
            assert toasts(app)[-1].endswith("u undoes.")
            await press(pilot, "u")
            assert len(reasons(desk)) == 2


async def test_what_is_overwritten_is_named_where_it_is_confirmed(
    tmp_path: Path, watch: Watch, company: BooksCompany
) -> None:
    with office(tmp_path, company) as desk:
        await sent_then(desk, company, tmp_path, watch, recoded)
        async with small_console(desk) as (app, pilot):
            await press(pilot, "w", "v", "s")
            assert isinstance(app.screen, YesNo)
            assert "≠ line 1 product/service: ours " in said(app)
            assert "in the fields that differ is overwritten" in said(app)


async def test_what_was_deleted_is_created_again_by_a_key_of_that_name(
    tmp_path: Path, watch: Watch, company: BooksCompany
) -> None:
    with office(tmp_path, company) as desk:
        await sent_then(desk, company, tmp_path, watch, deleted)
        async with small_console(desk) as (app, pilot):
            await press(pilot, "w", "v")
            assert "s  Create it again." in said(app)
            assert "s create again" in said(app)
            assert "send ours" not in said(app)


async def test_several_are_decided_at_once(tmp_path: Path, watch: Watch, company: BooksCompany) -> None:
    with office(tmp_path, company) as desk:
        await sent_then(desk, company, tmp_path, watch, recoded)
        async with small_console(desk) as (app, pilot):
            await press(pilot, "w", "a", "v")
            assert "Decide about 2 of 2 records?" in said(app)
            await press(pilot, "s")
            assert isinstance(app.screen, YesNo)
            await press(pilot, "y")
            await done(pilot, app)
            assert reasons(desk) == []
            names = {
                one["Line"][0]["SalesItemLineDetail"]["ItemRef"]["name"] for one in company.all("Invoice")
            }
            assert names == {"Services"}


async def test_a_void_says_first_what_it_does(tmp_path: Path, watch: Watch, company: BooksCompany) -> None:
    with office(tmp_path, company) as desk:
        await sent_then(desk, company, tmp_path, watch, withdrawn)
        async with small_console(desk) as (app, pilot):
            app.open_record(INVOICE)
            await settle(pilot)
            await press(pilot, "v")
            assert "v  Void it in QuickBooks." in said(app)
            assert "c  Take it back by a credit note." in said(app)
            await press(pilot, "v")
            assert isinstance(app.screen, YesNo)
            assert "keeps its old date 02 Nov 2026" in said(app)
            await press(pilot, "n")
            assert company.one("Invoice", DocNumber="INV-1")["TotalAmt"] == 10
            await press(pilot, "v", "v", "y")
            await done(pilot, app)
            assert company.one("Invoice", DocNumber="INV-1")["TotalAmt"] == 0
            assert "void in QuickBooks by" in toasts(app)[-1]


async def test_where_nothing_changed_the_key_says_so(
    tmp_path: Path, watch: Watch, company: BooksCompany
) -> None:
    with office(tmp_path, company) as desk:
        await sent_then(desk, company, tmp_path, watch, lambda *_: None)
        async with small_console(desk) as (app, pilot):
            app.open_record(INVOICE)
            await settle(pilot)
            await press(pilot, "v")
            assert toasts(app)[-1].startswith("Nothing to decide")
