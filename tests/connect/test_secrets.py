"""Secrets are in the token store and nowhere else, whatever the program does and whatever goes wrong."""

import base64
import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from tests.cli.commands import Said
from tests.connect.person import Connecting, consent, redirect

DEFECT = """
import sys
from awra_tui.qbo import client

def parse(*_):
    raise RuntimeError("a defect")

client.parse = parse
from awra_tui.cli.main import main
sys.argv = ["awra-tui", "sync", "--profile", "shop"]
main()
"""
SECRET_NAMES = ("client_secret", "access_token", "refresh_token")


@dataclass
class Search:
    """Remembers every secret that there was and everything that was said, and finds the one in the other."""

    connecting: Connecting
    secrets: set[str] = field(default_factory=set)
    said: dict[str, bytes] = field(default_factory=dict)

    def remember(self, *more: str) -> None:
        """Note the secrets that are in the store now."""
        found = [self.connecting.secret(name) for name in SECRET_NAMES]
        self.secrets |= {secret for secret in (*found, *more) if secret}

    def run(self, *args: str, **env: str) -> Said:
        """Run a command, and keep what it says; secrets before and after it are remembered."""
        self.remember()
        said = self.connecting.run(*args, env=env)
        self.note(" ".join(args), said)
        return said

    def note(self, name: str, said: Said) -> None:
        self.remember()
        self.said[f"{len(self.said)} {name}"] = said.out + said.err.encode()

    @property
    def marks(self) -> set[bytes]:
        """Return what must be nowhere: each secret's middle, as one may be cut, and what holds the app's."""
        middles = {secret[4:24] if len(secret) > 24 else secret for secret in self.secrets}
        company = self.connecting.company
        pair = base64.b64encode(f"{company.client_id}:{company.client_secret}".encode()).decode()
        return {mark.encode() for mark in (*middles, pair)}

    def places(self) -> dict[str, bytes]:
        """Return everything that was said or written outside the token store."""
        home = self.connecting.home
        files = [path for path in home.rglob("*") if path.is_file() and path.parent.name != "secrets"]
        return self.said | {str(path.relative_to(home)): path.read_bytes() for path in files}

    def found(self) -> list[tuple[str, bytes]]:
        return [(name, mark) for name, text in self.places().items() for mark in self.marks if mark in text]


def command_lines() -> bytes:
    """Return the command line and environment of every process that can be read."""
    texts = []
    for process in Path("/proc").glob("[0-9]*"):
        for name in ("cmdline", "environ"):
            try:
                texts.append((process / name).read_bytes())
            except OSError:
                continue
    return b"\n".join(texts)


@pytest.fixture
def search(connecting: Connecting) -> Search:
    source = connecting.home / "source" / "customers.csv"
    source.write_text("id,name\nC-1,Baobab\nC-2,Tumaini\n", encoding="utf-8")
    connecting.edit("[source]", '[sync]\nnew_customers = "create"\n[source]')
    found = Search(connecting)
    found.remember(connecting.company.client_secret, connecting.company.access_token)
    return found


def switch(search: Search, **switches: object) -> None:
    address = f"{search.connecting.company.base_url}/simulator/switches"
    httpx.post(address, json=switches).raise_for_status()


def connect(search: Search, *args: str) -> None:
    codes = []

    def visit(address: str) -> str | None:
        search.said["processes while it waits"] = command_lines() if os.name == "posix" else b""
        if "--paste" in args:
            pasted = redirect(address)
            codes.append(str(httpx.URL(pasted).params["code"]))
            return pasted
        return consent(address)

    keys = "" if search.connecting.secrets else None
    said = search.connecting.connect(visit, *args, keys=keys)
    assert said.code == 0, said.err
    search.remember(*codes)
    search.note("connect", said)


def test_no_secret_leaves_the_token_store(search: Search) -> None:
    connect(search)
    token = search.connecting.secret("access_token")
    said = {"Message": f"Refused for {token}", "Detail": f"Bearer {token}", "code": "6000"}
    refusal = {"Fault": {"Error": [said], "type": "ValidationFault"}}
    switch(search, fail_next={"http_status": 400, "body": refusal, "count": 1, "writes": True})
    assert search.run("sync").code == 1
    for args in (
        ("status", "--json"),
        ("show", "customer/C-1", "--json"),
        ("show", "customer/C-1", "--evidence"),
        ("show", "customer/C-1", "--evidence", "--json"),
        ("log", "--json"),
        ("log", "--record", "customer/C-1"),
        ("log", "--request", "1", "--json"),
        ("warnings", "--json"),
        ("connections",),
        ("connections", "--json"),
    ):
        assert search.run(*args).code in {0, 1}, args
    assert b"[token removed]" in b"".join(search.said.values())
    # A refusal of the token quotes it.
    switch(search, token_expired=True)
    assert search.run("sync").code in {0, 1}
    connect(search, "--paste", "--json")
    for fails in (
        {"http_status": 500, "body": f"<html>{search.connecting.secret('access_token')}</html>", "count": 1},
        {"http_status": 403, "code": "3100", "count": 1},
    ):
        switch(search, fail_next=fails)
        search.run("sync", AWRA_TUI_TRACEBACK="1")
    switch(search, fail_next=None)
    store = search.connecting.home / "data" / "secrets" / "shop.json"
    whole = store.read_text()
    store.write_text(whole[:-30])
    damaged = search.connecting.run("sync", env={"AWRA_TUI_TRACEBACK": "1"})
    store.write_text(whole)
    assert damaged.code == 2
    search.note("sync with a damaged store", damaged)
    assert search.run("disconnect", "--yes").code == 0
    assert len(search.secrets) >= 6
    assert search.found() == []


def test_a_traceback_shows_no_secret(search: Search) -> None:
    connect(search)
    environment = os.environ | {"AWRA_TUI_TRACEBACK": "1", "AWRA_TUI_HOME": str(search.connecting.home)}
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-c", DEFECT],
        env=environment,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert b"a defect" in done.stderr
    search.said["traceback"] = done.stdout + done.stderr
    assert search.found() == []


def test_the_search_finds_what_is_there(search: Search) -> None:
    connect(search)
    assert search.found() == []
    (search.connecting.home / "data" / "log.txt").write_text(
        json.dumps({"Authorization": f"Bearer {search.connecting.secret('access_token')}"})
    )
    assert [name for name, _ in search.found()] == ["data/log.txt"]
