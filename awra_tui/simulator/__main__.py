"""`python -m awra_tui.simulator`: serve companies without the rest of the program."""

import argparse
import os
import signal
import sys
import threading
from datetime import date
from pathlib import Path

from awra_tui.simulator import companies, jsontext
from awra_tui.simulator.server import serve


def main(arguments: list[str] | None = None) -> int:
    """Read the arguments and serve; return the exit code."""
    parser = argparse.ArgumentParser(
        "simulator",
        description="QuickBooks companies on loopback; awra-tui simulator --help says how to use them.",
    )
    parser.add_argument(
        "--company", choices=companies.NAMES, action="append", help="company at its first start; repeatable"
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
        serve(chosen.company or companies.NAMES[:1], chosen.port, chosen.state, chosen.anchor, announce)
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
