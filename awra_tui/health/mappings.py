"""Whether a mapping can be used: what it points to, whether that is as it was, and suits the source."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from awra_tui.health import wording
from awra_tui.health.doubts import doubts, is_meant
from awra_tui.health.needs import ledger_key, mapping_key
from awra_tui.health.reasons import explain
from awra_tui.health.tax_words import differing, other_meaning
from awra_tui.health.view import View
from awra_tui.records import clock
from awra_tui.records.finding import Finding
from awra_tui.records.mapping import MAPPING_KINDS, Mapping, MappingKind, SideRate, StatedRates, lookup_order
from awra_tui.records.qbo import Company, QboObject
from awra_tui.records.record import SourceRecord
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

LEDGER_TYPES = {"receivable": ("Accounts Receivable",), "payable": ("Accounts Payable",)}
"""Account types of the accounts on which customers and vendors stand."""


_NOTHING_STATED = StatedRates()
_REVIEWED = ("mapped_to_renamed", "tax_rate_differs")
"""What a person looks at: the mapping can be used, but may not mean the same any more."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a mapping cannot be used: a reason of the catalogue and its values."""

    reason: str
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointed:
    """What a mapping points to as QuickBooks has it, with what its state depends on besides.

    ``successor`` is the object in use that has the name of one that is not any more. ``rates`` are the
    percentages of a tax code on each side, ``stated`` those of the source. ``too_early`` is the number of
    records that wait and are dated before anything is mapped.
    """

    obj: QboObject | None = None
    account: QboObject | None = None
    successor: QboObject | None = None
    rates: frozenset[SideRate] = frozenset()
    stated: StatedRates = _NOTHING_STATED
    too_early: int = 0


def account_types(key: MappingKey, side: str = "") -> tuple[str, ...]:
    """Return the account types that a mapping of accounts may point to; nothing means any."""
    if key.kind in LEDGER_TYPES:
        return LEDGER_TYPES[key.kind]
    return ACCOUNT_TYPES.get(scope_parts(key.scope).get("side", side), ())


def money_types(key: MappingKey, side: str = "") -> tuple[str, ...]:
    """Return the account types that the deposit account of a payment method may have."""
    return MONEY_TYPES[scope_parts(key.scope).get("side", side)]


def resolve(key: MappingKey, view: View, date: dt.date | None) -> Mapping | None:
    """Return the mapping that applies to a key: its own, else one with fewer scope parts or ``*``.

    ``date`` is the record's; one without a date is mapped as of today.
    """
    return next(_chosen(key, view, date), None)


def _chosen(key: MappingKey, view: View, date: dt.date | None) -> Iterator[Mapping]:
    """Yield the mappings that could serve a key on a date, the one that applies first."""
    on = date or clock.today()
    found = (mapping.on(on) for each in lookup_order(key) if (mapping := view.mapping(each)))
    yield from (mapping for mapping in found if mapping and mapping.is_chosen)


def ledger(record: SourceRecord, view: View) -> Mapping | None:
    """Return the mapping of the account on which a record's customer or vendor stands, if there is one.

    QuickBooks keeps such an account per currency: a mapping for every currency serves that of its account.
    """
    key = ledger_key(record, view.rules)
    found = _chosen(key, view, record.date) if key else iter(())
    return next((mapping for mapping in found if _is_of_currency(mapping, record.currency, view)), None)


def _is_of_currency(mapping: Mapping, currency: str, view: View) -> bool:
    account = view.mapping_object(mapping)
    named = "currency" in scope_parts(mapping.key.scope)
    return named or account is None or account.currency in {currency, ""}


def problem(key: MappingKey, mapping: Mapping | None, pointed: Pointed, *, side: str = "") -> Problem | None:
    """Return why a mapping cannot be used for sending, or None."""
    kind = MAPPING_KINDS[key.kind]
    if mapping is None or not mapping.is_chosen:
        return None if kind.optional else Problem("not_mapped")
    return (
        _object_problem(key, mapping, pointed, side)
        or _deposit_problem(key, mapping, pointed.account, side)
        or _renamed(kind, mapping, pointed)
    )


def check(key: MappingKey, mapping: Mapping, pointed: Pointed, company: Company) -> tuple[MappingState, str]:
    """Return whether a mapping is ready, for review or blocked, and a sentence that says why."""
    meant = is_meant(mapping, doubts_of(key, pointed))
    found = problem(key, mapping, pointed) or (None if meant else _rate_problem(pointed))
    if found is None and not meant and (doubt := _other_meaning(key, pointed)):
        return MappingState.REVIEW, f"{doubt} {_days(mapping)}".rstrip()
    if found is None and pointed.too_early and not meant:
        return MappingState.REVIEW, _too_early(mapping, pointed.too_early)
    told = explain(finding_of(key, found)).sentence if found else _ready_sentence(mapping, pointed, company)
    said = f"{told} {_days(mapping)}".rstrip()
    if found is None:
        return MappingState.READY, f"{said} Reviewed: it is meant so." if meant else said
    return (MappingState.REVIEW if found.reason in _REVIEWED else MappingState.BLOCKED), said


def doubts_of(key: MappingKey, pointed: Pointed) -> tuple[str, ...]:
    """Return what is doubtful about a mapping that can be used, nothing where nothing is."""
    return doubts(key, pointed.obj, pointed.rates, pointed.stated, too_early=bool(pointed.too_early))


def _other_meaning(key: MappingKey, pointed: Pointed) -> str:
    """Say that a tax category and its code say different things, though the rate is the same, or nothing."""
    code = pointed.obj
    said = other_meaning(key.value, code) if code and code.entity == "TaxCode" else None
    if not code or not said:
        return ""
    return (
        f"{wording.value_title(key)} says {said[0]}, its tax code {code.name} says {said[1]}: "
        "tax returns list these apart. Choose another code, or say that it is meant so."
    )


def _too_early(mapping: Mapping, count: int) -> str:
    waiting = "1 record that waits is" if count == 1 else f"{count:,} records that wait are"
    title, since = wording.value_title(mapping.key), wording.day(mapping.since) if mapping.since else ""
    return f"{title} is mapped for what is dated {since} or later; {waiting} dated before."


def check_key(key: MappingKey, view: View, date: dt.date | None, *, side: str = "") -> Finding | None:
    """Return what is wrong with the mapping that applies to a key, or None if it can be used."""
    mapping = resolve(key, view, date)
    too_soon = _too_soon(key, view, date or clock.today()) if mapping is None else None
    return too_soon or _checked(key, mapping, view, side)


def check_optional(record: SourceRecord, view: View) -> tuple[Finding, ...]:
    """Return what is wrong with mappings of a record that may be missing, but are there.

    These are the account on which its customer or vendor stands, and the category of an item.
    """
    found = (ledger(record, view), category(record, view))
    checked = (_checked(mapping.key, mapping, view, "") for mapping in found if mapping)
    return tuple(finding for finding in checked if finding)


def category(record: SourceRecord, view: View) -> Mapping | None:
    """Return the mapping that says under which category an item is to stand, or None for under none."""
    if record.kind != "item" or not record.category:
        return None
    return resolve(mapping_key("category", record.category, record, view.rules), view, record.date)


def _checked(key: MappingKey, mapping: Mapping | None, view: View, side: str) -> Finding | None:
    pointed = _pointed(mapping, view) if mapping else Pointed()
    found = problem(key, mapping, pointed, side=side)
    return finding_of(mapping.key if mapping else key, found) if found else None


def _days(mapping: Mapping) -> str:
    """Say for which dates a mapping holds and what holds before, or nothing where it holds for all."""
    if mapping.valid_from is None:
        return ""
    before = target_name(mapping.earlier) if mapping.earlier else ""
    return f"From {wording.day(mapping.valid_from)} on; before that {before or 'nothing of its own'}."


def target_name(mapping: Mapping) -> str:
    """Return what a mapping pointed to when it was chosen, its ids where the names are not known."""
    names = (mapping.object_name or mapping.qbo_id, mapping.account_name or mapping.account_id)
    return " and ".join(name for name in names if name)


def _too_soon(key: MappingKey, view: View, date: dt.date) -> Finding | None:
    """Return that a mapping would apply to a key if the record were of a later date, if one would."""
    for mapping in (found for each in lookup_order(key) if (found := view.mapping(each))):
        if since := mapping.chosen_after(date):
            return finding_of(mapping.key, Problem("mapped_from_later", {"since": wording.day(since)}))
    return None


def _pointed(mapping: Mapping, view: View) -> Pointed:
    obj = view.mapping_object(mapping) if mapping.qbo_id else None
    account = view.account_object(mapping) if mapping.account_id else None
    return Pointed(obj=obj, account=account, successor=successor(obj, view))


def successor(obj: QboObject | None, view: View) -> QboObject | None:
    """Return the object in use that has the name of one that was deleted or made inactive, if any."""
    return view.successor(obj) if obj and (obj.deleted or not obj.active) else None


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


def refusal(key: MappingKey, obj: QboObject, company: Company) -> str:
    """Say why a source value cannot be mapped to an object, in a sentence, or nothing."""
    found = choice_problem(key, obj, company)
    return explain(finding_of(key, found)).sentence if found else ""


def choice_problem(key: MappingKey, obj: QboObject, company: Company) -> Problem | None:
    """Return why a source value cannot be mapped to an object, or None.

    For a payment method an account is judged as its deposit account.
    """
    if key.kind == "payment_method" and obj.entity == "Account":
        return _standing(obj) or _deposit_choice_problem(key, obj, company)
    return _standing(obj) or _type_problem(key, key, obj, "")


def _deposit_choice_problem(key: MappingKey, account: QboObject, company: Company) -> Problem | None:
    allowed = money_types(key)
    if account.type not in allowed:
        return _wrong_type("wrong_deposit_account", account, allowed)
    currency = scope_parts(key.scope).get("currency", "")
    if currency and account.currency not in {currency, company.home_currency, ""}:
        return _wrong_currency(account, currency)
    return None


def _standing(obj: QboObject, successor: QboObject | None = None) -> Problem | None:
    if obj.active and not obj.deleted:
        return None
    if successor is not None:
        return Problem("mapped_to_merged", {"object": wording.former_name(obj), "successor": successor.id})
    if obj.deleted:
        return Problem("mapped_to_deleted", {"object": obj.name})
    return Problem("mapped_to_inactive", {"object": obj.name, "own": wording.own_name(obj)})


def _object_problem(key: MappingKey, mapping: Mapping, pointed: Pointed, side: str) -> Problem | None:
    if not mapping.qbo_id:
        return None
    obj = pointed.obj
    if obj is None:
        return Problem("mapped_to_nothing")
    return _standing(obj, pointed.successor) or _type_problem(key, mapping.key, obj, side)


def _type_problem(key: MappingKey, mapped: MappingKey, obj: QboObject, side: str) -> Problem | None:
    """Say what is wrong with the type of an object; ``mapped`` is the key that was mapped to it."""
    if obj.entity == "Item" and obj.type == "Category" and key.kind != "category":
        return Problem("mapped_to_category", {"object": obj.name})
    if key.kind == "category" and obj.type != "Category":
        return Problem("mapped_to_no_category", {"object": obj.name})
    allowed = account_types(key, side) if MAPPING_KINDS[key.kind].entity == "Account" else ()
    if allowed and obj.type not in allowed:
        return _wrong_type("wrong_account_type", obj, allowed)
    currency = scope_parts(mapped.scope).get("currency", "") if key.kind in LEDGER_TYPES else ""
    return _wrong_currency(obj, currency) if currency and obj.currency not in {currency, ""} else None


def _renamed(kind: MappingKind, mapping: Mapping, pointed: Pointed) -> Problem | None:
    """Say that something is called otherwise than when it was chosen.

    Case and accents do not count, nor under what it stands: QuickBooks writes ``Sales:Coffee``.
    """
    both = (
        (kind.entity, pointed.obj, mapping.object_name),
        (kind.account_entity, pointed.account, mapping.account_name),
    )
    for entity, obj, was in both:
        if obj and was and _leaf(wording.own_name(obj)) != _leaf(was):
            label = wording.entity_label(entity)
            values = {"object": wording.own_name(obj), "was": was, "object_label": label}
            return Problem("mapped_to_renamed", values | {"object_title": wording.capital(label)})
    return None


def _leaf(name: str) -> str:
    return sort_key(name.rpartition(":")[2])


def _rate_problem(pointed: Pointed) -> Problem | None:
    differ = differing(pointed.stated, pointed.rates) if pointed.obj else ()
    if not differ or not pointed.obj:
        return None
    sides = {side for side, _ in differ}
    theirs = [one for one in pointed.rates if one[0] in sides]
    values = {"object": pointed.obj.name, "source_rate": _percents(differ), "qbo_rate": _percents(theirs)}
    return Problem("tax_rate_differs", values)


def _percents(rates: Iterable[SideRate]) -> str:
    """Write percentages so that a sentence puts the last sign behind them: ``8% and 16``."""
    return "% and ".join(wording.number(percent) for percent in sorted({percent for _, percent in rates}))


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


def _wrong_currency(account: QboObject, currency: str) -> Problem:
    values = {"object": account.name, "theirs": account.currency, "currency": currency}
    return Problem("wrong_account_currency", values)


def _foreign(account: QboObject, company: Company) -> bool:
    return bool(account.currency) and account.currency != company.home_currency


def _ready_sentence(mapping: Mapping, pointed: Pointed, company: Company) -> str:
    key = mapping.key
    if not mapping.is_chosen:
        return f"{wording.value_title(key)} is the one that QuickBooks takes by itself."
    account = pointed.account
    target = " and ".join(each.name for each in (pointed.obj, account) if each is not None)
    limit = f", for {account.currency} only" if account and _foreign(account, company) else ""
    return f"{wording.value_title(key)} → {target}{limit}."
