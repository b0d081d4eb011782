"""A simulated company as a process, and a profile synced into it once for every worker."""

import json
import os
import shutil
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import pytest

from tests.cli.commands import PROGRAM, call, child

ROUGH = "[red]O'Neil \x1b[31m& Söhne[/]"
"""A name that is markup, an escape sequence and text outside ASCII at once."""

PROFILE = """
id = "shop"
name = "Shop"
[qbo]
environment = "simulator"
token_store = "file"
realm_id = "{realm_id}"
api_base_url = "{base_url}"
token_url = "{token_url}"
revoke_url = "{revoke_url}"
requests_per_second = 1000
requests_per_minute = 60000
batches_per_minute = 60000
[sync]
new_items = "create"
every = "30m"
[[mapping.preset]]
kind = "item"
value = "*"
qbo = "Services"
[source]
type = "files"
path = "{source}"
date_formats = ["%Y-%m-%d"]
[[source.records]]
kind = "customer"
files = "customers.json"
constants = {{ currency = "USD" }}
fields = {{ source_id = "id", number = "number", party_name = "name" }}
[[source.records]]
kind = "invoice"
files = "invoices.json"
constants = {{ currency = "USD" }}
[source.records.fields]
source_id = "id"
number = "number"
party_id = "customer"
party_name = "name"
date = "date"
amount = "amount"
[[source.records.lines]]
fields = {{ amount = "amount" }}
"""

CUSTOMERS = [
    {"id": "C-1", "number": "C-1", "name": "Baobab Café"},
    {"id": "C-2", "number": "C-2", "name": ROUGH},
]
INVOICES = [
    {"id": "i1", "number": "INV/7 a", "customer": "C-1", "name": "Baobab Café", "amount": "120.50"},
    {"id": "i2", "number": "TWIN", "customer": "C-1", "name": "Baobab Café", "amount": "10.00"},
    {"id": "i3", "number": "TWIN", "customer": "C-2", "name": ROUGH, "amount": "20.10"},
    {"id": "i4", "number": "i1", "customer": "C-2", "name": ROUGH, "amount": "0.30"},
]


@dataclass(frozen=True)
class Shop:
    """A profile of a home folder, and the company that it sends to."""

    home: Path
    company: dict[str, str]

    @property
    def profile(self) -> Path:
        return self.home / "config" / "profiles" / "shop.toml"

    @property
    def source(self) -> Path:
        return self.home / "source"


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The announcement of a company that serves while the tests run."""
    process = child(["simulator", "--json"], tmp_path_factory.mktemp("company"))
    assert process.stdout is not None
    try:
        yield json.loads(process.stdout.readline())
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)


@pytest.fixture(scope="session")
def synced_once(company: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder whose profile was synced: two customers are asked about, four invoices wait for them."""
    home = tmp_path_factory.mktemp("synced")
    furnish(home, company)
    with mock.patch.dict(os.environ, {"AWRA_TUI_HOME": str(home)}):
        assert (
            call("connect", "--profile", "shop", "--import", "-", stdin=json.dumps(company).encode()).code
            == 0
        )
        said = call("sync", "--profile", "shop")
        assert said.code == 1, said
    return home


def furnish(home: Path, company: dict[str, str]) -> None:
    """Write the source and the profile of a shop."""
    source = home / "source"
    source.mkdir(parents=True)
    (source / "customers.json").write_text(json.dumps(CUSTOMERS), encoding="utf-8")
    dated = [invoice | {"date": "2026-11-02"} for invoice in INVOICES]
    (source / "invoices.json").write_text(json.dumps(dated), encoding="utf-8")
    profile = home / "config" / "profiles" / "shop.toml"
    profile.parent.mkdir(parents=True)
    profile.write_text(PROFILE.format(source=source, **company), encoding="utf-8")


@pytest.fixture
def new_shop(home: Path, company: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Shop:
    """A profile that was never synced, named by the environment."""
    furnish(home, company)
    monkeypatch.setenv("AWRA_TUI_PROFILE", "shop")
    return Shop(home, company)


@pytest.fixture
def shop(home: Path, company: dict[str, str], synced_once: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """A copy of the synced profile, for this test alone."""
    shutil.copytree(synced_once, home, dirs_exist_ok=True)
    text = (home / "config" / "profiles" / "shop.toml").read_text(encoding="utf-8")
    moved = text.replace(str(synced_once), str(home))
    (home / "config" / "profiles" / "shop.toml").write_text(moved, encoding="utf-8")
    monkeypatch.setenv("AWRA_TUI_PROFILE", "shop")
    return Shop(home, company)


__all__ = ["PROGRAM", "ROUGH", "Shop"]
