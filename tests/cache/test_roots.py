"""Where warnings stand: what only waits, under the root of that for which it waits, on both databases."""

import pytest

from awra_tui.cache import Cache, rows
from awra_tui.cache.pages.groups import group_ids
from awra_tui.cache.pages.records import record_page
from awra_tui.cache.pages.warnings import WarningQuery, warnings_all
from awra_tui.cache.store import records, warnings
from awra_tui.records.record import SourceRecord
from awra_tui.records.subject import RecordKey, record_subject
from tests.cache.conftest import HERE, elsewhere, explained, invoice

MAPPING = "mapping:tax_code/Zero-rated@branch=Mombasa"
CLOSED = "closed:2025-01-31"
CUSTOMER, INVOICE, PAYMENT = (
    RecordKey("customer", "c1"),
    RecordKey("invoice", "1"),
    RecordKey("payment", "p1"),
)


def waits(parent: RecordKey):
    return explained("waits", parent.cause, blocked_by=parent.text)


def warn(cache, key, *found):
    cache.now(warnings.reconcile, record_subject(key.kind, key.source_id), list(found))


def roots(cache):
    """Return the roots of each record's open warnings, sorted."""
    found: dict[str, list[str]] = {}
    for row in cache.now(warnings_all, WarningQuery()):
        found.setdefault(row.kind, []).append(row.root)
    return {kind: sorted(each) for kind, each in found.items()}


@pytest.fixture
def chain(cache):
    """A customer, its invoice, and a payment of that."""
    customer = SourceRecord(kind="customer", source_id="c1", number="C-1", party_name="Acacia Traders")
    payment = SourceRecord(kind="payment", source_id="p1", number="PAY-1", party_id="c1")
    cache.now(records.upsert, [customer, invoice(1), payment], "r")
    return cache


def test_a_payment_stands_under_the_mapping_that_its_invoice_needs(chain):
    warn(chain, INVOICE, explained("not_mapped", MAPPING))
    warn(chain, PAYMENT, waits(INVOICE))
    assert roots(chain) == {"invoice": [MAPPING], "payment": [MAPPING]}


def test_a_chain_is_followed_to_its_end_in_whatever_order_it_is_found(chain):
    warn(chain, PAYMENT, waits(INVOICE))
    assert roots(chain) == {"payment": [INVOICE.cause]}, "the invoice has no warning yet"
    warn(chain, INVOICE, waits(CUSTOMER))
    warn(chain, CUSTOMER, explained("not_connected", CUSTOMER.cause))
    assert set(map(tuple, roots(chain).values())) == {(CUSTOMER.cause,)}


def test_the_page_of_what_waits_has_what_is_to_be_fixed_first(chain):
    warn(chain, PAYMENT, waits(INVOICE))
    warn(chain, INVOICE, waits(CUSTOMER))
    assert not chain.now(record_page, "payment", "p1").heads, "nothing is known of the customer yet"
    warn(chain, CUSTOMER, explained("not_connected", CUSTOMER.cause))
    page = chain.now(record_page, "payment", "p1")
    assert {root: (head.kind, head.reason) for root, head in page.heads.items()} == {
        CUSTOMER.cause: ("customer", "not_connected")
    }
    assert not chain.now(record_page, "customer", "c1").heads


def test_what_waits_moves_when_the_cause_of_the_blocker_is_another_one(chain):
    warn(chain, PAYMENT, waits(INVOICE))
    warn(chain, INVOICE, explained("not_mapped", MAPPING))
    warn(chain, INVOICE, explained("closed_period", CLOSED))
    assert roots(chain)["payment"] == [CLOSED]
    warn(chain, INVOICE)
    assert roots(chain)["payment"] == [INVOICE.cause]


def test_found_in_one_go_the_end_is_the_same(chain):
    chain.now(
        warnings.reconcile_many,
        {
            record_subject("payment", "p1"): [waits(INVOICE)],
            record_subject("invoice", "1"): [waits(CUSTOMER)],
            record_subject("customer", "c1"): [explained("similar_name", MAPPING)],
        },
    )
    assert set(map(tuple, roots(chain).values())) == {(MAPPING,)}


def test_of_several_causes_the_first_that_is_no_consequence_decides(chain):
    warn(
        chain, INVOICE, waits(CUSTOMER), explained("closed_period", CLOSED), explained("not_mapped", MAPPING)
    )
    warn(chain, PAYMENT, waits(INVOICE))
    assert roots(chain)["payment"] == [CLOSED]
    assert roots(chain)["invoice"] == sorted([CLOSED, MAPPING, CUSTOMER.cause])
    warn(chain, INVOICE, waits(CUSTOMER), explained("not_mapped", MAPPING))
    assert roots(chain)["payment"] == [MAPPING]


def test_records_that_wait_for_each_other_end_the_search(chain):
    warn(chain, INVOICE, waits(PAYMENT))
    warn(chain, PAYMENT, waits(INVOICE))
    assert set(roots(chain)) == {"invoice", "payment"}


def test_what_is_blocked_by_something_else_keeps_its_own_cause(chain):
    warn(chain, PAYMENT, explained("odd", "connection:network", blocked_by="the connection"))
    assert roots(chain) == {"payment": ["connection:network"]}


def test_a_cause_asks_for_all_that_it_holds_up(chain):
    warn(chain, INVOICE, explained("not_mapped", MAPPING))
    warn(chain, PAYMENT, waits(INVOICE))
    assert len(chain.now(warnings_all, WarningQuery(cause=MAPPING))) == 2
    assert [row.kind for row in chain.now(warnings_all, WarningQuery(cause=INVOICE.cause))] == ["payment"]
    assert chain.now(warnings.open_record_keys, MAPPING) == [INVOICE, PAYMENT]


def test_warnings_from_before_get_their_roots_and_are_found_by_what_they_say(new_url, clock):
    with Cache.open(new_url, profile=HERE) as cache:
        payment = SourceRecord(kind="payment", source_id="p1", number="PAY-1", party_id="c1")
        cache.now(records.upsert, [invoice(1), payment], "r")
        warn(cache, INVOICE, explained("not_mapped", MAPPING, sentence="Zérò rated is not mapped."))
        warn(cache, PAYMENT, waits(INVOICE))
        warn(cache, CUSTOMER, explained("number_used"), explained("not_connected"))
        clock.forward(86_400)
        warn(cache, CUSTOMER)
    for statement in (
        "DROP INDEX warning_root",
        "ALTER TABLE warning DROP COLUMN root",
        "CREATE INDEX warning_cause ON warning (cause)",
        "UPDATE warning SET search = 'inv-1'",
        "DELETE FROM schema_migration WHERE name = '0012_roots'",
    ):
        elsewhere(new_url, statement)
    with Cache.open(new_url, profile=HERE) as cache:
        assert roots(cache) == {"invoice": [MAPPING], "payment": [MAPPING]}
        found = cache.now(warnings_all, WarningQuery(text="zero mapped"))
        assert [row.kind for row in found] == ["invoice"]
        assert cache.now(rows.select, "SELECT COUNT(*) FROM warning WHERE root = ''") == [(0,)]
        cleared = WarningQuery(grouped=True, since=clock.stamp)
        assert len(cache.now(group_ids, cleared)) == 2, "what was cleared before stands under its own cause"
