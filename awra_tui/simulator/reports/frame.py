"""What all reports share: the period asked for, the header, and how rows are written."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from awra_tui.simulator import clock, faults
from awra_tui.simulator.company import Company
from awra_tui.simulator.money import ZERO, cents
from awra_tui.simulator.records import Body, Record, ref_id
from awra_tui.simulator.reports.basis import Movement, accrued, as_paid

Cell = tuple[str, str] | str

FIRST = date(1900, 1, 1)
_NAMES = {
    "CreditMemo": "Credit Memo",
    "SalesReceipt": "Sales Receipt",
    "RefundReceipt": "Refund",
    "BillPayment": "Bill Payment",
    "JournalEntry": "Journal Entry",
    "VendorCredit": "Vendor Credit",
    "Purchase": "Expense",
    "CreditCardPaymentTxn": "Credit Card Payment",
    "InventoryAdjustment": "Inventory Qty Adjust",
    "Item": "Inventory Starting Value",
}
_FILTERS = {"customer": "CustomerRef", "vendor": "VendorRef", "department": "DepartmentRef"}


def _month(today: date) -> date:
    return today.replace(day=1)


def _last_month(today: date) -> tuple[date, date]:
    end = _month(today) - timedelta(days=1)
    return _month(end), end


def _whole_month(today: date) -> tuple[date, date]:
    following = _month(_month(today) + timedelta(days=32))
    return _month(today), following - timedelta(days=1)


def _year(today: date) -> date:
    return date(today.year, 1, 1)


_MACROS: dict[str, Callable[[date], tuple[date, date]]] = {
    "all": lambda today: (FIRST, today),
    "today": lambda today: (today, today),
    "this month": _whole_month,
    "this month-to-date": lambda today: (_month(today), today),
    "last month": _last_month,
    "this year": lambda today: (_year(today), date(today.year, 12, 31)),
    "this year-to-date": lambda today: (_year(today), today),
    "last year": lambda today: (date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
}


class Frame:
    """A report that was asked for: the company, its period, and the filters on transactions.

    Raises a Fault for a date that is none (2030) and a basis that is none (2170).
    """

    def __init__(self, company: Company, name: str, params: dict[str, str]) -> None:
        self.company = company
        self.name = name
        self.params = {key.lower(): value for key, value in params.items() if value}
        self.today = clock.today()
        self.macro = ""
        self.basis = self._basis()

    def _basis(self) -> str:
        own = self.company.preference("ReportPrefs", "ReportBasis") or "Accrual"
        basis = self.params.get("accounting_method", str(own)).capitalize()
        if basis not in {"Accrual", "Cash"}:
            raise faults.bad_enumeration(basis)
        return basis

    def period(self, otherwise: str) -> tuple[date, date]:
        """Return first and last day as asked, else by a macro; fiscal years are calendar years."""
        start, end = self._day("start_date"), self._day("end_date")
        if start or end:
            return start or FIRST, end or self.today
        asked = self.params.get("date_macro", "")
        self.macro = asked or otherwise
        plain = self.macro.lower().replace("fiscal ", "").replace("calendar ", "")
        if plain not in _MACROS:
            raise faults.bad_enumeration(asked)
        return _MACROS[plain](self.today)

    def since(self, end: date) -> date:
        """Return the first day of a report that speaks as of a day: as asked, else its year's."""
        return self._day("start_date") or end.replace(month=1, day=1)

    def report_day(self) -> date:
        """Return the day as of which a report speaks."""
        return self._day("report_date") or self._day("end_date") or self.today

    def _day(self, name: str) -> date | None:
        text = self.params.get(name)
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise faults.bad_id(text) from error

    def movements(self, start: date, end: date) -> Iterator[Movement]:
        """Yield the postings of a period that the filters let through, by day and id."""
        records = [record for record in self.company.store.posted() if self._wanted(record)]
        moved = (one for record in records for one in self._counted(record))
        inside = [one for one in moved if start <= one.day <= end]
        return iter(sorted(inside, key=lambda one: (one.day, int(one.record.key.id), one.record.key.entity)))

    def _counted(self, record: Record) -> Iterator[Movement]:
        return as_paid(self.company, record) if self.basis == "Cash" else accrued(record)

    def _wanted(self, record: Record) -> bool:
        asked = ((field, self.params[name]) for name, field in _FILTERS.items() if name in self.params)
        return all(ref_id(record.body, field) in value.split(",") for field, value in asked)

    def answer(self, columns: Sequence[tuple[str, str]], rows: list[Body], **header: str) -> Body:
        """Put header, columns (title and type) and rows together."""
        shown = [{"ColTitle": title, "ColType": kind} for title, kind in columns]
        return {
            "Header": self._header(header),
            "Columns": {"Column": shown},
            "Rows": {"Row": rows} if rows else {},
        }

    def _header(self, more: dict[str, str]) -> Body:
        options = [{"Name": "NoReportData", "Value": more.pop("empty", "false")}]
        if "standard" in more:
            options.insert(0, {"Name": "AccountingStandard", "Value": more.pop("standard")})
        macro = {"DateMacro": self.macro.lower()} if self.macro and "StartPeriod" in more else {}
        chosen = {name.capitalize(): self.params[name] for name in _FILTERS if name in self.params}
        return {
            "Time": clock.stamp(clock.now()),
            "ReportName": self.name,
            **macro,
            "ReportBasis": self.basis,
            **more,
            "Currency": self.company.home_currency,
            **chosen,
            "Option": options,
        }


def spanned(start: date, end: date) -> dict[str, str]:
    """Return a period as a header writes it."""
    return {"StartPeriod": start.isoformat(), "EndPeriod": end.isoformat()}


def amount(value: Decimal) -> str:
    """Write an amount: two places, and nothing for nothing."""
    return f"{cents(value):f}" if value else ""


def cells(values: Iterable[Cell]) -> list[Body]:
    """Write the cells of a row; a pair is a value and the id behind it."""
    return [{"value": one} if isinstance(one, str) else {"value": one[0], "id": one[1]} for one in values]


def data(*values: Cell) -> Body:
    """Write a row of data."""
    return {"ColData": cells(values), "type": "Data"}


def section(title: Cell, rows: list[Body], summary: Sequence[Cell], group: str = "") -> Body:
    """Write a section: its title, its rows if it has any, its sum, and the name of its group."""
    width = len(summary) - 1
    found: Body = {"Header": {"ColData": cells([title, *[""] * width])}} if title else {}
    if rows:
        found["Rows"] = {"Row": rows}
    found |= {"Summary": {"ColData": cells(summary)}, "type": "Section"}
    return found | {"group": group} if group else found


def kind_of(record: Record) -> Cell:
    """Name the kind of a transaction as people call it, with its id."""
    return _NAMES.get(record.key.entity, record.key.entity), record.key.id


def party_of(record: Record) -> Cell:
    """Name a transaction's customer or vendor; without one both cells are empty."""
    for field in ("CustomerRef", "VendorRef", "EntityRef"):
        if field in record.body:
            ref = record.body[field]
            return str(ref.get("name", "")), str(ref.get("value", ""))
    return "", ""


def by_account(movements: Iterable[Movement]) -> dict[str, Decimal]:
    """Add up postings in home currency per account, debits positive."""
    found: dict[str, Decimal] = {}
    for one in movements:
        found[one.posting.account] = found.get(one.posting.account, ZERO) + one.posting.home
    return found
