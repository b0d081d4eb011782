"""A simulated company as a child process on a free loopback port."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.place import Place

SIMULATOR = ("awra_tui.simulator",)


@dataclass(frozen=True, slots=True)
class Served:
    """A company that is served: what it announced, and its process."""

    told: Mapping[str, str]
    pid: int

    @property
    def addresses(self) -> tuple[str, ...]:
        """The settings that lead to it."""
        return (f"qbo.api_base_url={self.told['base_url']}", f"qbo.token_url={self.told['token_url']}")

    def switch(self, **switches: Any) -> None:
        """Set switches of rehearsal."""
        self._asked("switches", json.dumps(switches).encode())

    def state(self) -> Any:
        """Return switches, counts, and what its limits let in."""
        return self._asked("state")

    def _asked(self, name: str, body: bytes | None = None) -> Any:
        request = urllib.request.Request(f"{self.told['base_url']}/simulator/{name}", body)
        request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)


@contextmanager
def served(
    env: Mapping[str, str], folder: Path, profile: Path, program: Sequence[str] = SIMULATOR
) -> Iterator[Served]:
    """Start it and put its secrets into a profile's store; it ends with the block or with this process."""
    command = [sys.executable, "-m", *program, "--json", "--until-stdin-closes"]
    child = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=dict(env), cwd=folder
    )
    try:
        line = child.stdout.readline() if child.stdout else b""
        _connect(env, folder, profile, line)
        yield Served(json.loads(line), child.pid)
    finally:
        child.terminate()
        child.communicate()


@contextmanager
def late_company(place: Place, latency_ms: int) -> Iterator[tuple[str, ...]]:
    """Serve a company that answers late to the profile of a place, and yield the settings that lead to it."""
    with served(place.env, place.folder, place.profile) as company:
        company.switch(latency_ms=latency_ms)
        yield company.addresses


def _connect(env: Mapping[str, str], folder: Path, profile: Path, line: bytes) -> None:
    command = [sys.executable, "-m", "awra_tui", "connect", "--import", "-", "--profile", str(profile)]
    subprocess.run(command, input=line, env=dict(env), cwd=folder, check=True, capture_output=True)
