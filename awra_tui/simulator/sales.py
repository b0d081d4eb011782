"""Invoices, credit memos and refund receipts."""

from datetime import date, timedelta

from awra_tui.simulator import accounts, money
from awra_tui.simulator.company import Company
from awra_tui.simulator.currency import Entry, code_of, with_currency, with_home_amounts
from awra_tui.simulator.records import Body, Key, Posting, Record, number, ref_id
from awra_tui.simulator.tax import SALES
from awra_tui.simulator.totals import totals

_SIGNS = {"Invoice": 1, "CreditMemo": -1, "RefundReceipt": -1}
_ADDRESSES = ("BillAddr", "ShipAddr")
_INVOICE_FLAGS = (
    "AllowIPNPayment",
    "AllowOnlinePayment",
    "AllowOnlineCreditCardPayment",
    "AllowOnlineACHPayment",
)


def completed(company: Company, entity: str, body: Body) -> tuple[Body, tuple[Posting, ...]]:
    """Return a sale with all that QuickBooks adds, and its postings."""
    customer = company.store.get("Customer", ref_id(body, "CustomerRef"))
    found = with_currency(company, body, customer)
    if not company.american:
        found.setdefault("GlobalTaxCalculation", "TaxExcluded")
    result = totals(company, found, SALES)
    subtotal = {
        "Amount": money.shown(result.subtotal),
        "DetailType": "SubTotalLineDetail",
        "SubTotalLineDetail": {},
    }
    found |= {
        "Line": [*result.lines, subtotal],
        "TxnTaxDetail": result.tax_detail,
        "TotalAmt": money.shown(result.total),
    }
    found = _with_defaults(company, entity, found, customer)
    return found, _postings(company, entity, found)


def _with_defaults(company: Company, entity: str, body: Body, customer: Record | None) -> Body:
    found = {
        "ApplyTaxAfterDiscount": False,
        "PrintStatus": "NeedToPrint",
        "EmailStatus": "NotSet",
        "LinkedTxn": [],
        **body,
    }
    found["Balance"] = 0 if entity == "RefundReceipt" else found["TotalAmt"]
    if customer:
        given = {name: customer.body[name] for name in _ADDRESSES if name in customer.body}
        found = given | found
    if entity == "Invoice":
        found = dict.fromkeys(_INVOICE_FLAGS, False) | found
        found.setdefault("DueDate", _due(company, found))
    if entity == "CreditMemo":
        found["RemainingCredit"] = found["TotalAmt"]
    return with_home_amounts(company, found, "TotalAmt", "Balance")


def _due(company: Company, body: Body) -> str:
    term = company.store.get("Term", ref_id(body, "SalesTermRef"))
    days = int(number(term.body.get("DueDays"))) if term else 30
    return (date.fromisoformat(body["TxnDate"]) + timedelta(days=days)).isoformat()


def _postings(company: Company, entity: str, body: Body) -> tuple[Posting, ...]:
    sign = _SIGNS[entity]
    entry = Entry(body)
    for line in body["Line"]:
        amount = number(line["Amount"])
        detail = line.get(line["DetailType"], {})
        if line["DetailType"] == "SalesItemLineDetail":
            entry.add(_income(company, detail), -sign * amount)
        elif line["DetailType"] == "DiscountLineDetail":
            entry.add(_discount(company, detail), sign * amount)
    tax = number(body["TxnTaxDetail"].get("TotalTax"))
    if tax:
        entry.add(accounts.tax_account(company), -sign * tax)
    currency = code_of(body)
    if entity == "RefundReceipt":
        return entry.close(accounts.money_account(company, body, "DepositToAccountRef", currency))
    customer = Key("Customer", ref_id(body, "CustomerRef"))
    return entry.close(accounts.account_for(company, accounts.RECEIVABLE, currency), customer)


def _income(company: Company, detail: Body) -> str:
    own = ref_id(detail, "ItemAccountRef")
    return own or accounts.item_account(company, detail, "IncomeAccountRef", accounts.INCOME)


def _discount(company: Company, detail: Body) -> str:
    own = ref_id(detail, "DiscountAccountRef")
    return own or accounts.account_for(company, accounts.DISCOUNT)
