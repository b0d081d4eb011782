"""Enter in the look-up opens what was typed, however quickly it follows, and not what was found before."""

import pytest
from textual.widgets import Input

from awra_tui.actions.lookup import LookedUp
from awra_tui.cache.pages.sought import Sought, SoughtObject
from awra_tui.screens.json_view import JsonScreen
from awra_tui.screens.lookup import LookupScreen
from tests.screens import fakes_detail as fakes
from tests.screens.detail_app import Desk, console

THERE = [fakes.thing(id=number, number=f"INV-{number}") for number in ("1", "12", "13")]


def looked_up(_: Desk, text: str) -> LookedUp:
    """Find what begins so, at once."""
    found = [one for one in THERE if text and one.number.casefold().startswith(text.casefold())]
    objects = tuple(SoughtObject(object=one, how="number") for one in found)
    return LookedUp(found=Sought(text=text, objects=objects), verdict="In QuickBooks.", alikes={})


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.answers["look_up_here"] = looked_up
    return desk


async def test_enter_right_after_a_paste_opens_nothing_that_was_found_before(desk: Desk) -> None:
    async with console(desk, LookupScreen()) as hand:
        await hand.type("inv-12")
        line = hand.app.screen.query_one(Input)
        line.value = "inv-13"
        await line.action_submit()
        await hand.settle()
        assert isinstance(hand.app.screen, JsonScreen)
        assert hand.app.screen.heading == "Invoice INV-13"


@pytest.mark.parametrize("typed", ["inv-1", "INV-1"])
async def test_what_is_found_anew_is_highlighted_from_its_beginning(desk: Desk, typed: str) -> None:
    async with console(desk, LookupScreen()) as hand:
        await hand.type("inv-12")
        hand.app.screen.query_one(Input).value = typed
        await hand.settle()
        await hand.press("enter")
        assert hand.app.screen.heading == "Invoice INV-1"
        await hand.press("escape", "down", "enter")
        assert hand.app.screen.heading == "Invoice INV-12"
        await hand.press("escape", "enter")
        assert hand.app.screen.heading == "Invoice INV-12", "coming back leaves the place"
