"""What a value of the source could be in QuickBooks: every object that it may be, ranked."""

from decimal import Decimal

from awra_tui.actions.known import known_company
from awra_tui.actions.results import Suggestion
from awra_tui.cache.pages import mappings as pages
from awra_tui.cache.pages.rates import tax_rates
from awra_tui.cache.store import objects, references
from awra_tui.health import mappings
from awra_tui.health import suggestions as health
from awra_tui.records.finding import Candidate
from awra_tui.records.mapping import StatedRates
from awra_tui.records.qbo import QboObject
from awra_tui.records.subject import MappingKey

LOOKED_AT = 1000
"""Among so many objects a certain one is looked for; beyond them only one of the same name is found."""


class Shelf:
    """Our copy of QuickBooks as suggestions need it; what is asked for several values is read once.

    Its methods are jobs of the cache.
    """

    def __init__(self) -> None:
        self._company = known_company()
        self._objects: dict[str, list[QboObject]] = {}
        self._stated: dict[MappingKey, StatedRates] | None = None
        self._rates: dict[str, Decimal] = {}

    def suggested(self, key: MappingKey, text: str, entity: str) -> list[Suggestion]:
        """Return the objects of an entity that a value could be, best first.

        Without a text those are among them that have a word of the value, however many there are.
        """
        choices = {choice.id: choice for choice in pages.choices(entity, text)}
        if not text:
            choices |= {choice.id: choice for choice in pages.choices(entity, _longest_word(key.value))}
        known = {found.id: found for found in objects.many(entity, list(choices))}
        listed = [
            Suggestion(
                choice=choices[each.qbo_id],
                score=each.score,
                why=each.why,
                refused=mappings.refusal(key, known[each.qbo_id], self._company),
            )
            for each in self._ranked(key, entity, list(known.values()))
        ]
        return sorted(listed, key=lambda one: (bool(one.refused), -one.score, one.choice.name))

    def certain(self, key: MappingKey, entity: str) -> str:
        """Return the id of the one object that a value certainly is, or nothing."""
        named = objects.exact_names([entity], key.value)
        there = {each.id: each for each in (*self._first(entity), *named)}
        return health.certain(self._ranked(key, entity, list(there.values())))

    def _first(self, entity: str) -> list[QboObject]:
        if entity not in self._objects:
            self._objects[entity] = objects.of_entity(entity, active_only=True, limit=LOOKED_AT)
        return self._objects[entity]

    def _ranked(self, key: MappingKey, entity: str, found: list[QboObject]) -> list[Candidate]:
        if entity != "TaxCode":
            return health.rank(key, found, self._company)
        if self._stated is None:
            self._stated, self._rates = references.stated_rates(), tax_rates()
        stated = self._stated.get(key, StatedRates())
        return health.rank(key, found, self._company, self._rates, stated.percents)


def _longest_word(text: str) -> str:
    return max(text.split(), key=len, default="")
