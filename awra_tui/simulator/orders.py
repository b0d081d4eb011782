"""Purchase orders and the bills made of them: the order closes, and opens when the bill goes."""

from awra_tui.simulator import faults
from awra_tui.simulator.company import Company
from awra_tui.simulator.records import Body, Key, Record, ref_id

_LINK = "Bill.LinkedTxn.TxnId"


def ordered_by(record: Record) -> list[Key]:
    """Return the purchase orders that a bill names in its header."""
    if record.deleted or record.key.entity != "Bill":
        return []
    links = record.body.get("LinkedTxn", [])
    return [Key("PurchaseOrder", str(one.get("TxnId"))) for one in links if _is_order(one)]


def _is_order(link: Body) -> bool:
    return link.get("TxnType") == "PurchaseOrder"


def check(company: Company, bill: Record) -> None:
    """Refuse orders that are not there (610), of another vendor, or billed already (620)."""
    for key in ordered_by(bill):
        order = company.store.get(*key)
        if order is None:
            raise faults.not_found()
        same = ref_id(order.body, "VendorRef") == ref_id(bill.body, "VendorRef")
        if not same or any(other != bill.key for other in bills_of(company, order)):
            raise faults.not_linkable(_LINK)


def bills_of(company: Company, order: Record) -> list[Key]:
    """Return the bills made of a purchase order."""
    bills = company.store.find("Bill", "VendorRef", ref_id(order.body, "VendorRef"))
    return [bill.key for bill in bills if order.key in ordered_by(bill)]


def with_bills(company: Company, order: Record) -> Body:
    """Return the body of a purchase order with its present bills and status."""
    bills = bills_of(company, order)
    links = [{"TxnId": key.id, "TxnType": "Bill"} for key in bills]
    was_billed = bool(order.body.get("LinkedTxn"))
    status = "Closed" if bills else "Open" if was_billed else order.body.get("POStatus", "Open")
    found = {**order.body, "POStatus": status, "LinkedTxn": links}
    return found if links or was_billed else order.body
