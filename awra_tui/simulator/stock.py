"""Quantities of inventory: what is on hand, what it cost, and corrections after a count."""

from decimal import Decimal

from awra_tui.simulator import accounts, bundles, faults, money
from awra_tui.simulator.company import Company
from awra_tui.simulator.currency import Entry
from awra_tui.simulator.money import ZERO
from awra_tui.simulator.records import Body, Posting, Record, class_of, number, ref_id

_SOLD = {"Invoice": 1, "SalesReceipt": 1, "CreditMemo": -1, "RefundReceipt": -1}
_ADJUSTMENT = "ItemAdjustmentLineDetail"


def on_hand(company: Company, item: Record) -> Decimal:
    """Return how many of an item there are: what it began with and all that transactions moved."""
    return number(item.body.get("QtyOnHand")) + company.store.ledger.stock(item.key.id)


def shown(company: Company, item: Record) -> Body:
    """Return what an answer says of an item's quantity."""
    if item.body.get("Type") != "Inventory":
        return {}
    return {"QtyOnHand": money.plain(on_hand(company, item))}


def beginning(company: Company, body: Body, old: Record | None) -> Body:
    """Return an item's body with the quantity at its beginning, such that it now has what was sent."""
    moved = company.store.ledger.stock(old.key.id) if old else ZERO
    return {**body, "QtyOnHand": number(body["QtyOnHand"]) - moved}


def opening(company: Company, body: Body) -> tuple[Posting, ...]:
    """Return the postings of an item's value at its beginning."""
    value = number(body.get("QtyOnHand")) * number(body.get("PurchaseCost"))
    if body.get("Type") != "Inventory" or not value:
        return ()
    entry = Entry({"CurrencyRef": {"value": company.home_currency}})
    entry.add(ref_id(body, "AssetAccountRef"), value)
    return entry.close(accounts.account_for(company, accounts.OPENING))


def cost(company: Company, entity: str, body: Body) -> tuple[Posting, ...]:
    """Return the postings of what sold inventory cost, at its purchase cost.

    Raises a Fault (6520) where an item's stock begins after the day of the transaction.
    """
    sign = _SOLD.get(entity, 0)
    entry = Entry({"CurrencyRef": {"value": company.home_currency}})
    for line in bundles.single(body["Line"]):
        detail = line.get("SalesItemLineDetail", {})
        item = stocked(company, detail, body)
        if item is None or not sign:
            continue
        value = sign * number(detail.get("Qty")) * number(item.body.get("PurchaseCost"))
        expense = ref_id(item.body, "ExpenseAccountRef") or _costs(company)
        entry.add(expense, value, class_id=class_of(detail, body))
        entry.add(ref_id(item.body, "AssetAccountRef"), -value)
    return entry.postings


def _costs(company: Company) -> str:
    return accounts.account_for(company, accounts.COSTS)


def stocked(company: Company, detail: Body, body: Body) -> Record | None:
    """Return the inventory item of a line, or None. Raises a Fault (6520) where its stock begins later."""
    item = company.store.get("Item", ref_id(detail, "ItemRef"))
    if item is None or item.body.get("Type") != "Inventory":
        return None
    if str(body.get("TxnDate", "")) < str(item.body.get("InvStartDate", ""))[:10] and not company.seeding:
        raise faults.before_stock()
    return item


def adjusted(company: Company, entity: str, body: Body) -> tuple[Body, tuple[Posting, ...]]:  # noqa: ARG001
    """Return a correction of quantities, and its postings to the account of such corrections.

    Raises a Fault for a line without its item, or with one that has no stock.
    """
    entry = Entry({"CurrencyRef": {"value": company.home_currency}})
    lines = []
    for place, line in enumerate(body["Line"], start=1):
        detail = line.get(_ADJUSTMENT, {})
        item = stocked(company, detail, body)
        if item is None:
            raise faults.FaultError(faults.required(f"Line.{_ADJUSTMENT}.ItemRef"))
        quantity = number(detail.get("QtyDiff"))
        entry.add(ref_id(item.body, "AssetAccountRef"), quantity * number(item.body.get("PurchaseCost")))
        lines.append({"Id": str(place), **line, _ADJUSTMENT: {**detail, "QtyDiff": money.plain(quantity)}})
    return {**body, "Line": lines}, entry.close(ref_id(body, "AdjustAccountRef"))
