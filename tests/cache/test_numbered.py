"""Numbers that connected objects of QuickBooks bear, on both databases, found by an index."""

from awra_tui.cache import Cache
from awra_tui.cache.schema import db
from awra_tui.cache.store import links, numbered, objects
from awra_tui.records.qbo import Link, QboObject
from awra_tui.records.subject import RecordKey
from tests.cache.conftest import HERE


def bill(qbo_id: str, number: str, **fields: object) -> QboObject:
    return QboObject(**{"entity": "Bill", "id": qbo_id, "number": number, "party_id": "75", **fields})


def connect(cache, source_id: str, qbo_id: str) -> None:
    cache.now(links.add, Link(kind="bill", source_id=source_id, entity="Bill", qbo_id=qbo_id), "jo@desk")


def test_only_what_a_record_is_connected_to_counts(cache):
    cache.now(objects.upsert, [bill("1", "HG-1"), bill("2", "hg-1", party_id="76"), bill("3", "HG-2")])
    cache.now(objects.upsert, [bill("4", "HG-1", entity="Invoice"), bill("5", "HG-5")])
    connect(cache, "b1", "1")
    connect(cache, "b2", "2")
    connect(cache, "b5", "5")
    cache.now(objects.mark_deleted, [("Bill", "5")])
    found = cache.now(numbered.borne, "Bill", ["HG-1", "HG-2", "HG-5", "HG-9"])
    held = sorted((thing.id, thing.party_id, key) for several in found.values() for thing, key in several)
    assert held == [("1", "75", RecordKey("bill", "b1")), ("2", "76", RecordKey("bill", "b2"))]
    assert len(found) == 4, "each number is answered, so that it is not asked for again"
    cache.now(links.close, RecordKey("bill", "b1"), "main", "jo@desk")
    left = cache.now(numbered.borne, "Bill", ["HG-1"])
    assert [thing.id for several in left.values() for thing, _ in several] == ["2"]
    assert cache.now(numbered.borne, "Bill", []) == {}


def test_they_are_found_by_the_index_of_numbers(sqlite_url, clock, monkeypatch):
    asked = []
    with Cache.open(sqlite_url, profile=HERE) as cache:
        real = db.obj.execute_sql
        monkeypatch.setattr(db.obj, "execute_sql", lambda *told: (asked.append(told), real(*told))[1])
        cache.now(numbered.borne, "Bill", ["HG-1"])
        monkeypatch.undo()
        [(statement, values)] = [told for told in asked if "number_key" in told[0]]
        plan = str(
            cache.now(lambda: db.obj.execute_sql(f"EXPLAIN QUERY PLAN {statement}", values).fetchall())
        )
    steps = [step for step in plan.split("'") if step.startswith(("SEARCH", "SCAN"))]
    assert "number_key" in steps[0], plan
    assert "qbo_id=?" in steps[1], plan
