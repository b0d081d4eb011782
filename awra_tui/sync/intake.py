"""Reading the source into the cache: good rows as records, bad rows as warnings, absence as a question."""

import asyncio
import hashlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

from awra_tui import __version__
from awra_tui.cache.store import facts, records, references, warnings
from awra_tui.cache.store.references import Reference
from awra_tui.health import reasons
from awra_tui.health.needs import needs as needs_of
from awra_tui.records import clock
from awra_tui.records.finding import Finding
from awra_tui.records.record import BadRow, SourceRecord
from awra_tui.records.rules import Rules
from awra_tui.records.subject import RecordKey, Subject
from awra_tui.sources.base import Source
from awra_tui.sync.desk import Desk
from awra_tui.sync.progress import Progress, Report

CHUNK = 2000
MANY_GONE = 10
"""So many records missing from a complete reading are a question, not a fact."""


@dataclass(slots=True)
class Reading:
    """What a reading brought."""

    stamp: str
    new: int = 0
    changed: int = 0
    same: int = 0
    bad: int = 0
    complete: bool = False
    skipped: bool = False
    rows: list[Subject] = field(default_factory=list)


async def read_source(desk: Desk, source: Source, rules: Rules, report: Report) -> Reading:
    """Read the whole source into the cache; a source whose signature is unchanged is not read again."""
    signature = await asyncio.to_thread(_signature, desk, source)
    if signature and signature == await desk.page(facts.get, "source_signature"):
        return Reading(stamp="", complete=True, skipped=True)
    reading = Reading(stamp=clock.stamp())
    stream = source.read()
    while chunk := await asyncio.to_thread(_take, stream):
        await desk.write(_store, chunk, rules, reading)
        count = reading.new + reading.changed + reading.same
        report(Progress(stage=f"Reading {source.name}: {count:,} records"))
    reading.complete = source.complete
    await desk.write(_finish, reading, signature, rules)
    return reading


def _signature(desk: Desk, source: Source) -> str:
    """Say what a reading depends on: the source, its description, this program."""
    of_source = source.signature()
    described = repr((of_source, desk.profile.source, desk.profile.rules, __version__))
    return hashlib.sha256(described.encode()).hexdigest() if of_source else ""


def _take(stream: Iterator[SourceRecord | BadRow]) -> list[SourceRecord | BadRow]:
    return list(itertools.islice(stream, CHUNK))


def _store(chunk: list[SourceRecord | BadRow], rules: Rules, reading: Reading) -> None:
    """Keep one chunk: records with what they need, bad rows as warnings. A job of the cache."""
    good = [one for one in chunk if isinstance(one, SourceRecord)]
    counts = records.upsert(good, reading.stamp)
    needed = {RecordKey(one.kind, one.source_id): _references(one, rules) for one in good}
    references.replace_references({key: needed[key] for key in counts.keys_changed})
    reading.new += counts.new
    reading.changed += counts.changed
    reading.same += counts.same
    for row in chunk:
        if isinstance(row, BadRow):
            reading.bad += 1
            reading.rows.append(_warn(row))


def _references(record: SourceRecord, rules: Rules) -> list[Reference]:
    """Return what a record needs as the cache keeps it."""
    needs = needs_of(record, rules)
    return [
        *(Reference(key) for key in needs.mappings),
        *(Reference(parent.key, parent.required, parent.role) for parent in needs.parents),
    ]


def _warn(row: BadRow) -> Subject:
    subject = Subject("row", row.file, f"{row.line}:{row.column}")
    values = {
        "file": row.file,
        "line": str(row.line),
        "column": row.column,
        "value": row.value,
        "expected": row.expected,
    }
    explained = reasons.explain(Finding(reason="bad_row", values=values))
    warnings.reconcile(subject, [explained])
    return subject


def _finish(reading: Reading, signature: str, rules: Rules) -> None:
    """Close warnings of rows that are good again, and note what a complete reading no longer has."""
    good_again = set(warnings.open_subjects("row")) - set(reading.rows)
    warnings.reconcile_many(dict.fromkeys(good_again, ()))
    if not reading.complete:
        return
    gone = [key for kind in rules.kinds for key in records.missing_since(reading.stamp, kind)]
    if len(gone) <= MANY_GONE:
        records.mark_deleted(gone)
    facts.set("source_signature", signature)
    facts.set("last_reading", reading.stamp)
