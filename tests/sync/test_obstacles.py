"""What QuickBooks named as in the way: a number, a name, a deposit; it holds a record until it is gone."""

from pathlib import Path
from typing import Any

from awra_tui.actions.resend import ask_resend
from awra_tui.actions.sync import sync_now
from awra_tui.cache.pages.warnings import WarningQuery, warnings_all
from awra_tui.cache.store import objects
from awra_tui.records.status import Status
from awra_tui.sync.desk import Desk
from tests.office import BooksCompany, office, write_ledger
from tests.sync.tray import KEY, PAYMENT, awaiting, by_hand_invoice, later, once, record
from tests.watch import Watch


async def test_a_number_that_somebody_took_and_freed(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-0": "1.00"})
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        mine = company.one("Invoice", DocNumber="INV-0")
        watch.forward(minutes=10)
        company.wire.before = once(lambda: company.change("Invoice", mine, DocNumber="INV-1"))
        write_ledger(tmp_path, {"INV-0": "1.00", "INV-1": "5.00"})
        await sync_now(desk)
        [row] = awaiting(desk)
        assert (row.reason, row.awaits, row.existing_id) == (
            "number_is_taken",
            "its number is free",
            mine["Id"],
        )
        sent = len(company.wire.sent)
        for _ in range(2):
            await later(desk, watch)
        assert len(company.wire.sent) == sent, "the number is in use still"
        watch.forward(minutes=10)
        company.change("Invoice", mine, DocNumber="INV-0")
        result = await later(desk, watch)
        assert "Invoice INV-1 was sent by itself: its number is free in QuickBooks." in result.sentence
        assert len(company.wire.sent) == sent + 1


async def test_a_number_in_the_way_that_our_copy_knows_nothing_of(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    with office(tmp_path, company) as desk:
        by_hand = await refused_by_a_number(desk, company, watch, tmp_path)
        await later(desk, watch)
        [row] = desk.cache.now(warnings_all, WarningQuery(kinds=("invoice",)))
        assert row.reason == "same_number", "a person compares the two"
        watch.forward(minutes=10)
        company.book("Invoice", by_hand, "delete")
        await later(desk, watch)
        assert record(desk).status is Status.SUCCEEDED


async def test_what_takes_a_number_and_goes_before_it_is_ever_read(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    with office(tmp_path, company) as desk:
        by_hand = await refused_by_a_number(desk, company, watch, tmp_path)
        [row] = awaiting(desk)
        assert (row.awaits, row.existing_id) == ("its number is free", by_hand["Id"])
        company.book("Invoice", by_hand, "delete")
        result = await later(desk, watch)
        assert record(desk).status is Status.SUCCEEDED
        assert "Invoice INV-1 was sent by itself: its number is free in QuickBooks." in result.sentence


async def test_a_resend_goes_too_once_what_took_the_number_is_gone(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    with office(tmp_path, company) as desk:
        by_hand = await refused_by_a_number(desk, company, watch, tmp_path)
        company.book("Invoice", by_hand, "delete")
        watch.forward(minutes=10)
        question = await ask_resend(desk, [KEY])
        assert (question.twins, question.needs_yes, question.sendable) == ((), False, (KEY,))


async def test_a_full_reading_frees_a_number_that_nothing_has(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    with office(tmp_path, company) as desk:
        by_hand = await refused_by_a_number(desk, company, watch, tmp_path)
        company.book("Invoice", by_hand, "delete")
        watch.forward(days=31)
        await later(desk, watch)
        assert record(desk).status is Status.SUCCEEDED


async def test_a_full_reading_keeps_a_number_that_is_in_use(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    with office(tmp_path, company) as desk:
        by_hand = await refused_by_a_number(desk, company, watch, tmp_path)
        sent = len(company.wire.sent)
        watch.forward(days=31)
        await later(desk, watch)
        found = desk.cache.now(objects.get, "Invoice", by_hand["Id"])
        assert found is not None
        assert not found.deleted
        assert len(company.wire.sent) == sent


async def refused_by_a_number(
    desk: Desk, company: BooksCompany, watch: Watch, folder: Path
) -> dict[str, Any]:
    """Have INV-1 refused for an invoice that somebody makes meanwhile; return that one, never read by us."""
    write_ledger(folder, {"INV-0": "1.00"})
    await sync_now(desk)
    customer = company.one("Customer", DisplayName="Baobab Café")
    watch.forward(minutes=10)
    by_hand: list[dict[str, Any]] = []
    company.wire.before = once(lambda: by_hand.append(company.book("Invoice", by_hand_invoice(customer))))
    write_ledger(folder, {"INV-0": "1.00", "INV-1": "5.00"})
    await sync_now(desk)
    assert record(desk).status is Status.NEEDS_ATTENTION
    assert desk.cache.now(objects.get, "Invoice", by_hand[0]["Id"]) is None
    return by_hand[0]


async def test_a_name_that_was_used_and_is_free_now(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    vendor = company.book("Vendor", {"DisplayName": "Baobab Café"})
    write_ledger(tmp_path, {"INV-1": "5.00"})
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        assert [row.awaits for row in awaiting(desk)] == ["the name Baobab Café is free"]
        watch.forward(minutes=10)
        company.change("Vendor", vendor, DisplayName="Baobab Beans")
        result = await later(desk, watch)
        assert "Customer Baobab Café was sent by itself: the name Baobab Café is free" in result.sentence
        assert record(desk).status is Status.SUCCEEDED, "and what waited for it"


async def test_a_payment_that_is_taken_out_of_its_deposit(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-0": "9.00"}, paid=["INV-0"])
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        payment = company.one("Payment")
        watch.forward(minutes=10)
        deposit = company.book("Deposit", deposit_of(company, payment))
        rewrite(tmp_path / "source" / "payments.csv", "9.00", "8.00")
        await sync_now(desk)
        [row] = awaiting(desk)
        assert (row.reason, row.awaits) == ("deposited_already", "it is taken out of the deposit")
        sent = len(company.wire.sent)
        await later(desk, watch)
        assert len(company.wire.sent) == sent
        watch.forward(minutes=10)
        company.book("Deposit", deposit, "delete")
        result = await later(desk, watch)
        assert record(desk, PAYMENT).status is Status.SUCCEEDED
        assert "it is taken out of the deposit in QuickBooks." in result.sentence
        assert company.one("Payment")["TotalAmt"] == 8


def deposit_of(company: BooksCompany, payment: dict[str, Any]) -> dict[str, Any]:
    bank = company.one("Account", Name="Checking")
    line = {
        "Amount": payment["TotalAmt"],
        "LinkedTxn": [{"TxnId": payment["Id"], "TxnType": "Payment", "TxnLineId": "0"}],
    }
    return {"DepositToAccountRef": {"value": bank["Id"]}, "Line": [line]}


def rewrite(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
