"""The free customers, vendors or items of QuickBooks, found by whatever they share with records."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process

from awra_tui.health import wording
from awra_tui.health.names import name_key
from awra_tui.health.witnesses import Evidence, certain, rank_names, witnesses_of
from awra_tui.records.qbo import QboObject
from awra_tui.records.record import SourceRecord

NEAR = 75
"""How like a name has to be for its object to be looked at."""
_NEAREST = 5


class Register:
    """Objects of one entity, read once to be compared with many records."""

    def __init__(self, kind: str, things: Sequence[QboObject]) -> None:
        self._things = list(things)
        self._by_id = {one.id: one for one in self._things}
        self._names = [name_key(wording.own_name(one)) for one in self._things]
        self._witnesses = witnesses_of(kind)
        self._told: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for place, thing in enumerate(self._things):
            for fact in self._facts_of(thing):
                self._told[fact].append(place)

    def _facts_of(self, thing: QboObject) -> Iterator[tuple[str, str]]:
        for one in self._witnesses:
            yield from {
                (one.name, folded) for told in one.theirs(thing) if one.score and (folded := one.folds(told))
            }

    def thing(self, found: Evidence) -> QboObject:
        """Return the object of a candidate."""
        return self._by_id[found.candidate.qbo_id]

    def ranked(self, record: SourceRecord, owing: frozenset[str] = frozenset()) -> list[Evidence]:
        """Return the objects that something speaks for, the likeliest first."""
        own = {(one.name, one.folds(one.ours(record))) for one in self._witnesses if one.score}
        places = {place for fact in own if fact[1] for place in self._told.get(fact, ())}
        near = process.extract(
            name_key(wording.name_of(record)),
            self._names,
            scorer=fuzz.ratio,
            score_cutoff=NEAR,
            limit=_NEAREST,
        )
        places.update(place for _name, _score, place in near)
        fitting = (self._things[place] for place in sorted(places))
        return rank_names(record, [one for one in fitting if not _other_currency(record, one)], owing)


def _other_currency(record: SourceRecord, thing: QboObject) -> bool:
    """Whether both name a currency, and not the same: who buys in two is two customers in QuickBooks."""
    return bool(record.currency and thing.currency) and record.currency != thing.currency


def pairs(
    records: Sequence[SourceRecord], register: Register, owing: Sequence[frozenset[str]]
) -> list[tuple[list[Evidence], bool]]:
    """Return for each record its candidates, and whether the first leaves no question.

    An object that two records lay claim to is a question for both. ``owing`` are, for each record, the
    ids of those that owe the same.
    """
    ranked = [register.ranked(record, owed) for record, owed in zip(records, owing, strict=True)]
    sure = [certain(record, found) for record, found in zip(records, ranked, strict=True)]
    claims: defaultdict[str, int] = defaultdict(int)
    for found in ranked:
        for one in found:
            claims[one.candidate.qbo_id] += one.is_certain
    return [
        (found, best is not None and claims[best.candidate.qbo_id] == 1)
        for found, best in zip(ranked, sure, strict=True)
    ]
