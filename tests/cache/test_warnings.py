import pytest

from awra_tui.cache.pages import warnings as page
from awra_tui.cache.pages.warnings import WarningQuery
from awra_tui.cache.schema import WarningTable
from awra_tui.cache.store import aside, decisions, owners, records, warnings
from awra_tui.cache.store.warned import Facts
from awra_tui.records.status import Status, Who
from awra_tui.records.subject import RecordKey, Subject, record_subject
from tests.cache.conftest import explained, invoice

ONE = record_subject("invoice", "1")
WHO = "jo@desk"


def read(cache, amount="100.00", **changed):
    cache.now(records.upsert, [invoice(1, amount, **changed)], "r")


def shown(cache, **query):
    return cache.now(page.warnings_all, WarningQuery(**query))


def dismissed(cache, reason="tax_unmapped"):
    """Open a warning of invoice 1 and dismiss it."""
    read(cache)
    cache.now(warnings.reconcile, ONE, [explained(reason)])
    (row,) = shown(cache)
    cache.now(aside.dismiss, [row.id], "Known since May", WHO)
    return row


def test_a_warning_is_opened_once_with_the_facts_of_its_record(cache, clock):
    read(cache, branch="Mombasa", reference="REF-1")
    cache.now(records.set_judgement, RecordKey("invoice", "1"), Status.NEEDS_ATTENTION)
    cache.now(records.count_attempt, [RecordKey("invoice", "1")])
    opened = clock.stamp
    found = explained(code="6000", message="A business validation error", screen="mapping", existing_id="9")
    done = cache.now(warnings.reconcile, ONE, [found])
    assert (done.opened, done.closed) == (1, 0)
    clock.forward(3600)
    assert cache.now(warnings.reconcile, ONE, [found]).opened == 0
    (row,) = shown(cache)
    assert (row.subject, row.number, row.party, row.date) == (ONE, "INV-1", "Acacia Traders", "2025-03-01")
    assert (row.amount_minor, row.currency, row.branch, row.reference) == (10000, "KES", "Mombasa", "REF-1")
    assert (row.status, row.attempts, row.opened_at) == (Status.NEEDS_ATTENTION, 1, opened)
    assert (row.code, row.message, row.screen, row.existing_id) == (
        "6000",
        "A business validation error",
        "mapping",
        "9",
    )
    assert (row.who, row.owner, row.dismissed) == (Who.FINANCE, "", False)


def test_a_known_warning_says_what_is_so_now(cache, clock):
    read(cache)
    cache.now(warnings.reconcile, ONE, [explained()])
    read(cache, "250.00", party_name="Baobab Ltd")
    cache.now(warnings.reconcile, ONE, [explained(sentence="Another sentence.")])
    (row,) = shown(cache)
    assert (row.sentence, row.amount_minor, row.party) == ("Another sentence.", 25000, "Baobab Ltd")


def test_what_is_not_found_any_more_is_closed_and_kept(cache, clock):
    read(cache)
    cache.now(warnings.reconcile, ONE, [explained("a"), explained("b")])
    assert cache.now(warnings.reconcile, ONE, [explained("b")]).closed == 1
    assert [row.reason for row in shown(cache)] == ["b"]
    assert cache.now(lambda: WarningTable.select().where(WarningTable.closed_at == clock.stamp).count()) == 1


def test_the_same_may_open_and_close_again_in_one_moment(cache):
    read(cache)
    for _ in range(3):
        assert cache.now(warnings.reconcile, ONE, [explained()]).opened == 1
        assert cache.now(warnings.reconcile, ONE, []).closed == 1
    assert shown(cache) == []


def test_two_causes_of_one_reason_are_two_warnings(cache):
    read(cache)
    both = [explained(cause="tax_code/VAT 16"), explained(cause="tax_code/VAT 8")]
    assert cache.now(warnings.reconcile, ONE, both).opened == 2
    assert cache.now(warnings.open_record_keys, "tax_code/VAT 8") == [RecordKey("invoice", "1")]
    assert cache.now(warnings.open_record_keys, "tax_code/VAT 0") == []


def test_a_dismissed_warning_is_out_of_the_way_with_who_when_and_why(cache, clock):
    dismissed(cache)
    assert shown(cache) == []
    (row,) = shown(cache, dismissed=True)
    assert (row.dismissed_by, row.dismissed_at, row.dismissed_why) == (WHO, clock.stamp, "Known since May")


def test_a_dismissal_stands_while_nothing_changed(cache):
    dismissed(cache)
    done = cache.now(warnings.reconcile, ONE, [explained(sentence="Said otherwise.")])
    assert done.came_back == 0
    assert shown(cache) == []


def test_a_dismissal_stands_when_the_same_opens_again(cache):
    dismissed(cache)
    cache.now(warnings.reconcile, ONE, [])
    cache.now(warnings.reconcile, ONE, [explained()])
    assert shown(cache) == []
    assert len(shown(cache, dismissed=True)) == 1


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        (
            {"amount": "100.01"},
            "the amount changed from KES 100.00 to KES 100.01",
        ),
        (
            {"memo": "changed"},
            "the record has changed in the source since",
        ),
    ],
)
def test_a_dismissed_warning_comes_back_when_the_record_changed(cache, changed, why):
    dismissed(cache)
    read(cache, **changed)
    assert cache.now(warnings.reconcile, ONE, [explained()]).came_back == 1
    (row,) = shown(cache)
    assert row.came_back == f"Dismissed on 03 Mar 2025 (Known since May); back because {why}."
    assert cache.now(warnings.reconcile, ONE, [explained()]).came_back == 0
    assert shown(cache)[0].came_back == row.came_back


def test_another_reason_in_its_place_is_shown_and_says_so(cache):
    dismissed(cache, "a")
    assert cache.now(warnings.reconcile, ONE, [explained("b")]).came_back == 1
    (row,) = shown(cache)
    assert row.came_back == (
        "Dismissed on 03 Mar 2025 (Known since May); back because the reason is another one now."
    )


def test_a_new_warning_beside_a_dismissed_one_is_simply_new(cache):
    dismissed(cache, "a")
    cache.now(warnings.reconcile, ONE, [explained("a"), explained("b")])
    (row,) = shown(cache)
    assert (row.reason, row.came_back) == ("b", "")


def test_a_restored_warning_is_shown_and_stays(cache):
    row = dismissed(cache)
    cache.now(aside.restore, [row.id], WHO)
    cache.now(warnings.reconcile, ONE, [explained()])
    (again,) = shown(cache)
    assert (again.id, again.dismissed, again.came_back, again.dismissed_by) == (row.id, False, "", "")


def test_dismissing_twice_is_dismissing_once(cache):
    row = dismissed(cache)
    again = cache.now(aside.dismiss, [row.id], "Again", WHO)
    assert cache.now(decisions.get, again).before == {"ids": []}
    assert shown(cache, dismissed=True)[0].dismissed_why == "Known since May"


def test_decisions_are_noted_with_what_undoes_them(cache):
    row = dismissed(cache)
    noted = cache.now(decisions.last_undoable, WHO)
    assert (noted.verb, noted.subject, noted.after) == (
        "dismiss",
        "invoice/1",
        {"ids": [row.id], "why": "Known since May"},
    )


def test_an_owner_is_named_and_the_one_before_is_noted(cache):
    read(cache)
    cache.now(warnings.reconcile, ONE, [explained()])
    (row,) = shown(cache)
    cache.now(owners.set_owner, [row.id], "Amina", WHO)
    number = cache.now(owners.set_owner, [row.id], "Ben", WHO)
    cache.now(warnings.reconcile, ONE, [explained(sentence="Said otherwise.")])
    assert shown(cache)[0].owner == "Ben"
    assert cache.now(decisions.get, number).before == {"owners": {str(row.id): "Amina"}}


def test_warnings_about_other_things_than_records(cache):
    connector = Subject("connector", "qbo", "9341")
    line = Subject("row", "invoice", "invoices.csv:12")
    cache.now(
        warnings.reconcile_many,
        {connector: [explained("signed_out")], line: [explained("not_a_number")]},
        {line: Facts(number="invoices.csv, line 12")},
    )
    assert [(row.subject, row.number) for row in shown(cache)] == [
        (connector, "9341"),
        (line, "invoices.csv, line 12"),
    ]
    cache.now(aside.dismiss, [row.id for row in shown(cache)], "known", WHO)
    cache.now(warnings.reconcile, connector, [explained("signed_out")])
    assert shown(cache) == []


def test_many_at_once_do_as_one_after_the_other(cache):
    cache.now(records.upsert, [invoice(n) for n in range(1200)], "r")
    subjects = [record_subject("invoice", str(n)) for n in range(1200)]
    done = cache.now(warnings.reconcile_many, {one: [explained()] for one in subjects})
    assert done.opened == 1200
    odd = {one: [explained()] if int(one.id) % 2 else [] for one in subjects}
    done = cache.now(warnings.reconcile_many, odd)
    assert (done.opened, done.closed) == (0, 600)
    assert {int(row.source_id) % 2 for row in shown(cache)} == {1}


def test_the_subjects_of_a_type_that_have_open_warnings(cache):
    lines = [Subject("row", "invoice", f"a.csv:{n}") for n in (3, 5)]
    cache.now(warnings.reconcile_many, {line: [explained("a"), explained("b")] for line in lines})
    cache.now(warnings.reconcile, lines[0], [])
    read(cache)
    cache.now(warnings.reconcile, ONE, [explained()])
    assert cache.now(warnings.open_subjects, "row") == [lines[1]]


def test_a_quotation_mark_in_a_subject_is_text(cache):
    nasty = Subject("row", "invoice", "O'Neil'; DELETE FROM warning; --")
    cache.now(warnings.reconcile, nasty, [explained()])
    assert cache.now(page.warnings_of, nasty)[0].subject == nasty
