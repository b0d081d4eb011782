"""Whatever a person pastes: the records, objects of QuickBooks and attempts that it may mean."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from awra_tui.cache import rows
from awra_tui.cache.identity import profile
from awra_tui.cache.keys import name_key, search_pattern
from awra_tui.cache.pages.log import AttemptRow, attempts_of_exchange, attempts_of_record
from awra_tui.cache.pages.matching import (
    EXACT,
    IDENTIFYING,
    is_meant,
    minors,
    rank,
    spellings,
    telling,
    untitled,
)
from awra_tui.cache.pages.records import RelatedRow, find_records
from awra_tui.cache.pages.sought_objects import SoughtObject, sought_objects
from awra_tui.cache.schema import RecordTable
from awra_tui.cache.store import links, objects
from awra_tui.records.kinds import KINDS, ORDER
from awra_tui.records.qbo import QboObject
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.records.typed import Typed, read_amount

LONGEST = 200
"""Characters that are looked for; nothing that people look for is longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SoughtRecord:
    """A source record that was found: ``row.how`` says by what.

    ``held`` are the objects that it is connected to, ``waits`` the sentence of its first open warning.
    """

    row: RelatedRow
    deleted: bool = False
    skipped_because: str = ""
    waits: str = ""
    last_attempt_at: str = ""
    held: tuple[QboObject, ...] = ()

    @property
    def key(self) -> RecordKey:
        """Return the record's key."""
        return RecordKey(self.row.kind, self.row.source_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Everything that a text may mean, the likeliest first; ``more`` where there is still more."""

    text: str
    records: tuple[SoughtRecord, ...] = ()
    objects: tuple[SoughtObject, ...] = ()
    attempts: tuple[AttemptRow, ...] = ()
    more: bool = False


def sought(text: str, limit: int = 50) -> Sought:
    """Return what a number, a payment code, an amount, a name or an ``intuit_tid`` may mean.

    Exact ones come first, by indexes; then equal amounts, then what contains the text. Of a text that
    nothing is called, such as a message about a payment, the words count that something is called.
    """
    plain = " ".join(text[:LONGEST].replace("\0", "").split())
    if not plain:
        return Sought(text=plain)
    found = _sought(plain, limit)
    if found.records or found.objects or found.attempts or read_amount(plain):
        return found
    titled = next((_sought(rest, limit) for rest in untitled(plain)), found)
    if titled.records or titled.objects:
        return replace(titled, text=plain)
    return _of_words(plain, limit)


def _of_words(text: str, limit: int) -> Sought:
    """Return what the words of a text identify; what they are the amount of only where they do not."""
    several = [_sought(word, limit, parts=False) for word in telling(text)]
    for ways in (IDENTIFYING, {"amount"}):
        named = [one for some in several for one in some.records if one.row.how in ways]
        things = [one for some in several for one in some.objects if one.how in ways]
        attempted = [one for some in several for one in some.attempts] if ways is IDENTIFYING else []
        if named or things or attempted:
            return Sought(
                text=text,
                records=tuple({one.key: one for one in named}.values())[:limit],
                objects=tuple({(one.object.entity, one.object.id): one for one in things}.values())[:limit],
                attempts=tuple({one.id: one for one in attempted}.values()),
            )
    return Sought(text=text)


def _sought(plain: str, limit: int, *, parts: bool = True) -> Sought:
    amount = read_amount(plain)
    sent = attempts_of_exchange(plain)
    found_objects = sought_objects(plain, amount, limit, parts=parts)
    found_records = _records(plain, amount, sent, found_objects, limit, parts=parts)
    exact = [one.key for one in found_records if one.row.how in EXACT]
    return Sought(
        text=plain,
        records=tuple(found_records[:limit]),
        objects=tuple(found_objects[:limit]),
        attempts=tuple(sent or _attempts(exact)),
        more=len(found_records) > limit or len(found_objects) > limit,
    )


def _attempts(keys: Sequence[RecordKey]) -> Iterator[AttemptRow]:
    """Yield the attempts of the records that were found exactly, as long as they are few."""
    if len(keys) <= _FEW:
        for key in keys:
            yield from attempts_of_record(key, _FEW)


_FEW = 5
_MEMBERS = f"kind IN ({rows.marks(len(KINDS))})"


def _records(
    text: str,
    amount: Typed | None,
    sent: Sequence[AttemptRow],
    held: Sequence[SoughtObject],
    limit: int,
    *,
    parts: bool,
) -> list[SoughtRecord]:
    spelt = spellings(text)
    some = rows.marks(len(spelt))
    keys = {RecordKey(row.kind, row.source_id): "intuit_tid" for row in sent}
    keys |= dict.fromkeys(find_records(text)[:limit], "number")
    found = dict(_of_keys(keys))
    for how, condition, values in (
        ("number", f"number IN ({some})", spelt),
        ("id", f"{_MEMBERS} AND source_id IN ({some})", [*KINDS, *spelt]),
        ("reference", f"reference != '' AND reference IN ({some})", spelt),
        ("name", "kind IN ('customer', 'vendor', 'item') AND party_key = ?", [name_key(text)]),
    ):
        found = dict.fromkeys(_ids(condition, values, limit), how) | found
    connected = {key: one.how for one in held for key in one.records}
    found = dict(_of_keys(connected)) | found
    found = dict.fromkeys(_of_amount(amount, limit), "amount") | found
    if parts and len(found) <= limit and not IDENTIFYING & set(found.values()):
        found = dict.fromkeys(_containing(text, limit), "text") | found
    ordered = sorted(found, key=lambda number: (rank(found[number]), number))
    return _sought_records({number: found[number] for number in ordered[: limit + 1]})


def _of_keys(keys: dict[RecordKey, str]) -> Iterator[tuple[int, str]]:
    for key, how in keys.items():
        yield from ((number, how) for number in _ids("kind = ? AND source_id = ?", [key.kind, key.source_id]))


def _ids(condition: str, values: Sequence[object], limit: int = 50) -> list[int]:
    statement = f"SELECT id FROM record WHERE profile = ? AND {condition} LIMIT ?"  # noqa: S608
    return list(rows.numbers(statement, (profile(), *values, limit + 1)))


def _of_amount(amount: Typed | None, limit: int) -> list[int]:
    if amount is None:
        return []
    meant = minors(amount)
    statement = (
        "SELECT id, amount_minor, currency FROM record WHERE profile = ? AND amount_minor != 0 "  # noqa: S608
        f"AND amount_minor IN ({rows.marks(len(meant))}) LIMIT ?"
    )
    found = rows.select(statement, (profile(), *meant, limit + 1))
    return [number for number, minor, currency in found if is_meant(amount, minor, currency)]


def _containing(text: str, limit: int) -> list[int]:
    words = search_pattern(text).split()
    clauses = " AND ".join(rows.CONTAINS.format(column="search") for _ in words)
    return _ids(f"deleted_at = '' AND {clauses}", [*map(rows.containing, words)], limit)


_RECORD = (
    RecordTable.id, RecordTable.kind, RecordTable.source_id, RecordTable.number, RecordTable.party,
    RecordTable.amount_minor, RecordTable.currency, RecordTable.date, RecordTable.status,
    RecordTable.deleted_at, RecordTable.skipped_because, RecordTable.last_attempt_at,
)  # fmt: skip


def _sought_records(found: dict[int, str]) -> list[SoughtRecord]:
    stored = {
        row[0]: row
        for some in rows.chunks(list(found))
        for row in rows.tuples(RecordTable.select(*_RECORD).where(RecordTable.id.in_(some)))
    }
    waits = first_warnings(list(found))
    listed = [_record(stored[number], how, waits.get(number, "")) for number, how in found.items()]
    connected = _held([one.key for one in listed])
    listed = [replace(one, held=connected.get(one.key, ())) for one in listed]
    return sorted(listed, key=lambda one: (rank(one.row.how), ORDER.get(one.row.kind, len(ORDER))))


def _record(row: tuple[Any, ...], how: str, waits: str) -> SoughtRecord:
    _, kind, source_id, number, party, minor, currency, day, status, deleted, skipped, last = row
    return SoughtRecord(
        row=RelatedRow(
            kind=kind,
            source_id=source_id,
            number=number,
            party=party,
            amount_minor=minor,
            currency=currency,
            date=day,
            status=Status(status),
            how=how,
        ),
        deleted=bool(deleted),
        skipped_because=skipped,
        waits=waits,
        last_attempt_at=last,
    )


def first_warnings(numbers: Sequence[int]) -> dict[int, str]:
    """Return the sentence of the first open warning by the number of its record."""
    # Nothing but the number: with any more, SQLite would rather go through every open warning.
    statement = (
        "SELECT record_id, id, closed_at, dismissed, sentence FROM warning WHERE record_id IN ({marks})"
    )
    found = (
        row
        for some in rows.chunks(numbers)
        for row in rows.select(statement.format(marks=rows.marks(len(some))), tuple(some))
    )
    opened = sorted((row for row in found if not row[2] and not row[3]), key=lambda row: -row[1])
    return {row[0]: row[4] for row in opened}


def _held(keys: Sequence[RecordKey]) -> dict[RecordKey, tuple[QboObject, ...]]:
    """Return what records are connected to; an object that our copy lacks has its id only."""
    return {
        key: tuple(
            objects.get(each.entity, each.qbo_id) or QboObject(entity=each.entity, id=each.qbo_id)
            for each in some
        )
        for key, some in links.of_many(keys).items()
    }
