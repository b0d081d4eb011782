"""Taking a connection away: what is held, what stays, and that it comes back with all that belonged to it."""

from pathlib import Path

import pytest

from awra_tui.actions.audit import audit
from awra_tui.actions.connect import candidates, connect_record, create_new, preview_connect
from awra_tui.actions.sync import sync_now
from awra_tui.actions.undo import undo_last
from awra_tui.actions.unlink import preview_unlink, unlink
from awra_tui.cache import rows
from awra_tui.cache.jsontext import to_text
from awra_tui.cache.pages.audit import AuditQuery
from awra_tui.cache.store import choices, decisions, links
from awra_tui.records.chosen import Choice, Chosen
from awra_tui.records.errors import AwraError
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.sync.desk import Desk
from tests.office import BooksCompany, empty_company, office, write_source
from tests.sync.credited import CREDITED, write_credit
from tests.two_months import CUSTOMER, START, in_books, status, two_months_desk
from tests.watch import Watch

company = empty_company
desk = two_months_desk


async def test_disconnecting_holds_what_waits_deletes_nothing_and_is_taken_back(
    desk: Desk, company: BooksCompany, tmp_path: Path
) -> None:
    there = in_books(company)
    await sync_now(desk)
    await connect_record(desk, CUSTOMER, there, START)
    await sync_now(desk)
    rows = [{"number": "LATE", "customer": "C-1", "date": "2026-11-09", "amount": "4.00"}]
    write_source(tmp_path, "invoices.csv", rows)
    said = await preview_unlink(desk, CUSTOMER)
    assert (
        said.sentence
        == f"Disconnects customer Baobab Café from customer Baobab Ltd (id {there}) in QuickBooks."
    )
    assert said.follows[:2] == (
        "Nothing is deleted or changed in QuickBooks: what it was connected to stays there as it is.",
        "What is in QuickBooks already stays connected there: 2 invoices and 1 payment.",
    )
    before = desk.cache.now(links.of, CUSTOMER)
    done = await unlink(desk, CUSTOMER)
    assert done.decision_id
    assert desk.cache.now(links.of, CUSTOMER) == ()
    assert len(desk.cache.now(links.of, RecordKey("invoice", "NEW-1"))) == 1
    await sync_now(desk, accept_deletions=True)
    assert status(desk, CUSTOMER, RecordKey("invoice", "LATE")) == [Status.NEEDS_ATTENTION] * 2
    assert len(company.all("Customer")) == 1
    assert [one.decision.verb for one in await audit(desk, AuditQuery(text="unlink"))] == ["unlink"]

    assert "connected again as before" in (await undo_last(desk)).sentence
    assert desk.cache.now(links.of, CUSTOMER) == before
    await sync_now(desk)
    assert status(desk, CUSTOMER, RecordKey("invoice", "LATE")) == [Status.SUCCEEDED] * 2


async def test_what_was_created_by_a_persons_word_is_not_created_again_after_disconnecting(
    desk: Desk, company: BooksCompany
) -> None:
    await sync_now(desk)
    await create_new(desk, CUSTOMER)
    await sync_now(desk)
    await unlink(desk, CUSTOMER)
    company.change("Customer", company.one("Customer"), DisplayName="Quite Another Name")
    await sync_now(desk)
    assert status(desk, CUSTOMER) == [Status.NEEDS_ATTENTION]
    assert len(company.all("Customer")) == 1
    [found] = await candidates(desk, CUSTOMER, "another")
    await connect_record(desk, CUSTOMER, found.object.id)
    assert status(desk, CUSTOMER) == [Status.SUCCEEDED]
    assert "not connected any more" in (await undo_last(desk)).sentence
    assert status(desk, CUSTOMER) == [Status.NEEDS_ATTENTION]


async def test_a_disconnected_invoice_is_not_sent_beside_the_one_that_is_there(
    desk: Desk, company: BooksCompany
) -> None:
    there, key = in_books(company), RecordKey("invoice", "NEW-1")
    await sync_now(desk)
    await connect_record(desk, CUSTOMER, there, START)
    await sync_now(desk)
    await unlink(desk, key)
    await sync_now(desk)
    assert status(desk, key) == [Status.NEEDS_ATTENTION]
    with pytest.raises(AwraError, match=r"^Invoice NEW-1 cannot be created"):
        await create_new(desk, key)
    assert (await preview_connect(desk, key, "3")).sentence.startswith("Connects invoice NEW-1.")
    assert len([one for one in company.all("Invoice") if one.get("DocNumber") == "NEW-1"]) == 1


async def test_what_was_chosen_for_a_connection_goes_and_comes_with_it(
    desk: Desk, company: BooksCompany
) -> None:
    there = in_books(company)
    await sync_now(desk)
    await connect_record(desk, CUSTOMER, there)
    chosen = Chosen(choice=Choice.ACCEPT, who="me", day="2026-11-23")
    desk.cache.now(choices.keep, CUSTOMER, chosen)
    await unlink(desk, CUSTOMER)
    assert desk.cache.now(choices.of, CUSTOMER) is None
    await undo_last(desk)
    assert desk.cache.now(choices.of, CUSTOMER) == chosen


@pytest.mark.parametrize(
    "chosen", [None, Chosen(choice=Choice.ACCEPT, who="me", day="2026-11-23")], ids=["nothing", "a choice"]
)
async def test_disconnecting_that_kept_the_choice_without_roles_is_taken_back_too(
    desk: Desk, company: BooksCompany, chosen: Chosen | None
) -> None:
    there = in_books(company)
    await sync_now(desk)
    await connect_record(desk, CUSTOMER, there)
    done = await unlink(desk, CUSTOMER)
    decision = desk.cache.now(decisions.get, done.decision_id)
    assert decision is not None
    earlier = to_text(decision.before | {"chosen": choices.as_json(chosen)})
    desk.cache.now(rows.execute, "UPDATE decision SET before = ? WHERE id = ?", (earlier, done.decision_id))
    await undo_last(desk)
    assert desk.cache.now(choices.of, CUSTOMER) == chosen
    assert [one.qbo_id for one in desk.cache.now(links.of, CUSTOMER)] == [there]


async def test_what_is_not_connected_cannot_be_disconnected(desk: Desk, company: BooksCompany) -> None:
    await sync_now(desk)
    assert (await preview_unlink(desk, CUSTOMER)).refused == "it is not connected"
    with pytest.raises(AwraError, match="cannot be disconnected: it is not connected"):
        await unlink(desk, CUSTOMER)


async def test_disconnecting_is_not_taken_back_over_what_was_decided_since(
    desk: Desk, company: BooksCompany
) -> None:
    there, other = in_books(company), in_books(company, name="Baobab Two")
    await sync_now(desk)
    await connect_record(desk, CUSTOMER, there)
    await unlink(desk, CUSTOMER)
    desk.who = "njeri@office"
    await connect_record(desk, CUSTOMER, other)
    desk.who = (await audit(desk, AuditQuery(text="unlink")))[0].decision.who
    with pytest.raises(AwraError, match="connected anew meanwhile"):
        await undo_last(desk)


async def test_what_was_chosen_for_a_part_goes_and_comes_with_the_connection(
    watch: Watch, tmp_path: Path, company: BooksCompany
) -> None:
    write_credit(tmp_path)
    credit = RecordKey("credit_note", "CN-1")
    with office(tmp_path, company, CREDITED) as desk:
        await sync_now(desk)
        before = desk.cache.now(links.of, credit)
        assert {link.role for link in before} == {"main", "application"}
        chosen = Chosen(choice=Choice.ACCEPT, who="me", day="2026-11-23")
        desk.cache.now(choices.keep, credit, chosen, "application")
        await unlink(desk, credit)
        assert desk.cache.now(choices.everything) == {}
        await undo_last(desk)
        assert desk.cache.now(choices.of, credit, "application") == chosen
        assert desk.cache.now(links.of, credit) == before
