"""The simulated company of the demo, as a child process that ends with its parent."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from awra_tui.actions.authorize import Announced
from awra_tui.records.errors import AwraError

STOP_SECONDS = 5


@contextmanager
def simulated_company(state: Path, anchor: str, log: Path) -> Iterator[Announced]:
    """Start the company, yield what it announces, and end it; raise AwraError where it does not start.

    The child serves until its standard input closes, so that it ends even when this process is killed.
    """
    command = [
        sys.executable, "-m", "awra_tui.simulator", "--company", "nairobi", "--json", "--until-stdin-closes",
        "--state", str(state), "--anchor", anchor,
    ]  # fmt: skip
    with log.open("ab") as errors:
        child = subprocess.Popen(  # noqa: S603 - our own program, no shell
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors
        )
    try:
        yield _announced(child, log)
    finally:
        child.terminate()
        try:
            child.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()


def _announced(child: subprocess.Popen[bytes], log: Path) -> Announced:
    line = child.stdout.readline() if child.stdout else b""
    try:
        return msgspec.json.decode(line, type=Announced)
    except msgspec.MsgspecError:
        raise AwraError(f"The simulated company did not start: {_last_line(log)} ({log})") from None


def _last_line(log: Path) -> str:
    """Return the last thing a child wrote about its trouble."""
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return lines[-1] if lines else "it said nothing."
