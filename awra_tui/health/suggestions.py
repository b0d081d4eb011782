"""Which objects of QuickBooks suit a source value, the likeliest first, and why."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from rapidfuzz import fuzz

from awra_tui.health import deposits
from awra_tui.health.mappings import Problem, choice_problem, finding_of
from awra_tui.health.reasons import explain
from awra_tui.health.tax_words import Fit, fit
from awra_tui.records.finding import Candidate
from awra_tui.records.qbo import Company, QboObject
from awra_tui.records.subject import MappingKey, scope_parts
from awra_tui.records.text import sort_key

ALIKE = 60
"""The score from which two names are said to be similar."""
CERTAIN = 95
"""The score from which an object is certain where no other has it; similar names never reach it."""

Rates = Mapping[str, Decimal]
_NO_RATES: Rates = {}


def rank(
    key: MappingKey,
    objects: Sequence[QboObject],
    company: Company,
    rates: Rates = _NO_RATES,
    stated: frozenset[Decimal] = frozenset(),
) -> list[Candidate]:
    """Return the objects that may be meant by a source value, the likeliest first.

    Tax codes go by what the words mean, by ``rates``, percentages of TaxRate objects by their ids, and
    by those that records state. What cannot be chosen comes last, and says why.
    """
    candidates = [_ranked(key, obj, company, rates, stated) for obj in objects if not obj.deleted]
    return sorted(candidates, key=lambda each: (-each.score, sort_key(each.name)))


def certain(ranked: Sequence[Candidate]) -> str:
    """Return the id of the one object that is certainly meant, or nothing."""
    sure = [one.qbo_id for one in ranked if one.score >= CERTAIN]
    return sure[0] if len(sure) == 1 else ""


def _ranked(
    key: MappingKey, obj: QboObject, company: Company, rates: Rates, stated: frozenset[Decimal]
) -> Candidate:
    refused = choice_problem(key, obj, company)
    suits = _told(key, refused) if refused else _suits(key, obj, rates, stated)
    return Candidate(entity=obj.entity, qbo_id=obj.id, name=obj.name, score=suits.score, why=suits.why)


def _told(key: MappingKey, refused: Problem) -> Fit:
    return Fit(0, explain(finding_of(key, refused)).sentence)


def _suits(key: MappingKey, obj: QboObject, rates: Rates, stated: frozenset[Decimal]) -> Fit:
    """Return how well an object suits a value; without a reason to say it is never a likely one."""
    ours, theirs = sort_key(key.value), sort_key(obj.name)
    if ours == theirs:
        return Fit(100, "the same name")
    return _meant(key, obj, rates, stated) or _alike(ours, theirs)


def _meant(key: MappingKey, obj: QboObject, rates: Rates, stated: frozenset[Decimal]) -> Fit | None:
    if obj.entity == "TaxCode":
        return fit(key.value, obj, rates, scope_parts(key.scope).get("side", ""), stated)
    return deposits.fit(key, obj) if key.kind == "payment_method" and obj.entity == "Account" else None


def _alike(ours: str, theirs: str) -> Fit:
    score = min(round(fuzz.WRatio(ours, theirs)), CERTAIN - 1)
    return Fit(score, "the name is similar" if score >= ALIKE else "")
