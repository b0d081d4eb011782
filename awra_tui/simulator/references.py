"""References from one object to others: do they exist, are they active, how are they called."""

from collections.abc import Iterator

from awra_tui.simulator import faults
from awra_tui.simulator.company import Company
from awra_tui.simulator.entities import ENTITIES, NAMELESS, REFERENCES
from awra_tui.simulator.jsontext import Json
from awra_tui.simulator.records import Body, Key, Record


def resolved(company: Company, entity: str, body: Body, old: Body | None) -> Body:
    """Return the body with every reference checked and its name filled in.

    A reference to something inactive is allowed only where the object had it before. Raises a
    Fault (2500) that names the list.
    """
    before = set(_targets(entity, old)) if old else set()
    found: Body = _walk(company, entity, body, before)
    return found


def _walk(company: Company, entity: str, value: Json, before: set[Key]) -> Json:
    if isinstance(value, list):
        return [_walk(company, entity, member, before) for member in value]
    if not isinstance(value, dict):
        return value
    found = {}
    for name, member in value.items():
        target = _target_entity(entity, name, value)
        if target:
            found[name] = _reference(company, name, target, member, before)
        else:
            found[name] = _walk(company, entity, member, before)
    return found


def _target_entity(entity: str, name: str, holder: Body) -> str | None:
    if name == "ParentRef":
        return entity
    if name == "EntityRef":
        return _entity_of(entity, holder)
    return REFERENCES.get(name)


def _entity_of(entity: str, holder: Body) -> str | None:
    """Journals say the kind beside the reference, purchases in it; attachments check their own."""
    inner = holder.get("EntityRef")
    kind = str(holder.get("Type") or (inner.get("type", "") if isinstance(inner, dict) else ""))
    return kind if kind in ENTITIES and entity != "Attachable" else None


def _reference(company: Company, name: str, target: str, ref: Body, before: set[Key]) -> Body:
    record = _found(company, target, ref)
    table = ENTITIES[target].table
    if record is None:
        raise faults.bad_reference(f"{table} element id {ref.get('value', 'null')} not found")
    if not record.body.get("Active", True) and record.key not in before:
        raise faults.bad_reference(faults.INACTIVE)
    if name == "ItemRef" and record.body.get("Type") == "Category":
        raise faults.bad_reference("Categories cannot be used in transactions.")
    if name in NAMELESS:
        return {"value": record.key.id}
    kind = {"type": ref["type"]} if name == "EntityRef" and "type" in ref else {}
    return {"value": record.key.id, "name": called(record), **kind}


def _found(company: Company, target: str, ref: Body) -> Record | None:
    if "value" in ref:
        return company.store.get(target, ref["value"])
    # Only an object of a new company may refer by name alone.
    return company.named(target, str(ref.get("name", ""))) if company.seeding else None


def renamed(company: Company, entity: str, value: Json) -> Json:
    """Return a body whose references carry the names that their targets have now."""
    if isinstance(value, list):
        return [renamed(company, entity, member) for member in value]
    if not isinstance(value, dict):
        return value
    found = {}
    for name, member in value.items():
        target = _target_entity(entity, name, value)
        if target and isinstance(member, dict) and "name" in member:
            record = company.store.get(target, str(member.get("value", "")))
            found[name] = {**member, "name": called(record)} if record else member
        else:
            found[name] = renamed(company, entity, member)
    return found


def called(record: Record) -> str:
    """Return the name by which others refer to an object."""
    body = record.body
    for field in ("FullyQualifiedName", "DisplayName", "Name"):
        if field in body:
            return str(body[field])
    return ""


def _targets(entity: str, value: Json) -> Iterator[Key]:
    if isinstance(value, list):
        for member in value:
            yield from _targets(entity, member)
    if isinstance(value, dict):
        for name, member in value.items():
            target = _target_entity(entity, name, value)
            if target and isinstance(member, dict):
                yield Key(target, str(member.get("value", "")))
            else:
                yield from _targets(entity, member)
