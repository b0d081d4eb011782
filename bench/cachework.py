"""The cache alone: how fast records come in, and how long its pages take."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from awra_tui.cache.bridge import Cache
from awra_tui.cache.identity import ProfileIdentity
from awra_tui.cache.pages.mappings import mapping_rows
from awra_tui.cache.pages.overview import overview
from awra_tui.cache.pages.records import record_page, search_records
from awra_tui.cache.pages.warnings import (
    WarningQuery,
    warning_head,
    warning_ids,
    warning_rows,
    warning_totals,
)
from awra_tui.cache.store import records
from bench import ledger
from bench.report import Measure, median

_PAGE = 140
"""Rows that a list reads around what is seen."""


def importing(folder: Path, size: int, rounds: int) -> list[Measure]:
    """Measure taking records in, against ``executemany`` of the rows that came of it."""
    every = list(ledger.records(size))
    first, again, plain, bare = [], [], [], []
    for turn in range(rounds):
        path = folder / f"import-{turn}.db"
        with Cache.open(f"sqlite:///{path}", profile=ProfileIdentity(id="bench", source="files")) as cache:
            first.append(_seconds(partial(cache.now, records.upsert, every, "first")))
            again.append(_seconds(partial(cache.now, records.upsert, every, "second")))
        plain.append(_executemany(path, indexed=True))
        bare.append(_executemany(path, indexed=False))
        path.unlink()
    reference, least = median(plain), median(bare)
    return [
        Measure(
            what=f"import of {size:,} records, against executemany",
            unit="s",
            measured=median(first),
            reference=reference,
            aim=3.0,
        ),
        Measure(what="  against a table without indexes", unit="s", measured=median(first), reference=least),
        Measure(what="  the same records once more", unit="s", measured=median(again), reference=reference),
    ]


def pages(cache: Cache, size: int, rounds: int) -> Iterator[Measure]:
    """Measure the pages that screens read, in a full cache."""
    ids = cache.now(warning_ids, WarningQuery())
    middle = list(ids[len(ids) // 2 :][:_PAGE])
    jobs: dict[str, Callable[[], object]] = {
        "overview": overview,
        f"order of {len(ids):,} warnings": lambda: warning_ids(WarningQuery()),
        "order by amount": lambda: warning_ids(WarningQuery(sort="amount")),
        "first 40 warnings": lambda: warning_head(WarningQuery(), 40),
        f"{_PAGE} warnings in the middle": lambda: warning_rows(middle),
        "count and money of all warnings": lambda: warning_totals(WarningQuery()),
        "filter, first letter": lambda: warning_ids(WarningQuery(text="z")),
        "filter, a name": lambda: warning_ids(WarningQuery(text="zawadi farm")),
        "search of all records, first letter": lambda: search_records("z"),
        "search of all records, a number": lambda: search_records(f"pay-{size // 4:06}"),
        "search of all records, found nowhere": lambda: search_records("nowhere"),
        "a record": lambda: record_page("invoice", f"inv_{size // 4:08}"),
        "mappings": mapping_rows,
    }
    for what, job in jobs.items():
        cache.now(job)
        yield Measure(
            what=f"page: {what}",
            unit="ms",
            measured=median([_seconds(partial(cache.now, job)) for _ in range(rounds)]),
        )


def _executemany(path: Path, *, indexed: bool) -> float:
    """Return the seconds that plain sqlite3 takes for the rows of the table of records."""
    with sqlite3.connect(path) as source:
        rows = source.execute("SELECT * FROM record").fetchall()
        schema = source.execute(
            "SELECT sql FROM sqlite_master WHERE tbl_name = 'record' AND sql <> '' ORDER BY type DESC"
        ).fetchall()
    source.close()
    copy = path.with_suffix(".plain")
    with sqlite3.connect(copy) as target:
        target.execute("PRAGMA journal_mode = wal")
        target.execute("PRAGMA synchronous = normal")
        for (statement,) in schema if indexed else schema[:1]:
            target.execute(statement)
        target.commit()
        marks = ", ".join("?" * len(rows[0]))
        taken = _seconds(lambda: _insert(target, f"INSERT INTO record VALUES ({marks})", rows))
    target.close()
    for each in copy.parent.glob(f"{copy.name}*"):
        each.unlink()
    return taken


def _insert(target: sqlite3.Connection, statement: str, rows: list[tuple[object, ...]]) -> None:
    target.executemany(statement, rows)
    target.commit()


def _seconds(job: Callable[[], object]) -> float:
    started = time.perf_counter()
    job()
    return time.perf_counter() - started
