"""``awra-tui console``: the screens."""

import sys

import click

from awra_tui.cli.desks import looking
from awra_tui.cli.options import Options, of_a_profile
from awra_tui.records.errors import AwraError


@click.command()
@of_a_profile
def console(options: Options) -> None:
    """Open the console (the default)."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise AwraError("The console needs a terminal; awra-tui status says the same as text.")
    with looking(options) as desk:
        from awra_tui.app import ConsoleApp

        ConsoleApp(desk).run()
