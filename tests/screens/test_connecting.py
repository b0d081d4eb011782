"""Many names connected by keyboard alone at 80×24, against a company in this process."""

from dataclasses import replace

import pytest

from awra_tui.actions import connect_many
from awra_tui.actions.connect_many import Unconnected
from awra_tui.actions.sync import sync_now
from awra_tui.app import ConsoleApp
from awra_tui.cache.store import facts, links
from awra_tui.records.subject import RecordKey
from awra_tui.screens.connect import ConnectScreen
from awra_tui.screens.connecting import ConnectingScreen
from awra_tui.sync.desk import Desk
from awra_tui.sync.view import start_fact
from tests.flows.screen import screen_text, walk
from tests.office import BooksCompany, empty_company
from tests.screens.driving import press, small_console, toasts
from tests.unconnected import ACACIA, BAOBAB, ITEM, VENDOR, book_names, names_desk

company = empty_company
desk = names_desk


def seen(app: ConsoleApp) -> str:
    return " ".join(screen_text(app).split())


def connected(desk: Desk) -> set[RecordKey]:
    keys = [RecordKey("customer", f"C-{number}") for number in range(1, 6)]
    return set(desk.cache.now(links.of_many, [*keys, VENDOR, ITEM]))


async def test_the_certain_ones_are_selected_connected_together_and_taken_back(
    desk: Desk, company: BooksCompany
) -> None:
    book_names(company)
    await sync_now(desk)
    async with small_console(desk) as (app, pilot):
        await press(pilot, "c")
        assert isinstance(app.screen, ConnectingScreen)
        assert "Not connected: 7 names · 3 certain · 3 selected" in seen(app)
        assert "the same e-mail" in seen(app)
        keys = "enter connect (3) n create o compare r send / filter space select ? keys"
        assert seen(app).endswith(keys)
        await press(pilot, "s", *["backspace"] * 10, *"2026-11-01", "enter")
        assert "Start date 2026-11-01" in seen(app)
        await press(pilot, "enter")
        assert "Connects 1 customer, 1 vendor and 1 product/service." in seen(app)
        assert "Brings in 1 invoice, USD 10.00, dated 2026-11-01 or later" in seen(app)
        await press(pilot, "n")
        assert connected(desk) == set()
        await press(pilot, "enter", "y")
        assert connected(desk) == {BAOBAB, VENDOR, ITEM}
        assert isinstance(app.screen, ConnectingScreen), "no question after each connection"
        assert "◐ 1 record can be sent: r sends them." in seen(app)
        assert "Not connected: 4 names · 0 certain · 0 selected" in seen(app)
        assert any(one.startswith("Connected 1 customer, 1 vendor") for one in toasts(app))
        assert desk.cache.now(facts.get, start_fact(BAOBAB)) == "2026-11-01"
        await press(pilot, "u")
        assert connected(desk) == set()
        assert "can be sent" not in seen(app)
        assert "Not connected: 7 names · 3 certain · 0 selected" in seen(app)
        await press(pilot, "c")
        assert "3 selected" in seen(app)


async def test_space_adds_what_a_person_is_sure_of_and_nothing_else_can_be_added(
    desk: Desk, company: BooksCompany
) -> None:
    book_names(company)
    await sync_now(desk)
    async with small_console(desk) as (app, pilot):
        await press(pilot, "c", "slash", *"acacia", "enter", "space")
        assert "4 selected" in seen(app)
        await press(pilot, "slash", *["backspace"] * 6, *"zebra", "enter", "space")
        assert "5 selected" in seen(app)
        await press(pilot, "o")
        assert isinstance(app.screen, ConnectScreen)
        await press(pilot, "escape", "escape", "a")
        assert "7 selected" in seen(app)
        assert "enter connect (6)" in seen(app)
        assert "n create (1)" in seen(app)
        await press(pilot, "enter")
        assert toasts(app)[-1].startswith("Nothing was connected.")
        assert "another of these is to be connected to the same one" in toasts(app)[-1]
        await press(pilot, "c")
        assert "3 selected" in seen(app)
        await press(pilot, "right", "right")
        assert "▸vendors" in seen(app)
        assert "H. G. Ltd" in seen(app)
        assert "Acacia" not in seen(app)
        await press(pilot, "escape")
        assert not isinstance(app.screen, ConnectingScreen)
    assert connected(desk) == set()


async def test_enter_without_a_selection_connects_the_row_under_the_cursor(
    desk: Desk, company: BooksCompany
) -> None:
    book_names(company)
    await sync_now(desk)
    async with small_console(desk) as (app, pilot):
        await press(pilot, "c", "s", *["backspace"] * 10, "enter", *["a"] * 2)
        assert "0 selected" in seen(app)
        await press(pilot, "slash", *"acacia", "enter", "enter")
        assert "Connects 1 customer." in seen(app)
        assert "▲ Acacia House → Acacia House (100%): the name is the same" in seen(app)
        await press(pilot, "n", "slash", *["backspace"] * 6, *"baobab", "enter", "enter")
        assert "▲" not in seen(app)
        await press(pilot, "y")
    assert connected(desk) == {BAOBAB}


async def test_what_nothing_is_like_is_created_together_and_sent_when_a_person_leaves(
    desk: Desk, company: BooksCompany
) -> None:
    company.book("Vendor", {"DisplayName": "Zebra Works"})
    company.book("Employee", {"DisplayName": "Acacia House", "GivenName": "A", "FamilyName": "H"})
    await sync_now(desk)
    async with small_console(desk) as (app, pilot):
        await press(pilot, "c", "slash", *"zebra", "enter")
        assert "▲ A vendor of QuickBooks has this name" in seen(app)
        assert "n creates it as “Zebra Works (Customer)”" in seen(app)
        await press(pilot, "n")
        assert "Creates Zebra Works (Customer). No record waits for it. Go on?" in seen(app)
        await press(pilot, "y")
        assert "◐ 1 record can be sent: r sends them." in seen(app)
        await press(pilot, "slash", *["backspace"] * 5, *"acacia", "enter", "space", "enter")
        assert toasts(app)[-1] == "There is nothing to connect it to: n creates it, o looks closer."
        await press(pilot, "escape", "a", "n")
        assert "Creates 4 customers, 1 vendor and 1 product/service." in seen(app)
        assert "→ Acacia House as Acacia House (Customer): its own name is taken." in seen(app)
        await press(pilot, "y")
        assert "Not connected: 1 name" in seen(app), "the product needs an account too"
        assert "◐ 6 records can be sent: r sends them." in seen(app)
        await press(pilot, "escape")
        assert not isinstance(app.screen, ConnectingScreen)
        assert "Send 6 records to QuickBooks?" in seen(app)
        await walk(pilot, "y")
        assert company.one("Customer", DisplayName="Acacia House (Customer)")
        assert company.one("Customer", DisplayName="Zebra Works (Customer)")
        assert len(connected(desk)) == 6


async def test_what_is_certain_is_not_created_and_what_is_alike_only_with_a_word(
    desk: Desk, company: BooksCompany
) -> None:
    book_names(company)
    await sync_now(desk)
    async with small_console(desk) as (app, pilot):
        await press(pilot, "c", "n")
        assert toasts(app)[-1] == "It is Baobab of QuickBooks: enter connects it, o compares them."
        await press(pilot, "slash", *"annex", "enter", "n")
        assert "Creates Mangrove Lodge Annex." in seen(app)
        assert "▲ Mangrove Lodge Annex is like Mangrove Lodge of QuickBooks" in seen(app)
        await press(pilot, "n")
    assert connected(desk) == set()


async def test_an_empty_start_date_takes_the_one_from_before_away(desk: Desk, company: BooksCompany) -> None:
    book_names(company)
    await sync_now(desk)
    async with small_console(desk) as (app, pilot):
        await press(pilot, "c", "s", *"2026-11-01", "enter")
        assert "Start date 2026-11-01" in seen(app)
        await press(pilot, "s", *["backspace"] * 10, "enter")
        assert "No start date: all their transactions are sent" in seen(app)


async def test_the_comparison_stands_below_and_can_be_scrolled(desk: Desk, company: BooksCompany) -> None:
    book_names(company)
    await sync_now(desk)
    async with small_console(desk) as (app, pilot):
        await press(pilot, "c")
        assert "E-mail hello@baobab.example = hello@baobab.example" in seen(app)
        assert "Open USD 10.00" in seen(app)
        await press(pilot, "tab")
        assert app.focused is app.screen.query_one("#compared")
        await press(pilot, "tab")
        assert app.focused is app.screen.query_one("#list")


async def test_where_all_is_connected_it_says_so(
    desk: Desk, company: BooksCompany, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nothing(_: Desk) -> list[Unconnected]:
        return []

    monkeypatch.setattr(connect_many, "unconnected", nothing)
    await sync_now(desk)
    async with small_console(desk) as (app, pilot):
        await press(pilot, "c")
        assert "Not connected: nothing" in seen(app)
        assert "Every customer, vendor and product is connected" in seen(app)
        assert "Comparing" not in seen(app)


async def test_what_is_another_candidate_by_now_is_selected_no_more(
    desk: Desk, company: BooksCompany, monkeypatch: pytest.MonkeyPatch
) -> None:
    book_names(company)
    await sync_now(desk)
    async with small_console(desk) as (app, pilot):
        await press(pilot, "c", "a")
        assert "7 selected" in seen(app)
        rows = await connect_many.unconnected(desk)
        place = next(place for place, row in enumerate(rows) if row.key == BAOBAB)
        best = rows[place].best
        assert best is not None
        another = replace(best, object=replace(best.object, id="4711"), score=40)
        rows[place] = replace(rows[place], best=another, is_certain=False)

        async def found(_: Desk) -> list[Unconnected]:
            return rows

        monkeypatch.setattr(connect_many, "unconnected", found)
        await press(pilot, "f1", "escape")
        assert "6 selected" in seen(app)


async def test_before_the_first_sync_it_says_what_is_missing(desk: Desk, company: BooksCompany) -> None:
    async with small_console(desk) as (app, pilot):
        await press(pilot, "c")
        assert "QuickBooks has not been reached yet" in seen(app)
    assert ACACIA not in connected(desk)


async def test_several_selected_warnings_lead_to_the_names_that_they_wait_for(
    desk: Desk, company: BooksCompany
) -> None:
    book_names(company)
    await sync_now(desk)
    async with small_console(desk) as (app, pilot):
        await press(pilot, "w", "f", "slash", *"inv-", "enter", "a", "c")
        assert isinstance(app.screen, ConnectingScreen)
        assert "Not connected: 2 names · 1 certain · 1 selected" in seen(app)
        assert "Zebra" not in seen(app)
        await press(pilot, "a", "enter", "y")
        assert connected(desk) == {BAOBAB, ACACIA}
