"""Source records as the cache holds them: reading rows into types."""

from dataclasses import dataclass
from typing import Any

import msgspec

from awra_tui.cache.schema import RecordTable
from awra_tui.records.finding import Verdict
from awra_tui.records.record import SourceRecord, from_json
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey

_VERDICTS = msgspec.json.Decoder(tuple[Verdict, ...])


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordHead:
    """A record without its content: what parents, lists and totals need of it."""

    id: int
    key: RecordKey
    number: str
    party_id: str
    party: str
    date: str
    amount_minor: int
    currency: str
    approved: bool
    status: Status
    fingerprint: str
    deleted: bool

    @property
    def name(self) -> str:
        """Return ``kind/number``."""
        return f"{self.key.kind}/{self.number or self.key.source_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRecord:
    """A record with its content and what the judge last said of it.

    ``failed_inputs`` are the inputs of the attempt that failed last; ``shipment`` is the JSON text of
    what would be sent.
    """

    id: int
    key: RecordKey
    record: SourceRecord
    fingerprint: str
    status: Status
    skipped_because: str
    attempts: int
    last_attempt_at: str
    retry_at: str
    failed_inputs: str
    verdicts: tuple[Verdict, ...]
    shipment: str
    released: bool
    deleted: bool
    first_seen: str
    changed_at: str


HEAD_FIELDS = (
    RecordTable.id, RecordTable.kind, RecordTable.source_id, RecordTable.number, RecordTable.party_id,
    RecordTable.party, RecordTable.date, RecordTable.amount_minor, RecordTable.currency,
    RecordTable.approved, RecordTable.status, RecordTable.fingerprint, RecordTable.deleted_at,
)  # fmt: skip
"""The columns that ``to_head`` reads, in its order."""

STORED_FIELDS = (
    RecordTable.id, RecordTable.kind, RecordTable.source_id, RecordTable.content, RecordTable.fingerprint,
    RecordTable.status, RecordTable.skipped_because, RecordTable.attempts, RecordTable.last_attempt_at,
    RecordTable.retry_at, RecordTable.failed_inputs, RecordTable.verdicts, RecordTable.shipment,
    RecordTable.released, RecordTable.deleted_at, RecordTable.first_seen, RecordTable.changed_at,
)  # fmt: skip
"""The columns that ``to_stored`` reads, in its order."""


def to_head(row: tuple[Any, ...]) -> RecordHead:
    """Make a head of a row of ``HEAD_FIELDS``."""
    (
        number_of,
        kind,
        source_id,
        number,
        party_id,
        party,
        day,
        minor,
        currency,
        approved,
        status,
        mark,
        gone,
    ) = row
    return RecordHead(
        id=number_of,
        key=RecordKey(kind, source_id),
        number=number,
        party_id=party_id,
        party=party,
        date=day,
        amount_minor=minor,
        currency=currency,
        approved=bool(approved),
        status=Status(status),
        fingerprint=mark,
        deleted=bool(gone),
    )


def to_stored(row: tuple[Any, ...]) -> StoredRecord:
    """Make a stored record of a row of ``STORED_FIELDS``."""
    return StoredRecord(
        id=row[0],
        key=RecordKey(row[1], row[2]),
        record=from_json(row[3]),
        fingerprint=row[4],
        status=Status(row[5]),
        skipped_because=row[6],
        attempts=row[7],
        last_attempt_at=row[8],
        retry_at=row[9],
        failed_inputs=row[10],
        verdicts=read_verdicts(row[11]),
        shipment=row[12],
        released=bool(row[13]),
        deleted=bool(row[14]),
        first_seen=row[15],
        changed_at=row[16],
    )


def write_verdicts(verdicts: tuple[Verdict, ...]) -> str:
    """Write verdicts as the cache keeps them."""
    return msgspec.json.encode(verdicts).decode() if verdicts else ""


def read_verdicts(text: str) -> tuple[Verdict, ...]:
    """Read verdicts that ``write_verdicts`` wrote."""
    return _VERDICTS.decode(text) if text else ()
