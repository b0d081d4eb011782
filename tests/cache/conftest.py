"""A fresh cache for each test, once of SQLite and once of PostgreSQL."""

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from awra_tui.cache import Cache, ProfileIdentity, rows
from awra_tui.cache.schema import MODELS
from awra_tui.records import clock as the_clock
from awra_tui.records.finding import Explained
from awra_tui.records.record import SourceRecord
from awra_tui.records.status import Dimension, Who
from tests.postgres import Server, execute

HERE = ProfileIdentity(id="demo", source="files", realm="9341", name="Baobab Books")


class Clock:
    """A clock that tests move, in this process and in those it starts."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.set(dt.datetime(2025, 3, 3, 9, 0, tzinfo=dt.UTC))

    def set(self, moment: dt.datetime) -> None:
        self.moment = moment
        self.path.write_text(moment.isoformat(), encoding="utf-8")

    def forward(self, seconds: float) -> None:
        self.set(self.moment + dt.timedelta(seconds=seconds))

    @property
    def stamp(self) -> str:
        return the_clock.stamp(self.moment)


@pytest.fixture
def clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clock:
    path = tmp_path / "clock"
    monkeypatch.setenv(the_clock.CLOCK_FILE, str(path))
    return Clock(path)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/cache.sqlite"


@pytest.fixture(params=["sqlite", "postgresql"])
def new_url(request: pytest.FixtureRequest) -> str:
    """Where a cache can be made: a file that is not there yet, or an empty database."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_url"))
    return str(request.getfixturevalue("postgres").database())


@pytest.fixture(scope="session")
def postgres_cache(postgres: Server) -> str:
    """A cache on a server, made once; what a test puts there, the next one empties."""
    url = postgres.database()
    Cache.open(url, profile=HERE).close()
    return url


@pytest.fixture
def postgres_url(postgres_cache: str) -> str:
    tables = ", ".join(f'"{rows.name_of(model)}"' for model in MODELS)
    execute(postgres_cache, f"TRUNCATE {tables} RESTART IDENTITY")
    return postgres_cache


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url"))


@pytest.fixture
def cache(url: str, clock: Clock) -> Iterator[Cache]:
    quick = {"synchronous": "off"} if url.startswith("sqlite") else {}
    with Cache.open(url, profile=HERE, pragmas=quick) as opened:
        yield opened


def elsewhere(url: str, statement: str) -> list[tuple[Any, ...]]:
    """Run a statement as another program would that knows nothing of ours; return its rows."""
    if not url.startswith("sqlite"):
        return execute(url, statement)
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection, connection:
        return connection.execute(statement).fetchall()


def invoice(count: int, amount: str = "100.00", **changed: object) -> SourceRecord:
    """Return an invoice INV-<count> with source id <count>."""
    fields = {
        "kind": "invoice",
        "source_id": str(count),
        "number": f"INV-{count}",
        "party_id": "c1",
        "party_name": "Acacia Traders",
        "date": dt.date(2025, 3, 1),
        "amount": Decimal(amount),
        "currency": "KES",
    }
    return SourceRecord(**{**fields, **changed})


def explained(reason: str = "tax_unmapped", cause: str = "", **changed: object) -> Explained:
    """Return a finding in words."""
    fields = {
        "reason": reason,
        "dimension": Dimension.MAPPING,
        "sentence": "The tax category VAT 16 has no tax code.",
        "action": "Choose a tax code.",
        "who": Who.FINANCE,
        "transient": False,
        "cause": cause or f"cause of {reason}",
    }
    return Explained(**{**fields, **changed})
