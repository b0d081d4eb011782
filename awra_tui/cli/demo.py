"""``awra-tui demo``: the console on an invented company, with a simulated QuickBooks."""

import sys

import click

from awra_tui.actions.sync import sync_now
from awra_tui.cli.common import run
from awra_tui.cli.progress import Shown


@click.command()
@click.option("--reset", is_flag=True, help="Begin anew instead of taking up where the last start left off.")
def demo(reset: bool) -> None:
    """Start the simulated company, sync the invented source once, and open the console.

    Without a terminal the overview is printed as text.
    """
    from awra_tui.demo import start

    if reset:
        start.reset()
    with start.demo_desk() as desk:
        shown = Shown()
        run(sync_now(desk, trigger="demo", progress=shown))
        shown.end()
        if sys.stdin.isatty() and sys.stdout.isatty():
            from awra_tui.app import ConsoleApp

            ConsoleApp(desk).run()
            return
        from awra_tui.cache.pages.overview import overview
        from awra_tui.cli.status import write_overview

        write_overview(desk.cache.now(overview), desk.profile.name)
