"""Mappings as people chose them; every choice is noted as a decision."""

from collections.abc import Iterable
from typing import Any

from awra_tui.cache import rows
from awra_tui.cache.identity import profile, realm
from awra_tui.cache.schema import MappingTable, db
from awra_tui.cache.store import decisions
from awra_tui.records.clock import stamp
from awra_tui.records.mapping import Mapping
from awra_tui.records.qbo import Json
from awra_tui.records.status import MappingState
from awra_tui.records.subject import MappingKey

_FIELDS = (
    MappingTable.kind, MappingTable.value, MappingTable.scope, MappingTable.qbo_id, MappingTable.account_id,
    MappingTable.state, MappingTable.sentence,
)  # fmt: skip

_KEY = (
    MappingTable.profile, MappingTable.realm, MappingTable.kind, MappingTable.value, MappingTable.scope,
)  # fmt: skip


def all() -> list[Mapping]:  # noqa: A001
    """Return every mapping of the profile's company."""
    query = MappingTable.select(*_FIELDS).where(*_here()).order_by(MappingTable.id)
    return [_mapping(row) for row in rows.tuples(query)]


def get(key: MappingKey) -> Mapping | None:
    """Return one mapping, or None."""
    found = rows.tuples(MappingTable.select(*_FIELDS).where(*_here(), *_is(key)))
    return _mapping(found[0]) if found else None


def save(mapping: Mapping, who: str) -> int:
    """Store a mapping as a person chose it; return the number of the decision."""
    with db.atomic():
        before = get(mapping.key)
        _put(mapping, who)
        return decisions.add("map", mapping.key.text, _state(before), _state(mapping), who)


def restate(mappings: Iterable[Mapping]) -> None:
    """Store state and sentence of mappings after a check; what they point to stays as it is."""
    with db.atomic():
        for mapping in mappings:
            MappingTable.update(state=mapping.state.value, sentence=mapping.sentence).where(
                *_here(), *_is(mapping.key)
            ).execute()


def ensure(keys: Iterable[MappingKey]) -> int:
    """Make a blocked mapping for every key that has none yet; return how many were made."""
    with db.atomic():
        there = {mapping.key for mapping in all()}
        missing = sorted(set(keys) - there)
        made = [
            (profile(), realm(), key.kind, key.value, key.scope, MappingState.BLOCKED.value)
            for key in missing
        ]
        rows.insert_many(MappingTable, ("profile", "realm", "kind", "value", "scope", "state"), made)
    return len(missing)


def _here() -> tuple[Any, ...]:
    return (MappingTable.profile == profile(), MappingTable.realm == realm())


def _is(key: MappingKey) -> tuple[Any, ...]:
    return (MappingTable.kind == key.kind, MappingTable.value == key.value, MappingTable.scope == key.scope)


def _mapping(row: tuple[Any, ...]) -> Mapping:
    kind, value, scope, qbo_id, account_id, state, sentence = row
    return Mapping(MappingKey(kind, value, scope), qbo_id, account_id, MappingState(state), sentence)


def _put(mapping: Mapping, who: str) -> None:
    chosen = {
        "qbo_id": mapping.qbo_id,
        "account_id": mapping.account_id,
        "state": mapping.state.value,
        "sentence": mapping.sentence,
        "changed_at": stamp(),
        "changed_by": who,
    }
    key = mapping.key
    MappingTable.insert(
        profile=profile(), realm=realm(), kind=key.kind, value=key.value, scope=key.scope, **chosen
    ).on_conflict(
        conflict_target=list(_KEY),
        update=chosen,
    ).execute()


def _state(mapping: Mapping | None) -> Json:
    if mapping is None:
        return {}
    return {
        "kind": mapping.key.kind,
        "value": mapping.key.value,
        "scope": mapping.key.scope,
        "qbo_id": mapping.qbo_id,
        "account_id": mapping.account_id,
        "state": mapping.state.value,
        "sentence": mapping.sentence,
    }
