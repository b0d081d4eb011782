"""The judge's questions answered from the cache, each answer remembered for one chunk of records."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from awra_tui.cache.keys import name_key, number_key
from awra_tui.cache.store import (
    choices,
    facts,
    links,
    mappings,
    marked,
    namings,
    numbered,
    objects,
    parted,
    records,
    sendings,
)
from awra_tui.cache.store.numbered import Borne
from awra_tui.cache.store.objects import Alike
from awra_tui.cache.stored import RecordHead
from awra_tui.health.needs import needs
from awra_tui.health.numbers import TAKEN_ONCE
from awra_tui.health.view import ParentState
from awra_tui.records import clock
from awra_tui.records.chosen import Chosen
from awra_tui.records.kinds import kind_of
from awra_tui.records.mapping import MAPPING_KINDS, Mapping
from awra_tui.records.money import from_minor
from awra_tui.records.qbo import Company, Link, QboObject, created_at
from awra_tui.records.record import SourceRecord
from awra_tui.records.rules import Rules, written_start
from awra_tui.records.status import Status
from awra_tui.records.subject import MappingKey, RecordKey
from awra_tui.sync.patience import CLOCKS_DIFFER

T = TypeVar("T")


_ALLOWED = "not_a_duplicate/"
_BESIDE = " beside: "
START = "start_date/"
"""How the names of facts begin that keep start dates."""


def allowance(key: RecordKey) -> str:
    """Return the name of the fact that a person said: this is not the same, send it."""
    return _ALLOWED + key.text


def written_allowance(fingerprint: str, seen: Iterable[str]) -> str:
    """Write that a person let a record be sent beside these objects, by id, and beside no others."""
    return fingerprint + _BESIDE + " ".join(sorted(seen))


def start_fact(key: RecordKey) -> str:
    """Return the name of the fact that keeps the start date of a customer or vendor."""
    return START + key.text


class CacheView:
    """What ``health.view.View`` asks, for one job of the cache; nothing here writes."""

    def __init__(self, company: Company, rules: Rules) -> None:
        self.company = company
        self.rules = rules
        self._profile_rules = rules
        self._mappings = {mapping.key: mapping for mapping in mappings.all()}
        self._allowed = facts.starting_with(_ALLOWED)
        self._starts = facts.starting_with(START)
        self._chosen = choices.everything()
        self._given = namings.everything()
        self._parted = parted.everything()
        self._memo: dict[tuple[object, ...], object] = {}

    def prepare(self, found: Sequence[SourceRecord]) -> None:
        """Read at once what judging these records will ask of other records and of their objects."""
        own = [RecordKey(record.kind, record.source_id) for record in found]
        parents = {parent.key for record in found for parent in needs(record, self._profile_rules).parents}
        keys = [*dict.fromkeys([*own, *parents])]
        connected = links.of_many(keys)
        self._memo |= {("links", key): connected.get(key, ()) for key in keys}
        self._read_objects(link for several in connected.values() for link in several)
        self._read_marks(found, connected)
        self._read_numbers([one for one, key in zip(found, own, strict=True) if not connected.get(key)])
        heads = records.heads([*parents])
        self._memo |= {("record", key): self._parent(heads.get(key)) for key in parents}

    def _read_objects(self, connected: Iterable[Link]) -> None:
        wanted: dict[str, set[str]] = defaultdict(set)
        for link in connected:
            wanted[link.entity].add(link.qbo_id)
        for entity, ids in wanted.items():
            self._memo |= {("object", entity, one.id): one for one in objects.many(entity, sorted(ids))}

    def _read_marks(
        self, found: Sequence[SourceRecord], connected: dict[RecordKey, tuple[Link, ...]]
    ) -> None:
        """Read at once which records share a mark, and which objects carry that of a connected one."""
        wanted: dict[str, set[str]] = defaultdict(set)
        numbered: dict[str, set[str]] = defaultdict(set)
        for record in found:
            if kind_of(record.kind).is_name:
                continue
            numbered[record.kind].add(record.mark)
            for link in connected.get(RecordKey(record.kind, record.source_id), ()):
                wanted[link.entity].add(record.mark)
        for kind, marks in numbered.items():
            shared = marked.shared(kind, sorted(marks))
            self._memo |= {("shared", kind, mark): mark in shared for mark in marks}
        for entity, marks in wanted.items():
            loose = marked.unlinked(entity, sorted(marks))
            self._memo |= {
                ("marked", entity, mark): [one for one in loose if one.mark == mark] for mark in marks
            }

    def _read_numbers(self, found: Sequence[SourceRecord]) -> None:
        """Read at once which numbers of records that are not connected yet are those of connected objects."""
        wanted: dict[str, set[str]] = defaultdict(set)
        for record in found:
            if record.kind in TAKEN_ONCE and record.number:
                wanted[kind_of(record.kind).entity].add(record.number)
        for entity, several in wanted.items():
            borne = numbered.borne(entity, sorted(several))
            self._memo |= {("borne", entity, key): held for key, held in borne.items()}

    def focused(self, record: SourceRecord) -> "CacheView":
        """Return this view with the start date that holds for a record's customer or vendor."""
        chosen = self._starts.get(RecordKey(kind_of(record.kind).party, record.party_id).text, "")
        start = dt.date.fromisoformat(chosen) if chosen else self._profile_rules.start_date
        if start != self.rules.start_date:
            self.rules = replace(self._profile_rules, start_date=start)
        return self

    def supposing(self, mapping: Mapping) -> "CacheView":
        """Return this view as if a mapping had been saved."""
        self._mappings[mapping.key] = mapping
        return self

    def allow(self, key: RecordKey) -> "CacheView":
        """Return this view as if a person had said that a record is not the one that looks like it."""
        self._allowed[key.text] = "supposed"
        return self

    def call(self, record: SourceRecord, name: str) -> "CacheView":
        """Return this view as if a person had given a record a name for QuickBooks; nothing is its own."""
        key = RecordKey(record.kind, record.source_id)
        self._given[key.text] = namings.written(name, record)
        return self

    def begin(self, key: RecordKey, start_date: dt.date | None) -> None:
        """Take a start date into account that is supposed to be chosen for a customer or vendor."""
        if start_date is not None:
            self._starts[key.text] = written_start(start_date)

    def _once(self, key: tuple[object, ...], ask: Callable[[], T]) -> T:
        if key not in self._memo:
            self._memo[key] = ask()
        return self._memo[key]  # type: ignore[return-value]

    def connect(self, key: RecordKey, link: Link) -> None:
        """Take a connection into account that was made, or is supposed to be made, meanwhile."""
        self._memo["links", key] = (*self.links(key), link)
        self._memo.pop(("record", key), None)

    def renew(self, key: RecordKey, old: Link, new: Link) -> None:
        """Take into account what a connection is measured against from now on."""
        self._memo["links", key] = tuple(new if one == old else one for one in self.links(key))

    def stands(self, key: RecordKey, status: Status) -> None:
        """Take into account where a record stands that was judged meanwhile."""
        known = self._memo.get(("record", key))
        if isinstance(known, ParentState):
            self._memo["record", key] = replace(known, status=status)

    def mapping(self, key: MappingKey) -> Mapping | None:
        """Return the mapping of exactly this key."""
        return self._mappings.get(key)

    def mapping_object(self, mapping: Mapping) -> QboObject | None:
        """Return what a mapping points to."""
        return self.object(MAPPING_KINDS[mapping.key.kind].entity, mapping.qbo_id)

    def account_object(self, mapping: Mapping) -> QboObject | None:
        """Return the deposit account of a payment method's mapping."""
        return self.object(MAPPING_KINDS[mapping.key.kind].account_entity, mapping.account_id)

    def successor(self, obj: QboObject) -> QboObject | None:
        """Return the active object of the same entity, name and type as one that is not in use any more."""
        return self._once(("successor", obj.entity, obj.id), lambda: objects.successor(obj))

    def object(self, entity: str, qbo_id: str) -> QboObject | None:
        """Return our copy of an object."""
        if not entity or not qbo_id:
            return None
        return self._once(("object", entity, qbo_id), lambda: objects.get(entity, qbo_id))

    def links(self, key: RecordKey) -> tuple[Link, ...]:
        """Return the open connections of a record."""
        return self._once(("links", key), lambda: links.of(key))

    def record(self, key: RecordKey) -> ParentState | None:
        """Return how a record stands that another depends on."""
        return self._once(("record", key), lambda: self._parent(records.heads([key]).get(key)))

    def _parent(self, head: RecordHead | None) -> ParentState | None:
        if head is None:
            return None
        return ParentState(
            key=head.key,
            name=head.party if kind_of(head.key.kind).is_name and head.party else head.number,
            status=head.status,
            links=self.links(head.key),
            approved=head.approved,
            amount=from_minor(head.amount_minor, head.currency),
            currency=head.currency,
            deleted=head.deleted,
            party_id=head.party_id,
        )

    def look_alikes(self, record: SourceRecord) -> Sequence[QboObject]:
        """Return unconnected objects that may be the record already; all free names for a name."""
        kind = kind_of(record.kind)
        if kind.is_name:
            return self._once(("free", kind.entity), lambda: objects.unlinked(kind.entity))
        days = self.rules.look_alike_days
        party = self._party(record)
        return objects.look_alikes(
            Alike(
                entity=kind.entity,
                mark=record.mark,
                number=record.number,
                reference=record.reference,
                party_id=party,
                amount=record.amount if party and record.date else None,
                currency=record.currency or self.company.home_currency,
                first_day=clock.shifted(record.date, -days) if record.date else None,
                last_day=clock.shifted(record.date, days) if record.date else None,
            )
        )

    def marked_alike(self, record: SourceRecord, entity: str) -> Sequence[QboObject]:
        """Return unlinked objects of an entity that carry the mark of a record."""
        return self._once(("marked", entity, record.mark), lambda: marked.unlinked(entity, [record.mark]))

    def number_held(self, record: SourceRecord) -> Borne | None:
        """Return an object with the record's number which another record is connected to, and that record."""
        kind, key = kind_of(record.kind), number_key(record.number)
        held = self._once(
            ("borne", kind.entity, key), lambda: numbered.borne(kind.entity, [record.number])[key]
        )
        own, party = RecordKey(record.kind, record.source_id), self._party(record)
        return next((one for one in held if one[1] != own and _bears(one[0], record, party)), None)

    def shares_mark(self, record: SourceRecord) -> bool:
        """Return whether another record of the source has the same kind and number, and so the same mark."""
        found = self._once(
            ("shared", record.kind, record.mark), lambda: marked.shared(record.kind, [record.mark])
        )
        return bool(found)

    def made_when_sent(self, record: SourceRecord, obj: QboObject) -> bool:
        """Return whether QuickBooks made an object about when a record was last sent to be created."""
        sending = sendings.last_creation(RecordKey(record.kind, record.source_id))
        if sending is None:
            return False
        first, last = clock.parse_stamp(sending.first), clock.parse_stamp(sending.last)
        return first - CLOCKS_DIFFER <= created_at(obj.content) <= last + CLOCKS_DIFFER

    def _party(self, record: SourceRecord) -> str:
        party = kind_of(record.kind).party
        if not party or not record.party_id:
            return ""
        return next((link.qbo_id for link in self.links(RecordKey(party, record.party_id))), "")

    def objects_named(self, kind: str, name: str) -> Sequence[QboObject]:
        """Return what has a name that QuickBooks gives once to records of a kind."""
        entities = (kind_of(kind).entity,) if kind == "item" else objects.NAMES
        return self._once(("named", entities, name_key(name)), lambda: objects.exact_names(entities, name))

    def default_account(self, account_type: str) -> QboObject | None:
        """Return the first active account of an account type."""
        return self._once(("account", account_type), lambda: _first_account(account_type))

    def tax_rate_of(self, tax_code_id: str, side: str) -> Decimal | None:
        """Return the percentage of a tax code on a side: the sum of its rates; None where it has none."""
        return self._once(("rate", tax_code_id, side), lambda: self._rate(tax_code_id, side))

    def _rate(self, tax_code_id: str, side: str) -> Decimal | None:
        code = self.object("TaxCode", tax_code_id)
        if code is None:
            return None
        listed = code.content.get("PurchaseTaxRateList" if side == "purchase" else "SalesTaxRateList") or {}
        rates = [
            self.object("TaxRate", str(detail.get("TaxRateRef", {}).get("value", "")))
            for detail in listed.get("TaxRateDetail", [])
        ]
        known = [
            Decimal(str(one.content["RateValue"])) for one in rates if one and "RateValue" in one.content
        ]
        return sum(known, Decimal(0)) if known else None

    def allowed_duplicate(self, key: RecordKey) -> bool:
        """Return whether a person said that this record is not the one in QuickBooks."""
        return bool(self._allowed.get(key.text))

    def allowed_beside(self, key: RecordKey, qbo_id: str) -> bool:
        """Return whether a person said of this object that the record is another one."""
        kept, beside, seen = self._allowed.get(key.text, "").partition(_BESIDE)
        return bool(kept) and (not beside or qbo_id in seen.split())

    def given_name(self, record: SourceRecord) -> str:
        """Return the name that a person gave a record for QuickBooks, or nothing."""
        return namings.name_in(self._given, record)

    def parted(self, key: RecordKey) -> str:
        """Return the id of the object that a person disconnected a record from, or nothing."""
        return self._parted.get(key.text, "")

    def chosen(self, key: RecordKey, role: str = "main") -> Chosen | None:
        """Return what a person chose for a record that changed after it was sent, or for a part of it."""
        return self._chosen.get(choices.place(key, role))

    def choose(self, key: RecordKey, chosen: Chosen) -> "CacheView":
        """Return this view as if a person had chosen."""
        self._chosen[key.text] = chosen
        return self


def _first_account(account_type: str) -> QboObject | None:
    accounts = objects.of_entity("Account", active_only=True)
    return next((account for account in accounts if account.type == account_type), None)


def _bears(thing: QboObject, record: SourceRecord, party: str) -> bool:
    """Whether an object has exactly this number; vendors number their bills each for themselves."""
    same = thing.number.casefold() == record.number.casefold()
    return same and (kind_of(record.kind).side == "sale" or thing.party_id == party)
