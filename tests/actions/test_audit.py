"""Everything decided stands in the audit once, in words, with what was before and after."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from awra_tui.actions.audit import about, as_data, audit, entry, line, sheet
from awra_tui.actions.connect import connect_record, create_new
from awra_tui.actions.dismiss import dismiss
from awra_tui.actions.revocation import disconnect
from awra_tui.actions.sync import sync_now
from awra_tui.actions.undo import undo_last
from awra_tui.actions.verbs import done, said
from awra_tui.cache.pages.audit import PROGRAM, AuditQuery
from awra_tui.cache.pages.warnings import WarningQuery, warnings_all
from awra_tui.cache.store import decisions
from awra_tui.records.errors import AwraError
from awra_tui.records.subject import MappingKey, RecordKey
from awra_tui.sync.desk import Desk
from awra_tui.sync.run import sync
from tests.mapped import map_to
from tests.office import PROFILE, BooksCompany, fault, office, write_ledger
from tests.watch import Watch

ASKING = PROFILE.replace('new_customers = "create"', 'new_customers = "ask"')


async def verbs(desk: Desk, **wanted: str) -> list[tuple[str, str, str]]:
    """Return who, verb and subject of what the audit has, oldest first."""
    found = await audit(desk, AuditQuery(**wanted))
    return [(one.decision.who, one.decision.verb, one.decision.subject) for one in reversed(found)]


async def test_what_people_and_the_program_decide_stands_there_once(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    there = company.book("Customer", {"DisplayName": "Baobab Cafe Ltd"})
    write_ledger(tmp_path, {"INV-1": "5.00", "INV-2": "6.00"})
    with office(tmp_path, company, ASKING) as desk:
        await sync_now(desk)
        await connect_record(desk, RecordKey("customer", "C-1"), there["Id"])
        assert await verbs(desk) == [
            ("profile", "map", "item/*"),
            (desk.who, "connect", "customer/C-1"),
            (PROGRAM, "release", "2 records"),
        ]
        [mapped] = await audit(desk, AuditQuery(verb="map"))
        assert (mapped.key, mapped.name) == (None, "item/*")
        found = await entry(desk, mapped.decision.id)
        assert dict(found.after)["QuickBooks id"].startswith("Services (")
        await undo_last(desk)
        [undone] = await audit(desk, AuditQuery(verb="connect"))
        told = await entry(desk, undone.decision.id)
        assert told.standing.startswith(f"It was taken back by {desk.who}, decision ")
        assert dict(told.after)["QuickBooks id"] == f"Baobab Cafe Ltd ({there['Id']})"
        undoing = await entry(desk, undone.decision.undone_by)
        assert undoing.standing == f"It takes back decision {undone.decision.id}."
        with pytest.raises(AwraError, match="no decision 999"):
            await entry(desk, 999)


async def test_the_program_notes_what_it_found_took_for_deleted_and_gave_up(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    company.book("Customer", {"DisplayName": "Baobab Café"})
    write_ledger(tmp_path, {"INV-1": "5.00"})
    linking = PROFILE.replace("[sync]\n", "[sync]\nlink_exact_names = true\nretry_limit = 1\n")
    with office(tmp_path, company, linking) as desk:
        company.wire.tamper = lambda request, answer: (
            fault("6000", "Busy", "Please wait a few minutes") if "invoice" in request.url.path else answer
        )
        await sync_now(desk)
        assert (PROGRAM, "find", "customer/C-1") in await verbs(desk)
        assert (PROGRAM, "give up", "invoice/INV-1") in await verbs(desk)
        write_ledger(tmp_path, {"INV-2": "5.00"})
        await sync_now(desk)
        assert (PROGRAM, "accept deletions", "invoice/INV-1") in await verbs(desk)
        write_ledger(tmp_path, {"INV-3": "5.00"})
        await sync(desk, accept_deletions=True)
        assert (desk.who, "accept deletions", "invoice/INV-2") in await verbs(desk)
        await disconnect(desk)
        assert (desk.who, "disconnect company", f"company/{desk.realm}") in await verbs(desk)
        assert len(await verbs(desk)) == len(set(await verbs(desk)))


async def test_it_is_searched_by_number_party_person_and_day(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "5.00"})
    with office(tmp_path, company, ASKING) as desk:
        await sync_now(desk)
        ids = [row.id for row in desk.cache.now(warnings_all, WarningQuery(kinds=("customer",)))]
        await dismiss(desk, ids, "Agreed with Achieng'")
        watch.forward(days=3)
        await map_to(desk, MappingKey("item", "*"), company.one("Item", Name="Hours")["Id"])
        assert [one[1] for one in await verbs(desk, text="cafe achieng")] == ["dismiss"]
        assert [one[1] for one in await verbs(desk, text="100% _")] == []
        assert [one[1] for one in await verbs(desk, text="26 Nov 2026")] == ["map"]
        assert [one[1] for one in await verbs(desk, who=desk.who, verb="dismiss")] == ["dismiss"]
        since = (await audit(desk, AuditQuery()))[0].decision.at
        assert [one[1] for one in await verbs(desk, since=since)] == ["map"]
        assert [one[1] for one in await verbs(desk, until=since)] == ["map", "dismiss"]


async def test_several_are_called_as_people_call_them(watch: Watch, tmp_path: Path) -> None:
    write_ledger(tmp_path, {"INV-1": "5.00", "INV-2": "6.00"})
    with office(tmp_path, BooksCompany("empty-us"), ASKING) as desk:
        await sync_now(desk)
        found = [row for row in desk.cache.now(warnings_all, WarningQuery()) if row.kind == "invoice"]
        await dismiss(desk, [row.id for row in found], "Agreed")
        [row] = await audit(desk, AuditQuery(text="inv-2", verb="dismiss"))
        names = {"Invoice INV-1", "Invoice INV-2"}
        subject, _, named = about(row).partition(": ")
        assert (subject, set(named.split(", "))) == ("2 warnings", names)
        assert about(row) in sheet([row])
        assert set(as_data(row)["records"]) == {"invoice/INV-1", "invoice/INV-2"}
        assert about(replace(row, more=4990)).endswith(" and 4,990 more")
        keys = ["invoice/INV-1", "invoice/INV-2"]
        desk.cache.now(decisions.add, "release", "2 records", {}, {"keys": keys}, PROGRAM)
        [released] = await audit(desk, AuditQuery(verb="release"))
        assert set(about(released).removeprefix("2 records: ").split(", ")) == names
        assert line(released.decision.after) == ""
        await dismiss(desk, [row.id for row in desk.cache.now(warnings_all, WarningQuery())][:1], "Agreed")
        [single] = await audit(desk, AuditQuery(), 1)
        assert about(single).startswith("Customer ")


async def test_a_table_for_spreadsheets_begins_no_formula(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "5.00"})
    with office(tmp_path, company) as desk:
        for subject in ("=1+1", " +2", "-3", "@x", "\t=4", "\r=5", "\n=6", "\uff1d7", 'a"b,\nc'):
            desk.cache.now(decisions.add, "=cmd|' /c calc'!A0", subject, {"note": subject}, {}, "=who")
        written = sheet(await audit(desk, AuditQuery()))
        lines = list(csv.reader(io.StringIO(written)))
        assert len(lines) == 10
        assert all(
            not cell.lstrip().startswith(("=", "+", "-", "@", "\uff1d")) for row in lines for cell in row
        )
        assert lines[1][4] == 'a"b, c'


async def test_what_takes_another_decision_back_says_so(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    there = company.book("Customer", {"DisplayName": "Baobab Cafe Ltd"})
    write_ledger(tmp_path, {"INV-1": "5.00"})
    with office(tmp_path, company, ASKING) as desk:
        await sync_now(desk)
        customer, hours = RecordKey("customer", "C-1"), company.one("Item", Name="Hours")["Id"]
        for deed in (
            lambda: map_to(desk, MappingKey("item", "*"), hours),
            lambda: connect_record(desk, customer, there["Id"]),
            lambda: create_new(desk, customer),
        ):
            await deed()
            await undo_last(desk)
        people = [one.decision for one in await audit(desk, AuditQuery(who=desk.who))]
        assert [done(one) for one in reversed(people)] == [
            "mapped", "took back: mapped", "connected", "took back: connected",
            "said it is new in QuickBooks", "took back: said it is new in QuickBooks",
        ]  # fmt: skip


def test_every_verb_has_words() -> None:
    assert said("undo map") == "took back: mapped"
    assert said("create_new") == "said it is new in QuickBooks"
    assert said("of_another_version") == "of another version"
