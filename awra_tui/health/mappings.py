"""Whether a mapping can be used, and which objects of QuickBooks suit a source value."""

from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from rapidfuzz import fuzz

from awra_tui.health import wording
from awra_tui.health.reasons import explain
from awra_tui.health.tax_words import Fit, fit
from awra_tui.health.view import View
from awra_tui.records.finding import Candidate, Finding
from awra_tui.records.mapping import MAPPING_KINDS, Mapping, lookup_order
from awra_tui.records.qbo import Company, QboObject
from awra_tui.records.status import MappingState
from awra_tui.records.subject import MappingKey, scope_parts
from awra_tui.records.text import sort_key

MONEY_TYPES = {
    "sale": ("Bank", "Other Current Asset"),
    "purchase": ("Bank", "Credit Card"),
    "": ("Bank", "Credit Card", "Other Current Asset"),
}
"""Account types that money may be received into (sale) or paid from (purchase)."""

ACCOUNT_TYPES = {
    "sale": ("Income", "Other Income", "Other Current Liability", "Expense", "Other Expense"),
    "purchase": (
        "Expense",
        "Cost of Goods Sold",
        "Other Expense",
        "Other Current Asset",
        "Fixed Asset",
        "Other Asset",
    ),
    "asset": ("Other Current Asset",),
}
"""Account types an item may post to; deferred revenue and bad debts are sold through items too."""


ALIKE = 60
"""The score from which two names are said to be similar."""

Rates = MappingOf[str, Decimal]
_NO_RATES: Rates = {}


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a mapping cannot be used: a reason of the catalogue and its values."""

    reason: str
    values: dict[str, str] = field(default_factory=dict)


def account_types(key: MappingKey, side: str = "") -> tuple[str, ...]:
    """Return the account types that a mapping of accounts may point to; nothing means any."""
    return ACCOUNT_TYPES.get(scope_parts(key.scope).get("side", side), ())


def money_types(key: MappingKey, side: str = "") -> tuple[str, ...]:
    """Return the account types that the deposit account of a payment method may have."""
    return MONEY_TYPES[scope_parts(key.scope).get("side", side)]


def resolve(key: MappingKey, view: View) -> Mapping | None:
    """Return the mapping that applies to a key: its own, else one with fewer scope parts or ``*``."""
    found = (view.mapping(each) for each in lookup_order(key))
    return next((mapping for mapping in found if mapping and (mapping.qbo_id or mapping.account_id)), None)


def problem(
    key: MappingKey,
    mapping: Mapping | None,
    obj: QboObject | None,
    account: QboObject | None,
    *,
    side: str = "",
) -> Problem | None:
    """Return why a mapping cannot be used for sending, or None."""
    if mapping is None or not (mapping.qbo_id or mapping.account_id):
        return Problem("not_mapped")
    return _object_problem(key, mapping, obj, side) or _deposit_problem(key, mapping, account, side)


def check(
    key: MappingKey,
    mapping: Mapping | None,
    obj: QboObject | None,
    account: QboObject | None,
    company: Company,
) -> tuple[MappingState, str]:
    """Return whether a mapping is ready, for review or blocked, and a sentence that says why."""
    found = problem(key, mapping, obj, account)
    if found is not None:
        return MappingState.BLOCKED, explain(finding_of(key, found)).sentence
    return MappingState.READY, _ready_sentence(key, obj, account, company)


def check_key(key: MappingKey, view: View, *, side: str = "") -> Finding | None:
    """Return what is wrong with the mapping that applies to a key, or None if it can be used."""
    mapping = resolve(key, view)
    obj = view.mapping_object(mapping) if mapping and mapping.qbo_id else None
    account = view.account_object(mapping) if mapping and mapping.account_id else None
    found = problem(key, mapping, obj, account, side=side)
    if found is None and mapping is not None and mapping.state is MappingState.REVIEW:
        found = Problem("mapping_needs_a_look")
    return finding_of(mapping.key if mapping else key, found) if found else None


def finding_of(key: MappingKey, found: Problem) -> Finding:
    """Make a finding of a mapping's problem, with the words for its value and kind filled in."""
    words = {
        "mapping": key.text,
        "value": key.value,
        "value_label": wording.value_title(key),
        "object_label": wording.kind_entity_label(key),
        "object_title": wording.kind_entity_label(key).capitalize(),
    }
    return Finding(reason=found.reason, values=words | found.values, mapping=key)


def rank(key: MappingKey, objects: Sequence[QboObject], rates: Rates = _NO_RATES) -> list[Candidate]:
    """Return the objects that may be meant by a source value, the likeliest first.

    Tax codes go by what the words mean and by ``rates``, percentages of TaxRate objects by their ids.
    An account of a wrong type and an inactive object come last, and say so.
    """
    candidates = [_ranked(key, obj, rates) for obj in objects if not obj.deleted]
    return sorted(candidates, key=lambda each: (-each.score, sort_key(each.name)))


def _ranked(key: MappingKey, obj: QboObject, rates: Rates) -> Candidate:
    unsuitable = _standing(obj) or _type_problem(key, obj, "")
    told = Fit(0, explain(finding_of(key, unsuitable)).sentence) if unsuitable else None
    suits = told or _suits(key, obj, rates)
    return Candidate(entity=obj.entity, qbo_id=obj.id, name=obj.name, score=suits.score, why=suits.why)


def _suits(key: MappingKey, obj: QboObject, rates: Rates) -> Fit:
    """Return how well an object suits a value; without a reason to say it is never a likely one."""
    ours, theirs = sort_key(key.value), sort_key(obj.name)
    if ours == theirs:
        return Fit(100, "the same name")
    side = scope_parts(key.scope).get("side", "")
    meant = fit(key.value, obj, rates, side) if obj.entity == "TaxCode" else None
    score = min(round(fuzz.WRatio(ours, theirs)), 99)
    alike = Fit(score, "the name is similar") if score >= ALIKE else Fit(score, "")
    return meant or alike


def refusal(key: MappingKey, obj: QboObject, company: Company) -> str:
    """Say why a source value cannot be mapped to an object, in a sentence, or nothing.

    For a payment method an account is judged as its deposit account.
    """
    found = _standing(obj) or _choice_problem(key, obj, company)
    return explain(finding_of(key, found)).sentence if found else ""


def _choice_problem(key: MappingKey, obj: QboObject, company: Company) -> Problem | None:
    if key.kind != "payment_method" or obj.entity != "Account":
        return _type_problem(key, obj, "")
    allowed = money_types(key)
    if obj.type not in allowed:
        return _wrong_type("wrong_deposit_account", obj, allowed)
    currency = scope_parts(key.scope).get("currency", "")
    if currency and obj.currency not in {currency, company.home_currency, ""}:
        values = {"object": obj.name, "theirs": obj.currency, "currency": currency}
        return Problem("wrong_account_currency", values)
    return None


def _standing(obj: QboObject) -> Problem | None:
    if obj.deleted:
        return Problem("mapped_to_deleted", {"object": obj.name})
    if not obj.active:
        return Problem("mapped_to_inactive", {"object": obj.name, "own": wording.own_name(obj)})
    return None


def _object_problem(key: MappingKey, mapping: Mapping, obj: QboObject | None, side: str) -> Problem | None:
    if not mapping.qbo_id:
        return None
    if obj is None:
        return Problem("mapped_to_nothing")
    return _standing(obj) or _type_problem(key, obj, side)


def _type_problem(key: MappingKey, obj: QboObject, side: str) -> Problem | None:
    if obj.entity == "Item" and obj.type == "Category" and key.kind != "category":
        return Problem("mapped_to_category", {"object": obj.name})
    allowed = account_types(key, side) if key.kind == "account" else ()
    if allowed and obj.type not in allowed:
        return _wrong_type("wrong_account_type", obj, allowed)
    return None


def _deposit_problem(
    key: MappingKey, mapping: Mapping, account: QboObject | None, side: str
) -> Problem | None:
    if not MAPPING_KINDS[key.kind].account_entity:
        return None
    if not mapping.account_id:
        return Problem("no_deposit_account")
    if account is None or account.deleted or not account.active:
        named = {"object": account.name, "own": wording.own_name(account)} if account else {}
        return Problem("deposit_account_inactive", named)
    allowed = money_types(key, side)
    return None if account.type in allowed else _wrong_type("wrong_deposit_account", account, allowed)


def _wrong_type(reason: str, account: QboObject, allowed: tuple[str, ...]) -> Problem:
    values = {"object": account.name, "type": account.type, "allowed": " or ".join(allowed)}
    return Problem(reason, values)


def _foreign(account: QboObject, company: Company) -> bool:
    return bool(account.currency) and account.currency != company.home_currency


def _ready_sentence(
    key: MappingKey, obj: QboObject | None, account: QboObject | None, company: Company
) -> str:
    target = " and ".join(each.name for each in (obj, account) if each is not None)
    limit = f", for {account.currency} only" if account and _foreign(account, company) else ""
    return f"{wording.value_title(key)} → {target}{limit}."
