"""What the source withdrew after we sent it: void, delete, make inactive, credit, or leave it."""

from pathlib import Path

import pytest

from awra_tui.actions.changes import ask_change
from awra_tui.actions.deciding import decide
from awra_tui.actions.sync import sync_now
from awra_tui.actions.undo import undo_last
from awra_tui.cache.store import links
from awra_tui.records.chosen import Choice
from awra_tui.records.errors import AwraError
from awra_tui.records.subject import RecordKey
from awra_tui.settings import http
from tests.office import PROFILE, BooksCompany, office, write_ledger
from tests.sync.changing import INVOICE, page_of, reasons
from tests.watch import Watch

TWO = {"INV-1": "10.00", "INV-2": "2.00"}
LEFT = {"INV-2": "2.00"}
FILED = PROFILE.replace("[sync]\n", "[sync]\nfiled_until = 2026-11-10\n")


async def test_voiding_is_chosen_sent_and_told(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, TWO, paid=["INV-1"])
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        write_ledger(tmp_path, LEFT)
        watch.forward(minutes=5)
        await sync_now(desk)
        assert sorted(reasons(desk)) == ["gone_from_source", "gone_from_source"]
        question = await ask_change(desk, INVOICE)
        void = question.option(Choice.VOID)
        assert void is not None
        assert (void.label, void.refused) == ("Void it in QuickBooks", "")
        said = " ".join(void.effects)
        assert "amounts become zero" in said
        assert "keeps its old date 02 Nov 2026" in said
        assert "What they paid becomes unapplied" in said
        await decide(desk, Choice.VOID, INVOICE)
        assert company.one("Invoice", DocNumber="INV-1")["TotalAmt"] == 10
        result = await sync_now(desk)
        assert result.counts["succeeded"] == 1
        gone = company.one("Invoice", DocNumber="INV-1")
        assert (gone["TotalAmt"], gone["PrivateNote"], gone["TxnDate"]) == (
            0,
            "Voided - AWRA INV-1",
            "2026-11-02",
        )
        source = page_of(desk).verdicts[0].sentence
        assert source.startswith("withdrawn in the source, and void in QuickBooks by ")
        await decide(desk, Choice.VOID, RecordKey("payment", "PAY-INV-1"))
        await sync_now(desk)
        assert reasons(desk) == []
        with pytest.raises(AwraError, match="sent to QuickBooks after that"):
            await undo_last(desk)


async def test_a_choice_is_undone_before_it_is_sent(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, TWO)
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        write_ledger(tmp_path, LEFT)
        await sync_now(desk)
        await decide(desk, Choice.VOID, INVOICE)
        assert reasons(desk) == []
        await undo_last(desk)
        assert reasons(desk) == ["gone_from_source"]
        await sync_now(desk)
        assert company.one("Invoice", DocNumber="INV-1")["TotalAmt"] == 10


async def test_a_record_that_comes_back_is_not_voided_by_what_was_chosen_before(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, TWO)
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        write_ledger(tmp_path, LEFT)
        await sync_now(desk)
        await decide(desk, Choice.VOID, INVOICE)
        for ledger in (TWO, LEFT):
            write_ledger(tmp_path, ledger)
            watch.forward(minutes=5)
            await sync_now(desk)
        assert reasons(desk) == ["gone_from_source"]
        assert company.one("Invoice", DocNumber="INV-1")["TotalAmt"] == 10


async def test_a_record_that_comes_back_after_it_was_voided_is_a_question(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, TWO)
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        write_ledger(tmp_path, LEFT)
        await sync_now(desk)
        await decide(desk, Choice.VOID, INVOICE)
        await sync_now(desk)
        write_ledger(tmp_path, TWO)
        watch.forward(minutes=5)
        await sync_now(desk)
        assert reasons(desk) == ["voided_in_quickbooks"]
        await decide(desk, Choice.OURS, INVOICE)
        await sync_now(desk)
        now = company.one("Invoice", DocNumber="INV-1")
        assert (now["TotalAmt"], now["PrivateNote"], reasons(desk)) == (10, "AWRA INV-1", [])


@pytest.mark.parametrize("arrives", [True, False])
async def test_a_void_without_an_answer_is_looked_up(watch: Watch, tmp_path: Path, *, arrives: bool) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, TWO)
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        write_ledger(tmp_path, LEFT)
        await sync_now(desk)
        await decide(desk, Choice.VOID, INVOICE)

        async def cut(request: http.Request) -> None:
            raise http.ReadError("the connection was closed", request=request)

        if arrives:
            company.wire.tamper = lambda _request, _answer: None
        else:
            company.wire.before = cut
        result = await sync_now(desk)
        assert result.counts["unknown"] == 1
        company.wire.tamper = company.wire.before = None
        sent = len(company.wire.sent)
        watch.forward(minutes=3)
        await sync_now(desk)
        assert company.one("Invoice", DocNumber="INV-1")["TotalAmt"] == 0
        assert len(company.wire.sent) == (sent if arrives else sent + 1)
        assert reasons(desk) == []


async def test_in_a_filed_period_a_credit_note_takes_it_back(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, TWO)
    with office(tmp_path, company, FILED) as desk:
        await sync_now(desk)
        write_ledger(tmp_path, LEFT)
        await sync_now(desk)
        question = await ask_change(desk, INVOICE)
        void, credit = question.options
        assert "closed or filed period (to 10 Nov 2026)" in void.refused
        with pytest.raises(AwraError, match="closed or filed period"):
            await decide(desk, Choice.VOID, INVOICE)
        assert any("dated 23 Nov 2026" in sentence for sentence in credit.effects)
        await decide(desk, Choice.CREDIT_NOTE, INVOICE)
        await sync_now(desk)
        memo = company.one("CreditMemo", DocNumber="CN-INV-1")
        assert (memo["TotalAmt"], memo["TxnDate"], memo["Balance"]) == (10, "2026-11-23", 0)
        assert memo["PrivateNote"].startswith("AWRA INV-1 taken back\n")
        invoice = company.one("Invoice", DocNumber="INV-1")
        assert (invoice["TotalAmt"], invoice["Balance"]) == (10, 0)
        roles = {link.role: link.entity for link in desk.cache.now(links.of, INVOICE)}
        assert roles == {"main": "Invoice", "reversal": "CreditMemo", "reversal application": "Payment"}
        assert reasons(desk) == []
        assert (
            page_of(desk).verdicts[0].sentence
            == "withdrawn in the source, taken back by credit note CN-INV-1"
        )
        sent = len(company.wire.sent)
        await sync_now(desk)
        assert len(company.wire.sent) == sent
        write_ledger(tmp_path, TWO)
        watch.forward(minutes=5)
        await sync_now(desk)
        assert reasons(desk) == ["back_after_credit_note"]
        company.book("CreditMemo", memo | {"SyncToken": company.one("CreditMemo")["SyncToken"]}, "delete")
        watch.forward(minutes=5)
        await sync_now(desk)
        assert "back_after_credit_note" not in reasons(desk)


async def test_after_the_closing_date_a_credit_note_is_dated_the_day_after_it(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, TWO)
    with office(tmp_path, company) as desk:
        await sync_now(desk)
        write_ledger(tmp_path, LEFT)
        company.switch(closing_date="2026-11-30")
        await sync_now(desk)
        assert (await ask_change(desk, INVOICE)).options[0].refused
        await decide(desk, Choice.CREDIT_NOTE, INVOICE)
        await sync_now(desk)
        assert company.one("CreditMemo")["TxnDate"] == "2026-12-01"


async def test_a_name_that_is_gone_is_made_inactive(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, TWO)
    with office(tmp_path, company) as desk:
        customers = tmp_path / "source" / "customers.csv"
        customers.write_text("id,name\nC-1,Tumaini Academy\nC-2,Baobab Café\n")
        await sync_now(desk)
        customers.write_text("id,name\nC-1,Tumaini Academy\n")
        watch.forward(minutes=5)
        await sync_now(desk)
        key = RecordKey("customer", "C-2")
        question = await ask_change(desk, key)
        assert question.options[0].label == "Make it inactive in QuickBooks"
        await decide(desk, Choice.VOID, key)
        await sync_now(desk)
        [gone] = [one for one in company.all("Customer") if one["DisplayName"].startswith("Baobab")]
        assert (gone["Active"], reasons(desk)) == (False, [])
