"""The draft of the mapping editor: several values at once, from a date on, saved together, dropped, left."""

import datetime as dt
from dataclasses import replace

import pytest

from awra_tui.actions.results import Done, ResendQuestion, Suggestion
from awra_tui.actions.staging import ChangeLine, MappingEvent
from awra_tui.records.errors import AwraError
from awra_tui.records.mapping import MappingChange
from awra_tui.records.people import People, Role
from awra_tui.records.status import MappingState
from awra_tui.records.subject import MappingKey, RecordKey
from awra_tui.screens.chooser import ChooserScreen
from awra_tui.screens.mapping import MappingScreen
from awra_tui.screens.mapping_dialogs import ChangesDialog
from awra_tui.screens.mapping_draft import Draft
from awra_tui.screens.mapping_parts import kinds_line
from tests.screens import fakes_detail as fakes
from tests.screens.detail_app import Acts, Desk, Ground, console

METHOD = MappingKey("payment_method", "M-Pesa", "branch=Mombasa")
ZERO, EXEMPT, SOLD = (
    fakes.TAX_KEY,
    MappingKey("tax_code", "Exempt", "branch=Mombasa"),
    MappingKey("tax_code", "Standard"),
)
ROWS = [
    fakes.mapping(METHOD, state=MappingState.BLOCKED, sentence="M-Pesa has no deposit account.", qbo_id="9",
                  object_name="M-Pesa"),
    fakes.mapping(ZERO),
    fakes.mapping(EXEMPT, state=MappingState.BLOCKED, sentence="“Old zero” is inactive in QuickBooks."),
    fakes.mapping(SOLD, state=MappingState.READY, sentence="", qbo_id="12", object_name="16% S",
                  waiting_records=0, waiting=()),
]  # fmt: skip
GOOD = Suggestion(choice=fakes.choice(), score=90, why="the same rate")
BANK = Suggestion(
    choice=fakes.choice(entity="Account", id="31", name="M-Pesa clearing"),
    score=80,
    why="its name has M-Pesa",
)


@pytest.fixture
def acts(monkeypatch):
    acts = Acts(monkeypatch)
    acts.answers = {
        "suggestions": [GOOD],
        "account_suggestions": [BANK],
        "certain_suggestions": {},
        "preview_changes": fakes.changes_preview,
        "save_changes": fakes.changes_saved(),
        "ask_resend": ResendQuestion(sentence="Send 1 of 1 records again?"),
        "undo_last": Done(sentence="Took back 2 mappings."),
        "history": [],
    }
    return acts


@pytest.fixture
def desk():
    desk = Desk()
    desk.answers = {"mapping_rows": ROWS}
    return desk


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
        assert acts.of("save_changes") == [((MappingChange(METHOD, "9", "31"), MappingChange(ZERO, "6")),)]
        assert hand.toasts[-1] == "Saved. 0 records can be sent now. u undoes."
        assert "not saved" not in hand.seen
        await hand.press("u")
        assert hand.toasts[-1] == "Took back 2 mappings."


async def test_what_does_not_fit_on_the_line_of_the_draft_is_cut_with_an_ellipsis(acts, desk):
    long = "Releases 14 invoices, KES 212,000.00; 9 payments wait for them and follow. "
    acts.answers["preview_changes"] = lambda changes: fakes.changes_preview(changes, sentence=long * 3)
    async with console(desk, MappingScreen()) as hand:
        await hand.press("down", "enter", "enter")
        told = [line.strip() for line in hand.lines if "not saved:" in line or line.rstrip().endswith(" …")]
        assert len(told) == 2
        assert told[1].endswith(" …")


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


async def test_one_object_for_all_that_are_selected(acts, desk):
    async with console(desk, MappingScreen()) as hand:
        await hand.press("down", "space", "down", "space")
        assert "2 selected" in hand.seen
        assert "choose (2)" in hand.seen
        await hand.press("enter")
        assert "2 values of tax code → which tax code?" in hand.seen
        assert acts.of("preview_changes")[-1] == ([MappingChange(ZERO, "6"), MappingChange(EXEMPT, "6")],)
        await hand.press("enter")
        assert "2 changes not saved" in hand.seen
        assert "selected" not in hand.seen


async def test_one_object_cannot_be_several_kinds(acts, desk):
    async with console(desk, MappingScreen()) as hand:
        await hand.press("a", "enter")
        assert hand.toasts == [
            "What is selected is of several kinds: one object cannot be all of them. [ and ] show one kind."
        ]
        assert hand.app.screen is hand.app.first
        await hand.press("escape")
        assert "selected" not in hand.seen


async def test_certain_suggestions_of_all_that_are_blocked(acts, desk):
    acts.answers["certain_suggestions"] = {METHOD: MappingChange(METHOD, "9", "31")}
    async with console(desk, MappingScreen()) as hand:
        await hand.press("c")
        assert acts.of("certain_suggestions") == [([METHOD, EXEMPT],)]
        assert hand.toasts == ["Took 1 certain suggestion; s saves. 1 value has none that is certain."]
        assert "1 change not saved" in hand.seen
        await hand.press("c")
        assert acts.of("certain_suggestions")[-1] == ([EXEMPT],)


async def test_what_is_so_already_is_no_change(acts, desk):
    acts.answers["suggestions"] = [replace(GOOD, choice=fakes.choice(id="12", name="16% S"))]
    acts.answers["certain_suggestions"] = {SOLD: MappingChange(SOLD, "12")}
    async with console(desk, MappingScreen()) as hand:
        await hand.press("end", "enter", "enter")
        assert hand.toasts == ["That is what it is already: nothing changes."]
        await hand.press("space", "c")
        assert hand.toasts[1:] == ["Every value has a mapping that can be used."]
        assert not hand.app.first.draft


async def test_what_has_a_new_name_is_confirmed(acts, desk):
    renamed = fakes.mapping(
        SOLD,
        state=MappingState.REVIEW,
        sentence="16% S is called Standard now.",
        qbo_id="12",
        object_name="Standard",
    )
    desk.answers["mapping_rows"] = [ROWS[2], renamed]
    async with console(desk, MappingScreen()) as hand:
        await hand.press("v")
        assert hand.toasts == ["There is nothing to confirm here."]
        await hand.press("a", "v")
        assert hand.app.first.draft.changes == (MappingChange(SOLD, "12"),)


async def test_certain_suggestions_of_the_selected_only(acts, desk):
    async with console(desk, MappingScreen()) as hand:
        await hand.press("down", "down", "space", "c")
        assert acts.of("certain_suggestions") == [([EXEMPT],)]
        assert hand.toasts == ["1 value has none that is certain."]


async def test_future_records_only(acts, desk):
    async with console(desk, MappingScreen()) as hand:
        await hand.press("down", "enter", "ctrl+t")
        assert "From the records of which day on?" in hand.seen
        assert "15 Nov 2025" in hand.seen
        await hand.press("enter")
        assert "from 15 Nov" in hand.seen
        since = MappingChange(ZERO, "6", valid_from=dt.date(2025, 11, 15))
        assert acts.of("preview_changes")[-1] == ([since],)
        await hand.press("enter")
        assert "nothing → 0% Z from 15 Nov 2025 on" in hand.seen
        await hand.press("t", "ctrl+u")
        await hand.type("2025-12-01")
        await hand.press("enter")
        assert hand.app.first.draft.changes == (replace(since, valid_from=dt.date(2025, 12, 1)),)
        await hand.press("t", "ctrl+u")
        await hand.type("someday")
        await hand.press("enter")
        assert "“someday” is no day" in hand.toasts[-1]
        await hand.press("down", "enter")
        assert hand.app.first.draft.changes == (replace(since, valid_from=None),)


async def test_a_date_needs_a_change(acts, desk):
    async with console(desk, MappingScreen()) as hand:
        await hand.press("t", "d", "D", "s")
        nothing = "Nothing is changed that is not saved."
        assert hand.toasts == [
            *["Choose an object first (enter); nothing is changed here."] * 2,
            nothing,
            nothing,
        ]


async def test_one_change_or_all_are_dropped(acts, desk):
    async with console(desk, MappingScreen()) as hand:
        await hand.press("down", "enter", "enter", "down", "enter", "enter")
        assert "2 changes not saved" in hand.seen
        await hand.press("d")
        assert [change.key for change in hand.app.first.draft.changes] == [ZERO]
        await hand.press("D")
        assert hand.toasts == ["Dropped 1 change; what is saved stays as it is."] * 2
        assert "not saved" not in hand.seen


async def test_a_chosen_object_is_taken_away(acts, desk):
    async with console(desk, MappingScreen()) as hand:
        await hand.press("down", "minus")
        assert hand.toasts == ["Nothing is chosen for this value alone."]
        await hand.press("end", "minus")
        assert hand.app.first.draft.changes == (MappingChange(SOLD, ""),)
        assert "✎ changed Tax code Standard nothing → nothing" in hand.seen


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


async def test_a_wider_mapping_is_added_from_what_records_need(acts, desk):
    async with console(desk, MappingScreen()) as hand:
        await hand.press("down", "n")
        seen = hand.seen
        assert "▸ a Tax code “Zero-rated”" in seen
        assert "b Tax code “every other value” (branch Mombasa)" in seen
        assert "c Tax code “every other value”" in seen
        await hand.press("b")
        assert isinstance(hand.app.screen, ChooserScreen)
        assert "Tax code “every other value” (branch Mombasa) → which tax code?" in hand.seen
        await hand.press("enter")
        wide = MappingKey("tax_code", "*", "branch=Mombasa")
        assert hand.app.first.draft.changes == (MappingChange(wide, "6"),)
        assert "5 mappings" in hand.seen
        assert "✎ changed Tax code every other value" in hand.seen
        await hand.press("down", "n")
        assert "(branch Mombasa)" not in "".join(
            line for line in hand.lines if "every other" in line and " b " in line
        )


async def test_an_account_for_one_currency_of_the_records_is_added(acts, desk):
    owed = MappingKey("receivable", "*")
    desk.answers["mapping_rows"] = [
        fakes.mapping(owed, state=MappingState.READY, waiting_records=0, waiting=())
    ]
    desk.answers["needed_currencies"] = ["KES", "USD"]
    async with console(desk, MappingScreen()) as hand:
        assert "→ QuickBooks' own" in hand.seen
        assert "Needed by" not in hand.seen
        await hand.press("n")
        assert "b Receivable account “every other value” (currency USD)" in hand.seen
        await hand.press("b", "enter")
        dollars = MappingKey("receivable", "*", "currency=USD")
        assert hand.app.first.draft.changes == (MappingChange(dollars, "6"),)


async def test_the_default_of_another_kind_is_added(acts, desk):
    desk.answers["mapping_rows"] = []
    async with console(desk, MappingScreen()) as hand:
        await hand.press("n")
        assert "Map every other value of which kind?" in hand.seen
        await hand.press("b", "enter")
        assert hand.app.first.draft.changes == (MappingChange(MappingKey("tax_code", "*"), "6"),)


async def test_states_are_shown_alone(acts, desk):
    async with console(desk, MappingScreen()) as hand:
        await hand.press("i", "c")
        assert "only blocked" in hand.seen
        assert "■ blocked" in hand.seen
        assert "◐ review" not in hand.seen
        await hand.press("i", "g")
        assert "No mapping is in this state. i shows others." in hand.seen
        await hand.press("i", "f")
        assert "■ blocked Payment method M-Pesa" in hand.seen, "an object is chosen, its account is missing"
        assert "Zero-rated" not in hand.seen
        await hand.press("i", "a", "down", "enter", "enter", "i", "g")
        assert len([line for line in hand.lines if "✎ changed" in line]) == 1


async def test_history_says_who_changed_what(acts, desk):
    async with console(desk, MappingScreen()) as hand:
        await hand.press("h")
        assert "Nobody has changed it yet." in hand.seen
        await hand.press("enter")
        acts.answers["history"] = [
            MappingEvent(
                at="2025-11-14T08:00:00.000000Z", who="njeri@office", before="", after="M-Pesa", how="map"
            )
        ]
        await hand.press("h")
        assert "14 Nov 2025 08:00:00 njeri@office map: nothing → M-Pesa" in hand.seen
        assert acts.of("history")[-1] == (METHOD,)


async def test_a_viewer_changes_nothing_here(acts, desk):
    desk.profile.people = People(Role.VIEWER)
    async with console(desk, MappingScreen()) as hand:
        for key in ("enter", "c", "n", "minus", "s"):
            await hand.press(key)
            assert "Mapping is for administrators" in hand.toasts[-1]
        assert hand.app.screen is hand.app.first


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


def test_the_kind_that_is_shown_is_in_sight():
    labels = ["all kinds", *(f"kind number {n}" for n in range(9))]
    assert kinds_line(labels, 0, 60).plain.startswith("▸all kinds   kind number 0")
    line = kinds_line(labels, 9, 60).plain
    assert line.startswith("…")
    assert line.index("▸kind number 8") < 46


def test_a_change_that_replaces_another_has_no_words_until_they_are_known():
    draft = Draft()
    draft.put([MappingChange(ZERO, "6")])
    draft.take(fakes.changes_preview(draft.changes))
    assert draft.of(ROWS[1]).line is not None
    draft.put([MappingChange(ZERO, "7")])
    assert draft.of(ROWS[1]).line is None
    assert draft.preview is None
