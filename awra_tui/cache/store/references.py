"""What records need: edges to mappings and to parent records, and who waits for what."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from peewee import ModelSelect

from awra_tui.cache import rows
from awra_tui.cache.identity import profile
from awra_tui.cache.schema import NeedTable, RecordTable, ReferenceTable, db
from awra_tui.cache.store import intake
from awra_tui.cache.store.tallies import WAITING, counted
from awra_tui.records.mapping import SideRate, StatedRates
from awra_tui.records.subject import MappingKey, RecordKey

_COLUMNS = ("profile", "record_id", "target", "kind", "value", "scope", "required", "role", "rates")


@dataclass(frozen=True, slots=True)
class Reference:
    """One thing a record needs: a mapping, or another record in a role such as ``party``.

    ``rates`` are the percentages that the record states with a tax category, such as ``sale=16``, with
    spaces between.
    """

    to: MappingKey | RecordKey
    required: bool = True
    role: str = ""
    rates: str = ""


def replace_references(needs: Mapping[RecordKey, Sequence[Reference]]) -> None:
    """Store what each of these records needs, in place of what was stored before."""
    with db.atomic():
        ids = _ids(list(needs))
        with counted(list(ids.values())):
            for some in rows.chunks(list(ids.values())):
                ReferenceTable.delete().where(ReferenceTable.record_id.in_(some)).execute()
            made = [_row(number, need) for key, number in ids.items() for need in dict.fromkeys(needs[key])]
            rows.insert_many(ReferenceTable, _COLUMNS, made)


def needs_of(key: RecordKey) -> list[Reference]:
    """Return what a record needs."""
    query = (
        ReferenceTable.select(
            ReferenceTable.target,
            ReferenceTable.kind,
            ReferenceTable.value,
            ReferenceTable.scope,
            ReferenceTable.required,
            ReferenceTable.role,
            ReferenceTable.rates,
        )
        .where(ReferenceTable.record_id.in_(list(_ids([key]).values())))
        .order_by(ReferenceTable.id)
    )
    return [
        Reference(
            MappingKey(kind, value, scope) if target == "mapping" else RecordKey(kind, value),
            bool(required),
            role,
            rates,
        )
        for target, kind, value, scope, required, role, rates in rows.tuples(query)
    ]


def children_of(key: RecordKey) -> list[RecordKey]:
    """Return the records that need this record, whatever their status."""
    return _referring("record", key.kind, key.source_id, "", waiting=False)


def children_of_many(keys: Sequence[RecordKey]) -> list[RecordKey]:
    """Return the records that need any of these records, each once, in the order they were first read."""
    found: dict[int, RecordKey] = {}
    for kind, ids in intake.by_kind(keys).items():
        for some in rows.chunks(ids):
            statement = _CHILDREN.format(ids=rows.marks(len(some)))
            for number, child, source_id in rows.select(statement, (profile(), kind, *some)):
                found[number] = RecordKey(child, source_id)
    return [found[number] for number in sorted(found)]


def waiting_for_record(key: RecordKey) -> list[RecordKey]:
    """Return the records that need this record and are not in QuickBooks yet."""
    return _referring("record", key.kind, key.source_id, "", waiting=True)


def waiting_for_mapping(key: MappingKey) -> list[RecordKey]:
    """Return the records that need this mapping and are not in QuickBooks yet."""
    return _referring("mapping", key.kind, key.value, key.scope, waiting=True)


def waiting_before(key: MappingKey, day: dt.date) -> set[RecordKey]:
    """Return the records dated before a day that need this mapping and are not in QuickBooks yet."""
    query = _records_referring("mapping", key.kind, key.value, key.scope).where(
        RecordTable.status.in_(WAITING), RecordTable.date != "", RecordTable.date < day.isoformat()
    )
    return {RecordKey(row[0], row[1]) for row in rows.tuples(query)}


def needed_mappings(kind: str = "") -> list[MappingKey]:
    """Return every mapping, or those of one kind, that some record needs."""
    condition = (NeedTable.profile == profile()) & (NeedTable.records > 0)
    if kind:
        condition &= NeedTable.kind == kind
    query = NeedTable.select(NeedTable.kind, NeedTable.value, NeedTable.scope).where(condition).distinct()
    return sorted(MappingKey(*row) for row in rows.tuples(query))


def stated_rates() -> dict[MappingKey, StatedRates]:
    """Return the tax rates that records state with the tax categories that they need."""
    query = NeedTable.select(
        NeedTable.kind, NeedTable.value, NeedTable.scope, NeedTable.rates, NeedTable.waiting
    ).where(NeedTable.profile == profile(), NeedTable.records > 0, NeedTable.rates != "")
    every: dict[MappingKey, set[SideRate]] = defaultdict(set)
    waiting: dict[MappingKey, set[SideRate]] = defaultdict(set)
    for kind, value, scope, rates, waits in rows.tuples(query):
        key = MappingKey(kind, value, scope)
        stated = [(side, Decimal(rate)) for side, _, rate in (one.partition("=") for one in rates.split())]
        every[key].update(stated)
        waiting[key].update(stated if waits else ())
    return {key: StatedRates(frozenset(every[key]), frozenset(waiting[key])) for key in every}


_CHILDREN = """
    SELECT DISTINCT record.id, record.kind, record.source_id FROM reference AS edge
    JOIN record ON record.id = edge.record_id
    WHERE edge.profile = ? AND edge.target = 'record' AND edge.kind = ? AND edge.value IN ({ids})
    AND edge.scope = '' AND record.deleted_at = ''"""


def _referring(target: str, kind: str, value: str, scope: str, *, waiting: bool) -> list[RecordKey]:
    query = _records_referring(target, kind, value, scope).order_by(RecordTable.id)
    if waiting:
        query = query.where(RecordTable.status.in_(WAITING))
    return [RecordKey(row[0], row[1]) for row in rows.tuples(query)]


def _records_referring(target: str, kind: str, value: str, scope: str) -> "ModelSelect[RecordTable]":
    referring = ReferenceTable.select(ReferenceTable.record_id).where(
        ReferenceTable.profile == profile(),
        ReferenceTable.target == target,
        ReferenceTable.kind == kind,
        ReferenceTable.value == value,
        ReferenceTable.scope == scope,
    )
    return RecordTable.select(RecordTable.kind, RecordTable.source_id).where(
        RecordTable.id.in_(referring), RecordTable.deleted_at == ""
    )


def _ids(keys: Sequence[RecordKey]) -> dict[RecordKey, int]:
    found = intake.by_keys(keys, (RecordTable.kind, RecordTable.source_id, RecordTable.id))
    return {RecordKey(kind, source_id): number for kind, source_id, number in found}


def _row(number: int, need: Reference) -> tuple[object, ...]:
    to = need.to
    if isinstance(to, MappingKey):
        place = ("mapping", to.kind, to.value, to.scope)
    else:
        place = ("record", to.kind, to.source_id, "")
    return (profile(), number, *place, need.required, need.role, need.rates)
