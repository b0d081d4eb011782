"""What people change in QuickBooks after we sent it, and what they decide about it here."""

from pathlib import Path
from typing import Any

import pytest

from awra_tui.actions.changes import ask_change
from awra_tui.actions.connect import create_new
from awra_tui.actions.deciding import decide
from awra_tui.actions.sync import sync_now
from awra_tui.actions.undo import undo_last
from awra_tui.cache.store import facts, links
from awra_tui.records.chosen import Choice
from awra_tui.records.errors import AwraError
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.sync.view import allowance
from tests.office import BooksCompany, office, write_ledger
from tests.sync.changing import INVOICE, open_warnings, page_of, reasons, recode
from tests.two_months import by_hand
from tests.watch import Watch

ONE = {"INV-1": "1.00"}
CUSTOMER = RecordKey("customer", "C-1")


async def test_a_paid_invoice_has_not_changed(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, ONE)
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        before = company.one("Invoice", DocNumber="INV-1")
        lines = [{"Amount": 1, "LinkedTxn": [{"TxnId": before["Id"], "TxnType": "Invoice"}]}]
        company.book("Payment", {"CustomerRef": before["CustomerRef"], "TotalAmt": 1, "Line": lines})
        after = company.one("Invoice", DocNumber="INV-1")
        assert (after["Balance"], len(after["LinkedTxn"])) == (0, 1)
        watch.forward(minutes=5)
        await sync_now(desk)
        assert reasons(desk) == []
        assert page_of(desk).status is Status.SUCCEEDED


async def test_what_was_recoded_there_is_a_warning_with_the_difference_until_it_is_as_before(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, ONE)
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        held = company.one("Invoice", DocNumber="INV-1")
        other = next(one for one in company.all("Item") if one["Name"] != "Services")
        recode(company, "INV-1", ItemRef={"value": other["Id"], "name": other["Name"]})
        watch.forward(minutes=5)
        sent = len(company.wire.sent)
        await sync_now(desk)
        [warning] = open_warnings(desk)
        assert warning.reason == "changed_in_quickbooks"
        question = await ask_change(desk, INVOICE)
        [difference] = question.differences
        assert difference.field == "Line 1.ItemRef"
        assert (difference.last, difference.theirs) == ("Services", other["Name"])
        assert [one.choice for one in question.options] == [Choice.ACCEPT, Choice.OURS]
        assert len(company.wire.sent) == sent, "nothing was rewritten"
        company.change("Invoice", company.one("Invoice", DocNumber="INV-1"), Line=held["Line"])
        watch.forward(minutes=5)
        await sync_now(desk)
        assert reasons(desk) == []


async def test_accepting_keeps_theirs_and_is_undone(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, ONE)
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        company.change(
            "Invoice", company.one("Invoice", DocNumber="INV-1"), DueDate="2027-01-31", PrivateNote="x"
        )
        watch.forward(minutes=5)
        await sync_now(desk)
        done = await decide(desk, Choice.ACCEPT, INVOICE)
        assert done.decision_id
        assert (reasons(desk), page_of(desk).status) == ([], Status.SUCCEEDED)
        await undo_last(desk)
        assert reasons(desk) == ["changed_in_quickbooks"]
        await decide(desk, Choice.ACCEPT, INVOICE)
        watch.forward(minutes=5)
        await sync_now(desk)
        assert reasons(desk) == []
        assert company.one("Invoice", DocNumber="INV-1")["PrivateNote"] == "x"


async def test_ours_goes_over_theirs_when_a_person_says_so(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, ONE)
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        other = next(one for one in company.all("Item") if one["Name"] != "Services")
        recode(company, "INV-1", ItemRef={"value": other["Id"], "name": other["Name"]})
        watch.forward(minutes=5)
        await sync_now(desk)
        await decide(desk, Choice.OURS, INVOICE)
        assert page_of(desk).status is Status.PENDING
        await undo_last(desk)
        assert reasons(desk) == ["changed_in_quickbooks"]
        await decide(desk, Choice.OURS, INVOICE)
        await sync_now(desk)
        line = company.one("Invoice", DocNumber="INV-1")["Line"][0]
        assert line["SalesItemLineDetail"]["ItemRef"]["name"] == "Services"
        assert (reasons(desk), page_of(desk).status) == ([], Status.SUCCEEDED)
        with pytest.raises(AwraError, match="sent to QuickBooks after that"):
            await undo_last(desk)


async def test_ours_waits_for_another_answer_where_somebody_changes_it_again(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, ONE)
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        company.change("Invoice", company.one("Invoice", DocNumber="INV-1"), PrivateNote="theirs")
        watch.forward(minutes=5)
        await sync_now(desk)
        await decide(desk, Choice.OURS, INVOICE)
        company.change("Invoice", company.one("Invoice", DocNumber="INV-1"), PrivateNote="theirs again")
        watch.forward(minutes=5)
        await sync_now(desk)
        assert reasons(desk) == ["changed_on_both_sides"]
        assert company.one("Invoice", DocNumber="INV-1")["PrivateNote"] == "theirs again"


async def test_what_was_deleted_there_stays_deleted_once_accepted_and_comes_back_when_the_source_changes(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, ONE)
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        company.book("Invoice", company.one("Invoice", DocNumber="INV-1"), "delete")
        watch.forward(minutes=5)
        await sync_now(desk)
        assert reasons(desk) == ["deleted_in_quickbooks"]
        await decide(desk, Choice.ACCEPT, INVOICE)
        page = page_of(desk)
        assert (page.status, reasons(desk)) == (Status.SKIPPED, [])
        assert page.skipped_because.startswith("deleted in QuickBooks, accepted by ")
        assert page.skipped_because.endswith("on 23 Nov 2026")
        await sync_now(desk)
        assert company.all("Invoice") == []
        write_ledger(tmp_path, {"INV-1": "1.50"})
        watch.forward(minutes=5)
        await sync_now(desk)
        assert reasons(desk) == ["deleted_in_quickbooks"]
        await decide(desk, Choice.OURS, INVOICE)
        await sync_now(desk)
        assert company.one("Invoice", DocNumber="INV-1")["TotalAmt"] == 1.5
        assert reasons(desk) == []


async def test_what_was_once_said_to_be_new_is_looked_for_before_it_is_created_again(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-0": "2.00", "INV-1": "10.00"})
    with office(tmp_path, company) as desk:
        company.switch(closing_date="2026-11-02")
        await sync_now(desk)
        company.switch(closing_date="2026-10-31")
        by_hand(company, company.one("Customer")["Id"], "77", "2026-11-02")
        await sync_now(desk)
        await create_new(desk, INVOICE)
        await sync_now(desk)
        company.book("Invoice", company.one("Invoice", DocNumber="INV-1"), "delete")
        by_hand(company, company.one("Customer")["Id"], "88", "2026-11-02")
        watch.forward(minutes=5)
        await sync_now(desk)
        said_new = desk.cache.now(facts.get, allowance(INVOICE))
        await decide(desk, Choice.OURS, INVOICE)
        assert reasons(desk) == ["same_amount"]
        await sync_now(desk)
        assert sorted(one["DocNumber"] for one in company.all("Invoice")) == ["77", "88", "INV-0"]
        await undo_last(desk)
        assert desk.cache.now(facts.get, allowance(INVOICE)) == said_new
        assert reasons(desk) == ["deleted_in_quickbooks"]


@pytest.mark.parametrize("choice", [Choice.ACCEPT, Choice.OURS])
async def test_what_was_voided_there(watch: Watch, tmp_path: Path, choice: Choice) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, ONE)
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        company.book("Invoice", company.one("Invoice", DocNumber="INV-1"), "void")
        watch.forward(minutes=5)
        await sync_now(desk)
        assert reasons(desk) == ["voided_in_quickbooks"]
        await decide(desk, choice, INVOICE)
        await sync_now(desk)
        total = company.one("Invoice", DocNumber="INV-1")["TotalAmt"]
        assert (reasons(desk), total) == ([], 1 if choice is Choice.OURS else 0)
        assert page_of(desk).status is (Status.SUCCEEDED if choice is Choice.OURS else Status.SKIPPED)


@pytest.mark.parametrize("choice", [Choice.ACCEPT, Choice.OURS])
async def test_what_was_made_inactive_there(watch: Watch, tmp_path: Path, choice: Choice) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {})
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        [held] = [one for one in company.all("Customer") if one["DisplayName"] == "Baobab Café"]
        company.change("Customer", held, Active=False)
        watch.forward(minutes=5)
        await sync_now(desk)
        assert "inactive_in_quickbooks" in reasons(desk, "customer")
        await decide(desk, choice, CUSTOMER)
        await sync_now(desk)
        there = company.one("Customer", Id=held["Id"])
        assert there["Active"] is (choice is Choice.OURS)
        assert there["DisplayName"].startswith("Baobab Café")
        assert reasons(desk, "customer") == []


async def test_only_what_moved_is_compared(watch: Watch, tmp_path: Path, monkeypatch: Any) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {f"INV-{number}": "1.00" for number in range(1, 30)})
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        await sync_now(desk)
        asked: list[str] = []
        known = links.of_many

        def counting(keys: Any) -> Any:
            asked.extend(key.text for key in keys)
            return known(keys)

        company.change("Invoice", company.one("Invoice", DocNumber="INV-7"), PrivateNote="x")
        watch.forward(minutes=5)
        monkeypatch.setattr(links, "of_many", counting)
        await sync_now(desk)
        assert {text for text in asked if text.startswith("invoice/")} == {"invoice/INV-7"}
