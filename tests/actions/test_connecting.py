"""Connecting a customer: the ranking, the distinct name, and what a start date brings in."""

import datetime as dt
from pathlib import Path

import msgspec
import pytest

from awra_tui.actions.connect import candidates, connect_record, create_new, preview_connect
from awra_tui.actions.sync import sync_now
from awra_tui.actions.undo import undo_last
from awra_tui.actions.unlink import unlink
from awra_tui.cache.pages.overview import overview
from awra_tui.cache.pages.warnings import warnings_of
from awra_tui.cache.store import facts, links, records, references
from awra_tui.cache.store.references import Reference
from awra_tui.records.errors import AwraError
from awra_tui.records.rules import NO_START
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey, record_subject
from awra_tui.sync.desk import Desk
from awra_tui.sync.view import start_fact
from tests.office import BooksCompany, empty_company, fault, office, write_source
from tests.two_months import (
    ASKING,
    CUSTOMER,
    INVOICES,
    START,
    by_hand,
    in_books,
    status,
    two_months,
    two_months_desk,
)
from tests.watch import Watch


def of(kind: str, *ids: str) -> list[RecordKey]:
    return [RecordKey(kind, each) for each in ids]


company = empty_company
desk = two_months_desk


async def test_witnesses_rank_before_names_alone(desk: Desk, company: BooksCompany) -> None:
    named = in_books(company, name="Baobab Coffee")
    mailed = in_books(company, name="B. Holdings", PrimaryEmailAddr={"Address": "hello@baobab.example"})
    in_books(company, name="Zebra")
    await sync_now(desk)
    found = await candidates(desk, CUSTOMER)
    assert [one.object.id for one in found] == [mailed, named]
    assert found[0].why == "the same e-mail"


async def test_an_equal_open_balance_is_a_witness(desk: Desk, company: BooksCompany) -> None:
    other = in_books(company, name="Unlike")
    by_hand(company, other, "77", "2026-11-02")
    by_hand(company, other, "78", "2026-11-02")
    await sync_now(desk)
    [found] = await candidates(desk, CUSTOMER)
    assert (found.object.id, found.why) == (other, "the same open balance")


async def test_the_start_date_names_beforehand_what_it_brings_and_what_it_does_not(
    desk: Desk, company: BooksCompany
) -> None:
    there = in_books(company)
    before, after = by_hand(company, there, "90", "2026-10-30"), by_hand(company, there, "91", "2026-11-02")
    await sync_now(desk)
    said = await preview_connect(desk, CUSTOMER, there, START)
    assert said.follows == (
        (
            "Brings in 2 invoices, USD 20.00, and 2 payments, USD 20.00, dated 2026-11-01 or later; "
            "not tried until the next sync."
        ),
        "2 invoices, USD 20.00 dated before 2026-11-01 stay out.",
        (
            "1 later payment of earlier invoices, USD 10.00: PAY-OLD-1 of OLD-1. "
            "Held until those have an opening balance in QuickBooks."
        ),
        (
            "1 invoice made by hand in QuickBooks since 2026-11-01: 91 of 2026-11-02, USD 10.00. "
            "Whatever of ours looks like one of them is held as a possible duplicate."
        ),
    )
    assert said.late_payments == (RecordKey("payment", "PAY-OLD-1"),)
    assert said.by_hand == (after,)
    all_of_it = await preview_connect(desk, CUSTOMER, there)
    assert all_of_it.late_payments == ()
    assert all_of_it.by_hand == (before, after)
    assert "Brings in 4 invoices, USD 40.00, and 2 payments, USD 20.00, of all dates" in all_of_it.follows[0]


async def test_what_is_released_is_shown_as_not_tried_until_the_next_sync(
    desk: Desk, company: BooksCompany
) -> None:
    there = in_books(company)
    await sync_now(desk)
    await connect_record(desk, CUSTOMER, there, START)
    assert status(desk, *of("invoice", *INVOICES)) == [Status.SKIPPED] * 2 + [Status.PENDING] * 2
    assert Status.PENDING.label == "not tried"
    assert desk.cache.now(overview).released == 2
    late, paid = of("payment", "PAY-OLD-1", "PAY-NEW-1")
    await sync_now(desk)
    assert status(desk, *of("invoice", "NEW-1", "NEW-2"), paid) == [Status.SUCCEEDED] * 3
    assert status(desk, late) == [Status.NEEDS_ATTENTION]


@pytest.mark.parametrize("entity", ["Vendor", "Employee", "Customer"])
async def test_a_name_in_use_is_created_by_the_usual_distinct_one(
    desk: Desk, company: BooksCompany, entity: str
) -> None:
    more = {"GivenName": "B"} if entity == "Employee" else {}
    in_books(company, entity, "Baobab Café", **more)
    await sync_now(desk)
    said = await preview_connect(desk, CUSTOMER, "")
    assert said.refused
    assert said.distinct == "Baobab Café (Customer)"
    with pytest.raises(AwraError, match="cannot be created"):
        await create_new(desk, CUSTOMER)
    taken = await preview_connect(desk, CUSTOMER, "", name="Baobab Café")
    assert taken.refused
    said = await preview_connect(desk, CUSTOMER, "", name=said.distinct)
    assert not said.refused
    assert said.sentence.startswith("Creates Baobab Café as Baobab Café (Customer).")

    done = await create_new(desk, CUSTOMER, name=said.distinct)
    assert "created in QuickBooks as Baobab Café (Customer)" in done.sentence
    stored = desk.cache.now(records.get, CUSTOMER)
    assert '"DisplayName":"Baobab Café (Customer)"' in stored.shipment
    assert "will not be created" in (await undo_last(desk)).sentence
    assert status(desk, CUSTOMER) == [Status.NEEDS_ATTENTION]
    assert (await preview_connect(desk, CUSTOMER, "")).distinct

    await create_new(desk, CUSTOMER, name=said.distinct)
    await sync_now(desk)
    made = company.one("Customer", DisplayName="Baobab Café (Customer)")
    assert [link.qbo_id for link in desk.cache.now(links.of, CUSTOMER)] == [made["Id"]]
    await sync_now(desk)
    assert status(desk, CUSTOMER) == [Status.SUCCEEDED]


async def test_another_name_lapses_when_the_source_renames_the_record(
    desk: Desk, company: BooksCompany, tmp_path: Path
) -> None:
    in_books(company, "Vendor", "Baobab Café")
    await sync_now(desk)
    await create_new(desk, CUSTOMER, name="Baobab Café (Customer)")
    await sync_now(desk)
    write_source(tmp_path, "customers.csv", [{"id": "C-1", "name": "Baobab House", "email": "x@y.example"}])
    await sync_now(desk)
    assert company.one("Customer", DisplayName="Baobab House")


async def test_a_name_must_obey_the_rules(desk: Desk, company: BooksCompany) -> None:
    in_books(company, "Vendor", "Baobab Café")
    await sync_now(desk)
    with pytest.raises(AwraError, match="a colon"):
        await create_new(desk, CUSTOMER, name="Baobab: Café")


async def test_a_start_date_that_was_set_before_or_by_the_profile_holds(
    watch: Watch, company: BooksCompany, tmp_path: Path
) -> None:
    there = in_books(company)
    two_months(tmp_path)
    with office(tmp_path, company, ASKING, ["sync.start_date=2026-11-04"]) as desk:
        await sync_now(desk)
        said = await preview_connect(desk, CUSTOMER, there)
        assert said.start == dt.date(2026, 11, 4)
        assert said.follows[0].startswith("Brings in 1 invoice, USD 10.00, and 2 payments")
        await connect_record(desk, CUSTOMER, there, START)
        await unlink(desk, CUSTOMER)
        said = await preview_connect(desk, CUSTOMER, there)
        assert said.start == START
        assert said.follows[0].startswith("Brings in 2 invoices, USD 20.00, and 2 payments")


async def test_a_start_date_is_taken_away_so_that_the_profiles_holds_and_undo_brings_it_back(
    company: BooksCompany, tmp_path: Path
) -> None:
    two_months(tmp_path)
    qbo_id = in_books(company)
    with office(tmp_path, company, ASKING, ["sync.start_date=2026-11-04"]) as desk:
        await sync_now(desk)
        await connect_record(desk, CUSTOMER, qbo_id, START)
        await unlink(desk, CUSTOMER)
        assert (await preview_connect(desk, CUSTOMER, qbo_id)).start == START
        said = await preview_connect(desk, CUSTOMER, qbo_id, NO_START)
        assert said.start == dt.date(2026, 11, 4)
        assert (said.releases, said.follows[0].partition(",")[0]) == (1, "Brings in 1 invoice")
        done = await connect_record(desk, CUSTOMER, qbo_id, NO_START)
        assert done.released == (RecordKey("invoice", "NEW-2"),)
        assert desk.cache.now(facts.get, start_fact(CUSTOMER)) == ""
        await undo_last(desk)
        assert desk.cache.now(facts.get, start_fact(CUSTOMER)) == str(START)


async def test_drafts_are_not_counted_among_what_a_start_date_brings(
    desk: Desk, company: BooksCompany
) -> None:
    there, key = in_books(company), RecordKey("invoice", "DRAFT")
    await sync_now(desk)
    before = (await preview_connect(desk, CUSTOMER, there, START)).follows
    known = desk.cache.now(records.get, RecordKey("invoice", "NEW-1")).record
    draft = msgspec.structs.replace(known, source_id="DRAFT", number="DRAFT", approved=False)
    desk.cache.now(records.upsert, [draft], "reading")
    desk.cache.now(references.replace_references, {key: [Reference(CUSTOMER, role="party")]})
    assert (await preview_connect(desk, CUSTOMER, there, START)).follows == before


BILLS = """
[[source.records]]
kind = "vendor"
files = "vendors.csv"
fields = { source_id = "id", party_name = "name" }
constants = { currency = "USD" }
[[source.records]]
kind = "bill"
files = "bills.csv"
fields = { source_id = "number", number = "number", party_id = "vendor", date = "date", amount = "amount" }
constants = { currency = "USD" }
[[source.records.lines]]
fields = { amount = "amount" }
"""


async def test_a_vendors_start_date_speaks_of_bills(company: BooksCompany, tmp_path: Path) -> None:
    two_months(tmp_path)
    write_source(tmp_path, "vendors.csv", [{"id": "V-1", "name": "Highland Growers"}])
    days = ("2026-10-05", "2026-11-03")
    bills = [{"number": f"B-{day}", "vendor": "V-1", "date": day, "amount": "7.00"} for day in days]
    write_source(tmp_path, "bills.csv", bills)
    there, vendor = in_books(company, "Vendor", "Highland"), RecordKey("vendor", "V-1")
    with office(tmp_path, company, ASKING + BILLS) as desk:
        await sync_now(desk)
        [found] = await candidates(desk, vendor)
        assert found.object.id == there
        said = await preview_connect(desk, vendor, there, START)
        assert said.follows == (
            "Brings in 1 bill, USD 7.00, dated 2026-11-01 or later; not tried until the next sync.",
            "1 bill, USD 7.00 dated before 2026-11-01 stays out.",
        )
        in_books(company, name="Highland Growers")
        await sync_now(desk)
        assert (await preview_connect(desk, vendor, "")).distinct == "Highland Growers (Vendor)"


async def test_a_name_that_only_quickbooks_knows_of_is_put_right_the_same_way(
    desk: Desk, company: BooksCompany
) -> None:
    await sync_now(desk)
    await create_new(desk, CUSTOMER)

    detail = "The name supplied already exists. : Another customer, vendor or employee is already using it."
    company.wire.refusal = lambda: fault("6240", "Duplicate Name Exists Error", detail)
    await sync_now(desk)
    company.wire.refusal = None
    subject = record_subject(CUSTOMER.kind, CUSTOMER.source_id)
    assert [one.reason for one in desk.cache.now(warnings_of, subject)] == ["name_is_used"]
    said = await preview_connect(desk, CUSTOMER, "")
    assert said.distinct == "Baobab Café (Customer)"
