"""Bodies of purchase orders and bills."""

from decimal import Decimal

from awra_tui.health.needs import line_uses_account
from awra_tui.health.payloads import lines as line_bodies
from awra_tui.health.payloads.refs import Refs, branch, filled, header, iso, ledger_ref, ref
from awra_tui.records.qbo import Json
from awra_tui.records.record import Line

_BOUGHT = "ItemBasedExpenseLineDetail"


def bill(refs: Refs) -> Json:
    """Return the body of a bill."""
    record = refs.record
    return (
        _purchase(refs)
        | filled(DueDate=iso(record.due_date))
        | refs.optional("SalesTermRef", "term", record.terms)
    )


def purchase_order(refs: Refs) -> Json:
    """Return the body of a purchase order; QuickBooks wants the payable account named on it."""
    payable = refs.view.default_account("Accounts Payable")
    return filled(APAccountRef=ref(payable.id) if payable else {}) | _purchase(refs)


def _purchase(refs: Refs) -> Json:
    record = refs.record
    fields = filled(VendorRef=refs.party(), DocNumber=record.number, Line=_lines(refs))
    return header(refs) | fields | ledger_ref(refs) | branch(refs) | line_bodies.tax_detail(refs)


def _lines(refs: Refs) -> list[Json]:
    bought = [line for line in refs.record.lines if not line.discount]
    off = sum((line.amount for line in refs.record.lines if line.discount), Decimal(0))
    netted = line_bodies.netted(refs.record, bought, off)
    return [_line(refs, line) for line in line_bodies.with_untold_tax(refs, netted)]


def _line(refs: Refs, line: Line) -> Json:
    if line_uses_account(line):
        return line_bodies.account_line(refs, line)
    return line_bodies.item_line(refs, line, _BOUGHT)
