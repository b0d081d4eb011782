import dataclasses
import datetime as dt
from decimal import Decimal

import pytest

from awra_tui.cache.pages import parties
from awra_tui.cache.pages.money import Money
from awra_tui.cache.pages.parties import HeldBy
from awra_tui.cache.store import links, objects, records, references
from awra_tui.cache.store.references import Reference
from awra_tui.records.qbo import Link, QboObject
from awra_tui.records.record import Application
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from tests.health.world import bill, customer, invoice, payment

CUSTOMER = RecordKey("customer", "C-17")


def there(entity, qbo_id, balance, party="70", **fields):
    return QboObject(entity=entity, id=qbo_id, party_id=party, balance=Decimal(balance), **fields)


@pytest.fixture
def both(cache):
    own = [
        invoice("INV-1", amount=Decimal(500)),
        invoice("INV-2", amount=Decimal(300), date=dt.date(2026, 11, 9)),
        invoice("INV-3", amount=Decimal(900), approved=False, date=dt.date(2026, 10, 1)),
        invoice("INV-4", amount=Decimal(7), currency="USD"),
        invoice("INV-5", amount=Decimal(11), party_id="C-18"),
        payment("PAY-1", amount=Decimal(500)),
        bill("B-1", amount=Decimal(80)),
    ]
    cache.now(records.upsert, own, "reading")
    cache.now(
        objects.upsert,
        [
            there("Invoice", "1", 300, amount=Decimal(300), date=dt.date(2026, 11, 9), number="1037"),
            there("Invoice", "2", 50, currency="USD"),
            there("Payment", "3", 100, date=dt.date(2026, 11, 1)),
            there("Invoice", "4", 5, party="71"),
            there("Invoice", "5", 99, deleted=True),
            there("Bill", "6", 20, party="75"),
            there("Customer", "70", 12345, party=""),
        ],
    )
    return cache


def test_what_is_owed_here_is_summed_by_currency_without_drafts(both):
    owed = both.now(parties.owed_here, "customer", ["C-17", "C-18", "nobody"], "KES")
    assert owed == {"C-17": {"KES": 30000, "USD": 700}, "C-18": {"KES": 1100}}
    assert both.now(parties.owed_here, "vendor", ["V-3"], "KES") == {"V-3": {"KES": 8000}}
    assert both.now(parties.owed_here, "item", ["P-1"], "KES") == {}


def test_a_company_with_one_currency_need_not_name_it(both):
    both.now(records.upsert, [invoice("INV-9", amount=Decimal(5), party_id="C-19", currency="")], "reading")
    owed = both.now(parties.owed_here, "customer", ["C-19"], "KES")
    assert owed == {"C-19": {"KES": 500}}
    assert both.now(parties.owing, "Customer", owed["C-19"], "KES") == {"71"}


def test_a_home_currency_without_cents_need_not_be_named_either(both):
    own = invoice("INV-9", amount=Decimal(5000), party_id="C-19", currency="")
    both.now(records.upsert, [own], "reading")
    unnamed, named = there("Invoice", "9", 4000, party="90"), there("Invoice", "10", 1000, party="90")
    both.now(objects.upsert, [unnamed, dataclasses.replace(named, currency="UGX")])
    owed = both.now(parties.owed_here, "customer", ["C-19"], "UGX")
    assert owed == {"C-19": {"UGX": 5000}}
    assert both.now(parties.owed_there, "Customer", ["90"], "UGX") == {"90": {"UGX": 5000}}
    assert both.now(parties.owing, "Customer", owed["C-19"], "UGX") == {"90"}


def test_what_a_parent_paid_for_its_branch_is_not_owed_by_the_branch(both):
    head, branch = "C-17", "C-18"
    paid = payment(
        "PAY-2",
        amount=Decimal(300),
        party_id=head,
        applications=(
            Application("invoice", "S-INV-5", Decimal(11)),
            Application("invoice", "S-INV-2", Decimal(289)),
        ),
    )
    draft = payment("PAY-3", amount=Decimal(2), approved=False, applications=paid.applications[:1])
    both.now(records.upsert, [paid, draft], "reading")
    needs = {
        RecordKey("payment", one.source_id): [
            Reference(RecordKey("invoice", each.source_id), role="application") for each in one.applications
        ]
        for one in (paid, draft)
    }
    both.now(references.replace_references, needs)
    whole = {head: {"KES": 1100, "USD": 700}, branch: {}}
    assert both.now(parties.owed_here, "customer", [head, branch], "KES") == whole
    for each, owed in whole.items():
        assert both.now(parties.owed_here, "customer", [each], "KES") == {each: owed}


def test_what_is_owed_there_is_what_is_open_of_documents(both):
    owed = both.now(parties.owed_there, "Customer", ["70", "71"], "KES")
    assert owed == {"70": {"KES": 20000, "USD": 5000}, "71": {"KES": 500}}
    assert both.now(parties.owed_there, "Vendor", ["75"], "KES") == {"75": {"KES": 2000}}


def test_who_owes_exactly_so_much_there(both):
    assert both.now(parties.owing, "Customer", {"KES": 20000}, "KES") == {"70"}
    assert both.now(parties.owing, "Customer", {"KES": 500}, "KES") == {"71"}
    assert both.now(parties.owing, "Customer", {"KES": 500}, "USD") == frozenset()
    assert both.now(parties.owing, "Customer", {"KES": 20000, "USD": 5000}, "KES") == frozenset()
    assert both.now(parties.owing, "Item", {"KES": 20000}, "KES") == frozenset()


def test_what_was_made_by_hand_carries_no_mark_and_no_connection(both):
    both.now(objects.upsert, [there("Invoice", "7", 1, date=dt.date(2026, 11, 2), mark="INV-9")])
    both.now(objects.upsert, [there("Invoice", "8", 1, date=dt.date(2026, 11, 5))])
    found = both.now(parties.by_hand, "Invoice", "70", "2026-11-01")
    assert [one.id for one in found] == ["8", "1"]
    link = Link(kind="invoice", source_id="S-INV-2", entity="Invoice", qbo_id="1")
    both.now(links.add, link, "me")
    assert [one.id for one in both.now(parties.by_hand, "Invoice", "70", "2026-11-01")] == ["8"]


def test_the_last_transaction_on_either_side(both):
    here = both.now(parties.last_here, CUSTOMER)
    assert (here.of, here.number, here.date, here.amount_minor) == ("invoice", "INV-2", "2026-11-09", 30000)
    theirs = both.now(parties.last_there, "Customer", "70")
    assert (theirs.of, theirs.number, theirs.date) == ("Invoice", "1037", "2026-11-09")
    assert both.now(parties.last_here, RecordKey("customer", "nobody")) is None
    assert both.now(parties.last_there, "Item", "70") is None


def test_sub_customers_are_counted_on_either_side(both):
    child = customer("C-20", "Branch", parent_id="C-17")
    both.now(records.upsert, [child], "reading")
    both.now(
        references.replace_references, {RecordKey("customer", "C-20"): [Reference(CUSTOMER, role="parent")]}
    )
    assert both.now(parties.parts_here, CUSTOMER) == 1
    sub = QboObject(entity="Customer", id="80", name="Branch", content={"ParentRef": {"value": "70"}})
    gone = dataclasses.replace(sub, id="81", active=False)
    other = dataclasses.replace(sub, id="82", content={"ParentRef": {"value": "701"}})
    both.now(objects.upsert, [sub, gone, other])
    assert both.now(parties.parts_there, "Customer", "70") == 1


def test_who_waits_to_be_connected_and_what_each_holds_up(both):
    names = [
        customer("C-17", "Zebra"),
        customer("C-18", "Acacia"),
        customer("C-19", "Linked"),
        customer("C-20"),
    ]
    both.now(records.upsert, names, "reading")
    stands = {"C-17": Status.NEEDS_ATTENTION, "C-18": Status.FAILED, "C-19": Status.FAILED}
    for each, status in stands.items():
        both.now(records.set_judgement, RecordKey("customer", each), status)
    link = Link(kind="customer", source_id="C-19", entity="Customer", qbo_id="70")
    both.now(links.add, link, "me")
    assert both.now(parties.unconnected, ["customer", "vendor"]) == [
        RecordKey("customer", "C-18"),
        RecordKey("customer", "C-17"),
    ]
    needs = {
        RecordKey("invoice", "S-INV-1"): [
            Reference(CUSTOMER, role="party"),
            Reference(CUSTOMER, role="line_party"),
        ],
        RecordKey("invoice", "S-INV-4"): [Reference(CUSTOMER, role="party")],
    }
    both.now(references.replace_references, needs)
    both.now(records.set_judgement, RecordKey("invoice", "S-INV-1"), Status.NEEDS_ATTENTION)
    held = both.now(parties.held_by, "customer", ["C-17", "C-18"])
    money = (Money(currency="KES", minor=50000, count=1),)
    assert held == {"C-17": HeldBy(count=1, money=money)}
    paid = {RecordKey("payment", "S-PAY-1"): [Reference(CUSTOMER, role="party")]}
    both.now(references.replace_references, paid)
    both.now(records.set_judgement, RecordKey("payment", "S-PAY-1"), Status.NEEDS_ATTENTION)
    held = both.now(parties.held_by, "customer", ["C-17"])
    assert held == {"C-17": HeldBy(count=2, money=money)}, "a payment is the money of its invoice"
