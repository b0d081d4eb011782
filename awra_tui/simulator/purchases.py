"""Purchase orders, which post nothing, and bills."""

from datetime import date, timedelta

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
    payable = accounts.account_for(company, accounts.PAYABLE, code_of(found))
    found.setdefault("APAccountRef", accounts.account_ref(company, payable))
    if accounts.account_type(company, ref_id(found, "APAccountRef")) != "Accounts Payable":
        raise faults.wrong_account()
    lines = [line for line in found["Line"] if line["DetailType"] != "DescriptionOnly"]
    booked = [(_account(company, line), number(line["Amount"])) for line in lines]
    if entity == "PurchaseOrder":
        found.setdefault("POStatus", "Open")
        return with_home_amounts(company, found, "TotalAmt"), ()
    found["Balance"] = found["TotalAmt"]
    found.setdefault("LinkedTxn", [])
    found.setdefault("DueDate", _due(company, found))
    found = with_home_amounts(company, found, "TotalAmt", "Balance")
    tax = number(result.tax_detail.get("TotalTax"))
    entry = Entry(found)
    for account, amount in booked:
        entry.add(account, amount)
    if tax:
        entry.add(accounts.tax_account(company), tax)
    party = Key("Vendor", ref_id(found, "VendorRef"))
    return found, entry.close(ref_id(found, "APAccountRef"), party)


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
