"""The audit and the signals that something is to be handed on, on both databases."""

import datetime as dt
from decimal import Decimal

from awra_tui.cache.pages.audit import AuditQuery, audit_ids, audit_rows
from awra_tui.cache.pages.signals import signals
from awra_tui.cache.store import decisions, records, warnings
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
