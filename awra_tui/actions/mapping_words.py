"""What mappings point to, in words, and how they came to it: the history of one mapping."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from awra_tui.actions.known import counted
from awra_tui.cache.store import decisions, mappings, objects
from awra_tui.cache.store.decisions import Decision
from awra_tui.health import wording
from awra_tui.health.mappings import target_name
from awra_tui.records.mapping import MAPPING_KINDS, Mapping
from awra_tui.records.qbo import Json
from awra_tui.records.subject import MappingKey
from awra_tui.sync.desk import Desk
from awra_tui.sync.mapping_states import SYSTEM

LOOKED_AT = 2000
"""So many decisions about mappings are looked through for those about one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingEvent:
    """One change of a mapping: when (UTC), by whom, from what to what, and how it came about."""

    at: str
    who: str
    before: str
    after: str
    how: str


def described(mapping: Mapping | None) -> str:
    """Return what a mapping points to in words, and from when; nothing where it points to nothing.

    ``M-Pesa and M-Pesa Till from 01 Dec 2026 on, before that Till``.
    """
    if mapping is None or not mapping.is_ever_chosen:
        return ""
    told = target_name(mapping) or "nothing"
    if mapping.reviewed:
        told = f"{told} (reviewed: it is meant so)"
    if mapping.valid_from is None:
        return told
    before = described(mapping.earlier)
    since = f"{told} from {wording.day(mapping.valid_from)} on"
    return f"{since}, before that {before}" if before else since


async def history(desk: Desk, key: MappingKey) -> list[MappingEvent]:
    """Return who changed a mapping, when, and from what to what, newest first."""
    return await desk.page(_history, key)


def _history(key: MappingKey) -> list[MappingEvent]:
    return list(_events(key))


def _events(key: MappingKey) -> Iterator[MappingEvent]:
    for one in decisions.of_verb(mappings.VERB, LOOKED_AT):
        before, after = mappings.states_of(one.before), mappings.states_of(one.after)
        if key.text in before or key.text in after:
            yield MappingEvent(
                at=one.at,
                who=one.who,
                before=_described(before.get(key.text, {})),
                after=_described(after.get(key.text, {})),
                how=_how(one, len(after)),
            )


def _how(one: Decision, count: int) -> str:
    together = f", with {counted(count - 1, 'other')}" if count > 1 else ""
    if one.undoes:
        return f"taken back{together}"
    if one.who == SYSTEM:
        return "by the profile"
    undone = " (taken back later)" if one.undone_by else ""
    return f"by a person{together}{undone}"


def _described(state: Json) -> str:
    mapping = mappings.of_state(state)
    return described(_with_names(mapping)) if mapping else ""


def _with_names(mapping: Mapping) -> Mapping:
    """Return a mapping of an old decision, which kept ids only, with the names of today."""
    if mapping.object_name or mapping.account_name:
        return mapping
    kind = MAPPING_KINDS[mapping.key.kind]
    names = (_name(kind.entity, mapping.qbo_id), _name(kind.account_entity, mapping.account_id))
    return replace(mapping, object_name=names[0], account_name=names[1])


def _name(entity: str, qbo_id: str) -> str:
    found = objects.get(entity, qbo_id) if entity and qbo_id else None
    return wording.own_name(found) if found else ""
