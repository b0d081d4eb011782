"""Taking a record out of the books again: void it, delete it, make it inactive, or credit it."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from awra_tui.health import wording
from awra_tui.health.changes import SPARSE, version_of
from awra_tui.health.compare import merged
from awra_tui.records import clock
from awra_tui.records.finding import Shipment
from awra_tui.records.kinds import KINDS
from awra_tui.records.qbo import Company, Json, Link, QboObject, mark_of
from awra_tui.records.record import SourceRecord
from awra_tui.records.rules import Rules

REVERSAL = "reversal"
REVERSAL_APPLIED = "reversal application"
"""Roles of a credit note that takes a record back, and of the payment that applies it."""

_OPERATIONS = {
    "Invoice": "void",
    "Payment": "void",
    "BillPayment": "void",
    "Customer": "deactivate",
    "Vendor": "deactivate",
    "Item": "deactivate",
}
_CREDITS = {"Invoice": "CreditMemo", "Bill": "VendorCredit"}
_NUMBER_LIMIT = 21
_KEPT = (
    "CustomerRef", "VendorRef", "CurrencyRef", "ExchangeRate", "DepartmentRef", "ClassRef", "ARAccountRef",
    "APAccountRef", "GlobalTaxCalculation", "ApplyTaxAfterDiscount", "ShipAddr",
)  # fmt: skip
_LINE_OWN = frozenset({"Id", "LineNum", "LinkedTxn", "LineEx"})


def operation_of(entity: str) -> str:
    """Return how an entity leaves the books: ``void``, ``deactivate``, or else ``delete``.

    Source: Intuit, operations of each entity; a void of a bill fails, one of a journal does nothing.
    """
    return _OPERATIONS.get(entity, "delete")


def can_be_credited(entity: str) -> bool:
    """Return whether a credit of the same lines takes back what an entity books."""
    return entity in _CREDITS


def last_filed(company: Company, rules: Rules) -> dt.date | None:
    """Return the last day of what is closed in QuickBooks or filed with the tax authority."""
    return max((day for day in (company.closing_date, rules.filed_until) if day), default=None)


def is_filed(now: QboObject, company: Company, rules: Rules) -> bool:
    """Return whether an object is dated in a closed or filed period, where nothing may change."""
    last = last_filed(company, rules)
    dated = last is not None and now.date is not None and now.date <= last
    return dated and now.entity != "PurchaseOrder"


def withdrawal(record: SourceRecord, now: QboObject) -> Shipment:
    """Return what voids an object, deletes it, or makes it inactive."""
    operation = operation_of(now.entity)
    if operation == "deactivate":
        off: Json = {"Active": False}
        body = off | {"sparse": True} if now.entity in SPARSE else merged(off, now.content)
        return _shipment(record, "main", now.entity, "update", body | version_of(now))
    return _shipment(record, "main", now.entity, operation, version_of(now) | {"sparse": True})


def reversal(record: SourceRecord, now: QboObject, company: Company, rules: Rules) -> Shipment:
    """Return the credit of the same lines as QuickBooks has them, dated after what is closed or filed."""
    content = now.content
    body: Json = {name: content[name] for name in _KEPT if name in content}
    body |= {"TxnDate": credit_date(company, rules).isoformat(), "Line": _lines(content), **_note(record)}
    entity = _CREDITS[now.entity]
    if now.number and (company.custom_numbers or entity == "VendorCredit"):
        body["DocNumber"] = f"CN-{now.number}"[:_NUMBER_LIMIT]
    if company.us_tax and entity == "CreditMemo":
        body["TxnTaxDetail"] = {"TotalTax": content.get("TxnTaxDetail", {}).get("TotalTax", 0)}
    return _shipment(record, REVERSAL, entity, "create", body)


def reversal_application(
    record: SourceRecord, now: QboObject, memo: QboObject, company: Company, rules: Rules
) -> Shipment | None:
    """Return the payment of zero that sets the credit against an invoice, where both are still open."""
    amount = min(now.balance, memo.balance)
    if now.entity != "Invoice" or memo.entity != "CreditMemo" or amount <= 0:
        return None
    names = ("CustomerRef", "CurrencyRef", "ARAccountRef")
    body: Json = {name: now.content[name] for name in names if name in now.content}
    body |= {"TxnDate": credit_date(company, rules).isoformat(), "TotalAmt": Decimal(0), **_note(record)}
    body["Line"] = [
        {"Amount": amount, "LinkedTxn": [{"TxnId": one.id, "TxnType": one.entity}]} for one in (now, memo)
    ]
    return _shipment(record, REVERSAL_APPLIED, "Payment", "create", body)


def reversal_of(links: tuple[Link, ...]) -> Link | None:
    """Return the credit that took a record back, if one did."""
    return next((link for link in links if link.role == REVERSAL), None)


def credit_date(company: Company, rules: Rules) -> dt.date:
    """Return the date of a credit made now: today, but after what is closed or filed."""
    last = last_filed(company, rules)
    after = clock.shifted(last, 1) if last else dt.date.min
    return max(clock.today(), after)


def label_of(record: SourceRecord) -> str:
    """Return the word for the credit that takes back a record of this kind."""
    return "credit note" if KINDS[record.kind].side == "sale" else "vendor credit"


def _shipment(record: SourceRecord, role: str, entity: str, operation: str, body: Json) -> Shipment:
    return Shipment(
        kind=record.kind,
        source_id=record.source_id,
        role=role,
        entity=entity,
        operation=operation,
        body=body,
    )


def _note(record: SourceRecord) -> Json:
    """Return the note of what takes a record back: a mark of its own, and why it is there."""
    mark = mark_of(f"{record.number or record.source_id} taken back")
    why = f"Takes back {wording.inside(wording.title_of(record))}, withdrawn in the source"
    return {"PrivateNote": f"{mark}\n{why}"}


def _lines(content: Json) -> list[Json]:
    lines = [line for line in content.get("Line") or [] if line.get("DetailType") != "SubTotalLineDetail"]
    return [_line(line) for line in lines]


def _line(line: Json) -> Json:
    kept = {name: value for name, value in line.items() if name not in _LINE_OWN}
    detail = kept.get(kept.get("DetailType", ""))
    if isinstance(detail, Mapping):
        plain = {name: value for name, value in detail.items() if name != "ItemAccountRef"}
        kept[kept["DetailType"]] = plain
    return kept
