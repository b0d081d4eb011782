"""A record beside an object of QuickBooks that it may be: field by field, and what each stands for."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from awra_tui.actions.connect import candidates
from awra_tui.actions.known import known_record
from awra_tui.cache.pages import parties
from awra_tui.cache.pages.parties import LastPaper, Owed
from awra_tui.cache.store import facts, objects, records
from awra_tui.health import wording
from awra_tui.health.witnesses import tax_number_of
from awra_tui.records.kinds import KINDS, kind_of
from awra_tui.records.money import shown, shown_minor
from awra_tui.records.qbo import QboObject
from awra_tui.records.record import SourceRecord
from awra_tui.records.subject import RecordKey
from awra_tui.records.text import sort_key
from awra_tui.sync.desk import Desk

LEVELS = 5
"""So far up the customers that one is part of are followed, so that a circle of them ends."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One field of both sides; ``same`` is nothing where one side says nothing, or it need not be equal."""

    label: str
    ours: str
    theirs: str
    is_told_only: bool = False

    @property
    def same(self) -> bool | None:
        """Whether both say the same, spelling of letters aside."""
        if self.is_told_only or not self.ours or not self.theirs:
            return None
        return sort_key(self.ours.strip()) == sort_key(self.theirs.strip())

    @property
    def sign(self) -> str:
        """A sign for equal, different, or nothing to compare."""
        return {True: "=", False: "≠", None: " "}[self.same]


def _inner(name: str, key: str) -> Callable[[QboObject], str]:
    def read(thing: QboObject) -> str:
        held: Any = thing.content.get(name)
        return str(held.get(key, "")) if isinstance(held, dict) else ""

    return read


def _field(name: str) -> Callable[[QboObject], str]:
    return lambda thing: str(thing.content.get(name) or "")


def _money(amount: Any, currency: str) -> str:  # noqa: ANN401 - a Decimal or nothing
    return shown(amount, currency) if amount else ""


def party_of(thing: QboObject) -> str:
    """Return the customer or vendor of an object by name."""
    return _inner("CustomerRef", "name")(thing) or _inner("VendorRef", "name")(thing) or thing.name


def _our_address(ours: SourceRecord) -> str:
    return ", ".join(part for part in (*ours.contact.address[:1], ours.contact.city) if part)


def _their_address(theirs: QboObject) -> str:
    parts = (_inner("BillAddr", name)(theirs) for name in ("Line1", "City"))
    return ", ".join(part for part in parts if part)


Reader = Callable[[SourceRecord], str]
Field = tuple[str, Reader, Callable[[QboObject], str]]
_NAME_FIELDS: tuple[Field, ...] = (
    ("Name", lambda ours: ours.party_name or ours.number, lambda theirs: theirs.name),
    ("E-mail", lambda ours: ours.contact.email, _inner("PrimaryEmailAddr", "Address")),
    ("Phone", lambda ours: ours.contact.phone, _inner("PrimaryPhone", "FreeFormNumber")),
    ("Tax number", lambda ours: ours.contact.tax_number, tax_number_of),
    ("Currency", lambda ours: ours.currency, lambda theirs: theirs.currency),
)
_NAME_MORE: tuple[Field, ...] = (
    ("Address", _our_address, _their_address),
    ("Company", lambda ours: ours.contact.company, _field("CompanyName")),
    ("Type", lambda ours: ours.item_type, lambda theirs: theirs.type),
)
_TRANSACTION_FIELDS: tuple[Field, ...] = (
    ("Number", lambda ours: ours.number, lambda theirs: theirs.number),
    ("Party", lambda ours: ours.party_name, party_of),
    ("Date", lambda ours: str(ours.date or ""), lambda theirs: str(theirs.date or "")),
    (
        "Amount",
        lambda ours: _money(ours.amount, ours.currency),
        lambda theirs: _money(theirs.amount, theirs.currency),
    ),
    ("Currency", lambda ours: ours.currency, lambda theirs: theirs.currency),
    ("Reference", lambda ours: ours.reference, lambda theirs: theirs.reference),
    ("Memo", lambda ours: ours.memo, _field("PrivateNote")),
    ("Balance", lambda _: "", lambda theirs: _money(theirs.balance, theirs.currency)),
)  # fmt: skip


def pairs(record: SourceRecord, thing: QboObject | None, more: Iterable[Pair] = ()) -> list[Pair]:
    """Return the fields of a record beside those of an object; fields that neither has are left out.

    ``more`` is what both stand for; it comes after what tells whom they are.
    """
    first, rest = (_NAME_FIELDS, _NAME_MORE) if kind_of(record.kind).is_name else (_TRANSACTION_FIELDS, ())
    made = (*_made(record, thing, first), *more, *_made(record, thing, rest))
    return [pair for pair in made if pair.ours or pair.theirs]


def _made(record: SourceRecord, thing: QboObject | None, fields: Sequence[Field]) -> list[Pair]:
    return [Pair(label, ours(record), theirs(thing) if thing else "") for label, ours, theirs in fields]


async def sides(desk: Desk, key: RecordKey, qbo_id: str = "") -> list[Pair]:
    """Return what a customer or vendor stands for here and, with an id, in QuickBooks; of items nothing.

    What is open there is summed from the documents of our copy: QuickBooks' own word for it grows old.
    """
    return await desk.page(_sides, key, qbo_id)


def _sides(key: RecordKey, qbo_id: str) -> list[Pair]:
    if key.kind not in parties.OWED_HERE:
        return []
    record = known_record(key).record
    entity = kind_of(key.kind).entity
    there = objects.get(entity, qbo_id) if qbo_id else None
    company = facts.company()
    home = company.home_currency if company else ""
    owed = parties.owed_here(key.kind, [key.source_id], home).get(key.source_id, {})
    return [
        one
        for one in (
            *_family(key, record, there),
            Pair("Open", _sums(owed), _owed_there(there, home)),
            Pair(
                "Last",
                _last(parties.last_here(key)),
                _last(parties.last_there(entity, qbo_id)),
                is_told_only=True,
            ),
        )
        if one.ours or one.theirs
    ]


def _family(key: RecordKey, record: SourceRecord, there: QboObject | None) -> Iterator[Pair]:
    if key.kind != "customer":
        return
    whole = str(there.content.get("FullyQualifiedName") or "") if there else ""
    yield Pair("Part of", _parent(record), whole.rpartition(":")[0])
    theirs = parties.parts_there("Customer", there.id) if there else 0
    yield Pair("Has", _parts(parties.parts_here(key)), _parts(theirs))


def _parent(record: SourceRecord) -> str:
    """Return what a customer is part of as QuickBooks writes it, the outermost first."""
    names: list[str] = []
    while record.parent_id and len(names) < LEVELS:
        found = records.get(RecordKey(record.kind, record.parent_id))
        names.append(wording.name_of(found.record) if found else record.parent_id)
        if found is None:
            break
        record = found.record
    return ":".join(reversed(names))


def _parts(count: int) -> str:
    return wording.counted(count, "sub-customer") if count else ""


def _sums(owed: Owed) -> str:
    return ", ".join(shown_minor(minor, currency) for currency, minor in sorted(owed.items()))


def _owed_there(there: QboObject | None, home: str) -> str:
    if there is None:
        return ""
    return _sums(parties.owed_there(there.entity, [there.id], home).get(there.id, {}))


def _last(paper: LastPaper | None) -> str:
    if paper is None:
        return ""
    label = KINDS[paper.of].label if paper.of in KINDS else wording.capital(wording.entity_label(paper.of))
    return f"{paper.date} {label} {paper.number}".strip()


@dataclass(frozen=True, slots=True)
class Comparison:
    """A record beside the object that is most like it."""

    name: str
    qbo_id: str
    pairs: list[Pair]


async def compare(desk: Desk, key: RecordKey) -> Comparison | None:
    """Return a record beside the object of QuickBooks that is most like it, or None where none is."""
    found = await candidates(desk, key)
    if not found:
        return None
    stored = await desk.page(known_record, key)
    best = found[0].object
    told = pairs(stored.record, best, await sides(desk, key, best.id))
    return Comparison(stored.record.name, best.id, told)
