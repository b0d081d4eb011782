"""Source records: reading the source into the cache, judging them, finding those that vanished."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from awra_tui.cache import rows
from awra_tui.cache.identity import profile
from awra_tui.cache.schema import RecordTable, db
from awra_tui.cache.store import intake
from awra_tui.cache.store.intake import Upserted, upsert
from awra_tui.cache.store.tallies import WAITING, counted
from awra_tui.cache.stored import (
    HEAD_FIELDS,
    STORED_FIELDS,
    RecordHead,
    StoredRecord,
    to_head,
    to_stored,
    write_verdicts,
)
from awra_tui.records.clock import stamp
from awra_tui.records.finding import Verdict
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey

__all__ = [
    "Judged", "Upserted", "count_attempt", "get", "gone", "heads", "judge", "many", "mark_deleted",
    "missing_since", "release", "set_judgement", "set_judgements", "to_judge", "upsert",
]  # fmt: skip

_JUDGED_STATUSES = (Status.PENDING, Status.FAILED, Status.NEEDS_ATTENTION, Status.SKIPPED, Status.RETRYING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What the judge, or an answer, made of one record.

    ``failed_inputs`` None keeps what was stored. ``released`` None keeps it while the record is
    pending; any other status ends it.
    """

    key: RecordKey
    status: Status
    verdicts: tuple[Verdict, ...] = ()
    shipment: str = ""
    skipped_because: str = ""
    retry_at: str = ""
    failed_inputs: str | None = None
    released: bool | None = None


def get(key: RecordKey) -> StoredRecord | None:
    """Return one record, or None."""
    return many([key]).get(key)


def many(keys: Sequence[RecordKey]) -> dict[RecordKey, StoredRecord]:
    """Return the records that exist among ``keys``, in their order."""
    found = {(row[1], row[2]): row for row in intake.by_keys(keys, STORED_FIELDS)}
    return {
        key: to_stored(found[key.kind, key.source_id]) for key in keys if (key.kind, key.source_id) in found
    }


def heads(keys: Sequence[RecordKey]) -> dict[RecordKey, RecordHead]:
    """Return the records that exist among ``keys``, in their order, without their content."""
    found = {(row[1], row[2]): row for row in intake.by_keys(keys, HEAD_FIELDS)}
    return {
        key: to_head(found[key.kind, key.source_id]) for key in keys if (key.kind, key.source_id) in found
    }


def to_judge(
    kinds: Sequence[str], after: int = 0, limit: int = 1000, *, now: str | None = None, skipped: bool = True
) -> list[StoredRecord]:
    """Return the next records to judge, by their number: not sent ones, and retries whose time has come.

    ``after`` is the number of the last record of the page before, 0 for the first. ``skipped`` says
    whether skipped ones are among them.
    """
    statuses = [one for one in _JUDGED_STATUSES if skipped or one is not Status.SKIPPED]
    moment = now or stamp()
    # A try that lies ahead was made before the clock was set back; so was the wait that followed it.
    due = (
        (RecordTable.status != Status.RETRYING)
        | (RecordTable.retry_at <= moment)
        | (RecordTable.last_attempt_at > moment)
    )
    ids = (
        RecordTable.select(RecordTable.id)
        .where(
            (RecordTable.profile == profile())
            & RecordTable.kind.in_(list(kinds))
            & RecordTable.status.in_(statuses)
            & due
            & (RecordTable.id > after)
            & (RecordTable.deleted_at == "")
        )
        .order_by(RecordTable.id)
        .limit(limit)
    )
    return by_ids([row[0] for row in rows.tuples(ids)])


def gone(after: int = 0, limit: int = 1000) -> list[StoredRecord]:
    """Return the next records that the source no longer has and of which it is not known to be in order."""
    ids = (
        RecordTable.select(RecordTable.id)
        .where(
            (RecordTable.profile == profile())
            & (RecordTable.deleted_at != "")
            & RecordTable.status.not_in((Status.SKIPPED, Status.UNKNOWN))
            & (RecordTable.id > after)
        )
        .order_by(RecordTable.id)
        .limit(limit)
    )
    return by_ids([row[0] for row in rows.tuples(ids)])


def by_ids(ids: Sequence[int]) -> list[StoredRecord]:
    """Return the records of these numbers, in order of their numbers."""
    found: list[StoredRecord] = []
    for some in rows.chunks(ids):
        query = RecordTable.select(*STORED_FIELDS).where(RecordTable.id.in_(some)).order_by(RecordTable.id)
        found += [to_stored(row) for row in rows.tuples(query)]
    return found


def set_judgement(
    key: RecordKey,
    status: Status,
    verdicts: tuple[Verdict, ...] = (),
    shipment: str = "",
    skipped_because: str = "",
    *,
    retry_at: str = "",
    failed_inputs: str | None = None,
    released: bool | None = None,
) -> None:
    """Store what the judge made of one record; ``set_judgements`` for many."""
    set_judgements(
        [
            Judged(
                key=key,
                status=status,
                verdicts=verdicts,
                shipment=shipment,
                skipped_because=skipped_because,
                retry_at=retry_at,
                failed_inputs=failed_inputs,
                released=released,
            )
        ]
    )


_JUDGEMENT = ("status", "verdicts", "shipment", "skipped_because", "retry_at", "failed_inputs", "released")
_JUDGEMENT_FIELDS = (
    RecordTable.kind, RecordTable.source_id, RecordTable.id, RecordTable.status, RecordTable.verdicts,
    RecordTable.shipment, RecordTable.skipped_because, RecordTable.retry_at, RecordTable.failed_inputs,
    RecordTable.released,
)  # fmt: skip


def set_judgements(judged: Sequence[Judged]) -> int:
    """Store what the judge made of many records; return how many rows changed.

    A record judged as before is not written again.
    """
    with db.atomic():
        stored = {
            RecordKey(row[0], row[1]): row[2:]
            for row in intake.by_keys([one.key for one in judged], _JUDGEMENT_FIELDS)
        }
        changed = [
            row
            for one in judged
            if one.key in stored and (row := _judgement(one, stored[one.key])) is not None
        ]
        with counted([row[-1] for row in changed]):
            rows.update_many(RecordTable, _JUDGEMENT, changed)
    return len(changed)


def judge(judged: Judged) -> None:
    """Store what the judge made of one record."""
    set_judgements([judged])


def release(keys: Sequence[RecordKey]) -> int:
    """Note that a person fixed the cause of these records and they await the next sync.

    Return how many there are; records that wait for nothing are left alone.
    """
    with db.atomic():
        fields = (RecordTable.id, RecordTable.status, RecordTable.deleted_at)
        ids = [row[0] for row in intake.by_keys(keys, fields) if row[1] in WAITING and not row[2]]
        with counted(ids):
            rows.update_many(
                RecordTable, ("status", "released", "retry_at"), [(Status.PENDING, True, "", i) for i in ids]
            )
    return len(ids)


def count_attempt(keys: Iterable[RecordKey], at: str | None = None) -> None:
    """Count one more attempt for each record."""
    moment = at or stamp()
    with db.atomic():
        ids = [row[0] for row in intake.by_keys(list(keys), (RecordTable.id,))]
        rows.execute_many(
            "UPDATE record SET attempts = attempts + 1, last_attempt_at = ? WHERE id = ?",
            [(moment, number) for number in ids],
        )


def missing_since(reading: str, kind: str) -> list[RecordKey]:
    """Return the records of a kind that a complete reading of the source did not bring."""
    query = RecordTable.select(RecordTable.kind, RecordTable.source_id).where(
        (RecordTable.profile == profile())
        & (RecordTable.kind == kind)
        & (RecordTable.seen_reading != reading)
        & (RecordTable.deleted_at == "")
    )
    return [RecordKey(*row) for row in rows.tuples(query.order_by(RecordTable.id))]


def mark_deleted(keys: Sequence[RecordKey], at: str | None = None) -> None:
    """Note that the source no longer has these records; they are kept, but no longer counted."""
    moment = at or stamp()
    with db.atomic():
        ids = [row[0] for row in intake.by_keys(keys, (RecordTable.id,))]
        with counted(ids):
            rows.update_many(RecordTable, ("deleted_at",), [(moment, number) for number in ids])


def _judgement(one: Judged, stored: tuple[Any, ...]) -> tuple[Any, ...] | None:
    """Return the row to write for a judgement, or None when it says what is stored already."""
    number, *old = stored
    kept = bool(old[-1]) if one.released is None else one.released
    new = [
        str(one.status),
        write_verdicts(one.verdicts),
        one.shipment,
        one.skipped_because,
        one.retry_at,
        old[-2] if one.failed_inputs is None else one.failed_inputs,
        kept and one.status is Status.PENDING,
    ]
    return None if new == old else (*new, number)
