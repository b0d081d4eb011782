"""Invoices, credit memos, sales and refund receipts, and estimates, which post nothing."""

from datetime import date

from awra_tui.simulator import accounts, bundles, clock, money, stock
from awra_tui.simulator.company import Company
from awra_tui.simulator.currency import Entry, code_of, with_currency, with_home_amounts
from awra_tui.simulator.records import Body, Key, Posting, Record, class_of, number, ref_id
from awra_tui.simulator.tax import SALES
from awra_tui.simulator.totals import totals

_SIGNS = {"Invoice": 1, "CreditMemo": -1, "RefundReceipt": -1, "SalesReceipt": 1}
# Paid at once: money moves instead of a receivable.
_RECEIPTS = frozenset({"RefundReceipt", "SalesReceipt"})
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
        "Line": _with_subtotal(result.lines, subtotal),
        "TxnTaxDetail": result.tax_detail,
        "TotalAmt": money.shown(result.total),
    }
    found = _with_defaults(company, entity, found, customer)
    return found, () if entity == "Estimate" else _postings(company, entity, found)


def _with_subtotal(lines: list[Body], subtotal: Body) -> list[Body]:
    """Put the subtotal after what was sold and before what is taken off."""
    discounts = [line for line in lines if line["DetailType"] == "DiscountLineDetail"]
    return [*(line for line in lines if line not in discounts), subtotal, *discounts]


def _with_defaults(company: Company, entity: str, body: Body, customer: Record | None) -> Body:
    found = {
        "ApplyTaxAfterDiscount": False,
        "PrintStatus": "NeedToPrint",
        "EmailStatus": "NotSet",
        **_custom_fields(company),
        **body,
    }
    if customer:
        given = {name: customer.body[name] for name in _ADDRESSES if name in customer.body}
        found = given | found
    found = _OWN[entity](company, found)
    return with_home_amounts(company, found, "TotalAmt", "Balance")


def _custom_fields(company: Company) -> Body:
    """Return the custom fields that the company's sales forms show, without values."""
    shown = []
    for group in company.preference("SalesFormsPrefs", "CustomField") or ():
        for one in group.get("CustomField", ()):
            number_, name = one.get("Name", "")[-1:], one.get("StringValue")
            if name and number_.isdigit():
                shown.append({"DefinitionId": number_, "Name": name, "Type": "StringType"})
    return {"CustomField": shown} if shown else {}


def _invoice(company: Company, body: Body) -> Body:
    found = {**dict.fromkeys(_INVOICE_FLAGS, False), "LinkedTxn": [], **body, "Balance": body["TotalAmt"]}
    found.setdefault("DueDate", _due(company, found))
    return found


def _credit(company: Company, body: Body) -> Body:  # noqa: ARG001
    total = body["TotalAmt"]
    return {"LinkedTxn": [], **body, "Balance": total, "RemainingCredit": total}


def _refund(company: Company, body: Body) -> Body:  # noqa: ARG001
    return {"LinkedTxn": [], **body, "Balance": 0}


def _receipt(company: Company, body: Body) -> Body:
    account = accounts.money_account(company, body, "DepositToAccountRef", code_of(body))
    return {**body, "Balance": 0, "DepositToAccountRef": accounts.account_ref(company, account)}


def _estimate(company: Company, body: Body) -> Body:  # noqa: ARG001
    return {"TxnStatus": "Pending", **body}


_OWN = {
    "Invoice": _invoice,
    "CreditMemo": _credit,
    "RefundReceipt": _refund,
    "SalesReceipt": _receipt,
    "Estimate": _estimate,
}


def _due(company: Company, body: Body) -> str:
    term = company.store.get("Term", ref_id(body, "SalesTermRef"))
    days = int(number(term.body.get("DueDays"))) if term else 30
    return clock.later(date.fromisoformat(body["TxnDate"]), days).isoformat()


def _postings(company: Company, entity: str, body: Body) -> tuple[Posting, ...]:
    sign = _SIGNS[entity]
    entry = Entry(body)
    for line in bundles.single(body["Line"]):
        amount = number(line["Amount"])
        detail = line.get(line["DetailType"], {})
        if line["DetailType"] == "SalesItemLineDetail":
            entry.add(_income(company, detail), -sign * amount, class_id=class_of(detail, body))
        elif line["DetailType"] == "DiscountLineDetail":
            entry.add(_discount(company, detail), sign * amount, class_id=class_of(detail, body))
    tax = number(body["TxnTaxDetail"].get("TotalTax"))
    if tax:
        entry.add(accounts.tax_account(company), -sign * tax)
    currency = code_of(body)
    costs = stock.cost(company, entity, body)
    if entity in _RECEIPTS:
        return costs + entry.close(accounts.money_account(company, body, "DepositToAccountRef", currency))
    customer = Key("Customer", ref_id(body, "CustomerRef"))
    return costs + entry.close(accounts.account_for(company, accounts.RECEIVABLE, currency), customer)


def _income(company: Company, detail: Body) -> str:
    own = ref_id(detail, "ItemAccountRef")
    return own or accounts.item_account(company, detail, "IncomeAccountRef", accounts.INCOME)


def _discount(company: Company, detail: Body) -> str:
    own = ref_id(detail, "DiscountAccountRef")
    return own or accounts.account_for(company, accounts.DISCOUNT)
