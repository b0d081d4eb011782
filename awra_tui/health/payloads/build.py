"""What is to be sent for a record: one shipment for each role that is not in QuickBooks yet."""

from collections.abc import Callable

from awra_tui.health.open_amounts import is_applied
from awra_tui.health.payloads import journal, names, payments, purchases, sales
from awra_tui.health.payloads.refs import Refs
from awra_tui.health.view import View
from awra_tui.records.finding import Shipment
from awra_tui.records.kinds import KINDS
from awra_tui.records.qbo import Json
from awra_tui.records.record import SourceRecord
from awra_tui.records.subject import RecordKey

_MAIN: dict[str, Callable[[Refs], Json]] = {
    "customer": names.customer,
    "vendor": names.vendor,
    "item": names.item,
    "purchase_order": purchases.purchase_order,
    "invoice": sales.invoice,
    "bill": purchases.bill,
    "credit_note": sales.credit_note,
    "payment": payments.payment,
    "bill_payment": payments.bill_payment,
    "refund": sales.refund,
    "journal": journal.journal,
}


def roles(record: SourceRecord) -> tuple[str, ...]:
    """Return the roles in which a record is to be in QuickBooks, in the order of sending."""
    applies = record.kind == "credit_note" and record.applications
    return ("main", "application") if applies else ("main",)


def body_of(record: SourceRecord, view: View, role: str = "main") -> Json:
    """Return the body of a record in a role; what it refers to must be in QuickBooks."""
    refs = Refs(record, view)
    return payments.application(refs) if role == "application" else _MAIN[record.kind](refs)


def missing_roles(record: SourceRecord, view: View) -> tuple[str, ...]:
    """Return the roles in which a record is not in QuickBooks yet.

    A credit that somebody applied there as the source says needs no application of ours.
    """
    linked = {link.role for link in view.links(RecordKey(record.kind, record.source_id))}
    missing = tuple(role for role in roles(record) if role not in linked)
    return () if missing == ("application",) and is_applied(record, view) else missing


def build(record: SourceRecord, view: View) -> tuple[Shipment, ...]:
    """Return the shipment that creates the next missing role of a record; nothing if none is missing.

    Roles go one after the other: an application names the id that QuickBooks gave to the main one.
    """
    return tuple(_creation(record, view, role) for role in missing_roles(record, view)[:1])


def _creation(record: SourceRecord, view: View, role: str) -> Shipment:
    return Shipment(
        kind=record.kind,
        source_id=record.source_id,
        role=role,
        entity="Payment" if role == "application" else KINDS[record.kind].entity,
        operation="create",
        body=body_of(record, view, role),
    )
