"""A name of its own in QuickBooks, for a record whose name is in use there."""

import pytest

from awra_tui.health.judge import judge
from awra_tui.health.naming import called, distinct
from awra_tui.records.qbo import QboObject
from awra_tui.records.rules import Rules
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from tests.health.world import customer, item, nairobi, vendor

KEY = RecordKey("customer", "C-9")
LODGE = customer("C-9", "Mangrove Lodge", currency="KES")


def taken(*names, entity="Vendor"):
    world = nairobi()
    world.add(*(QboObject(entity=entity, id=str(900 + n), name=name) for n, name in enumerate(names)))
    return world


@pytest.mark.parametrize("entity", ["Vendor", "Employee"])
def test_a_name_in_use_is_put_right_by_a_name_of_its_own(entity):
    world = taken("Mangrove Lodge", entity=entity)
    world.allowed.add(KEY)
    assert [one.reason for one in judge(LODGE, world).findings] == ["name_is_taken"]
    world.given[KEY] = distinct(LODGE, world)
    judgement = judge(LODGE, world)
    assert judgement.status is Status.PENDING
    assert judgement.shipments[0].body["DisplayName"] == "Mangrove Lodge (Customer)"
    payload = next(one for one in judgement.verdicts if one.step == "payload")
    assert payload.sentence == "create Mangrove Lodge (Customer)"


def test_a_given_name_obeys_the_rules_of_names():
    world = nairobi()
    world.allowed.add(KEY)
    world.given[KEY] = "Mangrove: Lodge"
    assert [one.reason for one in judge(LODGE, world).findings] == ["forbidden_sign"]


@pytest.mark.parametrize(
    ("record", "names", "expected"),
    [
        (LODGE, ["Mangrove Lodge"], "Mangrove Lodge (Customer)"),
        (LODGE, ["Mangrove Lodge", "Mangrove Lodge (Customer)"], "Mangrove Lodge (Customer) 2"),
        (vendor("V-9", "Mangrove Lodge"), [], "Mangrove Lodge (Vendor)"),
        (item("P-9", "Tea"), [], "Tea (Product)"),
    ],
)
def test_the_usual_distinct_name_is_the_first_that_nobody_has(record, names, expected):
    assert distinct(record, taken(*names)) == expected


def test_who_buys_in_a_second_currency_is_told_apart_by_it():
    world = nairobi()
    world.add(QboObject(entity="Customer", id="900", name="Mangrove Lodge", currency="KES"))
    dollars = customer("C-9", "Mangrove Lodge", currency="USD")
    assert distinct(dollars, world) == "Mangrove Lodge (USD)"
    assert distinct(LODGE, world) == "Mangrove Lodge (Customer)"


def test_the_profile_says_what_is_usual_and_long_names_keep_its_mark():
    world = taken("Mangrove Lodge")
    world.rules = Rules(distinct_names={"customer": "{name} - C"})
    assert distinct(LODGE, world) == "Mangrove Lodge - C"
    world.add(QboObject(entity="Vendor", id="950", name="x" * 500))
    long = distinct(customer("C-8", "x" * 600), world)
    assert len(long) == 500
    assert long.endswith("x - C")


@pytest.mark.parametrize(
    ("name", "others", "expected"),
    [
        ("Mangrove:\tLodge", [], "Mangrove Lodge"),
        ("Mangrove: Lodge", ["Mangrove Lodge"], "Mangrove Lodge (Customer)"),
        ("x" * 600, [], "x" * 500),
    ],
)
def test_a_name_that_breaks_the_rules_is_offered_without_what_breaks_them(name, others, expected):
    world = taken(*others)
    world.allowed.add(KEY)
    record = customer("C-9", name, currency="KES")
    assert distinct(record, world) == expected
    world.given[KEY] = expected
    assert judge(record, world).status is Status.PENDING


def test_without_a_given_name_a_record_keeps_its_own():
    assert called(LODGE, nairobi()) == "Mangrove Lodge"
