"""Warnings put aside for good or until a day: when they come back, why, and what undoing brings."""

import datetime as dt

import pytest

from awra_tui.cache.pages import overview
from awra_tui.cache.pages import warnings as page
from awra_tui.cache.pages.chosen import money_of
from awra_tui.cache.pages.warnings import WarningQuery
from awra_tui.cache.store import aside, decisions, owners, records, warnings
from awra_tui.records import clock as time
from awra_tui.records.errors import SupersededError
from awra_tui.records.subject import Subject, record_subject
from tests.cache.conftest import explained, invoice

WHO = "jo@desk"
ONE = record_subject("invoice", "1")
DAY = 86_400


def rows(cache, **asked):
    return cache.now(page.warnings_all, WarningQuery(**asked))


def opened(cache, count=1):
    cache.now(records.upsert, [invoice(n) for n in range(1, count + 1)], "r")
    subjects = [record_subject("invoice", str(n)) for n in range(1, count + 1)]
    cache.now(warnings.reconcile_many, {one: [explained()] for one in subjects})
    return [row.id for row in rows(cache)]


def in_days(days):
    return time.stamp(dt.datetime(2025, 3, 3, tzinfo=dt.UTC) + dt.timedelta(days=days))


def snoozed(cache, days=8):
    ids = opened(cache)
    return cache.now(aside.snooze, ids, in_days(days), "waits for the supplier", WHO)


def invoices(cache):
    return next(row for row in cache.now(overview.overview).kinds if row.kind == "invoice")


def test_a_snoozed_warning_is_counted_and_listed_apart(cache):
    snoozed(cache)
    assert (rows(cache), rows(cache, dismissed=True)) == ([], [])
    (row,) = rows(cache, snoozed=True)
    assert (row.snoozed_until, row.dismissed_why, row.dismissed_by) == (
        in_days(8),
        "waits for the supplier",
        WHO,
    )
    kind = invoices(cache)
    assert (kind.warnings, kind.dismissed, kind.snoozed, kind.waiting) == (0, 0, 1, ())


def test_it_comes_back_when_the_day_has_come_and_says_why(cache, clock):
    snoozed(cache)
    assert not cache.now(aside.is_due)
    assert cache.now(aside.wake) == 0
    clock.forward(8 * DAY)
    assert cache.now(aside.is_due)
    assert cache.now(aside.wake) == 1
    (row,) = rows(cache)
    assert row.came_back == "Snoozed until 11 Mar 2025 (waits for the supplier); that day has come."
    assert (row.snoozed_until, row.returned_at) == ("", clock.stamp)
    kind = invoices(cache)
    assert (kind.warnings, kind.snoozed, kind.waiting[0].minor) == (1, 0, 10_000)
    assert cache.now(aside.wake) == 0


def test_judging_after_the_day_brings_it_back_too(cache, clock):
    snoozed(cache)
    clock.forward(9 * DAY)
    assert cache.now(warnings.reconcile, ONE, [explained()]).came_back == 1
    assert rows(cache)[0].came_back.endswith("that day has come.")


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"amount": "120.00"}, "back because the amount changed from KES 100.00 to KES 120.00."),
        ({"memo": "changed"}, "back because the record has changed in the source since."),
    ],
)
def test_it_comes_back_sooner_when_the_record_changes(cache, changed, why):
    snoozed(cache)
    cache.now(records.upsert, [invoice(1, **changed)], "r")
    assert cache.now(warnings.reconcile, ONE, [explained()]).came_back == 1
    (row,) = rows(cache)
    assert row.came_back == f"Snoozed until 11 Mar 2025 (waits for the supplier); {why}"
    assert rows(cache, snoozed=True) == []


def test_it_comes_back_sooner_when_the_reason_is_another_one(cache):
    snoozed(cache)
    cache.now(warnings.reconcile, ONE, [explained("number_too_long")])
    assert rows(cache)[0].came_back.endswith("back because the reason is another one now.")


def test_it_stays_away_while_nothing_changes(cache):
    snoozed(cache)
    assert cache.now(warnings.reconcile, ONE, [explained(sentence="Said otherwise.")]).came_back == 0
    assert rows(cache) == []
    assert rows(cache, snoozed=True)[0].sentence == "Said otherwise."


@pytest.mark.parametrize("verb", ["dismiss", "snooze"])
def test_undoing_brings_back_what_opened_anew_meanwhile(cache, verb):
    ids = opened(cache)
    more = ("known",) if verb == "dismiss" else (in_days(3), "known")
    number = cache.now(getattr(aside, verb), ids, *more, WHO)
    cache.now(warnings.reconcile, ONE, [])
    cache.now(warnings.reconcile, ONE, [explained()])
    cache.now(aside.take_back, cache.now(decisions.get, number), WHO)
    (row,) = rows(cache)
    assert (row.dismissed, row.came_back, row.snoozed_until) == (False, "", "")
    assert invoices(cache).warnings == 1


def test_undoing_leaves_alone_what_was_decided_after(cache):
    ids = opened(cache)
    first = cache.now(aside.dismiss, ids, "known", WHO)
    cache.now(aside.restore, ids, "amy@desk")
    cache.now(aside.dismiss, ids, "agreed", "amy@desk")
    with pytest.raises(SupersededError, match="invoice/1: somebody brought it back since"):
        cache.now(aside.take_back, cache.now(decisions.get, first), WHO)
    assert [row.dismissed_why for row in rows(cache, dismissed=True)] == ["agreed"]


def test_undoing_leaves_what_other_warnings_of_the_record_say(cache, clock):
    opened(cache)
    cache.now(warnings.reconcile, ONE, [explained("first"), explained("second")])
    first = next(row.id for row in rows(cache) if row.reason == "first")
    cache.now(aside.dismiss, [first], "known", WHO)
    cache.now(warnings.reconcile, ONE, [explained("third"), explained("second")])
    told = {row.reason: (row.came_back, row.returned_at) for row in rows(cache)}
    assert told["third"][0].endswith("back because the reason is another one now.")
    clock.forward(60)
    second = next(row.id for row in rows(cache) if row.reason == "second")
    number = cache.now(aside.dismiss, [second], "known too", WHO)
    cache.now(aside.take_back, cache.now(decisions.get, number), WHO)
    assert {row.reason: (row.came_back, row.returned_at) for row in rows(cache)} == told


def test_undoing_a_restoring_puts_aside_until_the_same_day(cache):
    snoozed(cache)
    ids = [row.id for row in rows(cache, snoozed=True)]
    number = cache.now(aside.restore, ids, WHO)
    assert len(rows(cache)) == 1
    cache.now(aside.reinstate, cache.now(decisions.get, number), WHO)
    (row,) = rows(cache, snoozed=True)
    assert (row.snoozed_until, row.dismissed_why) == (in_days(8), "waits for the supplier")


def test_what_is_about_no_record_can_be_snoozed(cache, clock):
    line = Subject("row", "invoice", "a.csv:3")
    cache.now(warnings.reconcile, line, [explained("not_a_number")])
    cache.now(aside.snooze, [row.id for row in rows(cache)], in_days(1), "", WHO)
    clock.forward(1 * DAY)
    assert cache.now(aside.wake) == 1
    assert rows(cache)[0].came_back == "Snoozed until 04 Mar 2025; that day has come."


def test_money_of_a_choice_counts_each_record_once(cache):
    cache.now(records.upsert, [invoice(1), invoice(2, amount="5.50")], "r")
    for n in (1, 2):
        cache.now(warnings.reconcile, record_subject("invoice", str(n)), [explained("a"), explained("b")])
    (money,) = cache.now(money_of, [row.id for row in rows(cache)])
    assert (money.minor, money.count) == (10_550, 2)


def test_handing_over_keeps_owner_and_message_and_is_taken_back(cache):
    ids = opened(cache, 2)
    cache.now(owners.set_owner, ids[:1], "Amina", WHO)
    number = cache.now(owners.hand_over, ids, "Ben", "Please map it", WHO)
    assert [(row.owner, row.note, row.noted_by) for row in rows(cache)] == [("Ben", "Please map it", WHO)] * 2
    assert cache.now(owners.owners) == {"Ben": 2}
    cache.now(owners.take_back, cache.now(decisions.get, number), WHO)
    assert [(row.owner, row.note) for row in rows(cache)] == [("Amina", ""), ("", "")]


def test_notes_are_kept_newest_first_and_for_the_same_warning_opened_again(cache):
    ids = opened(cache)
    for text in ("asked", "asked again"):
        cache.now(owners.note, ids, text, WHO)
    cache.now(warnings.reconcile, ONE, [])
    cache.now(warnings.reconcile, ONE, [explained()])
    assert rows(cache)[0].note == "asked again"
    assert [one.text for one in cache.now(owners.notes_of, ONE)] == ["asked again", "asked"]


def test_what_is_written_about_a_warning_cleared_meanwhile_is_kept(cache):
    ids = opened(cache)
    cache.now(warnings.reconcile, ONE, [])
    cache.now(owners.note, ids, "asked", WHO)
    cache.now(owners.hand_over, ids, "Njeri", "Is it so?", WHO)
    assert [one.text for one in cache.now(owners.notes_of, ONE)] == ["Is it so?", "asked"]
    cache.now(warnings.reconcile, ONE, [explained()])
    assert [(row.owner, row.note) for row in rows(cache)] == [("Njeri", "Is it so?")]


def test_what_is_opened_again_is_still_whose_it_was_and_can_be_taken_back(cache):
    number = cache.now(owners.set_owner, opened(cache), "Amina", WHO)
    cache.now(warnings.reconcile, ONE, [])
    cache.now(warnings.reconcile, ONE, [explained("another"), explained()])
    assert {row.reason: row.owner for row in rows(cache)} == {"another": "", explained().reason: "Amina"}
    cache.now(owners.take_back, cache.now(decisions.get, number), WHO)
    assert {row.owner for row in rows(cache)} == {""}
    cache.now(warnings.reconcile, ONE, [])
    cache.now(warnings.reconcile, ONE, [explained()])
    assert [row.owner for row in rows(cache)] == [""]


def test_undoing_leaves_what_was_given_to_somebody_else_since(cache):
    ids = opened(cache, 2)
    number = cache.now(owners.set_owner, ids, "Amina", WHO)
    cache.now(owners.hand_over, ids[:1], "Njeri", "", "amy@desk")
    cache.now(owners.take_back, cache.now(decisions.get, number), WHO)
    assert [row.owner for row in rows(cache)] == ["Njeri", ""]
    number = cache.now(owners.set_owner, ids, "Amina", WHO)
    cache.now(owners.set_owner, ids, "Njeri", "amy@desk")
    with pytest.raises(SupersededError, match="Who has 2 warnings was decided again since"):
        cache.now(owners.take_back, cache.now(decisions.get, number), WHO)
    assert [row.owner for row in rows(cache)] == ["Njeri", "Njeri"]


def test_a_queue_has_the_warnings_of_one_person(cache):
    ids = opened(cache, 3)
    cache.now(owners.set_owner, ids[:2], "Amina", WHO)
    cache.now(aside.dismiss, ids[:1], "known", WHO)
    assert [row.id for row in rows(cache, owners=("Amina",))] == [ids[1]]
    assert cache.now(owners.owners) == {"Amina": 1}


@pytest.mark.parametrize("undone", ["dismiss", "restore"])
def test_undoing_says_how_far_it_is(cache, monkeypatch, undone):
    monkeypatch.setattr(aside, "SLICE", 2)
    ids = opened(cache, 5)
    cache.now(aside.dismiss, ids, "known", "jo@desk")
    if undone == "restore":
        cache.now(aside.restore, ids, "jo@desk")
    decision = cache.now(decisions.last_undoable, "jo@desk", (undone,))
    told: list[int] = []
    undo = aside.take_back if undone == "dismiss" else aside.reinstate
    cache.now(undo, decision, "jo@desk", told.append)
    assert [more for more in told if more] == [2, 2, 1]
    left = cache.now(page.warning_ids, WarningQuery())
    assert list(left) == (ids if undone == "dismiss" else [])


def test_giving_and_noting_say_how_far_they_are_and_so_does_undoing_them(cache, monkeypatch):
    monkeypatch.setattr(owners, "SLICE", 2)
    ids = opened(cache, 5)
    told: list[int] = []
    cache.now(owners.set_owner, ids, "Amina", WHO, told.append)
    assert told == [2, 2, 1]
    cache.now(owners.hand_over, ids, "Njeri", "Is it so?", WHO, told.append)
    assert told[3:] == [2, 2, 1, 5]
    cache.now(owners.take_back, cache.now(decisions.last_undoable, WHO, ("hand over",)), WHO, told.append)
    assert told[7:] == [2, 2, 1]
    assert {(row.owner, row.note) for row in rows(cache)} == {("Amina", "")}
