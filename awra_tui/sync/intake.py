"""Reading the source into the cache: good rows as records, bad rows as warnings, absence as a question."""

import asyncio
import hashlib
import itertools
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from awra_tui import __version__
from awra_tui.cache.store import facts, records, references, warnings
from awra_tui.cache.store.references import Reference
from awra_tui.health import reasons
from awra_tui.health.needs import needs as needs_of
from awra_tui.health.needs import stated_rates
from awra_tui.health.wording import number
from awra_tui.records import clock
from awra_tui.records.finding import Explained, Finding
from awra_tui.records.mapping import SideRate
from awra_tui.records.record import BadRow, SourceRecord
from awra_tui.records.rules import Rules
from awra_tui.records.subject import RecordKey, Subject
from awra_tui.sources.base import Source
from awra_tui.sync.desk import Desk
from awra_tui.sync.gone import settle_gone
from awra_tui.sync.leases import Lease
from awra_tui.sync.progress import Progress, Report

CHUNK = 1000
_SIGNATURE, _RULES = "source_signature", "needs_rules"


@dataclass(slots=True)
class Reading:
    """What a reading brought; ``gone`` counts the records that it found deleted.

    ``name`` tells it from every other reading. ``renews`` says that what records need is worked out
    again even for unchanged ones, because the rules have changed.
    """

    name: str = field(default_factory=lambda: uuid.uuid4().hex)
    new: int = 0
    changed: int = 0
    bad: int = 0
    seen: int = 0
    renews: bool = False
    rows: list[Subject] = field(default_factory=list)
    gone: int = 0


async def read_source(
    desk: Desk, lease: Lease, source: Source, report: Report, *, accept_deletions: bool
) -> Reading:
    """Read the whole source into the cache; a source whose signature is unchanged is not read again.

    ``accept_deletions`` says that what is missing is deleted, however much it is. Raise LostLeaseError
    where another pass reads by now: of two readings at once each would miss what the other has seen.
    """
    rules = desk.profile.rules
    signature = await asyncio.to_thread(_signature, desk, source)
    known = await desk.page(facts.get, _SIGNATURE)
    if signature and signature == known and not accept_deletions:
        return Reading()
    reading = Reading(renews=await desk.page(facts.get, _RULES) != _digest(rules))
    stream = source.read()
    try:
        while chunk := await asyncio.to_thread(_take, stream):
            await desk.write(lease.holding, partial(_store, chunk, rules, reading))
            report(Progress(stage=f"Reading {source.name}: {reading.seen:,} records"))
    except asyncio.CancelledError:
        source.stop()  # a thread goes on by itself, and the program would wait for it before it ends
        raise
    accepted_by = desk.who if accept_deletions else ""
    finish = partial(_finish, reading, source, signature, rules, accepted_by)
    await desk.write(lease.holding, finish)
    return reading


def _signature(desk: Desk, source: Source) -> str:
    """Say what a reading depends on: the source, its description, this program."""
    of_source = source.signature()
    return _digest((of_source, desk.profile.source, desk.profile.rules)) if of_source else ""


def _digest(value: object) -> str:
    return hashlib.sha256(repr((value, __version__)).encode()).hexdigest()


def _take(stream: Iterator[SourceRecord | BadRow]) -> list[SourceRecord | BadRow]:
    return list(itertools.islice(stream, CHUNK))


def _store(chunk: list[SourceRecord | BadRow], rules: Rules, reading: Reading) -> None:
    """Keep one chunk: records with what they need, bad rows as warnings. A job of the cache."""
    good = [one for one in chunk if isinstance(one, SourceRecord)]
    counts = records.upsert(good, reading.name)
    by_key = {RecordKey(one.kind, one.source_id): one for one in good}
    renewed = by_key if reading.renews else counts.keys_changed
    references.replace_references({key: _references(by_key[key], rules) for key in renewed})
    bad = {_subject(row): [explained(row)] for row in chunk if isinstance(row, BadRow)}
    warnings.reconcile_many(bad)
    reading.new += counts.new
    reading.changed += counts.changed
    reading.seen += len(good)
    reading.bad += len(bad)
    reading.rows += bad


def _references(record: SourceRecord, rules: Rules) -> list[Reference]:
    """Return what a record needs as the cache keeps it."""
    needs = needs_of(record, rules)
    stated = stated_rates(record, rules)
    return [
        *(Reference(key, rates=_listed(stated.get(key, frozenset()))) for key in needs.mappings),
        *(Reference(parent.key, parent.required, parent.role) for parent in needs.parents),
    ]


def _listed(rates: Iterable[SideRate]) -> str:
    return " ".join(f"{side}={number(rate)}" for side, rate in sorted(rates))


def _subject(row: BadRow) -> Subject:
    return Subject("row", row.file, f"{row.line}:{row.column}" if row.column else str(row.line))


def explained(row: BadRow) -> Explained:
    """Put a bad row into a sentence, whatever parts of it are empty."""
    values = {
        "file": row.file,
        "line": str(row.line),
        "column": row.column,
        "place": _place(row),
        "found": _found(row),
        "expected": row.expected.rstrip("."),
    }
    return reasons.explain(Finding(reason="unreadable_row", values=values))


def _place(row: BadRow) -> str:
    """Say where a bad row stands: in JSON records are counted from 0, and files have no lines."""
    if row.line == 0 and not row.column and not row.value:
        return f"File {row.file}"
    in_json = row.file.lower().endswith(".json") and (row.column or row.value)
    return f"{'Record' if in_json or not row.line else 'Line'} {row.line} of {row.file}"


def _found(row: BadRow) -> str:
    """Say what stands there, as the middle of a sentence; of a whole row or file there may be nothing."""
    if row.column:
        return f": column {row.column} {f'has {row.value}' if row.value else 'is empty'},"
    return f" has {row.value}," if row.value else ":"


def _finish(reading: Reading, source: Source, signature: str, rules: Rules, accepted_by: str) -> None:
    """Close warnings of rows that are good again, and settle what a complete reading no longer has.

    A job of the cache.
    """
    good_again = set(warnings.open_subjects("row")) - set(reading.rows)
    warnings.reconcile_many(dict.fromkeys(good_again, ()))
    facts.set(_RULES, _digest(rules))
    facts.set(facts.LAST_READING, clock.stamp())
    if source.complete:
        reading.gone = settle_gone(reading.name, source.name, accepted_by=accepted_by)
        facts.set(_SIGNATURE, signature)
