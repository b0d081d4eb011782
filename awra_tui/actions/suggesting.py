"""What a value of the source could be in QuickBooks: every object that it may be, ranked."""

from collections.abc import Sequence

from awra_tui.actions.known import known_company
from awra_tui.actions.results import Suggestion
from awra_tui.cache.pages import mappings as pages
from awra_tui.cache.pages.rates import tax_rates
from awra_tui.cache.store import objects, references
from awra_tui.health import mappings
from awra_tui.health import suggestions as health
from awra_tui.records.finding import Candidate
from awra_tui.records.mapping import StatedRates
from awra_tui.records.qbo import Company, QboObject
from awra_tui.records.subject import MappingKey

LOOKED_AT = 1000
"""Among so many objects a certain one is looked for; beyond them only one of the same name is found."""


def suggested(key: MappingKey, text: str, entity: str) -> list[Suggestion]:
    """Return the objects of an entity that a value could be, best first. A job of the cache.

    Without a text those are among them that have the value's name, however many there are.
    """
    choices = {choice.id: choice for choice in pages.choices(entity, text)}
    if not text:
        choices |= {choice.id: choice for choice in pages.choices(entity, _longest_word(key.value))}
    known = {found.id: found for found in objects.many(entity, list(choices))}
    company = known_company()
    listed = [
        Suggestion(
            choice=choices[each.qbo_id],
            score=each.score,
            why=each.why,
            refused=mappings.refusal(key, known[each.qbo_id], company),
        )
        for each in _ranked(key, entity, list(known.values()), company)
    ]
    return sorted(listed, key=lambda one: (bool(one.refused), -one.score, one.choice.name))


def certain(key: MappingKey, entity: str) -> str:
    """Return the id of the one object that a value certainly is, or nothing. A job of the cache."""
    named = objects.exact_names([entity], key.value)
    found = objects.of_entity(entity, active_only=True, limit=LOOKED_AT)
    there = {each.id: each for each in (*found, *named)}
    return health.certain(_ranked(key, entity, list(there.values()), known_company()))


def _ranked(key: MappingKey, entity: str, found: Sequence[QboObject], company: Company) -> list[Candidate]:
    if entity != "TaxCode":
        return health.rank(key, found, company)
    stated = references.stated_rates().get(key, StatedRates())
    return health.rank(key, found, company, tax_rates(), stated.percents)


def _longest_word(text: str) -> str:
    return max(text.split(), key=len, default="")
