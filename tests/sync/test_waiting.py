"""The waiting tray: what waits for a change in QuickBooks goes by itself when it is seen, once, and tells."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from awra_tui.actions.sync import RunResult, sync_now
from awra_tui.cache.pages.warnings import WarningQuery, WarningRow, warnings_all
from awra_tui.cache.store import records
from awra_tui.cache.stored import StoredRecord
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.sync.desk import Desk
from tests.office import BooksCompany, fault, office, write_ledger
from tests.watch import Watch

KEY = RecordKey("invoice", "INV-1")


def record(desk: Desk, key: RecordKey = KEY) -> StoredRecord:
    return desk.cache.now(records.many, [key])[key]


def awaiting(desk: Desk, **query: Any) -> list[WarningRow]:
    return desk.cache.now(warnings_all, WarningQuery(waiting=True, **query))


async def later(desk: Desk, watch: Watch) -> RunResult:
    """Sync a while later."""
    watch.forward(minutes=10)
    return await sync_now(desk)


def deactivate(company: BooksCompany, entity: str, **fields: Any) -> Callable[[], object]:
    """Make an object inactive; return what makes it active again, as it was called before."""
    thing = company.one(entity, **fields)
    company.change(entity, thing, Active=False)
    named = {name: thing[name] for name in ("Name", "DisplayName") if name in thing}
    return lambda: company.change(entity, thing, Active=True, **named)


@dataclass(frozen=True)
class Remedy:
    """What somebody does in QuickBooks: how it comes to be in the way, and what is awaited and told."""

    hinder: Callable[[BooksCompany], Callable[[], object]]
    awaits: str


def closed(company: BooksCompany) -> Callable[[], object]:
    company.switch(closing_date="2026-11-10")
    return lambda: company.switch(closing_date="2026-10-31")


def numbered_by_itself(company: BooksCompany) -> Callable[[], object]:
    company.switch(custom_txn_numbers=False)
    return lambda: company.switch(custom_txn_numbers=True)


REMEDIES = {
    "item": Remedy(
        lambda company: deactivate(company, "Item", Name="Services"), "item Services is active again"
    ),
    "customer": Remedy(
        lambda company: deactivate(company, "Customer", DisplayName="Baobab Café"),
        "customer Baobab Café is active again",
    ),
    "closing date": Remedy(closed, "the books are open for 02 Nov 2026 again"),
    "custom numbers": Remedy(numbered_by_itself, "custom transaction numbers are switched on"),
}


@pytest.mark.parametrize("name", REMEDIES)
async def test_what_waits_for_a_change_goes_once_when_it_is_seen_and_tells(
    name: str, watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-0": "1.00"})
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        watch.forward(minutes=10)
        remedy = REMEDIES[name].hinder(company)
        write_ledger(tmp_path, {"INV-0": "1.00", "INV-1": "5.00"})
        await sync_now(desk)
        assert record(desk).status is Status.NEEDS_ATTENTION
        assert [row.awaits for row in awaiting(desk, kinds=("invoice",))] == [REMEDIES[name].awaits]
        sent = len(company.wire.sent)
        await later(desk, watch)
        assert len(company.wire.sent) == sent, "nothing has changed yet"
        watch.forward(minutes=10)
        remedy()
        result = await later(desk, watch)
        assert record(desk).status is Status.SUCCEEDED
        assert f"Invoice INV-1 was sent by itself: {REMEDIES[name].awaits} in QuickBooks." in result.sentence
        assert len(company.wire.sent) == sent + 1
        assert awaiting(desk) == []
        [answer] = [one.sentence for one in record(desk).verdicts if one.step == "answer"]
        assert answer.endswith(f"sent by itself: {REMEDIES[name].awaits} in QuickBooks")
        assert (await later(desk, watch)).outcome == "nothing"
