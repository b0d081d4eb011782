"""Check: what would become of records now, without anything being sent or kept."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from awra_tui.actions import check as checking
from awra_tui.actions.check import Asked, Checked, check
from awra_tui.actions.connect import create_new
from awra_tui.actions.outlook import Fate, Outlook
from awra_tui.actions.sync import sync_now
from awra_tui.cache import rows
from awra_tui.cache.store import facts
from awra_tui.records.errors import AwraError
from awra_tui.records.subject import RecordKey
from awra_tui.sync.afresh import read_again
from awra_tui.sync.desk import Desk
from awra_tui.sync.progress import Progress
from tests.office import PROFILE, BooksCompany, fault, office, write_ledger
from tests.watch import Watch

RULE = ("6000", "A business validation error has occurred", "The colour is wrong")
KEPT = ("record", "warning", "attempt", "decision", "link", "request", "run")


@contextmanager
def held(folder: Path, *, paid: tuple[str, ...] = (), profile: str = PROFILE) -> Iterator[tuple[Desk, Any]]:
    """A desk whose invoices lie in a closed period; their customer is there, and one invoice after it."""
    company = BooksCompany("empty-us")
    write_ledger(folder, {"INV-1": "5.00", "INV-2": "7.50"}, paid)
    with office(folder, company, profile) as desk:
        company.switch(closing_date="2026-11-02")
        asyncio.run(sync_now(desk))
        company.wire.sent.clear()
        yield desk, company


def found(desk: Desk, *keys: str, offline: bool = False) -> dict[str, Outlook]:
    """Return what a check says of records, by name."""
    named = tuple(RecordKey(*key.split("/")) for key in keys)
    told = asyncio.run(check(desk, Asked(keys=named or None), offline=offline))
    return {one.name: one for group in told.groups for one in group.members}


def kept(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    """Return everything that is kept of records."""
    return {table: desk.cache.now(rows.select, f"SELECT * FROM {table} ORDER BY id") for table in KEPT}


def test_each_record_has_one_of_the_words_and_nothing_is_written(watch: Watch, tmp_path: Path) -> None:
    with held(tmp_path, paid=("INV-1",)) as (desk, company):
        before = kept(desk)
        told = asyncio.run(check(desk, Asked()))
        assert told.sentence == "3 records: 2 would fail, 1 blocked."
        failing, blocked = told.groups
        assert (failing.fate, failing.cause, len(failing.members)) == (Fate.FAILS, "closed:2026-11-02", 2)
        assert failing.sentence.startswith("Dates lie in a closed period")
        assert [(one.currency, one.minor) for one in failing.money] == [("USD", 1250)]
        [payment] = blocked.members
        assert (payment.fate, payment.blocked_by) == (Fate.BLOCKED, "invoice INV-1")
        assert not told.is_well
        assert kept(desk) == before
        assert company.wire.sent == []


def test_the_company_is_read_as_it_is_now_unless_one_is_offline(watch: Watch, tmp_path: Path) -> None:
    with held(tmp_path, paid=("INV-1",)) as (desk, company):
        company.switch(closing_date="2026-10-31")
        assert found(desk, offline=True)["invoice/INV-1"].fate is Fate.FAILS
        now = found(desk)
        assert now["invoice/INV-1"].sentence == "It would be created in QuickBooks."
        assert now["payment/PAY-INV-1"].fate is Fate.GOES
        assert now["payment/PAY-INV-1"].sentence == (
            "It would be sent after invoice INV-1, which goes first."
        )
        told = asyncio.run(check(desk, Asked()))
        assert [group.sentence for group in told.groups] == [
            "Invoices: they would be created in QuickBooks.",
            "It would be sent after invoice INV-1, which goes first.",
        ]
        assert (told.is_well, company.wire.sent) == (True, [])
        assert found(desk, offline=True)["invoice/INV-1"].fate is Fate.GOES, "our copy was brought up to date"


def test_what_was_refused_fails_again_as_long_as_nothing_changes(watch: Watch, tmp_path: Path) -> None:
    with held(tmp_path, paid=("INV-1",)) as (desk, company):
        company.switch(closing_date="2026-10-31")
        company.wire.refusal = partial(fault, *RULE)
        asyncio.run(sync_now(desk))
        watch.forward(minutes=10)
        told = asyncio.run(check(desk, Asked()))
        refused, blocked = told.groups
        assert refused.sentence == (
            "QuickBooks refused it, and nothing has changed since: "
            "A business validation error has occurred: The colour is wrong."
        )
        assert (refused.fate, len(refused.members)) == (Fate.FAILS, 2), "one answer to both is one cause"
        assert refused.members[0].action.startswith("Read what QuickBooks said, correct it there")
        assert (blocked.fate, blocked.members[0].name) == (Fate.BLOCKED, "payment/PAY-INV-1")
        company.change("Item", company.one("Item", Name="Services"), Description="A better word")
        assert found(desk)["invoice/INV-1"].fate is Fate.GOES


def test_what_a_refusal_was_about_says_who_helps_and_how(watch: Watch, tmp_path: Path) -> None:
    with held(tmp_path) as (desk, company):
        company.switch(closing_date="2026-10-31")
        item = company.one("Item", Name="Services")["Id"]
        said = f"Invalid Reference Id : Items element id {item} not found"
        company.wire.refusal = partial(fault, "2500", "Invalid Reference Id", said)
        asyncio.run(sync_now(desk))
        watch.forward(minutes=10)
        [group] = asyncio.run(check(desk, Asked())).groups
        assert (group.fate, group.cause, len(group.members)) == (Fate.FAILS, "mapping:item/*", 2)
        first = group.members[0]
        assert first.sentence.endswith(f"Invalid Reference Id: {said}.")
        assert (first.action, first.who) == ("Map it to another item.", "finance administrator")


def test_records_are_chosen_by_name_and_by_kind(watch: Watch, tmp_path: Path) -> None:
    with held(tmp_path, paid=("INV-1",)) as (desk, _):
        assert [*found(desk, "payment/PAY-INV-1")] == ["payment/PAY-INV-1"]
        only = found(desk, "customer/C-1", "invoice/INV-2")
        assert [one.fate for one in only.values()] == [Fate.FAILS, Fate.NOTHING]
        assert only["customer/C-1"].sentence == "It is in QuickBooks already."
        told = asyncio.run(check(desk, Asked(kinds=("payment",)), offline=True))
        assert told.sentence == "1 record: 1 blocked."
        none = asyncio.run(check(desk, Asked(kinds=("bill",)), offline=True))
        assert (none.sentence, none.is_well) == ("Nothing waits to be sent.", True)


@pytest.mark.parametrize("offline", [False, True])
def test_before_the_source_was_ever_read_it_says_so(watch: Watch, tmp_path: Path, offline: bool) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "5.00"})
    with office(tmp_path, company) as desk:
        asyncio.run(read_again(desk))
        with pytest.raises(AwraError, match="source has not been read yet"):
            asyncio.run(check(desk, Asked(), offline=offline))
        assert desk.cache.now(facts.company) is not None, "QuickBooks was reached"


def test_settings_that_take_nothing_in_are_said_of_the_company_and_of_every_record(
    watch: Watch, tmp_path: Path
) -> None:
    with held(tmp_path) as (desk, company):
        company.switch(closing_date="2026-10-31")
        assert found(desk)["invoice/INV-1"].fate is Fate.GOES
        known = desk.cache.now(facts.company)
        assert known is not None
        desk.cache.now(facts.set_company, replace(known, subscription="EXPIRED"))
        told = asyncio.run(check(desk, Asked(), offline=True))
        assert "the company's subscription is expired" in told.company[0].sentence
        [group] = told.groups
        assert (group.fate, group.cause) == (Fate.FAILS, "connection:subscription")


def test_what_has_no_answer_yet_is_looked_up_before_anything_else(watch: Watch, tmp_path: Path) -> None:
    with held(tmp_path) as (desk, company):
        company.switch(closing_date="2026-10-31")
        company.wire.tamper = lambda _request, _answer: None
        asyncio.run(sync_now(desk))
        [one] = {each.sentence for each in found(desk, offline=True).values()}
        assert one.startswith("It was sent and has no answer yet")


def test_the_result_grows_and_can_be_stopped(
    watch: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "CHUNK", 1)
    with held(tmp_path, paid=("INV-1",)) as (desk, _):
        seen: list[str] = []
        steps: list[Progress] = []

        async def stopped() -> None:
            task = asyncio.current_task()
            assert task is not None

            def partly(so_far: Checked) -> None:
                seen.append(so_far.sentence)
                if so_far.done == 2:
                    task.cancel()

            await check(desk, Asked(), offline=True, progress=steps.append, partly=partly)

        with pytest.raises(asyncio.CancelledError):
            asyncio.run(stopped())
        assert seen == ["1 of 3 records: 1 would fail.", "2 of 3 records: 2 would fail."]
        assert [(step.done, step.total) for step in steps] == [(1, 3), (2, 3)]
        assert found(desk, offline=True).keys() == {"invoice/INV-1", "invoice/INV-2", "payment/PAY-INV-1"}


def test_without_a_company_it_says_so(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "5.00"})
    with office(tmp_path, company) as desk, pytest.raises(AwraError, match="sync first"):
        asyncio.run(check(desk, Asked(), offline=True))


OWN_IDS = PROFILE.replace(
    'fields = { source_id = "number", number = "number", party_id = "customer"',
    'fields = { source_id = "id", number = "number", party_id = "customer"',
    1,
)
"""A profile whose invoices have ids beside their numbers, so that two may bear one."""


def write_twins(folder: Path, amounts: Sequence[str]) -> None:
    """Write invoices that all bear the number INV-1."""
    write_ledger(folder, {f"INV-{place}": amount for place, amount in enumerate(amounts)})
    path = folder / "source" / "invoices.csv"
    first, *others = path.read_text(encoding="utf-8").splitlines()
    bodies = [f"i{place},INV-1,{row.split(',', 1)[1]}" for place, row in enumerate(others)]
    path.write_text("\n".join([f"id,{first}", *bodies]), encoding="utf-8")


def test_a_number_that_two_records_have_goes_once(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_twins(tmp_path, ["5.00", "7.50"])
    with office(tmp_path, company, OWN_IDS) as desk:
        company.switch(closing_date="2026-11-02")
        asyncio.run(sync_now(desk))
        company.switch(closing_date="2026-10-31")
        told = asyncio.run(check(desk, Asked()))
        assert told.sentence == "2 records: 1 would fail, 1 would be sent."
        [failing] = told.groups[0].members
        assert (failing.key.source_id, failing.fate) == ("i1", Fate.FAILS)
        assert failing.sentence == "Its number INV-1 is that of invoice i0, too, which goes first."


def test_a_number_that_a_connected_transaction_bears_fails(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_twins(tmp_path, ["5.00"])
    with office(tmp_path, company, OWN_IDS) as desk:
        asyncio.run(sync_now(desk))
        company.wire.sent.clear()
        write_twins(tmp_path, ["5.00", "7.50"])
        asyncio.run(sync_now(desk))
        [one] = found(desk).values()
        assert (one.key.source_id, one.fate) == ("i1", Fate.FAILS)
        assert one.sentence == "QuickBooks has invoice INV-1 already, and invoice i0 is connected to it."
        assert company.wire.sent == [], "it is not even tried"


def test_a_number_that_two_records_have_goes_once_behind_a_customer_who_is_new(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    write_twins(tmp_path, ["5.00", "7.50"])
    with office(tmp_path, company, OWN_IDS.replace('"create"', '"ask"')) as desk:
        asyncio.run(sync_now(desk))
        asyncio.run(create_new(desk, RecordKey("customer", "C-1")))
        told = asyncio.run(check(desk, Asked()))
        assert told.sentence == "3 records: 1 would fail, 2 would be sent."
        [failing] = told.groups[0].members
        assert (failing.key.source_id, failing.fate) == ("i1", Fate.FAILS)
