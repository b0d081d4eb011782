"""A cache whose file or folder may not be written: what reads goes on, what sends ends in a sentence."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.cli.commands import PROGRAM, call, is_one_sentence
from tests.cli.conftest import Shop

_BOUND = [
    "setpriv",
    "--bounding-set=-dac_override,-dac_read_search",
    "--inh-caps=-dac_override,-dac_read_search",
]
"""Before a command: the administrator is bound by permissions as everybody is."""
_LOOK = """
import sys
from awra_tui.cli.desks import looking
from awra_tui.cli.options import Options
with looking(Options("shop", (), False, False)) as desk:
    sys.stdout.write(desk.reading_only)
"""
_READ = """
import json, sys
from tests.cli.commands import call
found = [(args, call(*args)) for args in json.loads(sys.argv[1])]
sys.stdout.write(json.dumps([(args, said.code, said.text, said.err) for args, said in found]))
"""
"""One process of a person runs all commands: to start one for each costs more than what they do."""
READING = [["status"], ["warnings"], ["map"], ["log"], ["show", "customer/C-1"], ["check", "--offline"]]


@pytest.fixture(params=["file", "folder", "both"])
def closed(request: pytest.FixtureRequest, shop: Shop) -> Iterator[Shop]:
    """A synced profile whose cache may only be read: its file, its folder, or both."""
    folder = shop.home / "data"
    modes = {"file": (0o400, 0o700), "folder": (0o600, 0o500), "both": (0o400, 0o500)}[request.param]
    (folder / "shop.db").chmod(modes[0])
    folder.chmod(modes[1])
    try:
        yield shop
    finally:
        folder.chmod(0o700)


def bound(*command: str) -> "subprocess.CompletedProcess[str]":
    """Run a command that permissions bind."""
    before: list[str] = []
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("without setpriv nothing binds the administrator")
        before = _BOUND
    return subprocess.run([*before, *command], capture_output=True, text=True, timeout=60, check=False)


def said(*args: str) -> "subprocess.CompletedProcess[str]":
    return bound(*PROGRAM, *args)


def counts(shop: Shop) -> dict[str, int]:
    found: dict[str, int] = httpx.get(f"{shop.company['base_url']}/simulator/state", timeout=10).json()
    return dict(found["counts"])  # type: ignore[call-overload]


@pytest.mark.parametrize(
    "args",
    [
        ["sync"],
        ["connect-customer", "C-2", "--new"],
        ["dismiss", "customer/C-1", "--why", "not ours"],
    ],
    ids=" ".join,
)
def test_what_would_have_to_be_recorded_is_not_done(closed: Shop, args: list[str]) -> None:
    before = counts(closed)
    ended = said(*args)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "shop.db may only be read. Check who owns the file and its folder" in ended.stderr
    assert is_one_sentence(ended.stderr), ended.stderr
    assert counts(closed) == before


def test_what_reads_goes_on(closed: Shop) -> None:
    ended = bound(sys.executable, "-c", _READ, json.dumps(READING))
    assert ended.returncode == 0, ended.stderr
    found = json.loads(ended.stdout)
    assert [args for args, *_ in found] == READING
    for args, code, out, err in found:
        assert code in {0, 1}, err
        assert out == call(*args).text


def test_the_console_opens_to_read_and_knows_why(closed: Shop) -> None:
    ended = bound(sys.executable, "-c", _LOOK)
    assert ended.returncode == 0, ended.stderr
    assert "shop.db may only be read. Check who owns the file and its folder" in ended.stdout


def test_a_folder_that_lets_nothing_be_made_is_told(closed: Shop) -> None:
    folder = closed.home / "data"
    folder.chmod(0o700)
    (folder / "shop.db").unlink()
    folder.chmod(0o500)
    ended = said("sync")
    assert ended.returncode == 2
    assert "shop.db cannot be made: Permission denied" in ended.stderr
    assert is_one_sentence(ended.stderr)
    assert not Path(folder / "shop.db").exists()
