"""The place of a run: a temporary folder with a profile, a full cache and an environment of its own."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from awra_tui.actions.desk import open_desk
from awra_tui.cache.bridge import Cache
from awra_tui.cache.pages.groups import VIEW
from awra_tui.cache.store import facts, records, references, runs, warnings
from awra_tui.cache.store.records import Judged
from awra_tui.health.needs import needs
from awra_tui.records.finding import Verdict
from awra_tui.records.qbo import Company
from awra_tui.records.record import SourceRecord
from awra_tui.records.rules import Rules
from awra_tui.records.status import Mark, Status
from awra_tui.records.subject import RecordKey, record_subject
from awra_tui.settings.profile import load_profile
from bench import ledger

ROOT = Path(__file__).resolve().parent.parent
REALM = "9341450000000001"
CHUNK = 5_000

_PROFILE = """
id = "bench"
name = "Bench Traders"
[qbo]
environment = "simulator"
realm_id = "{realm}"
api_base_url = "http://127.0.0.1:9"
token_url = "http://127.0.0.1:9/token"
token_store = "file"
[source]
type = "files"
path = "few"
date_formats = ["%Y-%m-%d"]
[sync]
new_customers = "create"
[[source.records]]
kind = "invoice"
files = "invoices.csv"
fields = {{ source_id = "number", party_id = "customer", date = "date", amount = "amount" }}
constants = {{ currency = "USD" }}
[[source.records.lines]]
fields = {{ amount = "amount" }}
"""

_NOT_INSTALLED = (
    'raise ImportError("PostgreSQL\'s driver is an extra, which a plain installation does not have.")'
)
"""Peewee imports the driver wherever it is: measured is the program as most people install it."""


class Place:
    """Where a run happens; its profile has a source of few rows and, beside it, one of many."""

    def __init__(self, folder: Path, size: int) -> None:
        self.folder = folder
        self.size = size
        self.profile = folder / "profile.toml"
        self.profile.write_text(_PROFILE.format(realm=REALM), encoding="utf-8")
        (folder / "plain").mkdir()
        (folder / "plain" / "psycopg.py").write_text(_NOT_INSTALLED, encoding="utf-8")
        for name, rows in (("few", 20), ("many", size)):
            (folder / name).mkdir()
            with (folder / name / "invoices.csv").open("w", encoding="utf-8") as file:
                file.writelines(ledger.csv(rows))

    @property
    def env(self) -> dict[str, str]:
        """The environment of the programs: a terminal of today, and no settings of whoever runs this."""
        return {
            "PATH": os.environ.get("PATH", ""),
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "TEXTUAL_ANIMATIONS": "none",
            "AWRA_TUI_HOME": str(self.folder),
            "PYTHONPATH": os.pathsep.join([str(self.folder / "plain"), str(ROOT)]),
        }

    def console(self, overrides: Sequence[str] = ()) -> list[str]:
        """Return the command that opens the console here."""
        settings = [part for each in overrides for part in ("--set", each)]
        return [sys.executable, "-m", "awra_tui", "console", "--profile", str(self.profile), *settings]

    @staticmethod
    def minimal() -> list[str]:
        """Return the command of the minimal program."""
        return [sys.executable, "-m", "bench.minimal"]

    def open(self) -> Cache:
        """Open the cache of the profile in the environment of the run."""
        before = os.environ.get("AWRA_TUI_HOME")
        os.environ["AWRA_TUI_HOME"] = str(self.folder)
        try:
            return open_desk(load_profile(str(self.profile))).cache
        finally:
            os.environ.pop("AWRA_TUI_HOME")
            if before is not None:
                os.environ["AWRA_TUI_HOME"] = before


def fill(cache: Cache, size: int) -> None:
    """Fill a cache with ``size`` records; each second one has an open warning."""
    cache.now(facts.set_company, Company(realm=REALM, name="Bench Traders", home_currency="KES"))
    cache.now(facts.set, VIEW, "flat")  # what is measured is walking through warnings one by one
    run = cache.now(runs.begin, "person", "send", "bench")
    every = list(ledger.records(size))
    cache.now(records.upsert, every, "first")
    for start in range(0, size, CHUNK):
        cache.now(_judge, every[start : start + CHUNK], start)
    cache.now(runs.end, run, "done", f"{size:,} judged.", {"succeeded": size // 2})


def _judge(some: list[SourceRecord], start: int) -> None:
    """Keep, as a sync would, what some records need, where they stand and what they warn of."""
    rules = Rules()
    references.replace_references({_key(record): _references(record, rules) for record in some})
    records.set_judgements([_judged(record, place) for place, record in enumerate(some, start)])
    warnings.reconcile_many(
        {
            record_subject(record.kind, record.source_id): [ledger.explained(record, place)]
            for place, record in enumerate(some, start)
            if place % 2
        }
    )


def _key(record: SourceRecord) -> RecordKey:
    return RecordKey(record.kind, record.source_id)


def _references(record: SourceRecord, rules: Rules) -> list[references.Reference]:
    found = needs(record, rules)
    return [
        *(references.Reference(key) for key in found.mappings),
        *(references.Reference(parent.key, parent.required, parent.role) for parent in found.parents),
    ]


def _judged(record: SourceRecord, place: int) -> Judged:
    status = Status.NEEDS_ATTENTION if place % 2 else Status.SUCCEEDED
    verdicts = tuple(
        Verdict(step, Mark.OK, f"The step {step} found nothing wrong with {record.number}.")
        for step in ("source", "ready", "mapping", "duplicates")
    )
    return Judged(key=_key(record), status=status, verdicts=verdicts)
