"""What stands behind the screen of one record: what actions answer about it, and its last exchange."""

import pytest

from tests.screens import fakes_detail as fakes
from tests.screens.detail_app import Acts, Desk


@pytest.fixture
def answers_about_invoice(monkeypatch: pytest.MonkeyPatch) -> Acts:
    """Actions that answer about INV-1042."""
    acts = Acts(monkeypatch)
    acts.answers = fakes.record_answers()
    return acts


@pytest.fixture
def one_exchange() -> Desk:
    """A desk whose cache has the exchange of one attempt."""
    desk = Desk()
    desk.answers = {"exchange": fakes.exchange()}
    return desk
