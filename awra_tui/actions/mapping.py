"""Mappings: suggest what a value of the source could be in QuickBooks, preview, save, release."""

from collections.abc import Sequence

from awra_tui.actions.known import counted, known_company
from awra_tui.actions.results import MappingPreview, MappingSaved, Suggestion
from awra_tui.cache.pages import mappings as pages
from awra_tui.cache.pages.rates import tax_rates
from awra_tui.cache.store import mappings, objects
from awra_tui.health import mappings as health
from awra_tui.records.mapping import MAPPING_KINDS, Mapping
from awra_tui.records.status import MappingState
from awra_tui.records.subject import MappingKey
from awra_tui.sync import release, waiting
from awra_tui.sync.desk import Desk
from awra_tui.sync.mapping_states import judged, recheck


async def suggestions(desk: Desk, key: MappingKey, text: str = "") -> list[Suggestion]:
    """Return objects this value could be mapped to, best first; narrowed by what was typed."""
    return await desk.page(_suggestions, key, text, MAPPING_KINDS[key.kind].entity)


async def account_suggestions(desk: Desk, key: MappingKey, text: str = "") -> list[Suggestion]:
    """Return deposit accounts for a payment method, best first."""
    return await desk.page(_suggestions, key, text, MAPPING_KINDS[key.kind].account_entity)


def _suggestions(key: MappingKey, text: str, entity: str) -> list[Suggestion]:
    company = known_company()
    choices = {choice.id: choice for choice in pages.choices(entity, text)}
    known = {found.id: found for found in objects.many(entity, list(choices))}
    rates = tax_rates() if entity == "TaxCode" else {}
    ranked = {candidate.qbo_id: candidate for candidate in health.rank(key, list(known.values()), rates)}
    listed = [
        Suggestion(
            choice=choice,
            score=ranked[choice.id].score if choice.id in ranked else 0,
            why=ranked[choice.id].why if choice.id in ranked else "",
            refused=health.refusal(key, known[choice.id], company) if choice.id in known else "",
        )
        for choice in choices.values()
    ]
    return sorted(listed, key=lambda one: (bool(one.refused), -one.score, one.choice.name))


async def preview_mapping(desk: Desk, key: MappingKey, qbo_id: str, account_id: str = "") -> MappingPreview:
    """Say what saving would mean: the mapping's state, and the records and money it releases."""
    return await desk.page(_preview, desk, key, qbo_id, account_id)


def _preview(desk: Desk, key: MappingKey, qbo_id: str, account_id: str) -> MappingPreview:
    company = known_company()
    mapping = judged(Mapping(key, qbo_id, account_id), company)
    if mapping.state is not MappingState.READY:
        return MappingPreview(state=mapping.state, sentence=mapping.sentence, releases=0)
    found = waiting.for_mapping(mapping, company, desk.profile.rules)
    return MappingPreview(
        state=mapping.state, sentence=found.sentence, releases=found.count, money=found.money
    )


async def save_mapping(desk: Desk, key: MappingKey, qbo_id: str, account_id: str = "") -> MappingSaved:
    """Save a mapping, judge what it serves again, and return what can be sent now."""
    return await desk.write(_save, desk, key, qbo_id, account_id)


def _save(desk: Desk, key: MappingKey, qbo_id: str, account_id: str) -> MappingSaved:
    company = known_company()
    mapping = judged(Mapping(key, qbo_id, account_id), company)
    decision = mappings.save(mapping, desk.who)
    recheck(company)
    released = release.after_mapping(key, company, desk.profile.rules, desk.who)
    return MappingSaved(
        sentence=_told(mapping, released.keys),
        state=mapping.state,
        released=released.keys,
        decision_id=decision,
    )


def _told(mapping: Mapping, released: Sequence[object]) -> str:
    if mapping.state is not MappingState.READY:
        return f"Saved, not usable yet: {mapping.sentence}"
    if not released:
        return "Saved. No record was waiting for it alone."
    return f"Saved. {counted(len(released), 'record')} can be sent now."
