"""Sending again from a record's screen: asked first, told after, stopped between."""

import asyncio

import pytest

from awra_tui.actions.results import ResendQuestion, ResendResult
from awra_tui.records.errors import AwraError
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.screens.record import RecordScreen
from tests.screens import fakes_detail as fakes
from tests.screens.detail_app import console
from tests.screens.one_record import answers_about_invoice, one_exchange

acts = answers_about_invoice
desk = one_exchange


async def test_resend_quotes_the_last_message_and_waits_for_y(acts, desk):
    async with console(desk, RecordScreen(fakes.KEY)) as hand:
        await hand.press("r")
        assert "Send invoice/INV-1042 all the same?" in hand.seen
        assert f"“{fakes.MESSAGE}”" in hand.seen
        await hand.press("enter", "space")
        assert not acts.of("resend")
        await hand.press("n")
        assert not acts.of("resend")
        before = len(acts.of("open_record"))
        await hand.press("r", "y")
        assert acts.of("resend") == [([fakes.KEY], True)]
        assert hand.toasts[-1] == "✓ Invoice INV-1042: in QuickBooks."
        assert len(acts.of("open_record")) > before


async def test_escape_is_no_yes(acts, desk):
    async with console(desk, RecordScreen(fakes.KEY)) as hand:
        await hand.press("r", "escape")
        assert not acts.of("resend")
        assert hand.app.screen is hand.app.first


async def test_what_cannot_be_sent_is_told_instead_of_asked(acts, desk):
    acts.answers["ask_resend"] = ResendQuestion(
        sentence="None of the chosen records can be sent now.",
        blocked=("invoice/INV-1042: its customer is not connected.",),
    )
    async with console(desk, RecordScreen(fakes.KEY)) as hand:
        await hand.press("r")
        assert "its customer is not connected" in hand.seen
        await hand.press("y", "enter")
        assert not acts.of("resend")
        assert hand.app.screen is hand.app.first


@pytest.mark.parametrize("verb", ["ask_resend", "resend"])
async def test_a_failing_resend_ends_in_words(acts, desk, verb):
    acts.answers[verb] = AwraError("QuickBooks cannot be reached: sync again later.")
    async with console(desk, RecordScreen(fakes.KEY)) as hand:
        await hand.press("r", "y")
        assert "QuickBooks cannot be reached: sync again later." in hand.toasts
        assert hand.app.screen is hand.app.first


async def test_results_of_several_records_are_told_one_by_one(acts, desk):
    other = RecordKey("payment", "p-9")
    acts.answers["resend"] = [
        *acts.answers["resend"],
        ResendResult(key=other, name="payment/P-9", status=Status.FAILED, sentence=fakes.MESSAGE),
    ]
    async with console(desk, RecordScreen(fakes.KEY)) as hand:
        await hand.press("r", "y")
        assert "1 of 2 records are in QuickBooks now." in hand.seen
        assert "✕ Payment P-9: failed." in hand.seen


async def test_results_reach_a_person_who_went_elsewhere(acts, desk):
    answered = asyncio.Event()
    results = [*acts.answers["resend"] * 2]

    async def slow(*_):
        await answered.wait()
        return results

    acts.answers["resend"] = slow
    async with console(desk, RecordScreen(fakes.KEY)) as hand:
        await hand.press("r", "y")
        assert "1 of 2 · ✓ 1" in hand.seen
        await hand.press("j", "escape", "2")
        assert "Deliver to the back door" in hand.seen
        await hand.press("escape")
        answered.set()
        await hand.settle()
        assert "2 of 2 records are in QuickBooks now." in hand.seen


async def test_sending_can_be_stopped(acts, desk):
    async def endless(*_):
        await asyncio.Event().wait()

    acts.answers["resend"] = endless
    async with console(desk, RecordScreen(fakes.KEY)) as hand:
        await hand.press("r", "y", "x")
        assert "Stopped. What was sent stays sent and known." in hand.toasts
        assert "1 of 2" not in hand.seen


async def test_keys_typed_ahead_go_into_the_question(acts, desk):
    async with console(desk, RecordScreen(fakes.KEY)) as hand:
        await hand.pilot.press("d", *"record", "enter")
        await hand.settle()
        assert acts.of("dismiss") == [([7], "record")]
        assert not acts.of("ask_resend")
