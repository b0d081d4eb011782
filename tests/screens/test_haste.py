"""People press keys while something is being saved: nothing happens twice, no other screen is closed."""

import asyncio

import pytest

from awra_tui.actions.results import Connected, Done, ResendQuestion
from awra_tui.records.errors import AwraError
from awra_tui.records.mapping import MappingChange
from awra_tui.screens.connect import ConnectScreen
from awra_tui.screens.guide import GuideScreen
from awra_tui.screens.mapping import MappingScreen
from tests.screens import fakes_detail as fakes
from tests.screens.detail_app import Desk, console
from tests.screens.mapping_rows import METHOD, ZERO, answers_about_four, four_values
from tests.screens.test_connect import CUSTOMER, FIRST, INVOICE, KEY, preview


class Gate:
    """An answer that waits until it is let through; what is an error is raised."""

    def __init__(self, answer: object) -> None:
        self.opened = asyncio.Event()
        self._answer = answer

    async def __call__(self) -> object:
        await self.opened.wait()
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer

    def held(self, *_: object) -> object:
        """Answer as an action does."""
        return self()


acts = answers_about_four
desk = four_values


async def test_what_is_being_saved_is_not_saved_again(acts, desk):
    gate = Gate(fakes.changes_saved())
    acts.answers["save_changes"] = gate.held
    async with console(desk, MappingScreen()) as hand:
        await hand.press("down", "enter", "enter", "s", "y")
        await hand.press("s")
        assert hand.toasts == ["Nothing is changed that is not saved."]
        await hand.press("escape")
        assert hand.toasts[-1] == "The changes are being saved. Leave when they are."
        assert hand.app.screen is hand.app.first
        gate.opened.set()
        await hand.settle()
    assert [asked[0] for asked in acts.of("save_changes")] == [(MappingChange(ZERO, "6"),)]


async def test_what_could_not_be_saved_is_in_the_draft_again_below_what_was_chosen_since(acts, desk):
    gate = Gate(AwraError("Another program writes to the cache."))
    acts.answers["save_changes"] = gate.held
    async with console(desk, MappingScreen()) as hand:
        await hand.press("down", "enter", "enter", "s", "y")
        await hand.press("home", "p", "enter")
        gate.opened.set()
        await hand.settle()
        assert hand.toasts[-1] == "Another program writes to the cache."
        assert set(hand.app.first.draft.changes) == {
            MappingChange(ZERO, "6"),
            MappingChange(METHOD, "9", "31"),
        }


async def test_what_is_chosen_while_something_is_saved_stays_in_the_draft(acts, desk):
    gate = Gate(fakes.changes_saved())
    acts.answers["save_changes"] = gate.held
    async with console(desk, MappingScreen(ZERO)) as hand:
        await hand.press("enter", "enter", "y")
        await hand.press("home", "p", "enter", "n")
        gate.opened.set()
        await hand.settle()
        assert hand.app.screen is hand.app.first
        assert hand.app.first.draft.changes == (MappingChange(METHOD, "9", "31"),)


async def test_what_was_saved_closes_no_screen_that_was_opened_since(acts, desk):
    gate = Gate(fakes.changes_saved(INVOICE))
    acts.answers["save_changes"] = gate.held
    async with console(desk, MappingScreen(ZERO)) as hand:
        await hand.press("enter", "enter", "y", "f1")
        assert isinstance(hand.app.screen, GuideScreen)
        gate.opened.set()
        await hand.settle()
        assert isinstance(hand.app.screen, GuideScreen)
        await hand.press("escape")
        assert hand.app.screen is hand.app.first
        assert hand.app.first.released == (INVOICE,)


@pytest.mark.parametrize(
    ("keys", "verb", "answer"),
    [
        (("enter", "y"), "connect_record", Connected(sentence="Connected.", released=(INVOICE,))),
        (("l", *"later", "enter"), "note", Done(sentence="Noted.", decision_id=1)),
    ],
)
async def test_what_was_connected_or_left_closes_no_screen_that_was_opened_since(
    acts, monkeypatch, keys, verb, answer
):
    gate = Gate(answer)
    monkeypatch.setattr("awra_tui.actions.owner.note", gate.held)
    acts.answers |= {
        "open_record": fakes.page(record=CUSTOMER),
        "candidates": [FIRST],
        "preview_connect": preview,
        "connect_record": gate.held,
    }
    async with console(Desk(), ConnectScreen(KEY)) as hand:
        await hand.press(*keys, "f1")
        assert isinstance(hand.app.screen, GuideScreen)
        gate.opened.set()
        await hand.settle()
        assert isinstance(hand.app.screen, GuideScreen)
        assert hand.toasts[-1].startswith(answer.sentence)


async def test_the_quick_way_out_asks_about_what_is_not_saved_too(acts, desk):
    async with console(desk, MappingScreen()) as hand:
        await hand.press("down", "enter", "enter", "ctrl+q")
        assert "1 change not saved yet. Save?" in hand.seen
        await hand.press("n", "h", "ctrl+q")
        assert "1 change not saved yet. Save?" in hand.seen, "what stood before it is closed"
        assert not acts.of("save_changes")
        await hand.press("n")
        assert hand.app.is_running
        await hand.press("D", "ctrl+q")
        assert hand.app._exit


async def test_a_question_that_leaving_closed_is_answered_with_nothing(acts, desk):
    acts.answers["ask_resend"] = ResendQuestion(sentence="Send 1 record?", sendable=(INVOICE,))
    acts.answers["save_changes"] = fakes.changes_saved(INVOICE)
    async with console(desk, MappingScreen()) as hand:
        await hand.press("down", "enter", "enter", "s", "y")
        await hand.press("down", "enter", "enter", "r")
        assert "Send 1 record?" in hand.seen
        await hand.press("ctrl+q", "n", "r")
        assert "Send 1 record?" in hand.seen, "the key works again"
