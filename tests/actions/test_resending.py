"""Resend guards: what a person is told and asked before records are sent again."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from awra_tui.actions.comparison import compare
from awra_tui.actions.connect import create_new
from awra_tui.actions.resend import ask_resend, resend
from awra_tui.actions.sync import sync_now
from awra_tui.actions.undo import undo_last
from awra_tui.cache.store import budget, leases, records
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.settings import http
from awra_tui.sync import afresh
from awra_tui.sync.desk import Desk
from awra_tui.sync.leases import SENDING
from tests.office import BooksCompany, fault, office, write_ledger
from tests.watch import Watch

KEY = RecordKey("invoice", "INV-1")
RULE = ("6000", "A business validation error has occurred", "The colour is wrong")
SAID = f"{RULE[1]}: {RULE[2]}"


def status(desk: Desk, key: RecordKey = KEY) -> Status:
    return desk.cache.now(records.heads, [key])[key].status


@contextmanager
def refused(folder: Path, watch: Watch, *invoices: str) -> Iterator[tuple[Desk, BooksCompany]]:
    """A desk whose invoices QuickBooks refused; their customer is there."""
    company = BooksCompany("empty-us")
    write_ledger(folder, {"INV-0": "1.00"})
    with office(folder, company) as desk:
        asyncio.run(sync_now(desk))
        write_ledger(folder, {"INV-0": "1.00", **dict.fromkeys(invoices, "5.00")})
        company.wire.refusal = partial(fault, *RULE)
        asyncio.run(sync_now(desk))
        watch.forward(minutes=10)
        yield desk, company


def test_the_objects_concerned_are_read_again_first(watch: Watch, tmp_path: Path) -> None:
    with refused(tmp_path, watch, "INV-1") as (desk, company):
        assert asyncio.run(ask_resend(desk, [KEY])).needs_yes
        company.change("Item", company.one("Item", Name="Hours"), Description="Elsewhere")
        assert asyncio.run(ask_resend(desk, [KEY])).needs_yes, "nothing that it depends on"
        company.change("Item", company.one("Item", Name="Services"), Description="A better word")
        question = asyncio.run(ask_resend(desk, [KEY]))
        assert (question.needs_yes, question.unread) == (False, "")
        assert question.sentence == "Send invoice INV-1 to QuickBooks again?"
        company.wire.refusal = None
        [sent] = asyncio.run(resend(desk, [KEY]))
        assert sent.status is Status.SUCCEEDED


def test_a_closing_date_that_moved_is_seen_before_the_question(watch: Watch, tmp_path: Path) -> None:
    with refused(tmp_path, watch, "INV-1") as (desk, company):
        company.switch(closing_date="2026-11-10")
        question = asyncio.run(ask_resend(desk, [KEY]))
        assert question.sendable == ()
        assert "in a closed period" in question.blocked[0]


@pytest.mark.parametrize("trouble", ["away", "slow"])
def test_without_quickbooks_the_question_says_so_and_goes_on_with_what_is_known(
    trouble: str, watch: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with refused(tmp_path, watch, "INV-1") as (desk, company):
        monkeypatch.setattr(afresh, "SECONDS", 0.05)
        monkeypatch.setattr(type(company.wire), "handle_async_request", _away if trouble == "away" else _slow)
        question = asyncio.run(ask_resend(desk, [KEY]))
        assert question.unread.startswith("QuickBooks could not be read again (")
        assert question.unread.endswith("; this is as of 23 Nov 08:06.")
        assert (question.needs_yes, question.quotes) == (True, (SAID,))


def test_while_a_pass_reads_nobody_else_does(watch: Watch, tmp_path: Path) -> None:
    with refused(tmp_path, watch, "INV-1") as (desk, _):
        desk.cache.now(leases.acquire, SENDING, "amina@office #1", 60)
        before = desk.cache.now(budget.reads_today, desk.realm)
        question = asyncio.run(ask_resend(desk, [KEY]))
        assert "(amina@office is syncing at the moment)" in question.unread
        assert desk.cache.now(budget.reads_today, desk.realm) == before


async def _away(_wire: object, request: http.Request) -> http.Response:
    raise http.ConnectError("no way", request=request)


async def _slow(_wire: object, _request: http.Request) -> http.Response:
    await asyncio.Event().wait()
    raise AssertionError


def test_of_many_the_unchanged_are_counted_and_each_message_is_quoted_once(
    watch: Watch, tmp_path: Path
) -> None:
    with refused(tmp_path, watch, "INV-1", "INV-2", "INV-3") as (desk, _):
        keys = [RecordKey("invoice", f"INV-{number}") for number in (0, 1, 2, 3)]
        question = asyncio.run(ask_resend(desk, keys))
        assert question.sentence == (
            "Nothing has changed since QuickBooks refused. Send 3 of 4 records all the same?"
        )
        assert (question.unchanged, question.quotes) == (3, (SAID,))
        assert question.blocked == ("Invoice INV-0 is in QuickBooks already.",)


def test_a_second_resend_in_vain_for_one_cause_proposes_escalation(watch: Watch, tmp_path: Path) -> None:
    with refused(tmp_path, watch, "INV-1") as (desk, company):
        assert asyncio.run(ask_resend(desk, [KEY])).escalate == ()
        [first] = asyncio.run(resend(desk, [KEY], anyway=True))
        assert (first.status, first.escalate) == (Status.FAILED, None)
        company.wire.refusal = partial(fault, *RULE[:2], "The size is wrong")
        [other] = asyncio.run(resend(desk, [KEY], anyway=True))
        assert other.escalate is None, "another rule is another cause"
        [second] = asyncio.run(resend(desk, [KEY], anyway=True))
        assert second.escalate is not None
        assert second.escalate.sentence == (
            "Invoice INV-1 was resent twice and refused for the same reason each time: escalate it."
        )
        question = asyncio.run(ask_resend(desk, [KEY]))
        assert [one.times for one in question.escalate] == [2]
        company.wire.refusal = None
        [sent] = asyncio.run(resend(desk, [KEY], anyway=True))
        assert (sent.status, sent.escalate) == (Status.SUCCEEDED, None)


def test_those_that_wait_for_one_record_are_named_together_with_it(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-0": "1.00"})
    with office(tmp_path, company) as desk:
        asyncio.run(sync_now(desk))
        watch.forward(minutes=10)
        company.change("Customer", company.one("Customer", DisplayName="Baobab Café"), Active=False)
        write_ledger(tmp_path, dict.fromkeys(["INV-0", "INV-1", "INV-2", "INV-3", "INV-4"], "1.00"))
        asyncio.run(sync_now(desk))
        keys = [RecordKey("invoice", f"INV-{number}") for number in (1, 2, 3, 4)]
        question = asyncio.run(ask_resend(desk, keys))
        assert question.blocked == (
            "4 wait for customer Baobab Café: invoice INV-1, invoice INV-2, invoice INV-3 and 1 more.",
        )
        assert (question.blocker, question.blocker_name) == (
            RecordKey("customer", "C-1"),
            "customer Baobab Café",
        )
        one = asyncio.run(ask_resend(desk, keys[:1]))
        assert one.sentence == "It cannot be sent now."
        assert one.blocked[0].startswith("Invoice INV-1: Customer Baobab Café")


def test_what_waits_for_another_that_goes_with_it_goes_too(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-0": "1.00"})
    with office(tmp_path, company) as desk:
        asyncio.run(sync_now(desk))
        watch.forward(minutes=10)
        write_ledger(tmp_path, {"INV-0": "1.00", "INV-1": "2.00"}, paid=["INV-1"])
        company.switch(closing_date="2026-11-10")
        asyncio.run(sync_now(desk))
        company.switch(closing_date=None)
        asyncio.run(ask_resend(desk, [KEY]))
        payment = RecordKey("payment", "PAY-INV-1")
        alone = asyncio.run(ask_resend(desk, [payment]))
        assert (alone.sendable, alone.blocker) == ((), KEY)
        together = asyncio.run(ask_resend(desk, [payment, KEY]))
        assert together.sendable == (KEY, payment), "parents first"
        asyncio.run(resend(desk, together.sendable))
        assert status(desk, payment) is Status.SUCCEEDED


def twin(company: BooksCompany) -> dict[str, Any]:
    """Book by hand what INV-1 of the source is."""
    customer = company.one("Customer", DisplayName="Baobab Café")
    item = {"ItemRef": {"value": company.one("Item", Name="Services")["Id"]}}
    line = {"Amount": 8, "DetailType": "SalesItemLineDetail", "SalesItemLineDetail": item}
    body = {"DocNumber": "INV-1", "CustomerRef": {"value": customer["Id"]}, "Line": [line]}
    return company.book("Invoice", body)


def test_what_may_be_there_already_is_compared_first_and_sent_anyway_only_on_a_decision(
    watch: Watch, tmp_path: Path
) -> None:
    with refused(tmp_path, watch, "INV-1") as (desk, company):
        company.wire.refusal = None
        by_hand = twin(company)
        question = asyncio.run(ask_resend(desk, [KEY]))
        assert (question.sendable, question.twins) == ((), (KEY,))
        beside = asyncio.run(compare(desk, KEY))
        assert beside is not None
        assert beside.qbo_id == by_hand["Id"]
        pairs = {pair.label: (pair.ours, pair.sign, pair.theirs) for pair in beside.pairs}
        assert (pairs["Number"], pairs["Amount"]) == (("INV-1", "=", "INV-1"), ("5.00", "≠", "8.00"))
        asyncio.run(create_new(desk, KEY))
        assert asyncio.run(ask_resend(desk, [KEY])).sendable == (KEY,)
        asyncio.run(undo_last(desk))
        assert asyncio.run(ask_resend(desk, [KEY])).twins == (KEY,), "the decision can be taken back"
        asyncio.run(create_new(desk, KEY))
        [sent] = asyncio.run(resend(desk, [KEY]))
        assert sent.status is Status.SUCCEEDED
        assert [one["TotalAmt"] for one in company.all("Invoice") if one["DocNumber"] == "INV-1"] == [8, 5]


def test_a_number_that_quickbooks_named_is_compared_though_nothing_changed(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-0": "1.00", "INV-1": "5.00"})
    with office(tmp_path, company) as desk:
        asyncio.run(sync_now(desk))
        write_ledger(tmp_path, {"INV-0": "1.00", "INV-1": "5.00", "INV-2": "6.00"})
        taken = "DocNumber=INV-2 is assigned to TxnType=Invoice with TxnId=999"
        company.wire.refusal = partial(fault, "6140", "Duplicate Document Number Error", taken)
        asyncio.run(sync_now(desk))
        key = RecordKey("invoice", "INV-2")
        question = asyncio.run(ask_resend(desk, [key]))
        assert (question.needs_yes, question.twins) == (True, (key,))


def test_reading_again_costs_two_reads_however_many_are_asked_for(watch: Watch, tmp_path: Path) -> None:
    with refused(tmp_path, watch, *(f"INV-{number}" for number in range(1, 41))) as (desk, _):
        before = desk.cache.now(budget.reads_today, desk.realm)
        question = asyncio.run(ask_resend(desk, [RecordKey("invoice", f"INV-{n}") for n in range(1, 41)]))
        assert (len(question.sendable), question.unchanged) == (40, 40)
        assert desk.cache.now(budget.reads_today, desk.realm) - before == 2
