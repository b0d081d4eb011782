from decimal import Decimal

import pytest

from awra_tui.health import wording
from awra_tui.health.reasons import explain
from awra_tui.records.finding import Finding
from awra_tui.records.qbo import QboObject
from awra_tui.records.subject import MappingKey
from tests.health.world import customer, invoice


def test_titles_of_records():
    assert wording.title_of(invoice()) == "Invoice INV-1042"
    assert wording.title_of(invoice(number="")) == "Invoice S-"
    assert wording.title_of(customer()) == "Customer Baobab Café"


@pytest.mark.parametrize(
    ("title", "inside"),
    [
        ("Invoice INV-1042", "invoice INV-1042"),
        ("Bill payment BP-1", "bill payment BP-1"),
        ("Product/service Tea", "product/service Tea"),
        ("Customer iShop", "customer iShop"),
        ("Somebody", "Somebody"),
    ],
)
def test_record_in_the_middle_of_a_sentence(title, inside):
    assert wording.inside(title) == inside
    assert wording.capital(inside)[0].isupper()


@pytest.mark.parametrize(
    ("key", "title"),
    [
        (
            MappingKey("tax_code", "Zero-rated", "branch=Mombasa"),
            'The tax category "Zero-rated" of branch Mombasa',
        ),
        (MappingKey("account", "Tea", "side=sale"), 'The account "Tea" for sales'),
        (MappingKey("item", "*"), "A line without a product/service of its own"),
        (MappingKey("class", "*"), "Every other class"),
    ],
)
def test_source_value_in_a_sentence(key, title):
    assert wording.value_title(key) == title


def test_object_is_called_by_its_number_its_own_name_or_its_id():
    assert wording.object_title(QboObject(entity="Invoice", id="9", number="1042")) == "invoice 1042"
    inactive = QboObject(entity="Item", id="9", name="Coffee:Chai (deleted)", active=False)
    assert wording.object_title(inactive) == "item Chai"
    assert wording.object_title(QboObject(entity="Payment", id="9")) == "payment with id 9"


def test_numbers_money_and_counts():
    assert wording.number(Decimal("16.00")) == "16"
    assert wording.number(Decimal(100)) == "100"
    assert wording.money(Decimal(1284300), "KES") == "KES 1,284,300.00"
    assert (wording.counted(1, "line"), wording.counted(2, "line")) == ("1 line", "2 lines")


def test_one_cause_for_what_one_fix_removes():
    own = Finding(reason="similar_name", values={"key": "customer/C-17"})
    waits = Finding(reason="waits_for_another", values={"parent_key": "customer/C-17"})
    assert explain(own).cause == explain(waits).cause == "record:customer/C-17"
