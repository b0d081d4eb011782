"""The money of whole kinds is tallied, that of any other choice is counted: both say the same."""

import pytest

from awra_tui.cache.pages.warnings import WarningQuery, warning_ids, warning_totals
from awra_tui.cache.store import aside, records, warnings
from awra_tui.records.record import SourceRecord
from awra_tui.records.subject import record_subject
from tests.cache.conftest import explained, invoice


@pytest.fixture
def filled(cache):
    """Four invoices, one without a warning, one with two, one whose warning is dismissed; and a customer."""
    customer = SourceRecord(kind="customer", source_id="c1", number="C-1", party_name="Acacia Traders")
    cache.now(records.upsert, [customer, *(invoice(count, f"{count}.50") for count in range(4))], "r")
    found = {
        record_subject("customer", "c1"): [explained("a")],
        record_subject("invoice", "1"): [explained("a"), explained("b")],
        record_subject("invoice", "2"): [explained("a")],
        record_subject("invoice", "3"): [explained("c")],
    }
    cache.now(warnings.reconcile_many, found)
    third = cache.now(warning_ids, WarningQuery(text="inv-3"))
    cache.now(aside.dismiss, list(third), "known", "someone")
    return cache


@pytest.mark.parametrize("kinds", [(), ("invoice",), ("customer", "invoice"), ("bill",)])
def test_tallied_money_is_counted_money(filled, kinds):
    whole = filled.now(warning_totals, WarningQuery(kinds=kinds))
    counted = filled.now(warning_totals, WarningQuery(kinds=kinds, subject_types=("record",)))
    assert whole == counted


def test_a_record_with_two_warnings_counts_once_and_a_dismissed_one_not_at_all(filled):
    count, (money,) = filled.now(warning_totals, WarningQuery(kinds=("invoice",)))
    assert (count, money.minor, money.count) == (3, 400, 2)


def test_the_dismissed_are_counted_by_themselves(filled):
    count, (money,) = filled.now(warning_totals, WarningQuery(dismissed=True))
    assert (count, money.minor, money.count) == (1, 350, 1)
