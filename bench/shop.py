"""A shop: a small profile whose source is as many invoices as are asked for, and whose customers are few."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from awra_tui.qbo.throttle import Limits
from bench.place import ROOT

CUSTOMERS = 60
DAY = "2026-11-02"

_PROFILE = """
id = "shop"
name = "Bench Shop"
[qbo]
environment = "simulator"
realm_id = "{realm}"
api_base_url = "http://127.0.0.1:9"
token_url = "http://127.0.0.1:9/token"
token_store = "file"
[source]
type = "files"
path = "source"
date_formats = ["%Y-%m-%d"]
[sync]
new_customers = "create"
[[mapping.preset]]
kind = "item"
value = "*"
qbo = "Services"
[[source.records]]
kind = "customer"
files = "customers.csv"
fields = {{ source_id = "id", party_name = "name" }}
constants = {{ currency = "USD" }}
[[source.records]]
kind = "invoice"
files = "invoices.csv"
[source.records.fields]
source_id = "number"
number = "number"
party_id = "customer"
date = "date"
amount = "amount"
[source.records.constants]
currency = "USD"
[[source.records.lines]]
fields = {{ amount = "amount" }}
"""


class Shop:
    """Where a profile sends from: its folder, its environment, and the commands it is used by."""

    def __init__(self, folder: Path, realm: str) -> None:
        self.folder = folder
        self.profile = folder / "profile.toml"
        (folder / "source").mkdir(parents=True)
        self.profile.write_text(_PROFILE.format(realm=realm), encoding="utf-8")
        self._write("customers", "id,name", (f"C-{n},Customer {n}" for n in range(CUSTOMERS)))
        self.fill(0)

    @property
    def env(self) -> dict[str, str]:
        """The environment of the programs: no settings of whoever runs this."""
        return {
            "PATH": os.environ.get("PATH", ""),
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "AWRA_TUI_HOME": str(self.folder),
            "PYTHONPATH": str(ROOT),
            "NO_PROXY": "127.0.0.1",
            "OAUTHLIB_INSECURE_TRANSPORT": "1",
        }

    def fill(self, invoices: int) -> None:
        """Let the source have so many invoices."""
        rows = (f"INV-{n},C-{n % CUSTOMERS},{DAY},{n % 900 + 100}.00" for n in range(invoices))
        self._write("invoices", "number,customer,date,amount", rows)

    def sync(self, settings: Sequence[str]) -> dict[str, Any]:
        """Sync once, as the command does; return what it told."""
        arguments = ["awra_tui", "sync", "--json", "--profile", str(self.profile), *with_set(settings)]
        done = subprocess.run(
            [sys.executable, "-m", *arguments],
            env=self.env, cwd=self.folder, check=False, capture_output=True, text=True,
        )  # fmt: skip
        if not done.stdout:
            raise RuntimeError(f"The sync told nothing: {done.stderr[-2000:]}")
        return dict(json.loads(done.stdout))

    def begun(self, program: str, *arguments: object) -> "subprocess.Popen[str]":
        """Start a program of the benchmarks in this place."""
        command = [sys.executable, "-m", program, *map(str, arguments)]
        return subprocess.Popen(
            command, env=self.env, cwd=self.folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def _write(self, name: str, heading: str, rows: Iterable[str]) -> None:
        text = "\n".join([heading, *rows]) + "\n"
        (self.folder / "source" / f"{name}.csv").write_text(text, encoding="utf-8")


def with_set(settings: Iterable[str]) -> list[str]:
    """Return settings as the command line takes them."""
    return [part for each in settings for part in ("--set", each)]


def pace(times: float) -> tuple[str, ...]:
    """Return the settings of a pace for a company whose clock runs so many times as fast."""
    usual = Limits()
    return (
        f"qbo.requests_per_minute={usual.requests_per_minute * times:.0f}",
        f"qbo.requests_per_second={usual.requests_per_second * times:.0f}",
        f"qbo.batches_per_minute={usual.batches_per_minute * times:.0f}",
    )
