"""What the source changes after we sent it, while others change the same in QuickBooks."""

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from awra_tui.actions.changes import ask_change
from awra_tui.actions.connect import connect_record
from awra_tui.actions.deciding import decide
from awra_tui.actions.sync import sync_now
from awra_tui.cache.pages.log import attempts_of_record
from awra_tui.cache.store import links
from awra_tui.records.chosen import Choice
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.settings import http
from tests.office import PROFILE, BooksCompany, office, write_ledger, write_source
from tests.sync.changing import INVOICE, open_warnings, page_of, reasons, recode
from tests.watch import Watch

ONE = {"INV-1": "1.00"}
CUSTOMER = RecordKey("customer", "C-1")


def before_update(change: Callable[[], Any], times: int = 1) -> Callable[[http.Request], Awaitable[None]]:
    """Return what changes something in the books between our reading and our writing, so many times."""
    left = [times]

    async def interfere(request: http.Request) -> None:
        if b'"SyncToken"' in request.content and left[0]:
            left[0] -= 1
            change()

    return interfere


def invoice_of(company: BooksCompany) -> dict[str, Any]:
    return company.one("Invoice", DocNumber="INV-1")


async def test_only_what_changed_here_is_sent_and_what_they_added_stays(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, ONE)
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        company.change(
            "Invoice", invoice_of(company), CustomerMemo={"value": "Thank you"}, TxnDate="2026-11-03"
        )
        write_ledger(tmp_path, {"INV-1": "1.50"})
        watch.forward(minutes=5)
        await sync_now(desk)
        now = invoice_of(company)
        assert (now["TotalAmt"], now["CustomerMemo"], now["TxnDate"]) == (
            1.5,
            {"value": "Thank you"},
            "2026-11-03",
        )
        body = json.loads(company.wire.sent[-1].content)
        assert set(body) == {"Line", "sparse", "Id", "SyncToken"}
        assert reasons(desk) == ["changed_in_quickbooks"], "their date is still a difference to look at"
        [difference] = (await ask_change(desk, INVOICE)).differences
        assert (difference.field, difference.ours, difference.theirs) == (
            "TxnDate",
            "2026-11-02",
            "2026-11-03",
        )


async def test_both_changed_the_same_field_is_a_question(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, ONE)
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        other = next(one for one in company.all("Item") if one["Name"] != "Services")
        recode(company, "INV-1", ItemRef={"value": other["Id"], "name": other["Name"]})
        write_ledger(tmp_path, {"INV-1": "1.50"})
        watch.forward(minutes=5)
        sent = len(company.wire.sent)
        await sync_now(desk)
        assert (reasons(desk), len(company.wire.sent)) == (["changed_on_both_sides"], sent)
        await decide(desk, Choice.ACCEPT, INVOICE)
        await sync_now(desk)
        assert (invoice_of(company)["TotalAmt"], reasons(desk), len(company.wire.sent)) == (1, [], sent)
        write_ledger(tmp_path, {"INV-1": "2.50"})
        watch.forward(minutes=5)
        await sync_now(desk)
        assert invoice_of(company)["TotalAmt"] == 2.5


async def test_a_harmless_change_between_reading_and_sending_is_read_again_and_goes_on(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, ONE)
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        write_ledger(tmp_path, {"INV-1": "1.50"})
        memo = {"value": "Thank you"}
        company.wire.before = before_update(
            lambda: company.change("Invoice", invoice_of(company), CustomerMemo=memo)
        )
        result = await sync_now(desk)
        now = invoice_of(company)
        assert (now["TotalAmt"], now["CustomerMemo"]) == (1.5, memo)
        assert (result.counts["succeeded"], reasons(desk), page_of(desk).status) == (1, [], Status.SUCCEEDED)
        tried = desk.cache.now(attempts_of_record, INVOICE)
        assert [one.code for one in tried if one.operation == "update"] == ["", "5010"]


async def test_a_change_of_the_same_between_reading_and_sending_is_a_question(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, ONE)
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        other = next(one for one in company.all("Item") if one["Name"] != "Services")
        write_ledger(tmp_path, {"INV-1": "1.50"})
        company.wire.before = before_update(
            lambda: recode(company, "INV-1", ItemRef={"value": other["Id"], "name": other["Name"]})
        )
        await sync_now(desk)
        assert reasons(desk) == ["changed_on_both_sides"]
        now = invoice_of(company)
        assert (now["TotalAmt"], now["Line"][0]["SalesItemLineDetail"]["ItemRef"]["value"]) == (
            1,
            other["Id"],
        )


async def test_who_is_overtaken_again_and_again_stops_with_a_warning_and_goes_with_the_next_pass(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, ONE)
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        write_ledger(tmp_path, {"INV-1": "1.50"})
        counted = iter(range(100))
        company.wire.before = before_update(
            lambda: company.change(
                "Invoice", invoice_of(company), CustomerMemo={"value": f"{next(counted)}"}
            ),
            times=50,
        )
        await sync_now(desk)
        assert next(counted) == 3, "three tries in one pass"
        [warning] = open_warnings(desk)
        assert (warning.reason, warning.code) == ("changed_meanwhile", "5010")
        company.wire.before = None
        watch.forward(minutes=5)
        await sync_now(desk)
        assert (reasons(desk), invoice_of(company)["TotalAmt"]) == ([], 1.5)


async def test_a_changed_mapping_rewrites_nothing(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, ONE)
    with office(tmp_path, company) as desk:
        await sync_now(desk)
    sent = len(company.wire.sent)
    other = next(one["Name"] for one in company.all("Item") if one["Name"] != "Services")
    with office(tmp_path, company, PROFILE.replace('qbo = "Services"', f'qbo = "{other}"')) as desk:
        watch.forward(minutes=5)
        await sync_now(desk)
        assert (len(company.wire.sent), reasons(desk)) == (sent, [])


async def test_a_name_that_a_person_connected_keeps_its_other_name_when_something_else_changes(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    theirs = company.book("Customer", {"DisplayName": "Baobab Coffee House Limited"})
    profile = PROFILE.replace('party_name = "name" }', 'party_name = "name", "contact.email" = "email" }')
    profile = profile.replace('new_customers = "create"', 'new_customers = "ask"')
    people = {"id": "C-1", "name": "Baobab Café", "email": "one@example.com"}
    with office(tmp_path, company, profile) as desk:
        write_ledger(tmp_path, {})
        write_source(tmp_path, "customers.csv", [people])
        await sync_now(desk)
        await connect_record(desk, CUSTOMER, theirs["Id"])
        [link] = desk.cache.now(links.of, CUSTOMER)
        assert (bool(link.fingerprint), json.loads(link.sent)["DisplayName"]) == (True, "Baobab Café")
        write_source(tmp_path, "customers.csv", [people | {"email": "two@example.com"}])
        watch.forward(minutes=5)
        await sync_now(desk)
        now = company.one("Customer", Id=theirs["Id"])
        assert now["DisplayName"] == "Baobab Coffee House Limited"
        assert now["PrimaryEmailAddr"] == {"Address": "two@example.com"}
        write_source(
            tmp_path, "customers.csv", [people | {"name": "Baobab House", "email": "two@example.com"}]
        )
        watch.forward(minutes=5)
        await sync_now(desk)
        assert company.one("Customer", Id=theirs["Id"])["DisplayName"] == "Baobab House"
        assert reasons(desk, "customer") == []


async def test_a_connection_from_before_gets_its_baseline_and_is_not_rewritten(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, ONE)
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        desk.cache.now(_forget)
        sent = len(company.wire.sent)
        watch.forward(minutes=5)
        await sync_now(desk)
        [link] = desk.cache.now(links.of, INVOICE)
        assert (bool(link.fingerprint), bool(link.sent), bool(link.answer)) == (True, True, True)
        assert (len(company.wire.sent), reasons(desk)) == (sent, [])
        write_ledger(tmp_path, {"INV-1": "1.50"})
        watch.forward(minutes=5)
        await sync_now(desk)
        assert invoice_of(company)["TotalAmt"] == 1.5


def _forget() -> None:
    from awra_tui.cache.schema import LinkTable

    LinkTable.update(fingerprint="", sent="", answer="", seen="", how="connected").execute()
