"""A simulated company that answers late, as a child process on a free loopback port."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from bench.place import Place


@contextmanager
def late_company(place: Place, latency_ms: int) -> Iterator[tuple[str, ...]]:
    """Start it, put its secrets into the profile's store, and yield the settings that lead to it."""
    command = [sys.executable, "-m", "awra_tui.simulator", "--json", "--until-stdin-closes"]
    child = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=place.env, cwd=place.folder
    )
    try:
        line = child.stdout.readline() if child.stdout else b""
        told = json.loads(line)
        _connect(place, line)
        _delay(told, latency_ms)
        yield tuple(
            f"qbo.{name}={told[key]}"
            for name, key in (("api_base_url", "base_url"), ("token_url", "token_url"))
        )
    finally:
        child.terminate()
        child.communicate()


def _connect(place: Place, line: bytes) -> None:
    command = [sys.executable, "-m", "awra_tui", "connect", "--import", "-", "--profile", str(place.profile)]
    subprocess.run(command, input=line, env=place.env, cwd=place.folder, check=True, capture_output=True)


def _delay(told: Mapping[str, str], latency_ms: int) -> None:
    body = json.dumps({"latency_ms": latency_ms}).encode()
    request = urllib.request.Request(f"{told['base_url']}/simulator/switches", body)
    request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, timeout=10) as answer:
        answer.read()
