import datetime as dt
import time

import pytest

from awra_tui.cache.pages import log
from awra_tui.cache.store import outbox, records, runs
from awra_tui.cache.store.outbox import Attempt, Outcome, Request
from awra_tui.records.subject import RecordKey
from tests.cache.conftest import invoice

WHO = "jo@desk"


def ended(cache, *, changed=True, sentence=""):
    number = cache.now(runs.begin, "schedule", "send", WHO)
    cache.now(runs.end, number, "done", sentence, {"sent": 2} if changed else {}, changed=changed)
    return number


def sent(cache, number, requestid, tid, run_id):
    cache.now(records.upsert, [invoice(number, f"{number}234.50", reference=f"REF-{number}")], "r")
    request = Request(requestid=requestid, method="POST", path="/x", params={}, body=b"{}")
    attempt = Attempt(key=RecordKey("invoice", str(number)), operation="create", entity="Invoice")
    request_id = cache.now(outbox.prepare, request, [attempt], run_id=run_id, who=WHO)
    cache.now(outbox.mark_sent, request_id)
    (stored,) = cache.now(outbox.attempts_of, request_id)
    outcome = Outcome(attempt_id=stored.id, outcome="succeeded")
    cache.now(outbox.mark_answered, request_id, 200, tid, "{}", [outcome])
    return request_id


def test_a_run_comes_back_as_it_went(cache, clock):
    number = cache.now(runs.begin, "person", "send", WHO)
    began = clock.stamp
    assert cache.now(log.running).id == number
    assert cache.now(log.last_run) is None
    clock.forward(30)
    cache.now(runs.end, number, "done", "2 sent.", {"sent": 2})
    shown = cache.now(log.run, number)
    assert (shown.trigger, shown.direction, shown.who) == ("person", "send", WHO)
    assert (shown.started_at, shown.ended_at, shown.outcome) == (began, clock.stamp, "done")
    assert (shown.sentence, shown.counts, shown.changed) == ("2 sent.", {"sent": 2}, True)
    assert cache.now(log.running) is None
    assert cache.now(log.last_run) == shown
    assert cache.now(log.run, number + 1) is None


def test_a_run_that_shows_no_life_is_not_running_and_is_ended(cache, clock):
    number = cache.now(runs.begin, "person", "send", WHO)
    clock.forward(log.ALIVE_SECONDS)
    cache.now(runs.heartbeat, number)
    clock.forward(log.ALIVE_SECONDS)
    assert cache.now(log.running).id == number
    assert cache.now(runs.end_dead, log.ALIVE_SECONDS) == 0
    clock.forward(1)
    assert cache.now(log.running) is None
    assert cache.now(runs.end_dead, log.ALIVE_SECONDS) == 1
    assert cache.now(log.run, number).outcome == "died"


def test_runs_in_a_row_that_changed_nothing_are_one_row(cache):
    first = ended(cache)
    quiet = [ended(cache, changed=False) for _ in range(3)]
    last = ended(cache)
    shown = cache.now(log.runs)
    assert [(row.id, row.folded) for row in shown] == [(last, 0), (quiet[-1], 2), (first, 0)]
    assert len(cache.now(log.runs, fold=False)) == 5
    assert [row.id for row in cache.now(log.runs, before_id=quiet[0])] == [first]


def test_a_run_that_goes_on_is_not_folded(cache):
    ended(cache, changed=False)
    going_on = cache.now(runs.begin, "person", "send", WHO)
    first, second = cache.now(log.runs)
    assert (first.id, first.folded, second.folded) == (going_on, 0, 0)


def test_attempts_are_listed_newest_first_with_their_exchange(cache, clock):
    sent(cache, 1, "req-a", "1-67AB", 7)
    second = sent(cache, 2, "req-b", "1-67CD", 8)
    newest, oldest = cache.now(log.attempts)
    assert (newest.number, newest.run_id, newest.request_id) == ("INV-2", 8, second)
    assert (newest.tid, newest.requestid, newest.http_status) == ("1-67CD", "req-b", 200)
    assert (newest.amount_minor, newest.currency, newest.outcome) == (223450, "KES", "succeeded")
    assert cache.now(log.attempts, before_id=newest.id) == [oldest]
    assert cache.now(log.attempts, run_id=7) == [oldest]
    assert cache.now(log.attempts, kind="invoice", source_id="1") == [oldest]
    assert cache.now(log.attempts, limit=1) == [newest]


def test_attempts_are_searched_by_what_people_know(cache):
    sent(cache, 1, "req-a", "1-67AB", 7)
    sent(cache, 2, "req-b", "1-67CD", 38)

    def found(text):
        return [row.source_id for row in cache.now(log.attempts, text=text)]

    assert found("INV-1") == ["1"]
    assert found("acacia") == ["2", "1"]
    assert found("ref-2") == ["2"]
    assert found("2,234.50") == ["2"]
    assert found("REQ-B") == ["2"]
    assert found("1-67ab") == ["1"]
    assert found("run 38") == ["2"]
    assert found("acacia inv-2") == ["2"]
    assert found("%") == []
    assert found("nothing of the kind") == []


def test_an_exchange_that_is_not_there(cache):
    assert cache.now(log.exchange, 1) is None


@pytest.fixture
def _nairobi(monkeypatch):
    monkeypatch.setenv("TZ", "Africa/Nairobi")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("_nairobi")
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("22:30", ["1"]),
        ("22:3", ["2", "1"]),
        ("22:", ["2", "1"]),
        ("22:31:05", ["2"]),
        ("22:31:06", []),
        ("02 Mar", ["2", "1"]),
        ("02 mar 2025 22:31", ["2"]),
        ("2025-03-02", ["2", "1"]),
        ("3 Mar", ["3"]),
        ("2025-03-03 00:30", ["3"]),
        ("02 Mar 2024", []),
        ("31 feb", []),
        ("inv-1 22:30", ["1"]),
        ("19:30", []),
    ],
)
def test_attempts_are_found_by_local_day_and_time_as_the_screen_writes_them(cache, clock, text, found):
    for number, moment in enumerate(("02T19:30:00", "02T19:31:05", "02T21:30:00"), start=1):
        clock.set(dt.datetime.fromisoformat(f"2025-03-{moment}+00:00"))
        sent(cache, number, f"req-{number}", f"1-{number}", 7)
    assert [row.source_id for row in cache.now(log.attempts, text=text)] == found
