"""The card of a customer over real books: balances, what differs and why, withheld tax, unapplied money."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from awra_tui.actions.customer import CustomerCard, ask_quickbooks, customer_card
from awra_tui.actions.sync import sync_now
from awra_tui.records.errors import AwraError
from awra_tui.records.subject import RecordKey
from awra_tui.sync.desk import Desk
from tests.actions.test_lookup import typed_in
from tests.office import PROFILE, BooksCompany, empty_company, office, write_ledger
from tests.watch import Watch

LEDGER = {"INV-1": "100.00", "INV-2": "20.00", "INV-3": "30.00"}
CUSTOMER = RecordKey("customer", "C-1")


company = empty_company


@pytest.fixture
def desk(tmp_path: Path, company: BooksCompany) -> Iterator[Desk]:
    write_ledger(tmp_path, LEDGER, ["INV-2"])
    with office(tmp_path, company) as opened:
        yield opened


def pay(folder: Path, number: str, amount: str, invoice: str, applied: str) -> None:
    """Add a payment of which ``applied`` is set against an invoice."""
    path = folder / "source" / "payments.csv"
    path.write_text(path.read_text() + f"{number},C-1,2026-11-06,{applied},{invoice}\n")


def balance(card: CustomerCard) -> tuple[Decimal, Decimal]:
    [one] = card.balances
    assert one.currency == "USD"
    assert one.difference == one.here - one.there
    return one.here, one.there


async def test_both_sides_agree_after_a_sync(desk: Desk) -> None:
    await sync_now(desk)
    card = await customer_card(desk, CUSTOMER)
    assert balance(card) == (Decimal(130), Decimal(130))
    assert card.balances[0].told is None
    assert card.differences == card.shorts == card.suggestions == ()
    assert [pair.paper.number for pair in card.pairs if pair.paper.open] == ["INV-1", "INV-3"]
    assert all(pair.here and pair.there for pair in card.pairs)
    assert card.name == "Baobab Café"


async def test_a_source_with_one_currency_need_not_name_it(tmp_path: Path, watch: Watch) -> None:
    write_ledger(tmp_path, LEDGER, ["INV-2"])
    unnamed = PROFILE.replace('constants = { currency = "USD" }\n', "")
    with office(tmp_path, BooksCompany("empty-us"), unnamed) as desk:
        await sync_now(desk)
        card = await customer_card(desk, CUSTOMER)
        assert balance(card) == (Decimal(130), Decimal(130))
        assert card.differences == ()
        assert all(pair.here and pair.there for pair in card.pairs)


@pytest.mark.parametrize(
    "key", [RecordKey("invoice", "INV-1"), RecordKey("payment", "PAY-INV-2"), CUSTOMER], ids=str
)
async def test_every_record_of_the_customer_leads_to_it(desk: Desk, key: RecordKey) -> None:
    await sync_now(desk)
    assert (await customer_card(desk, key)).key == CUSTOMER


async def test_a_record_without_a_customer_says_so(desk: Desk) -> None:
    await sync_now(desk)
    with pytest.raises(AwraError, match="no customer: only sales"):
        await customer_card(desk, RecordKey("bill", "B-1"))
    with pytest.raises(AwraError, match="not in the cache"):
        await customer_card(desk, RecordKey("customer", "C-404"))


async def test_what_is_only_on_one_side_is_named_and_explains_the_difference(
    desk: Desk, company: BooksCompany, tmp_path: Path
) -> None:
    await sync_now(desk)
    typed_in(company, "HAND-7", "77.70")
    await sync_now(desk)
    write_ledger(tmp_path, {**LEDGER, "INV-8": "8.00"}, ["INV-2"])
    path = tmp_path / "profile.toml"
    assert path.exists()
    company.wire.tamper = lambda *_: None
    await sync_now(desk)
    card = await customer_card(desk, CUSTOMER)
    assert balance(card) == (Decimal("138.00"), Decimal("207.70"))
    first, second = card.differences
    assert first == (
        "Invoice HAND-7 of 04 Nov 2026 over USD 77.70 is in QuickBooks only: USD 77.70 of it open, "
        "and no record of this customer is connected to it."
    )
    assert second.startswith("Invoice INV-8 over USD 8.00 is not in QuickBooks: ")


async def test_another_amount_there_is_told(desk: Desk, company: BooksCompany) -> None:
    await sync_now(desk)
    held = company.one("Invoice", DocNumber="INV-3")
    line = held["Line"][0] | {"Amount": 25}
    line = line | {"SalesItemLineDetail": {**line["SalesItemLineDetail"], "UnitPrice": 25, "Qty": 1}}
    company.change("Invoice", held, Line=[line])
    await sync_now(desk)
    card = await customer_card(desk, CUSTOMER)
    assert card.differences == ("Invoice INV-3 is USD 30.00 in the source and USD 25.00 in QuickBooks.",)


async def test_money_that_has_not_arrived_is_named_at_its_invoice(
    desk: Desk, company: BooksCompany, tmp_path: Path
) -> None:
    await sync_now(desk)
    pay(tmp_path, "PAY-9", "100.00", "INV-1", "100.00")
    company.wire.tamper = lambda *_: None
    await sync_now(desk)
    company.wire.tamper = None
    card = await customer_card(desk, CUSTOMER)
    first, second = card.differences
    assert first == (
        "Invoice INV-1 has USD 0.00 open in the source and USD 100.00 in QuickBooks: PAY-9, applied to it "
        "here, is not in QuickBooks."
    )
    assert second == (
        "Payment PAY-9 over USD 100.00, settled in full, is not in QuickBooks: "
        "Payment PAY-9 was sent, but no answer came; it may be in QuickBooks already."
    )


async def test_unapplied_money_stands_beside_what_it_could_pay(
    desk: Desk, company: BooksCompany, tmp_path: Path
) -> None:
    await sync_now(desk)
    customer = company.one("Customer", DisplayName="Baobab Café")
    company.book(
        "Payment", {"CustomerRef": {"value": customer["Id"]}, "TotalAmt": 30, "PaymentRefNum": "SKJ4"}
    )
    await sync_now(desk)
    card = await customer_card(desk, CUSTOMER)
    assert card.suggestions == (
        "In QuickBooks: Payment SKJ4 has USD 30.00 unapplied: exactly what invoice INV-3 is open with.",
    )


async def test_an_unconnected_customer_has_one_side(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "source" / "invoices.csv"
    path.write_text(path.read_text() + "INV-8,C-2,2026-11-03,8.00\n")
    (tmp_path / "source" / "customers.csv").write_text("id,name\nC-1,Baobab Café\nC-2,A:B\n")
    await sync_now(desk)
    card = await customer_card(desk, RecordKey("customer", "C-2"))
    assert card.held == ()
    assert balance(card) == (Decimal(8), Decimal(0))
    assert "Invoice INV-8 over USD 8.00 is not in QuickBooks" in card.differences[0]


async def test_quickbooks_own_balance_is_asked_for(desk: Desk, company: BooksCompany, watch: Watch) -> None:
    await sync_now(desk)
    asked = await ask_quickbooks(desk, CUSTOMER)
    assert (asked.unread, asked.balances[0].told, asked.differences) == ("", Decimal(130), ())
    watch.forward(minutes=10)
    receivable = company.one("Account", AccountType="Accounts Receivable")
    income = company.one("Account", AccountType="Income", Name="Services")
    customer = {"Type": "Customer", "EntityRef": {"value": company.one("Customer")["Id"]}}
    company.book("JournalEntry", {"Line": [
        {"Amount": 40, "DetailType": "JournalEntryLineDetail", "JournalEntryLineDetail": {
            "PostingType": posting, "AccountRef": {"value": account["Id"]}, "Entity": customer}}
        for posting, account in (("Debit", receivable), ("Credit", income))
    ]})  # fmt: skip
    asked = await ask_quickbooks(desk, CUSTOMER)
    assert asked.balances[0].told == Decimal(170)
    assert asked.differences == (
        (
            "QuickBooks says a balance of USD 170.00, its documents come to USD 130.00: journal entries, an "
            "opening balance or other forms make the difference of USD 40.00."
        ),
    )


async def test_where_quickbooks_cannot_be_asked_the_copy_answers(desk: Desk) -> None:
    await sync_now(desk)
    for name in ("refresh_token", "access_token"):
        desk.secrets.delete(f"{desk.profile.id}/{name}")
    asked = await ask_quickbooks(desk, CUSTOMER)
    assert "QuickBooks could not be read again" in asked.unread
    assert balance(asked) == (Decimal(130), Decimal(130))


async def test_a_kenyan_customer_that_withheld_the_tax_is_recognised(tmp_path: Path, watch: Watch) -> None:
    write_ledger(tmp_path, {"INV-1": "16000.00", "INV-2": "16000.00"})
    (tmp_path / "source" / "payments.csv").write_text(
        "number,customer,date,amount,invoice\nP-1,C-1,2026-11-05,15724.14,INV-1\nP-2,C-1,2026-11-05,15724.15,INV-2\n"
    )
    with office(tmp_path, BooksCompany("nairobi"), PROFILE.replace("USD", "KES")) as desk:
        await sync_now(desk)
        card = await customer_card(desk, CUSTOMER)
        assert card.shorts == (
            (
                "Invoice INV-1 is short by exactly the withheld VAT KES 275.86 after P-1: "
                "the customer owes the certificate, not the money."
            ),
        )


async def test_credits_stand_in_the_account_and_in_the_balance(desk: Desk, company: BooksCompany) -> None:
    await sync_now(desk)
    item = company.one("Item", Name="Services")["Id"]
    customer = {"value": company.one("Customer", DisplayName="Baobab Café")["Id"]}
    line = {
        "Amount": 12, "DetailType": "SalesItemLineDetail", "SalesItemLineDetail": {"ItemRef": {"value": item}}
    }  # fmt: skip
    company.book("CreditMemo", {"CustomerRef": customer, "DocNumber": "CN-9", "Line": [line]})
    await sync_now(desk)
    card = await customer_card(desk, CUSTOMER)
    assert balance(card) == (Decimal(130), Decimal(118))
    assert "CN-9" in {pair.paper.number for pair in card.pairs if pair.there and not pair.here}
    assert any("CN-9" in sentence for sentence in card.differences)
    [suggested] = card.suggestions
    assert suggested.startswith("In QuickBooks: Credit note CN-9 has USD 12.00 unapplied")
