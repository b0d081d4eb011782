"""What is decided while others decide, or while something is on its way, is whole or is not done."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from awra_tui.actions.audit import as_data, entry, sheet
from awra_tui.actions.connect import connect_record, create_new, preview_connect
from awra_tui.actions.connect_many import connect_many
from awra_tui.actions.sync import sync_now
from awra_tui.actions.undo import undo_last
from awra_tui.actions.unlink import unlink
from awra_tui.cache.store import links, mappings, parted
from awra_tui.records.errors import AwraError
from awra_tui.records.qbo import Link
from awra_tui.records.subject import MappingKey, RecordKey
from awra_tui.settings import http
from awra_tui.sync.desk import Desk
from tests.mapped import map_to
from tests.office import PROFILE, BooksCompany, empty_company, office, write_ledger, write_source

CUSTOMER = RecordKey("customer", "C-1")
ANY_ITEM = MappingKey("item", "*")
BATCH = 30
ASKING = PROFILE.replace('"create"', '"ask"')


company = empty_company


@pytest.fixture
def desk(tmp_path: Path, company: BooksCompany) -> Iterator[Desk]:
    write_ledger(tmp_path, {f"INV-{place:03}": "10.00" for place in range(2 * BATCH)})
    with office(tmp_path, company, ASKING) as opened:
        yield opened


def in_books(company: BooksCompany, name: str) -> str:
    return str(company.book("Customer", {"DisplayName": name})["Id"])


def connected_to(desk: Desk) -> list[str]:
    return [link.qbo_id for link in desk.cache.now(links.of, CUSTOMER)]


async def test_undoing_a_connection_leaves_what_a_colleague_connected_since(
    desk: Desk, company: BooksCompany
) -> None:
    there, other = in_books(company, "Baobab Ltd"), in_books(company, "Baobab Two")
    await sync_now(desk)
    await connect_record(desk, CUSTOMER, there)
    mine, desk.who = desk.who, "njeri@office"
    await unlink(desk, CUSTOMER)
    await connect_record(desk, CUSTOMER, other)
    desk.who = mine
    with pytest.raises(AwraError, match="connected otherwise since"):
        await undo_last(desk)
    assert connected_to(desk) == [other]


async def test_what_is_on_its_way_is_not_undone(desk: Desk, company: BooksCompany) -> None:
    there = in_books(company, "Baobab Ltd")
    await sync_now(desk)
    await connect_record(desk, CUSTOMER, there)
    await unlink(desk, CUSTOMER)
    await create_new(desk, CUSTOMER)
    company.wire.tamper = lambda _request, _answer: None
    await sync_now(desk)
    company.wire.tamper = None
    with pytest.raises(AwraError, match="has no answer yet"):
        await undo_last(desk)


async def test_a_connection_whose_record_is_on_its_way_is_not_undone(
    desk: Desk, company: BooksCompany, tmp_path: Path
) -> None:
    there = in_books(company, "Baobab Ltd")
    await sync_now(desk)
    await connect_record(desk, CUSTOMER, there)
    await sync_now(desk)
    write_source(tmp_path, "customers.csv", [{"id": "C-1", "name": "Baobab Coffee"}])
    company.wire.tamper = lambda _request, _answer: None
    await sync_now(desk)
    company.wire.tamper = None
    with pytest.raises(AwraError, match="has no answer yet"):
        await undo_last(desk)
    assert connected_to(desk) == [there]


async def test_undoing_a_connection_leaves_what_was_disconnected_before_as_it_was(
    desk: Desk, company: BooksCompany
) -> None:
    there, other = in_books(company, "Baobab Ltd"), in_books(company, "Baobab Two")
    await sync_now(desk)
    await connect_record(desk, CUSTOMER, there)
    await unlink(desk, CUSTOMER)
    await connect_record(desk, CUSTOMER, other)
    assert desk.cache.now(parted.of, CUSTOMER) == ""
    await undo_last(desk)
    assert (desk.cache.now(parted.of, CUSTOMER), connected_to(desk)) == (there, [])


async def test_who_is_disconnected_while_a_sync_sends_gets_nothing_more(
    desk: Desk, company: BooksCompany, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("awra_tui.sync.office.AT_ONCE", 1)
    there = in_books(company, "Baobab Ltd")
    await sync_now(desk)
    await connect_record(desk, CUSTOMER, there)

    async def disconnect(_request: http.Request) -> None:
        company.wire.before = None
        await unlink(desk, CUSTOMER)

    company.wire.before = disconnect
    await sync_now(desk)
    assert (len(company.all("Invoice")), connected_to(desk)) == (BATCH, [])


async def test_a_name_of_its_own_that_is_in_the_books_is_not_taken_for_new(
    tmp_path: Path, company: BooksCompany
) -> None:
    write_ledger(tmp_path, {"INV-1": "10.00"})
    rule = ASKING.replace("[sync]", "[sync]\nlink_exact_names = true")
    in_books(company, "Somebody Else")
    with office(tmp_path, company, rule) as desk:
        await sync_now(desk)
        said = await preview_connect(desk, CUSTOMER, "", name="Somebody Else")
        assert said.refused
        with pytest.raises(AwraError, match="cannot be created"):
            await create_new(desk, CUSTOMER, name="Somebody Else")
        assert connected_to(desk) == []


async def test_what_can_never_be_undone_is_said_once_and_passed_over(
    desk: Desk, company: BooksCompany
) -> None:
    there, other = in_books(company, "Baobab Ltd"), in_books(company, "Baobab Two")
    await sync_now(desk)
    hours = company.one("Item", Name="Hours")["Id"]
    await map_to(desk, ANY_ITEM, hours)
    mine, connected = desk.who, (await connect_record(desk, CUSTOMER, there)).decision_id
    desk.who = "njeri@office"
    await unlink(desk, CUSTOMER)
    await connect_record(desk, CUSTOMER, other)
    desk.who = mine
    with pytest.raises(AwraError, match=r"otherwise since.* next undo .* before that: mapped, item/\*\."):
        await undo_last(desk)
    told = await entry(desk, connected)
    assert told.standing.startswith("It stands; it could not be undone: customer/C-1 was disconnected")
    assert as_data(told.row)["not_undone"].endswith("nothing was undone.")
    assert "nothing was undone" in sheet([told.row])
    assert (await undo_last(desk)).sentence.startswith("Took back the mapping of *")
    assert (await undo_last(desk)).sentence == "There is nothing of yours to undo."
    assert connected_to(desk) == [other]


async def test_what_cannot_be_undone_yet_is_passed_over_only_until_it_can(
    desk: Desk, company: BooksCompany
) -> None:
    await sync_now(desk)
    await map_to(desk, ANY_ITEM, company.one("Item", Name="Hours")["Id"])
    created = (await create_new(desk, CUSTOMER)).decision_id
    company.wire.tamper = lambda _request, _answer: None
    await sync_now(desk)
    company.wire.tamper = None
    with pytest.raises(AwraError, match=r"no answer yet.* before that: mapped, item/\*\."):
        await undo_last(desk)
    assert (await undo_last(desk)).sentence.startswith("Took back the mapping of *")
    with pytest.raises(AwraError, match=r"no answer yet.* nothing else of yours to undo"):
        await undo_last(desk)
    assert (await entry(desk, created)).row.not_undone == ""
    await sync_now(desk)
    with pytest.raises(AwraError, match="created in QuickBooks meanwhile"):
        await undo_last(desk)
    assert (await undo_last(desk)).sentence == "There is nothing of yours to undo."


@pytest.mark.parametrize("together", [False, True])
async def test_what_another_record_has_by_now_is_not_given_back(
    desk: Desk, company: BooksCompany, together: bool
) -> None:
    old, new = in_books(company, "Baobab Ltd"), in_books(company, "Baobab Two")
    await sync_now(desk)
    await connect_record(desk, CUSTOMER, old)
    body = {"Id": old, "SyncToken": "0", "sparse": True}
    company.book("Customer", {**body, "Active": False})
    await sync_now(desk)
    if together:
        await connect_many(desk, {CUSTOMER: new})
    else:
        await connect_record(desk, CUSTOMER, new)
    rival = Link(kind="customer", source_id="C-9", entity="Customer", qbo_id=old, how="connected")
    desk.cache.now(links.add, rival, "njeri@office")
    with pytest.raises(AwraError, match=r"customer/C-9 is connected to that now|another's now"):
        await undo_last(desk)
    assert connected_to(desk) == [new]


async def test_a_mapping_that_nobody_had_chosen_is_left_to_the_profile_again(
    tmp_path: Path, company: BooksCompany
) -> None:
    write_ledger(tmp_path, {"INV-1": "10.00"})
    unnamed = PROFILE.replace('qbo = "Services"', 'qbo = "Consulting"')
    hours = company.one("Item", Name="Hours")["Id"]
    with office(tmp_path, company, unnamed) as desk:
        await sync_now(desk)
        await map_to(desk, ANY_ITEM, hours)
        await undo_last(desk)
        assert not desk.cache.now(mappings.is_taken_away, ANY_ITEM, "")
        await map_to(desk, ANY_ITEM, "")
        await map_to(desk, ANY_ITEM, hours)
        await undo_last(desk)
        assert desk.cache.now(mappings.is_taken_away, ANY_ITEM, "")
        await undo_last(desk)
        assert not desk.cache.now(mappings.is_taken_away, ANY_ITEM, "")
    with office(tmp_path, company, PROFILE) as desk:
        await sync_now(desk)
        chosen = desk.cache.now(mappings.get, ANY_ITEM)
        assert chosen is not None
        assert chosen.object_name == "Services"
