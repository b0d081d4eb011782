"""The draft of the mapping editor is saved together, dropped, or asked about on leaving."""

import asyncio

import pytest

from awra_tui.actions.staging import ChangeLine
from awra_tui.records.errors import AwraError
from awra_tui.records.mapping import MappingChange
from awra_tui.records.status import MappingState
from awra_tui.records.subject import RecordKey
from awra_tui.screens import mapping_deeds
from awra_tui.screens.mapping import MappingScreen
from awra_tui.screens.mapping_dialogs import ChangesDialog
from tests.screens import fakes_detail as fakes
from tests.screens.detail_app import Ground, console
from tests.screens.mapping_rows import METHOD, SOLD, ZERO, answers_about_four, four_values

acts = answers_about_four
desk = four_values


async def test_changes_are_shown_in_their_rows_and_saved_together(acts, desk):
    async with console(desk, MappingScreen(), (120, 40)) as hand:
        await hand.press("p", "enter", "down", "enter", "enter")
        seen = hand.seen
        assert "✎ changed Payment method M-Pesa · Mombasa → M-Pesa and M-Pesa" in seen
        assert "✎ changed Tax code Zero-rated · Mombasa nothing → 0% Z" in seen
        assert "Not saved nothing → 0% Z" in seen
        assert "2 changes not saved: Releases 28 invoices, KES 212,000.00." in seen
        assert not acts.of("save_changes")
        await hand.press("s")
        seen = hand.seen
        assert "Save 2 changes? │" in seen
        assert "│ Releases 28 invoices, KES 212,000.00. │" in seen
        assert "Payment method “M-Pesa” (branch Mombasa): nothing → M-Pesa and M-Pesa" in seen
        assert "Tax code “Zero-rated” (branch Mombasa): nothing → 0% Z" in seen
        await hand.press("y")
        [(changes, shown)] = acts.of("save_changes")
        assert changes == (MappingChange(METHOD, "9", "31"), MappingChange(ZERO, "6"))
        assert {(line.key, line.before) for line in shown} == {(METHOD, ""), (ZERO, "")}
        assert hand.toasts[-1] == "Saved. 0 records can be sent now. u undoes."
        assert "not saved" not in hand.seen
        await hand.press("u")
        assert hand.toasts[-1] == "Took back 2 mappings."


async def test_saving_that_is_refused_keeps_the_draft(acts, desk):
    acts.answers["save_changes"] = AwraError("0% Z was deleted in QuickBooks; nothing was saved.")
    async with console(desk, MappingScreen()) as hand:
        await hand.press("down", "enter", "enter", "s", "y")
        assert hand.toasts == ["0% Z was deleted in QuickBooks; nothing was saved."]
        assert "1 change not saved" in hand.seen


async def test_what_cannot_be_saved_is_not_offered_to_be(acts, desk):
    acts.answers["preview_changes"] = lambda changes: fakes.changes_preview(
        changes, refused="Income is no bank."
    )
    async with console(desk, MappingScreen()) as hand:
        await hand.press("down", "enter", "enter")
        assert "1 change not saved: Income is no bank." in hand.seen
        await hand.press("s", "y")
        assert "This cannot be saved: Income is no bank." in hand.seen
        assert "y save" not in hand.seen
        assert not acts.of("save_changes")


async def test_a_preview_that_fails_is_said_in_the_question(acts, desk):
    async with console(desk, MappingScreen()) as hand:
        await hand.press("down", "enter", "enter")
        acts.answers["preview_changes"] = AwraError("The cache cannot be read.")
        await hand.press("s")
        assert "The cache cannot be read." in hand.seen


async def test_one_change_or_all_are_dropped(acts, desk):
    async with console(desk, MappingScreen()) as hand:
        await hand.press("down", "enter", "enter", "down", "enter", "enter")
        assert "2 changes not saved" in hand.seen
        await hand.press("d")
        assert [change.key for change in hand.app.first.draft.changes] == [ZERO]
        await hand.press("D")
        assert hand.toasts == ["Dropped 1 change; what is saved stays as it is."] * 2
        assert "not saved" not in hand.seen


@pytest.mark.parametrize(
    ("key", "saved", "left"),
    [("y", True, True), ("d", False, True), ("n", False, False), ("escape", False, False)],
)
async def test_who_leaves_with_changes_is_asked(acts, desk, key, saved, left):
    async with console(desk, MappingScreen()) as hand:
        await hand.press("down", "enter", "enter", "escape")
        assert "1 change not saved yet. Save?" in hand.seen
        assert "y save d drop n stay" in hand.seen
        await hand.press(key)
        assert bool(acts.of("save_changes")) is saved
        assert isinstance(hand.app.screen, Ground) is left


async def test_a_saving_that_fails_keeps_who_wanted_to_leave(acts, desk):
    acts.answers["save_changes"] = AwraError("Nothing was saved.")
    async with console(desk, MappingScreen()) as hand:
        await hand.press("down", "enter", "enter", "escape", "y")
        assert hand.app.screen is hand.app.first
        assert len(hand.app.first.draft) == 1


async def test_what_takes_long_is_saved_in_sight_and_leaves_when_it_is_saved(acts, desk, monkeypatch):
    monkeypatch.setattr(mapping_deeds, "MANY", 1)
    saving, seen = asyncio.Event(), []

    async def save(*_):
        seen.append(hand.app.progress.stage)
        await saving.wait()
        return fakes.changes_saved()

    acts.answers["save_changes"] = lambda *_: save()
    async with console(desk, MappingScreen()) as hand:
        await hand.press("down", "enter", "enter", "down", "enter", "enter", "escape", "y")
        assert seen == ["2 mappings"]
        assert hand.app.screen is hand.app.first
        await hand.press("escape")
        assert hand.toasts[-1] == "The changes are being saved. Leave when they are."
        saving.set()
        await hand.settle()
        assert isinstance(hand.app.screen, Ground)
        assert hand.toasts[-1].endswith("u undoes.")
        assert hand.app.progress is None


async def test_what_is_stopped_while_it_is_saved_is_the_draft_again(acts, desk, monkeypatch):
    monkeypatch.setattr(mapping_deeds, "MANY", 1)
    acts.answers["save_changes"] = lambda *_: asyncio.Event().wait()
    async with console(desk, MappingScreen()) as hand:
        await hand.press("down", "enter", "enter", "down", "enter", "enter", "s", "y")
        assert "2 mappings · x stops" in hand.seen
        await hand.press("x")
        assert len(hand.app.first.draft) == 2
        assert "2 changes not saved" in hand.seen


async def test_leaving_the_program_asks_too_from_whatever_screen(acts, desk, monkeypatch):
    gone = []
    async with console(desk, MappingScreen()) as hand:
        monkeypatch.setattr(hand.app, "exit", lambda: gone.append(1))
        await hand.press("down", "enter", "enter")
        hand.app.push_screen(Ground())
        await hand.settle()
        await hand.press("q")
        assert isinstance(hand.app.screen, ChangesDialog)
        assert hand.app.screen_stack[-2] is hand.app.first
        await hand.press("n")
        assert not gone
        await hand.press("q", "d")
        assert gone


async def test_a_second_editor_opens_when_the_draft_of_the_first_is_settled(acts, desk):
    async with console(desk, MappingScreen()) as hand:
        await hand.press("down", "enter", "enter")
        hand.app.push_screen(Ground())
        await hand.settle()
        hand.app.open_mapping(SOLD)
        await hand.settle()
        assert isinstance(hand.app.screen, ChangesDialog)
        await hand.press("y")
        assert acts.of("save_changes")
        assert [type(screen) for screen in hand.app.screen_stack[-2:]] == [MappingScreen, MappingScreen]
        await hand.settle()
        assert hand.app.screen.table.cursor_row.key == SOLD


async def test_what_would_be_blocked_is_said_with_its_reason(acts, desk):
    line = ChangeLine(
        key=ZERO, before="", after="Sales", state=MappingState.BLOCKED, sentence="Sales is an income account."
    )
    acts.answers["preview_changes"] = lambda changes: fakes.changes_preview(changes, lines=(line,))
    async with console(desk, MappingScreen()) as hand:
        await hand.press("down", "enter")
        assert "■ blocked Sales is an income account." in hand.seen
        await hand.press("enter")
        assert "Then ■ blocked: Sales is an income account." in hand.seen
        await hand.press("s")
        assert "nothing → Sales. ■ blocked: │ │ Sales is an income account." in hand.seen


async def test_undo_and_return_after_saving_from_a_warning(acts, desk):
    acts.answers["save_changes"] = fakes.changes_saved(RecordKey("invoice", "i-1042"))
    async with console(desk, MappingScreen(ZERO)) as hand:
        await hand.press("enter", "enter", "y")
        assert "Send 1 of 1 records again?" in hand.seen
        await hand.press("enter")
        assert isinstance(hand.app.screen, Ground)
