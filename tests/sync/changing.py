"""What tests of changes ask of a desk, and what they do to the books by hand."""

from typing import Any

from awra_tui.cache.pages.records import RecordPage, record_page
from awra_tui.cache.pages.warnings import WarningQuery, WarningRow, warnings_all
from awra_tui.records.subject import RecordKey
from awra_tui.sync.desk import Desk
from tests.office import BooksCompany

INVOICE = RecordKey("invoice", "INV-1")


def open_warnings(desk: Desk, *kinds: str) -> list[WarningRow]:
    """Return the open warnings."""
    return desk.cache.now(warnings_all, WarningQuery(kinds=kinds))


def reasons(desk: Desk, *kinds: str) -> list[str]:
    """Return the reasons of the open warnings."""
    return [one.reason for one in open_warnings(desk, *kinds)]


def page_of(desk: Desk, key: RecordKey = INVOICE) -> RecordPage:
    """Return the page of a record."""
    page = desk.cache.now(record_page, key.kind, key.source_id)
    assert page is not None
    return page


def recode(company: BooksCompany, number: str, **detail: Any) -> dict[str, Any]:
    """Change the first line of an invoice, as an accountant would."""
    held = company.one("Invoice", DocNumber=number)
    first = held["Line"][0]
    changed = first | {"SalesItemLineDetail": first["SalesItemLineDetail"] | detail}
    return company.change("Invoice", held, Line=[changed, *held["Line"][1:]])
