"""What happens to a record that is in QuickBooks already and has changed in the source."""

import json
from dataclasses import dataclass
from decimal import Decimal

from awra_tui.health.compare import conflicts, differences, merged
from awra_tui.health.open_amounts import applied_ids
from awra_tui.health.payloads import body_of
from awra_tui.health.payloads.refs import Refs
from awra_tui.health.readiness import closed_period
from awra_tui.health.view import View
from awra_tui.records.finding import Finding, Shipment
from awra_tui.records.kinds import KINDS
from awra_tui.records.qbo import Json, Link, QboObject
from awra_tui.records.record import SourceRecord
from awra_tui.records.subject import RecordKey

SPARSE = frozenset({"Customer", "Invoice", "RefundReceipt", "JournalEntry"})
"""Entities of ours that take a sparse update (Intuit: operations of each entity)."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a change in the source leads to: an update, or findings where a person must decide."""

    shipments: tuple[Shipment, ...] = ()
    findings: tuple[Finding, ...] = ()


def update(record: SourceRecord, view: View, link: Link) -> Change:
    """Return the update of what is in QuickBooks, comparing three ways first.

    A field that changed on both sides is a question to a person, never overwritten.
    """
    now = view.object(link.entity, link.qbo_id)
    if now is None or not now.content:
        return Change(findings=(Finding(reason="changed_in_source"),))
    closed = closed_period(now.date, view.company)
    if closed is not None and KINDS[record.kind].posts:
        return Change(findings=(closed,))
    ours = body_of(record, view)
    both = conflicts(_answer(link), now.content, ours)
    if both:
        fields = ", ".join(difference.field for difference in both)
        return Change(findings=(Finding(reason="changed_on_both_sides", values={"fields": fields}),))
    if not differences(ours, now.content):
        return Change()
    return Change(shipments=(_shipment(record, now, ours),))


def has_late_applications(record: SourceRecord, view: View, link: Link) -> bool:
    """Return whether a payment that went partly unapplied can be applied to more by now."""
    now = view.object(link.entity, link.qbo_id)
    if record.kind not in {"payment", "bill_payment"} or now is None or not now.content:
        return False
    refs = Refs(record, view)
    wanted = {refs.link_or_none(RecordKey(each.kind, each.source_id)) for each in record.applications}
    return bool(wanted - {""} - applied_ids(now.content))


def _shipment(record: SourceRecord, now: QboObject, ours: Json) -> Shipment:
    version = {"Id": now.id, "SyncToken": now.sync_token}
    # A sparse update replaces all lines, so ours are always complete.
    body = ours | {"sparse": True} if now.entity in SPARSE else merged(ours, now.content)
    return Shipment(
        kind=record.kind,
        source_id=record.source_id,
        role="main",
        entity=now.entity,
        operation="update",
        body=body | version,
    )


def _answer(link: Link) -> Json:
    if not link.answer:
        return {}
    answer: Json = json.loads(link.answer, parse_float=Decimal)
    inner: Json = answer.get(link.entity, answer)
    return inner
