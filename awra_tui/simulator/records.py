"""What the books are made of: objects, their postings, and links between transactions."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from awra_tui.simulator.jsontext import Json

Body = dict[str, Json]

# The word by which a link calls a transaction, where it is not the entity's name.
_LINK_ENTITIES = {"BillPaymentCheck": "BillPayment", "BillPaymentCreditCard": "BillPayment"}


class Key(NamedTuple):
    """Which object: entity and id."""

    entity: str
    id: str


class Posting(NamedTuple):
    """One line in the general ledger: debits are positive.

    `home` is in home currency, `amount` in the transaction's; `party` is the customer or vendor
    whose balance moves with it, or None; `class_id` is the id of the line's class, or empty.
    """

    account: str
    home: Decimal
    amount: Decimal
    currency: str
    party: Key | None = None
    class_id: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One object as stored. The body is never changed in place; a deleted one is a tombstone."""

    key: Key
    body: Body
    postings: tuple[Posting, ...] = ()
    deleted: bool = False

    @property
    def updated(self) -> str:
        """The time of the last change as MetaData writes it."""
        return str(self.body.get("MetaData", {}).get("LastUpdatedTime", ""))


# Whether quantities on the lines of a transaction come in (1) or go out (-1).
_STOCK = {
    "Invoice": -1,
    "SalesReceipt": -1,
    "CreditMemo": 1,
    "RefundReceipt": 1,
    "Bill": 1,
    "Purchase": 1,
    "VendorCredit": -1,
    "InventoryAdjustment": 1,
}
_QUANTITIES = {
    "SalesItemLineDetail": "Qty",
    "ItemBasedExpenseLineDetail": "Qty",
    "ItemAdjustmentLineDetail": "QtyDiff",
}


def number(value: object) -> Decimal:
    """Return a JSON number as Decimal; what is not there counts as zero."""
    if isinstance(value, Decimal):
        return value
    return Decimal(value) if isinstance(value, int | str) and value != "" else Decimal(0)


def ref_id(body: Body, name: str) -> str:
    """Return the id that a reference field holds, or an empty text."""
    found = body.get(name)
    return str(found.get("value", "")) if isinstance(found, dict) else ""


def class_of(detail: Body, body: Body) -> str:
    """Return the id of a line's class, which stands on the line or on the whole form."""
    return ref_id(detail, "ClassRef") or ref_id(body, "ClassRef")


def moved(record: Record) -> Iterator[tuple[str, Decimal]]:
    """Yield the items whose quantity a transaction changes, and by how much; bundles by what is in them."""
    sign = _STOCK.get(record.key.entity)
    if record.deleted or sign is None:
        return
    sign = -sign if record.body.get("Credit") else sign
    for outer in record.body.get("Line", ()):
        for line in outer.get("GroupLineDetail", {}).get("Line", (outer,)):
            detail = line.get(line.get("DetailType", ""), {})
            quantity = number(detail.get(_QUANTITIES.get(line.get("DetailType", ""), "")))
            if quantity:
                yield ref_id(detail, "ItemRef"), sign * quantity


def applied(record: Record) -> Iterator[tuple[Key, Decimal]]:
    """Yield the transactions that a payment settles, with amounts in its currency."""
    if record.deleted or record.key.entity not in {"Payment", "BillPayment"}:
        return
    for line in record.body.get("Line", ()):
        for link in line.get("LinkedTxn", ()):
            kind = str(link.get("TxnType", ""))
            key = Key(_LINK_ENTITIES.get(kind, kind), str(link.get("TxnId", "")))
            yield key, number(line.get("Amount"))
