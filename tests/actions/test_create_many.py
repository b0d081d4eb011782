"""Many names created at once: by their own names or the usual distinct ones, one decision, one undo."""

import datetime as dt
from pathlib import Path

import pytest

from awra_tui.actions.connect_many import Unconnected, unconnected
from awra_tui.actions.create_many import create_many, preview_new
from awra_tui.actions.sync import sync_now
from awra_tui.actions.undo import undo_last
from awra_tui.cache.store import decisions, facts, records
from awra_tui.records.errors import AwraError
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.sync.desk import Desk
from awra_tui.sync.view import start_fact
from tests.office import BooksCompany, write_source
from tests.unconnected import ACACIA, BAOBAB, VENDOR, names_desk
from tests.watch import Watch

ZEBRA = RecordKey("customer", "C-5")


@pytest.fixture
def company(watch: Watch) -> BooksCompany:
    company = BooksCompany("empty-us")
    company.book("Vendor", {"DisplayName": "Acacia House"})
    company.book("Employee", {"DisplayName": "Zebra Works", "GivenName": "Z", "FamilyName": "W"})
    return company


desk = names_desk


async def listed(desk: Desk) -> dict[RecordKey, Unconnected]:
    return {one.key: one for one in await unconnected(desk)}


def status(desk: Desk, *keys: RecordKey) -> list[Status]:
    return [one.status for one in desk.cache.now(records.many, keys).values()]


async def test_the_list_says_who_has_the_name_and_what_it_would_be_called(desk: Desk) -> None:
    await sync_now(desk)
    found = await listed(desk)
    assert (found[ACACIA].namesake, found[ACACIA].distinct) == ("vendor", "Acacia House (Customer)")
    assert (found[ZEBRA].namesake, found[ZEBRA].distinct) == ("employee", "Zebra Works (Customer)")
    assert (found[BAOBAB].namesake, found[BAOBAB].distinct) == ("", "")


async def test_what_may_be_connected_has_no_namesake(desk: Desk, company: BooksCompany) -> None:
    company.book("Customer", {"DisplayName": "Baobab Café"})
    await sync_now(desk)
    found = (await listed(desk))[BAOBAB]
    assert (found.best is not None, found.namesake) == (True, "")


async def test_many_are_one_decision_and_one_undo(desk: Desk, company: BooksCompany) -> None:
    await sync_now(desk)
    keys = [BAOBAB, ACACIA, VENDOR]
    said = await preview_new(desk, keys)
    assert said.sentence == "Creates 2 customers and 1 vendor. 2 invoices wait for them."
    assert (said.renamed, said.refused) == ((("Acacia House", "Acacia House (Customer)"),), "")
    done = await create_many(desk, keys, dt.date(2026, 11, 1))
    assert done.sentence.startswith("2 customers and 1 vendor will be created in QuickBooks. 3 records can")
    assert set(done.released) == set(keys)
    assert [one.verb for one in desk.cache.now(decisions.newest)][:2] == ["release", "create many"]
    assert desk.cache.now(facts.get, start_fact(BAOBAB)) == "2026-11-01"

    undone = await undo_last(desk)
    assert undone.sentence == "2 customers and 1 vendor will not be created."
    assert status(desk, *keys) == [Status.NEEDS_ATTENTION] * 3
    assert desk.cache.now(facts.get, start_fact(BAOBAB)) == ""

    await create_many(desk, keys)
    await sync_now(desk)
    assert status(desk, *keys) == [Status.SUCCEEDED] * 3
    assert company.one("Customer", DisplayName="Acacia House (Customer)")
    assert company.one("Customer", DisplayName="Baobab Café")


async def test_what_was_created_meanwhile_stays(desk: Desk, company: BooksCompany) -> None:
    await sync_now(desk)
    await create_many(desk, [BAOBAB])
    await sync_now(desk)
    with pytest.raises(AwraError, match="C-1 was created in QuickBooks meanwhile; make it inactive there"):
        await undo_last(desk)
    assert status(desk, BAOBAB) == [Status.SUCCEEDED]
    assert company.one("Customer", DisplayName="Baobab Café")


async def test_one_that_cannot_be_created_stops_all(
    desk: Desk, company: BooksCompany, tmp_path: Path
) -> None:
    rows = [{"id": each, "name": "Twin Peaks", "email": ""} for each in ("C-1", "C-2")]
    write_source(tmp_path, "customers.csv", [*rows, {"id": "C-5", "name": "Zebra Works", "email": ""}])
    await sync_now(desk)
    assert "would have the same name" in (await preview_new(desk, [BAOBAB, ACACIA, ZEBRA])).refused
    for wrong, told in (([BAOBAB, ACACIA], "Twin Peaks: another of these"), ([], "select something")):
        with pytest.raises(AwraError, match=f"Nothing will be created.*{told}"):
            await create_many(desk, wrong)
    assert status(desk, BAOBAB, ACACIA) == [Status.NEEDS_ATTENTION] * 2
    await create_many(desk, [BAOBAB])
    assert status(desk, BAOBAB) == [Status.PENDING]
