from awra_tui.cache.store import links, marked, objects, outbox, records, sendings
from awra_tui.cache.store.outbox import Attempt, Outcome, Request
from awra_tui.records.qbo import Link, QboObject
from awra_tui.records.subject import RecordKey
from tests.cache.conftest import invoice


def payment(qbo_id: str, mark: str = "PAY-1", **fields: object) -> QboObject:
    return QboObject(**{"entity": "Payment", "id": qbo_id, "mark": mark, **fields})


def connect(cache, source_id: str, qbo_id: str) -> None:
    link = Link(kind="payment", source_id=source_id, entity="Payment", qbo_id=qbo_id)
    cache.now(links.add, link, "jo@desk")


def test_marks_that_several_objects_of_one_entity_carry(cache):
    several = [payment("1"), payment("2"), payment("3", "PAY-3"), payment("4", ""), payment("5", "")]
    cache.now(objects.upsert, [*several, payment("6", "PAY-3", entity="Invoice")])
    assert cache.now(marked.repeated, "Payment") == ["PAY-1"]
    assert cache.now(marked.repeated, "Bill") == []


def test_objects_with_a_mark_that_nobody_is_connected_to(cache):
    cache.now(objects.upsert, [payment("1"), payment("2"), payment("3"), payment("4", "PAY-4")])
    cache.now(objects.mark_deleted, [("Payment", "3")])
    connect(cache, "p1", "1")
    assert [one.id for one in cache.now(marked.unlinked, "Payment", ["PAY-1", "PAY-1"])] == ["2"]
    assert cache.now(marked.holders, "Payment", ["PAY-1", "PAY-4"]) == [RecordKey("payment", "p1")]
    cache.now(links.close, RecordKey("payment", "p1"), "main", "jo@desk")
    assert [one.id for one in cache.now(marked.unlinked, "Payment", ["PAY-1"])] == ["1", "2"]
    assert cache.now(marked.holders, "Payment", ["PAY-1"]) == []


def test_marks_that_records_of_one_kind_share(cache):
    given = [invoice(1, number="A"), invoice(2, number="A"), invoice(3, number="B"), invoice(4, number="C")]
    cache.now(records.upsert, given, "r")
    assert cache.now(marked.shared, "invoice", ["A", "B", "C"]) == {"A"}
    assert cache.now(marked.shared, "payment", ["A"]) == set()
    cache.now(records.mark_deleted, [RecordKey("invoice", "2")])
    assert cache.now(marked.shared, "invoice", ["A", "B", "C"]) == set()


def test_when_a_record_was_sent_to_be_created(cache, clock):
    key = RecordKey("invoice", "1")
    cache.now(records.upsert, [invoice(1)], "r")
    assert cache.now(sendings.last_creation, key) is None
    first = send(cache, key, "create")
    created = clock.stamp
    clock.forward(200)
    cache.now(outbox.mark_sent, first)
    again = clock.stamp
    clock.forward(200)
    send(cache, key, "update")
    assert cache.now(sendings.last_creation, key) == sendings.Sending(created, again)
    unsent = send(cache, key, "create")
    [attempt] = cache.now(outbox.attempts_of, unsent)
    cache.now(outbox.settle, [Outcome(attempt_id=attempt.id, outcome="not_sent")])
    assert cache.now(sendings.last_creation, key) == sendings.Sending(created, again)


def send(cache, key: RecordKey, operation: str) -> int:
    count = len(cache.now(outbox.unanswered))
    request = Request(requestid=f"r-{count}", method="POST", path="/", params={}, body=b"{}")
    attempt = Attempt(key=key, operation=operation, entity="Invoice")
    number = cache.now(outbox.prepare, request, [attempt], run_id=1, who="jo@desk")
    cache.now(outbox.mark_sent, number)
    return number
