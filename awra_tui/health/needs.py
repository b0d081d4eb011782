"""What a record needs before it can be sent: mappings, and other records in QuickBooks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from awra_tui.records.kinds import KINDS
from awra_tui.records.mapping import DEFAULT, SideRate
from awra_tui.records.record import Line, SourceRecord
from awra_tui.records.rules import Rules
from awra_tui.records.subject import MappingKey, RecordKey, scope_of

_PAID = ("payment", "refund", "bill_payment")
_TAXED = ("exclusive", "inclusive")
_METHOD_NEEDED = ("refund", "bill_payment")
_WITH_TERMS = ("customer", "vendor", "invoice", "bill")

APPLIES_TO = {
    "payment": ("invoice",),
    "credit_note": ("invoice",),
    "bill_payment": ("bill",),
}
"""What records of a kind can be set against in QuickBooks."""

LEDGERS = {
    "invoice": "receivable",
    "credit_note": "receivable",
    "payment": "receivable",
    "bill": "payable",
    "bill_payment": "payable",
    "purchase_order": "payable",
}
"""On which side of the books a record's customer or vendor stands: a kind of mapping that may be missing."""

LINE_PARTIES = ("customer", "vendor")
"""Whom a line of a journal entry can name."""


@dataclass(frozen=True, slots=True)
class Parent:
    """Another record that must be in QuickBooks first; an optional one is used when it is there.

    ``role`` says as what: ``party``, ``item``, ``application``, ``parent`` or ``line_party``.
    """

    key: RecordKey
    required: bool
    role: str


@dataclass(frozen=True, slots=True)
class Needs:
    """Everything a record refers to, each once, in the order in which it appears."""

    mappings: tuple[MappingKey, ...]
    parents: tuple[Parent, ...]


def needs(record: SourceRecord, rules: Rules) -> Needs:
    """Return the mappings and parent records that a record refers to."""
    return Needs(
        tuple(dict.fromkeys(_mappings(record, rules))),
        tuple(dict.fromkeys(_parents(record))),
    )


def stated_rates(record: SourceRecord, rules: Rules) -> dict[MappingKey, frozenset[SideRate]]:
    """Return the percentages that a taxed record states with its tax categories, by their mappings."""
    found: dict[MappingKey, frozenset[SideRate]] = {}
    side = KINDS[record.kind].side
    for line in record.lines if side and record.tax_mode in _TAXED else ():
        if line.tax_category and line.tax_rate is not None:
            key = mapping_key("tax_code", line.tax_category, record, rules)
            found[key] = found.get(key, frozenset()) | {(side, line.tax_rate)}
    return found


def mapping_key(kind: str, value: str, record: SourceRecord, rules: Rules, **scope: str) -> MappingKey:
    """Return the key of a mapping for a record: scoped by what the rules say its kind depends on."""
    parts = {name: _part(name, record) for name in rules.scopes.get(kind, ())}
    return MappingKey(kind, value or DEFAULT, scope_of(**(parts | scope)))


def item_key(line: Line, record: SourceRecord, rules: Rules) -> MappingKey:
    """Return the key of the product/service mapping for a line whose source has no item records."""
    return mapping_key("item", line.item_name or line.category, record, rules)


def account_key(category: str, side: str, record: SourceRecord, rules: Rules) -> MappingKey:
    """Return the key of the account of an item: income on the sale side, expense on the purchase side."""
    return mapping_key("account", category, record, rules, side=side)


def ledger_key(record: SourceRecord, rules: Rules) -> MappingKey | None:
    """Return the key of the account on which a record's customer or vendor stands: one per currency."""
    kind = LEDGERS.get(record.kind)
    return mapping_key(kind, DEFAULT, record, rules, currency=record.currency) if kind else None


def item_sides(record: SourceRecord, rules: Rules) -> tuple[str, ...]:
    """Return for which sides an item needs accounts: sale always, purchase when it is bought."""
    stocked = (record.item_type or rules.item_type) == "Inventory"
    bought = record.unit_cost is not None or stocked
    return ("sale", *(("purchase",) if bought else ()), *(("asset",) if stocked else ()))


def line_uses_account(line: Line) -> bool:
    """Return whether a line posts to an account directly instead of through a product/service."""
    return bool(line.account) and not line.item_id and not line.item_name


def _part(name: str, record: SourceRecord) -> str:
    if name == "side":
        return KINDS[record.kind].side
    return {"branch": record.branch, "currency": record.currency, "category": record.category}.get(name, "")


def _mappings(record: SourceRecord, rules: Rules) -> Iterator[MappingKey]:
    if record.kind == "item":
        for side in item_sides(record, rules):
            yield account_key(record.category, side, record, rules)
        return
    if record.terms and record.kind in _WITH_TERMS:
        yield mapping_key("term", record.terms, record, rules)
    if KINDS[record.kind].is_name:
        return
    if (record.method and record.kind in _PAID) or record.kind in _METHOD_NEEDED:
        yield mapping_key("payment_method", record.method, record, rules)
    if record.branch and _has_branch(record, rules):
        yield mapping_key(rules.branch_as, record.branch, record, rules)
    for line in record.lines:
        yield from _line_mappings(line, record, rules)


def _has_branch(record: SourceRecord, rules: Rules) -> bool:
    """Say whether QuickBooks keeps a branch of this record: payments have neither class nor location."""
    if rules.branch_as == "department":
        return record.kind != "payment"
    return bool(rules.branch_as) and any(not line.klass for line in record.lines)


def _line_mappings(line: Line, record: SourceRecord, rules: Rules) -> Iterator[MappingKey]:
    if line.klass:
        yield mapping_key("class", line.klass, record, rules)
    if record.kind == "journal" or line_uses_account(line):
        if line.account:
            yield mapping_key("account", line.account, record, rules)
    elif not line.item_id and not line.discount:
        yield item_key(line, record, rules)
    if line.tax_category and record.kind != "journal":
        yield mapping_key("tax_code", line.tax_category, record, rules)


def _parents(record: SourceRecord) -> Iterator[Parent]:
    party_kind = KINDS[record.kind].party
    if party_kind and record.party_id:
        yield Parent(RecordKey(party_kind, record.party_id), required=True, role="party")
    if record.parent_id:
        yield _structural_parent(record)
    for line in record.lines:
        yield from _line_parents(line)
    yield from _applied_to(record)


def _structural_parent(record: SourceRecord) -> Parent:
    # A bill goes without its purchase order, a credit without its invoice; a sub-customer needs its parent.
    kinds = {"bill": "purchase_order", "credit_note": "invoice", "refund": "credit_note"}
    kind = kinds.get(record.kind, record.kind)
    return Parent(RecordKey(kind, record.parent_id), required=KINDS[record.kind].is_name, role="parent")


def _line_parents(line: Line) -> Iterator[Parent]:
    if line.item_id:
        yield Parent(RecordKey("item", line.item_id), required=True, role="item")
    if line.party_kind in LINE_PARTIES and line.party_id:
        yield Parent(RecordKey(line.party_kind, line.party_id), required=True, role="line_party")


def _applied_to(record: SourceRecord) -> Iterable[Parent]:
    return (
        Parent(
            RecordKey(each.kind, each.source_id), required=record.kind != "credit_note", role="application"
        )
        for each in record.applications
        if each.kind in APPLIES_TO.get(record.kind, ())
    )
