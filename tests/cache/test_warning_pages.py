import pytest

from awra_tui.cache.pages import overview
from awra_tui.cache.pages import warnings as page
from awra_tui.cache.pages.money import Money
from awra_tui.cache.pages.warnings import WarningQuery
from awra_tui.cache.store import aside, records, warnings
from awra_tui.records.record import SourceRecord
from awra_tui.records.status import Dimension
from awra_tui.records.subject import Subject, record_subject
from tests.cache.conftest import explained, invoice


@pytest.fixture
def filled(cache, clock):
    """Five warnings: a customer's, three of invoices, one of a connector; the oldest is of invoice 9."""
    customer = SourceRecord(kind="customer", source_id="c1", number="C-1", party_name="Österreich Handel")
    several = [
        invoice(9, "500.00", party_name="zebra", branch="B"),
        invoice(10, "50.00", party_name="Ärzte", branch="A"),
        invoice(2, "7.00", party_name="apple", currency="USD"),
    ]
    cache.now(records.upsert, [customer, *several], "r")
    for subject, found in (
        (record_subject("invoice", "9"), explained("b", dimension=Dimension.TRANSPORT)),
        (record_subject("invoice", "10"), explained("c", blocked_by="customer Acacia")),
        (record_subject("invoice", "2"), explained("a")),
        (record_subject("customer", "c1"), explained("a", cause="customer/c1")),
        (Subject("connector", "qbo", "9341"), explained("signed_out", dimension=Dimension.AUTHORIZATION)),
    ):
        cache.now(warnings.reconcile, subject, [found])
        clock.forward(60)
    return cache


def ids(cache, **query):
    return [row.source_id for row in cache.now(page.warnings_all, WarningQuery(**query))]


def test_the_order_of_work_is_connectors_then_kinds_then_age(filled):
    assert ids(filled) == ["9341", "c1", "9", "10", "2"]
    assert ids(filled, descending=True) == ["2", "10", "9", "c1", "9341"]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("number", ["2", "9", "10"]),
        ("party", ["2", "10", "9"]),
        ("amount", ["10", "9", "2"]),
        ("branch", ["2", "10", "9"]),
        ("reason", ["2", "9", "10"]),
        ("age", ["9", "10", "2"]),
        ("nonsense; DROP TABLE warning", ["9", "10", "2"]),
    ],
)
def test_sorting(filled, sort, order):
    assert ids(filled, sort=sort, kinds=("invoice",)) == order


@pytest.mark.parametrize("sort", page.SORTS)
def test_every_order_is_whole_and_turns_round(filled, sort):
    forward = list(filled.now(page.warning_ids, WarningQuery(sort=sort)))
    assert sorted(forward) == sorted(filled.now(page.warning_ids, WarningQuery()))
    assert list(filled.now(page.warning_ids, WarningQuery(sort=sort, descending=True))) == forward[::-1]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"kinds": ("customer", "bill")}, ["c1"]),
        ({"dimension": "transport"}, ["9"]),
        ({"cause": "customer/c1"}, ["c1"]),
        ({"subject_types": ("connector",)}, ["9341"]),
        ({"subject_types": ("record",), "kinds": ("invoice",), "text": "zebra"}, ["9"]),
        ({"text": "inv-1"}, ["10"]),
        ({"text": "OSTERREICH"}, ["c1"]),
        ({"text": "500"}, ["9"]),
        ({"text": "arzte 50.00"}, ["10"]),
        ({"text": "%"}, []),
        ({"text": "_"}, []),
        ({"text": "'"}, []),
    ],
)
def test_filters(filled, query, found):
    assert ids(filled, **query) == found


def test_rows_come_in_the_order_asked_and_missing_ones_are_left_out(filled):
    order = list(filled.now(page.warning_ids, WarningQuery()))
    rows = filled.now(page.warning_rows, [order[3], 9999, order[0]])
    assert [row.id for row in rows] == [order[3], order[0]]
    assert [row.id for row in filled.now(page.warning_head, WarningQuery(), 2)] == order[:2]


def test_totals_never_add_currencies_and_count_each_record_once(filled):
    subject = record_subject("invoice", "9")
    filled.now(warnings.reconcile, subject, [explained("b"), explained("c")])
    count, money = filled.now(page.warning_totals, WarningQuery(kinds=("invoice",)))
    assert count == 4
    assert money == (
        Money(currency="KES", minor=55000, count=2),
        Money(currency="USD", minor=700, count=1),
    )


def test_warnings_of_a_subject_with_the_dismissed_and_the_blocked_last(filled):
    subject = record_subject("invoice", "9")
    filled.now(
        warnings.reconcile, subject, [explained("a"), explained("b", blocked_by="customer X"), explained("c")]
    )
    first = next(row for row in filled.now(page.warnings_of, subject) if row.reason == "a")
    filled.now(aside.dismiss, [first.id], "known", "jo@desk")
    assert [row.reason for row in filled.now(page.warnings_of, subject)] == ["c", "b", "a"]
    assert filled.now(page.warnings_of, record_subject("invoice", "77")) == []


def test_the_tray_has_what_waits_for_a_change_in_quickbooks(filled):
    waiting = explained("inactive", cause="mapping:item/x", awaits="item Espresso is active again")
    filled.now(warnings.reconcile, record_subject("invoice", "2"), [explained("a"), waiting])
    [row] = filled.now(page.warnings_all, WarningQuery(waiting=True))
    assert (row.source_id, row.reason, row.awaits) == ("2", "inactive", "item Espresso is active again")
    assert filled.now(page.warning_totals, WarningQuery(waiting=True))[0] == 1
    assert filled.now(overview.overview).tray == 1
    filled.now(aside.dismiss, [row.id], "later", "jo@desk")
    assert filled.now(overview.overview).tray == 0
