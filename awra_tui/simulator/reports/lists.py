"""Lists of accounts, of stock and of tax."""

from collections.abc import Callable
from decimal import Decimal

from awra_tui.simulator import stock
from awra_tui.simulator.money import ZERO
from awra_tui.simulator.records import Body, number
from awra_tui.simulator.reports import chart
from awra_tui.simulator.reports.frame import Frame, amount, data, section, spanned
from awra_tui.simulator.views import view

_ACCOUNTS = (
    ("Account", "account_name"),
    ("Type", "account_type"),
    ("Detail type", "detail_acc_type"),
    ("Description", "account_desc"),
    ("Balance", "account_bal"),
)
_STOCK = (
    ("", "Inventory"),
    ("SKU", "String"),
    ("Qty", "Quantity"),
    ("Asset Value", "Money"),
    ("Avg Cost", "Money"),
)
_TAX = (("", "Account"), ("Taxable", "Money"), ("Tax", "Money"))
_SIGNS = {
    "Invoice": 1,
    "SalesReceipt": 1,
    "CreditMemo": -1,
    "RefundReceipt": -1,
    "Bill": -1,
    "VendorCredit": 1,
}


def account_list(frame: Frame) -> Body:
    """Return the active accounts with their types and balances."""
    found = [one for one in frame.company.store.live("Account") if one.body.get("Active", True)]
    rows = []
    for one in sorted(found, key=lambda one: (chart.ORDER.index(chart.kind(one)), int(one.key.id))):
        body = view(frame.company, one)
        texts = (str(body.get(name, "")) for name in ("AccountType", "AccountSubType", "Description"))
        balance = amount(number(body.get("CurrentBalance")))
        rows.append(data((str(body["FullyQualifiedName"]), one.key.id), *texts, balance))
    return frame.answer(_ACCOUNTS, rows)


def inventory(frame: Frame) -> Body:
    """Return the quantities on hand, each at its item's purchase cost."""
    rows: list[Body] = []
    total = ZERO
    for one in frame.company.store.live("Item"):
        if one.body.get("Type") == "Inventory":
            quantity, cost = stock.on_hand(frame.company, one), number(one.body.get("PurchaseCost"))
            total += quantity * cost
            name = (str(one.body["FullyQualifiedName"]), one.key.id)
            sku = str(one.body.get("Sku", ""))
            rows.append(data(name, sku, f"{quantity:.2f}", amount(quantity * cost), amount(cost)))
    rows.append(section("", [], ("TOTAL", "", "", amount(total), ""), "GrandTotal"))
    day = frame.report_day()
    return frame.answer(_STOCK, rows, **spanned(day, day), SummarizeColumnsBy="Total")


def tax_summary(frame: Frame) -> Body:
    """Return tax by rate over a period: what was sold less what was bought."""
    start, end = frame.period("This month-to-date")
    bases: dict[str, Decimal] = {}
    taxes: dict[str, Decimal] = {}
    for record in {one.record.key: one.record for one in frame.movements(start, end)}.values():
        sign = _SIGNS.get(record.key.entity, 0)
        rate = sign * (number(record.body.get("ExchangeRate")) or Decimal(1))
        for line in record.body.get("TxnTaxDetail", {}).get("TaxLine", ()):
            detail = line.get("TaxLineDetail", {})
            id_ = str(detail.get("TaxRateRef", {}).get("value", ""))
            bases[id_] = bases.get(id_, ZERO) + rate * number(detail.get("NetAmountTaxable"))
            taxes[id_] = taxes.get(id_, ZERO) + rate * number(line.get("Amount"))
    rows: list[Body] = [
        data((_rate_name(frame, id_), id_), amount(bases[id_]), amount(tax)) for id_, tax in taxes.items()
    ]
    rows.append(section("", [], ("TOTAL", "", amount(sum(taxes.values(), ZERO))), "GrandTotal"))
    return frame.answer(_TAX, rows, **spanned(start, end), SummarizeColumnsBy="Total")


def _rate_name(frame: Frame, id_: str) -> str:
    record = frame.company.store.get("TaxRate", id_)
    return str(record.body["Name"]) if record else ""


REPORTS: dict[str, Callable[[Frame], Body]] = {
    "AccountList": account_list,
    "InventoryValuationSummary": inventory,
    "TaxSummary": tax_summary,
}
