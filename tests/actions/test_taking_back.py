"""What is decided while others decide, or while something is on its way, is whole or is not done."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from awra_tui.actions.connect import connect_record, create_new, preview_connect
from awra_tui.actions.sync import sync_now
from awra_tui.actions.undo import undo_last
from awra_tui.actions.unlink import unlink
from awra_tui.cache.store import links
from awra_tui.records.errors import AwraError
from awra_tui.records.subject import RecordKey
from awra_tui.settings import http
from awra_tui.sync.desk import Desk
from tests.office import PROFILE, BooksCompany, office, write_ledger
from tests.watch import Watch

CUSTOMER = RecordKey("customer", "C-1")
BATCH = 30
ASKING = PROFILE.replace('"create"', '"ask"')


@pytest.fixture
def company(watch: Watch) -> BooksCompany:
    return BooksCompany("empty-us")


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
