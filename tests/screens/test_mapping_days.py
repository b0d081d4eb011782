"""Days of mappings in the editor: another object does not take away what held before."""

import datetime as dt
from dataclasses import replace

import pytest

from awra_tui.actions.results import Suggestion
from awra_tui.records.mapping import Mapping, MappingChange
from awra_tui.records.subject import MappingKey
from awra_tui.screens.mapping import MappingScreen
from tests.screens import fakes_detail as fakes
from tests.screens.detail_app import Acts, Desk, console

MARCH = dt.date(2026, 3, 1)
DATED, PLAIN = MappingKey("tax_code", "Exempt"), MappingKey("tax_code", "Standard")


@pytest.fixture
def acts(monkeypatch: pytest.MonkeyPatch) -> Acts:
    acts = Acts(monkeypatch)
    acts.answers = {
        "suggestions": [Suggestion(choice=fakes.choice(), score=90, why="the same rate")],
        "preview_changes": fakes.changes_preview,
    }
    return acts


@pytest.fixture
def desk() -> Desk:
    row = fakes.mapping(DATED, qbo_id="9")
    dated = replace(row.mapping, valid_from=MARCH, earlier=Mapping(DATED, "8"))
    desk = Desk()
    desk.answers = {"mapping_rows": [replace(row, mapping=dated), fakes.mapping(PLAIN)]}
    return desk


async def test_another_object_is_for_the_days_of_the_mapping_of_each(acts: Acts, desk: Desk) -> None:
    async with console(desk, MappingScreen()) as hand:
        await hand.press("ctrl+a", "enter")
        await hand.press("enter")
        assert set(hand.app.first.draft.changes) == {
            MappingChange(DATED, "6", valid_from=MARCH),
            MappingChange(PLAIN, "6"),
        }
        await hand.press("home", "t", "ctrl+u", "enter")
        assert MappingChange(DATED, "6") in hand.app.first.draft.changes


async def test_another_deposit_account_leaves_the_day_of_the_mapping(acts: Acts, desk: Desk) -> None:
    method = MappingKey("payment_method", "M-Pesa")
    row = fakes.mapping(method, qbo_id="9")
    desk.answers["mapping_rows"] = [replace(row, mapping=replace(row.mapping, valid_from=MARCH))]
    clearing = fakes.choice(entity="Account", id="31", name="M-Pesa clearing")
    acts.answers["account_suggestions"] = [Suggestion(choice=clearing, score=80, why="its name")]
    async with console(desk, MappingScreen()) as hand:
        await hand.press("p")
        assert "which deposit account? from 01 Mar" in hand.seen
        await hand.press("enter")
        assert hand.app.first.draft.changes == (MappingChange(method, "9", "31", MARCH),)
