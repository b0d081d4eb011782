"""Progress of a pass on standard error: one line that changes on a terminal, few plain ones elsewhere."""

import shutil
import sys
import time
from collections.abc import Callable

import click

from awra_tui.actions.sync import Progress
from awra_tui.cli.output import warn
from awra_tui.records.text import cut, slowed_down

OFTEN = 30.0
"""Without a terminal, so many seconds pass between two lines about one stage."""


class Shown:
    """Shows each state in place of the one before, on a terminal.

    ``plain`` writes lines where there is none: one at the start of each stage, then one every 30 seconds.
    """

    def __init__(
        self, *, quiet: bool = False, plain: bool = False, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._on = not quiet and sys.stderr.isatty()
        self._plain = plain and not quiet and not self._on
        self._now = now
        self._stage = ""
        self._told = 0.0

    def __call__(self, progress: Progress) -> None:
        """Show one state of the pass."""
        counted = f" {progress.done:,} of {progress.total:,}" if progress.total else ""
        paused = f", {slowed_down(progress.pause_seconds)}" if progress.pause_seconds else ""
        line = f"{progress.stage}{counted}{paused}"
        if self._on:
            click.echo(f"\r\x1b[K{cut(line, self._room())}", nl=False, err=True)
        elif self._plain:
            self._tell(line, progress.stage.partition(":")[0] + (" paused" if paused else ""))

    @staticmethod
    def _room() -> int:
        """Return what fits in one line: a longer one could not be overwritten."""
        return shutil.get_terminal_size().columns - 1

    def _tell(self, line: str, stage: str) -> None:
        """Write a line where a stage begins or the last line is long ago; what follows a colon is detail."""
        now = self._now()
        if stage != self._stage or now - self._told >= OFTEN:
            self._stage, self._told = stage, now
            warn(line)

    def end(self) -> None:
        """Clear the line."""
        if self._on:
            click.echo("\r\x1b[K", nl=False, err=True)
