"""One record with all that is known of it, and finding records by name or as you type."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from awra_tui.cache import rows
from awra_tui.cache.identity import profile, realm
from awra_tui.cache.keys import search_pattern
from awra_tui.cache.pages.groups import heads_of
from awra_tui.cache.pages.log import AttemptRow, attempts_of_record
from awra_tui.cache.pages.warnings import WarningRow, warnings_of
from awra_tui.cache.schema import LinkTable, RecordTable, ReferenceTable
from awra_tui.cache.store import objects, records
from awra_tui.cache.store.intake import by_keys
from awra_tui.cache.store.owners import Note, notes_of
from awra_tui.records.finding import Verdict
from awra_tui.records.kinds import KINDS, ORDER
from awra_tui.records.qbo import QboObject
from awra_tui.records.record import SourceRecord
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey, record_subject

__all__ = [
    "AttemptRow", "LinkRow", "Note", "RecordPage", "RelatedRow", "WarningRow", "find_records", "record_page",
    "search_records",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedRow:
    """A record beside another: ``how`` is ``parent``, ``child``, or empty in a search."""

    kind: str
    source_id: str
    number: str
    party: str
    amount_minor: int
    currency: str
    date: str
    status: Status
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRow:
    """A link with the object it leads to, closed ones too."""

    role: str
    entity: str
    qbo_id: str
    how: str
    created_at: str
    created_by: str
    closed_at: str
    sent: str
    answer: str
    object: QboObject | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPage:
    """Everything about one record.

    ``shipment`` is the JSON text of what would be sent, ``notes`` what people wrote, newest first.
    ``heads`` has what is to be fixed first, by the roots of warnings that only wait for it.
    """

    record: SourceRecord
    fingerprint: str
    status: Status
    skipped_because: str
    attempts: int
    last_attempt_at: str
    verdicts: tuple[Verdict, ...]
    warnings: tuple[WarningRow, ...]
    links: tuple[LinkRow, ...]
    attempt_rows: tuple[AttemptRow, ...]
    related: tuple[RelatedRow, ...]
    shipment: str
    deleted: bool
    first_seen: str
    changed_at: str
    notes: tuple[Note, ...] = ()
    heads: Mapping[str, WarningRow] = field(default_factory=dict)

    @property
    def roots(self) -> tuple[WarningRow, ...]:
        """What is to be fixed first, of other records, for the open warnings that only wait for it."""
        waiting = (one.root for one in self.warnings if one.blocked_by and not one.dismissed)
        return tuple(self.heads[root] for root in dict.fromkeys(waiting) if root in self.heads)


def record_page(kind: str, source_id: str) -> RecordPage | None:
    """Return the page of a record, or None when there is none."""
    stored = records.get(RecordKey(kind, source_id))
    if stored is None:
        return None
    warnings = tuple(warnings_of(record_subject(kind, source_id)))
    return RecordPage(
        record=stored.record,
        fingerprint=stored.fingerprint,
        status=stored.status,
        skipped_because=stored.skipped_because,
        attempts=stored.attempts,
        last_attempt_at=stored.last_attempt_at,
        verdicts=stored.verdicts,
        warnings=warnings,
        links=_links(stored.key),
        attempt_rows=tuple(attempts_of_record(stored.key)),
        related=(*_parents(stored.id), *_children(stored.key)),
        shipment=stored.shipment,
        deleted=stored.deleted,
        first_seen=stored.first_seen,
        changed_at=stored.changed_at,
        notes=tuple(notes_of(record_subject(kind, source_id))),
        heads=heads_of(one.root for one in warnings if one.blocked_by),
    )


def find_records(name: str) -> list[RecordKey]:
    """Return the records called ``kind/number``, ``kind/source_id`` or just a number, exactly."""
    kind, slash, rest = name.partition("/")
    if slash and kind in KINDS:
        called = (RecordTable.number == rest) | (RecordTable.source_id == rest)
        condition = (RecordTable.kind == kind) & called
    else:
        condition = RecordTable.number == name
    query = RecordTable.select(RecordTable.kind, RecordTable.source_id).where(
        RecordTable.profile == profile(), condition
    )
    keys = [RecordKey(*row) for row in rows.tuples(query)]
    return sorted(keys, key=lambda key: (ORDER.get(key.kind, len(ORDER)), key.source_id))


def search_records(text: str, limit: int = 50) -> list[RelatedRow]:
    """Return records whose number, party, reference or amount contains every word of a text."""
    words = search_pattern(text).split()
    if not words:
        return []
    clauses = " AND ".join(rows.CONTAINS.format(column="search") for _ in words)
    statement = f"SELECT id FROM record WHERE profile = ? AND deleted_at = '' AND {clauses} LIMIT ?"  # noqa: S608
    ids = [row[0] for row in rows.select(statement, (profile(), *map(rows.containing, words), limit))]
    if not ids:
        return []
    found = [
        _related(row) for row in rows.tuples(RecordTable.select(*_RELATED).where(RecordTable.id.in_(ids)))
    ]
    return sorted(found, key=lambda row: (ORDER.get(row.kind, len(ORDER)), row.number, row.source_id))


_RELATED = (
    RecordTable.kind, RecordTable.source_id, RecordTable.number, RecordTable.party,
    RecordTable.amount_minor, RecordTable.currency, RecordTable.date, RecordTable.status,
)  # fmt: skip
_MANY = 500
"""How many related records a page lists: a customer may have thousands."""


def _related(row: tuple[Any, ...], how: str = "") -> RelatedRow:
    kind, source_id, number, party, minor, currency, day, status = row
    return RelatedRow(
        kind=kind,
        source_id=source_id,
        number=number,
        party=party,
        amount_minor=minor,
        currency=currency,
        date=day,
        status=Status(status),
        how=how,
    )


def _parents(record_id: int) -> list[RelatedRow]:
    parents = ReferenceTable.select(ReferenceTable.kind, ReferenceTable.value).where(
        ReferenceTable.record_id == record_id, ReferenceTable.target == "record"
    )
    keys = [RecordKey(*row) for row in rows.tuples(parents.order_by(ReferenceTable.id))]
    return [_related(row, "parent") for row in by_keys(keys, _RELATED)]


def _children(key: RecordKey) -> list[RelatedRow]:
    children = ReferenceTable.select(ReferenceTable.record_id).where(
        ReferenceTable.profile == profile(),
        ReferenceTable.target == "record",
        ReferenceTable.kind == key.kind,
        ReferenceTable.value == key.source_id,
    )
    query = RecordTable.select(*_RELATED).where(RecordTable.id.in_(children)).order_by(RecordTable.id)
    return [_related(row, "child") for row in rows.tuples(query.limit(_MANY))]


_LINK = (
    LinkTable.role, LinkTable.entity, LinkTable.qbo_id, LinkTable.how, LinkTable.created_at,
    LinkTable.created_by, LinkTable.closed_at, LinkTable.sent, LinkTable.answer,
)  # fmt: skip


def _links(key: RecordKey) -> tuple[LinkRow, ...]:
    query = (
        LinkTable.select(*_LINK)
        .where(
            LinkTable.profile == profile(),
            LinkTable.realm == realm(),
            LinkTable.kind == key.kind,
            LinkTable.source_id == key.source_id,
        )
        .order_by(LinkTable.closed_at, LinkTable.id)
    )
    return tuple(_link(row) for row in rows.tuples(query))


def _link(row: tuple[Any, ...]) -> LinkRow:
    role, entity, qbo_id, how, created_at, created_by, closed_at, sent, answer = row
    return LinkRow(
        role=role,
        entity=entity,
        qbo_id=qbo_id,
        how=how,
        created_at=created_at,
        created_by=created_by,
        closed_at=closed_at,
        sent=sent,
        answer=answer,
        object=objects.get(entity, qbo_id),
    )
