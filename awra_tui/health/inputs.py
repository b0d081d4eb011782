"""What decides the outcome of a record, and a digest of it: equal means trying again is useless."""

import hashlib
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as MappingOf

import msgspec

from awra_tui.health.mappings import ledger, resolve
from awra_tui.health.needs import Needs, needs
from awra_tui.health.view import View
from awra_tui.records.finding import Finding, Shipment
from awra_tui.records.mapping import MAPPING_KINDS, Mapping
from awra_tui.records.qbo import Link, QboObject
from awra_tui.records.record import SourceRecord, fingerprint
from awra_tui.records.subject import MappingKey, RecordKey

SETTINGS = (
    "home_currency", "closing_date", "custom_numbers", "multi_currency", "us_tax", "auto_apply_credit",
    "uses_classes", "uses_locations", "allows_discount", "charges_tax", "automated_tax", "takes_bills",
    "edition", "subscription",
)  # fmt: skip
"""The settings of a company that QuickBooks may refuse a record for."""

Place = tuple[str, str]
"""Where an object is: its entity and its id."""


def digest(
    record: SourceRecord, view: View, findings: Sequence[Finding], shipments: Sequence[Shipment]
) -> str:
    """Return 32 hex digits over source, payload, findings, objects concerned and company settings."""
    parts = [
        fingerprint(record),
        [shipment.body for shipment in shipments],
        [(finding.reason, finding.values) for finding in findings],
        sorted(_referred(record, view)),
        [getattr(view.company, name) for name in SETTINGS],
        view.allowed_duplicate(_key(record)),
    ]
    return hashlib.sha256(msgspec.json.encode(parts, order="sorted")).hexdigest()[:32]


def concerned(record: SourceRecord, view: View) -> set[Place]:
    """Return the objects of QuickBooks on which the outcome of a record depends.

    They are what its mappings point to with their tax rates, its own connections, and those of the
    records that it needs.
    """
    needed = needs(record, view.rules)
    return _concerned(_mappings(record, needed, view), _links(record, needed, view), view)


def _referred(record: SourceRecord, view: View) -> Iterator[tuple[str, ...]]:
    needed = needs(record, view.rules)
    mapped, linked = _mappings(record, needed, view), _links(record, needed, view)
    for key, mapping in mapped.items():
        yield (key.text, mapping.qbo_id, mapping.account_id)
    for link in linked:
        yield (link.kind, link.source_id, link.role, link.entity, link.qbo_id)
    for place in _concerned(mapped, linked, view):
        yield _version(place, view.object(*place))


def _mappings(record: SourceRecord, needed: Needs, view: View) -> dict[MappingKey, Mapping]:
    resolved = ((key, resolve(key, view, record.date)) for key in needed.mappings)
    found = {key: mapping for key, mapping in resolved if mapping is not None}
    account = ledger(record, view)
    return found | ({account.key: account} if account else {})


def _links(record: SourceRecord, needed: Needs, view: View) -> list[Link]:
    keys = (_key(record), *(parent.key for parent in needed.parents))
    return [link for key in keys for link in view.links(key)]


def _concerned(mapped: MappingOf[MappingKey, Mapping], linked: Sequence[Link], view: View) -> set[Place]:
    found = {place for mapping in mapped.values() for place in _mapped(mapping, view)}
    return found | {(link.entity, link.qbo_id) for link in linked}


def _mapped(mapping: Mapping, view: View) -> Iterator[Place]:
    kind = MAPPING_KINDS[mapping.key.kind]
    if mapping.qbo_id and kind.entity:
        yield (kind.entity, mapping.qbo_id)
    if mapping.account_id:
        yield (kind.account_entity, mapping.account_id)
    code = view.mapping_object(mapping) if kind.entity == "TaxCode" else None
    if code is not None:
        yield from (("TaxRate", rate) for rate in _rates(code))


def _rates(code: QboObject) -> Iterator[str]:
    """Yield the ids of the rates of a tax code."""
    for side in ("SalesTaxRateList", "PurchaseTaxRateList"):
        listed = code.content.get(side)
        details = listed.get("TaxRateDetail", ()) if isinstance(listed, dict) else ()
        yield from (str(one["TaxRateRef"]["value"]) for one in details if one.get("TaxRateRef"))


def _version(place: Place, obj: QboObject | None) -> tuple[str, ...]:
    if obj is None:
        return (*place, "")
    return (*place, obj.sync_token, str(obj.active), str(obj.deleted))


def _key(record: SourceRecord) -> RecordKey:
    return RecordKey(record.kind, record.source_id)
