"""What the mapping editor does not take from a person: what was chosen, here or before."""

from awra_tui.records.mapping import MappingChange
from awra_tui.records.status import MappingState
from awra_tui.screens.mapping import MappingScreen
from tests.screens import fakes_detail as fakes
from tests.screens.detail_app import console
from tests.screens.mapping_rows import ROWS, SOLD, ZERO, answers_about_four, four_values

acts = answers_about_four
desk = four_values


async def test_what_was_changed_already_is_not_confirmed_as_it_was(acts, desk):
    renamed = fakes.mapping(
        SOLD, state=MappingState.REVIEW, sentence="16% S is called Standard now.", qbo_id="12"
    )
    desk.answers["mapping_rows"] = [ROWS[2], renamed]
    async with console(desk, MappingScreen()) as hand:
        await hand.press("end", "enter", "enter")
        assert hand.app.first.draft.changes == (MappingChange(SOLD, "6"),)
        await hand.press("v")
        assert hand.toasts == ["There is nothing to confirm here."]
        assert hand.app.first.draft.changes == (MappingChange(SOLD, "6"),), "what somebody chose stays"


async def test_taking_away_what_is_chosen_in_the_draft_only_changes_nothing(acts, desk):
    async with console(desk, MappingScreen()) as hand:
        await hand.press("down", "enter", "enter")
        assert hand.app.first.draft.changes == (MappingChange(ZERO, "6"),)
        await hand.press("minus")
        assert not hand.app.first.draft
        assert "not saved" not in hand.seen
