"""Four values of the mapping editor, and what actions and the cache answer about them."""

import pytest

from awra_tui.actions.results import Done, ResendQuestion, Suggestion
from awra_tui.records.status import MappingState
from awra_tui.records.subject import MappingKey
from tests.screens import fakes_detail as fakes
from tests.screens.detail_app import Acts, Desk

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


def acting(acts: Acts) -> Acts:
    """Let actions answer about these values."""
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


def listing() -> Desk:
    """Return a desk whose cache has these values."""
    desk = Desk()
    desk.answers = {"mapping_rows": ROWS}
    return desk


@pytest.fixture
def answers_about_four(monkeypatch: pytest.MonkeyPatch) -> Acts:
    """Actions that answer about these values."""
    return acting(Acts(monkeypatch))


@pytest.fixture
def four_values() -> Desk:
    """A desk whose cache has these values."""
    return listing()
