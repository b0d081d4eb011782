"""A digest of everything that decides the outcome of a record: equal means trying again is useless."""

import hashlib
from collections.abc import Iterator, Sequence

import msgspec

from awra_tui.health.mappings import resolve
from awra_tui.health.needs import needs
from awra_tui.health.view import View
from awra_tui.records.finding import Finding, Shipment
from awra_tui.records.qbo import QboObject
from awra_tui.records.record import SourceRecord, fingerprint
from awra_tui.records.subject import RecordKey


def digest(
    record: SourceRecord, view: View, findings: Sequence[Finding], shipments: Sequence[Shipment]
) -> str:
    """Return 32 hex digits over source, payload, findings, referenced objects and company settings."""
    company = view.company
    parts = [
        fingerprint(record),
        [shipment.body for shipment in shipments],
        [(finding.reason, finding.values) for finding in findings],
        sorted(_referred(record, view)),
        [company.closing_date, company.custom_numbers, company.multi_currency, company.us_tax],
        view.allowed_duplicate(RecordKey(record.kind, record.source_id)),
    ]
    return hashlib.sha256(msgspec.json.encode(parts, order="sorted")).hexdigest()[:32]


def _referred(record: SourceRecord, view: View) -> Iterator[tuple[str, ...]]:
    needed = needs(record, view.rules)
    for key in needed.mappings:
        mapping = resolve(key, view)
        if mapping is not None:
            yield (key.text, mapping.qbo_id, mapping.account_id)
            yield _version(view.mapping_object(mapping))
            yield _version(view.account_object(mapping))
    own = RecordKey(record.kind, record.source_id)
    for each in (own, *(parent.key for parent in needed.parents)):
        for link in view.links(each):
            yield (each.text, link.role, *_version(view.object(link.entity, link.qbo_id)))


def _version(obj: QboObject | None) -> tuple[str, ...]:
    if obj is None:
        return ("",)
    return (obj.entity, obj.id, obj.sync_token, str(obj.active), str(obj.deleted))
