"""A PostgreSQL server of the tests' own, in a temporary folder; it ends with the process that started it."""

import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

NAMED = "AWRA_TUI_TEST_POSTGRES"
"""Names another server instead: a URL, without a password, of a user who may make databases."""

_PLACES = "/usr/lib/postgresql/*/bin"  # where Debian keeps what PATH does not have
_OWNER = "postgres"
_QUICK = (
    "-c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off "
    "-c shared_buffers=32MB -c max_connections=40 -c jit=off"
)
# The server lives until the test process closes the pipe, in whatever way it ends; then its folder goes too.
_KEEPER = f"""
programs=$1 folder=$2
shift 2
"$programs/initdb" -D "$folder/data" -U {_OWNER} -A trust -E UTF8 --no-sync "$@" >"$folder/log" 2>&1 || exit
"$programs/postgres" -D "$folder/data" -k "$folder" {_QUICK} >>"$folder/log" 2>&1 &
server=$!
exec 2>/dev/null
read -r _
kill -QUIT $server
wait $server
rm -rf "$folder"
"""


class Server:
    """A server where tests make databases; ``address`` is that of a database that is there already."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._numbers = count(1)
        self._made: list[str] = []

    def database(self) -> str:
        """Make an empty database and return its URL."""
        name = f"awra_tui_{os.getpid()}_{next(self._numbers)}"
        self.execute(f'CREATE DATABASE "{name}" TEMPLATE template0 ENCODING UTF8')
        self._made.append(name)
        return urlsplit(self.address)._replace(path=f"/{name}").geturl()

    def execute(self, statement: str) -> None:
        """Run a statement in the database that is there already."""
        execute(self.address, statement)

    def remove_databases(self) -> None:
        """Remove the databases that were made, whoever is still in them."""
        while self._made:
            self.execute(f'DROP DATABASE IF EXISTS "{self._made.pop()}" WITH (FORCE)')


def execute(url: str, statement: str) -> list[tuple[Any, ...]]:
    """Run a statement in a database and return its rows, if it has any."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


@contextmanager
def running() -> Iterator[Server]:
    """Yield the server that the environment names, or one of our own; skip where there can be none."""
    if find_spec("psycopg") is None:
        pytest.skip("psycopg is not installed")
    with _named() if os.environ.get(NAMED) else _own() as server:
        yield server


@contextmanager
def _named() -> Iterator[Server]:
    server = Server(os.environ[NAMED])
    yield server
    server.remove_databases()


@contextmanager
def _own() -> Iterator[Server]:
    programs = _programs()
    owner = _OWNER if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="awra-tui-postgres-"))
    if owner:
        shutil.chown(folder, owner)
    command = ["sh", "-c", _KEEPER, "sh", programs, folder, *_language(programs)]
    # In a session of its own: signals that end the tests do not end the keeper before it has cleared away.
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, user=owner, cwd=folder, start_new_session=True
    ) as keeper:
        server = Server(f"postgresql://{_OWNER}@/postgres?host={folder}")
        _wait_until_ready(server, folder, keeper)
        yield server


def _language(programs: Path) -> list[str]:
    """No order may depend on the server's language: where it can, it has one that does not compare bytes."""
    said = subprocess.run([programs / "initdb", "--version"], check=True, capture_output=True, text=True)
    version = int(re.search(r"\d+", said.stdout)[0])
    return ["--locale=C", *(["--locale-provider=icu", "--icu-locale=en-US"] if version >= 15 else [])]


def _wait_until_ready(server: Server, folder: Path, keeper: subprocess.Popen[bytes]) -> None:
    import psycopg

    for _ in range(1200):
        try:
            server.execute("SELECT 1")
        except psycopg.OperationalError:
            with suppress(subprocess.TimeoutExpired):
                keeper.wait(0.05)
        else:
            return
        if keeper.poll() is not None:
            break
    said = (folder / "log").read_text(encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    raise RuntimeError(f"PostgreSQL did not start: {said}")


def _programs() -> Path:
    """Return the folder of the newest server's programs; skip where there is none, or none to run it as."""
    places = [Path(place) for place in os.get_exec_path()]
    places += sorted(Path("/").glob(_PLACES.lstrip("/")), key=_number, reverse=True)
    for place in places:
        if (place / "initdb").exists():
            break
    else:
        pytest.skip("PostgreSQL's server is not installed: no initdb in PATH or /usr/lib/postgresql")
    if os.geteuid() == 0 and _OWNER not in {one.pw_name for one in pwd.getpwall()}:
        pytest.skip("PostgreSQL does not run as root, and there is no user postgres to run it as")
    return (place / "initdb").resolve().parent


def _number(place: Path) -> int:
    return int(re.sub(r"\D", "", place.parent.name) or 0)
