"""A customer with invoices of two months, which nobody has connected yet."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from awra_tui.cache.store import records
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.sync.desk import Desk
from tests.office import PROFILE, BooksCompany, office, write_ledger, write_source

ASKING = PROFILE.replace('"create"', '"ask"').replace(
    'fields = { source_id = "id", party_name = "name" }',
    'fields = { source_id = "id", party_name = "name", "contact.email" = "email" }',
)
CUSTOMER = RecordKey("customer", "C-1")
INVOICES = ("OLD-1", "OLD-2", "NEW-1", "NEW-2")
START = dt.date(2026, 11, 1)


def two_months(folder: Path) -> None:
    """Write a customer with invoices of two months, the first of the older ones paid in the newer month."""
    write_ledger(folder, dict.fromkeys(INVOICES, "10.00"), ["OLD-1", "NEW-1"])
    days = ("2026-10-05", "2026-10-06", "2026-11-03", "2026-11-04")
    rows = [
        {"number": number, "customer": "C-1", "date": day, "amount": "10.00"}
        for number, day in zip(INVOICES, days, strict=True)
    ]
    write_source(folder, "invoices.csv", rows)
    write_source(
        folder, "customers.csv", [{"id": "C-1", "name": "Baobab Café", "email": "hello@baobab.example"}]
    )


@pytest.fixture
def two_months_desk(tmp_path: Path, company: BooksCompany) -> Iterator[Desk]:
    """The desk of a profile with this customer, which asks before it creates anybody."""
    two_months(tmp_path)
    with office(tmp_path, company, ASKING) as opened:
        yield opened


def in_books(company: BooksCompany, entity: str = "Customer", name: str = "Baobab Ltd", **fields) -> str:
    return str(company.book(entity, {"DisplayName": name, **fields})["Id"])


def by_hand(company: BooksCompany, customer: str, number: str, day: str) -> str:
    [item, *_] = company.all("Item")
    line = {
        "Amount": 10,
        "DetailType": "SalesItemLineDetail",
        "SalesItemLineDetail": {"ItemRef": {"value": item["Id"]}},
    }
    body = {"CustomerRef": {"value": customer}, "DocNumber": number, "TxnDate": day, "Line": [line]}
    return str(company.book("Invoice", body)["Id"])


def status(desk: Desk, *keys: RecordKey) -> list[Status]:
    return [one.status for one in desk.cache.now(records.many, keys).values()]
