"""Sales and expenses of a period by customer, vendor, item, class or location."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from awra_tui.simulator.bundles import single
from awra_tui.simulator.money import ZERO
from awra_tui.simulator.records import Body, Record, number
from awra_tui.simulator.reports import chart
from awra_tui.simulator.reports.frame import Frame, amount, data, section, spanned

_SALES = {"Invoice": 1, "SalesReceipt": 1, "CreditMemo": -1, "RefundReceipt": -1}
_EXPENSES = frozenset({"Cost of Goods Sold", "Expense", "Other Expense"})
_INCOME = frozenset({"Income", "Other Income"})
_NOBODY = ("Not Specified", "")

Name = tuple[str, str]
Totals = dict[Name, Decimal]


def _name(holder: Body, field: str) -> Name:
    ref = holder.get(field)
    return (str(ref.get("name", "")), str(ref.get("value", ""))) if isinstance(ref, dict) else _NOBODY


def _sold_lines(frame: Frame) -> Iterator[tuple[Record, Body, Decimal]]:
    """Yield the lines sold in a period, with amounts in home currency before tax."""
    start, end = frame.period("This month-to-date")
    for record in {one.record.key: one.record for one in frame.movements(start, end)}.values():
        rate = number(record.body.get("ExchangeRate")) or Decimal(1)
        for line in single(record.body.get("Line", ())) if record.key.entity in _SALES else ():
            if line.get("DetailType") == "SalesItemLineDetail":
                yield record, line, number(line["Amount"]) * rate * _SALES[record.key.entity]


def _sales_by(title: str, naming: Callable[[Record, Body], Name]) -> Callable[[Frame], Body]:
    def sales(frame: Frame) -> Body:
        found: Totals = {}
        for record, line, value in _sold_lines(frame):
            name = naming(record, line)
            found[name] = found.get(name, ZERO) + value
        return _summary(frame, title, found)

    return sales


def _of_line(field: str) -> Callable[[Record, Body], Name]:
    return lambda record, line: _name({**record.body, **line["SalesItemLineDetail"]}, field)


def _of_header(field: str) -> Callable[[Record, Body], Name]:
    return lambda record, _: _name(record.body, field)


def _moved_by(title: str, field: str, kinds: frozenset[str], sign: int) -> Callable[[Frame], Body]:
    def moved(frame: Frame) -> Body:
        found: Totals = {}
        start, end = frame.period("This month-to-date")
        for one in frame.movements(start, end):
            account = frame.company.account(one.posting.account)
            if account is None or chart.kind(account) not in kinds or field not in one.record.body:
                continue
            name = _name(one.record.body, field)
            found[name] = found.get(name, ZERO) + sign * one.posting.home
        return _summary(frame, title, found)

    return moved


def _summary(frame: Frame, title: str, totals: Totals) -> Body:
    start, end = frame.period("This month-to-date")
    rows: list[Body] = [data(name, amount(value)) for name, value in sorted(totals.items())]
    rows.append(section("", [], ("TOTAL", amount(sum(totals.values(), ZERO))), "GrandTotal"))
    empty = str(not totals).lower()
    columns = (("", title), ("Total", "Money"))
    return frame.answer(columns, rows, **spanned(start, end), SummarizeColumnsBy="Total", empty=empty)


REPORTS: dict[str, Callable[[Frame], Body]] = {
    "CustomerSales": _sales_by("Customer", _of_header("CustomerRef")),
    "ItemSales": _sales_by("ProductsAndService", _of_line("ItemRef")),
    "ClassSales": _sales_by("Class", _of_line("ClassRef")),
    "DepartmentSales": _sales_by("Department", _of_header("DepartmentRef")),
    "CustomerIncome": _moved_by("Customer", "CustomerRef", _INCOME, -1),
    "VendorExpenses": _moved_by("Vendor", "VendorRef", _EXPENSES, 1),
}
