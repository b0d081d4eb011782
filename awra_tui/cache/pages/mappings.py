"""Mappings with what waits for them, and what they can be mapped to."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from awra_tui.cache import rows
from awra_tui.cache.identity import profile, realm
from awra_tui.cache.keys import name_key
from awra_tui.cache.pages.money import Money, largest_first
from awra_tui.cache.pages.rates import rate_of, tax_rates
from awra_tui.cache.schema import MappingTable, NeedTable, ObjectTable
from awra_tui.cache.store import mappings
from awra_tui.records.mapping import DEFAULT, MAPPING_KINDS, Mapping, lookup_order
from awra_tui.records.status import MappingState
from awra_tui.records.subject import MappingKey

_WORST = {MappingState.BLOCKED: 0, MappingState.REVIEW: 1, MappingState.READY: 2}
_MISSING = "Nobody has chosen what this is in QuickBooks yet."
_ITS_OWN = "QuickBooks takes its own account."
_OPTIONAL = {MappingKey(kind.name, DEFAULT) for kind in MAPPING_KINDS.values() if kind.optional}
"""What may be mapped for all records, and need not be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingSummary:
    """The mappings of one kind: the worst state among those that records need, and what waits for it."""

    kind: str
    state: MappingState
    sentence: str
    waiting_records: int
    waiting: tuple[Money, ...]
    unready: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingRow:
    """A mapping with its object in QuickBooks and how many records need it and wait for it.

    ``served_by`` is the wider mapping that holds for a value without one of its own; the object is
    then that one's.
    """

    mapping: Mapping
    records: int
    waiting_records: int
    waiting: tuple[Money, ...]
    object_name: str
    object_number: str
    object_type: str
    object_currency: str
    rate: str
    account_name: str
    changed_at: str
    changed_by: str
    served_by: MappingKey | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An object of QuickBooks that a mapping can be given."""

    entity: str
    id: str
    name: str
    number: str
    type: str
    currency: str
    rate: str
    active: bool


def summaries() -> tuple[MappingSummary, ...]:
    """Return one summary per kind of mapping that there is or that records need."""
    needs = _needs()
    stored = _stored()
    keys = set(needs) | set(stored)
    return tuple(
        _summary(kind, [key for key in keys if key.kind == kind], stored, needs)
        for kind in MAPPING_KINDS
        if any(key.kind == kind for key in keys)
    )


def mapping_rows(kind: str = "") -> list[MappingRow]:
    """Return the mappings of a kind, or all: unready ones first, then those most records wait for.

    What records need and nobody mapped yet is among them, and what may be mapped though QuickBooks takes
    an object of its own.
    """
    needs = _needs()
    stored = _stored()
    there = set(needs) | set(stored)
    keys = [key for key in (there | _OPTIONAL if there else there) if kind in {"", key.kind}]
    objects = _objects(list(stored.values()))
    return sorted((_row(key, stored, needs.get(key, []), objects) for key in keys), key=_urgency)


def mapping_row(key: MappingKey) -> MappingRow | None:
    """Return one mapping, or None when there is none and no record needs it."""
    needs = _needs(key)
    stored = _stored()
    if key not in needs and key not in stored and key not in _OPTIONAL:
        return None
    return _row(key, stored, needs.get(key, []), _objects(list(stored.values())))


def choices(entity: str, text: str = "", account_types: Sequence[str] = (), limit: int = 200) -> list[Choice]:
    """Return the objects of an entity by name; of accounts only those of the types named.

    Tax codes are found by their rate too: ``16%``, ``zero``.
    """
    condition = [
        ObjectTable.profile == profile(),
        ObjectTable.realm == realm(),
        ObjectTable.entity == entity,
        ObjectTable.deleted == False,  # noqa: E712
    ]
    words = name_key(text).split()
    if entity != "TaxCode":
        condition += [ObjectTable.name_key.contains(word) for word in words]
    if account_types:
        condition.append(ObjectTable.type.in_(list(account_types)))
    query = ObjectTable.select(*_CHOICE).where(*condition)
    query = query.order_by(ObjectTable.active.desc(), ObjectTable.name_key, ObjectTable.id).limit(limit)
    rates = tax_rates() if entity == "TaxCode" else {}
    found = [_choice(row, rates) for row in rows.tuples(query)]
    return [one for one in found if _has_words(one, words)] if entity == "TaxCode" else found


def _has_words(code: Choice, words: Sequence[str]) -> bool:
    """Say whether each word is in a tax code's name, or is its rate."""
    rate = {code.rate, "zero"} if code.rate == "0%" else {code.rate}
    return all(word in name_key(code.name) or word in rate for word in words)


_CHOICE = (
    ObjectTable.entity, ObjectTable.qbo_id, ObjectTable.name, ObjectTable.number, ObjectTable.type,
    ObjectTable.currency, ObjectTable.active, ObjectTable.content,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Need:
    currency: str
    records: int
    waiting: int
    minor: int


@dataclass(frozen=True, slots=True)
class _Stored:
    mapping: Mapping
    changed_at: str
    changed_by: str


def _needs(key: MappingKey | None = None) -> dict[MappingKey, list[_Need]]:
    query = NeedTable.select(
        NeedTable.kind, NeedTable.value, NeedTable.scope, NeedTable.currency, NeedTable.records,
        NeedTable.waiting, NeedTable.minor,
    ).where(NeedTable.profile == profile(), NeedTable.records > 0)  # fmt: skip
    if key:
        query = query.where(
            NeedTable.kind == key.kind, NeedTable.value == key.value, NeedTable.scope == key.scope
        )
    found: dict[MappingKey, list[_Need]] = defaultdict(list)
    for kind, value, scope, *need in rows.tuples(query):
        found[MappingKey(kind, value, scope)].append(_Need(*need))
    return found


def _stored() -> dict[MappingKey, _Stored]:
    query = (
        MappingTable.select(
            MappingTable.kind, MappingTable.value, MappingTable.scope, MappingTable.changed_at,
            MappingTable.changed_by,
        )
        .where(MappingTable.profile == profile(), MappingTable.realm == realm())
        .order_by(MappingTable.valid_from)
    )  # fmt: skip
    changed = {MappingKey(*key): (at, by) for *key, at, by in rows.tuples(query)}
    # Of one that was saved between the two readings the next page tells who did it.
    return {one.key: _Stored(one, *changed.get(one.key, ("", ""))) for one in mappings.all()}


def _mapping_of(key: MappingKey, stored: dict[MappingKey, _Stored]) -> Mapping:
    if key in stored:
        return stored[key].mapping
    own = Mapping(key, state=MappingState.READY, sentence=_ITS_OWN)
    return own if MAPPING_KINDS[key.kind].optional else Mapping(key, sentence=_MISSING)


def _summary(
    kind: str,
    keys: Sequence[MappingKey],
    stored: dict[MappingKey, _Stored],
    needs: dict[MappingKey, list[_Need]],
) -> MappingSummary:
    counted = [key for key in keys if key in needs or MAPPING_KINDS[kind].optional]
    needed = [_mapping_of(key, stored) for key in counted]
    unready = [mapping for mapping in needed if mapping.state is not MappingState.READY]
    held = [need for mapping in unready for need in needs.get(mapping.key, ())]
    worst = max(unready, key=lambda mapping: _held_up(needs.get(mapping.key, ())), default=None)
    return MappingSummary(
        kind=kind,
        state=min((mapping.state for mapping in needed), key=_WORST.__getitem__, default=MappingState.READY),
        sentence=(worst.sentence or _MISSING) if worst else "",
        waiting_records=sum(need.waiting for need in held),
        waiting=_money(held),
        unready=len(unready),
        total=len(keys),
    )


def _held_up(needs: Sequence[_Need]) -> int:
    return sum(need.waiting for need in needs)


def _money(needs: Sequence[_Need]) -> tuple[Money, ...]:
    sums: dict[str, tuple[int, int]] = {}
    for need in needs:
        minor, count = sums.get(need.currency, (0, 0))
        sums[need.currency] = (minor + need.minor, count + need.waiting)
    return largest_first((currency, minor, count) for currency, (minor, count) in sums.items())


_Objects = dict[tuple[str, str], Choice]


def _objects(stored: Sequence[_Stored]) -> _Objects:
    """Return the objects that mappings point to, by entity and id."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for one in stored:
        kind = MAPPING_KINDS[one.mapping.key.kind]
        wanted[kind.entity].add(one.mapping.qbo_id)
        wanted["Account"].add(one.mapping.account_id)
    found: _Objects = {}
    rates = tax_rates() if "TaxCode" in wanted else {}
    for entity, ids in wanted.items():
        for some in rows.chunks(sorted(ids - {""})):
            query = ObjectTable.select(*_CHOICE).where(
                ObjectTable.profile == profile(),
                ObjectTable.realm == realm(),
                ObjectTable.entity == entity,
                ObjectTable.qbo_id.in_(some),
            )
            found |= {(entity, row[1]): _choice(row, rates) for row in rows.tuples(query)}
    return found


def _serving(key: MappingKey, stored: dict[MappingKey, _Stored]) -> Mapping:
    """Return the mapping that holds for a key: its own, else the nearest wider one that was chosen."""
    found = (stored[each].mapping for each in lookup_order(key) if each in stored)
    chosen = next((one for one in found if one.is_ever_chosen), None)
    return chosen or _mapping_of(key, stored)


def _row(
    key: MappingKey, stored: dict[MappingKey, _Stored], needs: Sequence[_Need], objects: _Objects
) -> MappingRow:
    own, serving = stored.get(key), _serving(key, stored)
    there = objects.get((MAPPING_KINDS[key.kind].entity, serving.qbo_id))
    account = objects.get(("Account", serving.account_id))
    return MappingRow(
        mapping=_mapping_of(key, stored),
        records=sum(need.records for need in needs),
        waiting_records=_held_up(needs),
        waiting=_money(needs),
        object_name=there.name if there else "",
        object_number=there.number if there else "",
        object_type=there.type if there else "",
        object_currency=there.currency if there else "",
        rate=there.rate if there else "",
        account_name=account.name if account else "",
        changed_at=own.changed_at if own else "",
        changed_by=own.changed_by if own else "",
        served_by=serving.key if serving.key != key else None,
    )


def _urgency(row: MappingRow) -> tuple[int, int, int, MappingKey]:
    return (_WORST[row.mapping.state], -row.waiting_records, -row.records, row.mapping.key)


def _choice(row: tuple[Any, ...], rates: dict[str, Decimal]) -> Choice:
    entity, qbo_id, name, number, type_, currency, active, content = row
    return Choice(
        entity=entity,
        id=qbo_id,
        name=name,
        number=number,
        type=type_,
        currency=currency,
        rate=rate_of(entity, content, rates),
        active=bool(active),
    )
