"""A clock that stands still until it is moved, for every process that inherits the environment."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

START = datetime(2026, 11, 23, 8, 6, tzinfo=UTC)


class Watch:
    """Names a file with the time in the environment; the program and the simulator read it."""

    def __init__(self, path: Path, monkeypatch: pytest.MonkeyPatch, start: datetime = START) -> None:
        self._path = path
        self.set(start)
        monkeypatch.setenv("AWRA_TUI_CLOCK", str(path))

    def set(self, moment: datetime) -> None:
        """Set the time."""
        self.now = moment
        # Another thread or process may read at any moment: the file is there, whole, all the time.
        written = self._path.with_suffix(".new")
        written.write_text(moment.isoformat(), encoding="utf-8")
        # The simulator reads the file again when its time of change differs: a new time must be a new one.
        ticks = int(moment.timestamp() * 1_000_000_000)
        os.utime(written, ns=(ticks, ticks))
        written.replace(self._path)

    def forward(self, **span: float) -> None:
        """Move the time forward by so many days, hours, minutes, seconds."""
        self.set(self.now + timedelta(**span))
