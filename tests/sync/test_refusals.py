"""Refusals: not repeated while nothing changes, released by what does, retried where they pass."""

from pathlib import Path

import pytest

from awra_tui.actions.resend import ask_resend, resend
from awra_tui.actions.sync import sync_now
from awra_tui.cache.pages.warnings import WarningQuery, warnings_all
from awra_tui.cache.store import records
from awra_tui.cache.stored import StoredRecord
from awra_tui.records.status import Status
from awra_tui.records.subject import MappingKey, RecordKey
from awra_tui.sync.desk import Desk
from awra_tui.sync.retry import JITTER, Retry
from tests.mapped import map_to
from tests.office import BooksCompany, fault, office, write_ledger
from tests.watch import Watch

FIRST = RecordKey("invoice", "INV-1")
RULE = ("6000", "A business validation error has occurred", "The colour is wrong")


def stored(desk: Desk) -> StoredRecord:
    return desk.cache.now(records.many, [FIRST])[FIRST]


def reasons(desk: Desk) -> list[str]:
    return [one.reason for one in desk.cache.now(warnings_all, WarningQuery(kinds=("invoice",)))]


async def refused(desk: Desk, company: BooksCompany, folder: Path, *told: str) -> None:
    """Bring the customer over, and let QuickBooks refuse the invoice."""
    write_ledger(folder, {"INV-0": "1.00"})
    await sync_now(desk)
    write_ledger(folder, {"INV-0": "1.00", "INV-1": "5.00"})
    company.wire.sent.clear()
    company.wire.tamper = lambda request, answer: fault(*told)
    company.switch(requestid_ignored=True)
    company.wire.before = None
    await sync_now(desk)
    company.wire.tamper = None
    # What the tampered answer refused was booked all the same; the test is about the refusal.
    company.book("Invoice", company.one("Invoice", DocNumber="INV-1"), "delete")


async def test_an_unchanged_refusal_is_not_sent_again_by_itself(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    with office(tmp_path, company) as desk:
        await refused(desk, company, tmp_path, *RULE)
        assert (stored(desk).status, reasons(desk)) == (Status.FAILED, ["refused_by_a_rule"])
        for _ in range(3):
            watch.forward(hours=1)
            assert (await sync_now(desk)).counts.get("succeeded", 0) == 0
        assert len(company.wire.sent) == 1


async def test_a_changed_source_releases_a_refusal(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    with office(tmp_path, company) as desk:
        await refused(desk, company, tmp_path, *RULE)
        write_ledger(tmp_path, {"INV-0": "1.00", "INV-1": "6.00"})
        await sync_now(desk)
        assert (stored(desk).status, reasons(desk)) == (Status.SUCCEEDED, [])


async def test_a_change_in_quickbooks_releases_a_refusal(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    with office(tmp_path, company) as desk:
        await refused(desk, company, tmp_path, *RULE)
        watch.forward(minutes=5)
        company.change("Item", company.one("Item", Name="Services"), Description="Any kind of work")
        await sync_now(desk)
        assert stored(desk).status is Status.SUCCEEDED


async def test_resending_without_a_change_asks_with_the_message_and_then_sends(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    with office(tmp_path, company) as desk:
        await refused(desk, company, tmp_path, *RULE)
        question = await ask_resend(desk, [FIRST])
        assert (question.needs_yes, question.unchanged, question.sendable) == (True, 1, (FIRST,))
        assert question.quotes == (f"{RULE[1]}: {RULE[2]}",)
        assert "Nothing has changed" in question.sentence
        [kept] = await resend(desk, [FIRST])
        assert (kept.status, kept.sentence) == (Status.FAILED, f"{RULE[1]}: {RULE[2]}")
        [sent] = await resend(desk, [FIRST], anyway=True)
        assert (sent.status, sent.sentence) == (Status.SUCCEEDED, "It is in QuickBooks.")
        [done] = (await ask_resend(desk, [FIRST])).blocked
        assert done == "Invoice INV-1 is in QuickBooks already."


async def test_an_inactive_object_holds_back_until_it_is_active_again(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "5.00"})
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        item = company.one("Item", Name="Services")
        watch.forward(minutes=5)
        company.change("Item", item, Active=False)
        write_ledger(tmp_path, {"INV-1": "5.00", "INV-2": "7.00"})
        await sync_now(desk)
        assert reasons(desk) == ["mapped_to_inactive"]
        watch.forward(minutes=5)
        company.change("Item", item, Active=True, Name="Services")
        await sync_now(desk)
        assert (reasons(desk), len(company.all("Invoice"))) == ([], 2)


async def test_a_passing_refusal_is_tried_again_when_its_time_has_come_and_not_for_ever(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    settings = ("sync.retry_limit=3", "sync.retry_first_wait_seconds=100")
    with office(tmp_path, company, overrides=settings) as desk:
        await refused(desk, company, tmp_path, "6000", "Wait a few minutes", "Please wait a few minutes")
        assert stored(desk).status is Status.RETRYING
        company.wire.tamper = lambda request, answer: fault("6000", "Wait", "Please wait a few minutes")
        for wait, tries in ((79, 1), (42, 2), (159, 2), (82, 3), (3600, 3)):
            watch.forward(seconds=wait)
            await sync_now(desk)
            assert len(company.wire.sent) == tries
            for one in company.all("Invoice"):
                if one["DocNumber"] == "INV-1":
                    company.book("Invoice", one, "delete")
        assert stored(desk).status is Status.NEEDS_ATTENTION


@pytest.mark.parametrize(("tries", "seconds"), [(1, 30), (2, 60), (5, 480), (9, 3600), (400, 3600)])
def test_waits_double_up_to_an_hour(watch: Watch, tries: int, seconds: float) -> None:
    from awra_tui.records.clock import parse_stamp

    wait = (parse_stamp(Retry(30).when(tries)) - watch.now).total_seconds()
    assert seconds * (1 - JITTER) <= wait <= seconds * (1 + JITTER)


async def test_what_a_refused_id_stands_for_is_one_cause_and_released_by_another_mapping(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    with office(tmp_path, company) as desk:
        services = company.one("Item", Name="Services")["Id"]
        said = f"Invalid Reference Id : Items element id {services} not found"
        await refused(desk, company, tmp_path, "2500", "Invalid Reference Id", said)
        [one] = desk.cache.now(warnings_all, WarningQuery(kinds=("invoice",)))
        assert (one.reason, one.cause, one.screen) == ("mapped_to_nothing", "mapping:item/*", "mapping")
        assert (one.code, one.message) == ("2500", f"Invalid Reference Id: {said}")
        hours = company.one("Item", Name="Hours")["Id"]
        await map_to(desk, MappingKey("item", "*"), hours)
        await sync_now(desk)
        assert (stored(desk).status, reasons(desk)) == (Status.SUCCEEDED, [])
