"""``awra-tui simulator``: a QuickBooks company on this machine."""

import datetime as dt
import errno
from pathlib import Path

import click

from awra_tui.cli.errors import ALL_WELL
from awra_tui.cli.options import given_before
from awra_tui.cli.output import say, write_columns, write_json_line
from awra_tui.cli.values import Day, Whole, Word
from awra_tui.records.errors import AwraError
from awra_tui.simulator.companies import NAMES


@click.command()
@click.option(
    "--company",
    type=Word(NAMES),
    default="empty-us",
    show_default=True,
    help="The company at its first start; sandbox-us has what tests of other clients expect.",
)
@click.option("--port", type=Whole(0, 65535), default=0, help="Port on 127.0.0.1; 0 takes a free one.")
@click.option(
    "--state",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File that keeps the company between starts.",
)
@click.option(
    "--anchor",
    type=Day(),
    help="The day the company's dates are counted from (today).",
)
@click.option("--json", "as_json", is_flag=True, help="Announce addresses and secrets as one line of JSON.")
def simulator(company: str, port: int, state: Path | None, anchor: dt.date | None, as_json: bool) -> int:
    """Serve the accounting API of QuickBooks on loopback until SIGTERM or Ctrl+C.

    Any QuickBooks client can be pointed at it: the announcement has the addresses, an application's
    id and secret, and tokens. It keeps real books: names are unique, periods close, payments lower
    invoices. POST to /simulator/switches rehearses trouble.
    """
    if state is not None and not state.parent.exists():
        raise AwraError(f"There is no folder {state.parent}: make it, or give --state another file.")
    from awra_tui.simulator.server import serve

    announce = write_json_line if as_json or given_before().as_json else _announce
    try:
        serve(company, port, state, anchor, announce)
    except OSError as error:
        raise AwraError(_refusal(error, port, state)) from None
    except ValueError as error:
        raise AwraError(f"The simulator cannot start: {error}") from None
    return ALL_WELL


def _announce(facts: dict[str, str]) -> None:
    write_columns(facts.items(), whole=True)
    say("Serving; Ctrl+C ends it.")


def _refusal(error: OSError, port: int, state: Path | None) -> str:
    if error.errno in {errno.EADDRINUSE, errno.EACCES} and not error.filename:
        return f"Port {port} cannot be used ({error.strerror}): choose another, or 0 for a free one."
    return f"{error.filename or state or 'The simulator'} cannot be used: {error.strerror or error}."
