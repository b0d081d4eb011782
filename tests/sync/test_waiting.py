"""The waiting tray: what waits for a change in QuickBooks goes by itself when it is seen, once, and tells."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from awra_tui.actions.sync import sync_now
from awra_tui.records.status import Status
from tests.office import PROFILE, BooksCompany, fault, office, write_ledger
from tests.sync.tray import PAYMENT, awaiting, by_hand_invoice, later, once, record
from tests.watch import Watch


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


WITH_METHOD = (
    PROFILE.replace(
        'constants = { currency = "USD" }\n[[source.records.applications]]',
        'constants = { currency = "USD", method = "Cash" }\n[[source.records.applications]]',
    )
    + '[[mapping.preset]]\nkind = "payment_method"\nvalue = "*"\nqbo = "Cash"\naccount = "Checking"\n'
)


@pytest.mark.parametrize(
    ("entity", "name", "awaits"),
    [
        ("Account", "Checking", "account Checking is active again"),
        ("PaymentMethod", "Cash", "payment method Cash is active again"),
    ],
)
async def test_what_a_mapping_points_to(
    entity: str, name: str, awaits: str, watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-0": "1.00"})
    with office(tmp_path, company, WITH_METHOD) as desk:
        await sync_now(desk)
        watch.forward(minutes=10)
        remedy = deactivate(company, entity, Name=name)
        write_ledger(tmp_path, {"INV-0": "1.00"}, paid=["INV-0"])
        await sync_now(desk)
        assert [row.awaits for row in awaiting(desk, kinds=("payment",))] == [awaits]
        watch.forward(minutes=10)
        remedy()
        result = await later(desk, watch)
        assert record(desk, PAYMENT).status is Status.SUCCEEDED
        assert f"Payment PAY-INV-0 was sent by itself: {awaits} in QuickBooks." in result.sentence


@pytest.mark.parametrize(("code", "awaits"), [("5020", "that right"), ("6190", "subscription")])
async def test_a_right_or_a_subscription_holds_all_and_everything_goes_afterwards(
    code: str, awaits: str, watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-0": "1.00"})
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        company.wire.refusal = partial(fault, code, "No")
        write_ledger(tmp_path, {"INV-0": "1.00", "INV-1": "5.00", "INV-2": "6.00"})
        assert (await sync_now(desk)).outcome == "stopped"
        [row] = awaiting(desk)
        assert (row.subject.type, awaits in row.awaits) == ("connector", True)
        company.wire.refusal = None
        result = await later(desk, watch)
        assert (result.counts["succeeded"], awaiting(desk)) == (2, [])


async def test_it_is_told_although_the_pass_that_saw_the_change_was_stopped(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-0": "1.00"})
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        watch.forward(minutes=10)
        remedy = closed(company)
        write_ledger(tmp_path, {"INV-0": "1.00", "INV-1": "5.00"})
        await sync_now(desk)
        remedy()
        company.wire.refusal = partial(fault, "6190", "No")
        assert (await later(desk, watch)).outcome == "stopped"
        company.wire.refusal = None
        result = await later(desk, watch)
        assert "was sent by itself: the books are open for 02 Nov 2026 again" in result.sentence


async def test_a_period_that_was_closed_meanwhile_and_is_open_again(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-0": "1.00"})
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        company.wire.before = once(lambda: company.switch(closing_date="2026-11-10"))
        write_ledger(tmp_path, {"INV-0": "1.00", "INV-1": "5.00"})
        await sync_now(desk)
        assert [row.reason for row in awaiting(desk)] == ["period_is_closed"]
        await later(desk, watch)
        assert [row.reason for row in awaiting(desk)] == ["closed_period"], "now our copy knows it too"
        company.switch(closing_date=None)
        result = await later(desk, watch)
        assert "was sent by itself: the books are open for 02 Nov 2026 again" in result.sentence


async def test_a_change_that_does_not_help_is_one_more_refusal_and_one_elsewhere_is_none(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-0": "1.00"})
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        customer = company.one("Customer", DisplayName="Baobab Café")
        company.wire.refusal = partial(fault, "6000", "Refused", "The colour is wrong")
        write_ledger(tmp_path, {"INV-0": "1.00", "INV-1": "5.00"})
        await sync_now(desk)
        sent = len(company.wire.sent)
        watch.forward(minutes=10)
        company.change("Item", company.one("Item", Name="Hours"), Description="Elsewhere")
        company.book("Invoice", by_hand_invoice(customer) | {"DocNumber": "900"})
        company.switch(auto_apply_credit=False)
        for _ in range(2):
            await later(desk, watch)
        assert len(company.wire.sent) == sent, "nothing that it depends on has changed"
        company.change("Item", company.one("Item", Name="Services"), Description="A better word")
        for _ in range(3):
            await later(desk, watch)
        assert len(company.wire.sent) == sent + 1
        company.wire.refusal = None
        company.change("Item", company.one("Item", Name="Services"), Description="The right word")
        result = await later(desk, watch)
        assert "was sent by itself: item Services changed in QuickBooks." in result.sentence


async def test_what_changed_in_the_source_or_was_released_by_a_person_did_not_go_by_itself(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-0": "1.00"})
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        company.switch(closing_date="2026-11-10")
        write_ledger(tmp_path, {"INV-0": "1.00", "INV-1": "5.00"})
        await sync_now(desk)
        watch.forward(minutes=10)
        write_ledger(tmp_path, {"INV-0": "1.00", "INV-1": "5.00"}, day="2026-11-12")
        result = await later(desk, watch)
        assert record(desk).status is Status.SUCCEEDED
        assert "by itself" not in result.sentence
