"""Undo leaves alone what somebody else decided since about the same record."""

import pytest

from awra_tui.actions.connect import connect_record, create_new
from awra_tui.actions.connect_many import connect_many
from awra_tui.actions.create_many import create_many
from awra_tui.actions.deciding import decide
from awra_tui.actions.sync import sync_now
from awra_tui.actions.undo import undo_last
from awra_tui.actions.unlink import unlink
from awra_tui.cache.store import facts, links, parted
from awra_tui.records.chosen import Choice
from awra_tui.records.errors import AwraError
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.sync.desk import Desk
from awra_tui.sync.view import start_fact
from tests.office import BooksCompany, empty_company
from tests.two_months import CUSTOMER, START, by_hand, in_books, status, two_months_desk
from tests.watch import Watch

INVOICE = RecordKey("invoice", "NEW-1")
COLLEAGUE = "njeri@office"


company = empty_company
desk = two_months_desk


def connected_to(desk: Desk, key: RecordKey = CUSTOMER) -> list[str]:
    return [link.qbo_id for link in desk.cache.now(links.of, key)]


async def create(desk: Desk, *, together: bool) -> None:
    await (create_many(desk, [CUSTOMER]) if together else create_new(desk, CUSTOMER))


async def test_a_choice_is_not_taken_back_over_a_disconnecting(desk: Desk, company: BooksCompany) -> None:
    there = in_books(company)
    await sync_now(desk)
    await connect_record(desk, CUSTOMER, there)
    await sync_now(desk)
    company.change("Invoice", company.one("Invoice", DocNumber="NEW-1"), TxnDate="2026-11-09")
    await sync_now(desk)
    await decide(desk, Choice.ACCEPT, INVOICE)
    mine, desk.who = desk.who, COLLEAGUE
    await unlink(desk, INVOICE)
    desk.who = mine
    with pytest.raises(AwraError, match="Invoice NEW-1 was disconnected since; nothing was undone"):
        await undo_last(desk)
    assert connected_to(desk, INVOICE) == []
    assert desk.cache.now(parted.of, INVOICE)


async def test_a_choice_is_not_taken_back_over_another_connection(desk: Desk, company: BooksCompany) -> None:
    there, other = in_books(company), in_books(company, name="Baobab Two")
    await sync_now(desk)
    await connect_record(desk, CUSTOMER, there)
    await sync_now(desk)
    company.change("Customer", company.one("Customer", Id=there), DisplayName="Quite Another")
    company.change("Customer", company.one("Customer", Id=there), Active=False)
    await sync_now(desk)
    await decide(desk, Choice.ACCEPT, CUSTOMER)
    mine, desk.who = desk.who, COLLEAGUE
    await connect_record(desk, CUSTOMER, other)
    desk.who = mine
    with pytest.raises(AwraError, match="Customer Baobab Café was connected otherwise since"):
        await undo_last(desk)
    assert connected_to(desk) == [other]


@pytest.mark.parametrize("together", [False, True])
async def test_nobody_is_told_to_make_inactive_what_a_colleague_connected(
    desk: Desk, company: BooksCompany, together: bool
) -> None:
    there = in_books(company)
    await sync_now(desk)
    await create(desk, together=together)
    mine, desk.who = desk.who, COLLEAGUE
    await connect_record(desk, CUSTOMER, there)
    desk.who = mine
    with pytest.raises(AwraError, match=r"C-1 was connected to what QuickBooks has .*disconnect it") as told:
        await undo_last(desk)
    assert "inactive" not in str(told.value)
    assert connected_to(desk) == [there]


@pytest.mark.parametrize("together", [False, True])
async def test_what_was_created_and_then_disconnected_is_not_said_to_be_never_created(
    desk: Desk, company: BooksCompany, together: bool
) -> None:
    await sync_now(desk)
    await create(desk, together=together)
    await sync_now(desk)
    mine, desk.who = desk.who, COLLEAGUE
    await unlink(desk, CUSTOMER)
    desk.who = mine
    with pytest.raises(AwraError, match="C-1 was created in QuickBooks and disconnected since"):
        await undo_last(desk)
    assert len(company.all("Customer")) == 1


@pytest.mark.parametrize("together", [False, True])
async def test_of_two_decisions_to_create_the_first_stands_after_undo(
    desk: Desk, company: BooksCompany, together: bool
) -> None:
    in_books(company, "Vendor", "Baobab Café")
    await sync_now(desk)
    await create_new(desk, CUSTOMER, name="Baobab One")
    if together:
        await create_many(desk, [CUSTOMER])
    else:
        await create_new(desk, CUSTOMER, name="Baobab Two")
    await undo_last(desk)
    assert status(desk, CUSTOMER) == [Status.PENDING]
    await sync_now(desk)
    assert company.one("Customer", DisplayName="Baobab One")


@pytest.mark.parametrize("together", [False, True])
async def test_a_connection_that_a_colleague_made_anew_to_the_same_stays(
    desk: Desk, company: BooksCompany, watch: Watch, together: bool
) -> None:
    there = in_books(company)
    await sync_now(desk)
    await (connect_many(desk, {CUSTOMER: there}) if together else connect_record(desk, CUSTOMER, there))
    watch.forward(minutes=1)
    mine, desk.who = desk.who, COLLEAGUE
    await unlink(desk, CUSTOMER)
    await connect_record(desk, CUSTOMER, there, START)
    desk.who = mine
    with pytest.raises(AwraError, match=r"nothing was undone"):
        await undo_last(desk)
    assert connected_to(desk) == [there]
    assert desk.cache.now(facts.get, start_fact(CUSTOMER)) == str(START)


async def test_disconnecting_is_not_taken_back_once_a_colleague_said_it_is_new(
    desk: Desk, company: BooksCompany
) -> None:
    there = in_books(company)
    await sync_now(desk)
    await connect_record(desk, CUSTOMER, there)
    await unlink(desk, CUSTOMER)
    mine, desk.who = desk.who, COLLEAGUE
    await create_new(desk, CUSTOMER)
    desk.who = mine
    with pytest.raises(AwraError, match="customer/C-1 is to be created in QuickBooks since"):
        await undo_last(desk)
    await sync_now(desk)
    assert connected_to(desk) == [company.one("Customer", DisplayName="Baobab Café")["Id"]]


async def test_a_connection_that_came_back_with_its_choice_is_the_one_that_was_made(
    desk: Desk, company: BooksCompany, watch: Watch
) -> None:
    there = in_books(company)
    await sync_now(desk)
    await connect_record(desk, CUSTOMER, there)
    typed = by_hand(company, there, "NEW-1", "2026-11-03")
    await sync_now(desk)
    await connect_record(desk, INVOICE, typed)
    company.book("Invoice", company.one("Invoice", Id=typed), "delete")
    watch.forward(minutes=5)
    await sync_now(desk)
    await decide(desk, Choice.OURS, INVOICE)
    watch.forward(minutes=5)
    await undo_last(desk)
    assert connected_to(desk, INVOICE) == [typed]
    assert "not connected any more" in (await undo_last(desk)).sentence
    assert connected_to(desk, INVOICE) == []
