"""A full reading of QuickBooks under way: how far it is and what it has seen, so that it can go on later."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace

import msgspec

from awra_tui.cache import rows
from awra_tui.cache.identity import profile, realm
from awra_tui.cache.jsontext import from_text, to_text
from awra_tui.cache.schema import SeenTable
from awra_tui.cache.store import facts, objects
from awra_tui.records.qbo import QboObject

_KEY = "qbo_reading"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """When a full reading began, the entities it still has to read, and the next row of the first of them."""

    started_at: str
    entities: tuple[str, ...]
    position: int = 1


def current() -> Reading | None:
    """Return the reading that has begun and not ended, or None."""
    text = facts.get(_KEY)
    return msgspec.convert(from_text(text), Reading) if text else None


def begin(started_at: str, entities: Sequence[str]) -> Reading:
    """Begin a reading of entities in place of any other."""
    forget()
    return _noted(Reading(started_at=started_at, entities=tuple(entities)))


def advance(reading: Reading, position: int) -> Reading:
    """Note the row from which the entity under way is to be read on."""
    return _noted(replace(reading, position=position))


def keep(entity: str, found: Sequence[QboObject]) -> None:
    """Store objects of an entity and note that the reading has seen them."""
    objects.upsert(found)
    rows.execute_many(_SEEN, [(profile(), realm(), entity, one.id) for one in found])


def has_seen(entity: str, qbo_id: str) -> bool:
    """Return whether the reading has come across an object."""
    return bool(SeenTable.select().where(*_here(), SeenTable.entity == entity, SeenTable.qbo_id == qbo_id))


def absent(entity: str, limit: int) -> list[str]:
    """Return ids of objects that our copy has and the reading has not seen, at most so many."""
    return [row[0] for row in rows.select(_ABSENT, (profile(), realm(), entity, limit))]


def settle(entity: str, asked: Iterable[str], found: Sequence[QboObject]) -> None:
    """Store those of the objects asked for that were found; the others are deleted."""
    keep(entity, found)
    objects.mark_deleted((entity, qbo_id) for qbo_id in set(asked) - {one.id for one in found})


def close(reading: Reading) -> Reading:
    """Note that the entity under way has been read whole; what was seen of it is not needed any more."""
    entity, *rest = reading.entities
    SeenTable.delete().where(*_here(), SeenTable.entity == entity).execute()
    return _noted(replace(reading, entities=tuple(rest), position=1))


def forget() -> None:
    """End the reading, if there is one."""
    SeenTable.delete().where(*_here()).execute()
    facts.set(_KEY, "")


_SEEN = """
    INSERT INTO seen (profile, realm, entity, qbo_id) VALUES (?, ?, ?, ?)
    ON CONFLICT (profile, realm, entity, qbo_id) DO NOTHING"""
_ABSENT = """
    SELECT thing.qbo_id FROM qbo_object AS thing
    WHERE thing.profile = ? AND thing.realm = ? AND thing.entity = ? AND NOT thing.deleted
    AND NOT EXISTS (
        SELECT 1 FROM seen WHERE seen.profile = thing.profile AND seen.realm = thing.realm
        AND seen.entity = thing.entity AND seen.qbo_id = thing.qbo_id)
    LIMIT ?"""


def _here() -> tuple[object, ...]:
    return (SeenTable.profile == profile(), SeenTable.realm == realm())


def _noted(reading: Reading) -> Reading:
    facts.set(_KEY, to_text(asdict(reading)))
    return reading
