from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from awra_tui.simulator import companies
from awra_tui.simulator.server import application
from tests.simulator.qbo import ANCHOR, Qbo, Watch, taxed_company


@pytest.fixture
def watch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Watch:
    """The clock of the simulator, standing still unless the test moves it."""
    return Watch(tmp_path / "now", monkeypatch)


@pytest.fixture
async def qbo(watch: Watch) -> AsyncIterator[Qbo]:
    """An empty American company."""
    found = Qbo.over(application("empty-us", None, ANCHOR))
    yield found
    await found.http.aclose()


@pytest.fixture
async def kenya(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Qbo]:
    """A company outside the United States, with tax codes and two currencies."""
    monkeypatch.setattr(companies, "build", taxed_company)
    found = Qbo.over(application("taxed", None, ANCHOR))
    yield found
    await found.http.aclose()
