"""What every test gets: files of its own, a clock that can stand still, no keyring of the machine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import postgres as own
from tests import quiet
from tests.hostile import world, worlds
from tests.sample import sample_desk, synced
from tests.watch import Watch

__all__ = ["sample_desk", "synced", "world", "worlds"]
"""Fixtures kept beside what they need: here once, so that each process builds the sample once."""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep everything the program writes inside the test's own folder."""
    folder = tmp_path / "home"
    monkeypatch.setenv("AWRA_TUI_HOME", str(folder))
    monkeypatch.delenv("AWRA_TUI_PROFILE", raising=False)
    monkeypatch.delenv("AWRA_TUI_CLOCK", raising=False)
    monkeypatch.setenv("TZ", "UTC")
    return folder


@pytest.fixture(scope="session", autouse=True)
def _quiet() -> Iterator[None]:
    """Wait for a driven console no longer than it moves."""
    with pytest.MonkeyPatch.context() as patch:
        quiet.install(patch)
        yield


@pytest.fixture
def watch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Watch:
    """A clock for the program and the simulator alike, standing still until the test moves it."""
    return Watch(tmp_path / "now", monkeypatch)


@pytest.fixture(scope="session")
def postgres() -> Iterator[own.Server]:
    """A PostgreSQL server for the tests of this process."""
    with own.running() as server:
        yield server
