"""One fixed moment for every screen."""

from pathlib import Path

import pytest

from awra_tui.records.clock import CLOCK_FILE


@pytest.fixture(autouse=True)
def _clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "clock"
    path.write_text("2025-11-15T08:06:00+00:00", encoding="utf-8")
    monkeypatch.setenv(CLOCK_FILE, str(path))
    monkeypatch.setenv("TZ", "UTC")
