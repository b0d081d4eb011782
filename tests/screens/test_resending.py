"""Resending by keyboard: what is asked first, where the keys of the question lead, what is told then."""

import asyncio
from typing import Any

import pytest

from awra_tui.actions.results import Escalation, ResendQuestion, ResendResult
from awra_tui.records.errors import AwraError
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.screens.connect import ConnectScreen
from awra_tui.screens.json_view import JsonScreen
from awra_tui.screens.record import RecordScreen
from tests.screens import fakes_detail as fakes
from tests.screens.detail_app import Acts, Desk, console
from tests.screens.one_record import one_exchange

KEY = RecordKey("invoice", "i-1042")
CUSTOMER = RecordKey("customer", "c-9")
HOPELESS = Escalation(key=KEY, name="invoice/INV-1042", times=2)
REFUSED = ResendResult(
    key=KEY, name="invoice/INV-1042", status=Status.FAILED, sentence=fakes.MESSAGE, escalate=HOPELESS
)
BLOCKED = ResendQuestion(
    sentence="None of the chosen records can be sent now.",
    blocked=("3 wait for customer Acme: invoice/INV-1, invoice/INV-2, invoice/INV-3.",),
    blocker=CUSTOMER,
    blocker_name="customer Acme",
)


@pytest.fixture
def acts(monkeypatch: pytest.MonkeyPatch) -> Acts:
    acts = Acts(monkeypatch)
    acts.answers = {
        "open_record": fakes.page(),
        "differences": [],
        "ask_resend": ResendQuestion(sentence="Send invoice/INV-1042 again?", sendable=(KEY,)),
        "resend": [REFUSED],
        "evidence": fakes.EVIDENCE,
        "candidates": [],
        "preview_connect": AwraError("nothing"),
    }
    return acts


desk = one_exchange


async def test_while_quickbooks_is_read_a_sentence_stands_and_escape_stops_it(acts: Acts, desk: Desk) -> None:
    stopped: list[bool] = []

    async def endless(*_: Any) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            stopped.append(True)

    acts.answers["ask_resend"] = endless
    async with console(desk, RecordScreen(KEY)) as hand:
        await hand.pilot.press("r")
        await hand.pilot.pause()
        assert "Reading again in QuickBooks what decides whether it goes" in hand.seen
        await hand.pilot.press("y", "n")
        await hand.press("escape")
        assert (stopped, hand.toasts[-1]) == ([True], "Nothing was sent.")
        assert hand.app.screen is hand.app.first
        await hand.press("j")
        assert isinstance(hand.app.screen, JsonScreen), "the screen lives on"


async def test_what_could_not_be_read_again_is_said_before_the_question(acts: Acts, desk: Desk) -> None:
    unread = "QuickBooks could not be read again (no way); this is as of 23 Nov 08:06."
    acts.answers["ask_resend"] = ResendQuestion(sentence="Send it again?", unread=unread, sendable=(KEY,))
    async with console(desk, RecordScreen(KEY)) as hand:
        await hand.press("r")
        assert "could not be read again (no way)" in hand.seen
        await hand.press("y")
        assert acts.of("resend") == [([KEY], False)]


async def test_b_goes_to_the_blocker_that_the_question_names(acts: Acts, desk: Desk) -> None:
    acts.answers["ask_resend"] = BLOCKED
    async with console(desk, RecordScreen(KEY)) as hand:
        await hand.press("r")
        assert "3 wait for customer Acme" in hand.seen
        assert "b go to customer Acme" in hand.seen
        await hand.press("y")
        assert not acts.of("resend")
        await hand.press("b")
        assert isinstance(hand.app.screen, RecordScreen)
        assert hand.app.screen.key == CUSTOMER


async def test_a_possible_duplicate_is_compared_before_anything_is_asked(acts: Acts, desk: Desk) -> None:
    acts.answers["ask_resend"] = ResendQuestion(
        sentence="It cannot be sent now.", blocked=("QuickBooks has invoice 7 already.",), twins=(KEY,)
    )
    async with console(desk, RecordScreen(KEY)) as hand:
        await hand.press("r")
        assert isinstance(hand.app.screen, ConnectScreen)
        assert hand.app.screen.key == KEY
        assert any("compare first. QuickBooks has invoice 7 already." in said for said in hand.toasts)


async def test_of_several_the_possible_duplicates_are_compared_with_c(acts: Acts, desk: Desk) -> None:
    several = ResendQuestion(sentence="Send 2 of 3 records?", sendable=(KEY, CUSTOMER), twins=(KEY,))
    acts.answers["ask_resend"] = several
    async with console(desk, RecordScreen(KEY)) as hand:
        screen = hand.app.first
        screen.attend(
            lambda: _resent(screen, [KEY, CUSTOMER, RecordKey("payment", "p-9")]), group="do_resend"
        )
        await hand.settle()
        assert "y yes n no c compare" in hand.seen
        await hand.press("c")
        assert isinstance(hand.app.screen, ConnectScreen)


async def _resent(screen: Any, keys: list[RecordKey]) -> None:
    from awra_tui.screens.resending import resend_records

    await resend_records(screen, keys)


async def test_a_second_resend_in_vain_offers_the_evidence(acts: Acts, desk: Desk) -> None:
    async with console(desk, RecordScreen(KEY)) as hand:
        await hand.press("r", "y")
        assert "was resent twice and refused" in hand.seen
        assert fakes.MESSAGE[:30] in hand.seen
        await hand.press("e")
        assert isinstance(hand.app.screen, JsonScreen)
        assert acts.of("evidence") == [(KEY, "")]


async def test_the_question_of_a_third_resend_proposes_it_too(acts: Acts, desk: Desk) -> None:
    acts.answers["ask_resend"] = ResendQuestion(
        sentence="Send it all the same?", sendable=(KEY,), needs_yes=True, unchanged=1, escalate=(HOPELESS,)
    )
    async with console(desk, RecordScreen(KEY)) as hand:
        await hand.press("r")
        assert "was resent twice and refused" in hand.seen
        await hand.press("e")
        assert isinstance(hand.app.screen, JsonScreen)
        assert not acts.of("resend")
