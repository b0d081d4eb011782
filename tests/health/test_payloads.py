import datetime as dt
from dataclasses import replace
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from awra_tui.health.judge import judge
from awra_tui.health.payloads import body_of
from awra_tui.records.kinds import KINDS
from awra_tui.records.money import rounded
from awra_tui.records.record import Application, Contact, Line, SourceRecord
from awra_tui.records.rules import Rules
from tests.health import schema
from tests.health.world import (
    US,
    World,
    bill,
    customer,
    invoice,
    item,
    journal,
    line,
    nairobi,
    payment,
    vendor,
)

BRANCHES = Rules(branch_as="department", new_names=dict.fromkeys(("customer", "vendor", "item"), "create"))
LONG = "A long description of beans. " * 300


def with_(record, **changes):
    return msgspec.structs.replace(record, **changes)


CONTACT = Contact(
    email="accounts@mangrove.example",
    phone="+254 700 000000",
    tax_number="P051234567X",
    company="Mangrove Lodge Ltd",
    address=("12 Beach Road", "PO Box 4"),
    city="Mombasa",
    country="Kenya",
)
RECORDS = {
    "customer": customer("C-9", "Mangrove Lodge", contact=CONTACT, terms="30 days", currency="KES"),
    "sub-customer": customer("C-10", "Mangrove Spa", parent_id="C-17"),
    "vendor": vendor("V-9", "Rift Mills", contact=CONTACT, terms="30 days", currency="KES"),
    "item": item(
        "P-9",
        "Decaf beans",
        memo=LONG,
        unit_price=Decimal("12.5"),
        unit_cost=Decimal("8.25"),
        category="Coffee",
    ),
    "inventory item": item("P-8", "Mugs", item_type="Inventory", date=dt.date(2026, 11, 1)),
    "invoice": invoice(terms="30 days", branch="Mombasa", memo="Thank you"),
    "inclusive invoice": invoice(tax_mode="inclusive", lines=(line("11600.00", "4", "2900.00"),)),
    "invoice with a long line": invoice(lines=(line("10000.00", "4", "2500.00", description=LONG),)),
    "credit note": with_(invoice("CN-1"), kind="credit_note"),
    "refund": with_(invoice("RF-1"), kind="refund", method="M-Pesa", reference="SK31ABCDEF"),
    "payment": payment(),
    "payment on account": payment(applications=(), method=""),
    "bill": bill(terms="30 days"),
    "bill on an account": bill(
        lines=(Line(amount=Decimal(5000), account="Depreciation", tax_category="Standard"),)
    ),
    "purchase order": with_(bill("PO-1"), kind="purchase_order", due_date=None),
    "bill payment": with_(
        payment("BP-1"),
        kind="bill_payment",
        party_id="V-3",
        applications=(Application("bill", "S-HG-88", Decimal("5800.00")),),
    ),
    "bill payment by card": with_(
        payment("BP-2", method="Card", amount=Decimal(5800)),
        kind="bill_payment",
        party_id="V-3",
        applications=(Application("bill", "S-HG-88", Decimal("5800.00")),),
    ),
    "journal": journal(),
    "journal with a party": journal(
        lines=(
            Line(amount=Decimal(10), account="Depreciation", side="debit"),
            Line(
                amount=Decimal(10),
                account="Receivables",
                side="credit",
                party_kind="customer",
                party_id="C-17",
            ),
        )
    ),
}
REQUIRED = {
    "Customer": {"DisplayName"},
    "Vendor": {"DisplayName"},
    "Item": {"Name", "Type", "IncomeAccountRef"},
    "Invoice": {"Line", "CustomerRef", "CurrencyRef"},
    "CreditMemo": {"Line", "CustomerRef", "CurrencyRef"},
    "RefundReceipt": {"Line", "DepositToAccountRef", "CurrencyRef"},
    "Payment": {"TotalAmt", "CustomerRef", "CurrencyRef"},
    "Bill": {"VendorRef", "Line", "CurrencyRef"},
    "PurchaseOrder": {"VendorRef", "Line", "CurrencyRef", "APAccountRef"},
    "BillPayment": {"VendorRef", "Line", "TotalAmt", "PayType", "CurrencyRef"},
    "JournalEntry": {"Line", "CurrencyRef"},
}


def ready_world() -> World:
    world = nairobi()
    world.rules = BRANCHES
    world.map("account", "Receivables", "34")
    world.link(invoice(), "900")
    world.link(bill(), "910")
    return world


@pytest.mark.parametrize("name", RECORDS)
def test_body_is_what_the_schema_allows_and_requires(name):
    record = RECORDS[name]
    world = ready_world()
    world.linked.pop(world.has(record), None)
    judgement = judge(record, world)
    assert judgement.findings == ()
    (shipment,) = judgement.shipments
    entity = KINDS[record.kind].entity
    assert shipment.entity == entity
    assert schema.problems(entity, shipment.body) == []
    assert set(shipment.body) >= REQUIRED[entity]


def test_application_of_a_credit_note_is_a_zero_payment_the_schema_allows():
    world = ready_world()
    note = with_(
        invoice("CN-1"), kind="credit_note", applications=(Application("invoice", "S-INV-1042", Decimal(50)),)
    )
    world.link(note, "950")
    body = body_of(note, world, "application")
    assert schema.problems("Payment", body) == []
    assert body["TotalAmt"] == 0


def test_invoice_carries_our_mark_number_dates_terms_and_branch():
    body = body_of(RECORDS["invoice"], ready_world())
    assert body["PrivateNote"] == "AWRA INV-1042\nThank you"
    assert (body["DocNumber"], body["TxnDate"], body["DueDate"]) == ("INV-1042", "2026-11-03", "2026-12-03")
    assert body["SalesTermRef"] == {"value": "3"}
    assert body["DepartmentRef"] == {"value": "12"}
    assert body["GlobalTaxCalculation"] == "TaxExcluded"
    (sold,) = body["Line"]
    assert sold["SalesItemLineDetail"] == {
        "ItemRef": {"value": "40"},
        "Qty": Decimal(4),
        "UnitPrice": Decimal("2500.00"),
        "TaxCodeRef": {"value": "5"},
    }


def test_long_memo_is_cut_behind_the_mark():
    body = body_of(invoice(memo="x" * 5000), ready_world())
    assert len(body["PrivateNote"]) == 4000
    assert body["PrivateNote"].startswith("AWRA INV-1042\n")


def test_inclusive_price_is_sent_without_its_tax_and_with_it():
    body = body_of(RECORDS["inclusive invoice"], ready_world())
    (sold,) = body["Line"]
    assert body["GlobalTaxCalculation"] == "TaxInclusive"
    assert sold["Amount"] == Decimal("10000.00")
    assert sold["SalesItemLineDetail"]["TaxInclusiveAmt"] == Decimal("11600.00")
    assert sold["SalesItemLineDetail"]["UnitPrice"] == Decimal(2500)


def test_amount_alone_where_quantity_times_price_is_not_it():
    body = body_of(invoice(lines=(line("99.99", "3", "33.335"),)), ready_world())
    (sold,) = body["Line"]
    assert sold["Amount"] == Decimal("99.99")
    assert {"Qty", "UnitPrice"}.isdisjoint(sold["SalesItemLineDetail"])
    assert sold["Description"] == "Espresso beans 1 kg · 3 × 33.335"


def test_half_cents_round_up_and_keep_their_price():
    (sold,) = body_of(invoice(lines=(line("100.01", "3", "33.335"),)), ready_world())["Line"]
    assert (sold["Amount"], sold["SalesItemLineDetail"]["Qty"]) == (Decimal("100.01"), Decimal(3))


@pytest.mark.parametrize(
    ("record", "amounts"),
    [
        (bill(), ["5800.00"]),
        (bill(tax=None), ["5800.00"]),
        (bill(tax_mode="inclusive", lines=(line("5800.00", "10", "580.00"),)), ["5800.00"]),
        (
            bill(
                amount=Decimal("110.01"),
                tax=Decimal("10.01"),
                lines=(line("33.33"), line("50.00", tax_category="", tax_rate=None), line("16.67")),
            ),
            ["40.01", "50.00", "20.00"],
        ),
        (
            bill(
                amount=Decimal("99.00"),
                tax=Decimal("9.00"),
                lines=(line("100.00"), line("-10.00", discount=True)),
            ),
            ["99.00"],
        ),
    ],
)
def test_where_purchases_have_no_tax_it_is_part_of_what_was_bought(record, amounts):
    world = World(company=US)
    world.link(vendor(), "75")
    world.link(item(), "40")
    body = body_of(msgspec.structs.replace(record, currency="USD"), world)
    assert [each["Amount"] for each in body["Line"]] == [Decimal(amount) for amount in amounts]
    assert "TxnTaxDetail" not in body
    assert all("TaxCodeRef" not in each["ItemBasedExpenseLineDetail"] for each in body["Line"])


@pytest.mark.parametrize(
    ("bought", "tax", "expected"),
    [
        ([("20.00", "2", "10.00", "8")], "1.60", [("21.60", "2", "10.8000000")]),
        ([("100.00", "3", "33.333", "8")], "8.00", [("108.00", "3", "36.0000000")]),
        ([("20.00", "2", "10.00", "0")], "0", [("20.00", "2", "10.00")]),
        (
            [("100.00", "1", "100.00", "6"), ("100.00", "1", "100.00", "10"), ("7.00", "1", "7.00", "0")],
            "16.00",
            [("106.00", "1", "106.0000000"), ("110.00", "1", "110.0000000"), ("7.00", "1", "7.00")],
        ),
    ],
    ids=["one", "thirds", "none", "two rates"],
)
def test_tax_that_is_part_of_what_was_bought_is_part_of_its_price(bought, tax, expected):
    world = World(company=US)
    world.link(vendor(), "75")
    world.link(item(), "40")
    lines = tuple(
        line(amount, quantity, price, tax_rate=Decimal(rate)) for amount, quantity, price, rate in bought
    )
    total = sum((Decimal(each[0]) for each in bought), Decimal(tax))
    body = body_of(bill(currency="USD", amount=total, tax=Decimal(tax), lines=lines), world)
    details = [(each["Amount"], each["ItemBasedExpenseLineDetail"]) for each in body["Line"]]
    assert [(amount, one["Qty"], one["UnitPrice"]) for amount, one in details] == [
        tuple(map(Decimal, each)) for each in expected
    ]
    assert sum(each["Amount"] for each in body["Line"]) == total
    assert schema.problems("Bill", body) == []


def test_us_lines_say_tax_or_non_and_honour_the_tax_given():
    world = World(company=US)
    world.link(customer(), "70")
    world.link(item(), "40")
    taxed = line("100.00", tax_rate=Decimal(8))
    free = line("50.00", tax_category="", tax_rate=None)
    body = body_of(invoice(currency="USD", amount=Decimal(158), tax=Decimal(8), lines=(taxed, free)), world)
    codes = [each["SalesItemLineDetail"]["TaxCodeRef"]["value"] for each in body["Line"]]
    assert codes == ["TAX", "NON"]
    assert body["TxnTaxDetail"] == {"TotalTax": Decimal("8.00")}
    assert "GlobalTaxCalculation" not in body
    assert "CurrencyRef" not in body
    assert "TxnTaxDetail" not in body_of(invoice(currency="USD", tax=None), world)


def test_foreign_currency_carries_its_rate():
    world = ready_world()
    body = body_of(invoice(currency="USD", exchange_rate=Decimal("129.25")), world)
    assert (body["CurrencyRef"], body["ExchangeRate"]) == ({"value": "USD"}, Decimal("129.25"))
    assert "ExchangeRate" not in body_of(invoice(exchange_rate=Decimal(1)), world)


def test_long_payment_reference_goes_to_the_note():
    body = body_of(payment(reference="paystack-T685312322670591"), ready_world())
    assert "PaymentRefNum" not in body
    assert body["PrivateNote"] == "AWRA PAY-1\nReference paystack-T685312322670591"
    assert body_of(payment(), ready_world())["PaymentRefNum"] == "SK31ABCDEF"


def test_overpayment_stays_unapplied():
    body = body_of(payment(amount=Decimal(12000)), ready_world())
    assert body["TotalAmt"] == 12000
    assert [each["Amount"] for each in body["Line"]] == [Decimal("11600.00")]


def test_bill_payment_is_by_card_or_cheque_as_its_account_is():
    world = ready_world()
    by_card = body_of(RECORDS["bill payment by card"], world)
    assert (by_card["PayType"], by_card["CreditCardPayment"]) == (
        "CreditCard",
        {"CCAccountRef": {"value": "83"}},
    )
    by_cheque = body_of(RECORDS["bill payment"], world)
    assert (by_cheque["PayType"], by_cheque["CheckPayment"]) == ("Check", {"BankAccountRef": {"value": "80"}})


def discounted() -> SourceRecord:
    off = line("-1000.00", discount=True, description="Loyal customer")
    return invoice(lines=(line("6000.00", "2", "3000.00"), line("4000.00"), off), amount=Decimal(10440))


def test_discount_is_a_line_where_the_company_allows_it():
    body = body_of(discounted(), ready_world())
    assert body["ApplyTaxAfterDiscount"] is True
    assert schema.problems("Invoice", body) == []
    assert body["Line"][-1] == {
        "Description": "Loyal customer",
        "Amount": Decimal("1000.00"),
        "DetailType": "DiscountLineDetail",
        "DiscountLineDetail": {"PercentBased": False},
    }


def test_discount_nets_the_lines_where_it_does_not():
    world = ready_world()
    world.company = _without_discount(world)
    body = body_of(discounted(), world)
    assert [each["Amount"] for each in body["Line"]] == [Decimal("5400.00"), Decimal("3600.00")]
    assert "Qty" not in body["Line"][0]["SalesItemLineDetail"]


def _without_discount(world):
    return replace(world.company, allows_discount=False)


money = st.decimals(min_value=Decimal("0.01"), max_value=Decimal("99999.99"), places=2)
quantities = st.decimals(min_value=Decimal("0.001"), max_value=Decimal(999), places=3)
prices = st.decimals(min_value=Decimal("0.0001"), max_value=Decimal(9999), places=4)


@given(amount=money, quantity=quantities, price=prices, mode=st.sampled_from(["exclusive", "inclusive"]))
def test_every_sent_line_multiplies_to_its_amount(amount, quantity, price, mode):
    for sent_amount in (amount, rounded(quantity * price)):
        one = line(str(sent_amount), str(quantity), str(price))
        (sold,) = body_of(invoice(lines=(one,), tax_mode=mode), ready_world())["Line"]
        detail = sold["SalesItemLineDetail"]
        assert sold["Amount"] == rounded(sold["Amount"])
        assert ("Qty" in detail) == ("UnitPrice" in detail)
        if "Qty" in detail:
            assert rounded(detail["Qty"] * detail["UnitPrice"]) == sold["Amount"]


@given(amounts=st.lists(money, min_size=1, max_size=8), off=money)
def test_netted_lines_keep_the_total_to_the_cent(amounts, off):
    world = ready_world()
    world.company = _without_discount(world)
    lines = (*(line(str(each)) for each in amounts), line(str(-off), discount=True))
    body = body_of(invoice(lines=lines), world)
    assert sum(each["Amount"] for each in body["Line"]) == sum(amounts) - off


@given(amounts=st.lists(money, min_size=1, max_size=8))
def test_every_amount_is_decimal_to_the_cent(amounts):
    applied = tuple(Application("invoice", "S-INV-1042", each) for each in amounts)
    body = body_of(payment(amount=sum(amounts), applications=applied), ready_world())
    assert body["TotalAmt"] == sum(each["Amount"] for each in body["Line"])
    assert all(isinstance(each["Amount"], Decimal) for each in body["Line"])


@given(text=st.text(max_size=5000), name=st.text(min_size=1, max_size=100))
def test_text_from_outside_never_makes_a_body_too_long(text, name):
    record = invoice(memo=text, lines=(line("10000.00", "4", "2500.00", description=text),))
    assert schema.problems("Invoice", body_of(record, ready_world())) == []
    contact = Contact(email=text, phone=text, tax_number=text, company=text, city=text, country=text)
    for kind, entity in (("customer", "Customer"), ("vendor", "Vendor")):
        made = with_(customer("X", name.strip() or "X", contact=contact), kind=kind)
        assert schema.problems(entity, body_of(made, ready_world())) == []
