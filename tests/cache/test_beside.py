"""Money counted once, and what stands beside a heading or a warning, on both databases."""

import datetime as dt
from decimal import Decimal

import pytest

from awra_tui.cache.pages import groups
from awra_tui.cache.pages.beside import beside, beside_one
from awra_tui.cache.pages.chosen import money_of
from awra_tui.cache.pages.money import Money, Part, counted_once
from awra_tui.cache.pages.warnings import WarningQuery, warning_ids, warning_totals
from awra_tui.cache.store import aside, records, warnings
from awra_tui.records.record import SourceRecord
from awra_tui.records.subject import RecordKey, record_subject
from tests.cache.conftest import explained, invoice

MAPPING, CLOSED = "mapping:tax_code/Zero-rated", "closed:2025-01-31"


@pytest.fixture
def filled(cache):
    """Three invoices that need one mapping, two of them dated too early, and a payment of the first."""
    payment = SourceRecord(
        kind="payment", source_id="p1", number="PAY-1", amount=Decimal("100.00"), currency="KES",
        date=dt.date(2025, 3, 1),
    )  # fmt: skip
    cache.now(records.upsert, [*(invoice(number) for number in (1, 2, 3)), payment], "r")
    mapping, closed = explained("not_mapped", MAPPING, sentence="Not mapped."), explained("closed", CLOSED)
    waits = explained("waits", RecordKey("invoice", "1").cause, blocked_by="invoice INV-1")
    found = {"1": [mapping], "2": [mapping, closed], "3": [closed, mapping]}
    for number, each in found.items():
        cache.now(warnings.reconcile, record_subject("invoice", number), each)
    cache.now(warnings.reconcile, record_subject("payment", "p1"), [waits])
    return cache


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ([("invoice", "KES", 100, 1), ("payment", "KES", 100, 1, True)], [("KES", 100, 1)]),
        ([("invoice", "KES", 100, 1), ("payment", "KES", 70, 2)], [("KES", 170, 3)]),
        ([("payment", "KES", 100, 1, True), ("bill_payment", "KES", 5, 1)], [("KES", 105, 2)]),
        ([("customer", "", 0, 1), ("payment", "KES", 100, 1, True)], [("KES", 100, 1)]),
        ([("purchase_order", "KES", 100, 1, True)], [("KES", 100, 1)]),
        ([("purchase_order", "KES", 100, 1, True), ("bill", "KES", 90, 1, True)], [("KES", 90, 1)]),
        ([("purchase_order", "KES", 100, 1, True), ("invoice", "KES", 90, 1)], [("KES", 90, 1)]),
        ([("purchase_order", "KES", 100, 1), ("invoice", "KES", 90, 1)], [("KES", 190, 2)]),
        ([("invoice", "KES", 70, 2), ("payment", "USD", 8, 1, True)], [("KES", 70, 2), ("USD", 8, 1)]),
        ([("invoice", "KES", 70, 1), ("credit_note", "KES", 30, 1, True)], [("KES", 100, 2)]),
        ([("bill", "KES", 70, 1), ("payment", "KES", 50, 1, True)], [("KES", 120, 2)]),
        ([("refund", "KES", 70, 1), ("payment", "KES", 50, 1, True)], [("KES", 120, 2)]),
        ([("invoice", "KES", 70, 1), ("bill_payment", "KES", 50, 1, True)], [("KES", 120, 2)]),
    ],
)
def test_each_shilling_counts_once(parts, told):
    found = counted_once(Part(*part) for part in parts)
    assert found == tuple(Money(currency=one, minor=two, count=three) for one, two, three in told)


def test_a_heading_counts_the_documents_and_tells_the_payments_by_kind(filled):
    query = WarningQuery(grouped=True, sort="amount", descending=True)
    heads = filled.now(lambda: groups.group_rows(query, groups.group_ids(query)))
    assert [row.root for row in heads] == [MAPPING, CLOSED]
    group = heads[0].group
    assert group.money == (Money(currency="KES", minor=30000, count=3),)
    assert {share.kind: (share.records, share.waiting) for share in group.shares} == {
        "invoice": (3, 0),
        "payment": (1, 1),
    }
    assert [share.money[0].minor for share in group.shares] == [30000, 10000]
    count, money = filled.now(warning_totals, WarningQuery())
    assert (count, money) == (6, (Money(currency="KES", minor=30000, count=3),))
    alone = WarningQuery(kinds=("payment",))
    assert filled.now(warning_totals, alone)[1] == (Money(currency="KES", minor=10000, count=1),)
    assert filled.now(money_of, list(filled.now(warning_ids, WarningQuery()))) == money
    closed = explained("closed", CLOSED)
    waits = explained("waits", RecordKey("invoice", "1").cause, blocked_by="invoice INV-1")
    filled.now(warnings.reconcile, record_subject("payment", "p1"), [waits, closed])
    assert filled.now(warning_totals, WarningQuery())[1] == money, "it still waits for its invoice"
    found = {
        row.root: row.group for row in filled.now(lambda: groups.group_rows(query, groups.group_ids(query)))
    }
    assert (found[CLOSED].own, found[CLOSED].waiting) == ((("invoice", 2), ("payment", 1)), ())
    assert found[CLOSED].money == (Money(currency="KES", minor=30000, count=3),)


def test_a_heading_names_what_else_holds_its_records(filled):
    found = filled.now(beside, MAPPING)
    assert (found.count, found.money[0].minor, found.head.sentence) == (4, 30000, "Not mapped.")
    assert [(row.root, count) for row, count in found.others] == [(CLOSED, 2)]


def test_a_warning_that_only_waits_names_what_is_to_be_fixed(filled):
    found = filled.now(beside_one, MAPPING, record_subject("payment", "p1"))
    assert (found.head.kind, found.head.reason, found.others) == ("invoice", "not_mapped", ())
    of_invoice = filled.now(beside_one, MAPPING, record_subject("invoice", "3"))
    assert [row.root for row, _ in of_invoice.others] == [CLOSED]


def test_what_is_put_aside_is_not_told_beside_but_remains_what_is_to_be_fixed(filled):
    ids = filled.now(groups.group_members, WarningQuery(kinds=("invoice",)), [1])
    filled.now(aside.dismiss, list(ids), "known", "jo@desk")
    found = filled.now(beside, CLOSED)
    assert found.others == ()
    query = WarningQuery(grouped=True)
    heads = filled.now(lambda: groups.group_rows(query, groups.group_ids(query)))
    assert [(row.root, row.group.count) for row in heads] == [(CLOSED, 2), (MAPPING, 1)]
    assert filled.now(beside_one, MAPPING, record_subject("payment", "p1")).head.dismissed
