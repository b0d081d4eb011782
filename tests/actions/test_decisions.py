"""Decisions of people: what each brings, and that each can be taken back."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from awra_tui.actions.connect import candidates, connect_record, create_new, preview_connect
from awra_tui.actions.dismiss import dismiss, restore, snooze
from awra_tui.actions.owner import set_owner
from awra_tui.actions.sync import sync_now
from awra_tui.actions.undo import undo_last
from awra_tui.cache.pages.mappings import mapping_row
from awra_tui.cache.pages.overview import overview
from awra_tui.cache.pages.warnings import WarningQuery, WarningRow, warnings_all
from awra_tui.cache.store import links, records
from awra_tui.records.errors import AwraError
from awra_tui.records.status import MappingState, Status
from awra_tui.records.subject import MappingKey, RecordKey
from awra_tui.settings import http
from awra_tui.sync.desk import Desk
from tests.mapped import map_to, seen_mapped
from tests.office import PROFILE, BooksCompany, office, write_ledger, write_source
from tests.watch import Watch

ASKING = PROFILE.replace('new_customers = "create"', 'new_customers = "ask"')
UNMAPPED = PROFILE.replace('value = "*"', 'value = "Nothing of ours"')
CUSTOMER, EARLY, LATE = RecordKey("customer", "C-1"), RecordKey("invoice", "OLD"), RecordKey("invoice", "NEW")
ANY_ITEM = MappingKey("item", "*")


def statuses(desk: Desk, *keys: RecordKey) -> list[Status]:
    return [one.status for one in desk.cache.now(records.many, keys).values()]


def shown(desk: Desk, *, dismissed: bool = False) -> list[WarningRow]:
    return desk.cache.now(warnings_all, WarningQuery(dismissed=dismissed))


def released(desk: Desk) -> int:
    return desk.cache.now(overview).released


def two_years(folder: Path) -> None:
    """Write one customer with an invoice of this year and one of the last."""
    write_ledger(folder, {"NEW": "5.00"})
    both = [("OLD", "2025-06-01", "3.00"), ("NEW", "2026-11-02", "5.00")]
    rows = [{"number": n, "customer": "C-1", "date": d, "amount": a} for n, d, a in both]
    write_source(folder, "invoices.csv", rows)


async def test_connecting_with_a_start_date_keeps_what_is_earlier_out_and_undo_forgets_it(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    there = company.book("Customer", {"DisplayName": "Baobab Cafe Ltd"})
    two_years(tmp_path)
    with office(tmp_path, company, ASKING) as desk:
        await sync_now(desk)
        [best, *_] = await candidates(desk, CUSTOMER)
        assert best.object.id == there["Id"]
        start = dt.date(2026, 1, 1)
        said = await preview_connect(desk, CUSTOMER, there["Id"], start)
        assert (said.releases, said.refused) == (1, "")
        assert any("dated before 2026-01-01 stays out" in one for one in said.follows)
        done = await connect_record(desk, CUSTOMER, there["Id"], start)
        assert (done.released, released(desk)) == ((LATE,), 1)
        assert statuses(desk, CUSTOMER, EARLY, LATE) == [Status.SUCCEEDED, Status.SKIPPED, Status.PENDING]
        assert "start date" in desk.cache.now(records.many, [EARLY])[EARLY].skipped_because

        assert "not connected any more" in (await undo_last(desk)).sentence
        assert desk.cache.now(links.of, CUSTOMER) == ()
        assert statuses(desk, CUSTOMER, EARLY, LATE) == [Status.NEEDS_ATTENTION] * 3
        assert released(desk) == 0

        assert (await connect_record(desk, CUSTOMER, there["Id"])).released == (EARLY, LATE)
        await sync_now(desk)
        assert (len(company.all("Invoice")), len(company.all("Customer")), released(desk)) == (2, 1, 0)


async def test_a_new_customer_is_created_and_until_then_it_can_be_taken_back(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"NEW": "5.00"})
    with office(tmp_path, company, ASKING) as desk:
        await sync_now(desk)
        assert (await create_new(desk, CUSTOMER)).released == (CUSTOMER,)
        assert "will not be created" in (await undo_last(desk)).sentence
        assert (await sync_now(desk)).counts.get("succeeded", 0) == 0
        await create_new(desk, CUSTOMER)
        assert (await sync_now(desk)).counts["succeeded"] == 2
        with pytest.raises(AwraError, match="created in QuickBooks meanwhile"):
            await undo_last(desk)
        with pytest.raises(AwraError, match="connected already"):
            await create_new(desk, CUSTOMER)


async def test_what_became_inactive_in_quickbooks_is_connected_to_another_and_undo_goes_back(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"NEW": "5.00"})
    with office(tmp_path, company, ASKING) as desk:
        old, new = (company.book("Customer", {"DisplayName": name}) for name in ("Baobab", "Acacia"))
        await sync_now(desk)
        await connect_record(desk, CUSTOMER, old["Id"])
        with pytest.raises(AwraError, match="connected already"):
            await connect_record(desk, CUSTOMER, new["Id"])
        company.book("Customer", {"Id": old["Id"], "SyncToken": "0", "sparse": True, "Active": False})
        await sync_now(desk)
        assert not (await preview_connect(desk, CUSTOMER, new["Id"])).refused
        before = desk.cache.now(links.of, CUSTOMER)
        desk.cache.now(
            links.add_many, [replace(one, fingerprint="as it was sent") for one in before], "jo@desk"
        )
        await connect_record(desk, CUSTOMER, new["Id"])
        assert [link.qbo_id for link in desk.cache.now(links.of, CUSTOMER)] == [new["Id"]]
        assert "connected as before" in (await undo_last(desk)).sentence
        [again] = desk.cache.now(links.of, CUSTOMER)
        assert (again.qbo_id, again.fingerprint) == (old["Id"], "as it was sent")


async def test_an_object_is_connected_to_one_record_only(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"NEW": "5.00"})
    customers = [{"id": "C-1", "name": "Baobab Café"}, {"id": "C-2", "name": "Acacia Kiosk"}]
    write_source(tmp_path, "customers.csv", customers)
    there = company.book("Customer", {"DisplayName": "Baobab Cafe Ltd"})
    with office(tmp_path, company, ASKING) as desk:
        await sync_now(desk)
        await connect_record(desk, CUSTOMER, there["Id"])
        with pytest.raises(AwraError, match="connected to customer/C-1 already"):
            await connect_record(desk, RecordKey("customer", "C-2"), there["Id"])
        with pytest.raises(AwraError, match="no customer with the id 4711"):
            await connect_record(desk, RecordKey("customer", "C-2"), "4711")


async def test_nobody_decides_about_a_record_whose_answer_is_missing(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"NEW": "5.00"})
    with office(tmp_path, company) as desk:

        async def lose(request: http.Request) -> None:
            raise http.ReadError("cut", request=request)

        company.wire.before = lose
        await sync_now(desk)
        there = company.book("Customer", {"DisplayName": "Baobab Cafe Ltd"})
        assert "no answer yet" in (await preview_connect(desk, CUSTOMER, there["Id"])).refused
        with pytest.raises(AwraError, match="no answer yet"):
            await create_new(desk, CUSTOMER)


async def test_a_default_mapping_releases_what_needs_a_narrower_one_and_undo_holds_it_again(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"NEW": "5.00", "NEXT": "6.00"}, paid=["NEW"])
    scoped = UNMAPPED.replace(
        "[[mapping.preset]]", '[mapping.scopes]\nitem = ["currency"]\n[[mapping.preset]]'
    )
    with office(tmp_path, company, scoped) as desk:
        await sync_now(desk)
        narrow = MappingKey("item", "*", "currency=USD")
        blocked = desk.cache.now(mapping_row, narrow)
        assert blocked is not None
        assert (blocked.mapping.state, blocked.waiting_records) == (MappingState.BLOCKED, 2)
        services = company.one("Item", Name="Services")["Id"]
        said = await seen_mapped(desk, ANY_ITEM, services)
        assert said.sentence == "Releases 2 invoices, USD 11.00; 1 payment waits for them and follows."
        saved = await map_to(desk, ANY_ITEM, services)
        assert saved.sentence == "Saved. 2 records can be sent now."
        assert (len(saved.released), released(desk)) == (said.releases, 2)
        served = desk.cache.now(mapping_row, narrow)
        assert served is not None
        assert served.mapping.state is MappingState.READY

        await undo_last(desk)
        assert (released(desk), statuses(desk, LATE)) == (0, [Status.NEEDS_ATTENTION])
        held = desk.cache.now(mapping_row, narrow)
        assert held is not None
        assert held.mapping.state is MappingState.BLOCKED
        await map_to(desk, ANY_ITEM, services)
        await sync_now(desk)
        assert (len(company.all("Invoice")), len(company.all("Payment")), released(desk)) == (2, 1, 0)


async def test_an_unusable_choice_releases_nothing_and_says_why(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"NEW": "5.00"})
    with office(tmp_path, company, UNMAPPED) as desk:
        await sync_now(desk)
        said = await seen_mapped(desk, ANY_ITEM, "4711")
        assert (said.lines[0].state, said.releases) == (MappingState.BLOCKED, 0)
        assert said.sentence.startswith("QuickBooks has no Item with the id 4711")
        with pytest.raises(AwraError, match=r"id 4711.*Nothing was saved\."):
            await map_to(desk, ANY_ITEM, "4711")
        assert released(desk) == 0


async def test_dismissing_restoring_and_owning_are_undone_one_by_one(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"NEW": "5.00"})
    with office(tmp_path, company, ASKING) as desk:
        await sync_now(desk)
        ids = [one.id for one in shown(desk)]
        assert len(ids) == 2
        await set_owner(desk, ids[:1], "asha")
        await set_owner(desk, ids, "juma")
        with pytest.raises(AwraError, match="needs a reason"):
            await dismiss(desk, ids, "  ")
        assert (await dismiss(desk, ids, "closed shop")).sentence == "Dismissed 2 warnings, USD 5.00."
        assert (shown(desk), len(shown(desk, dismissed=True))) == ([], 2)
        await restore(desk, ids)
        assert len(shown(desk)) == 2
        await undo_last(desk)
        assert shown(desk) == []
        await undo_last(desk)
        assert len(shown(desk)) == 2
        await undo_last(desk)
        assert {one.id: one.owner for one in shown(desk)} == {ids[0]: "asha", ids[1]: ""}
        await undo_last(desk)
        assert {one.owner for one in shown(desk)} == {""}
        assert (await undo_last(desk)).sentence == "There is nothing of yours to undo."


async def test_what_was_put_aside_or_cleared_meanwhile_is_not_told_as_done(
    watch: Watch, tmp_path: Path
) -> None:
    write_ledger(tmp_path, {"INV-1": "5.00", "INV-2": "7.50"})
    with office(tmp_path, BooksCompany("empty-us"), UNMAPPED) as desk:
        await sync_now(desk)
        ids = [row.id for row in shown(desk)]
        assert len(ids) == 2
        await dismiss(replace(desk, who="amy@desk"), ids[:1], "agreed")
        done = await dismiss(desk, ids, "known")
        assert done.sentence.startswith("Dismissed 1 warning, USD ")
        for act in (dismiss(desk, ids, "known"), snooze(desk, ids, watch.now.date() + dt.timedelta(9), "")):
            with pytest.raises(AwraError, match="None of these warnings is open any more"):
                await act
        await restore(desk, ids)
        with pytest.raises(AwraError, match="None of these warnings is put aside any more"):
            await restore(desk, ids)
        assert (await undo_last(desk)).sentence == "Put 2 warnings aside again, as before."


async def test_nobody_undoes_what_another_decided(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"NEW": "5.00"})
    with office(tmp_path, company, ASKING) as desk:
        await sync_now(desk)
        await create_new(desk, CUSTOMER)
        desk.who = "juma@till"
        assert (await undo_last(desk)).sentence == "There is nothing of yours to undo."
