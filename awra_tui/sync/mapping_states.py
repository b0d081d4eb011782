"""What each mapping means now: presets of the profile applied, states checked against our copy."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from awra_tui.cache.pages.rates import tax_rates
from awra_tui.cache.store import mappings, objects, references
from awra_tui.health import mappings as health
from awra_tui.health.tax_words import served_rates
from awra_tui.health.wording import own_name
from awra_tui.records.mapping import MAPPING_KINDS, Mapping, SideRate, StatedRates, lookup_order
from awra_tui.records.qbo import Company, QboObject
from awra_tui.records.subject import MappingKey, RecordKey, scope_of
from awra_tui.settings.profile import Preset

SYSTEM = "profile"


def apply_presets(presets: tuple[Preset, ...], company: Company) -> None:
    """Save the profile's mappings where nobody has decided yet. A job of the cache."""
    for preset in presets:
        key = MappingKey(preset.kind, preset.value, scope_of(**preset.scope))
        known = mappings.get(key)
        if (known is not None and known.is_ever_chosen) or mappings.is_taken_away(key, SYSTEM):
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
    (found,) = judged_all([mapping], company)
    return found


def judged_all(
    found: Sequence[Mapping], company: Company, meant: Collection[MappingKey] = ()
) -> list[Mapping]:
    """Return mappings with state and sentence as if they were saved together now. A job of the cache.

    Of those in ``meant`` a person says that they are meant as they are.
    """
    known = Known(found, company)
    for key in meant:
        known.review(key)
    return [known.standing(mapping) for mapping in found]


class Known:
    """All mappings, some of them supposed, and what they are judged by; what is asked twice is kept.

    Its methods are jobs of the cache.
    """

    def __init__(self, supposed: Iterable[Mapping], company: Company) -> None:
        self._company = company
        every = {one.key: one for one in mappings.all()} | {one.key: one for one in supposed}
        self._chosen = {key: one for key, one in every.items() if one.is_ever_chosen}
        self._judged: dict[MappingKey, Mapping] = {}
        self._stated: dict[MappingKey, StatedRates] = {}
        self._rates: dict[str, Decimal] = {}
        if any(key.kind == "tax_code" for key in self._chosen):
            self._rates = tax_rates()
            self._state()

    def _state(self) -> None:
        """Put the rates that records state to the mapping that serves them."""
        for needed, stated in references.stated_rates().items():
            serving = self._serving(needed) or needed
            self._stated[serving] = self._stated.get(serving, StatedRates()) | stated

    def _serving(self, key: MappingKey) -> MappingKey | None:
        return next((each for each in lookup_order(key) if each in self._chosen), None)

    def standing(self, mapping: Mapping) -> Mapping:
        """Return a mapping with its state; one that points to nothing is served by a wider one, if any."""
        serving = None if mapping.is_ever_chosen else self._serving(mapping.key)
        if serving is None:
            return self._once(self._chosen.get(mapping.key, mapping))
        wider = self._once(self._chosen[serving])
        return Mapping(mapping.key, state=wider.state, sentence=f"As a wider one: {wider.sentence}")

    def review(self, key: MappingKey) -> None:
        """Take what is doubtful about a mapping now for meant so."""
        if key in self._chosen:
            mapping = self._chosen[key]
            looked_at = health.doubts_of(key, self._pointed(mapping))
            self._chosen[key] = replace(mapping, reviewed="\n".join(looked_at))

    def _once(self, mapping: Mapping) -> Mapping:
        if mapping.key not in self._judged:
            self._judged[mapping.key] = self._judge(mapping)
        return self._judged[mapping.key]

    def _judge(self, mapping: Mapping) -> Mapping:
        """Return a mapping with state, sentence and the names of what it points to."""
        pointed = self._pointed(mapping)
        named = replace(
            mapping,
            earlier=self._judge(mapping.earlier) if mapping.earlier else None,
            object_name=mapping.object_name or _name(pointed.obj),
            account_name=mapping.account_name or _name(pointed.account),
        )
        state, sentence = health.check(mapping.key, named, pointed, self._company)
        return replace(named, state=state, sentence=sentence)

    def _pointed(self, mapping: Mapping) -> health.Pointed:
        kind = MAPPING_KINDS[mapping.key.kind]
        obj = _known(kind.entity, mapping.qbo_id)
        gone = obj is not None and (obj.deleted or not obj.active)
        return health.Pointed(
            obj=obj,
            account=_known(kind.account_entity, mapping.account_id),
            successor=objects.successor(obj) if obj and gone else None,
            rates=self._served(mapping) if kind.entity == "TaxCode" else frozenset(),
            stated=self._stated.get(mapping.key, StatedRates()),
            too_early=self._too_early(mapping) if mapping.since else 0,
        )

    def _too_early(self, mapping: Mapping) -> int:
        """Count the records that wait for this mapping and are dated before it and any wider one holds."""
        needed = references.needed_mappings(mapping.key.kind)
        served = ((key, self._since(key)) for key in needed if self._serving(key) == mapping.key)
        waiting = (references.waiting_before(key, since) for key, since in served if since)
        return len(set[RecordKey]().union(*waiting))

    def _since(self, key: MappingKey) -> dt.date | None:
        """Return the day from which on anything serves a value, or None where something always does."""
        days = [self._chosen[each].since for each in lookup_order(key) if each in self._chosen]
        return None if None in days else min(filter(None, days), default=None)

    def _served(self, mapping: Mapping) -> frozenset[SideRate]:
        """Return the rates of a tax code, and of those that the mapping had for earlier dates."""
        codes = (_known("TaxCode", span.qbo_id) for span in mapping.spans)
        return frozenset(rate for code in codes if code for rate in served_rates(code, self._rates))


def _known(entity: str, qbo_id: str) -> QboObject | None:
    return objects.get(entity, qbo_id) if entity and qbo_id else None


def _name(obj: QboObject | None) -> str:
    return own_name(obj) if obj else ""


def recheck(company: Company) -> None:
    """State anew what every mapping means: those that were chosen, and those that records need.

    What a mapping points to may be inactive, deleted, merged or renamed by now. A needed value that
    nobody mapped is served by a mapping with fewer scope parts or by the default, or it is blocked.
    """
    mappings.ensure(references.needed_mappings())
    before = mappings.all()
    known = Known((), company)
    now = [known.standing(one) for one in before]
    mappings.restate(after for after, old in zip(now, before, strict=True) if after != old)
