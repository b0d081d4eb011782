"""Commands start quickly: what only some of them need is imported by those alone."""

import subprocess
import sys
from importlib.metadata import PackageNotFoundError
from unittest import mock

import pytest

import awra_tui
from tests.cli.commands import call
from tests.cli.conftest import Shop

ASK = "import sys; {first}; print(*(name for name in {heavy} if name in sys.modules))"
HEAVY = ("textual", "rich", "httpx", "starlette", "uvicorn", "keyring", "rapidfuzz", "psycopg", "stamina")


def imported(first: str, heavy: tuple[str, ...] = HEAVY) -> list[str]:
    """Return which of these modules a fresh interpreter has loaded after some lines."""
    asked = ASK.format(first=first, heavy=heavy)
    done = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout.splitlines()[-1].split()


def test_the_command_line_imports_nothing_of_a_command() -> None:
    assert imported("import awra_tui.cli.main", (*HEAVY, "peewee", "msgspec._core.nothing", "oauthlib")) == []


@pytest.mark.parametrize("command", ["status", "warnings", "log", "map"])
def test_reading_needs_neither_screens_nor_network(shop: Shop, command: str) -> None:
    first = f"from awra_tui.cli import main, errors; sys.argv = ['x', '{command}']; errors.told(main.cli)"
    # Not psycopg: peewee imports it by itself wherever it is installed.
    heavy = ("textual", "rich", "httpx", "starlette", "uvicorn", "keyring")
    assert imported(first, heavy) == []


def test_the_version_is_known_where_nothing_is_installed() -> None:
    said = call("--version")
    with mock.patch("importlib.metadata.version", side_effect=PackageNotFoundError("awra-tui")):
        uninstalled = call("--version")
    assert (uninstalled.code, uninstalled.err, uninstalled.text) == (0, "", said.text)
    assert awra_tui.__version__ in said.text
