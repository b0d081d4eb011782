"""Causes, as the cache counts them on both databases; what changed since a moment; what is wrong."""

import datetime as dt

import pytest

from awra_tui.cache import rows
from awra_tui.cache.pages import groups, trends
from awra_tui.cache.pages import warnings as page
from awra_tui.cache.pages.groups import QueueView
from awra_tui.cache.pages.money import Money
from awra_tui.cache.pages.warnings import WarningQuery
from awra_tui.cache.store import aside, facts, records, warnings
from awra_tui.cache.store.records import Judged
from awra_tui.records.issue import Issue
from awra_tui.records.pressing import Pressing
from awra_tui.records.record import SourceRecord
from awra_tui.records.status import Dimension, Status
from awra_tui.records.subject import RecordKey, Subject, record_subject
from tests.cache.conftest import explained, invoice

ZERO_RATED = "mapping:tax_code/Zero-rated@branch=Mombasa"
ACACIA = "record:customer/c1"
GROUPED = WarningQuery(grouped=True)


@pytest.fixture
def filled(cache, clock):
    """A customer who blocks two invoices; three invoices without a tax code, one of them in dollars."""
    customer = SourceRecord(kind="customer", source_id="c1", number="C-1", party_name="Acacia Traders")
    several = [invoice(n, f"{n}00.00", date=dt.date(2025, 2, n)) for n in (1, 2, 3, 4)]
    several.append(invoice(5, "7.00", currency="USD"))
    cache.now(records.upsert, [customer, *several], "r")
    blocked = {"cause": ACACIA, "blocked_by": "customer Acacia Traders"}
    for number in ("1", "2"):
        cache.now(warnings.reconcile, record_subject("invoice", number), [explained("waits", **blocked)])
        clock.forward(60)
    for number in ("3", "4", "5"):
        cache.now(
            warnings.reconcile, record_subject("invoice", number), [explained("not_mapped", ZERO_RATED)]
        )
        clock.forward(60)
    cache.now(warnings.reconcile, record_subject("customer", "c1"), [explained("not_connected", ACACIA)])
    return cache


def heads(cache, query=GROUPED):
    return cache.now(lambda: groups.group_rows(query, groups.group_ids(query)))


def test_each_cause_is_led_by_what_is_to_be_fixed_and_counts_what_stands_under_it(filled):
    first, second = heads(filled)
    assert (first.kind, first.source_id, first.cause) == ("customer", "c1", ACACIA)
    assert first.group.count == 3
    assert first.group.waiting == (("invoice", 2),)
    assert first.group.own == (("customer", 1),)
    assert (second.cause, second.group.count) == (ZERO_RATED, 3)
    assert second.group.money == (
        Money(currency="KES", minor=70000, count=2),
        Money(currency="USD", minor=700, count=1),
    )
    assert first.group.oldest < second.group.oldest == second.opened_at


def test_a_record_with_two_warnings_of_one_cause_is_counted_once(filled):
    twice = [explained("not_mapped", ZERO_RATED), explained("tax_rate_differs", ZERO_RATED)]
    filled.now(warnings.reconcile, record_subject("invoice", "3"), twice)
    group = heads(filled)[1].group
    assert (group.count, group.own) == (4, (("invoice", 3),))
    assert group.money[0] == Money(currency="KES", minor=70000, count=2)


def test_a_filter_narrows_what_stands_under_a_cause(filled):
    only = WarningQuery(grouped=True, kinds=("invoice",))
    first, second = heads(filled, only)
    assert first.cause == ZERO_RATED, "what only waits comes after what can be fixed"
    assert second.group.count == 2
    assert (second.source_id, second.reason) == ("c1", "not_connected"), "it says what is to be fixed"
    assert list(filled.now(groups.group_ids, only)) == [first.id, second.id]
    assert [row.group.count for row in heads(filled, WarningQuery(grouped=True, text="inv-3"))] == [1]


@pytest.mark.parametrize(
    ("sort", "first"),
    [("work", ACACIA), ("age", ACACIA), ("amount", ACACIA), ("count", ACACIA), ("reason", ACACIA),
     ("owner", ACACIA), ("nonsense; DROP TABLE warning", ACACIA)],
)  # fmt: skip
def test_causes_are_sorted_and_turned_round(filled, sort, first):
    query = WarningQuery(grouped=True, sort=sort)
    forward = list(filled.now(groups.group_ids, query))
    turned = WarningQuery(grouped=True, sort=sort, descending=True)
    assert list(filled.now(groups.group_ids, turned)) == forward[::-1]
    if sort in ("work", "age", "amount"):
        assert heads(filled, query)[0].cause == first


@pytest.mark.parametrize("looked_up", [rows.CHUNK, 0])
def test_all_warnings_of_some_causes_are_found_as_far_as_the_filter_shows_them(
    filled, monkeypatch, looked_up
):
    monkeypatch.setattr(rows, "CHUNK", looked_up)
    lead = list(filled.now(groups.group_ids, GROUPED))
    assert len(filled.now(groups.group_members, GROUPED, lead[:1])) == 3
    assert len(filled.now(groups.group_members, GROUPED, lead)) == 6
    invoices = WarningQuery(grouped=True, kinds=("invoice",))
    assert len(filled.now(groups.group_members, invoices, lead[:1])) == 2


def test_dismissed_causes_are_a_list_of_their_own(filled):
    lead = filled.now(groups.group_ids, GROUPED)[:1]
    filled.now(aside.dismiss, list(filled.now(groups.group_members, GROUPED, lead)), "known", "jo@desk")
    assert [row.cause for row in heads(filled)] == [ZERO_RATED]
    assert [row.group.count for row in heads(filled, WarningQuery(grouped=True, dismissed=True))] == [3]


def test_what_is_held_up_is_told_of_warnings_and_causes_and_sorted_by(filled):
    held = (
        Pressing(name="close", weight=8, kinds=("invoice",), first="2025-02-03", last="2025-02-28"),
        Pressing(name="billing", weight=2, kinds=("customer", "invoice")),
    )
    query = WarningQuery(grouped=True, sort="blocks", descending=True, pressing=held)
    first, second = heads(filled, query)
    assert (first.cause, first.group.blocks) == (ZERO_RATED, ("close", "billing"))
    assert second.group.blocks == ("billing",)
    flat = WarningQuery(sort="blocks", descending=True, pressing=held)
    assert {row.source_id for row in filled.now(page.warnings_all, flat)[:2]} == {"3", "4"}


def test_the_view_of_a_profile_is_by_cause_until_it_is_flat(cache):
    assert cache.now(groups.queue_view) == QueueView(grouped=True, closing=None)
    cache.now(facts.set, groups.VIEW, "flat")
    assert not cache.now(groups.queue_view).grouped


def test_what_is_new_came_back_and_was_cleared_since_a_moment(filled, clock):
    [known] = [row for row in filled.now(page.warnings_all, WarningQuery()) if row.source_id == "3"]
    filled.now(aside.dismiss, [known.id], "known", "jo@desk")
    clock.forward(3600)
    since = clock.stamp
    clock.forward(60)
    filled.now(records.upsert, [invoice(3, "301.00"), invoice(6)], "r2")
    for number in ("3", "6"):
        filled.now(
            warnings.reconcile, record_subject("invoice", number), [explained("not_mapped", ZERO_RATED)]
        )
    filled.now(warnings.reconcile, record_subject("invoice", "4"), [])
    query = WarningQuery(since=since, sort="change")
    changed = [(row.source_id, row.change) for row in filled.now(page.warnings_all, query)]
    assert changed == [("6", "new"), ("3", "returned"), ("4", "cleared")]
    assert filled.now(page.change_counts, query) == (1, 1, 1)
    clock.forward(60)
    filled.now(warnings.reconcile, record_subject("invoice", "6"), [])
    assert filled.now(page.change_counts, query) == (0, 1, 1), "what came and went in between is no news"
    filled.now(warnings.reconcile, record_subject("invoice", "4"), [explained("not_mapped", ZERO_RATED)])
    assert filled.now(page.change_counts, query) == (0, 2, 1), "what was cleared before has returned"


@pytest.mark.parametrize("issue", list(Issue))
def test_the_filter_by_issue_is_what_each_warning_says_of_itself(filled, issue):
    judged = {"1": Status.FAILED, "2": Status.SUCCEEDED, "3": Status.RETRYING}
    made = [Judged(key=RecordKey("invoice", number), status=status) for number, status in judged.items()]
    filled.now(records.set_judgements, made)
    for number in judged:
        found = explained("sums_do_not_match", f"record:invoice/{number}", dimension=Dimension.SOURCE_DATA)
        filled.now(warnings.reconcile, record_subject("invoice", number), [found])
    doubled = explained("same_number", dimension=Dimension.DUPLICATE_RISK)
    recoded = explained("changed_in_quickbooks", dimension=Dimension.DUPLICATE_RISK)
    filled.now(warnings.reconcile, record_subject("invoice", "4"), [doubled, recoded])
    every = filled.now(page.warnings_all, WarningQuery())
    wanted = {row.id for row in every if row.issue is issue}
    assert set(filled.now(page.warning_ids, WarningQuery(issue=issue))) == wanted
    assert wanted


def test_trends_count_what_came_by_reason_and_hour(filled, clock):
    clock.forward(7200)
    filled.now(warnings.reconcile, record_subject("invoice", "3"), [])
    found = filled.now(trends.trends)
    counted = {(one.reason, one.hour): (one.opened, one.still_open) for one in found.hours}
    assert counted == {("not_mapped", "2025-03-03T09"): (3, 2), ("not_connected", "2025-03-03T09"): (1, 1)}
    assert found.first.startswith("2025-03-03T09")


def test_trends_say_why_quickbooks_lets_nobody_in(filled):
    assert filled.now(trends.trends).lost == ""
    qbo = Subject("connector", "qbo", "9341")
    passing = explained("no_connection", "connection:network", dimension=Dimension.TRANSPORT)
    filled.now(warnings.reconcile, qbo, [passing])
    assert filled.now(trends.trends).lost == ""
    ended = explained(
        "ended", "connection:authorization", dimension=Dimension.AUTHORIZATION, sentence="Ended."
    )
    filled.now(warnings.reconcile, qbo, [ended])
    found = filled.now(trends.trends)
    assert (found.lost, found.remedy) == ("Ended.", "Choose a tax code.")
