"""Taking records in from the source, fast: a hundred thousand in a few seconds."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from awra_tui.cache import rows
from awra_tui.cache.identity import profile
from awra_tui.cache.keys import name_key, number_key, search_text
from awra_tui.cache.schema import RecordTable, db
from awra_tui.cache.store.tallies import Change, counted
from awra_tui.records.clock import stamp
from awra_tui.records.money import to_minor
from awra_tui.records.record import SourceRecord, fingerprint, to_json
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey

_CONTENT = (
    "number", "party_id", "party", "date", "amount_minor", "currency", "state", "approved", "branch",
    "reference", "method", "fingerprint", "number_key", "party_key", "search", "content",
)  # fmt: skip
_NEW = (*_CONTENT, "profile", "kind", "source_id", "status", "first_seen", "changed_at", "seen_reading")
_CHANGED = (*_CONTENT, "changed_at", "seen_reading", "deleted_at", "status")
_KNOWN = (
    RecordTable.kind, RecordTable.source_id, RecordTable.id, RecordTable.fingerprint, RecordTable.status,
    RecordTable.deleted_at,
)  # fmt: skip
_BY_KEYS = "SELECT {columns} FROM record WHERE profile = ? AND kind = ? AND source_id IN ({ids})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upserted:
    """What a reading brought: how many are new, changed and the same, and which are not the same."""

    new: int
    changed: int
    same: int
    keys_changed: tuple[RecordKey, ...]


def upsert(records: Iterable[SourceRecord], reading: str, *, now: str | None = None) -> Upserted:
    """Take records in, in one transaction; the last of several with the same key counts.

    ``reading`` names the pass over the source, for ``missing_since``. A sent or skipped record that has
    changed becomes pending again; its link keeps the fingerprint that was sent. A record that was
    deleted and came back counts as changed.
    """
    moment = now or stamp()
    new = changed = same = 0
    keys: list[RecordKey] = []
    with db.atomic():
        for some in _batches(records):
            fresh, altered, seen = _sorted_out(some)
            _insert(fresh, moment, reading)
            _update(altered, moment, reading)
            _see(seen, reading)
            new, changed, same = new + len(fresh), changed + len(altered), same + len(seen)
            keys += [RecordKey(record.kind, record.source_id) for record in fresh]
            keys += [RecordKey(record.kind, record.source_id) for record, _ in altered]
    return Upserted(new=new, changed=changed, same=same, keys_changed=tuple(keys))


def by_keys(keys: Sequence[RecordKey], fields: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Return the named columns of the records that exist among ``keys``."""
    # Plain SQL: the builder would take longer over 500 values than the database.
    columns = ", ".join(field.column_name for field in fields)
    found: list[tuple[Any, ...]] = []
    for kind, ids in by_kind(keys).items():
        for some in rows.chunks(ids):
            statement = _BY_KEYS.format(columns=columns, ids=rows.marks(len(some)))
            found += rows.select(statement, (profile(), kind, *some))
    return found


def by_kind(keys: Iterable[RecordKey]) -> dict[str, list[str]]:
    """Return the source ids among ``keys`` per kind, each once."""
    grouped: dict[str, list[str]] = defaultdict(list)
    for key in dict.fromkeys(keys):
        grouped[key.kind].append(key.source_id)
    return grouped


def _batches(records: Iterable[SourceRecord]) -> Iterator[list[SourceRecord]]:
    stream = iter(records)
    while some := list(islice(stream, rows.CHUNK)):
        yield list({(record.kind, record.source_id): record for record in some}.values())


_Known = tuple[int, str, str, str]
_SortedOut = tuple[list[SourceRecord], list[tuple[SourceRecord, _Known]], list[int]]


def _sorted_out(records: list[SourceRecord]) -> _SortedOut:
    """Tell new records from changed ones, and both from the numbers of those that are the same."""
    keys = [RecordKey(record.kind, record.source_id) for record in records]
    known: dict[tuple[str, str], _Known] = {(row[0], row[1]): row[2:] for row in by_keys(keys, _KNOWN)}
    fresh: list[SourceRecord] = []
    altered: list[tuple[SourceRecord, _Known]] = []
    seen: list[int] = []
    for record in records:
        before = known.get((record.kind, record.source_id))
        if before is None:
            fresh.append(record)
        elif before[3] or before[1] != fingerprint(record):
            altered.append((record, before))
        else:
            seen.append(before[0])
    return fresh, altered, seen


def _insert(records: list[SourceRecord], moment: str, reading: str) -> None:
    here = profile()
    change = Change()
    made: list[tuple[object, ...]] = []
    for record in records:
        content = _content(record)
        made.append(
            (*content, here, record.kind, record.source_id, Status.PENDING.value, moment, moment, reading)
        )
        change.tally((record.kind, Status.PENDING.value, False, record.currency), 1, int(str(content[4])))
    rows.insert_many(RecordTable, _NEW, made)
    change.write()


def _update(records: list[tuple[SourceRecord, _Known]], moment: str, reading: str) -> None:
    made: list[tuple[Any, ...]] = [
        (*_content(record), moment, reading, "", _status_after(status), number)
        for record, (number, _, status, _) in records
    ]
    with counted([row[-1] for row in made]):
        rows.update_many(RecordTable, _CHANGED, made)


def _see(ids: list[int], reading: str) -> None:
    if ids:
        statement = f"UPDATE record SET seen_reading = ? WHERE id IN ({rows.marks(len(ids))})"  # noqa: S608
        rows.execute(statement, (reading, *ids))


def _status_after(status: str) -> str:
    return Status.PENDING.value if status in (Status.SUCCEEDED, Status.SKIPPED) else status


def _content(record: SourceRecord) -> tuple[object, ...]:
    """Return the columns of ``_CONTENT`` for a record."""
    minor = to_minor(record.amount, record.currency)
    return (
        record.number,
        record.party_id,
        record.party_name,
        record.date.isoformat() if record.date else "",
        minor,
        record.currency,
        record.state,
        record.approved,
        record.branch,
        record.reference,
        record.method,
        fingerprint(record),
        number_key(record.number or record.source_id),
        name_key(record.party_name),
        search_text(
            record.number or record.source_id, record.party_name, record.reference, minor, record.currency
        ),
        to_json(record).decode(),
    )
