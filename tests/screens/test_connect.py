"""Connect by keyboard: candidates, comparison, what follows, and nothing before y."""

import datetime as dt
from decimal import Decimal

import pytest

from awra_tui.actions.comparison import pairs
from awra_tui.actions.results import (
    ConnectCandidate,
    Connected,
    ConnectPreview,
    Done,
    ResendQuestion,
    ResendResult,
)
from awra_tui.cache.pages.overview import Money
from awra_tui.records.errors import AwraError
from awra_tui.records.record import Contact
from awra_tui.records.rules import NO_START
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.screens.connect import ConnectScreen
from awra_tui.screens.connect_parts import comparison_text, start_of
from tests.screens import fakes_detail as fakes
from tests.screens.detail_app import Acts, Desk, Ground, console

KEY = RecordKey("customer", "c-7")
INVOICE = RecordKey("invoice", "i-1042")
CUSTOMER = fakes.source(
    kind="customer", source_id="c-7", number="C-7", party_name=fakes.NASTY, lines=(), amount=Decimal(0),
    tax=None, date=None, due_date=None, memo="", branch="", extra={},
    contact=Contact(email="office@oneil.example", phone="+254 700 000 001"),
)  # fmt: skip


def named(id_: str, name: str, **given) -> ConnectCandidate:
    thing = fakes.thing(
        entity="Customer", id=id_, name=name, number="", date=None, amount=Decimal(0), balance=Decimal(900),
        content={"PrimaryEmailAddr": {"Address": "OFFICE@oneil.example"}, "CompanyName": "O'Neil"},
    )  # fmt: skip
    return ConnectCandidate(object=thing, score=given.pop("score", 90), why="the same e-mail", **given)


FIRST = named("58", "O'Neil and Soehne")
TAKEN = named("60", "O'Neil GmbH", score=95, refused="connected to customer/C-9 already")


def preview(_, qbo_id, start):
    return ConnectPreview(
        sentence="Connects customer/C-7." if qbo_id else "Creates customer/C-7 in QuickBooks.",
        follows=("Connects customer/C-7.", "12 invoices go with the next sync.", "4 payments follow them."),
        releases=16,
        money=(Money(currency="KES", minor=9641000, count=16),),
        suggested_start=dt.date(2026, 11, 1),
    )


@pytest.fixture
def acts(monkeypatch):
    acts = Acts(monkeypatch)
    acts.answers = {
        "open_record": fakes.page(record=CUSTOMER, warnings=()),
        "candidates": lambda _, text: [
            one for one in (FIRST, TAKEN) if text.lower() in one.object.name.lower()
        ],
        "preview_connect": preview,
        "connect_record": Connected(sentence="Connected. 1 record can be sent now.", released=(INVOICE,)),
        "create_new": Connected(sentence="It will be created in QuickBooks.", released=()),
        "ask_resend": ResendQuestion(sentence="Send invoice/INV-1042 again?", sendable=(INVOICE,)),
        "resend": [
            ResendResult(key=INVOICE, name="invoice/INV-1042", status=Status.SUCCEEDED, sentence="It is in.")
        ],
        "undo_last": Done(sentence="customer/c-7 is not connected any more."),
    }
    return acts


@pytest.fixture
def desk():
    return Desk()


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_candidates_stand_beside_the_record_with_what_follows(acts, desk, size):
    async with console(desk, ConnectScreen(KEY), size) as hand:
        seen = hand.seen
        for said in (
            f"Customer C-7 · {fakes.NASTY}",
            "No start date: all its transactions are sent (s; suggested 2026-11-01).",
            "90% O'Neil and Soehne",
            f"Name {fakes.NASTY} ≠ O'Neil and Soehne",
            "E-mail office@oneil.example = OFFICE@oneil.example",
            "Phone +254 700 000 001 –",
            "Connects customer/C-7.",
            "→ 12 invoices go with the next sync.",
        ):
            assert said in seen
        assert not acts.of("connect_record")


async def test_connecting_asks_and_then_offers_to_send(acts, desk):
    async with console(desk, ConnectScreen(KEY)) as hand:
        await hand.press("enter")
        assert "Connects customer/C-7. Go on?" in hand.seen
        assert "→ In QuickBooks it is Customer O'Neil and Soehne (id 58)." in hand.seen
        assert "→ 4 payments follow them." in hand.seen
        assert "→ Connects customer" not in hand.seen
        await hand.press("enter", "n")
        assert not acts.of("connect_record")
        await hand.press("enter", "y")
        assert acts.of("connect_record") == [(KEY, "58", None)]
        assert "Connected. 1 record can be sent now. Send invoice/INV-1042 again?" in hand.seen
        assert not acts.of("resend")
        await hand.press("y")
        assert acts.of("resend") == [([INVOICE], False)]
        assert isinstance(hand.app.screen, Ground)
        assert hand.toasts[-1] == "✓ Invoice INV-1042: in QuickBooks. It is in."


async def test_what_is_taken_cannot_be_connected(acts, desk):
    async with console(desk, ConnectScreen(KEY)) as hand:
        await hand.press("down", "enter")
        assert hand.toasts == [
            "It cannot be connected: connected to customer/C-9 already. Choose another, or create it (n)."
        ]
        assert not acts.of("connect_record")
        assert hand.app.screen is hand.app.first


async def test_what_cannot_be_connected_comes_last_and_only_where_it_is_alike_or_sought(acts, desk):
    far = named("61", "O'Neil Farm", score=79, refused="inactive in QuickBooks")
    acts.answers["candidates"] = [TAKEN, far, FIRST]
    async with console(desk, ConnectScreen(KEY)) as hand:
        names = [line for line in hand.lines if "O'Neil" in line and "%" in line]
        assert ["and Soehne" in names[0], "GmbH" in names[1], len(names)] == [True, True, 2]
        await hand.press("slash")
        await hand.type("farm")
        assert "O'Neil Farm" in hand.seen


async def test_a_name_that_somebody_else_has_says_what_people_do(acts, desk):
    taken = fakes.warning(
        reason="name_is_taken", sentence="QuickBooks uses the name O'Neil already, for a vendor."
    )
    acts.answers["open_record"] = fakes.page(record=CUSTOMER, warnings=(taken,))
    acts.answers["candidates"] = []
    refused = "QuickBooks uses the name O'Neil already, for a vendor."
    acts.answers["preview_connect"] = ConnectPreview(sentence="No.", refused=refused)
    async with console(desk, ConnectScreen(KEY)) as hand:
        seen = hand.seen
        assert f"Give one of the two a name of its own, such as “{fakes.NASTY} (customer)”" in seen
        assert "Cannot be created: QuickBooks uses the name O'Neil already, for a vendor." in seen
        assert "or create it" not in seen
        await hand.press("n")
        assert hand.toasts == [f"It cannot be created: {refused}"]
        assert not acts.of("create_new")


async def test_a_refusal_of_the_preview_holds_too(acts, desk):
    acts.answers["preview_connect"] = ConnectPreview(sentence="No.", refused="it is inactive in QuickBooks")
    async with console(desk, ConnectScreen(KEY)) as hand:
        assert "✕ Cannot be connected: it is inactive in QuickBooks" in hand.seen
        await hand.press("enter", "n")
        assert not acts.of("connect_record")
        assert not acts.of("create_new")
        assert {toast[:20] for toast in hand.toasts} == {"It cannot be connect", "It cannot be created"}


async def test_search_narrows_while_typing_and_enter_connects_nothing(acts, desk):
    async with console(desk, ConnectScreen(KEY)) as hand:
        await hand.press("slash")
        await hand.type("gmbh")
        assert acts.of("candidates")[-1] == (KEY, "gmbh")
        assert "O'Neil and Soehne" not in hand.seen
        assert "Name" in hand.seen
        await hand.press("enter")
        assert hand.app.screen is hand.app.first
        await hand.press("slash")
        await hand.type("nsn")
        assert "Nothing in QuickBooks is like it" in hand.seen
        assert not acts.of("create_new")
        await hand.press("escape")
        assert "O'Neil and Soehne" in hand.seen
        await hand.press("escape")
        assert isinstance(hand.app.screen, Ground)


async def test_without_candidates_it_can_be_created(acts, desk):
    acts.answers["candidates"] = []
    async with console(desk, ConnectScreen(KEY)) as hand:
        assert "Nothing in QuickBooks is like it" in hand.seen
        assert "Creates customer/C-7 in QuickBooks." in hand.seen
        await hand.press("enter")
        assert hand.toasts == ["Nothing is highlighted: search (/), or create it (n)."]
        await hand.press("n")
        assert "Creates customer/C-7 in QuickBooks. Go on?" in hand.seen
        await hand.press("y")
        assert acts.of("create_new") == [(KEY, None)]
        assert isinstance(hand.app.screen, Ground)
        assert hand.toasts[-1] == "It will be created in QuickBooks."
        assert not acts.of("ask_resend")


async def test_the_start_date_is_suggested_checked_and_used(acts, desk):
    async with console(desk, ConnectScreen(KEY)) as hand:
        await hand.press("s", "end", "backspace", "x", "enter")
        assert "“2026-11-0x” is not a date. Write it as 2026-11-01 or 1 Nov 2026." in hand.seen
        await hand.press("backspace", "1", "enter")
        assert "Start date 2026-11-01: its transactions before that are not sent" in hand.seen
        assert acts.of("preview_connect")[-1] == (KEY, "58", dt.date(2026, 11, 1))
        await hand.press("enter")
        assert "Transactions before 2026-11-01 are not sent." in hand.seen
        await hand.press("y")
        assert acts.of("connect_record") == [(KEY, "58", dt.date(2026, 11, 1))]


async def test_a_start_date_is_taken_away_and_escape_leaves_it(acts, desk):
    async with console(desk, ConnectScreen(KEY)) as hand:
        await hand.press("s", "enter", "s", "escape")
        assert "Start date 2026-11-01" in hand.seen
        await hand.press("s", *["backspace"] * 10, "enter")
        assert "No start date" in hand.seen
        assert acts.of("preview_connect")[-1] == (KEY, "58", NO_START)
        await hand.press("enter")
        assert "A start date that was set before is taken away" in hand.seen
        await hand.press("y")
        assert acts.of("connect_record") == [(KEY, "58", NO_START)]


async def test_a_look_alike_is_compared_by_number_date_and_amount(acts, desk):
    acts.answers["open_record"] = fakes.page()
    acts.answers["candidates"] = [
        ConnectCandidate(object=fakes.thing(amount=Decimal(12000)), score=95, why="the same number")
    ]
    async with console(desk, ConnectScreen(INVOICE)) as hand:
        for said in (
            "Number INV-1042 = INV-1042",
            "Date 2026-11-03 = 2026-11-03",
            "Amount 12,760.00 ≠ 12,000.00",
            "Is it one of these in QuickBooks? Nothing changes before you say so.",
        ):
            assert said in hand.seen
        await hand.press("s")
        assert hand.toasts == ["Only customers and vendors have a start date."]


@pytest.mark.parametrize("verb", ["candidates", "preview_connect", "connect_record", "open_record"])
async def test_failures_end_in_words(acts, desk, verb):
    acts.answers[verb] = AwraError("QuickBooks has not been reached yet; sync first.")
    async with console(desk, ConnectScreen(KEY)) as hand:
        await hand.press("enter", "y")
        assert "QuickBooks has not been reached yet; sync first." in hand.toasts
        assert hand.app.screen is hand.app.first


async def test_undo_takes_the_last_decision_back(acts, desk):
    async with console(desk, ConnectScreen(KEY)) as hand:
        await hand.press("u")
        assert hand.toasts == ["customer/c-7 is not connected any more."]


NASTY_NAMES = {"long": "x" * 10_000, "rtl": "مكتبة", "wide": "日本茶商会 🍵", "control": "a\x1b[31m\nb"}


@pytest.mark.parametrize("name", NASTY_NAMES.values(), ids=NASTY_NAMES)
@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_names_from_outside_break_nothing(acts, desk, name, size):
    acts.answers["candidates"] = [named("58", name, refused=name), named("59", name)]
    acts.answers["preview_connect"] = ConnectPreview(sentence=name, follows=(name, name))
    async with console(desk, ConnectScreen(KEY), size) as hand:
        await hand.press("down")
        assert len(hand.lines) == size[1]
        assert "\x1b" not in hand.seen
        assert "enter" in hand.lines[-1]
        assert not hand.toasts


def test_sides_are_compared_whatever_the_spelling_of_letters():
    signs = {pair.label: pair.sign for pair in pairs(CUSTOMER, FIRST.object)}
    assert signs == {
        "Name": "≠", "E-mail": "=", "Phone": " ", "Company": " ", "Currency": "=",
    }  # fmt: skip
    assert comparison_text(CUSTOMER, None, 60).plain.splitlines()[1].rstrip().endswith("–")


def test_a_date_that_could_be_another_one_is_refused():
    assert start_of(" 2026-11-01 ") == start_of("1 Nov  2026") == dt.date(2026, 11, 1)
    assert start_of("  ") == NO_START
    with pytest.raises(AwraError, match="is not a date"):
        start_of("01.11.2026")
