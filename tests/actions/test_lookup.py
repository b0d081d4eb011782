"""Looking anything up: every way of finding, every verdict, and asking QuickBooks itself."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from awra_tui.actions.lookup import LookedUp, ask_quickbooks, holders, look_up
from awra_tui.actions.sync import sync_now
from awra_tui.records.subject import RecordKey
from awra_tui.settings import http
from awra_tui.sync.desk import Desk
from tests.office import BooksCompany, empty_company, office, write_ledger
from tests.watch import Watch

LEDGER = {"INV-1042": "12760.00", "INV-2": "20.00", "INV-3": "30.00"}


company = empty_company


@pytest.fixture
def desk(tmp_path: Path, company: BooksCompany) -> Iterator[Desk]:
    write_ledger(tmp_path, LEDGER, ["INV-2"])
    with office(tmp_path, company) as opened:
        yield opened


def ways(looked: LookedUp) -> dict[str, str]:
    return {one.key.text: one.row.how for one in looked.found.records}


@pytest.mark.parametrize(
    "text", ["INV-1042", " inv-1042 ", "invoice/INV-1042", "12,760.00", "12760", "USD 12,760"]
)
async def test_what_was_sent_is_found_however_it_is_written(desk: Desk, text: str) -> None:
    await sync_now(desk)
    looked = await look_up(desk, text)
    assert looked.verdict == "Invoice INV-1042 is in the books once, as Invoice INV-1042 (connected)."


async def test_another_currency_is_another_amount(desk: Desk) -> None:
    await sync_now(desk)
    assert not (await look_up(desk, "KES 12,760")).found.records


async def test_the_tid_of_an_answer_leads_to_everything_in_it(desk: Desk) -> None:
    await sync_now(desk)
    known = await look_up(desk, "INV-1042")
    [attempt] = known.found.attempts
    looked = await look_up(desk, attempt.tid)
    assert ways(looked)["invoice/INV-1042"] == "intuit_tid"
    assert attempt in looked.found.attempts
    assert "in the books" in looked.verdict
    assert ways(await look_up(desk, attempt.requestid)) == ways(looked)


async def test_a_name_is_the_customer_before_its_papers(desk: Desk) -> None:
    await sync_now(desk)
    looked = await look_up(desk, "baobab cafe")
    assert looked.verdict.startswith("Customer Baobab Café is in the books once")
    assert ways(looked)["customer/C-1"] == "name"
    assert looked.found.records[0].key == RecordKey("customer", "C-1")
    [thing] = [one for one in looked.found.objects if one.object.entity == "Customer"]
    assert holders(looked, thing) == "Customer Baobab Café", "not by the id that the source gave it"


async def test_what_was_not_tried_goes_by_itself(desk: Desk, company: BooksCompany, tmp_path: Path) -> None:
    await sync_now(desk)
    write_ledger(tmp_path, {**LEDGER, "INV-9": "9.00"})
    company.wire.refusal = lambda: http.Response(401, json={})
    await sync_now(desk)
    looked = await look_up(desk, "INV-9")
    assert "is not in QuickBooks yet and goes with the next sync: do not create it by hand" in looked.verdict


async def test_what_has_no_answer_is_not_created_by_hand(desk: Desk, company: BooksCompany) -> None:
    company.wire.tamper = lambda *_: None
    await sync_now(desk)
    looked = await look_up(desk, "Baobab Café")
    assert "no answer yet: do not create it by hand" in looked.verdict


async def test_what_waits_says_for_what(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "source" / "invoices.csv"
    await sync_now(desk)
    path.write_text(path.read_text() + "INV-8,C-404,2026-11-03,8.00\n")
    await sync_now(desk)
    looked = await look_up(desk, "INV-8")
    assert "is not in QuickBooks. It waits here: " in looked.verdict


async def test_what_somebody_typed_in_is_not_ours(desk: Desk, company: BooksCompany) -> None:
    await sync_now(desk)
    typed_in(company, "HAND-7", "77.70")
    await sync_now(desk)
    looked = await look_up(desk, "hand-7")
    assert looked.verdict.startswith(
        "In QuickBooks but not ours: Invoice HAND-7 of 04 Nov 2026 over USD 77.70"
    )
    assert "has this amount" in (await look_up(desk, "77.70")).verdict


async def test_what_looks_the_same_is_compared_first(
    desk: Desk, company: BooksCompany, tmp_path: Path
) -> None:
    await sync_now(desk)
    typed_in(company, "HAND-7", "77.70")
    write_ledger(tmp_path, {**LEDGER, "INV-7": "77.70"}, day="2026-11-04")
    await sync_now(desk)
    looked = await look_up(desk, "INV-7")
    assert "is not connected, but Invoice HAND-7" in looked.verdict
    assert "do not create it by hand" in looked.verdict


async def test_two_with_our_mark_are_told(desk: Desk, company: BooksCompany) -> None:
    await sync_now(desk)
    typed_in(company, "COPY", "12760.00", PrivateNote="AWRA INV-1042")
    await sync_now(desk)
    assert "may be in the books twice" in (await look_up(desk, "INV-1042")).verdict


async def test_an_equal_amount_alone_is_no_second_booking(desk: Desk, company: BooksCompany) -> None:
    await sync_now(desk)
    typed_in(company, "HAND-7", "12760.00")
    await sync_now(desk)
    assert (await look_up(desk, "12760")).verdict == (
        "Invoice INV-1042 is in the books once, as Invoice INV-1042 (connected). "
        "Besides, QuickBooks has 1 object that no record is connected to."
    )


async def test_what_was_deleted_or_voided_there_says_so(desk: Desk, company: BooksCompany) -> None:
    await sync_now(desk)
    gone = company.one("Invoice", DocNumber="INV-3")
    company.book("Invoice", {"Id": gone["Id"], "SyncToken": gone["SyncToken"]}, "delete")
    await sync_now(desk)
    assert "but that is deleted: decide about it here" in (await look_up(desk, "INV-3")).verdict


async def test_what_the_source_withdrew_is_told(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "source" / "invoices.csv"
    path.write_text(path.read_text() + "INV-8,C-404,2026-11-03,8.00\n")
    await sync_now(desk)
    write_ledger(tmp_path, LEDGER, ["INV-2"])
    await sync_now(desk)
    assert "the source does not have it any more" in (await look_up(desk, "INV-8")).verdict


async def test_several_are_counted_by_where_they_are(desk: Desk) -> None:
    await sync_now(desk)
    looked = await look_up(desk, "INV")
    assert looked.verdict.startswith("4 records of the source may be meant: 4 in the books")


async def test_nothing_is_nothing_and_odd_texts_harm_nothing(desk: Desk) -> None:
    await sync_now(desk)
    for text in ("", "   ", "%", "_", "'; DROP TABLE record; --", "9" * 400, "\0", "NaN", "1" * 24, "½"):
        looked = await look_up(desk, text)
        assert not looked.found.records, text


async def test_quickbooks_is_asked_for_what_came_since(
    desk: Desk, company: BooksCompany, watch: Watch
) -> None:
    await sync_now(desk)
    watch.forward(minutes=30)
    typed_in(company, "HAND-7", "77.70")
    assert (await look_up(desk, "HAND-7")).verdict.startswith("Nothing anywhere")
    asked = await ask_quickbooks(desk, "HAND-7")
    assert not asked.unread
    assert asked.verdict.startswith("In QuickBooks but not ours: Invoice HAND-7")
    assert asked.as_of > (await look_up(desk, "x")).as_of[:10]


async def test_quickbooks_is_asked_for_other_forms(desk: Desk, company: BooksCompany) -> None:
    await sync_now(desk)
    customer = company.one("Customer", DisplayName="Baobab Café")
    item = next(one for one in company.all("Item") if one["Name"] == "Services")
    line = {
        "Amount": 55, "DetailType": "SalesItemLineDetail",
        "SalesItemLineDetail": {"ItemRef": {"value": item["Id"]}},
    }  # fmt: skip
    body = {
        "CustomerRef": {"value": customer["Id"]},
        "Line": [line],
        "PaymentRefNum": "SKJ4XYZ",
        "DocNumber": "R-1",
    }
    company.book("SalesReceipt", body)
    for text in ("R-1", "SKJ4XYZ", "55.00"):
        asked = await ask_quickbooks(desk, text)
        assert "In QuickBooks but not ours: Sales receipt R-1" in asked.verdict, text


async def test_where_quickbooks_cannot_be_asked_the_copy_answers(desk: Desk, company: BooksCompany) -> None:
    await sync_now(desk)
    desk.secrets.delete(f"{desk.profile.id}/refresh_token")
    desk.secrets.delete(f"{desk.profile.id}/access_token")
    asked = await ask_quickbooks(desk, "INV-2")
    assert "QuickBooks could not be read again" in asked.unread
    assert "in the books once" in asked.verdict


def typed_in(company: BooksCompany, number: str, amount: str, **more: Any) -> None:
    """Type an invoice in by hand, as an accountant would."""
    customer = company.one("Customer", DisplayName="Baobab Café")
    item = next(one for one in company.all("Item") if one["Name"] == "Services")
    line = {
        "Amount": amount, "DetailType": "SalesItemLineDetail",
        "SalesItemLineDetail": {"ItemRef": {"value": item["Id"]}},
    }  # fmt: skip
    body = {
        "CustomerRef": {"value": customer["Id"]},
        "DocNumber": number,
        "TxnDate": "2026-11-04",
        "Line": [line],
    }
    company.book("Invoice", body | more)
