"""Our copy of QuickBooks: what pickers, duplicates, drift and reconciliation read."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from awra_tui.cache import rows
from awra_tui.cache.identity import profile, realm
from awra_tui.cache.jsontext import from_text, to_text
from awra_tui.cache.keys import name_key, number_key, search_pattern
from awra_tui.cache.schema import LinkTable, ObjectTable, db
from awra_tui.cache.store.tallies import Change
from awra_tui.records.clock import stamp
from awra_tui.records.money import from_minor, to_minor
from awra_tui.records.qbo import QboObject

NAMES = ("Customer", "Vendor", "Employee")
"""Entities that share one space of names in QuickBooks."""

_COLUMNS = (
    "profile", "realm", "entity", "qbo_id", "sync_token", "name", "number", "date", "party_id",
    "amount_minor", "balance_minor", "currency", "reference", "mark", "type", "active", "deleted",
    "changed_at", "name_key", "number_key", "content",
)  # fmt: skip
_FIELDS = (
    ObjectTable.entity, ObjectTable.qbo_id, ObjectTable.sync_token, ObjectTable.name, ObjectTable.number,
    ObjectTable.date, ObjectTable.party_id, ObjectTable.amount_minor, ObjectTable.balance_minor,
    ObjectTable.currency, ObjectTable.reference, ObjectTable.mark, ObjectTable.type, ObjectTable.active,
    ObjectTable.deleted, ObjectTable.content,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """What an object must have to look like a record: any one of these; empty ones do not count.

    Party, amount and a range of days count only together. An object that names no currency is in the
    one that ``currency`` names, where a company has only one.
    """

    entity: str
    mark: str = ""
    number: str = ""
    reference: str = ""
    name: str = ""
    party_id: str = ""
    amount: Decimal | None = None
    currency: str = ""
    first_day: dt.date | None = None
    last_day: dt.date | None = None


def upsert(objects: Iterable[QboObject]) -> int:
    """Store objects as QuickBooks has them now; return how many there were."""
    given = list({(one.entity, one.id): one for one in objects}.values())
    moment = stamp()
    with db.atomic():
        for some in rows.chunks(given):
            _count(some)
            rows.execute_many(_UPSERT, [_row(one, moment) for one in some])
    return len(given)


def mark_deleted(keys: Iterable[tuple[str, str]]) -> None:
    """Note that QuickBooks no longer has these objects, named by entity and id; they are kept.

    One that came and went between two readings is stored by its id alone: a refusal may name it.
    """
    missing = list(keys)
    with db.atomic():
        moment = stamp()
        stubs = (QboObject(entity=entity, id=qbo_id, deleted=True) for entity, qbo_id in missing)
        rows.execute_many(_INSERT_UNKNOWN, [_row(one, moment) for one in stubs])
        change = Change()
        for entity, qbo_id in missing:
            gone = (
                ObjectTable.update(deleted=True, changed_at=moment)
                .where(*_here(entity), ObjectTable.qbo_id == qbo_id, ObjectTable.deleted == False)  # noqa: E712
                .execute()
            )
            change.tally(_tally(entity), -gone, 0)
        change.write()


def get(entity: str, qbo_id: str) -> QboObject | None:
    """Return one object, deleted or not, or None."""
    found = _found(*_here(entity), ObjectTable.qbo_id == qbo_id)
    return found[0] if found else None


def many(entity: str, ids: Sequence[str]) -> list[QboObject]:
    """Return the objects of an entity that exist among these ids."""
    return [
        one for some in rows.chunks(list(ids)) for one in _found(*_here(entity), ObjectTable.qbo_id.in_(some))
    ]


def by_numbers(numbers: Sequence[int]) -> list[QboObject]:
    """Return the objects of these rows, by date; at most as many as a statement takes."""
    return _found(ObjectTable.id.in_(list(numbers)), order=(ObjectTable.date, ObjectTable.id))


def of_entity(entity: str, *, active_only: bool = False, limit: int | None = None) -> list[QboObject]:
    """Return all objects of an entity that are not deleted, by name and number."""
    condition = [*_here(entity), ObjectTable.deleted == False]  # noqa: E712
    if active_only:
        condition.append(ObjectTable.active == True)  # noqa: E712
    order = (ObjectTable.name_key, ObjectTable.number_key, ObjectTable.id)
    return _found(*condition, order=order, limit=limit)


def ever(entity: str) -> list[QboObject]:
    """Return all objects of an entity that our copy ever had, deleted ones too."""
    return _found(*_here(entity))


def ids(entity: str) -> set[str]:
    """Return the ids of all objects of an entity that are not deleted."""
    query = ObjectTable.select(ObjectTable.qbo_id).where(*_here(entity), ObjectTable.deleted == False)  # noqa: E712
    return {str(row[0]) for row in rows.tuples(query)}


def differing(entity: str, found: Sequence[QboObject]) -> list[QboObject]:
    """Return those of the objects found that our copy does not have, or has otherwise or as deleted."""
    ours = {one.id: one.content for one in many(entity, [one.id for one in found]) if not one.deleted}
    return [one for one in found if ours.get(one.id) != one.content]


def bearing(names: Sequence[str]) -> list[QboObject]:
    """Return the customers, vendors and employees that have any of these names, case and accents aside."""
    return _found(
        ObjectTable.profile == profile(),
        ObjectTable.realm == realm(),
        ObjectTable.entity.in_(NAMES),
        ObjectTable.name_key.in_([name_key(name) for name in names]),
        ObjectTable.deleted == False,  # noqa: E712
    )


def exact_names(entities: Sequence[str], name: str) -> list[QboObject]:
    """Return the objects of these entities that have a name, inactive ones too."""
    return _found(
        ObjectTable.profile == profile(),
        ObjectTable.realm == realm(),
        ObjectTable.entity.in_(list(entities)),
        ObjectTable.name_key == name_key(name),
        ObjectTable.deleted == False,  # noqa: E712
    )


def successor(obj: QboObject) -> QboObject | None:
    """Return the only active object with the entity, name and type of one that is not in use any more.

    QuickBooks does not say into what an entry of its lists was merged, and renames what is made inactive
    to ``X (deleted)``.
    """
    name = obj.name.removesuffix(" (deleted)")
    alike = (one for one in exact_names([obj.entity], name) if one.id != obj.id and one.type == obj.type)
    found = [one for one in alike if one.active]
    return found[0] if len(found) == 1 else None


def look_alikes(alike: Alike, limit: int = 50) -> list[QboObject]:
    """Return the objects that look like a record and that no record is linked to."""
    conditions = _conditions(alike)
    if not conditions:
        return []
    statement = " UNION ".join(f"{_CANDIDATE} AND {condition}" for condition, _ in conditions)
    params: list[object] = []
    for _, values in conditions:
        params += [profile(), realm(), alike.entity, *values]
    ids = [row[0] for row in rows.select(f"{statement} LIMIT ?", (*params, limit))]
    return _found(ObjectTable.id.in_(ids)) if ids else []


def unlinked(entity: str, limit: int | None = None) -> list[QboObject]:
    """Return the objects of an entity that are not deleted and that no record is linked to."""
    linked = LinkTable.select(LinkTable.qbo_id).where(
        LinkTable.profile == profile(),
        LinkTable.realm == realm(),
        LinkTable.entity == entity,
        LinkTable.closed_at == "",
    )
    return _found(
        *_here(entity), ObjectTable.deleted == False, ObjectTable.qbo_id.not_in(linked), limit=limit  # noqa: E712
    )  # fmt: skip


def search(text: str, entities: Sequence[str], limit: int = 50) -> list[QboObject]:
    """Return objects whose name or number contains a text, or whose id it is, by name."""
    folded = search_pattern(text)
    return _found(
        ObjectTable.profile == profile(),
        ObjectTable.realm == realm(),
        ObjectTable.entity.in_(list(entities)),
        ObjectTable.deleted == False,  # noqa: E712
        (ObjectTable.name_key.contains(folded))
        | (ObjectTable.number_key.contains(number_key(text.strip())))
        | (ObjectTable.qbo_id == text.strip()),
        order=(ObjectTable.name_key, ObjectTable.number_key, ObjectTable.id),
        limit=limit,
    )


def count(entity: str) -> int:
    """Return how many objects of an entity there are, deleted ones left out."""
    return int(ObjectTable.select().where(*_here(entity), ObjectTable.deleted == False).count())  # noqa: E712


_CANDIDATE = """
    SELECT thing.id FROM qbo_object AS thing
    WHERE thing.profile = ? AND thing.realm = ? AND thing.entity = ? AND NOT thing.deleted
    AND NOT EXISTS (
        SELECT 1 FROM link WHERE link.profile = thing.profile AND link.realm = thing.realm
        AND link.entity = thing.entity AND link.qbo_id = thing.qbo_id AND link.closed_at = '')"""
_INSERT = (
    f"INSERT INTO qbo_object ({', '.join(_COLUMNS)}) VALUES ({rows.marks(len(_COLUMNS))}) "  # noqa: S608
    "ON CONFLICT (profile, realm, entity, qbo_id) DO "
)
_UPSERT = f"{_INSERT}UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in _COLUMNS[4:])}"
_INSERT_UNKNOWN = f"{_INSERT}NOTHING"


_NEAR = """thing.party_id = ? AND thing.amount_minor IN (?, ?)
    AND thing.amount_minor = CASE WHEN thing.currency = '' THEN ? ELSE ? END
    AND thing.date BETWEEN ? AND ?"""


def _conditions(alike: Alike) -> list[tuple[str, tuple[object, ...]]]:
    single: list[tuple[str, str]] = [
        ("thing.mark = ?", alike.mark),
        ("thing.number_key = ?", number_key(alike.number)),
        ("thing.reference = ?", alike.reference),
        ("thing.name_key = ?", name_key(alike.name)),
    ]
    found: list[tuple[str, tuple[object, ...]]] = [(sql, (value,)) for sql, value in single if value]
    if alike.party_id and alike.amount is not None and alike.first_day and alike.last_day:
        unnamed, named = to_minor(alike.amount, ""), to_minor(alike.amount, alike.currency)
        days = (alike.first_day.isoformat(), alike.last_day.isoformat())
        found.append((_NEAR, (alike.party_id, unnamed, named, unnamed, named, *days)))
    return found


def _here(entity: str) -> tuple[Any, ...]:
    return (ObjectTable.profile == profile(), ObjectTable.realm == realm(), ObjectTable.entity == entity)


def _found(*conditions: object, order: Sequence[Any] = (), limit: int | None = None) -> list[QboObject]:
    query = ObjectTable.select(*_FIELDS).where(*conditions).order_by(*(order or (ObjectTable.id,)))
    return [to_object(row) for row in rows.tuples(query.limit(limit) if limit else query)]


def _tally(entity: str) -> tuple[str, str, bool, str]:
    return (f"@{entity}", "here", False, "")


def _count(objects: Sequence[QboObject]) -> None:
    """Keep the number of objects per entity: those that come less those that were there."""
    change = Change()
    for one in objects:
        change.tally(_tally(one.entity), 0 if one.deleted else 1, 0)
    for entity in {one.entity for one in objects}:
        ids = [one.id for one in objects if one.entity == entity]
        there = ObjectTable.select().where(
            *_here(entity), ObjectTable.qbo_id.in_(ids), ObjectTable.deleted == False  # noqa: E712
        )  # fmt: skip
        change.tally(_tally(entity), -there.count(), 0)
    change.write()


def _row(one: QboObject, moment: str) -> tuple[object, ...]:
    return (
        profile(),
        realm(),
        one.entity,
        one.id,
        one.sync_token,
        one.name,
        one.number,
        one.date.isoformat() if one.date else "",
        one.party_id,
        to_minor(one.amount, one.currency),
        to_minor(one.balance, one.currency),
        one.currency,
        one.reference,
        one.mark,
        one.type,
        one.active,
        one.deleted,
        moment,
        name_key(one.name),
        number_key(one.number),
        to_text(one.content),
    )


def to_object(row: tuple[Any, ...]) -> QboObject:
    """Make an object of a row of the columns that ``FIELDS`` names."""
    entity, qbo_id, token, name, number, day, party, amount, balance, currency, *rest = row
    reference, mark, type_, active, deleted, content = rest
    return QboObject(
        entity=entity,
        id=qbo_id,
        sync_token=token,
        name=name,
        number=number,
        date=dt.date.fromisoformat(day) if day else None,
        party_id=party,
        amount=from_minor(amount, currency),
        balance=from_minor(balance, currency),
        currency=currency,
        reference=reference,
        mark=mark,
        type=type_,
        active=bool(active),
        deleted=bool(deleted),
        content=from_text(content),
    )


FIELDS = _FIELDS
"""The columns that ``to_object`` reads, in its order."""
