"""Enter in the chooser takes what was typed, however quickly it follows, and nothing of another step."""

from dataclasses import replace

import pytest
from textual.widgets import Input

from awra_tui.records.mapping import MappingChange
from awra_tui.screens.mapping import MappingScreen
from tests.screens import fakes_detail as fakes
from tests.screens.detail_app import Acts, console
from tests.screens.mapping_rows import BANK, GOOD, METHOD, ZERO, acting, four_values

OTHER = replace(GOOD, choice=fakes.choice(id="7", name="Exempt"))


@pytest.fixture
def acts(monkeypatch):
    acts = acting(Acts(monkeypatch))
    acts.answers["suggestions"] = lambda _, text: [
        one for one in (GOOD, OTHER) if text.casefold() in one.choice.name.casefold()
    ]
    return acts


desk = four_values


async def test_enter_right_after_typing_takes_what_was_typed(acts, desk):
    async with console(desk, MappingScreen()) as hand:
        await hand.press("down", "enter")
        line = hand.app.screen.query_one(Input)
        line.value = "exempt"
        await line.action_submit()
        await hand.settle()
        assert hand.app.first.draft.changes == (MappingChange(ZERO, "7"),)


async def test_what_is_found_anew_is_highlighted_from_its_beginning(acts, desk):
    async with console(desk, MappingScreen()) as hand:
        await hand.press("down", "enter", "down")
        hand.app.screen.query_one(Input).value = "e"
        await hand.settle()
        hand.app.screen.query_one(Input).value = ""
        await hand.settle()
        await hand.press("enter")
        assert hand.app.first.draft.changes == (MappingChange(ZERO, "6"),)


async def test_a_second_enter_in_haste_takes_no_method_for_an_account(acts, desk):
    async with console(desk, MappingScreen()) as hand:
        await hand.press("home", "enter")
        chooser = hand.app.screen
        await chooser.query_one(Input).action_submit()
        await chooser.query_one(Input).action_submit()
        await hand.settle()
        assert hand.app.screen is chooser, "the account is asked for"
        assert "which deposit account?" in hand.seen
        await hand.press("enter")
        assert hand.app.first.draft.changes == (MappingChange(METHOD, "6", BANK.choice.id),)
