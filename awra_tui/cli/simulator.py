"""``awra-tui simulator``: QuickBooks companies on this machine."""

import datetime as dt
import errno
from collections.abc import Sequence
from pathlib import Path

import click

from awra_tui.cli.errors import ALL_WELL
from awra_tui.cli.options import given_before
from awra_tui.cli.output import say, write_columns, write_json_line
from awra_tui.cli.values import Day, Whole, Word
from awra_tui.records.errors import AwraError
from awra_tui.simulator.companies import NAMES

_HELP = """\
Serve the accounting API of QuickBooks on loopback until SIGTERM or Ctrl+C.

It keeps real books and refuses as Intuit does, so that any QuickBooks client can be tested with it:
nothing but the client's addresses is changed. The company to test another client with is sandbox-us:

\b
  awra-tui simulator --company sandbox-us --json

It announces where everything is, and what opens it:

\b
  base_url       requests go to {base_url}/v3/company/{realm_id}/...
  realm_id       the company
  access_token   the bearer of requests; it lasts an hour
  refresh_token  token_url renews tokens with it; keep the one that is answered
  client_id      with client_secret, as Basic authentication or in the form
  token_url      and revoke_url: where tokens are had and ended
  authorize_url  the page on which a person chooses the company, or refuses
  discovery_url  the document that names all of these addresses

\b
  python-quickbooks  QuickBooks.api_url_v3 = base_url + "/v3"
  intuit-oauth       AuthClient(..., environment=discovery_url)
  node-quickbooks    QuickBooks.V3_ENDPOINT_BASE_URL = base_url + "/v3/company/"
                     QuickBooks.TOKEN_URL = token_url, .REVOKE_URL = revoke_url

The two for Python refuse plain http unless OAUTHLIB_INSECURE_TRANSPORT=1 is in their environment.

Two companies are served, so that the page of consent has a choice: nairobi beside empty-us, empty-us
beside the others. A token opens the one it was granted for; the announced tokens open the first.

Trouble is rehearsed on a side path, without a token (?company=NAME for another than the first):

\b
  GET  {base_url}/simulator/state     switches, settings, counts
  GET  {base_url}/simulator/books     the trial balance
  POST {base_url}/simulator/objects   books by hand: {"Customer": {...}}
  POST {base_url}/simulator/reset     begins anew
  POST {base_url}/simulator/switches  sets any of:
    {"limits": true}                  429 above Intuit's limits
    {"throttle": true}                429 for everything
    {"token_expired": true}           401 until tokens are renewed
    {"subscription_ended": true}      6190 for whatever writes
    {"latency_ms": 300}               each answer takes that long
    {"fail_next": {"count": 1, "http_status": 503}}
    {"drop_next": {"count": 1, "when": "after"}}
    {"closing_date": "2026-09-30"}    closes the books up to that day
    {"webhooks": {"url": "http://127.0.0.1:9000/", "verifier_token": "..."}}

docs/simulator.md has all switches, what is imitated, and what is not.
"""


@click.command(help=_HELP)
@click.option(
    "--company",
    "companies",
    type=Word(NAMES),
    default=(NAMES[0],),
    multiple=True,
    show_default=NAMES[0],
    help="A company, as it is at its first start; given twice, both are served and the first is announced.",
)
@click.option("--port", type=Whole(0, 65535), default=0, help="Port on 127.0.0.1; 0 takes a free one.")
@click.option(
    "--state",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File that keeps the company between starts; other companies add their names to it.",
)
@click.option(
    "--anchor",
    type=Day(),
    help="The day the company's dates are counted from (today).",
)
@click.option("--json", "as_json", is_flag=True, help="Announce addresses and secrets as one line of JSON.")
def simulator(
    companies: Sequence[str], port: int, state: Path | None, anchor: dt.date | None, as_json: bool
) -> int:
    """Serve the companies until the process is told to end; raise AwraError where that cannot be."""
    if state is not None and not state.parent.exists():
        raise AwraError(f"There is no folder {state.parent}: make it, or give --state another file.")
    from awra_tui.simulator.server import serve

    announce = write_json_line if as_json or given_before().as_json else _announce
    try:
        serve(companies, port, state, anchor, announce)
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
