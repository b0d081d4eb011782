"""`python -m awra_tui.simulator`: serve a company without the rest of the program."""

import argparse
import os
import signal
import sys
import threading
from datetime import date
from pathlib import Path

from awra_tui.simulator import companies, jsontext
from awra_tui.simulator.server import serve

_HOW = """\
To test a QuickBooks client, serve the company that clients' own tests expect:

  python -m awra_tui.simulator --company sandbox-us --json

It announces base_url, token_url, revoke_url, authorize_url, discovery_url, realm_id, client_id,
client_secret, access_token and refresh_token. The client needs only its addresses changed:
requests go to {base_url}/v3/company/{realm_id}/..., with the access token as bearer, which lasts
an hour and is renewed at token_url. Nothing but loopback is listened on; SIGTERM ends it.
GET {base_url}/simulator/state shows the switches of rehearsal, POST {base_url}/simulator/switches
sets them. The file docs/simulator.md says what is imitated and what is not.
"""


def main(arguments: list[str] | None = None) -> int:
    """Read the arguments and serve; return the exit code."""
    parser = argparse.ArgumentParser(
        "simulator",
        description="A QuickBooks company on loopback.",
        epilog=_HOW,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--company", choices=companies.NAMES, default="empty-us", help="company at its first start"
    )
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--state", type=Path, help="file that keeps the books")
    parser.add_argument("--anchor", type=date.fromisoformat, help="day the company's dates refer to")
    parser.add_argument("--json", action="store_true", help="announce in one line of JSON")
    parser.add_argument(
        "--until-stdin-closes", action="store_true", help="end when the process that started this one is gone"
    )
    chosen = parser.parse_args(arguments)
    if chosen.until_stdin_closes:
        threading.Thread(target=_end_with_stdin, daemon=True).start()
    announce = announce_json if chosen.json else announce_text
    try:
        serve(chosen.company, chosen.port, chosen.state, chosen.anchor, announce)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"The simulator cannot start: {error}\n")
        return 2
    return 0


def _end_with_stdin() -> None:
    """Wait until nobody holds the other end of standard input, then end as by SIGTERM."""
    while os.read(sys.stdin.fileno(), 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def announce_json(found: dict[str, str]) -> None:
    """Print addresses and credentials as one line of JSON."""
    sys.stdout.write(jsontext.dumps(found).decode() + "\n")
    sys.stdout.flush()


def announce_text(found: dict[str, str]) -> None:
    """Print addresses and credentials as lines for people."""
    lines = [f"{name.replace('_', ' ')}: {value}" for name, value in found.items()]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
