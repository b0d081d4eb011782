"""Purchase orders, which post nothing, bills and their credits, and what is paid at once."""

from datetime import date
from decimal import Decimal

from awra_tui.simulator import accounts, clock, faults, money, stock
from awra_tui.simulator.company import Company
from awra_tui.simulator.currency import Entry, code_of, with_currency, with_home_amounts
from awra_tui.simulator.records import Body, Key, Posting, Record, class_of, number, ref_id
from awra_tui.simulator.tax import PURCHASES
from awra_tui.simulator.totals import totals


def completed(company: Company, entity: str, body: Body) -> tuple[Body, tuple[Posting, ...]]:
    """Return a purchase with all that QuickBooks adds, and its postings."""
    found, tax = _totalled(company, body, company.store.get("Vendor", ref_id(body, "VendorRef")))
    found = _on_payables(company, found)
    sign = -1 if entity == "VendorCredit" else 1
    entry = _entry(company, found, sign, sign * tax)
    vendor = Key("Vendor", ref_id(found, "VendorRef"))
    if entity == "PurchaseOrder":
        return with_home_amounts(company, {"POStatus": "Open", **found}, "TotalAmt"), ()
    found["Balance"] = found["TotalAmt"]
    if entity == "Bill":
        found = {"LinkedTxn": [], "DueDate": _due(company, found), **found}
    postings = entry.close(ref_id(found, "APAccountRef"), vendor)
    return with_home_amounts(company, found, "TotalAmt", "Balance"), postings


def paid_at_once(company: Company, entity: str, body: Body) -> tuple[Body, tuple[Posting, ...]]:  # noqa: ARG001
    """Return an expense paid by cash, check or card, and its postings; a credit gives back."""
    party = body.get("EntityRef", {})
    person = company.store.get(str(party.get("type", "")), str(party.get("value", "")))
    has_currency = person is not None and "CurrencyRef" in person.body
    found, tax = _totalled(company, body, person if has_currency else None)
    found = {"Credit": False, "PrintStatus": "NeedToPrint", **found}
    sign = -1 if found["Credit"] else 1
    money_out = accounts.money_account(company, found, "AccountRef", code_of(found))
    postings = _entry(company, found, sign, sign * tax).close(money_out)
    return with_home_amounts(company, found, "TotalAmt"), postings


def _totalled(company: Company, body: Body, party: Record | None) -> tuple[Body, Decimal]:
    found = with_currency(company, body, party)
    if not company.american:
        found.setdefault("GlobalTaxCalculation", "TaxExcluded")
    result = totals(company, found, PURCHASES)
    found |= {"Line": result.lines, "TotalAmt": money.shown(result.total)}
    if not company.american:
        found["TxnTaxDetail"] = result.tax_detail
    return found, result.tax


def _on_payables(company: Company, body: Body) -> Body:
    """Give the account of payables, and refuse one of another type (6430)."""
    payable = accounts.account_for(company, accounts.PAYABLE, code_of(body))
    found = {"APAccountRef": accounts.account_ref(company, payable), **body}
    if accounts.account_type(company, ref_id(found, "APAccountRef")) != "Accounts Payable":
        raise faults.wrong_account()
    return found


def _entry(company: Company, body: Body, sign: int, tax: Decimal) -> Entry:
    entry = Entry(body)
    for line in body["Line"]:
        if line["DetailType"] != "DescriptionOnly":
            amount = sign * number(line["Amount"])
            class_id = class_of(line.get(line["DetailType"], {}), body)
            entry.add(_account(company, line, body), amount, class_id=class_id)
    if tax:
        entry.add(accounts.tax_account(company), tax)
    return entry


def _due(company: Company, body: Body) -> str:
    term = company.store.get("Term", ref_id(body, "SalesTermRef"))
    days = int(number(term.body.get("DueDays"))) if term else 0
    return clock.later(date.fromisoformat(body["TxnDate"]), days).isoformat()


def _account(company: Company, line: Body, body: Body) -> str:
    detail = line.get(line["DetailType"], {})
    own = ref_id(detail, "AccountRef") or ref_id(detail, "ItemAccountRef")
    if line["DetailType"] == "AccountBasedExpenseLineDetail" and not own:
        raise faults.FaultError(faults.required("Line.AccountBasedExpenseLineDetail.AccountRef"))
    if own:
        if accounts.account_type(company, own) in accounts.CONTROL:
            raise faults.wrong_account()
        return own
    field = "AssetAccountRef" if stock.stocked(company, detail, body) else "ExpenseAccountRef"
    return accounts.item_account(company, detail, field, accounts.EXPENSE)
