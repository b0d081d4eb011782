"""Names that are not connected, beside a company that has some of them: certain ones, likely ones, none."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from awra_tui.records.subject import RecordKey
from awra_tui.sync.desk import Desk
from tests.office import PROFILE, BooksCompany, office, write_ledger, write_source

MORE = """
[[source.records]]
kind = "vendor"
files = "vendors.csv"
fields = { source_id = "id", party_name = "name", "contact.tax_number" = "pin" }
constants = { currency = "USD" }
[[source.records]]
kind = "item"
files = "items.csv"
fields = { source_id = "id", number = "sku", party_name = "name" }
"""
ASKING = (
    PROFILE.replace('"create"', '"ask"').replace(
        'fields = { source_id = "id", party_name = "name" }',
        'fields = { source_id = "id", party_name = "name", "contact.email" = "email" }',
    )
    + MORE
)
CUSTOMERS = {
    "C-1": ("Baobab Café", "hello@baobab.example"),
    "C-2": ("Acacia House", ""),
    "C-3": ("Mangrove Lodge", "shared@lodge.example"),
    "C-4": ("Mangrove Lodge Annex", "shared@lodge.example"),
    "C-5": ("Zebra Works", "zebra@works.example"),
}
BAOBAB, ACACIA = RecordKey("customer", "C-1"), RecordKey("customer", "C-2")
VENDOR, ITEM = RecordKey("vendor", "V-1"), RecordKey("item", "I-1")


def write_names(folder: Path) -> None:
    """Write five customers, two of them with an invoice, a vendor and an item."""
    write_ledger(folder, {"INV-1": "10.00", "INV-2": "5.00"})
    rows = [{"id": each, "name": name, "email": mail} for each, (name, mail) in CUSTOMERS.items()]
    write_source(folder, "customers.csv", rows)
    invoices = [
        {"number": "INV-1", "customer": "C-1", "date": "2026-11-02", "amount": "10.00"},
        {"number": "INV-2", "customer": "C-2", "date": "2026-10-02", "amount": "5.00"},
    ]
    write_source(folder, "invoices.csv", invoices)
    write_source(folder, "vendors.csv", [{"id": "V-1", "name": "Highland Growers", "pin": "P051-234-567X"}])
    write_source(folder, "items.csv", [{"id": "I-1", "sku": "TEA-1", "name": "Green tea"}])


@pytest.fixture
def names_desk(tmp_path: Path, company: BooksCompany) -> Iterator[Desk]:
    """The desk of a profile with these names, which asks before it creates one."""
    write_names(tmp_path)
    with office(tmp_path, company, ASKING) as opened:
        yield opened


def book_names(company: BooksCompany) -> dict[RecordKey, str]:
    """Make in the company what the records are there; return the ids by record."""
    account = next(one for one in company.all("Account") if one["AccountType"] == "Income")
    income = {"IncomeAccountRef": {"value": account["Id"]}}
    tea = {"Name": "Green tea", "Type": "Service", "Sku": "TEA-1", **income}
    return {
        BAOBAB: _mailed(company, "Baobab", "hello@baobab.example"),
        ACACIA: str(company.book("Customer", {"DisplayName": "Acacia House"})["Id"]),
        RecordKey("customer", "C-3"): _mailed(company, "Mangrove Lodge", "shared@lodge.example"),
        VENDOR: str(
            company.book("Vendor", {"DisplayName": "H. G. Ltd", "TaxIdentifier": "P051234567X"})["Id"]
        ),
        ITEM: str(company.book("Item", tea)["Id"]),
    }


def _mailed(company: BooksCompany, name: str, address: str) -> str:
    return str(
        company.book("Customer", {"DisplayName": name, "PrimaryEmailAddr": {"Address": address}})["Id"]
    )
