"""The record screen by keyboard: what it says, where its keys lead, and what it never does unasked."""

import base64
from dataclasses import replace
from types import SimpleNamespace

import pytest

from awra_tui.actions.results import Difference
from awra_tui.health.escalation import Proposal
from awra_tui.records.errors import AwraError
from awra_tui.records.status import Mark
from awra_tui.records.subject import MappingKey, RecordKey
from awra_tui.screens import browser
from awra_tui.screens.attempt import AttemptScreen
from awra_tui.screens.json_view import JsonScreen
from awra_tui.screens.record import RecordScreen
from tests.screens import fakes_detail as fakes
from tests.screens.detail_app import console
from tests.screens.one_record import answers_about_invoice, one_exchange

acts = answers_about_invoice
desk = one_exchange


async def test_shows_the_whole_chain_with_the_keys_that_help(acts, desk):
    async with console(desk, RecordScreen(fakes.KEY)) as hand:
        lines = hand.lines
        assert any("Invoice INV-1042 · Baobab Café · KES 12,760.00" in line for line in lines)
        assert any("▲ needs attention" in line for line in lines)
        for sign, step, said in (
            ("✓", "source", "approved 03 Nov by branch Mombasa"),
            ("■", "mapping", "→ nothing"),
            ("✕", "answer", "08:02 6000, tried 2 times"),
            ("○", "connection", "none yet"),
            ("→", "next", "finance administrator"),
        ):
            assert any(sign in line and step in line and said in line for line in lines), step
        assert any("mapping" in line and line.rstrip().endswith("t  map it") for line in lines)
        assert any("payload" in line and "j  JSON" in line for line in lines)
        assert any("next" in line and "t  map it" in line for line in lines)
        assert f"“{fakes.MESSAGE}” (6000)" in hand.seen


async def test_each_section_is_reached_by_number_and_by_tab(acts, desk):
    acts.answers["open_record"] = fakes.page(links=(fakes.link(),))
    acts.answers["differences"] = [Difference(field="TotalAmt", ours="12,760.00", theirs="12,000.00")]
    async with console(desk, RecordScreen(fakes.KEY)) as hand:
        await hand.press("2")
        assert "Deliver to the back door" in hand.seen
        await hand.press("tab")
        assert "≠ 1 field differs" in hand.seen
        assert "total 12,760.00 12,000.00" in hand.seen
        assert "Invoice 145" in hand.seen
        await hand.press("tab")
        assert "Payment P-9" in hand.seen
        await hand.press("a")
        assert "1-abc-def" in hand.seen
        await hand.press("tab")
        assert "approved 03 Nov" in hand.seen
        await hand.press("shift+tab")
        assert "1-old" in hand.seen


async def test_wide_terminals_show_all_sections_at_once(acts, desk):
    async with console(desk, RecordScreen(fakes.KEY), (160, 50)) as hand:
        for said in (
            "approved 03 Nov",
            "Deliver to the back door",
            "Not connected",
            "P-9",
            "812 ms",
        ):
            assert said in hand.seen


async def test_a_failing_comparison_is_said_and_the_rest_stays(acts, desk):
    acts.answers["open_record"] = fakes.page(links=(fakes.link(),))
    acts.answers["differences"] = AwraError("QuickBooks has not been reached yet; sync first.")
    async with console(desk, RecordScreen(fakes.KEY)) as hand:
        assert "approved 03 Nov" in hand.seen
        await hand.press("3")
        assert "✕ QuickBooks has not been reached yet; sync first." in hand.seen


async def test_a_connection_by_hand_does_not_claim_that_nothing_differs(acts, desk):
    acts.answers["open_record"] = fakes.page(links=(fakes.link(sent="", how="connected"),))
    async with console(desk, RecordScreen(fakes.KEY)) as hand:
        await hand.press("3")
        assert "nothing differs" not in hand.seen
        assert "A person connected it" in hand.seen


async def test_a_record_that_is_gone_ends_in_words(acts, desk):
    acts.answers["open_record"] = AwraError("There is no record invoice/i-1042 in the cache.")
    async with console(desk, RecordScreen(fakes.KEY)) as hand:
        assert "✕ There is no record invoice/i-1042 in the cache." in hand.seen
        await hand.press("r", "t", "j")
        assert not acts.of("ask_resend")
        assert hand.toasts.count("The record is still being read.") == 3
        await hand.press("escape")
        assert not isinstance(hand.app.screen, RecordScreen)


async def test_enter_opens_related_records_and_attempts(acts, desk):
    async with console(desk, RecordScreen(fakes.KEY)) as hand:
        await hand.press("5", "enter")
        assert isinstance(hand.app.screen, AttemptScreen)
        seen = hand.seen
        for said in (
            "1-abc-def",
            "req-0001",
            "812 ms",
            "HTTP 400",
            "POST /v3/company/9/invoice",
            '"code": "6000"',
        ):
            assert said in seen
        await hand.press("tab")
        assert '"TotalAmt": 12760.00' in hand.seen
        await hand.press("escape", "4", "down", "enter")
        assert isinstance(hand.app.screen, RecordScreen)
        assert acts.of("open_record")[-1] == (RecordKey("payment", "p-9"),)


async def test_enter_on_the_chain_goes_to_what_fixes_it(acts, desk):
    async with console(desk, RecordScreen(fakes.KEY)) as hand:
        opened = doors(hand.app)
        await hand.press("enter")
        assert opened == [("mapping", fakes.TAX_KEY)]


async def test_enter_on_the_chain_opens_nothing_where_nothing_is_to_be_fixed(acts, desk):
    acts.answers["open_record"] = fakes.page(warnings=(), verdicts=())
    async with console(desk, RecordScreen(fakes.KEY)) as hand:
        await hand.press("enter")
        assert hand.app.screen is hand.app.first
        assert hand.toasts == ["Enter opens a related record (4) or an attempt (5)."]
        assert not acts.of("ask_resend")


def doors(program):
    """Note what the program is asked to open, and let it stay closed."""
    opened = []
    for name in ("mapping", "connect", "record"):
        setattr(program, f"open_{name}", lambda key=None, name=name: opened.append((name, key)))
    return opened


def waiting(head):
    """Return a page of an invoice that only waits, for what is to be fixed first."""
    waits = fakes.warning(
        reason="waits_for_another", sentence="Invoice INV-1042 waits for invoice INV-9.", action="Fix it.",
        blocked_by="invoice INV-9", cause="record:invoice/i-9", root=head.cause, screen="",
    )  # fmt: skip
    verdicts = fakes.verdicts(mapping=(Mark.WAIT, "waits for invoice INV-9"))
    return fakes.page(warnings=(waits,), heads={head.cause: head}, verdicts=verdicts)


@pytest.mark.parametrize(
    ("changes", "told", "opened"),
    [
        ({}, "is not mapped. Map it (t). (t)", ("mapping", fakes.TAX_KEY)),
        (
            {"screen": "connect", "cause": "record:customer/c-7", "sentence": "Acme is not connected."},
            "Acme is not connected. Map it (t). (c)",
            ("connect", RecordKey("customer", "c-7")),
        ),
        (
            {"screen": "", "cause": "closed:2026", "sentence": "The date is closed."},
            "The date is closed. Map it (t). (enter)",
            ("record", RecordKey("customer", "c-7")),
        ),
    ],
)
async def test_what_is_to_be_fixed_first_is_named_and_opened_by_one_key(acts, desk, changes, told, opened):
    head = fakes.warning(id=3, kind="customer", source_id="c-7", **changes)
    acts.answers["open_record"] = waiting(head)
    async with console(desk, RecordScreen(fakes.KEY)) as hand:
        led_to, said = doors(hand.app), " ".join(hand.seen.split())
        assert "Invoice INV-1042 waits for invoice INV-9. Because " in said
        assert told in said
        await hand.press("enter")
        assert led_to == [opened]


async def test_json_is_searched_and_copied(acts, desk):
    async with console(desk, RecordScreen(fakes.KEY)) as hand:
        await hand.press("j")
        assert isinstance(hand.app.screen, JsonScreen)
        assert '"TotalAmt": 12760.00' in hand.seen
        await hand.press("n")
        assert hand.toasts[-1].startswith("Search first")
        await hand.press("y")
        assert hand.app.clipboard == fakes.page().shipment
        await hand.press("2", "slash")
        await hand.type("zero-rated")
        assert "1 of 2" in hand.seen
        await hand.press("enter", "n")
        assert "2 of 2" in hand.seen
        await hand.press("slash")
        await hand.type("qq")
        assert "not found in this text" in hand.seen
        await hand.press("escape")
        assert isinstance(hand.app.screen, JsonScreen)
        await hand.press("3")
        assert "QuickBooks has nothing that is connected" in hand.seen
        await hand.press("y")
        assert hand.toasts[-1] == "There is nothing to copy."
        await hand.press("escape")
        assert hand.app.screen is hand.app.first


async def test_map_and_connect_lead_to_what_blocks(acts, desk):
    desk.answers["mapping_rows"] = [fakes.mapping(MappingKey("account", "Sales")), fakes.mapping()]
    async with console(desk, RecordScreen(fakes.KEY)) as hand:
        await hand.press("c")
        assert hand.app.screen is hand.app.first
        assert hand.toasts[-1].startswith("There is nothing to connect")
        await hand.press("t")
        assert "▸ ☐ ◐ review Tax code" in hand.seen
        assert "Tax code “Zero-rated” (branch Mombasa)" in hand.seen


async def test_dismiss_needs_a_reason_and_goes_to_all_open_warnings(acts, desk):
    acts.answers["open_record"] = fakes.page(
        warnings=(fakes.warning(), fakes.warning(id=8), fakes.warning(id=9, dismissed=True))
    )
    async with console(desk, RecordScreen(fakes.KEY)) as hand:
        assert "dismiss (2)" in hand.seen
        await hand.press("d", "enter")
        assert not acts.of("dismiss")
        await hand.press("d", "escape")
        assert not acts.of("dismiss")
        await hand.press("d")
        await hand.type("paid in cash")
        await hand.press("enter")
        assert acts.of("dismiss") == [([7, 8], "paid in cash")]
        assert "Dismissed 1 warning. u undoes." in hand.toasts
        await hand.press("R")
        assert acts.of("restore") == [([9],)]
        await hand.press("u")
        assert acts.of("undo_last") == [()]
        await hand.press("O")
        await hand.type("Amina")
        await hand.press("enter")
        assert acts.of("set_owner") == [([7, 8, 9], "Amina")]


async def test_nothing_to_dismiss_is_said(acts, desk):
    acts.answers["open_record"] = fakes.page(warnings=())
    async with console(desk, RecordScreen(fakes.KEY)) as hand:
        await hand.press("d", "R", "O")
        assert hand.app.screen is hand.app.first
        assert [toast.split(".")[0] for toast in hand.toasts] == [
            "This record has no open warning to put aside",
            "No warning of this record is put aside",
            "This record has no warning to take care of",
        ]


async def test_evidence_is_copied_and_shown(acts, desk):
    async with console(desk, RecordScreen(fakes.KEY)) as hand:
        await hand.press("e")
        assert hand.app.clipboard == "# Invoice INV-1042 did not arrive"
        assert "# Invoice INV-1042 did not arrive" in hand.seen


async def test_the_clipboard_of_the_terminal_gets_it_over_ssh_too(acts, desk, monkeypatch):
    """OSC 52 is an escape sequence to the terminal that a person sits at, however far the console is."""
    said = f"# Invoice INV-1042 did not arrive {fakes.NASTY} \x1b]52;c;aGk=\x07"
    acts.answers["evidence"] = SimpleNamespace(markdown=said, json="{}", title="INV-1042")
    async with console(desk, RecordScreen(fakes.KEY)) as hand:
        written: list[str] = []
        monkeypatch.setattr(hand.app._driver, "write", written.append)
        await hand.press("e")
        [sequence] = [text for text in written if text.startswith("\x1b]52;c;")]
        copied = base64.b64decode(sequence.removeprefix("\x1b]52;c;").removesuffix("\x07")).decode()
        assert copied.startswith("# Invoice INV-1042 did not arrive ")
        assert not {"\x1b", "\x07"} & set(copied), "pasted, it commands no terminal"


async def test_what_is_to_be_handed_on_is_said_with_the_key_and_goes_into_the_evidence(acts, desk):
    late = "The close of October is held up by 2 records that others must clear."
    acts.answers["proposal_for"] = Proposal(rule="close", sentence=late, keys=(fakes.KEY,))
    async with console(desk, RecordScreen(fakes.KEY), (80, 24)) as hand:
        assert late[:40] in hand.seen
        assert "Hand it on (e)." in hand.seen
        await hand.press("e")
        assert acts.of("evidence") == [(fakes.KEY, late)]


async def test_nothing_to_escalate_ends_in_words(acts, desk):
    acts.answers["evidence"] = AwraError("There is nothing to escalate.")
    async with console(desk, RecordScreen(fakes.KEY)) as hand:
        await hand.press("e")
        assert hand.toasts == ["There is nothing to escalate."]


@pytest.mark.parametrize("opens", [True, False])
async def test_the_quickbooks_page_is_opened_or_its_address_copied(acts, desk, monkeypatch, opens):
    acts.answers["open_record"] = fakes.page(links=(fakes.link(),))
    visited: list[str] = []
    monkeypatch.setattr(
        "awra_tui.actions.record.record_url", lambda _, entity, id_: f"https://q/{entity}/{id_}"
    )
    monkeypatch.setattr(browser, "has_browser", lambda *_: opens)
    monkeypatch.setattr("webbrowser.open", lambda url: not visited.append(url))
    async with console(desk, RecordScreen(fakes.KEY)) as hand:
        await hand.press("o")
        await hand.app.workers.wait_for_complete()
        assert visited == (["https://q/Invoice/145"] if opens else [])
        assert hand.app.clipboard == ("" if opens else "https://q/Invoice/145")
        assert "https://q/Invoice/145" in hand.toasts[-1]


async def test_a_record_that_is_not_in_quickbooks_has_no_page(acts, desk):
    async with console(desk, RecordScreen(fakes.KEY)) as hand:
        await hand.press("o")
        assert hand.toasts == ["It is not in QuickBooks yet, so it has no page there."]


@pytest.mark.parametrize(
    ("environment", "platform", "there"),
    [
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "w"}, "linux", True),
        ({}, "linux", False),
        ({"DISPLAY": ":0", "SSH_CONNECTION": "1"}, "linux", False),
        ({}, "darwin", True),
        ({"SSH_TTY": "/dev/pts/1"}, "darwin", False),
    ],
)
def test_a_browser_is_opened_only_where_a_window_can_be(environment, platform, there):
    assert bool(browser.has_browser(environment, platform)) is there


async def test_neighbours_of_the_list_are_reached(acts, desk):
    keys = [fakes.KEY, RecordKey("invoice", "i-2")]

    async def step(key, by):
        place = keys.index(key) + by
        return keys[place] if 0 <= place < len(keys) else None

    async with console(desk, RecordScreen(fakes.KEY, step)) as hand:
        await hand.press("n")
        assert acts.of("open_record")[-1] == (keys[1],)
        await hand.press("n")
        assert hand.toasts == ["This is the last record of the list."]
        await hand.press("p")
        assert acts.of("open_record")[-1] == (keys[0],)


async def test_without_a_list_there_is_no_neighbour(acts, desk):
    async with console(desk, RecordScreen(fakes.KEY)) as hand:
        await hand.press("n", "p")
        assert hand.toasts == ["This record was not opened from a list."] * 2


NASTY_NAMES = {
    "markup": fakes.NASTY,
    "long": "x" * 10_000,
    "rtl": "مكتبة النور للتجارة",
    "wide": "日本茶商会 🍵 Nairobi",
    "control": "a\x1b[31mb\nc",
    "broken markup": "[/b] [wip",
}


@pytest.mark.parametrize("name", NASTY_NAMES.values(), ids=NASTY_NAMES)
@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_names_from_outside_break_nothing(acts, desk, name, size):
    record = fakes.source(party_name=name, number=name[:300], memo=name, extra={name[:50]: name})
    acts.answers["open_record"] = fakes.page(
        record=record,
        warnings=(fakes.warning(sentence=name, message=name, owner=name),),
        related=(fakes.related(party=name, number=name),),
        attempt_rows=(fakes.attempt(message=name, tid=name),),
        verdicts=fakes.verdicts(next=(Mark.STOP, name)),
        links=(fakes.link(object=replace(fakes.thing(), name=name)),),
    )
    async with console(desk, RecordScreen(fakes.KEY), size) as hand:
        await hand.press("2", "3", "4", "5")
        assert len(hand.lines) == size[1]
        assert "needs attention" in hand.lines[2]
        assert not hand.toasts
        assert "\x1b" not in hand.seen


async def test_the_list_below_is_walked_through_and_its_cursor_goes_along(acts, desk):
    rows = (fakes.related(), fakes.related(), fakes.related(kind="payment", source_id="p-9"))
    acts.answers["open_record"] = fakes.page(related=rows[1:])
    async with console(desk, RecordScreen(fakes.KEY)) as hand:
        await hand.press("4", "enter", "n")
        assert acts.of("open_record")[-1] == (RecordKey("payment", "p-9"),)
        await hand.press("n")
        assert hand.toasts == ["This is the last record of the list."]
        await hand.press("escape")
        assert hand.app.screen is hand.app.first
        assert any(line.startswith("▸") and "Payment" in line for line in hand.lines)
