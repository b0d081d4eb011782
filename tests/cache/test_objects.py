import dataclasses
import datetime as dt
from decimal import Decimal

import pytest

from awra_tui.cache.store import links, objects
from awra_tui.cache.store.objects import Alike
from awra_tui.records.qbo import Link, QboObject

THEIRS = QboObject(
    entity="Invoice",
    id="12",
    sync_token="3",
    number="INV-7",
    date=dt.date(2025, 3, 1),
    party_id="58",
    amount=Decimal("1160.00"),
    balance=Decimal("160.50"),
    currency="KES",
    reference="REF-1",
    mark="INV-7",
    content={"Id": "12", "TotalAmt": Decimal("1160.00"), "Line": [{"Amount": Decimal("0.1")}]},
)


def customer(number: int, name: str, **changed: object) -> QboObject:
    return QboObject(**{"entity": "Customer", "id": str(number), "name": name, **changed})


def test_an_object_comes_back_as_it_was_with_exact_numbers(cache):
    cache.now(objects.upsert, [THEIRS])
    assert cache.now(objects.get, "Invoice", "12") == THEIRS
    assert str(cache.now(objects.get, "Invoice", "12").content["Line"][0]["Amount"]) == "0.1"
    assert cache.now(objects.get, "Bill", "12") is None


def test_the_newest_copy_counts(cache):
    newer = dataclasses.replace(THEIRS, sync_token="4", amount=Decimal("5.00"))
    assert cache.now(objects.upsert, [THEIRS, newer]) == 1
    cache.now(objects.upsert, [newer])
    assert cache.now(objects.get, "Invoice", "12") == newer
    assert cache.now(objects.count, "Invoice") == 1


def test_deleted_objects_are_kept_and_not_listed(cache):
    cache.now(objects.upsert, [THEIRS])
    cache.now(objects.mark_deleted, [("Invoice", "12"), ("Invoice", "99")])
    assert cache.now(objects.get, "Invoice", "12").deleted
    assert cache.now(objects.of_entity, "Invoice") == []
    assert cache.now(objects.look_alikes, Alike(entity="Invoice", number="INV-7")) == []
    assert cache.now(objects.search, "INV-7", ["Invoice"]) == []


def test_names_are_found_across_customers_vendors_and_employees(cache):
    cache.now(
        objects.upsert,
        [
            customer(1, "Café Zürich"),
            customer(2, "CAFE ZURICH", entity="Vendor"),
            customer(3, "Café Zürich", entity="Item"),
            customer(4, "Café Zürich Ltd"),
        ],
    )
    assert {(one.entity, one.id) for one in cache.now(objects.exact_names, objects.NAMES, "cafe zürich")} == {
        ("Customer", "1"),
        ("Vendor", "2"),
    }
    assert [one.id for one in cache.now(objects.exact_names, ["Item"], "café zürich")] == ["3"]


DAYS = {"first_day": dt.date(2025, 2, 27), "last_day": dt.date(2025, 3, 4)}


@pytest.mark.parametrize(
    ("alike", "found"),
    [
        (Alike(entity="Invoice", mark="INV-7"), True),
        (Alike(entity="Invoice", number="inv-7"), True),
        (Alike(entity="Invoice", number="INV-007"), True),
        (Alike(entity="Invoice", reference="REF-1"), True),
        (Alike(entity="Invoice", party_id="58", amount=Decimal(1160), **DAYS), True),
        (Alike(entity="Invoice", party_id="58", amount=Decimal("1160.01"), **DAYS), False),
        (Alike(entity="Invoice", party_id="59", amount=Decimal(1160), **DAYS), False),
        (Alike(entity="Invoice", party_id="58", amount=Decimal(1160)), False),
        (Alike(entity="Bill", number="INV-7"), False),
        (Alike(entity="Invoice"), False),
    ],
)
def test_look_alikes(cache, alike, found):
    cache.now(objects.upsert, [THEIRS])
    assert cache.now(objects.look_alikes, alike) == ([THEIRS] if found else [])


def test_an_object_found_for_several_reasons_is_there_once(cache):
    cache.now(objects.upsert, [THEIRS])
    alike = Alike(entity="Invoice", mark="INV-7", number="INV-7", reference="REF-1")
    assert cache.now(objects.look_alikes, alike) == [THEIRS]


def test_what_a_record_is_linked_to_is_nobody_elses_look_alike(cache):
    cache.now(objects.upsert, [THEIRS])
    cache.now(links.add, Link(kind="invoice", source_id="1", entity="Invoice", qbo_id="12"), "jo@desk")
    alike = Alike(entity="Invoice", number="INV-7")
    assert cache.now(objects.look_alikes, alike) == []
    assert cache.now(objects.unlinked, "Invoice") == []
    from awra_tui.records.subject import RecordKey

    cache.now(links.close, RecordKey("invoice", "1"), "main", "jo@desk")
    assert cache.now(objects.look_alikes, alike) == [THEIRS]
    assert cache.now(objects.unlinked, "Invoice") == [THEIRS]


def test_lists_are_by_name_whatever_its_case_or_accents(cache):
    names = ["zebra", "Ångström", "apple", "Éclair", "banana"]
    cache.now(objects.upsert, [customer(n, name) for n, name in enumerate(names)])
    cache.now(objects.upsert, [customer(9, "aaa", active=False)])
    found = [one.name for one in cache.now(objects.of_entity, "Customer", active_only=True)]
    assert found == ["Ångström", "apple", "banana", "Éclair", "zebra"]
    assert len(cache.now(objects.of_entity, "Customer")) == 6


def test_several_objects_by_their_ids(cache):
    cache.now(objects.upsert, [customer(n, f"C{n}") for n in range(5)])
    assert {one.id for one in cache.now(objects.many, "Customer", ["1", "3", "9"])} == {"1", "3"}


def test_search_takes_signs_for_what_they_are(cache):
    cache.now(
        objects.upsert, [customer(1, "50% off_shop"), customer(2, "500 offices"), customer(30, "Ndege")]
    )
    assert [one.id for one in cache.now(objects.search, "0% OFF_", ["Customer"])] == ["1"]
    assert [one.id for one in cache.now(objects.search, "30", ["Customer"])] == ["30"]
    assert cache.now(objects.search, "ndege", ["Vendor"]) == []
