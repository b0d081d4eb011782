"""The audit and the signals that something is to be handed on, on both databases."""

import datetime as dt
from decimal import Decimal

import pytest
from msgspec.structs import replace

from awra_tui.cache import rows
from awra_tui.cache.pages.audit import AuditQuery, audit_ids, audit_rows
from awra_tui.cache.pages.signals import signals
from awra_tui.cache.store import aside, decisions, owners, records, warnings
from awra_tui.records.record import SourceRecord
from awra_tui.records.status import Dimension, Who
from awra_tui.records.subject import RecordKey, record_subject
from tests.cache.conftest import explained

INVOICE = SourceRecord(
    kind="invoice", source_id="i1", number="INV-1", party_name="Baobab Café", amount=Decimal(5),
    currency="KES", date=dt.date(2025, 2, 10),
)  # fmt: skip


def found(cache, **wanted):
    return [row.decision.id for row in cache.now(lambda: audit_rows(audit_ids(AuditQuery(**wanted))))]


def test_decisions_are_found_by_what_their_record_is_called(cache, clock):
    cache.now(records.upsert, [INVOICE], "first")
    cache.now(decisions.add, "dismiss", "invoice/i1", {}, {"why": "Zoë agreed"}, "jo@desk")
    begin = clock.stamp
    clock.forward(3600)
    cache.now(decisions.add, "map", "item/i1", {}, {"qbo_id": "7"}, "amina@desk")
    assert found(cache) == [2, 1]
    assert found(cache, text="cafe inv-1 ZOË") == [1]
    assert found(cache, text="100%") == []
    assert (
        found(cache, who="amina@desk") == found(cache, verb="map") == found(cache, since=clock.stamp) == [2]
    )
    assert found(cache, until=clock.stamp, since=begin) == [1]
    newest, oldest = cache.now(lambda: audit_rows(audit_ids(AuditQuery())))
    assert (oldest.name, oldest.party, oldest.key) == (
        "invoice/INV-1",
        "Baobab Café",
        RecordKey("invoice", "i1"),
    )
    assert (newest.name, newest.key) == ("item/i1", None)
    assert list(cache.now(audit_ids, AuditQuery(), 1)) == [2]


def of_several(cache, count):
    """Store invoices with one open warning each and return the warnings' numbers."""
    made = [
        replace(INVOICE, source_id=f"s{n}", number=f"INV-{n}", party_name=f"Duka No{n}x")
        for n in range(1000, 1000 + count)
    ]
    cache.now(records.upsert, made, "first")
    for one in made:
        cache.now(warnings.reconcile, record_subject("invoice", one.source_id), [explained()])
    return [row[0] for row in cache.now(rows.select, "SELECT id FROM warning ORDER BY id")]


DECIDED = {
    "dismiss": lambda ids: aside.dismiss(ids, "agreed", "jo@desk"),
    "snooze": lambda ids: aside.snooze(ids, "2099-01-01T00:00:00.000000Z", "", "jo@desk"),
    "restore": lambda ids: aside.restore(ids, "jo@desk") if aside.dismiss(ids, "x", "jo@desk") else 0,
    "own": lambda ids: owners.set_owner(ids, "amina", "jo@desk"),
    "hand over": lambda ids: owners.hand_over(ids, "amina", "please", "jo@desk"),
    "note": lambda ids: owners.note(ids, "called them", "jo@desk"),
    "undo own": lambda ids: owners.take_back(
        decisions.get(owners.set_owner(ids, "amina", "jo@desk")), "jo@desk"
    ),
    "undo dismiss": lambda ids: aside.take_back(decisions.get(aside.dismiss(ids, "x", "jo@desk")), "jo@desk"),
}


@pytest.mark.parametrize("verb", DECIDED)
def test_a_decision_about_several_is_found_by_each_of_them(cache, clock, verb):
    ids = of_several(cache, 12)
    number = cache.now(DECIDED[verb], ids)
    assert found(cache, verb=verb, text="inv-1011") == [number]
    assert found(cache, verb=verb, text="duka no1000x") == [number]
    assert found(cache, verb=verb, text="INV-1012") == []
    [row] = cache.now(lambda: audit_rows([number]))
    assert [one.number for one in row.several] == [f"INV-{n}" for n in range(1000, 1010)]
    assert (row.several[0].party, row.more, row.key) == ("Duka No1000x", 2, None)


def test_a_decision_about_very_many_is_found_by_the_last_of_them(cache, clock):
    made = [replace(INVOICE, source_id=f"s{n}", number=f"INV-{n}") for n in range(10_000, 11_200)]
    cache.now(records.upsert, made, "first")
    keys = [f"invoice/{one.source_id}" for one in made]
    number = cache.now(decisions.add, "resend", "1200 records", {}, {"keys": keys}, "jo@desk")
    assert found(cache, text="INV-11199") == found(cache, text="INV-10000") == [number]
    assert found(cache, text="INV-11200") == []
    assert cache.now(lambda: audit_rows([number]))[0].more == 1190


def test_mappings_saved_together_are_found_by_each_of_them(cache):
    after = {"mappings": {f"item/Kahawa {n}": {"qbo_id": str(n)} for n in range(400)}}
    number = cache.now(decisions.add, "map", "400 mappings", {}, after, "jo@desk")
    assert found(cache, text="kahawa 399") == [number]


def test_signals_count_what_lasts_and_what_others_must_clear(cache, clock):
    cache.now(records.upsert, [INVOICE], "first")
    subject = record_subject("invoice", "i1")
    assert cache.now(signals).held.count == 0
    mapped = explained(dimension=Dimension.MAPPING, who=Who.FINANCE)
    cut = explained(reason="cut", dimension=Dimension.TRANSPORT, who=Who.NOBODY)
    cache.now(warnings.reconcile, subject, [mapped, cut])
    seen = cache.now(signals)
    assert (seen.held.keys, seen.closing, seen.late) == ((RecordKey("invoice", "i1"),), "February", 3)
    assert seen.failing.count == 0, "it may pass yet"
    clock.forward(7200)
    assert cache.now(signals).failing.count == 1
