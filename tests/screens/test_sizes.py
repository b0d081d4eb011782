"""Every screen at every size with every key: nothing breaks, whatever names come from outside."""

from collections.abc import Sequence
from typing import Any

import pytest
from textual.widgets import Input

from awra_tui.app import ConsoleApp
from awra_tui.cache.pages.warnings import WarningQuery, WarningRow
from awra_tui.screens import group_parts, warning_parts
from awra_tui.screens.dialogs import Choice, Line, Told, YesNo
from awra_tui.widgets.columns import Column, layout
from tests.screens.driving import press, settle
from tests.screens.fakes import NAMES, FakeDesk, some_warnings

SIZES = ((60, 15), (20, 5), (1, 1), (160, 50))
WRONG = ("@", "%", "Z", "f7", "ctrl+g", "insert", "delete", "backspace", "0")


@pytest.mark.parametrize("size", SIZES)
async def test_lists_and_dialogs_stand_at_any_size(size: tuple[int, int]) -> None:
    app = ConsoleApp(FakeDesk(some_warnings()), clock_frozen=True)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, *WRONG, "w", *WRONG, "d")
        assert isinstance(app.screen, Line)
        for other in SIZES:
            await pilot.resize_terminal(*other)
            await settle(pilot)
        await press(
            pilot, *WRONG, "escape", "question_mark", "escape", "s", "escape", "slash", *"x", "escape"
        )
        app.open_warnings(WarningQuery(dismissed=True))
        await press(pilot, *WRONG, "d", "R", "space", "end")
        assert app.is_running


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("make", [YesNo, Told, Line])
async def test_names_in_dialogs_and_toasts_are_text(make: Any, name: str) -> None:
    app = ConsoleApp(FakeDesk(), clock_frozen=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.screen.toast(f"Sent {name}.")  # type: ignore[attr-defined]
        app.push_screen(make(f"Send {name}?", (name, name)))
        await settle(pilot)
        app.push_screen(Choice(name, (("a", name), ("b", name))))
        await settle(pilot)
        assert "[/]" not in name or "[red]O'Neil" in app.export_screenshot().replace("&#x27;", "'").replace(
            "&#160;", " "
        )
        await press(pilot, "escape", "escape")
        assert app.is_running


@pytest.mark.parametrize("name", NAMES)
async def test_names_in_the_look_up_are_text(name: str) -> None:
    app = ConsoleApp(FakeDesk(), clock_frozen=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "slash")
        app.screen.query_one(Input).value = name
        await settle(pilot)
        await press(pilot, "enter", "escape")
        assert app.is_running


@pytest.mark.parametrize(
    ("columns", "width"),
    [(group_parts.COLUMNS, 109), (warning_parts.COLUMNS, 155), (warning_parts.NEWS, 155)],
)
def test_common_names_of_owners_fit_on_a_wide_terminal(
    columns: Sequence[Column[WarningRow]], width: int
) -> None:
    """The list of causes stands beside its preview, of 160 columns it has 109."""
    room = {one.column.name: one.width for one in layout(columns, width, start=5)}
    assert room["who"] >= len("Catherine Wanjiru")
