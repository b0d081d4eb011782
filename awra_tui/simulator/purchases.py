"""Purchase orders, which post nothing, and bills."""

from datetime import date, timedelta
from decimal import Decimal

from awra_tui.simulator import accounts, faults, money
from awra_tui.simulator.company import Company
from awra_tui.simulator.currency import Entry, code_of, with_currency, with_home_amounts
from awra_tui.simulator.records import Body, Key, Posting, number, ref_id
from awra_tui.simulator.tax import PURCHASES
from awra_tui.simulator.totals import totals


def completed(company: Company, entity: str, body: Body) -> tuple[Body, tuple[Posting, ...]]:
    """Return a purchase order or a bill with all that QuickBooks adds, and its postings."""
    vendor = company.store.get("Vendor", ref_id(body, "VendorRef"))
    found = with_currency(company, body, vendor)
    if not company.american:
        found.setdefault("GlobalTaxCalculation", "TaxExcluded")
    result = totals(company, found, PURCHASES)
    found |= {"Line": result.lines, "TotalAmt": money.shown(result.total)}
    if not company.american:
        found["TxnTaxDetail"] = result.tax_detail
    found = _on_payables(company, found)
    postings = _postings(company, found, result.tax)
    if entity == "PurchaseOrder":
        return with_home_amounts(company, {"POStatus": "Open", **found}, "TotalAmt"), ()
    defaults = {"LinkedTxn": [], "DueDate": _due(company, found)}
    found = {**defaults, **found, "Balance": found["TotalAmt"]}
    return with_home_amounts(company, found, "TotalAmt", "Balance"), postings


def _on_payables(company: Company, body: Body) -> Body:
    """Give the account of payables, and refuse one of another type (6430)."""
    payable = accounts.account_for(company, accounts.PAYABLE, code_of(body))
    found = {"APAccountRef": accounts.account_ref(company, payable), **body}
    if accounts.account_type(company, ref_id(found, "APAccountRef")) != "Accounts Payable":
        raise faults.wrong_account()
    return found


def _postings(company: Company, body: Body, tax: Decimal) -> tuple[Posting, ...]:
    entry = Entry(body)
    for line in body["Line"]:
        if line["DetailType"] != "DescriptionOnly":
            entry.add(_account(company, line), number(line["Amount"]))
    if tax:
        entry.add(accounts.tax_account(company), tax)
    return entry.close(ref_id(body, "APAccountRef"), Key("Vendor", ref_id(body, "VendorRef")))


def _due(company: Company, body: Body) -> str:
    term = company.store.get("Term", ref_id(body, "SalesTermRef"))
    days = int(number(term.body.get("DueDays"))) if term else 0
    return (date.fromisoformat(body["TxnDate"]) + timedelta(days=days)).isoformat()


def _account(company: Company, line: Body) -> str:
    detail = line.get(line["DetailType"], {})
    own = ref_id(detail, "AccountRef") or ref_id(detail, "ItemAccountRef")
    if line["DetailType"] == "AccountBasedExpenseLineDetail" and not own:
        raise faults.FaultError(faults.required("Line.AccountBasedExpenseLineDetail.AccountRef"))
    if own:
        if accounts.account_type(company, own) in accounts.CONTROL:
            raise faults.wrong_account()
        return own
    item = company.store.get("Item", ref_id(detail, "ItemRef"))
    stocked = item is not None and item.body.get("Type") == "Inventory"
    field = "AssetAccountRef" if stocked else "ExpenseAccountRef"
    return accounts.item_account(company, detail, field, accounts.EXPENSE)
