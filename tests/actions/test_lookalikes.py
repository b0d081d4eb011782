"""What may be in QuickBooks already is held before sending, compared, then connected, or sent after a yes."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from awra_tui.actions.comparison import compare
from awra_tui.actions.connect import connect_record, create_new
from awra_tui.actions.sync import sync_now
from awra_tui.actions.unlink import unlink
from awra_tui.cache.pages.warnings import WarningQuery, warnings_all
from awra_tui.cache.store import links, records
from awra_tui.records.kinds import kind_of
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.sync.desk import Desk
from tests.office import PROFILE, BooksCompany, office, write_ledger, write_source
from tests.watch import Watch

APPLIED = 'constants = { currency = "USD" }\n[[source.records.applications]]'
WITH_REFERENCE = PROFILE.replace(
    f'amount = "amount" }}\n{APPLIED}', f'amount = "amount", reference = "code" }}\n{APPLIED}'
)
PAID = {"number": "PAY-9", "customer": "C-1", "date": "2026-11-06", "amount": "4.00", "invoice": "INV-1"}
INVOICE, PAYMENT, CUSTOMER = (
    RecordKey("invoice", "INV-2"), RecordKey("payment", "PAY-9"), RecordKey("customer", "C-2"),
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """What somebody typed into QuickBooks, the record that comes later, and why the two are alike."""

    key: RecordKey
    reason: str
    book: Callable[[BooksCompany], dict[str, Any]]
    same: str


def customer_of(company: BooksCompany) -> dict[str, str]:
    return {"value": company.one("Customer", DisplayName="Baobab Café")["Id"]}


def invoice(number: str, amount: str, day: str) -> Callable[[BooksCompany], dict[str, Any]]:
    def book(company: BooksCompany) -> dict[str, Any]:
        item = {"ItemRef": {"value": company.one("Item", Name="Services")["Id"]}}
        line = {"Amount": amount, "DetailType": "SalesItemLineDetail", "SalesItemLineDetail": item}
        body = {"DocNumber": number, "TxnDate": day, "CustomerRef": customer_of(company), "Line": [line]}
        return company.book("Invoice", body)

    return book


def payment(company: BooksCompany) -> dict[str, Any]:
    body = {"CustomerRef": customer_of(company), "TotalAmt": 9, "PaymentRefNum": "SKJ4X7Q2PL"}
    return company.book("Payment", body)


def customer(company: BooksCompany) -> dict[str, Any]:
    return company.book("Customer", {"DisplayName": "Mangrove Hotel & Sons Ltd"})


CASES = {
    "number": Case(INVOICE, "same_number", invoice("INV-2", "3.00", "2026-09-01"), "Number"),
    "amount and date": Case(INVOICE, "same_amount", invoice("77", "20.00", "2026-11-05"), "Amount"),
    "reference": Case(PAYMENT, "same_reference", payment, "Reference"),
    "spelling": Case(CUSTOMER, "similar_name", customer, ""),
}


@pytest.fixture(params=CASES)
def held(request: Any, watch: Watch, tmp_path: Path) -> Iterator[tuple[Case, Desk, BooksCompany, str]]:
    """A record that came after its look-alike, and the id of that one."""
    case, company = CASES[request.param], BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "5.00"})
    write_source(tmp_path, "payments.csv", [dict.fromkeys((*PAID, "code"), "")])
    with office(tmp_path, company, WITH_REFERENCE) as desk:
        asyncio.run(sync_now(desk))
        typed = case.book(company)
        write_ledger(tmp_path, {"INV-1": "5.00", "INV-2": "20.00"})
        write_source(tmp_path, "payments.csv", [PAID | {"code": "SKJ4X7Q2PL"}])
        write_source(tmp_path, "customers.csv", [
            {"id": "C-1", "name": "Baobab Café"}, {"id": "C-2", "name": "Mangrove Hotel and Sons"}
        ])  # fmt: skip
        company.wire.sent.clear()
        asyncio.run(sync_now(desk))
        yield case, desk, company, typed["Id"]


def there(company: BooksCompany, case: Case) -> int:
    return len(company.all(kind_of(case.key.kind).entity))


def status(desk: Desk, key: RecordKey) -> Status:
    return desk.cache.now(records.many, [key])[key].status


def reasons(desk: Desk, key: RecordKey) -> list[str]:
    found = desk.cache.now(warnings_all, WarningQuery(kinds=(key.kind,)))
    return [one.reason for one in found if one.source_id == key.source_id]


Held = tuple[Case, Desk, BooksCompany, str]


def test_it_is_held_compared_and_connected(held: Held) -> None:
    case, desk, company, typed = held
    before = there(company, case)
    assert status(desk, case.key) is Status.NEEDS_ATTENTION
    assert reasons(desk, case.key) == [case.reason]
    beside = asyncio.run(compare(desk, case.key))
    assert beside is not None
    assert beside.qbo_id == typed
    signs = {pair.label: pair.sign for pair in beside.pairs}
    assert not case.same or signs[case.same] == "="
    asyncio.run(connect_record(desk, case.key, typed))
    asyncio.run(sync_now(desk))
    assert [one.qbo_id for one in desk.cache.now(links.of, case.key)] == [typed]
    assert there(company, case) == before, "nothing is booked a second time"


def test_it_is_sent_after_a_yes(held: Held) -> None:
    case, desk, company, typed = held
    before = there(company, case)
    asyncio.run(create_new(desk, case.key))
    asyncio.run(sync_now(desk))
    assert status(desk, case.key) is Status.SUCCEEDED
    [made] = [one.qbo_id for one in desk.cache.now(links.of, case.key)]
    assert made != typed
    assert there(company, case) == before + 1


def test_a_yes_is_about_what_was_there_then(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "5.00"})
    with office(tmp_path, company) as desk:
        asyncio.run(sync_now(desk))
        invoice("77", "20.00", "2026-11-05")(company)
        write_ledger(tmp_path, {"INV-1": "5.00", "INV-2": "20.00"})
        company.switch(closing_date="2026-11-10")
        asyncio.run(sync_now(desk))
        asyncio.run(create_new(desk, INVOICE))
        company.switch(closing_date="2026-10-31")
        invoice("INV-2", "20.00", "2026-11-02")(company)
        watch.forward(minutes=5)
        asyncio.run(sync_now(desk))
        assert reasons(desk, INVOICE) == ["same_number"]
        assert len(company.all("Invoice")) == 3, "what somebody typed in since is not booked a second time"
        asyncio.run(create_new(desk, INVOICE))
        asyncio.run(sync_now(desk))
        assert (status(desk, INVOICE), len(company.all("Invoice"))) == (Status.SUCCEEDED, 4)


async def test_a_yes_is_about_all_that_was_there_though_one_of_them_was_asked_about(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "5.00"})
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        company.change("Invoice", company.one("Invoice", DocNumber="INV-1"), DocNumber="INV-2")
        invoice("77", "20.00", "2026-11-05")(company)
        write_ledger(tmp_path, {"INV-1": "5.00", "INV-2": "20.00"})
        await sync_now(desk)
        assert reasons(desk, INVOICE) == ["same_amount"]
        await create_new(desk, INVOICE)
        assert status(desk, INVOICE) is Status.PENDING
        await sync_now(desk)
        assert (status(desk, INVOICE), len(company.all("Invoice"))) == (Status.SUCCEEDED, 3)


async def test_a_yes_after_disconnecting_is_about_others_that_were_there_too(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "5.00"})
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        typed = invoice("77", "20.00", "2026-11-05")(company)
        invoice("78", "20.00", "2026-11-04")(company)
        write_ledger(tmp_path, {"INV-1": "5.00", "INV-2": "20.00"})
        await sync_now(desk)
        await connect_record(desk, INVOICE, typed["Id"])
        await unlink(desk, INVOICE)
        await create_new(desk, INVOICE)
        assert status(desk, INVOICE) is Status.PENDING
