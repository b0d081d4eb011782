"""The guide by keyboard: it opens at what fits, finds while one types, and closes one step at a time."""

from dataclasses import replace
from typing import Any

import pytest
from textual.pilot import Pilot

from awra_tui.app import ConsoleApp
from awra_tui.guide.book import section_of
from awra_tui.records.subject import RecordKey
from awra_tui.screens import support
from awra_tui.screens.attempt import AttemptScreen
from awra_tui.screens.connect import ConnectScreen
from awra_tui.screens.guide import GuideScreen
from awra_tui.screens.help import HelpScreen
from awra_tui.screens.record import RecordScreen
from awra_tui.screens.text_pane import TextPane
from awra_tui.screens.topics import TOPICS
from awra_tui.screens.typing_list import TypingList
from awra_tui.screens.warnings import WarningsScreen
from tests.screens import fakes_detail
from tests.screens.detail_app import Acts, Desk, console
from tests.screens.driving import press, settle, toasts
from tests.screens.fakes import NAMES, FakeDesk, some_warnings

ADDRESS = "https://help.example.com/books"
SIZES = ((80, 24), (120, 40), (200, 60))


def desk_with(reason: str, address: str = "") -> FakeDesk:
    desk = FakeDesk([replace(row, reason=reason) for row in some_warnings()])
    desk.profile.support.guide_url = address
    return desk


def section(pilot: Pilot[Any]) -> str:
    return pilot.app.screen.query_one("#about", TextPane).text.plain


def line(pilot: Pilot[Any]) -> Any:
    return pilot.app.screen.query_one(TypingList).line


@pytest.mark.parametrize("size", SIZES)
async def test_f1_on_a_warning_opens_the_section_of_its_reason(size: tuple[int, int]) -> None:
    app = ConsoleApp(desk_with("tax_rate_differs"), clock_frozen=True)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "w", "f1")
        assert isinstance(app.screen, GuideScreen)
        assert section(pilot).startswith("Tax rate differs\n")
        assert "A rate changed on one side" in section(pilot)
        row = app.screen.query_one(TypingList).table.cursor_row
        assert row is not None
        assert row.id == "tax_rate_differs"
        assert app.screen.query_one("#about").has_focus
        await press(pilot, "escape")
        assert isinstance(app.screen, WarningsScreen)


async def test_f1_on_a_record_opens_the_section_of_its_warning(monkeypatch: Any) -> None:
    acts = Acts(monkeypatch)
    found = fakes_detail.page(warnings=(fakes_detail.warning(reason="not_mapped"),))
    acts.answers = {"open_record": found, "differences": []}
    async with console(Desk(), RecordScreen(RecordKey("invoice", "i-1042"))) as hand:
        await hand.press("f1")
        assert isinstance(hand.app.screen, GuideScreen)
        assert "Not mapped" in hand.seen
        await hand.press("f1")
        assert isinstance(hand.app.screen, RecordScreen)


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("6140", "Number is taken"),
        ("6000", "Tax code refused"),
        ("98765", "Refused"),
        ("", "Retry or escalate"),
    ],
)
async def test_f1_on_an_attempt_opens_the_section_of_its_code(code: str, title: str) -> None:
    desk = Desk()
    desk.answers = {"exchange": fakes_detail.exchange()}
    async with console(desk, AttemptScreen(fakes_detail.attempt(code=code))) as hand:
        await hand.press("f1")
        assert section(hand.pilot).startswith(f"{title}\n")


@pytest.mark.parametrize("reason", ["of_another_version", ""])
async def test_a_reason_that_is_not_known_opens_the_guide_at_its_beginning(reason: str) -> None:
    app = ConsoleApp(desk_with(reason), clock_frozen=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "w", "f1")
        assert section(pilot).startswith("Order of work")
        assert line(pilot).has_focus


@pytest.mark.parametrize(("kind", "page"), [("customer", "customers"), ("invoice", "duplicates")])
def test_connecting_leads_to_names_or_to_duplicates(kind: str, page: str) -> None:
    assert ConnectScreen(RecordKey(kind, "1")).topic() == page


@pytest.mark.parametrize("topic", TOPICS.values())
def test_every_screen_leads_to_a_page_that_is_there(topic: str) -> None:
    found = section_of(topic)
    assert found is not None
    assert found.title == found.page


async def test_f1_elsewhere_opens_the_page_of_the_screen() -> None:
    app = ConsoleApp(FakeDesk(), clock_frozen=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "f1")
        assert section(pilot).startswith("Order of work")


async def test_it_is_searched_as_one_types_and_read_by_keys() -> None:
    app = ConsoleApp(desk_with("not_mapped"), clock_frozen=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "w", "f1", "slash", *"tax")
        assert line(pilot).value == "tax"
        await press(pilot, "space", *"rate")
        first = section(pilot)
        assert "rate" in first.splitlines()[0].casefold()
        await press(pilot, "down")
        assert section(pilot) != first
        await press(pilot, "enter", "down", "pagedown")
        assert app.screen.query_one("#about").has_focus
        await press(pilot, "escape")
        assert line(pilot).has_focus
        await press(pilot, "escape")
        assert line(pilot).value == ""
        await press(pilot, *"zzzz")
        assert section(pilot) == ""
        await press(pilot, "escape", "escape")
        assert isinstance(app.screen, WarningsScreen)


async def test_keys_are_listed_even_in_the_line() -> None:
    app = ConsoleApp(FakeDesk(), clock_frozen=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "f1", "slash", "question_mark")
        assert isinstance(app.screen, HelpScreen)
        await press(pilot, "escape")
        assert isinstance(app.screen, GuideScreen)
        assert line(pilot).value == ""
        await press(pilot, *"retry", "question_mark")
        assert line(pilot).value == "retry?"
        assert section(pilot).startswith("Retry or escalate")


async def test_the_support_guide_is_opened_or_its_address_copied(monkeypatch: Any) -> None:
    opened: list[str] = []

    async def browser(address: str) -> bool:
        opened.append(address)
        return len(opened) == 1

    monkeypatch.setattr(support, "opened", browser)
    app = ConsoleApp(desk_with("not_mapped", ADDRESS), clock_frozen=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "f1", "slash", "f2")
        assert toasts(app)[-1] == f"Opened {ADDRESS}"
        await press(pilot, "f2")
        assert app.clipboard == ADDRESS
        assert opened == [ADDRESS, ADDRESS]


async def test_without_an_address_it_says_where_to_write_one() -> None:
    app = ConsoleApp(desk_with("not_mapped"), clock_frozen=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "w", "f1", "o")
        assert "guide_url" in toasts(app)[-1]


async def test_the_palette_opens_guide_and_support_guide() -> None:
    app = ConsoleApp(desk_with("not_mapped", ADDRESS), clock_frozen=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        offered = {command.title: command.callback for command in app.get_system_commands(app.screen)}
        offered["Go to: Support guide"]()
        await settle(pilot)
        assert ADDRESS in toasts(app)[-1]
        offered["Go to: Guide"]()
        await settle(pilot)
        assert isinstance(app.screen, GuideScreen)


@pytest.mark.parametrize("size", [(60, 15), (20, 5), (1, 1), (160, 50)])
@pytest.mark.parametrize("name", NAMES[:3])
async def test_it_stands_at_any_size_whatever_is_typed(size: tuple[int, int], name: str) -> None:
    app = ConsoleApp(FakeDesk(), clock_frozen=True)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "f1", "slash")
        line(pilot).value = name
        await settle(pilot)
        await press(pilot, "enter", "@", "escape")
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert app.is_running
