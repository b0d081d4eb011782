"""What people do in QuickBooks to what belongs to a record: an application, the credit that takes it back."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from awra_tui.actions.changes import ask_change
from awra_tui.actions.deciding import decide
from awra_tui.actions.desk import Desk
from awra_tui.actions.sync import sync_now
from awra_tui.actions.undo import undo_last
from awra_tui.records.chosen import Choice
from awra_tui.records.errors import AwraError
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from tests.office import PROFILE, BooksCompany, office, write_ledger, write_source
from tests.sync.changing import INVOICE, open_warnings, page_of, reasons
from tests.sync.credited import CREDITED, write_credit
from tests.watch import Watch

NOTE = RecordKey("credit_note", "CN-1")
BILLED = (
    PROFILE.replace("[sync]\n", "[sync]\nfiled_until = 2026-11-10\n")
    + """
[[mapping.preset]]
kind = "account"
value = "Office"
qbo = "Office Expenses"
[[source.records]]
kind = "vendor"
files = "vendors.csv"
fields = { source_id = "id", party_name = "name" }
constants = { currency = "USD" }
[[source.records]]
kind = "bill"
files = "bills.csv"
fields = { source_id = "number", number = "number", party_id = "vendor", date = "date", amount = "amount" }
constants = { currency = "USD" }
[[source.records.lines]]
fields = { amount = "amount" }
constants = { account = "Office" }
"""
)
GONE = "part_changed_in_quickbooks"


@contextmanager
def credited(folder: Path, company: BooksCompany) -> Iterator[Desk]:
    """Open a desk whose source has a credit note that is applied to an invoice."""
    write_credit(folder)
    with office(folder, company, CREDITED) as desk:
        yield desk


async def sent_and_gone(desk: Desk, company: BooksCompany, watch: Watch, operation: str = "delete") -> None:
    """Send everything, then let somebody delete or void the application in QuickBooks."""
    await sync_now(desk)
    assert company.one("Invoice", DocNumber="INV-1")["Balance"] == 6
    company.book("Payment", company.one("Payment"), operation)
    assert company.one("Invoice", DocNumber="INV-1")["Balance"] == 10
    watch.forward(minutes=5)
    await sync_now(desk)


@pytest.mark.parametrize(("operation", "happened"), [("delete", "has been deleted"), ("void", "is void")])
async def test_an_application_that_is_gone_there_is_a_warning_and_goes_anew_after_a_yes(
    watch: Watch, tmp_path: Path, operation: str, happened: str
) -> None:
    company = BooksCompany("empty-us")
    with credited(tmp_path, company) as desk:
        await sent_and_gone(desk, company, watch, operation)
        [warning] = open_warnings(desk)
        assert (warning.reason, warning.number) == (GONE, "CN-1")
        assert warning.sentence.startswith("The application of credit note CN-1, payment with id ")
        assert warning.sentence.endswith(f", {happened} in QuickBooks since.")
        question = await ask_change(desk, NOTE)
        assert [(one.choice, one.refused) for one in question.options] == [
            (Choice.ACCEPT, ""),
            (Choice.OURS, ""),
        ]
        sent = len(company.wire.sent)
        await sync_now(desk)
        assert len(company.wire.sent) == sent, "nothing goes before somebody has decided"
        await decide(desk, Choice.OURS, NOTE)
        await undo_last(desk)
        assert reasons(desk) == [GONE]
        await decide(desk, Choice.OURS, NOTE)
        await sync_now(desk)
        assert company.one("Invoice", DocNumber="INV-1")["Balance"] == 6
        assert (reasons(desk), page_of(desk, NOTE).status) == ([], Status.SUCCEEDED)
        with pytest.raises(AwraError, match="sent to QuickBooks after that"):
            await undo_last(desk)


async def test_it_stays_gone_once_accepted_until_the_source_changes_the_record(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    with credited(tmp_path, company) as desk:
        await sent_and_gone(desk, company, watch)
        await decide(desk, Choice.ACCEPT, NOTE)
        await sync_now(desk)
        page = page_of(desk, NOTE)
        assert (reasons(desk), page.status) == ([], Status.SUCCEEDED)
        said = next(one.sentence for one in page.verdicts if one.step == "duplicates")
        assert "deleted in QuickBooks, accepted by " in said
        assert said.endswith("on 23 Nov 2026")
        await undo_last(desk)
        assert reasons(desk) == [GONE]
        await decide(desk, Choice.ACCEPT, NOTE)
        write_credit(tmp_path, "2026-11-11")
        watch.forward(minutes=5)
        await sync_now(desk)
        assert company.one("CreditMemo")["TxnDate"] == "2026-11-11"
        watch.forward(minutes=5)
        await sync_now(desk)
        assert reasons(desk) == [GONE]


async def test_an_application_that_quickbooks_shortened_to_what_the_source_wants_is_no_question(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    with credited(tmp_path, company) as desk:
        await sync_now(desk)
        write_credit(tmp_path, amount="3.00")
        watch.forward(minutes=5)
        await sync_now(desk)
        assert company.one("CreditMemo")["TotalAmt"] == 3
        assert {line["Amount"] for line in company.one("Payment")["Line"]} == {3}
        watch.forward(minutes=5)
        await sync_now(desk)
        assert (reasons(desk), page_of(desk, NOTE).status) == ([], Status.SUCCEEDED)
        assert (await ask_change(desk, NOTE)).options == ()


async def test_an_application_that_was_only_changed_is_accepted_or_mended_there(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    with credited(tmp_path, company) as desk:
        await sync_now(desk)
        company.change("Payment", company.one("Payment"), TxnDate="2026-11-20")
        watch.forward(minutes=5)
        await sync_now(desk)
        [warning] = open_warnings(desk)
        assert warning.sentence.endswith("date was 2026-11-10, is 2026-11-20 there.")
        question = await ask_change(desk, NOTE)
        ours = question.option(Choice.OURS)
        assert ours is not None
        assert "a second one would stand beside it" in ours.refused
        [difference] = question.differences
        assert (difference.field, difference.theirs) == ("TxnDate", "2026-11-20")
        await decide(desk, Choice.ACCEPT, NOTE)
        await sync_now(desk)
        assert reasons(desk) == []
        await undo_last(desk)
        assert reasons(desk) == [GONE]


async def test_the_credit_that_takes_a_record_back_is_made_anew_or_stays_gone(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    filed = PROFILE.replace("[sync]\n", "[sync]\nfiled_until = 2026-11-10\n")
    write_ledger(tmp_path, {"INV-1": "10.00", "INV-2": "2.00"})
    with office(tmp_path, company, filed) as desk:
        await sync_now(desk)
        write_ledger(tmp_path, {"INV-2": "2.00"})
        await sync_now(desk)
        await decide(desk, Choice.CREDIT_NOTE, INVOICE)
        await sync_now(desk)
        for choice in (Choice.OURS, Choice.ACCEPT):
            company.book("Payment", company.one("Payment"), "delete")
            company.book("CreditMemo", company.one("CreditMemo"), "delete")
            watch.forward(minutes=5)
            await sync_now(desk)
            [warning] = open_warnings(desk)
            assert warning.sentence.startswith(
                "The credit that takes back invoice INV-1, credit note CN-INV-1, "
            )
            assert warning.sentence.endswith(", has been deleted in QuickBooks since.")
            assert company.all("CreditMemo") == []
            await decide(desk, choice, INVOICE)
            await sync_now(desk)
            if choice is Choice.OURS:
                assert company.one("CreditMemo")["TotalAmt"] == 10
                [warning] = open_warnings(desk)
                assert warning.sentence.startswith(
                    "The application of the credit that takes back invoice INV-1"
                )
                await decide(desk, Choice.OURS, INVOICE)
                await sync_now(desk)
                assert company.one("Invoice", DocNumber="INV-1")["Balance"] == 0
                assert reasons(desk) == []
        assert company.all("CreditMemo") == []
        assert "deleted in QuickBooks, accepted by " in page_of(desk).verdicts[0].sentence


async def test_the_vendor_credit_that_takes_a_bill_back_is_watched(watch: Watch, tmp_path: Path) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "1.00"})
    write_source(tmp_path, "vendors.csv", [{"id": "V-1", "name": "Jacaranda Supplies"}])
    names = ("B-1", "B-2")
    rows = [{"number": n, "vendor": "V-1", "date": "2026-11-02", "amount": "7.00"} for n in names]
    write_source(tmp_path, "bills.csv", rows)
    with office(tmp_path, company, BILLED) as desk:
        await sync_now(desk)
        write_source(tmp_path, "bills.csv", rows[1:])
        await sync_now(desk)
        key = RecordKey("bill", "B-1")
        credit = (await ask_change(desk, key)).option(Choice.CREDIT_NOTE)
        assert credit is not None
        assert "It stays open beside the bill until somebody applies it there." in credit.effects
        await decide(desk, Choice.CREDIT_NOTE, key)
        await sync_now(desk)
        assert company.one("VendorCredit")["TotalAmt"] == 7
        assert reasons(desk) == []
        company.book("VendorCredit", company.one("VendorCredit"), "delete")
        watch.forward(minutes=5)
        await sync_now(desk)
        [warning] = open_warnings(desk)
        assert warning.sentence.startswith("The credit that takes back bill B-1, vendor credit CN-B-1, ")
