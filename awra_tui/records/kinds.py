"""The table of kinds: what can be sent, in the order in which it must be fixed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of source record.

    ``level`` is the depth in the order of work: everything of a lower level is sent first.
    ``label`` and ``plural`` are what screens say, in QuickBooks' words. ``money_of`` names the kind of the
    documents that its money is counted with: what pays them, or what they are made of.
    """

    name: str
    label: str
    plural: str
    level: int
    entity: str
    side: str = ""
    party: str = ""
    page: str = ""
    posts: bool = True
    money_of: str = ""

    @property
    def is_name(self) -> bool:
        """Whether QuickBooks keeps it in a name list: never deleted, unique by name."""
        return self.level <= 1


_ALL = (
    Kind("customer", "Customer", "Customers", 0, "Customer", "sale", page="customerdetail?nameId={id}"),
    Kind("vendor", "Vendor", "Vendors", 0, "Vendor", "purchase", page="vendordetail?nameId={id}"),
    Kind("item", "Product/service", "Products/services", 1, "Item", page="items"),
    Kind(
        "purchase_order", "Purchase order", "Purchase orders", 2, "PurchaseOrder", "purchase", "vendor",
        "purchaseorder?txnId={id}", posts=False, money_of="bill",
    ),
    Kind("invoice", "Invoice", "Invoices", 3, "Invoice", "sale", "customer", "invoice?txnId={id}"),
    Kind("bill", "Bill", "Bills", 3, "Bill", "purchase", "vendor", "bill?txnId={id}"),
    Kind(
        "credit_note", "Credit note", "Credit notes", 4, "CreditMemo", "sale", "customer",
        "creditmemo?txnId={id}",
    ),
    Kind(
        "payment", "Payment", "Payments", 5, "Payment", "sale", "customer", "recvpayment?txnId={id}",
        money_of="invoice",
    ),
    Kind(
        "bill_payment", "Bill payment", "Bill payments", 5, "BillPayment", "purchase", "vendor",
        "billpayment?txnId={id}", money_of="bill",
    ),
    Kind(
        "refund", "Refund", "Refunds", 6, "RefundReceipt", "sale", "customer",
        "refundreceipt?txnId={id}",
    ),
    Kind("journal", "Journal entry", "Journal entries", 7, "JournalEntry", page="journal?txnId={id}"),
)  # fmt: skip

KINDS: dict[str, Kind] = {kind.name: kind for kind in _ALL}
"""Every kind by its name, in order of work."""

ORDER: dict[str, int] = {name: place for place, name in enumerate(KINDS)}
"""The place of each kind in the order of work, from 0."""

LEVELS: tuple[tuple[str, ...], ...] = tuple(
    tuple(kind.name for kind in _ALL if kind.level == level)
    for level in sorted({kind.level for kind in _ALL})
)
"""Kinds that may be sent together, lowest level first."""


def kind_of(name: str) -> Kind:
    """Return the kind called ``name``; raise KeyError with a sentence that lists what is allowed."""
    try:
        return KINDS[name]
    except KeyError:
        allowed = ", ".join(KINDS)
        raise KeyError(f"There is no kind {name!r}; kinds are {allowed}.") from None


def counted(kind: str, number: int) -> str:
    """Return ``2 invoices``; of what is no kind of record, ``2 warnings``."""
    if kind not in KINDS:
        return f"{number:,} {'warning' if number == 1 else 'warnings'}"
    word = KINDS[kind].label if number == 1 else KINDS[kind].plural
    return f"{number:,} {word.lower()}"
