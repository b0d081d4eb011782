"""Warnings by keyboard: narrow, sort, select, decide; nothing acts while one types."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from textual import events
from textual.widgets import Input

from awra_tui.actions import dismiss as dismissing
from awra_tui.actions import owner as owning
from awra_tui.actions.results import Done
from awra_tui.app import ConsoleApp
from awra_tui.records.status import Dimension
from awra_tui.records.subject import MappingKey, RecordKey, Subject
from awra_tui.screens import evidence, resending
from awra_tui.screens.overview import OverviewScreen
from awra_tui.screens.warnings import WarningsScreen
from awra_tui.widgets.bars import KeyBar
from awra_tui.widgets.filter_box import FilterBox
from tests.screens.driving import lines, press, settle, text_of, toasts
from tests.screens.fakes import FakeDesk, a_warning, some_warnings


class Quiet(ConsoleApp):
    """A console that notes what would be opened."""

    def __init__(self, desk: Any) -> None:
        super().__init__(desk, clock_frozen=True)
        self.opened: list[Any] = []

    def open_record(self, key: RecordKey) -> None:
        self.opened.append(key)

    def open_mapping(self, key: MappingKey | None = None) -> None:
        self.opened.append(key)

    def open_connect(self, key: RecordKey) -> None:
        self.opened.append(("connect", key))

    @property
    def warnings(self) -> WarningsScreen:
        assert isinstance(self.screen, WarningsScreen), self.screen
        return self.screen


def console(count: int = 12) -> Quiet:
    return Quiet(FakeDesk(some_warnings(count)))


async def opened(pilot: Any) -> None:
    await settle(pilot)
    await press(pilot, "w")


async def test_names_from_outside_are_shown_as_they_are() -> None:
    app = console()
    async with app.run_test(size=(139, 40)) as pilot:
        await opened(pilot)
        shown = "\n".join(lines(app, "#list"))
        assert "[red]O'Neil & Söhne[/]" in shown
        assert "日本茶商会 Nairobi" in shown
        assert "Acme [wip] Ltd" in shown
        assert "Two Lines and a tab" in shown
        await press(pilot, "down", "down", "down", "down", "down")
        assert "xxxxx" in text_of(app, "#about")
        assert len(text_of(app, "#about")) < 2_000


async def test_at_80_by_24_the_row_has_what_one_decides_by() -> None:
    app = console()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        header, first, _, third = lines(app, "#list")[:4]
        assert header.split() == ["Number", "Party", "Amount", "Date", "Status", "Why"]
        assert "INV-1001" in first
        assert "1,234.50 02 Nov" in first
        assert "attention" in first
        assert "blocked by cus" in third
        about = text_of(app, "#about")
        assert "“Make sure all your transactions have a VAT rate before you save.” (6000)" in " ".join(
            about.split()
        )
        assert "Map it. (t)" in about
        assert "Mended once, 11 warnings go" in about
        assert "finance administrator" in about


async def test_wider_screens_show_more_and_put_the_preview_beside() -> None:
    app = console()
    async with app.run_test(size=(200, 50)) as pilot:
        await opened(pilot)
        header = lines(app, "#list")[0]
        for label in ("Age", "Owner", "Tried"):
            assert label in header
        split = app.screen.query_one("#split").region
        assert app.screen.query_one("#preview").region.x > split.x + 100


async def test_while_typing_letters_are_text_and_escape_closes_only_the_filter() -> None:
    app = console(30)
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await press(pilot, "slash", *"jomo & sons")
        assert app.warnings.query_now.text == "jomo & sons"
        assert app.warnings.table.count == 3
        assert "3 warnings" in text_of(app, "#what")
        await press(pilot, "escape")
        assert isinstance(app.screen, WarningsScreen)
        assert app.warnings.table.count == 30
        assert not app.screen.query_one(FilterBox).has_class("-open")
        assert app.focused is app.warnings.table
        await press(pilot, "escape")
        assert isinstance(app.screen, OverviewScreen)


@pytest.mark.parametrize("screen", ["warnings", "lookup"])
async def test_letters_typed_in_one_burst_after_the_slash_are_text(screen: str) -> None:
    app = console()
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        if screen == "warnings":
            await press(pilot, "w")
        for key in ("slash", *"mwq/r"):
            character = "/" if key in ("slash", "/") else key
            app.post_message(events.Key("slash" if character == "/" else key, character))
        await settle(pilot)
        assert app.screen.query_one(Input).value == "mwq/r"
        assert app.is_running
        assert not app.opened


async def test_w_shows_what_waits_for_a_change_in_quickbooks_and_everything_again() -> None:
    app = console()
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await press(pilot, "space", "w")
        assert app.warnings.query_now.waiting
        assert "waiting for QuickBooks" in text_of(app, "#what")
        assert not app.warnings.table.selected, "nothing unseen stays selected"
        await press(pilot, "w")
        assert not app.warnings.query_now.waiting


async def test_b_goes_to_the_record_that_blocks() -> None:
    app = console()
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await press(pilot, "b")
        assert "No other record holds this one up" in toasts(app)[-1]
        await press(pilot, "down", "down", "b")
        assert app.opened == [RecordKey("customer", "C-7")]


async def test_enter_keeps_the_filter_and_goes_to_the_list() -> None:
    app = console(30)
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await press(pilot, "slash", *"baobab", "down")
        assert app.focused is app.warnings.table
        assert app.warnings.table.count == 3
        assert app.warnings.table.order.index == 1
        await press(pilot, "escape")
        assert app.warnings.table.count == 30
        assert isinstance(app.screen, WarningsScreen)


async def test_a_filter_without_a_hit_says_so() -> None:
    app = console()
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await press(pilot, "slash", *"[b]zz")
        assert "No warning has “[b]zz” in it" in lines(app, "#list")[1]
        assert text_of(app, "#about") == ""


async def test_selection_and_cursor_survive_filter_sort_and_refresh() -> None:
    app = console(30)
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await press(pilot, "down", "space", "down", "space")
        assert app.warnings.table.selected == {2, 3}
        await press(pilot, "slash", *"baobab", "escape")
        await press(pilot, "s", "d")
        assert app.warnings.query_now.sort == "amount"
        assert app.warnings.query_now.descending
        app.warnings.reload()
        await settle(pilot)
        assert app.warnings.table.selected == {2, 3}
        assert "2 selected" in text_of(app, "#what")
        assert "resend (2)" in app.screen.query_one(KeyBar).render().plain
        await press(pilot, "escape")
        assert app.warnings.table.selected == set()
        assert isinstance(app.screen, WarningsScreen)


async def test_the_same_column_again_turns_the_order_and_the_title_says_it() -> None:
    app = console()
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        assert "in order of work" in text_of(app, "#what")
        await press(pilot, "s", "b")
        assert "sorted by number ↑" in text_of(app, "#what")
        await press(pilot, "s", "enter")
        assert "sorted by number ↓" in text_of(app, "#what")
        assert "Number ↓" in lines(app, "#list")[0]
        assert "INV-1012" in lines(app, "#list")[1] or app.warnings.table.order.ids[0] == 12
        await press(pilot, "s", "escape")
        assert "sorted by number ↓" in text_of(app, "#what")


async def test_select_all_takes_what_the_filter_shows() -> None:
    app = console(30)
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await press(pilot, "slash", *"baobab", "enter", "a")
        assert app.warnings.table.selected == {10, 20, 30}


async def test_each_warning_leads_to_what_fixes_it() -> None:
    app = console()
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await press(pilot, "enter", "t", "down", "down", "c")
        assert app.opened == [
            RecordKey("invoice", "I-1"),
            MappingKey("tax_code", "Zero-rated", "branch=Mombasa"),
            ("connect", RecordKey("customer", "C-7")),
        ]


async def test_a_refused_key_says_why_and_does_nothing() -> None:
    app = console()
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await opened(pilot)
        await press(pilot, "c", "R", "down", "down", "t")
        said = toasts(app)
        assert said[0].startswith("Nothing to connect")
        assert said[1].startswith("It is not put aside")
        assert said[2] == "Nothing to map: this one waits for customer O'Neil & Söhne."
        assert app.opened == []


async def test_a_warning_about_a_row_of_input_cannot_be_sent() -> None:
    row = a_warning(
        1, subject=Subject("row", "invoice", "a.csv:7"), dimension=Dimension.SOURCE_DATA, cause="row:a.csv:7"
    )
    app = Quiet(FakeDesk([row]))
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await opened(pilot)
        await press(pilot, "r", "enter")
        assert "about no record" in toasts(app)[0]
        assert toasts(app)[1].startswith("No record to open")
        assert app.opened == []


async def test_dismissing_asks_for_a_reason_and_goes_on_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    app = console()
    desk: Any = app.desk
    asked: list[tuple[Sequence[int], str]] = []

    async def dismiss(_: Any, ids: Sequence[int], why: str) -> Done:
        asked.append((list(ids), why))
        desk.warnings = [row for row in desk.warnings if row.id not in ids]
        return Done(sentence="Dismissed 1 warning.", decision_id=1)

    monkeypatch.setattr(dismissing, "dismiss", dismiss)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await opened(pilot)
        await press(pilot, "down", "d")
        await press(pilot, "enter")
        assert text_of(app, "#refused") == "Nothing is dismissed without a reason."
        await press(pilot, *"q?", "enter")
        assert asked == [([2], "q?")]
        assert app.warnings.table.cursor_id == 3
        assert "Dismissed 1 warning. u undoes." in toasts(app)
        await press(pilot, "d")
        await press(pilot, "down", "enter")
        assert asked[1] == ([3], "Entered by hand in QuickBooks")
        await press(pilot, "d", "escape")
        assert len(asked) == 2


async def test_dismissed_warnings_are_shown_and_restored(monkeypatch: pytest.MonkeyPatch) -> None:
    app = console()
    desk: Any = app.desk
    put_aside = replace(
        a_warning(50),
        dismissed=True,
        dismissed_by="ann@till",
        dismissed_at="2025-11-14T08:00:00.000000Z",
        dismissed_why="Test record",
    )
    desk.dismissed = [put_aside]
    asked: list[Sequence[int]] = []

    async def restore(_: Any, ids: Sequence[int]) -> Done:
        asked.append(list(ids))
        desk.dismissed = []
        return Done(sentence="Brought back 1 warning.")

    monkeypatch.setattr(dismissing, "restore", restore)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await opened(pilot)
        await press(pilot, "D")
        assert "1 dismissed" in text_of(app, "#what")
        assert re.search(r"Put aside by ann@till \(.+\): Test record", text_of(app, "#about"))
        await press(pilot, "d", "R")
        assert "put aside already" in toasts(app)[0]
        assert asked == [[50]]
        assert "Nothing is dismissed" in lines(app, "#list")[1]
        await press(pilot, "D")
        assert app.warnings.table.count == 12


async def test_resend_takes_each_selected_record_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Sequence[RecordKey]] = []

    async def resend_records(_: Any, keys: Sequence[RecordKey]) -> None:
        asked.append(keys)

    monkeypatch.setattr(resending, "resend_records", resend_records)
    twice = a_warning(2, source_id="I-1", subject=Subject("record", "invoice", "I-1"))
    app = Quiet(FakeDesk([a_warning(1), twice, a_warning(3)]))
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await press(pilot, "a", "r")
        assert asked == [[RecordKey("invoice", "I-1"), RecordKey("invoice", "I-3")]]
        assert app.warnings.table.selected == set()


async def test_owner_and_escalate_and_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    async def set_owner(_: Any, ids: Sequence[int], owner: str) -> Done:
        asked.append((list(ids), owner))
        return Done(sentence=f"{owner} has 1 warning now.")

    async def hand_on(_: Any, key: RecordKey) -> None:
        asked.append(key)

    monkeypatch.setattr(owning, "set_owner", set_owner)
    monkeypatch.setattr(evidence, "hand_on", hand_on)
    app = console()
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await press(pilot, "o")
        await press(pilot, *"Wanjiru", "enter")
        await press(pilot, "e", "y")
        assert asked == [([1], "Wanjiru"), RecordKey("invoice", "I-1")]
        assert app.clipboard.startswith("invoice/INV-1001\t")


async def test_the_arrows_turn_from_kind_to_kind_in_order_of_work() -> None:
    app = console()
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await press(pilot, "right")
        assert app.warnings.query_now.kinds == ("customer",)
        assert text_of(app, "#what").startswith("Customers")
        assert "No warnings here" in lines(app, "#list")[1]
        await press(pilot, "left", "left")
        assert app.warnings.query_now.kinds == ("journal",)


async def test_a_refresh_in_the_middle_changes_nothing_that_one_looks_at() -> None:
    app = console(30)
    desk: Any = app.desk
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await press(pilot, *["down"] * 20)
        before = app.warnings.table.scroll_offset
        desk.warnings = desk.warnings[5:]
        app.warnings.reload()
        await settle(pilot)
        assert app.warnings.table.cursor_id == 21
        assert app.warnings.table.order.index == 15
        assert app.warnings.table.scroll_offset.y <= before.y
