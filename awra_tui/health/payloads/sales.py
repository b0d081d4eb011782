"""Bodies of invoices, credit notes and refunds."""

from decimal import Decimal

from awra_tui.health.payloads import lines as line_bodies
from awra_tui.health.payloads.refs import (
    Refs,
    branch,
    filled,
    header,
    iso,
    ledger_ref,
    ref,
    reference,
    reference_note,
)
from awra_tui.records.qbo import Json
from awra_tui.records.record import Line

_SOLD = "SalesItemLineDetail"


def invoice(refs: Refs) -> Json:
    """Return the body of an invoice."""
    record = refs.record
    return (
        _sale(refs)
        | ledger_ref(refs)
        | filled(DueDate=iso(record.due_date))
        | refs.optional("SalesTermRef", "term", record.terms)
    )


def credit_note(refs: Refs) -> Json:
    """Return the body of a credit memo; it is applied by a payment of its own."""
    return _sale(refs) | ledger_ref(refs)


def refund(refs: Refs) -> Json:
    """Return the body of a refund receipt: income given back, out of the method's account."""
    record = refs.record
    mapping = refs.mapping("payment_method", record.method)
    method = filled(
        PaymentMethodRef=ref(mapping.qbo_id) if mapping and mapping.qbo_id else {},
        DepositToAccountRef=ref(mapping.account_id) if mapping and mapping.account_id else {},
        PaymentRefNum=reference(record),
    )
    return _sale(refs, reference_note(record)) | method


def _sale(refs: Refs, *note_lines: str) -> Json:
    record = refs.record
    fields = filled(CustomerRef=refs.party(), DocNumber=record.number, Line=_lines(refs))
    return (
        header(refs, *note_lines)
        | fields
        | branch(refs)
        | line_bodies.tax_detail(refs)
        | _discount_before_tax(refs)
    )


def _lines(refs: Refs) -> list[Json]:
    sold = [line for line in refs.record.lines if not line.discount]
    off = [line for line in refs.record.lines if line.discount]
    if off and not refs.view.company.allows_discount:
        sold, off = line_bodies.netted(refs.record, sold, _sum(off)), []
    bodies = [line_bodies.item_line(refs, line, _SOLD) for line in sold]
    return [*bodies, line_bodies.discount_line(refs, off)] if off else bodies


def _discount_before_tax(refs: Refs) -> Json:
    off = [line for line in refs.record.lines if line.discount]
    if not off or not refs.view.company.allows_discount:
        return {}
    # QuickBooks calls it "apply tax after discount": the discount lowers what is taxed.
    return {"ApplyTaxAfterDiscount": any(line.tax_rate or line.tax_category for line in off)}


def _sum(lines: list[Line]) -> Decimal:
    return sum((line.amount for line in lines), Decimal(0))
