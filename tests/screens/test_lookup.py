"""Look-up by keyboard alone at 80×24, against a company in this process."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.widgets import Input

from awra_tui.actions.sync import sync_now
from awra_tui.app import ConsoleApp
from awra_tui.screens.attempt import AttemptScreen
from awra_tui.screens.json_view import JsonScreen
from awra_tui.screens.lookup import BEFORE, LookupScreen
from awra_tui.screens.record import RecordScreen
from awra_tui.sync.desk import Desk
from awra_tui.widgets.virtual_table import ArrowTable
from tests.actions.test_lookup import typed_in
from tests.office import BooksCompany, empty_company, office, write_ledger
from tests.screens.driving import lines, press, settle, small_console, text_of, toasts
from tests.watch import Watch

company = empty_company


@pytest.fixture
def desk(tmp_path: Path, company: BooksCompany) -> Iterator[Desk]:
    write_ledger(tmp_path, {"INV-1": "10.00", "INV-12": "12.00", "INV-13": "13.00"}, ["INV-12"])
    with office(tmp_path, company) as opened:
        yield opened


async def test_it_narrows_as_one_types_and_opens_what_is_highlighted(desk: Desk) -> None:
    await sync_now(desk)
    async with small_console(desk) as (app, pilot):
        await press(pilot, "slash")
        assert text_of(app, "#verdict") == BEFORE
        await press(pilot, *"inv-1")
        assert "Invoice INV-1 is in the books once" in text_of(app, "#verdict")
        await press(pilot, "3")
        assert "Invoice INV-13 is in the books once" in text_of(app, "#verdict")
        assert any("QuickBooks" in line and "connected" in line for line in lines(app, "ArrowTable"))
        await press(pilot, "enter")
        record: Any = app.screen
        assert isinstance(record, RecordScreen)
        assert record.key.source_id == "INV-13"
        await press(pilot, "L")
        assert app.screen.SCREEN == "lookup"  # type: ignore[attr-defined]
        assert app.screen.query_one(Input).value == "INV-13"
        await press(pilot, *"zz")
        assert app.screen.query_one(Input).value == "zz", "what one types takes the place of what stood there"
        assert "Nothing anywhere" in text_of(app, "#verdict")
        await press(pilot, "enter")
        assert toasts(app)[-1] == "Nothing was found that could be opened."
        await press(pilot, "escape", "escape", "escape")
        assert app.screen.SCREEN == "overview"  # type: ignore[attr-defined]


async def test_enter_right_after_a_paste_opens_what_was_pasted(desk: Desk) -> None:
    await sync_now(desk)
    async with small_console(desk) as (app, pilot):
        await press(pilot, "slash")
        await press(pilot, *"inv-12")
        # Both reach the screen before its search begins.
        line = app.screen.query_one(Input)
        line.value = "inv-13"
        await line.action_submit()
        await settle(pilot)
        record: Any = app.screen
        assert isinstance(record, RecordScreen)
        assert record.key.source_id == "INV-13"


async def test_attempts_and_objects_open_too(desk: Desk, company: BooksCompany) -> None:
    await sync_now(desk)
    typed_in(company, "HAND-7", "77.70")
    await sync_now(desk)
    async with small_console(desk) as (app, pilot):
        await press(pilot, "L", *"inv-13", "down", "down")
        assert "intuit_tid" in text_of(app, "#about")
        await press(pilot, "enter")
        assert isinstance(app.screen, AttemptScreen)
        await press(pilot, "escape", *(["backspace"] * 6), *"hand-7")
        assert "not ours" in text_of(app, "#verdict")
        await press(pilot, "enter")
        assert isinstance(app.screen, JsonScreen)


async def test_quickbooks_is_asked_by_a_key(desk: Desk, company: BooksCompany, watch: Watch) -> None:
    await sync_now(desk)
    watch.forward(minutes=30)
    typed_in(company, "HAND-7", "77.70")
    async with small_console(desk) as (app, pilot):
        await press(pilot, "slash", "ctrl+r")
        assert toasts(app)[-1] == "Paste first what is to be looked up."
        await press(pilot, *"hand-7")
        assert "Nothing anywhere" in text_of(app, "#verdict")
        await press(pilot, "ctrl+r")
        for _ in range(200):
            if "not ours" in text_of(app, "#verdict"):
                break
            await pilot.pause(0.02)
        assert "In QuickBooks but not ours: Invoice HAND-7" in text_of(app, "#verdict")


async def test_no_letter_typed_ahead_is_a_key(desk: Desk) -> None:
    await sync_now(desk)
    async with small_console(desk) as (app, pilot):
        app.post_message(events.Key("slash", "/"))
        for key in "qx?L":
            app.post_message(events.Key({"?": "question_mark"}.get(key, key), key))
        await settle(pilot)
        assert isinstance(app.screen, LookupScreen)
        assert app.screen.query_one(Input).value == "qx?L"
        assert app.is_running


@pytest.mark.parametrize("size", [(1, 1), (20, 5), (80, 24), (200, 60)])
async def test_odd_texts_are_text_at_any_size(desk: Desk, size: tuple[int, int]) -> None:
    await sync_now(desk)
    app = ConsoleApp(desk, clock_frozen=True)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        app.open_lookup("[red]\x1b[31m\u202eBaobab" + "x" * 10_000)
        await settle(pilot)
        await press(pilot, "down", "enter", "escape")
        app.open_lookup("INV")
        await settle(pilot)
        assert app.screen.query_one(ArrowTable).count > 3
