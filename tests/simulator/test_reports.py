"""Reports say what the books say."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from awra_tui.simulator.company import Company
from awra_tui.simulator.entities import ENTITIES
from awra_tui.simulator.faults import FaultError
from awra_tui.simulator.operations import perform
from awra_tui.simulator.reports import _REPORTS, report
from tests.simulator.qbo import ANCHOR, Qbo, Watch, bill, journal, line, payment, sale

YEAR = {"start_date": "2026-01-01", "end_date": "2026-12-31"}


def rows(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for row in body.get("Row", ()):
        yield row
        yield from rows(row.get("Rows", {}))


def summary(found: dict[str, Any], title: str) -> list[str]:
    """Return the values of the only sum or line of a title."""
    matching = [
        cells
        for row in rows(found["Rows"])
        for cells in (row.get("Summary", row).get("ColData", []),)
        if cells and cells[0]["value"] == title
    ]
    (cells,) = matching
    return [cell["value"] for cell in cells[1:]]


@pytest.fixture
def company(watch: Watch) -> Company:
    found = Company("empty-us", None, ANCHOR)
    for entity, body in (
        ("Customer", {"DisplayName": "Amani"}),
        ("Customer", {"DisplayName": "Zawadi"}),
        ("Vendor", {"DisplayName": "Baraka"}),
        ("Invoice", sale("1", 100, TxnDate="2026-07-01", DueDate="2026-08-01")),
        ("Invoice", sale("2", 40, TxnDate="2026-11-05", DueDate="2026-12-05")),
        ("SalesReceipt", {**sale("1", 25, TxnDate="2026-11-06"), "Line": [line(25, "3")]}),
        ("Payment", payment("1", 30, ("Invoice", "1", 30)) | {"TxnDate": "2026-11-07"}),
        ("CreditMemo", sale("2", 15, TxnDate="2026-11-08")),
        ("Bill", bill("3", 60, TxnDate="2026-11-02", DueDate="2026-11-09")),
        ("JournalEntry", journal(("Debit", "29", 5, {}), ("Credit", "1", 5, {})) | {"TxnDate": "2025-12-31"}),
    ):
        perform(found, ENTITIES[entity], "create", body, frozenset())
    return found


def test_profit_and_loss(company: Company) -> None:
    found = report(company, "ProfitAndLoss", YEAR)
    totals = {name: summary(found, name) for name in ("Total Income", "Total Expenses", "Net Income")}
    assert totals == {"Total Income": ["150.00"], "Total Expenses": ["60.00"], "Net Income": ["90.00"]}
    assert found["Header"]["Option"][-1] == {"Name": "NoReportData", "Value": "false"}
    only = report(company, "profitandloss", {**YEAR, "customer": "2"})
    assert (summary(only, "Net Income"), only["Header"]["Customer"]) == (["25.00"], "2")
    nothing = report(company, "ProfitAndLoss", {"start_date": "2020-01-01", "end_date": "2020-01-31"})
    assert nothing["Header"]["Option"][-1]["Value"] == "true"


def test_the_balance_sheet_balances(company: Company) -> None:
    found = report(company, "BalanceSheet", YEAR)
    assert summary(found, "TOTAL ASSETS") == summary(found, "TOTAL LIABILITIES AND EQUITY") == ["145.00"]
    assert summary(found, "Total Accounts Receivable") == ["95.00"]


def test_the_trial_balance_agrees_with_the_ledger(company: Company) -> None:
    found = report(company, "TrialBalance", YEAR)
    debit, credit = summary(found, "TOTAL")
    assert debit == credit
    kept = company.store.ledger.trial_balance()
    shown = {
        row["ColData"][0]["id"]: Decimal(row["ColData"][1]["value"] or "-" + row["ColData"][2]["value"])
        for row in rows(found["Rows"])
        if "ColData" in row
    }
    assert shown == kept


def test_the_ledger_of_a_month_begins_with_what_was_there(company: Company) -> None:
    found = report(company, "GeneralLedger", {"start_date": "2026-11-01", "end_date": "2026-11-30"})
    (receivable,) = (
        row for row in found["Rows"]["Row"] if row["Header"]["ColData"][0]["value"].startswith("Accounts Rec")
    )
    balances = [row["ColData"][-1]["value"] for row in receivable["Rows"]["Row"]]
    assert balances == ["100.00", "140.00", "110.00", "95.00"]
    assert receivable["Summary"]["ColData"][6]["value"] == "-5.00"
    dated = report(company, "GeneralLedger", {"date_macro": "Last Calendar Year"})
    assert dated["Header"]["DateMacro"] == "last calendar year"
    assert dated["Header"]["StartPeriod"] == "2025-01-01"


def test_ages(company: Company) -> None:
    found = report(company, "AgedReceivables", {"report_date": "2026-11-10"})
    assert summary(found, "Amani") == ["", "", "", "", "70.00", "70.00"]
    assert summary(found, "Zawadi") == ["40.00", "-15.00", "", "", "", "25.00"]
    assert summary(found, "TOTAL")[-1] == "95.00"
    owed = report(company, "AgedPayables", {"report_date": "2026-11-10"})
    assert summary(owed, "Baraka") == ["", "60.00", "", "", "", "60.00"]


@pytest.mark.parametrize(
    ("name", "title", "values"),
    [
        ("CustomerBalance", "TOTAL", ["95.00"]),
        ("VendorBalance", "Baraka", ["60.00"]),
        ("CustomerIncome", "Amani", ["125.00"]),
        ("CustomerSales", "Zawadi", ["25.00"]),
        ("ItemSales", "Sales", ["25.00"]),
        ("VendorExpenses", "Baraka", ["60.00"]),
        ("CashFlow", "Cash at end of period", ["-5.00"]),
        ("AgedReceivableDetail", "Total for Amani", ["", "", "", "", "70.00"]),
    ],
)
def test_other_sums(company: Company, name: str, title: str, values: list[str]) -> None:
    assert summary(report(company, name, YEAR), title) == values


def test_every_report_has_as_many_cells_as_columns(company: Company) -> None:
    for name in _REPORTS:
        found = report(company, name, YEAR)
        width = len(found["Columns"]["Column"])
        for row in rows(found["Rows"]):
            parts = (row, row.get("Header", {}), row.get("Summary", {}))
            assert {len(part["ColData"]) for part in parts if "ColData" in part} == {width}, name


@pytest.mark.parametrize(
    ("name", "params", "code"),
    [
        ("NoSuchReport", {}, "500"),
        ("ProfitAndLoss", {"start_date": "January"}, "2030"),
        ("ProfitAndLoss", {"date_macro": "Someday"}, "2170"),
    ],
)
def test_what_is_no_report(company: Company, name: str, params: dict[str, str], code: str) -> None:
    with pytest.raises(FaultError) as refused:
        report(company, name, params)
    assert refused.value.problems[0].code == code


async def test_a_report_over_http(qbo: Qbo) -> None:
    answer = await qbo.get("reports/BalanceSheet", date_macro="Today", minorversion="75")
    assert (answer.status_code, set(answer.json())) == (200, {"Header", "Columns", "Rows"})
