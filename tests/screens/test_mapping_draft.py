"""What comes into the draft of the mapping editor: one value or several, certain, wider, from a date on."""

import datetime as dt
from dataclasses import replace

from awra_tui.actions.staging import MappingEvent
from awra_tui.records.mapping import MappingChange
from awra_tui.records.people import People, Role
from awra_tui.records.status import MappingState
from awra_tui.records.subject import MappingKey
from awra_tui.screens.chooser import ChooserScreen
from awra_tui.screens.mapping import MappingScreen
from awra_tui.screens.mapping_draft import Draft
from awra_tui.screens.mapping_parts import kinds_line
from tests.screens import fakes_detail as fakes
from tests.screens.detail_app import console
from tests.screens.mapping_rows import EXEMPT, GOOD, METHOD, ROWS, SOLD, ZERO, answers_about_four, four_values

acts = answers_about_four
desk = four_values


async def test_what_does_not_fit_on_the_line_of_the_draft_is_cut_with_an_ellipsis(acts, desk):
    long = "Releases 14 invoices, KES 212,000.00; 9 payments wait for them and follow. "
    acts.answers["preview_changes"] = lambda changes: fakes.changes_preview(changes, sentence=long * 3)
    async with console(desk, MappingScreen()) as hand:
        await hand.press("down", "enter", "enter")
        told = [line.strip() for line in hand.lines if "not saved:" in line or line.rstrip().endswith(" …")]
        assert len(told) == 2
        assert told[1].endswith(" …")


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


async def test_a_doubt_about_a_wider_mapping_is_confirmed_there(acts, desk):
    wider = MappingKey("tax_code", "*")
    served = fakes.mapping(SOLD, state=MappingState.REVIEW, sentence="As a wider one.", served_by=wider)
    desk.answers["mapping_rows"] = [served]
    async with console(desk, MappingScreen()) as hand:
        await hand.press("v")
        assert hand.toasts == [
            "The doubt is about a wider mapping: confirm it there, on Tax code “every other value”."
        ]


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
        assert hand.app.first.draft.changes == (MappingChange(SOLD, "12", meant=True),)


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
        await hand.press("t")
        await hand.type("2025-12-01")
        await hand.press("enter")
        assert hand.app.first.draft.changes == (replace(since, valid_from=dt.date(2025, 12, 1)),)
        await hand.press("t", "ctrl+u")
        await hand.type("someday")
        await hand.press("enter")
        assert "“someday” is no day" in hand.seen
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


async def test_a_chosen_object_is_taken_away(acts, desk):
    async with console(desk, MappingScreen()) as hand:
        await hand.press("down", "minus")
        assert hand.toasts == ["Nothing is chosen for this value alone."]
        await hand.press("end", "minus")
        assert hand.app.first.draft.changes == (MappingChange(SOLD, ""),)
        assert "✎ changed Tax code Standard nothing → nothing" in hand.seen


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
