"""``awra-tui simulator``: a QuickBooks company on this machine."""

import datetime as dt
import json
from pathlib import Path

import click

from awra_tui.records.text import harmless


@click.command()
@click.option("--company", type=click.Choice(["empty-us", "nairobi"]), default="empty-us", show_default=True)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Port on 127.0.0.1; 0 takes a free one."
)
@click.option(
    "--state",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File that keeps the company between starts.",
)
@click.option(
    "--anchor",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day the company's dates are counted from (today).",
)
@click.option("--json", "as_json", is_flag=True, help="Announce addresses and secrets as one line of JSON.")
def simulator(company: str, port: int, state: Path | None, anchor: dt.datetime | None, as_json: bool) -> None:
    """Serve the accounting API of QuickBooks on loopback until SIGTERM or Ctrl+C.

    Any QuickBooks client can be pointed at it: the announcement has the addresses, an application's
    id and secret, and tokens. It keeps real books: names are unique, periods close, payments lower
    invoices. POST to /simulator/switches rehearses trouble.
    """
    from awra_tui.simulator.server import serve

    def announce(facts: dict[str, str]) -> None:
        if as_json:
            click.echo(json.dumps(facts))
            return
        for name, value in facts.items():
            click.echo(f"{name:<16} {harmless(value)}")
        click.echo("Serving; Ctrl+C ends it.")

    serve(company, port, state, anchor.date() if anchor else None, announce)
