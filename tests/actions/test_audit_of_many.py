"""A decision about many records is found by each of them, whoever made it and however many they are."""

from pathlib import Path

from awra_tui.actions.audit import about, audit, line
from awra_tui.actions.connect import connect_record
from awra_tui.actions.deciding import decide
from awra_tui.actions.sync import sync_now
from awra_tui.actions.undo import undo_last
from awra_tui.cache.pages.audit import AuditQuery
from awra_tui.records.chosen import Choice
from awra_tui.records.subject import RecordKey
from awra_tui.sync.desk import Desk
from awra_tui.sync.run import sync
from tests.actions.test_audit import ASKING
from tests.office import BooksCompany, office, write_ledger
from tests.watch import Watch

MANY = [f"INV-{place}" for place in range(1000, 1130)]


async def verbs_of(desk: Desk, number: str) -> list[str]:
    """Return the verbs of the decisions that a number finds, newest first."""
    return [row.decision.verb for row in await audit(desk, AuditQuery(text=number))]


async def test_every_record_that_was_let_go_or_taken_for_deleted_is_found(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    there = company.book("Customer", {"DisplayName": "Baobab Cafe Ltd"})
    write_ledger(tmp_path, dict.fromkeys(MANY, "5.00"))
    with office(tmp_path, company, ASKING) as desk:
        await sync_now(desk)
        await connect_record(desk, RecordKey("customer", "C-1"), there["Id"])
        assert [await verbs_of(desk, number) for number in (MANY[0], MANY[-1])] == [["release"]] * 2
        write_ledger(tmp_path, {"INV-1": "5.00"})
        await sync(desk, accept_deletions=True)
        for number in (MANY[0], MANY[-1]):
            assert await verbs_of(desk, number) == ["accept deletions", "release"]
        [row] = await audit(desk, AuditQuery(verb="release", text=MANY[-1]))
        assert (row.decision.subject, row.more) == ("130 records", 120)


async def test_a_choice_about_several_and_its_undoing_are_found_by_each(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "5.00", "INV-2": "6.00"})
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        for number in ("INV-1", "INV-2"):
            company.change("Invoice", company.one("Invoice", DocNumber=number), PrivateNote="by hand")
        watch.forward(minutes=5)
        await sync_now(desk)
        await decide(desk, Choice.ACCEPT, RecordKey("invoice", "INV-1"), RecordKey("invoice", "INV-2"))
        await undo_last(desk)
        assert await verbs_of(desk, "INV-2") == ["undo accept", "accept"]
        [accepted] = await audit(desk, AuditQuery(verb="accept"))
        assert about(accepted) == "2 records: Invoice INV-1, Invoice INV-2"
        assert line(accepted.decision.before) == ""
