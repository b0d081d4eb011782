import dataclasses

import peewee
import pytest

from awra_tui.cache.schema import LinkTable
from awra_tui.cache.store import links
from awra_tui.records.errors import CacheError
from awra_tui.records.qbo import Link
from awra_tui.records.subject import RecordKey

KEY = RecordKey("payment", "p1")
MAIN = Link(
    kind="payment",
    source_id="p1",
    entity="Payment",
    qbo_id="7",
    fingerprint="f1",
    sent='{"a":1}',
    answer='{"b":2}',
)
FEE = dataclasses.replace(MAIN, role="fee", entity="Purchase", qbo_id="8")


def test_links_come_back_as_they_were_stored_in_every_role(cache):
    cache.now(links.add, MAIN, "jo@desk")
    cache.now(links.add, FEE, "jo@desk")
    assert cache.now(links.of, KEY) == (MAIN, FEE)
    assert cache.now(links.of_many, [KEY, RecordKey("payment", "p2")]) == {KEY: (MAIN, FEE)}


def test_a_link_to_the_same_object_is_renewed(cache):
    cache.now(links.add, MAIN, "jo@desk")
    newer = dataclasses.replace(MAIN, fingerprint="f2", sent="{}", answer='{"c":3}')
    cache.now(links.add, newer, "jo@desk")
    assert cache.now(links.of, KEY) == (newer,)


def test_a_record_is_never_linked_to_two_objects_in_a_role(cache):
    cache.now(links.add, MAIN, "jo@desk")
    with pytest.raises(CacheError, match="payment/p1 is linked to Payment 7 already, not to Payment 9"):
        cache.now(links.add, dataclasses.replace(MAIN, qbo_id="9"), "jo@desk")
    assert cache.now(links.of, KEY) == (MAIN,)


def test_the_database_refuses_a_second_open_link_too(cache):
    def twice() -> None:
        for qbo_id in ("1", "2"):
            LinkTable.create(
                profile="demo", realm="9341", kind="bill", source_id="b", role="main", qbo_id=qbo_id
            )

    with pytest.raises(peewee.IntegrityError):
        cache.now(twice)


def test_a_closed_link_is_kept_and_makes_room(cache, clock):
    cache.now(links.add, MAIN, "jo@desk")
    assert cache.now(links.close, KEY, "main", "jo@desk")
    assert not cache.now(links.close, KEY, "main", "jo@desk")
    assert cache.now(links.of, KEY) == ()
    other = dataclasses.replace(MAIN, qbo_id="9")
    cache.now(links.add, other, "jo@desk")
    assert cache.now(links.close, KEY, "main", "jo@desk")
    assert cache.now(lambda: LinkTable.select().where(LinkTable.closed_at == clock.stamp).count()) == 2


def test_links_are_found_from_their_object(cache):
    cache.now(links.add, MAIN, "jo@desk")
    assert cache.now(links.by_object, "Payment", "7") == [MAIN]
    assert cache.now(links.by_object, "Invoice", "7") == []


def test_a_closed_link_is_opened_again_with_all_it_kept(cache):
    link = Link(kind="invoice", source_id="i1", entity="Invoice", qbo_id="12", sent="{}", how="sent")
    key = RecordKey("invoice", "i1")
    cache.now(links.add, link, "me")
    assert not cache.now(links.reopen, key, "main", "Invoice", "12")
    cache.now(links.close, key, "main", "me")
    assert not cache.now(links.reopen, key, "main", "Invoice", "13")
    assert cache.now(links.reopen, key, "main", "Invoice", "12")
    assert cache.now(links.of, key) == (link,)
