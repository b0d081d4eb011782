"""What a fix is said to release or to hold is what then goes or is held, no more."""

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from awra_tui.actions.connect import connect_record, preview_connect
from awra_tui.actions.staging import certain_suggestions, preview_changes, save_changes
from awra_tui.actions.sync import sync_now
from awra_tui.cache.pages.overview import tallies
from awra_tui.cache.store import references
from awra_tui.cache.store.references import Reference
from awra_tui.records.mapping import MappingChange
from awra_tui.records.status import Status
from awra_tui.records.subject import MappingKey, RecordKey
from awra_tui.sync import waiting
from awra_tui.sync.desk import Desk
from tests.actions.till import SHOP, sell
from tests.mapped import map_to
from tests.office import PROFILE, BooksCompany, office, write_ledger, write_source
from tests.two_months import ASKING, CUSTOMER, in_books, two_months
from tests.watch import Watch

STANDARD, CARD = MappingKey("tax_code", "Standard"), MappingKey("payment_method", "Card")
ANY_ITEM = MappingKey("item", "*")
SALES = tuple((name, "Standard", "16", 100, "2026-11-02") for name in "ABC")


@pytest.fixture
def company() -> BooksCompany:
    return BooksCompany("nairobi")


@pytest.fixture
async def desk(watch: Watch, tmp_path: Path, company: BooksCompany) -> AsyncIterator[Desk]:
    """A shop whose tax category and payment method nobody has mapped yet: three invoices, one is paid."""
    sell(tmp_path, SALES, {"A": "Card"})
    with office(tmp_path, company, SHOP) as desk:
        await sync_now(desk)
        yield desk


async def certain(desk: Desk, *keys: MappingKey) -> list[MappingChange]:
    return list((await certain_suggestions(desk, keys)).values())


async def said(desk: Desk, *changes: MappingChange) -> str:
    return (await preview_changes(desk, changes)).sentence


def waits(desk: Desk) -> int:
    return desk.cache.now(tallies)["payment"].get(Status.NEEDS_ATTENTION, 0)


async def test_what_needs_something_else_is_not_said_to_follow(desk: Desk) -> None:
    [tax] = await certain(desk, STANDARD)
    assert await said(desk, tax) == "Releases 3 invoices, KES 348.00; 1 payment needs something else too."
    await save_changes(desk, [tax])
    await sync_now(desk)
    assert waits(desk) == 1


async def test_what_waits_only_for_what_is_released_follows(desk: Desk) -> None:
    changes = await certain(desk, STANDARD, CARD)
    assert (
        await said(desk, *changes) == "Releases 3 invoices, KES 348.00; 1 payment waits for them and follows."
    )
    await save_changes(desk, changes)
    await sync_now(desk)
    assert waits(desk) == 0


async def test_what_was_not_tried_is_not_said_to_be_released(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "TRIED", 1)
    [tax] = await certain(desk, STANDARD)
    told = await preview_changes(desk, [tax])
    assert (
        told.sentence
        == "Releases 1 invoice, KES 116.00; 2 invoices and 1 payment more wait for it and were not tried."
    )
    assert (told.releases, [one.minor for one in told.money]) == (1, [11600])


async def test_one_record_that_two_mappings_hold_is_counted_once(desk: Desk) -> None:
    await save_changes(desk, await certain(desk, STANDARD, CARD))
    told = await said(desk, MappingChange(STANDARD, ""), MappingChange(ANY_ITEM, ""))
    assert "3 records not in QuickBooks yet would have to wait." in told


async def test_taking_away_a_wider_mapping_tells_what_it_served(
    watch: Watch, tmp_path: Path, company: BooksCompany
) -> None:
    sell(tmp_path, SALES, {})
    scoped = SHOP.replace(
        "[[mapping.preset]]", '[mapping.scopes]\nitem = ["currency"]\n[[mapping.preset]]', 1
    )
    with office(tmp_path, company, scoped) as desk:
        await sync_now(desk)
        told = await said(desk, MappingChange(ANY_ITEM, ""))
        assert "3 records not in QuickBooks yet would have to wait." in told
        await map_to(desk, ANY_ITEM, "")


async def test_connecting_says_of_payments_behind_it_that_they_follow(tmp_path: Path, watch: Watch) -> None:
    two_months(tmp_path)
    books = BooksCompany("empty-us")
    there = in_books(books)
    with office(tmp_path, books, ASKING) as desk:
        await sync_now(desk)
        told = await preview_connect(desk, CUSTOMER, there)
        assert told.sentence.endswith("Releases 4 invoices, USD 40.00; 2 payments wait for them and follow.")
        await connect_record(desk, CUSTOMER, there)
        await sync_now(desk)
        assert waits(desk) == 0


async def test_what_needs_two_values_of_a_mapping_from_a_day_on_is_counted_once(
    desk: Desk, company: BooksCompany
) -> None:
    both = [Reference(MappingKey("tax_code", value)) for value in ("Standard", "Zero-rated")]
    desk.cache.now(references.replace_references, {RecordKey("invoice", "A"): both})
    code = company.one("TaxCode", Name="16.0% S")["Id"]
    every = MappingChange(MappingKey("tax_code", "*"), code, valid_from=dt.date(2026, 11, 10))
    told = await preview_changes(desk, [every])
    assert "3 records that wait are dated before" in told.lines[0].sentence


BRANCHES = PROFILE.replace(
    'fields = { source_id = "id", party_name = "name" }',
    'fields = { source_id = "id", party_name = "name", parent_id = "parent" }',
)


async def branches(desk: Desk, folder: Path, books: BooksCompany) -> str:
    """Hold a customer with a branch whose invoice it pays; return the id of the one that is like it."""
    invoices = [{"number": "I-1", "customer": "C-2", "date": "2026-11-03", "amount": "10.00"}]
    write_source(folder, "invoices.csv", invoices)
    paid = {"number": "P-1", "customer": "C-1", "date": "2026-11-04", "amount": "10.00", "invoice": "I-1"}
    write_source(folder, "payments.csv", [paid])
    named = [
        {"id": "C-1", "name": "Baobab Café", "parent": ""},
        {"id": "C-2", "name": "Riverside", "parent": "C-1"},
    ]
    write_source(folder, "customers.csv", named)
    there = in_books(books, name="Baobab Cafe Ltd")
    await sync_now(desk)
    return there


async def test_what_pays_for_another_that_follows_follows_too(tmp_path: Path, watch: Watch) -> None:
    books = BooksCompany("empty-us")
    write_ledger(tmp_path, {})
    with office(tmp_path, books, BRANCHES) as desk:
        there = await branches(desk, tmp_path, books)
        told = await preview_connect(desk, CUSTOMER, there)
        assert told.sentence.endswith(
            "Releases 1 customer; 1 invoice and 1 payment wait for them and follow."
        )
        await connect_record(desk, CUSTOMER, there)
        await sync_now(desk)
        assert waits(desk) == 0


async def test_of_what_waits_behind_a_fix_no_more_is_tried_than_of_what_needs_it(
    tmp_path: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "TRIED", 2)
    books = BooksCompany("empty-us")
    write_ledger(tmp_path, {})
    with office(tmp_path, books, BRANCHES) as desk:
        there = await branches(desk, tmp_path, books)
        more = [
            {"number": f"I-{n}", "customer": "C-2", "date": "2026-11-03", "amount": "10.00"}
            for n in range(1, 6)
        ]
        write_source(tmp_path, "invoices.csv", more)
        await sync_now(desk)
        told = await preview_connect(desk, CUSTOMER, there)
        assert told.sentence.endswith(
            "Releases 1 customer; 2 invoices and 1 payment wait for them and follow; "
            "3 invoices more wait for it and were not tried."
        )
