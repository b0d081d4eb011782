"""What each mapping means now: presets of the profile applied, states checked against our copy."""

from awra_tui.cache.store import mappings, objects, references
from awra_tui.health import mappings as health
from awra_tui.records.mapping import MAPPING_KINDS, Mapping, lookup_order
from awra_tui.records.qbo import Company, QboObject
from awra_tui.records.subject import MappingKey, scope_of
from awra_tui.settings.profile import Preset

SYSTEM = "profile"


def apply_presets(presets: tuple[Preset, ...], company: Company) -> None:
    """Save the profile's mappings where nobody has saved one yet. A job of the cache."""
    for preset in presets:
        key = MappingKey(preset.kind, preset.value, scope_of(**preset.scope))
        known = mappings.get(key)
        if known is not None and _is_chosen(known):
            continue
        kind = MAPPING_KINDS[preset.kind]
        target = _named(kind.entity, preset.qbo)
        account = _named(kind.account_entity, preset.account)
        if target is None and account is None:
            continue
        chosen = Mapping(key, target.id if target else "", account.id if account else "")
        mappings.save(judged(chosen, company), SYSTEM)


def _named(entity: str, name: str) -> QboObject | None:
    """Return the active object that a profile names, or None where it is none or not clear which."""
    found = [one for one in objects.exact_names([entity], name) if one.active] if entity and name else []
    return found[0] if len(found) == 1 else None


def judged(mapping: Mapping, company: Company) -> Mapping:
    """Return the mapping with its state and sentence as of now. A job of the cache."""
    kind = MAPPING_KINDS[mapping.key.kind]
    target = objects.get(kind.entity, mapping.qbo_id) if mapping.qbo_id else None
    account = objects.get(kind.account_entity, mapping.account_id) if mapping.account_id else None
    state, sentence = health.check(mapping.key, mapping, target, account, company)
    return Mapping(mapping.key, mapping.qbo_id, mapping.account_id, state, sentence)


def recheck(company: Company) -> None:
    """State anew what every mapping means: those that were chosen, and those that records need.

    What a mapping points to may be inactive, deleted or renamed by now. A needed value that nobody
    mapped is served by a mapping with fewer scope parts or by the default, or it is blocked.
    """
    mappings.ensure(references.needed_mappings())
    before = mappings.all()
    chosen = {one.key: judged(one, company) for one in before if _is_chosen(one)}
    now = [chosen.get(one.key) or _served(one.key, chosen, company) for one in before]
    mappings.restate(after for after, old in zip(now, before, strict=True) if after != old)


def _is_chosen(mapping: Mapping) -> bool:
    return bool(mapping.qbo_id or mapping.account_id)


def _served(key: MappingKey, chosen: dict[MappingKey, Mapping], company: Company) -> Mapping:
    """Return what holds for a value that has no mapping of its own."""
    serving = next((chosen[each] for each in lookup_order(key) if each in chosen), None)
    if serving is None:
        return judged(Mapping(key), company)
    return Mapping(key, state=serving.state, sentence=f"As a wider one: {serving.sentence}")
