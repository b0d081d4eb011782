import peewee
import pytest

from awra_tui.cache.pages import log
from awra_tui.cache.store import outbox, records
from awra_tui.cache.store.outbox import Attempt, Outcome, Request
from awra_tui.records.subject import RecordKey
from tests.cache.conftest import invoice

KEY = RecordKey("invoice", "1")
BODY = '{"TotalAmt":0.10,"note":"naïve"}'.encode()
REQUEST = Request(
    requestid="11111111-2222-3333-4444-555555555555",
    method="POST",
    path="/v3/company/9341/invoice",
    params={"minorversion": "75"},
    body=BODY,
)
ATTEMPT = Attempt(key=KEY, operation="create", entity="Invoice", fingerprint="f", inputs="i", bid="b1")


def prepare(cache):
    cache.now(records.upsert, [invoice(1)], "r")
    return cache.now(outbox.prepare, REQUEST, [ATTEMPT], run_id=4, who="jo@desk")


def test_a_request_is_kept_byte_for_byte_before_it_leaves(cache, clock):
    number = prepare(cache)
    (waiting,) = cache.now(outbox.unanswered)
    assert (waiting.id, waiting.body, waiting.status) == (number, BODY, "created")
    assert (waiting.requestid, waiting.params, waiting.created_at) == (
        REQUEST.requestid,
        {"minorversion": "75"},
        clock.stamp,
    )
    (attempt,) = cache.now(outbox.attempts_of, number)
    assert (attempt.key, attempt.bid, attempt.outcome, attempt.run_id) == (KEY, "b1", "pending", 4)
    assert (attempt.fingerprint, attempt.inputs, attempt.who) == ("f", "i", "jo@desk")


def test_a_requestid_is_never_used_for_other_bytes(cache):
    prepare(cache)
    with pytest.raises(peewee.IntegrityError):
        cache.now(outbox.prepare, REQUEST, [ATTEMPT], run_id=5, who="jo@desk")
    assert len(cache.now(outbox.unanswered)) == 1


def test_request_and_attempts_are_kept_together_or_not_at_all(cache, monkeypatch):
    from awra_tui.cache import rows

    def fail(*_: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr(rows, "insert_many", fail)
    with pytest.raises(RuntimeError, match="the power went"):
        prepare_only_request(cache)
    assert cache.now(outbox.unanswered) == []


def prepare_only_request(cache):
    return cache.now(outbox.prepare, REQUEST, [ATTEMPT], run_id=4, who="jo@desk")


def test_an_answer_settles_request_and_attempts(cache, clock):
    number = prepare(cache)
    cache.now(outbox.mark_sent, number)
    assert cache.now(outbox.unanswered)[0].status == "sent"
    clock.forward(1.5)
    (attempt,) = cache.now(outbox.attempts_of, number)
    outcome = Outcome(attempt_id=attempt.id, outcome="failed", code="6140", message="Duplicate number")
    cache.now(outbox.mark_answered, number, 400, "1-67a", '{"Fault":{}}', [outcome])
    assert cache.now(outbox.unanswered) == []
    (attempt,) = cache.now(outbox.attempts_of, number)
    assert (attempt.outcome, attempt.code, attempt.message) == ("failed", "6140", "Duplicate number")
    assert attempt.ended_at == clock.stamp
    shown = cache.now(log.exchange, number)
    assert (shown.http_status, shown.tid, shown.answer, shown.duration_ms) == (
        400,
        "1-67a",
        '{"Fault":{}}',
        1500,
    )
    assert shown.body == BODY.decode()


def test_without_an_answer_it_stays_to_be_looked_up(cache):
    number = prepare(cache)
    cache.now(outbox.mark_sent, number)
    cache.now(outbox.mark_unknown, number, "The connection was lost.")
    assert [one.status for one in cache.now(outbox.unanswered)] == ["unknown"]
    (attempt,) = cache.now(outbox.attempts_of, number)
    assert (attempt.outcome, attempt.message) == ("unknown", "The connection was lost.")
    cache.now(outbox.mark_looked_up, number, found=False)
    assert cache.now(outbox.unanswered) == []
    assert cache.now(outbox.attempts_of, number)[0].outcome == "not_sent"


def test_an_attempt_that_is_settled_is_not_unsettled_by_its_request(cache):
    cache.now(records.upsert, [invoice(1), invoice(2)], "r")
    both = [ATTEMPT, Attempt(key=RecordKey("invoice", "2"), operation="create", entity="Invoice", bid="b2")]
    number = cache.now(outbox.prepare, REQUEST, both, run_id=1, who="jo@desk")
    first, second = cache.now(outbox.attempts_of, number)
    cache.now(outbox.settle, [Outcome(attempt_id=first.id, outcome="succeeded")])
    cache.now(outbox.mark_unknown, number)
    assert [one.outcome for one in cache.now(outbox.attempts_of, number)] == ["succeeded", "unknown"]
    assert second.bid == "b2"


def test_old_answers_are_forgotten_but_never_bytes_that_may_be_sent_again(cache, clock):
    settled = prepare(cache)
    cache.now(outbox.mark_answered, settled, 200, "t", '{"Invoice":{}}', [])
    other = Request(requestid="other", method="POST", path="/x", params={}, body=b"bytes")
    open_one = cache.now(outbox.prepare, other, [], run_id=1, who="jo@desk")
    assert cache.now(outbox.forget_answers, clock.stamp) == 0
    clock.forward(10)
    assert cache.now(outbox.forget_answers, clock.stamp) == 1
    assert cache.now(outbox.forget_answers, clock.stamp) == 0
    assert cache.now(log.exchange, settled).answer == ""
    assert cache.now(log.exchange, open_one).body == "bytes"


def test_the_last_attempt_of_a_record(cache):
    prepare(cache)
    again = Request(requestid="again", method="POST", path="/x", params={}, body=b"")
    cache.now(outbox.prepare, again, [ATTEMPT], run_id=5, who="jo@desk")
    assert cache.now(outbox.last_attempt, KEY).run_id == 5
    assert cache.now(outbox.last_attempt, RecordKey("invoice", "2")) is None
