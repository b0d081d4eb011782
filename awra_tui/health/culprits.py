"""Which mapping or connection a refusal is about, where QuickBooks names an id or only a kind of thing.

So all records that one wrong mapping held up stand under one cause, and its key leads there.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from awra_tui.health import wording
from awra_tui.health.details import refused_reference
from awra_tui.health.mappings import Problem, finding_of, ledger, resolve
from awra_tui.health.needs import needs
from awra_tui.health.required import required_keys
from awra_tui.health.view import View
from awra_tui.records.finding import Finding
from awra_tui.records.mapping import MAPPING_KINDS, Mapping
from awra_tui.records.record import SourceRecord


def is_namable(finding: Finding) -> bool:
    """Return whether a refusal may be about a mapping or a connection that can be named."""
    return finding.reason in _NAMES


def named(finding: Finding, record: SourceRecord, view: View) -> Finding:
    """Return a refusal with the mapping or the connection that it is about; as it is where none is known.

    QuickBooks' code and message stay.
    """
    naming = _NAMES.get(finding.reason)
    found = naming(finding, record, view) if naming else None
    if found is None:
        return finding
    return replace(found, values=finding.values | found.values, code=finding.code, message=finding.message)


def _reference(finding: Finding, record: SourceRecord, view: View) -> Finding | None:
    """Find what an id stands for that QuickBooks does not find or does not use."""
    entities, qbo_id = refused_reference(finding.message)
    for mapping in _mappings(record, view) if entities else ():
        kind = MAPPING_KINDS[mapping.key.kind]
        if mapping.qbo_id == qbo_id and kind.entity in entities:
            return finding_of(mapping.key, Problem("mapped_to_nothing"))
        if mapping.account_id == qbo_id and kind.account_entity in entities:
            account = view.account_object(mapping)
            values = {"object": account.name, "own": wording.own_name(account)} if account else {}
            return finding_of(mapping.key, Problem("deposit_account_inactive", values))
    return _connection(entities, qbo_id, record, view)


def _connection(entities: tuple[str, ...], qbo_id: str, record: SourceRecord, view: View) -> Finding | None:
    """Find the record whose connection is refused: a customer, a vendor, a product."""
    for parent in needs(record, view.rules).parents:
        main = next((link for link in view.links(parent.key) if link.role == "main"), None)
        if main is None or main.qbo_id != qbo_id or main.entity not in entities:
            continue
        obj, state = view.object(main.entity, qbo_id), view.record(parent.key)
        title = wording.object_title(obj) if obj else f"{wording.entity_label(main.entity)} with id {qbo_id}"
        values = {
            "object": wording.capital(title),
            "standing": "not found, or no longer in use,",
            "own": title,
            "parent": wording.key_title(parent.key, state.name if state else ""),
            "parent_key": parent.key.text,
        }
        return Finding(reason="no_longer_active", values=values, blocker=parent.key)
    return None


def _only(kinds: tuple[str, ...], reason: str) -> "_Naming":
    """Return a naming by kind: where a record needs one mapping of these kinds only, it is that one.

    What comes with a product/service that is a record of its own may be meant as well.
    """

    def naming(_finding: Finding, record: SourceRecord, view: View) -> Finding | None:
        found = [mapping for mapping in _mappings(record, view) if mapping.key.kind in kinds]
        if len(found) != 1 or (_of_items(kinds) and _has_items(record, view)):
            return None
        obj = view.account_object(found[0]) or view.mapping_object(found[0])
        return finding_of(
            found[0].key, Problem(reason, {"object": obj.name if obj else "what it is mapped to"})
        )

    return naming


def _of_items(kinds: tuple[str, ...]) -> bool:
    """Whether a connected product/service brings what these kinds of mappings do: itself, its accounts."""
    return "item" in kinds or "account" in kinds


def _has_items(record: SourceRecord, view: View) -> bool:
    return any(parent.role == "item" for parent in needs(record, view.rules).parents)


def _mappings(record: SourceRecord, view: View) -> Iterator[Mapping]:
    """Yield the mappings that served a record, each once."""
    keys = required_keys(record, needs(record, view.rules), view)
    served = (*(resolve(key, view, record.date) for key in keys), ledger(record, view))
    yield from {mapping.key: mapping for mapping in served if mapping}.values()


_Naming = Callable[[Finding, SourceRecord, View], Finding | None]

_NAMES: dict[str, _Naming] = {
    "refers_to_nothing": _reference,
    "tax_code_refused": _only(("tax_code",), "tax_code_not_taken"),
    "tax_not_worked_out": _only(("tax_code",), "tax_code_not_taken"),
    "category_on_a_line": _only(("item",), "mapped_to_category"),
    "account_type_refused": _only(
        ("account", "payment_method", "receivable", "payable"), "account_not_taken"
    ),
}
"""How the culprit of a reason is found."""
