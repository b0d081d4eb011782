"""Progress of a pass on one line of standard error, where that is a terminal."""

import sys

import click

from awra_tui.actions.sync import Progress


class Shown:
    """Shows each state in place of the one before."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._on = not quiet and sys.stderr.isatty()

    def __call__(self, progress: Progress) -> None:
        """Show one state of the pass."""
        if self._on:
            counted = f" {progress.done:,} of {progress.total:,}" if progress.total else ""
            click.echo(f"\r\x1b[K{progress.stage}{counted}", nl=False, err=True)

    def end(self) -> None:
        """Clear the line."""
        if self._on:
            click.echo("\r\x1b[K", nl=False, err=True)
