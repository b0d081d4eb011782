"""What the source stops saying: deleted records, many at once, bad rows, rules that change."""

from pathlib import Path

from awra_tui.actions.sync import sync_now
from awra_tui.cache.pages.overview import overview
from awra_tui.cache.pages.warnings import WarningQuery, WarningRow, warnings_all
from awra_tui.cache.store import records, references
from awra_tui.records.status import Status
from awra_tui.records.subject import MappingKey, RecordKey
from awra_tui.sync.desk import Desk
from tests.office import PROFILE, BooksCompany, office, write_ledger
from tests.watch import Watch

MANY = {f"INV-{number}": "1.00" for number in range(1, 41)}


def open_warnings(desk: Desk, *kinds: str) -> list[WarningRow]:
    return desk.cache.now(warnings_all, WarningQuery(kinds=kinds))


def invoices(desk: Desk) -> tuple[int, int]:
    """Return how many invoices the source has and how many of them are in QuickBooks."""
    [row] = [kind for kind in desk.cache.now(overview).kinds if kind.kind == "invoice"]
    return row.source, row.matched


async def test_a_deleted_record_that_was_sent_is_a_warning_until_it_is_void(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "1.00", "INV-2": "2.00"})
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        write_ledger(tmp_path, {"INV-2": "2.00"})
        watch.forward(minutes=5)
        assert (await sync_now(desk)).counts["gone"] == 1
        [warning] = open_warnings(desk, "invoice")
        assert warning.source_id == "INV-1"
        assert "the source no longer has it" in warning.sentence
        assert invoices(desk) == (1, 1)
        company.book("Invoice", company.one("Invoice", DocNumber="INV-1"), "void")
        watch.forward(minutes=5)
        await sync_now(desk)
        assert open_warnings(desk, "invoice") == []


async def test_a_deleted_record_that_comes_back_is_as_before(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "1.00", "INV-2": "2.00"})
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        write_ledger(tmp_path, {"INV-2": "2.00"})
        await sync_now(desk)
        write_ledger(tmp_path, {"INV-1": "1.00", "INV-2": "2.00"})
        await sync_now(desk)
        assert (open_warnings(desk), invoices(desk), len(company.all("Invoice"))) == ([], (2, 2), 2)


async def test_a_deleted_record_that_was_never_sent_disappears(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    company.switch(closing_date="2026-11-20")
    write_ledger(tmp_path, {"INV-1": "1.00", "INV-2": "2.00"})
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        write_ledger(tmp_path, {"INV-2": "2.00"})
        await sync_now(desk)
        assert [one.source_id for one in open_warnings(desk, "invoice")] == ["INV-2"]
        assert invoices(desk) == (1, 0)
        gone = RecordKey("invoice", "INV-1")
        assert desk.cache.now(records.many, [gone])[gone].status is Status.SKIPPED


async def test_many_gone_at_once_are_a_question_about_the_source(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, MANY)
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        write_ledger(tmp_path, {"INV-1": "1.00"})
        assert (await sync_now(desk)).counts["gone"] == 0
        [question] = desk.cache.now(overview).connectors
        assert question.sentence.startswith("39 of 40 invoices are missing from ")
        assert "--accept-deletions" in question.action
        assert (open_warnings(desk, "invoice"), invoices(desk)) == ([], (40, 40))
        await sync_now(desk)
        assert len(desk.cache.now(overview).connectors) == 1
        assert (await sync_now(desk, accept_deletions=True)).counts["gone"] == 39
        assert desk.cache.now(overview).connectors == ()
        assert (len(open_warnings(desk, "invoice")), invoices(desk)) == (39, (1, 1))


async def test_the_question_is_withdrawn_when_the_source_is_whole_again(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, MANY)
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        write_ledger(tmp_path, {"INV-1": "1.00"})
        await sync_now(desk)
        write_ledger(tmp_path, MANY)
        await sync_now(desk)
        assert (desk.cache.now(overview).connectors, invoices(desk)) == ((), (40, 40))


async def test_bad_rows_are_warnings_by_place_and_nothing_counts_as_deleted_meanwhile(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "1.00", "INV-2": "2.00", "INV-3": "3.00"})
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        write_ledger(tmp_path, {"INV-1": "1.00", "INV-2": "two"})
        result = await sync_now(desk)
        assert result.counts["bad_rows"] >= 1
        bad = [one for one in open_warnings(desk) if one.subject.type == "row"]
        assert {(one.subject.kind, one.subject.id.split(":")[0]) for one in bad} == {("invoices.csv", "3")}
        assert any("amount has two" in one.sentence for one in bad)
        assert invoices(desk) == (3, 3)
        write_ledger(tmp_path, {"INV-1": "1.00", "INV-2": "2.00", "INV-3": "3.00"})
        await sync_now(desk)
        assert open_warnings(desk) == []


async def test_changed_rules_renew_what_unchanged_records_need(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "1.00"})
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        assert desk.cache.now(references.needed_mappings) == [MappingKey("item", "*")]
    scoped = PROFILE.replace(
        "[[mapping.preset]]", '[mapping.scopes]\nitem = ["currency"]\n[[mapping.preset]]', 1
    )
    with office(tmp_path, company, scoped) as desk:
        await sync_now(desk)
        assert desk.cache.now(references.needed_mappings) == [MappingKey("item", "*", "currency=USD")]
