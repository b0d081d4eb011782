import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awra_tui.health import duplicates
from awra_tui.health.duplicates import find, rank
from awra_tui.health.judge import judge
from awra_tui.health.names import SIMILAR, name_score
from awra_tui.health.naming import distinct
from awra_tui.health.reasons import explain
from awra_tui.records.qbo import QboObject
from awra_tui.records.rules import Rules
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from tests.health.world import NOV_3, bill, customer, invoice, item, nairobi, payment, vendor


def reasons(record, world):
    return [finding.reason for finding in find(record, world).findings]


def in_books(entity="Invoice", qbo_id="901", **fields):
    return QboObject(entity=entity, id=qbo_id, currency="KES", **fields)


@pytest.mark.parametrize(
    ("theirs", "expected"),
    [
        ({"number": "INV-1042"}, ["same_number"]),
        ({"number": "inv-1042"}, ["same_number"]),
        ({"number": "1043"}, []),
        ({"party_id": "70", "amount": Decimal(11600), "date": NOV_3}, ["same_amount"]),
        ({"party_id": "70", "amount": Decimal(11600), "date": dt.date(2026, 11, 6)}, ["same_amount"]),
        ({"party_id": "70", "amount": Decimal(11600), "date": dt.date(2026, 11, 7)}, []),
        ({"party_id": "71", "amount": Decimal(11600), "date": NOV_3}, []),
        ({"party_id": "70", "amount": Decimal("11600.01"), "date": NOV_3}, []),
        ({"party_id": "70", "amount": Decimal(11600), "date": NOV_3, "mark": "INV-7"}, []),
        ({"number": "INV-1042", "deleted": True}, []),
    ],
)
def test_what_looks_like_an_invoice(theirs, expected):
    world = nairobi()
    world.add(in_books(**theirs))
    assert reasons(invoice(), world) == expected


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("SK31ABCDEF", "SK31ABCDEF", ["same_reference"]),
        ("SK31ABCDEF", "SK99ZZZZZZ", []),
        ("SK31ABCDEF", "", ["same_amount"]),
        ("", "SK99ZZZZZZ", ["same_amount"]),
    ],
)
def test_equal_till_payments_are_told_apart_by_their_references(ours, theirs, expected):
    world = nairobi()
    world.add(in_books("Payment", party_id="70", amount=Decimal(11600), date=NOV_3, reference=theirs))
    assert reasons(payment(reference=ours), world) == expected


def test_bill_numbers_are_unique_for_each_vendor_only():
    world = nairobi()
    world.add(in_books("Bill", number="HG-88", party_id="76"))
    assert reasons(bill(), world) == []
    world.add(in_books("Bill", "902", number="HG-88", party_id="75"))
    assert reasons(bill(), world) == ["same_number"]


def test_mark_wins_over_everything_and_two_marks_are_a_question():
    world = nairobi()
    world.add(in_books(number="INV-1042"), in_books(qbo_id="902", mark="INV-1042"))
    connect = find(invoice(), world).connect
    assert connect is not None
    assert (connect.qbo_id, connect.certain) == ("902", True)
    world.add(in_books(qbo_id="903", mark="INV-1042"))
    assert find(invoice(), world).connect is None
    assert reasons(invoice(), world) == ["in_quickbooks_twice"]


def test_mark_of_another_vendors_bill_is_not_ours():
    world = nairobi()
    world.add(in_books("Bill", number="HG-88", party_id="76", mark="HG-88"))
    assert find(bill(), world).connect is None
    world.add(in_books("Bill", "902", number="HG-88", party_id="75", mark="HG-88"))
    connect = find(bill(), world).connect
    assert connect is not None
    assert connect.qbo_id == "902"


def test_mark_connects_even_what_could_not_be_sent():
    world = nairobi()
    world.add(in_books(mark="INV-1042"))
    judgement = judge(invoice(date=dt.date(2020, 1, 1), lines=()), world)
    assert judgement.status is Status.PENDING
    assert judgement.connect is not None


def test_source_that_knows_the_id_of_a_transaction_asks():
    world = nairobi()
    world.add(in_books())
    assert reasons(invoice(qbo_id="901"), world) == ["id_given_by_source"]


def test_name_with_the_id_that_the_source_knows_is_connected():
    world = nairobi()
    world.add(QboObject(entity="Customer", id="99", name="Mangrove  lodge"))
    found = find(customer("C-9", "Mangrove Lodge", qbo_id="99"), world)
    assert found.connect is not None
    assert found.connect.qbo_id == "99"


def test_known_id_with_another_name_is_a_question():
    world = nairobi()
    world.add(QboObject(entity="Customer", id="99", name="Lakeside Hotel"))
    assert find(customer("C-9", "Mangrove Lodge", qbo_id="99"), world).connect is None


def test_exact_name_is_connected_only_where_the_profile_says_so():
    world = nairobi()
    world.add(QboObject(entity="Customer", id="99", name="Mangrove Lodge"))
    new = customer("C-9", "Mangrove Lodge")
    assert reasons(new, world) == ["same_name"]
    world.rules = Rules(new_names={"customer": "create"})
    assert reasons(new, world) == ["same_name"]
    world.rules = Rules(link_exact_names=True)
    connect = find(new, world).connect
    assert connect is not None
    assert connect.qbo_id == "99"


@pytest.mark.parametrize(("entity", "word"), [("Vendor", "a vendor"), ("Employee", "an employee")])
def test_name_used_for_somebody_else_is_a_question(entity, word):
    world = nairobi()
    world.rules = Rules(new_names={"customer": "create"})
    world.add(QboObject(entity=entity, id="99", name="mangrove lodge"))
    (finding,) = find(customer("C-9", "Mangrove Lodge"), world).findings
    assert finding.reason == "name_is_taken"
    assert finding.values["other_label"] == word


def test_name_of_a_customer_that_another_record_has():
    world = nairobi()
    assert reasons(customer("C-99", "Baobab Café"), world) == ["name_connected_already"]


@pytest.mark.parametrize("theirs", ["Mangrove Lodge Limited", "MANGROVE LODGE & SONS", "Mangrve Lodge"])
def test_similar_name_is_a_question_even_where_new_ones_are_created(theirs):
    world = nairobi()
    world.rules = Rules(new_names={"customer": "create"})
    world.add(QboObject(entity="Customer", id="99", name=theirs))
    new = customer("C-9", "Mangrove Lodge Ltd")
    assert reasons(new, world) == ["similar_name"]
    world.allowed.add(RecordKey("customer", "C-9"))
    assert reasons(new, world) == []


def test_person_may_have_a_new_one_created():
    world = nairobi()
    new = customer("C-9", "Mangrove Lodge")
    assert reasons(new, world) == ["not_connected"]
    world.allowed.add(RecordKey("customer", "C-9"))
    assert [each.operation for each in judge(new, world).shipments] == ["create"]


def test_item_is_found_below_its_category():
    world = nairobi()
    world.add(QboObject(entity="Item", id="55", name="Coffee:Decaf beans", type="NonInventory"))
    assert reasons(item("P-9", "Decaf beans"), world) == ["same_name"]


def test_vendor_names_are_looked_for_among_vendors():
    world = nairobi()
    world.add(QboObject(entity="Vendor", id="99", name="Rift Mills"))
    assert reasons(vendor("V-9", "Rift Mills"), world) == ["same_name"]


@pytest.mark.parametrize(
    ("ours", "theirs", "alike"),
    [
        ("O'Neil & Söhne", "ONeil and Sohne", True),
        ("Savanna Traders Ltd", "Savanna Traders PLC", True),
        ("Lodge Mangrove", "Mangrove Lodge", True),
        ("0379-NEVHP", "0378-NEVHP", False),
        ("Route 66 Diner", "Route 67 Diner", False),
        ("Till 4", "Till 4 Ltd", True),
        ("Amy", "Ami", False),
        ("Northern Dairy", "Southern Dairy", False),
        ("Nairobi Coffee House", "Nairobi Coffee Hause", True),
    ],
)
def test_which_names_are_alike(ours, theirs, alike):
    assert (name_score(ours, theirs) >= SIMILAR) is alike


@given(st.text(max_size=40), st.text(max_size=40))
def test_name_score_is_symmetric_and_100_for_the_same(left, right):
    assert name_score(left, right) == name_score(right, left)
    assert 0 <= name_score(left, right) <= 100
    assert name_score(left, left) == 100


def test_rank_offers_equal_amounts_and_half_similar_names():
    found = [
        in_books(amount=Decimal(11600)),
        in_books(qbo_id="902", number="INV-1042"),
        in_books(qbo_id="9"),
    ]
    assert [each.qbo_id for each in rank(invoice(), found)] == ["902", "901"]
    names = [
        QboObject(entity="Customer", id=str(n), name=name) for n, name in enumerate(["Zebra", "Baobab Caffe"])
    ]
    assert [each.name for each in rank(customer(), names)] == ["Baobab Caffe"]


def test_candidates_are_ordered_by_how_sure_they_are():
    world = nairobi()
    objects = [
        in_books(party_id="70", amount=Decimal(11600), date=NOV_3),
        in_books(qbo_id="902", number="INV-1042"),
        in_books(qbo_id="903", mark="INV-1042"),
    ]
    found = duplicates.candidates(invoice(), objects, party_id="70")
    assert [each.qbo_id for each in found] == ["903", "902", "901"]
    world.add(*objects[:2])
    assert [each.qbo_id for each in judge(invoice(), world).candidates] == ["902", "901"]


def test_a_voided_copy_without_mark_is_no_duplicate():
    world = nairobi()
    world.add(in_books(amount=Decimal(0), party_id="70", date=NOV_3))
    assert reasons(invoice(), world) == []


def test_a_product_whose_name_another_one_has_is_not_sent_to_be_refused():
    world = nairobi()
    world.rules = Rules(new_names={"item": "create"})
    again = item("P-2", "espresso beans 1 kg")
    [finding] = find(again, world).findings
    assert (finding.reason, finding.existing_id) == ("name_connected_already", "40")
    assert distinct(again, world) == "espresso beans 1 kg (Product)"
    world.link(item("P-3", "Espresso beans 1 kg (Product)"), "42")
    world.change("Item", "42", name="Espresso beans 1 kg (Product)")
    assert distinct(again, world) == "espresso beans 1 kg (Product) 2"
    world.change("Item", "40", name="Coffee:Espresso beans 1 kg")
    assert reasons(again, world) == []


def test_a_product_under_a_category_has_the_name_that_it_has_there():
    world = nairobi()
    world.rules = Rules(new_names={"item": "create"})
    world.add(QboObject(entity="Item", id="60", name="Drinks:Coffee", type="Category"))
    world.map("category", "Coffee", "60")
    again = item("P-2", "Espresso beans 1 kg", category="Coffee")
    assert find(again, world).findings == ()
    world.change("Item", "40", name="Drinks:Coffee:Espresso beans 1 kg")
    assert [one.reason for one in find(again, world).findings] == ["name_connected_already"]
    assert distinct(again, world) == "Espresso beans 1 kg (Product)"
    world.link(item("P-3", "Espresso beans 1 kg (Product)"), "42")
    world.change("Item", "42", name="Drinks:Coffee:Espresso beans 1 kg (Product)")
    assert distinct(again, world) == "Espresso beans 1 kg (Product) 2"


def test_what_a_person_disconnected_stays_so_until_a_person_says_what_it_is():
    world = nairobi()
    world.rules = Rules(link_exact_names=True, new_names={"customer": "create"})
    world.add(QboObject(entity="Customer", id="99", name="Mangrove Lodge", currency="KES"))
    lodge = customer("C-9", "Mangrove Lodge", currency="KES")
    key = RecordKey("customer", "C-9")
    assert find(lodge, world).connect is not None
    world.parts[key] = "99"
    [finding] = find(lodge, world).findings
    assert (finding.reason, finding.existing_id) == ("disconnected", "99")
    world.allowed.add(key)
    assert reasons(lodge, world) == ["same_name"]
    world.given[key] = "Mangrove Lodge (Customer)"
    assert reasons(lodge, world) == []


def test_what_carries_our_mark_is_not_sent_again_after_it_was_disconnected():
    world = nairobi()
    world.add(in_books(mark="INV-1042"))
    world.parts[RecordKey("invoice", "S-INV-1042")] = "901"
    assert reasons(invoice(), world) == ["disconnected"]
    world.allowed.add(RecordKey("invoice", "S-INV-1042"))
    (finding,) = judge(invoice(), world).findings
    said = explain(finding)
    assert said.sentence == (
        "Invoice INV-1042 was disconnected from invoice with id 901, which bears its mark in QuickBooks: "
        "created, it would be there twice."
    )
    assert said.action == "Connect it again, or delete invoice with id 901 in QuickBooks."
    assert said.awaits == "invoice with id 901 is deleted"
    world.change("Invoice", "901", deleted=True)
    assert reasons(invoice(), world) == []
