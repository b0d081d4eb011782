"""Only what moved since it was compared is asked about."""

import dataclasses

from awra_tui.cache.store import drift, links, objects
from awra_tui.records.qbo import Link, QboObject
from awra_tui.records.subject import RecordKey

LINK = Link(kind="invoice", source_id="i1", entity="Invoice", qbo_id="7", fingerprint="f")
LINK_KEY = RecordKey("invoice", "i1")
THING = QboObject(entity="Invoice", id="7", sync_token="0")


def moved(cache):
    """Return keys and states of what moved, and note that it was compared."""
    found = cache.now(drift.named, cache.now(drift.moved))
    cache.now(drift.mark_seen, found)
    return [(one.key.source_id, one.role, one.state) for one in found]


def test_what_was_compared_is_asked_about_only_after_it_moved(cache):
    cache.now(links.add, LINK, "jo@desk")
    assert moved(cache) == [], "we have no copy of it"
    cache.now(objects.upsert, [THING])
    assert moved(cache) == [("i1", "main", "0")]
    assert moved(cache) == []
    cache.now(objects.upsert, [THING])
    assert moved(cache) == [], "it was read again as it was"
    for changed, state in (({"sync_token": "1"}, "1"), ({"sync_token": "2", "active": False}, "2i")):
        cache.now(objects.upsert, [dataclasses.replace(THING, **changed)])
        assert moved(cache) == [("i1", "main", state)]
    cache.now(objects.mark_deleted, [("Invoice", "7")])
    assert moved(cache) == [("i1", "main", "2di")]


def test_a_closed_connection_is_not_asked_about(cache):
    cache.now(links.add, LINK, "jo@desk")
    cache.now(objects.upsert, [THING])
    cache.now(links.close, LINK_KEY, "main", "jo@desk")
    assert moved(cache) == []
