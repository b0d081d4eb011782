"""What each mapping means now: presets of the profile applied, states checked against our copy."""

from awra_tui.cache.store import mappings, objects
from awra_tui.health import mappings as health
from awra_tui.records.mapping import MAPPING_KINDS, Mapping
from awra_tui.records.qbo import Company, QboObject
from awra_tui.records.subject import MappingKey, scope_of
from awra_tui.settings.profile import Preset

SYSTEM = "profile"


def apply_presets(presets: tuple[Preset, ...], company: Company) -> None:
    """Save the profile's mappings where nobody has saved one yet. A job of the cache."""
    for preset in presets:
        key = MappingKey(preset.kind, preset.value, scope_of(**preset.scope))
        if mappings.get(key) is not None:
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
    """Check every mapping against our copy: what it points to may be inactive, deleted or renamed by now."""
    before = mappings.all()
    now = [judged(mapping, company) for mapping in before]
    mappings.restate(after for after, old in zip(now, before, strict=True) if after != old)
