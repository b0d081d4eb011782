"""The queue at 50,000 open warnings, of many causes and of one: what each key has to wait for."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path

from awra_tui.cache.bridge import Cache
from awra_tui.cache.identity import ProfileIdentity
from awra_tui.cache.pages.beside import beside
from awra_tui.cache.pages.groups import group_ids, group_members, group_rows
from awra_tui.cache.pages.trends import trends
from awra_tui.cache.pages.warnings import WarningQuery, warning_ids, warning_rows, warning_totals
from awra_tui.cache.store import aside, decisions, records, warnings
from awra_tui.cache.store.decisions import Decision
from awra_tui.cache.store.telling import Tell
from awra_tui.health.importance import pressing
from awra_tui.records.clock import today
from awra_tui.records.finding import Explained
from awra_tui.records.record import SourceRecord
from awra_tui.records.subject import RecordKey, record_subject
from bench import ledger
from bench.report import Measure, median

WARNINGS, CAUSES = 50_000, (5_000, 1)
BLINK = 0.3
"""Seconds within which a key has to be answered, or progress told."""
_PAGE, _CHUNK = 140, 5_000


def queue(folder: Path, size: int, rounds: int) -> Iterator[Measure]:
    """Measure grouping, filtering, sorting, selecting and putting aside of ``size`` open warnings."""
    for causes in CAUSES:
        path = folder / f"queue-{causes}.db"
        with Cache.open(f"sqlite:///{path}", profile=ProfileIdentity(id="bench", source="files")) as cache:
            _fill(cache, size, causes)
            said = f"{size:,} warnings of {min(causes, size):,} cause{'' if causes == 1 else 's'}"
            yield from _looked_at(cache, said, rounds)
            yield from _put_aside(cache, said)
            yield _moved(cache, size, said)


def _fill(cache: Cache, size: int, causes: int) -> None:
    every = list(ledger.records(size))
    cache.now(records.upsert, every, "first")
    for start in range(0, size, _CHUNK):
        some = enumerate(every[start : start + _CHUNK], start)
        found = {
            record_subject(record.kind, record.source_id): [_explained(record, place, causes)]
            for place, record in some
        }
        cache.now(warnings.reconcile_many, found)


def _explained(record: SourceRecord, place: int, causes: int) -> Explained:
    """Return what a record warns of: payments wait for their invoices, all others for a mapping."""
    said = ledger.explained(record, place)
    if record.kind == "payment":
        paid = RecordKey("invoice", record.applications[0].source_id)
        return replace(said, reason="waits_for_another", cause=paid.cause, blocked_by=paid.text)
    return replace(said, cause=f"mapping:item/{place % causes}", blocked_by="")


def _looked_at(cache: Cache, said: str, rounds: int) -> Iterator[Measure]:
    by_cause = WarningQuery(grouped=True)
    held = replace(by_cause, sort="blocks", pressing=pressing(today()))
    leads = list(cache.now(group_ids, by_cause))
    jobs: dict[str, Callable[[], object]] = {
        "causes in order of work": lambda: group_ids(by_cause),
        "causes by amount": lambda: group_ids(replace(by_cause, sort="amount")),
        "causes by what they hold up": lambda: group_ids(held),
        "a screen of causes": lambda: group_rows(by_cause, leads[:_PAGE]),
        "filter of causes, first letter": lambda: group_ids(replace(by_cause, text="z")),
        "causes of one issue": lambda: group_ids(replace(by_cause, issue="missing")),
        "one by one, by amount": lambda: warning_ids(WarningQuery(sort="amount")),
        "count and money of one issue": lambda: warning_totals(WarningQuery(issue="missing")),
        "filter by words of the reason": lambda: group_ids(replace(by_cause, text="tax mapped")),
        "what else holds the records of a cause": lambda: beside(_root_of(leads[0])),
        "all of a cause": lambda: group_members(by_cause, leads[:1]),
        "select all": lambda: warning_ids(WarningQuery()),
        "patterns of a week": trends,
    }
    for what, job in jobs.items():
        cache.now(job)
        taken = median([_seconds(partial(cache.now, job)) for _ in range(rounds)])
        yield Measure(what=f"{said}: {what}", unit="ms", measured=taken, aim=BLINK)


def _root_of(lead: int) -> str:
    return warning_rows([lead])[0].root


def _put_aside(cache: Cache, said: str) -> Iterator[Measure]:
    ids = list(cache.now(warning_ids, WarningQuery()))
    verbs: dict[str, Callable[[Tell], object]] = {
        "dismiss all": lambda tell: aside.dismiss(ids, "measured", "bench", tell),
        "undo that": lambda tell: aside.take_back(_last(), "bench", tell),
        "dismiss all again": lambda tell: aside.dismiss(ids, "measured", "bench", tell),
        "restore all": lambda tell: aside.restore(ids, "bench", tell),
    }
    for what, job in verbs.items():
        told = [time.perf_counter()]
        taken = _seconds(partial(cache.now, job, lambda _: told.append(time.perf_counter())))  # noqa: B023
        longest = max(after - before for before, after in pairwise(told))
        yield Measure(what=f"{said}: {what}", unit="s", measured=taken)
        yield Measure(what="  longest between two words of progress", unit="ms", measured=longest, aim=BLINK)


def _last() -> Decision:
    found = decisions.last_undoable("bench", ("dismiss",))
    if found is None:
        raise LookupError("nothing was dismissed")
    return found


def _moved(cache: Cache, size: int, said: str) -> Measure:
    """Measure that all invoices have another cause, and what waits for them follows."""
    invoices = [one for one in enumerate(ledger.records(size)) if one[1].kind == "invoice"]
    moved = 0.0
    for start in range(0, len(invoices), _CHUNK):
        found = {
            record_subject(record.kind, record.source_id): [
                replace(ledger.explained(record, place), cause="closed:2026-01-31", blocked_by="")
            ]
            for place, record in invoices[start : start + _CHUNK]
        }
        moved += _seconds(partial(cache.now, warnings.reconcile_many, found))
    return Measure(what=f"{said}: another cause for all invoices", unit="s", measured=moved)


def _seconds(job: Callable[[], object]) -> float:
    started = time.perf_counter()
    job()
    return time.perf_counter() - started
