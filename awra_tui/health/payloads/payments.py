"""Bodies of payments, bill payments, and the zero payment that applies a credit note."""

from collections.abc import Iterable
from decimal import Decimal

from awra_tui.health.payloads.refs import (
    Refs,
    branch,
    filled,
    header,
    ledger_ref,
    ref,
    reference,
    reference_note,
)
from awra_tui.records.kinds import KINDS
from awra_tui.records.qbo import Json
from awra_tui.records.record import Application
from awra_tui.records.subject import RecordKey


def payment(refs: Refs) -> Json:
    """Return the body of a customer's payment; what it is not applied to stays unapplied."""
    record = refs.record
    return (
        header(refs, reference_note(record))
        | {"CustomerRef": refs.party(), "TotalAmt": refs.amount(record.amount)}
        | ledger_ref(refs)
        | _received(refs)
        | filled(PaymentRefNum=reference(record), Line=_applied(refs))
    )


def bill_payment(refs: Refs) -> Json:
    """Return the body of a payment to a vendor, by cheque or card as its account is."""
    record = refs.record
    fields = {"VendorRef": refs.party(), "TotalAmt": refs.amount(record.amount), "Line": _applied(refs)}
    return (
        header(refs, reference_note(record))
        | fields
        | ledger_ref(refs)
        | _paid_from(refs)
        | filled(DocNumber=record.number or reference(record))
        | branch(refs)
    )


def application(refs: Refs) -> Json:
    """Return the zero payment that sets a credit note against invoices: QuickBooks applies it so."""
    record = refs.record
    memo_id = refs.link(RecordKey(record.kind, record.source_id))
    total = sum((refs.amount(each.amount) for each in record.applications), Decimal(0))
    lines = [_linked(refs, each) for each in record.applications]
    return (header(refs) | ledger_ref(refs)) | {
        "CustomerRef": refs.party(),
        "TotalAmt": Decimal(0),
        "Line": [*lines, _link(total, memo_id, "CreditMemo")],
    }


def applied_links(refs: Refs) -> Iterable[Application]:
    """Return the applications whose record is in QuickBooks."""
    return (
        each for each in refs.record.applications if refs.link_or_none(RecordKey(each.kind, each.source_id))
    )


def _received(refs: Refs) -> Json:
    mapping = refs.mapping("payment_method", refs.record.method) if refs.record.method else None
    if mapping is None:
        return {}
    return filled(
        PaymentMethodRef=ref(mapping.qbo_id) if mapping.qbo_id else {},
        DepositToAccountRef=ref(mapping.account_id) if mapping.account_id else {},
    )


def _paid_from(refs: Refs) -> Json:
    mapping = refs.mapping("payment_method", refs.record.method)
    account = refs.view.account_object(mapping) if mapping else None
    if account is None:
        return {"PayType": "Check"}
    if account.type == "Credit Card":
        return {"PayType": "CreditCard", "CreditCardPayment": {"CCAccountRef": ref(account.id)}}
    return {"PayType": "Check", "CheckPayment": {"BankAccountRef": ref(account.id)}}


def _applied(refs: Refs) -> list[Json]:
    return [_linked(refs, each) for each in applied_links(refs)]


def _linked(refs: Refs, each: Application) -> Json:
    key = RecordKey(each.kind, each.source_id)
    return _link(refs.amount(each.amount), refs.link(key), KINDS[each.kind].entity)


def _link(amount: Decimal, qbo_id: str, txn_type: str) -> Json:
    return {"Amount": amount, "LinkedTxn": [{"TxnId": qbo_id, "TxnType": txn_type}]}
