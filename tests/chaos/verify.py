"""Whether every source record is in the books exactly once, or says why it is not.

What is in the books is told by the books alone: by our mark in a transaction's note, and by its name
in a name list. What the cache believes is compared with it afterwards.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

from awra_tui.cache.schema import AttemptTable, LinkTable, RecordTable, RequestTable, WarningTable
from awra_tui.cache.store import outbox, references
from awra_tui.cache.store.attempts import OPEN
from awra_tui.cache.store.records import by_ids
from awra_tui.cache.stored import StoredRecord
from awra_tui.records.kinds import KINDS
from awra_tui.records.money import rounded
from awra_tui.records.qbo import mark_in
from awra_tui.records.record import SourceRecord
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.sync.desk import Desk

Object = Mapping[str, Any]
Spot = tuple[str, str, str]
"""Where an object of ours stands in the books: entity, its mark or name, and the id of its party."""

TWICE = frozenset({"booked_twice", "in_quickbooks_twice"})
"""Reasons of warnings that a record is in the books more than once."""


class Books(Protocol):
    """The books of a simulated company, beside the wire."""

    def all(self, entity: str) -> list[dict[str, Any]]:
        """Return every object of an entity that is not deleted."""


@dataclass(slots=True)
class Reckoning:
    """What a comparison of books, source and cache came to; each list has a sentence for each trouble.

    ``twice`` are records that are in the books more than once without a warning that names every id;
    with one they are ``detected``. ``lost`` are records that are not there though the cache says so,
    ``unexplained`` those that are not there without a word why. ``strangers`` carry a mark of ours
    that belongs to no record, ``unlinked`` are there but not connected, ``open`` are requests and
    attempts of which nobody knows what became of them, ``sums`` totals that differ.
    """

    records: int = 0
    there: int = 0
    explained: int = 0
    detected: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    unexplained: list[str] = field(default_factory=list)
    unlinked: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    sums: list[str] = field(default_factory=list)

    @property
    def troubles(self) -> list[str]:
        """Return everything that must not be, each with the name of its kind of trouble."""
        kinds = ("twice", "lost", "unexplained", "unlinked", "links", "strangers", "open", "sums")
        return [f"{kind}: {one}" for kind in kinds for one in getattr(self, kind)]


def verify(desk: Desk, books: Books, records: int | None = None) -> Reckoning:
    """Compare books, source and cache of a profile that has come to rest.

    ``records`` is how many the source has, if it is known; the cache must have as many.
    """
    told = desk.cache.now(_cache)
    found = _Comparison(told, {entity: books.all(entity) for entity in told.entities})
    if records is not None and records != len(told.records):
        found.result.lost.append(f"the source has {records} records, the cache {len(told.records)}")
    return found.made()


@dataclass(slots=True)
class _Cache:
    """What the cache believes: records, their connections, open warnings, and what is not answered."""

    records: dict[RecordKey, StoredRecord]
    links: dict[RecordKey, dict[str, tuple[str, str]]]
    warnings: dict[RecordKey, dict[str, str]]
    open: list[str]
    parents: dict[RecordKey, list[Any]]

    @property
    def entities(self) -> list[str]:
        """The entities of all records, and of what credits are applied by."""
        return list(dict.fromkeys([*(kind.entity for kind in KINDS.values()), "Payment"]))


def _cache() -> _Cache:
    ids = [row.id for row in RecordTable.select(RecordTable.id).order_by(RecordTable.id)]
    records = {one.key: one for one in by_ids(ids)}
    links: dict[RecordKey, dict[str, tuple[str, str]]] = defaultdict(dict)
    for row in LinkTable.select().where(LinkTable.closed_at == ""):
        links[RecordKey(row.kind, row.source_id)][row.role] = (row.entity, row.qbo_id)
    warnings: dict[RecordKey, dict[str, str]] = defaultdict(dict)
    for row in WarningTable.select().where(
        WarningTable.closed_at == "", WarningTable.subject_type == "record"
    ):
        warnings[RecordKey(row.kind, row.subject_id)][row.reason] = f"{row.sentence} {row.action}"
    waiting = [key for key, one in records.items() if one.status is Status.PENDING]
    parents = {key: [each.to for each in references.needs_of(key) if each.role] for key in waiting}
    return _Cache(records, links, warnings, list(_open()), parents)


def _open() -> Iterator[str]:
    """Yield what is not answered: requests, and attempts whose request is settled."""
    for row in outbox.unanswered():
        yield f"request {row.id} ({row.requestid}) is {row.status}"
    stuck = (
        AttemptTable.select(AttemptTable.kind, AttemptTable.source_id, AttemptTable.request_id)
        .join(RequestTable, on=(RequestTable.id == AttemptTable.request_id))
        .where(AttemptTable.outcome.in_(OPEN), RequestTable.status.not_in(outbox.UNANSWERED))
    )
    for row in stuck.objects():
        yield f"an attempt of {row.kind}/{row.source_id} in the settled request {row.request_id}"
    for row in RecordTable.select().where(RecordTable.status == Status.UNKNOWN):
        yield f"{row.kind}/{row.source_id} is unknown"


class _Comparison:
    def __init__(self, told: _Cache, books: Mapping[str, list[dict[str, Any]]]) -> None:
        self.told = told
        self.books = books
        self.by_id = {(entity, str(one["Id"])): one for entity, found in books.items() for one in found}
        self.here: dict[Spot, list[str]] = defaultdict(list)
        for entity, found in books.items():
            for one in found:
                if spot := _spot(entity, one):
                    self.here[spot].append(str(one["Id"]))
        self.result = Reckoning(records=len(told.records))

    def made(self) -> Reckoning:
        """Return the whole comparison."""
        mine: dict[Spot, list[StoredRecord]] = defaultdict(list)
        for one in self.told.records.values():
            for role in self._roles(one):
                mine[self._spot_of(one.record, role)].append(one)
        for spot, several in mine.items():
            self._spot(spot, several)
        for one in self.told.records.values():
            self._standing(one)
        self._strangers(mine)
        self._links()
        self._sums()
        self.result.open += self.told.open
        return self.result

    def _roles(self, one: StoredRecord) -> Iterator[str]:
        yield "main"
        if one.record.kind == "credit_note" and one.record.applications:
            yield "application"

    def _spot_of(self, record: SourceRecord, role: str) -> Spot:
        kind = KINDS[record.kind]
        entity = "Payment" if role == "application" else kind.entity
        if kind.is_name:
            return (entity, record.party_name.strip().casefold(), "")
        party = self.told.links.get(RecordKey(kind.party, record.party_id), {}).get("main", ("", ""))[1]
        return (entity, record.number or record.source_id, party)

    def _spot(self, spot: Spot, several: list[StoredRecord]) -> None:
        """Compare how often something is in the books with how many records it is."""
        ids = self.here.get(spot, [])
        role = "application" if spot[0] == "Payment" and several[0].record.kind == "credit_note" else "main"
        linked = [one for one in several if role in self.told.links.get(one.key, {})]
        names = ", ".join(one.key.text for one in several)
        if role == "application" and len(ids) == 1 and several[0].status is Status.SUCCEEDED:
            return  # applied in QuickBooks as the source says, by whomever: no connection is needed
        if len(ids) > len(linked) and not self._stood_before(several):
            self._too_many(names, ids, several, linked)
        elif len(ids) < len(linked) and not self._connected_otherwise(linked, role):
            self.result.lost.append(f"{names} is connected {len(linked)} times, but there {len(ids)} times")

    def _too_many(
        self, names: str, ids: list[str], several: list[StoredRecord], linked: list[StoredRecord]
    ) -> None:
        said = [
            text
            for one in several
            for reason, text in self.told.warnings.get(one.key, {}).items()
            if reason in TWICE
        ]
        sentence = f"{names} is in the books as {', '.join(ids)}"
        if len(said) == 1 and all(re.search(rf"\b{id_}\b", said[0]) for id_ in ids):
            self.result.detected.append(sentence)
        elif not linked and len(ids) == 1:
            self.result.unlinked.append(sentence)
        else:
            self.result.twice.append(sentence)

    def _stood_before(self, several: list[StoredRecord]) -> bool:
        """Whether these are names that QuickBooks has and that we never sent."""
        return all(KINDS[one.record.kind].is_name and not one.attempts for one in several)

    def _connected_otherwise(self, linked: list[StoredRecord], role: str) -> bool:
        """Whether a person connected these records to objects that do not carry their mark."""
        return all(self.told.links[one.key][role] in self.by_id for one in linked)

    def _standing(self, one: StoredRecord) -> None:
        """Count a record as there or explained, or say that neither is so."""
        complete = "main" in self.told.links.get(one.key, {})
        warned = bool(self.told.warnings.get(one.key))
        if complete and (one.status is Status.SUCCEEDED or warned):
            self.result.there += 1
        elif self._explains_itself(one, warned=warned):
            self.result.explained += 1
        else:
            self.result.unexplained.append(f"{one.key.text} is {one.status} without a reason")

    def _explains_itself(self, one: StoredRecord, *, warned: bool) -> bool:
        if one.status is Status.SKIPPED:
            return bool(one.skipped_because)
        if one.status is Status.PENDING:
            return any("main" not in self.told.links.get(key, {}) for key in self.told.parents[one.key])
        return warned

    def _strangers(self, mine: Mapping[Spot, object]) -> None:
        for spot, ids in self.here.items():
            if spot not in mine and not KINDS_BY_ENTITY[spot[0]].is_name:
                self.result.strangers.append(f"{spot[0]} {', '.join(ids)} carries the mark {spot[1]}")

    def _links(self) -> None:
        """Say which connections lead nowhere, and which objects several records are connected to."""
        owners: Counter[tuple[str, str]] = Counter()
        for key, roles in self.told.links.items():
            for place in roles.values():
                owners[place] += 1
                if place not in self.by_id:
                    self.result.links.append(
                        f"{key.text} is connected to {' '.join(place)}, which is not there"
                    )
        for place, count in owners.items():
            if count > 1:
                self.result.links.append(f"{count} records are connected to {' '.join(place)}")

    def _sums(self) -> None:
        """Compare what the source has with what the books have, per entity, party and currency.

        What a warning says is not in step is left out: a change that waits, say.
        """
        ours: dict[Spot, Decimal] = defaultdict(Decimal)
        theirs: dict[Spot, Decimal] = defaultdict(Decimal)
        for one in self.told.records.values():
            place = self.told.links.get(one.key, {}).get("main")
            kind = KINDS[one.record.kind]
            if one.status is not Status.SUCCEEDED or place not in self.by_id or not kind.party:
                continue
            booked, record = self.by_id[place], one.record
            spot = (place[0], _party(booked), record.currency)
            ours[spot] += rounded(record.amount, record.currency)
            theirs[spot] += Decimal(str(booked["TotalAmt"]))
        self.result.sums += [
            f"{' '.join(spot)}: {ours[spot]} in the source, {theirs[spot]} in the books"
            for spot in ours
            if ours[spot] != theirs[spot]
        ]


KINDS_BY_ENTITY = {kind.entity: kind for kind in KINDS.values()}
_NAMED_BY = {"Customer": "DisplayName", "Vendor": "DisplayName", "Item": "Name"}


def _spot(entity: str, one: Object) -> Spot | None:
    """Return where an object stands, or None where it does not look like ours."""
    if entity in _NAMED_BY:
        return (entity, str(one.get(_NAMED_BY[entity], "")).strip().casefold(), "")
    mark = mark_in(str(one.get("PrivateNote", "")))
    return (entity, mark, _party(one)) if mark else None


def _party(one: Object) -> str:
    reference = one.get("CustomerRef") or one.get("VendorRef") or {}
    return str(reference.get("value", ""))
