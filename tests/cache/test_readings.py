"""How far a full reading is, and what it has seen."""

import pytest

from awra_tui.cache.store import objects, readings
from awra_tui.cache.store.readings import Reading
from awra_tui.records.qbo import QboObject


def customers(*ids, **content):
    return [QboObject(entity="Customer", id=qbo_id, name=f"No. {qbo_id}", content=content) for qbo_id in ids]


def test_a_reading_is_where_it_was_left(cache):
    assert cache.now(readings.current) is None
    reading = cache.now(readings.begin, "2025-03-03T09:00:00.000000Z", ["Account", "Customer"])
    assert cache.now(readings.current) == reading
    assert cache.now(readings.advance, reading, 991) == cache.now(readings.current)
    reading = cache.now(readings.close, reading)
    assert (
        cache.now(readings.current)
        == reading
        == Reading(started_at=reading.started_at, entities=("Customer",))
    )
    cache.now(readings.begin, "2025-03-04T09:00:00.000000Z", ["Term"])
    assert cache.now(readings.current).entities == ("Term",)
    cache.now(readings.forget)
    assert cache.now(readings.current) is None


def test_what_our_copy_has_and_the_reading_has_not_seen_is_absent(cache):
    cache.now(objects.upsert, customers("1", "2", "3", "4"))
    cache.now(objects.mark_deleted, [("Customer", "4")])
    reading = cache.now(readings.begin, "2025-03-03T09:00:00.000000Z", ["Customer", "Vendor"])
    for _ in range(2):
        cache.now(readings.keep, "Customer", customers("2", "5"))
    assert [cache.now(readings.has_seen, "Customer", one) for one in "125"] == [False, True, True]
    assert not cache.now(readings.has_seen, "Vendor", "2")
    assert sorted(cache.now(readings.absent, "Customer", 9)) == ["1", "3"]
    assert len(cache.now(readings.absent, "Customer", 1)) == 1
    cache.now(readings.settle, "Customer", ["1", "3"], customers("3"))
    assert cache.now(readings.absent, "Customer", 9) == []
    assert cache.now(objects.ids, "Customer") == {"2", "3", "5"}
    cache.now(readings.close, reading)
    assert not cache.now(readings.has_seen, "Customer", "2")


@pytest.mark.parametrize(
    ("found", "differ"),
    [
        (customers("1", Name="A"), []),
        (customers("1", Name="B"), ["1"]),
        (customers("2", Name="A"), ["2"]),
        (customers("9", Name="A"), ["9"]),
        ([], []),
    ],
)
def test_what_differs_from_our_copy(cache, found, differ):
    cache.now(objects.upsert, customers("1", "9", Name="A"))
    cache.now(objects.mark_deleted, [("Customer", "9")])
    assert [one.id for one in cache.now(objects.differing, "Customer", found)] == differ
