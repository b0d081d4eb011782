"""The check by keyboard: groups with one cause, their records, and the way of one of them."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from awra_tui.actions.check import Asked, Group
from awra_tui.actions.outlook import Fate, Outlook
from awra_tui.app import ConsoleApp
from awra_tui.cache.store import decisions
from awra_tui.records.subject import RecordKey
from awra_tui.screens import check as screen_of_checks
from awra_tui.screens.check import CheckedScreen, CheckScreen
from awra_tui.screens.check_parts import GROUP_COLUMNS
from awra_tui.screens.json_view import JsonScreen
from awra_tui.screens.record import RecordScreen
from awra_tui.screens.text_pane import TextPane
from awra_tui.screens.warnings import WarningsScreen
from awra_tui.sync.desk import Desk
from awra_tui.sync.run import sync
from awra_tui.widgets.columns import Cell
from tests.office import BooksCompany, empty_company, office, write_ledger
from tests.screens.driving import lines, press, settle, text_of, toasts
from tests.watch import Watch

SIZES = ((80, 24), (120, 40))


company = empty_company


@pytest.fixture
async def desk(watch: Watch, tmp_path: Path, company: BooksCompany) -> Any:
    """An office whose invoices lie in a closed period, with a payment of one of them."""
    write_ledger(tmp_path, {"INV-1": "5.00", "INV-2": "7.50"}, ["INV-1"])
    with office(tmp_path, company) as opened:
        company.switch(closing_date="2026-11-02")
        await sync(opened)
        yield opened


def stands_on(app: ConsoleApp, screen: type[Any]) -> bool:
    return isinstance(app.screen, screen)


def listed(app: ConsoleApp) -> list[str]:
    return [line.removeprefix("▸").strip() for line in lines(app, "VirtualTable")[1:] if line.strip()]


def about(pilot: Pilot[Any]) -> str:
    return pilot.app.screen.query_one(TextPane).text.plain


@pytest.mark.parametrize("size", SIZES)
async def test_the_groups_say_what_would_become_of_records(desk: Desk, size: tuple[int, int]) -> None:
    app = ConsoleApp(desk, clock_frozen=True)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "P")
        assert stands_on(app, CheckScreen)
        assert text_of(app, "#title") == "Check · 3 records: 2 would fail, 1 blocked."
        failing, blocked = listed(app)
        assert failing.startswith("✕ would fail")
        assert "2 invoices" in failing
        assert blocked.startswith("◐ is blocked")
        assert "payment/PAY-INV-1" in blocked
        assert "Dates lie in a closed period" in about(pilot)
        await press(pilot, "enter")
        assert stands_on(app, CheckedScreen)
        assert ["invoice/INV-1" in listed(app)[0], "invoice/INV-2" in listed(app)[1]] == [True, True]
        await press(pilot, "down")
        assert "of invoice INV-2 is in a closed period" in about(pilot)
        await press(pilot, "enter")
        assert stands_on(app, RecordScreen)
        await press(pilot, "escape", "escape")
        assert stands_on(app, CheckScreen)
        await press(pilot, "end", "enter")
        assert stands_on(app, RecordScreen), "a group of one is its record"


async def checked_after(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys that begin a check, and let it come to its end."""
    await press(pilot, *keys)
    for _ in range(60):
        if not pilot.app.screen.is_checking:
            return
        await pilot.pause()
    raise AssertionError("The check has no end.")


async def test_a_key_goes_to_the_warnings_where_the_cause_is_mended(
    desk: Desk, company: BooksCompany
) -> None:
    app = ConsoleApp(desk, clock_frozen=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        await checked_after(pilot, "P")
        await press(pilot, "w")
        assert stands_on(app, WarningsScreen)
        assert text_of(app, "#what").startswith("All kinds · one cause · 3 warnings")
        company.switch(closing_date="2026-10-31")
        await checked_after(pilot, "escape", "ctrl+r")
        await press(pilot, "w")
        assert toasts(app)[-1].startswith("Nothing is to be mended here")
        company.switch(closing_date="2026-11-03")
        await checked_after(pilot, "ctrl+r")
        await press(pilot, "w")
        assert stands_on(app, CheckScreen)
        assert toasts(app)[-1].startswith("No open warning has just this cause")


def test_what_is_blocked_is_told_apart_where_sentences_are_cut() -> None:
    def blocked(name: str) -> Group:
        one = Outlook(
            key=RecordKey("payment", name), name=f"payment/{name}", party="", minor=0, currency="KES",
            fate=Fate.BLOCKED, cause=f"record:customer/{name}", sentence=f"It waits for customer {name}.",
            blocked_by=f"customer {name}",
        )  # fmt: skip
        return Group(one.fate, one.cause, [one, one])

    [why] = [column for column in GROUP_COLUMNS if column.name == "why"]
    cells = [why.cell(blocked(name)) for name in ("Mwangaza Stationers", "Kilimo Packaging")]
    assert [cell.short for cell in cells if isinstance(cell, Cell)] == [
        "customer Mwangaza Stationers",
        "customer Kilimo Packaging",
    ]


async def test_it_is_asked_again_and_copied(desk: Desk, company: BooksCompany) -> None:
    app = ConsoleApp(desk, clock_frozen=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        sent = [*company.wire.sent]
        await press(pilot, "P")
        company.switch(closing_date="2026-10-31")
        await press(pilot, "ctrl+r")
        assert text_of(app, "#title") == "Check · 3 records: 3 would be sent."
        await press(pilot, "y")
        assert toasts(app)[-1] == "Copied what the check found."
        assert app.clipboard.splitlines()[0] == "3 records: 3 would be sent."
        assert company.wire.sent == sent


async def test_a_list_is_checked_as_it_is_filtered_or_selected(desk: Desk) -> None:
    app = ConsoleApp(desk, clock_frozen=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "w", "f", "P")
        assert text_of(app, "#title").startswith("Check · what this list shows · 3 records")
        await press(pilot, "escape", "slash", *"inv-2", "enter", "P")
        assert text_of(app, "#title").startswith("Check · what this list shows · 1 record: 1 would fail")
        await press(pilot, "escape", "space", "P")
        assert text_of(app, "#title").startswith("Check · what is selected · 1 record")
        await press(pilot, "escape", "enter", "P")
        assert text_of(app, "#title").startswith("Check · invoice/INV-2 · 1 record")


async def test_it_can_be_stopped_and_left_while_it_runs(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def endless(*_: Any, **__: Any) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(screen_of_checks, "check", endless)
    app = ConsoleApp(desk, clock_frozen=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "P")
        screen: Any = app.screen
        assert screen.is_checking
        await press(pilot, "enter", "x")
        assert toasts(app)[-1] == "There is nothing here yet."
        assert not screen.is_checking
        assert text_of(app, "#title") == "Check · It was stopped before anything was judged."
        await press(pilot, "ctrl+r", "escape")
        assert not stands_on(app, CheckScreen)
        assert not [worker for worker in app.workers if worker.group == "load-check"]


async def test_a_dry_run_shows_what_would_be_sent_beside_what_is_there(
    desk: Desk, company: BooksCompany
) -> None:
    company.switch(closing_date="2026-10-31")
    sent = [*company.wire.sent]
    app = ConsoleApp(desk, clock_frozen=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_record(RecordKey("invoice", "INV-2"))
        await settle(pilot)
        await press(pilot, "D")
        while not stands_on(app, JsonScreen):
            await settle(pilot)
        shown: Any = app.screen
        assert shown.heading == "Dry run: invoice/INV-2 would be sent"
        told, body = shown.documents
        assert "QuickBooks has nothing that looks like it." in told.text
        assert "≠ date\n    now   –\n    then  2026-11-02" in told.text
        assert '"DocNumber":"INV-2"' in body.text
        await press(pilot, "2", "escape")
        assert stands_on(app, RecordScreen)
    assert company.wire.sent == sent


async def test_from_log_and_audit_the_record_of_the_line_is_checked(desk: Desk) -> None:
    app = ConsoleApp(desk, clock_frozen=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "l", "P")
        assert text_of(app, "#title").startswith("Check · 3 records")
        await press(pilot, "escape", "enter", "P")
        assert text_of(app, "#title") == "Check · customer/C-1 · 1 record: 1 with nothing to send."
        desk.cache.now(decisions.add, "note", "invoice/INV-2", {}, {"note": "asked"}, "amina@desk")
        await press(pilot, "escape", "escape", "A", "P")
        assert text_of(app, "#title") == "Check · invoice/INV-2 · 1 record: 1 would fail."


async def test_names_from_outside_are_text(watch: Watch, tmp_path: Path) -> None:
    rough = "[red]O'Neil\x1b[31m \u202e" + "x" * 600
    write_ledger(tmp_path, {"INV-1": "5.00"})
    (tmp_path / "source" / "customers.csv").write_text(f'id,name\nC-1,"{rough}"\n', encoding="utf-8")
    with office(tmp_path, BooksCompany("empty-us")) as opened:
        await sync(opened)
        app = ConsoleApp(opened, clock_frozen=True)
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await press(pilot, "P")
            assert text_of(app, "#title") == "Check · 2 records: 1 would fail, 1 blocked."
            assert "[red]O'Neil" in about(pilot)
            assert "\x1b" not in about(pilot) + "".join(listed(app))
            app.open_check(Asked(keys=(RecordKey("customer", "C-1"),)), rough)
            await settle(pilot)
            assert "\x1b" not in text_of(app, "#title")
            assert "[red]O'Neil" in text_of(app, "#title")
