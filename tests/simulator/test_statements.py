"""Statements on a cash basis, and in columns."""

from typing import Any

import pytest

from awra_tui.simulator.company import Company
from awra_tui.simulator.entities import ENTITIES
from awra_tui.simulator.faults import FaultError
from awra_tui.simulator.operations import perform
from awra_tui.simulator.records import Posting, Record
from awra_tui.simulator.reports import report
from tests.simulator.qbo import ANCHOR, Watch, bill, journal, line, payment, sale
from tests.simulator.test_reports import YEAR, rows, summary

CASH = {"accounting_method": "Cash"}


@pytest.fixture
def company(watch: Watch) -> Company:
    """An invoice of 100 paid in three parts, a bill half paid, a sale with a class, and a credit applied."""
    found = Company("empty-us", None, ANCHOR)
    parts = {"TotalAmt": 30, "VendorRef": {"value": "3"}, "PayType": "Check"}
    check = {"CheckPayment": {"BankAccountRef": {"value": "1"}}, "TxnDate": "2026-08-20"}
    link = {"LinkedTxn": [{"TxnId": "2", "TxnType": "Bill"}], "Amount": 30}
    for entity, body in (
        ("Customer", {"DisplayName": "Amani"}),
        ("Customer", {"DisplayName": "Zawadi"}),
        ("Vendor", {"DisplayName": "Baraka"}),
        ("Invoice", {**sale("1", 100, TxnDate="2026-02-10"), "Line": [line(99.5), line("0.5", "3")]}),
        ("Bill", bill("3", 60, TxnDate="2026-03-02")),
        ("Payment", payment("1", 33.33, ("Invoice", "1", 33.33)) | {"TxnDate": "2026-04-01"}),
        ("Payment", payment("1", 33.33, ("Invoice", "1", 33.33)) | {"TxnDate": "2026-05-01"}),
        ("Payment", payment("1", 33.34, ("Invoice", "1", 33.34)) | {"TxnDate": "2026-05-31"}),
        ("BillPayment", parts | check | {"Line": [link]}),
        ("SalesReceipt", sale("2", 25, TxnDate="2026-05-15", ClassRef={"value": "1"})),
        ("Invoice", sale("2", 40, TxnDate="2026-06-01")),
    ):
        perform(found, ENTITIES[entity], "create", body, frozenset())
    return found


def values(company: Company, title: str, **params: str) -> list[str]:
    return summary(report(company, "ProfitAndLoss", YEAR | params), title)


def titles(found: dict[str, Any]) -> list[str]:
    return [column["ColTitle"] for column in found["Columns"]["Column"][1:]]


def test_on_a_cash_basis_what_is_unpaid_does_not_count(company: Company) -> None:
    assert (values(company, "Total Income"), values(company, "Total Expenses")) == (["165.00"], ["60.00"])
    assert values(company, "Total Income", **CASH) == ["125.00"]
    assert values(company, "Total Expenses", **CASH) == ["30.00"]
    assert report(company, "ProfitAndLoss", YEAR | CASH)["Header"]["ReportBasis"] == "Cash"
    earlier = {"start_date": "2026-01-01", "end_date": "2026-03-31", **CASH}
    assert summary(report(company, "ProfitAndLoss", earlier), "Net Income") == [""]


def test_what_is_paid_in_parts_has_every_cent(company: Company) -> None:
    monthly = values(company, "Total Income", **CASH, summarize_column_by="Month")
    assert (monthly[3], monthly[4], monthly[-1]) == ("33.33", "91.67", "125.00")
    found = report(company, "ProfitAndLoss", YEAR | CASH)
    assert summary(found, "Services") == ["124.50"]
    # A third of it is rounded up each time.
    assert summary(found, "Sales of Product Income") == ["0.50"]


def test_the_balance_sheet_balances_on_either_basis(company: Company) -> None:
    for params, owed in (({}, "40.00"), (CASH, None)):
        found = report(company, "BalanceSheet", YEAR | params)
        assert summary(found, "TOTAL ASSETS") == summary(found, "TOTAL LIABILITIES AND EQUITY")
        receivable = [
            row for row in rows(found["Rows"]) if row.get("group") == "AR" and row["type"] == "Section"
        ]
        assert [row["Summary"]["ColData"][1]["value"] for row in receivable] == ([owed] if owed else [])


def test_the_basis_of_the_company_is_taken_unless_another_is_asked_for(company: Company) -> None:
    kept = company.store.get("Preferences", "1")
    assert kept
    company.store.put(Record(kept.key, {**kept.body, "ReportPrefs": {"ReportBasis": "Cash"}}))
    assert values(company, "Total Income") == ["125.00"]
    assert values(company, "Total Income", accounting_method="Accrual") == ["165.00"]
    with pytest.raises(FaultError, match="Barter"):
        report(company, "ProfitAndLoss", {"accounting_method": "barter"})


@pytest.mark.parametrize(
    ("by", "shown"),
    [
        ("Total", []),
        ("Quarter", ["Jan - Mar, 2026", "Apr - Jun, 2026", "Jul - Sep, 2026", "Oct - Dec, 2026"]),
        ("Year", ["2026"]),
        ("Customers", ["Amani", "Zawadi", "Not Specified"]),
        ("Vendors", ["Baraka", "Not Specified"]),
        ("Classes", ["General", "Not Specified"]),
        ("departments", ["Not Specified"]),
    ],
)
def test_columns_add_up_to_the_total(company: Company, by: str, shown: list[str]) -> None:
    found = report(company, "ProfitAndLoss", YEAR | {"summarize_column_by": by})
    assert titles(found) == [*shown, "TOTAL"]
    assert found["Header"]["SummarizeColumnsBy"].lower() == by.lower()
    parts = [float(one or 0) for one in summary(found, "Net Income")]
    assert (parts[-1], sum(parts[:-1]) if shown else 105) == (105, 105)
    for row in rows(found["Rows"]):
        for cells in (row.get("ColData"), row.get("Summary", {}).get("ColData")):
            assert cells is None or len(cells) == len(shown) + 2


def test_a_class_has_what_its_lines_have(company: Company) -> None:
    assert values(company, "Total Income", summarize_column_by="Classes") == ["25.00", "140.00", "165.00"]


def test_parts_of_months_say_which_days(company: Company) -> None:
    span = {"start_date": "2026-01-20", "end_date": "2026-03-05"}
    found = report(company, "ProfitAndLoss", {**span, "summarize_column_by": "Month"})
    assert titles(found) == ["Jan 20 - 31, 2026", "Feb 2026", "Mar 1 - 5, 2026", "TOTAL"]
    meta = {one["Name"]: one["Value"] for one in found["Columns"]["Column"][1]["MetaData"]}
    assert meta == {"StartDate": "2026-01-20", "EndDate": "2026-01-31", "ColKey": "Jan 20 - 31, 2026"}
    weekly = report(company, "ProfitAndLoss", {**span, "summarize_column_by": "Week"})
    assert titles(weekly)[:2] == ["Jan 20 - 24, 2026", "Jan 25 - 31, 2026"]


def test_the_balance_sheet_shows_what_stood_at_each_end(company: Company) -> None:
    found = report(company, "BalanceSheet", YEAR | {"summarize_column_by": "Quarter"})
    assert titles(found)[0] == "Jan - Mar, 2026"
    assert summary(found, "TOTAL ASSETS") == ["100.00", "165.00", "135.00", "135.00"]
    assert summary(found, "TOTAL LIABILITIES AND EQUITY") == summary(found, "TOTAL ASSETS")


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"summarize_column_by": "Moon"}, "2170"),
        ({"summarize_column_by": "Days", "start_date": "2020-01-01"}, "10100"),
    ],
)
def test_columns_that_cannot_be(company: Company, params: dict[str, str], code: str) -> None:
    with pytest.raises(FaultError) as refused:
        report(company, "ProfitAndLoss", params)
    assert refused.value.problems[0].code == code


def test_journals_keep_their_classes(company: Company) -> None:
    detail = {"ClassRef": {"value": "1"}}
    body = journal(("Debit", "29", 5, detail), ("Credit", "1", 5, {})) | {"TxnDate": "2026-05-05"}
    made = perform(company, ENTITIES["JournalEntry"], "create", body, frozenset())["JournalEntry"]
    record = company.store.get("JournalEntry", made["Id"])
    assert record
    assert [one.class_id for one in record.postings] == ["1", ""]
    assert Posting("1", *[record.postings[0].home] * 2, "USD").class_id == ""
