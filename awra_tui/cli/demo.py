"""``awra-tui demo``: the console on an invented company, with a simulated QuickBooks."""

import sys

import click

from awra_tui.actions.desk import Desk
from awra_tui.actions.sync import sync_now
from awra_tui.cache.pages.overview import overview
from awra_tui.cli.desks import run
from awra_tui.cli.errors import ALL_WELL, CANNOT
from awra_tui.cli.options import given_before
from awra_tui.cli.output import warn, write_json
from awra_tui.cli.progress import Shown
from awra_tui.cli.status import as_data, write_overview


@click.command()
@click.option("--reset", is_flag=True, help="Begin anew instead of taking up where the last start left off.")
@click.option("--json", "as_json", is_flag=True, help="Write the overview as JSON and open no console.")
def demo(reset: bool, as_json: bool) -> int:
    """Start the simulated company, sync the invented source once, and open the console.

    Without a terminal the overview is printed as text.
    """
    from awra_tui.demo import start

    as_json = as_json or given_before().as_json
    with start.demo_desk(anew=reset) as desk:
        shown = Shown(quiet=as_json)
        result = run(sync_now(desk, trigger="demo", progress=shown))
        shown.end()
        if not as_json and sys.stdin.isatty() and sys.stdout.isatty():
            from awra_tui.app import ConsoleApp

            ConsoleApp(desk).run()
            return ALL_WELL
        _write(desk, as_json=as_json)
        if result.outcome in {"done", "nothing"}:
            return ALL_WELL
        warn(result.sentence)
        return CANNOT


def _write(desk: Desk, *, as_json: bool) -> None:
    page = desk.cache.now(overview)
    if as_json:
        write_json(as_data(page, desk.profile))
    else:
        write_overview(page)
