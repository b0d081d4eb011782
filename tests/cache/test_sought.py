"""Finding whatever is pasted, on both databases; how it was found, and in which order."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awra_tui.cache import Cache, rows
from awra_tui.cache.pages.customers import customer_page
from awra_tui.cache.pages.sought import sought
from awra_tui.cache.store import links, objects, records, references, warnings
from awra_tui.records.money import shown
from awra_tui.records.qbo import Link, QboObject
from awra_tui.records.record import Application, SourceRecord
from awra_tui.records.subject import RecordKey, record_subject
from awra_tui.records.typed import read_amount
from tests.cache.conftest import HERE, explained, invoice

PAYMENT = SourceRecord(
    kind="payment", source_id="p1", number="PAY-1", party_id="c1", party_name="Acacia Traders",
    amount=Decimal("1234.50"), currency="KES", reference="SKJ4X7Q2PL",
    applications=(Application("invoice", "1", Decimal(50)),),
)  # fmt: skip


@pytest.fixture
def filled(cache):
    customer = SourceRecord(kind="customer", source_id="c1", number="C-1", party_name="Acacia Traders")
    some = [invoice(1), invoice(2, "12760.00"), invoice(3, "12760.00", currency="UGX"), PAYMENT, customer]
    cache.now(records.upsert, some, "r")
    cache.now(
        objects.upsert,
        [
            QboObject(entity="Customer", id="58", name="Acacia Traders", currency="KES"),
            QboObject(
                entity="Invoice", id="71", number="INV-1", party_id="58", amount=Decimal(100), currency="KES"
            ),
            QboObject(
                entity="Invoice", id="72", number="0007", party_id="58", amount=Decimal(9), currency="KES"
            ),
            QboObject(entity="Payment", id="73", reference="PSK-ABCDEFGHIJKLMNOPQ", party_id="58"),
            QboObject(entity="Payment", id="74", mark="PAY-9", party_id="58", deleted=True),
        ],
    )
    made = Link(kind="invoice", source_id="1", entity="Invoice", qbo_id="71")
    cache.now(links.add, made, "a@b")
    cache.now(links.add, Link(kind="customer", source_id="c1", entity="Customer", qbo_id="58"), "a@b")
    return cache


def ways(cache, text):
    found = cache.now(sought, text)
    told = {one.key.text: one.row.how for one in found.records}
    return told | {f"{one.object.entity} {one.object.id}": one.how for one in found.objects}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("INV-1", {"invoice/1": "number", "Invoice 71": "number"}),
        ("inv-1", {"invoice/1": "number", "Invoice 71": "number"}),
        ("p1", {"payment/p1": "id"}),
        ("skj4x7q2pl", {"payment/p1": "reference"}),
        ("00007", {"Invoice 72": "number"}),
        ("PAY-9", {"Payment 74": "mark"}),
        ("PSK-ABCDEFGHIJKLMNOPQRSTUVW", {"Payment 73": "reference"}),
        ("KES 1,234.50", {"payment/p1": "amount"}),
        ("12760", {"invoice/2": "amount", "invoice/3": "amount"}),
        ("UGX 12,760", {"invoice/3": "amount"}),
        ("9.00", {"Invoice 72": "amount"}),
        ("Invoice 71", {"invoice/1": "QuickBooks id", "Invoice 71": "QuickBooks id"}),
        ("Invoice INV-2", {"invoice/2": "number"}),
        ("payment skj4x7q2pl", {"payment/p1": "reference"}),
        ("SKJ4X7Q2PL Confirmed. You have received Ksh1,234.50 from ACACIA", {"payment/p1": "reference"}),
        ("Received KES 1,234.50 from Acacia on 3 Nov", {"payment/p1": "amount"}),
        ("Please see (INV-2), paid by PAY-1.", {"invoice/2": "number", "payment/p1": "number"}),
        ("nothing 7777 of 8888 that is known", {}),
        ("KES 1,284,300.00", {}),
        ("", {}),
        ("   ", {}),
        ("%", {}),
        ("zzz", {}),
    ],
)
def test_everything_is_found_by_what_people_paste(filled, text, expected):
    assert ways(filled, text) == expected


def test_a_name_finds_the_customer_first_then_what_belongs_to_it(filled):
    found = filled.now(sought, "acacia traders")
    assert [one.key.kind for one in found.records] == ["customer", "invoice", "invoice", "invoice", "payment"]
    assert found.records[0].row.how == "name"
    assert {one.row.how for one in found.records[1:]} == {"text"}
    assert found.records[0].held[0].id == "58"


def test_a_record_says_what_it_waits_for_and_what_holds_it(filled):
    filled.now(warnings.reconcile, record_subject("invoice", "2"), [explained()])
    [one] = filled.now(sought, "INV-2").records
    assert one.waits == "The tax category VAT 16 has no tax code."
    [other] = filled.now(sought, "INV-1").records
    assert (other.held[0].id, other.waits) == ("71", "")
    assert filled.now(sought, "INV-1").objects[0].records == (RecordKey("invoice", "1"),)


def test_more_than_fits_is_said(filled):
    filled.now(records.upsert, [invoice(count) for count in range(10, 40)], "r")
    found = filled.now(sought, "INV-", 10)
    assert (len(found.records), found.more) == (10, True)
    assert not filled.now(sought, "INV-", 100).more


@pytest.mark.parametrize("text", ["\0", "'; DROP TABLE record; --", "9" * 500, "[red]", "½", "1e400"])
def test_odd_texts_find_nothing_and_break_nothing(filled, text):
    assert not filled.now(sought, text).records


def test_a_customer_has_its_papers_on_both_sides_and_what_others_pay_of_them(filled):
    parent = SourceRecord(
        kind="payment", source_id="p2", number="PAY-2", party_id="c9", amount=Decimal(50), currency="KES",
        applications=(Application("invoice", "1", Decimal(50)),),
    )  # fmt: skip
    filled.now(records.upsert, [parent], "r")
    applied = references.Reference(RecordKey("invoice", "1"), required=True, role="application")
    filled.now(references.replace_references, {RecordKey("payment", "p2"): [applied]})
    page = filled.now(customer_page, RecordKey("customer", "c1"))
    assert {one.stored.key.text for one in page.papers} == {
        "invoice/1",
        "invoice/2",
        "invoice/3",
        "payment/p1",
    }
    assert [one.key.text for one in page.others] == ["payment/p2"]
    assert sorted(thing.id for thing in page.objects) == ["71", "72", "73"]
    [twin] = [one.twin for one in page.papers if one.twin]
    assert twin.id == "71"
    assert filled.now(customer_page, RecordKey("customer", "c404")) is None


@pytest.mark.parametrize(
    ("condition", "index"),
    [
        ("amount_minor != 0 AND amount_minor IN (1, 2)", "record_amount"),
        ("reference != '' AND reference IN ('a', 'b')", "record_reference"),
        ("kind IN ('customer', 'vendor', 'item') AND party_key = 'a'", "record_name"),
    ],
)
def test_what_is_pasted_is_found_by_indexes(sqlite_url, clock, condition, index):
    with Cache.open(sqlite_url, profile=HERE) as cache:
        statement = f"EXPLAIN QUERY PLAN SELECT id FROM record WHERE profile = 'demo' AND {condition}"
        assert index in str(cache.now(rows.select, statement))


@given(st.integers(1, 10**13), st.sampled_from(["", "KES", "UGX", "KWD"]))
def test_an_amount_is_read_as_it_is_written_for_people(minor, currency):
    amount = Decimal(minor).scaleb(-2)
    for written in (f"{amount}", shown(amount, "KES"), f"{amount:,}".replace(",", " ")):
        typed = read_amount(f"{currency} {written}".strip())
        assert typed is not None
        assert amount in typed.values
        assert typed.currency == currency


@pytest.mark.parametrize(
    ("text", "values", "currency"),
    [
        ("KSh 12,760/=", ["12760", "12.760"], "KES"),
        ("12.760,00", ["12760.00"], ""),
        ("12'760.50", ["12760.50"], ""),
        ("500 USD", ["500"], "USD"),
        ("$5", ["5"], ""),
        ("-20.5", ["20.5"], ""),
        ("1,284,300", ["1284300"], ""),
    ],
)
def test_amounts_in_every_usual_way(text, values, currency):
    typed = read_amount(text)
    assert typed is not None
    assert [str(value) for value in typed.values] == values
    assert typed.currency == currency


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_amounts(text):
    typed = read_amount(text)
    assert typed is None or all(value > 0 for value in typed.values)


def test_dates_are_no_amounts():
    assert read_amount(str(dt.date(2026, 11, 23))) is None
