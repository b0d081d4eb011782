"""Fields of QuickBooks' objects in the words of people, the ones that matter most first."""

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from awra_tui.health.compare import Difference
from awra_tui.records.money import rounded, shown

_WORDS = {
    "TotalAmt": "total",
    "Amount": "amount",
    "UnitPrice": "price",
    "Qty": "quantity",
    "CustomerRef": "customer",
    "VendorRef": "vendor",
    "EntityRef": "customer or vendor",
    "TxnDate": "date",
    "DueDate": "due date",
    "DocNumber": "number",
    "PaymentRefNum": "reference",
    "Line": "list of lines",
    "ItemRef": "product/service",
    "AccountRef": "account",
    "ClassRef": "class",
    "DepartmentRef": "location",
    "TaxCodeRef": "tax code",
    "SalesTermRef": "terms",
    "CurrencyRef": "currency",
    "DisplayName": "name",
    "PrimaryEmailAddr": "email",
    "PrimaryPhone": "phone",
    "BillAddr": "billing address",
    "ShipAddr": "shipping address",
    "PrivateNote": "memo",
    "CustomerMemo": "message to the customer",
}
_MONEY = re.compile(r"(Amt|Amount|Price|Cost|Balance)$")
_ORDER = (
    _MONEY,
    re.compile(r"^(Customer|Vendor|Entity)Ref$"),
    re.compile(r"Date$"),
    re.compile(r"^(DocNumber|PaymentRefNum)$"),
    re.compile(r"^Line\b"),
    re.compile(r"^(?!PrivateNote$)"),
)
"""What a sentence names first: amounts, then party, date, number and lines; the note last."""
_CAPITALS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def label(name: str) -> str:
    """Write a field for people: ``Line 1.ItemRef`` as ``line 1 product/service``."""
    return " ".join(_WORDS.get(step) or _split(step) for step in name.split("."))


def ordered(found: Iterable[Difference]) -> list[Difference]:
    """Return differences with the ones that matter most first, else as they come."""
    return sorted(found, key=lambda one: _place(one.field))


def for_people(one: Difference, currency: str) -> Difference:
    """Return a difference with its amounts written as money of ``currency``; all else stays."""
    if not _MONEY.search(one.field):
        return one
    ours, theirs, last = (_amount(text, currency) for text in (one.ours, one.theirs, one.last))
    return replace(one, ours=ours, theirs=theirs, last=last)


def _place(name: str) -> int:
    return next((place for place, which in enumerate(_ORDER) if which.search(name)), len(_ORDER))


def _split(name: str) -> str:
    words = _CAPITALS.sub(" ", name.removesuffix("Ref") or name).split(" ")
    return " ".join(word if len(word) > 1 and word.isupper() else word.lower() for word in words)


def _amount(text: str, currency: str) -> str:
    """Write an amount with the currency's decimals, unless that would round it."""
    try:
        amount = Decimal(text)
        return shown(amount, currency) if rounded(amount, currency) == amount else text
    except InvalidOperation:
        return text
