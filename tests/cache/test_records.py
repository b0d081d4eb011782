import datetime as dt
from decimal import Decimal

import pytest

from awra_tui.cache.schema import RecordTable
from awra_tui.cache.store import links, records
from awra_tui.records.finding import Verdict
from awra_tui.records.qbo import Link
from awra_tui.records.record import Line, SourceRecord, fingerprint
from awra_tui.records.status import Mark, Status
from awra_tui.records.subject import RecordKey
from tests.cache.conftest import invoice

KEY = RecordKey("invoice", "1")


def test_what_was_read_comes_back_as_it_was(cache):
    record = invoice(
        1, "1234.50", lines=(Line(amount=Decimal("0.1"), quantity=Decimal(3)),), memo="=cmd|' /C calc'!A0\x00"
    )
    done = cache.now(records.upsert, [record], "r1")
    assert (done.new, done.changed, done.same) == (1, 0, 0)
    stored = cache.now(records.get, KEY)
    assert stored.record == record
    assert stored.fingerprint == fingerprint(record)
    assert (stored.status, stored.attempts, stored.deleted) == (Status.PENDING, 0, False)


def test_a_second_reading_tells_new_changed_and_same(cache):
    cache.now(records.upsert, [invoice(1), invoice(2)], "r1")
    done = cache.now(records.upsert, [invoice(1), invoice(2, "7"), invoice(3)], "r2")
    assert (done.new, done.changed, done.same) == (1, 1, 1)
    assert set(done.keys_changed) == {RecordKey("invoice", "2"), RecordKey("invoice", "3")}


def test_of_the_same_key_twice_in_a_reading_the_last_counts(cache):
    done = cache.now(records.upsert, [invoice(1, "1"), invoice(1, "2")], "r1")
    assert done.new == 1
    assert cache.now(records.get, KEY).record.amount == 2


def test_the_last_counts_across_batches_too(cache):
    many = [invoice(n) for n in range(1, 1200)]
    done = cache.now(records.upsert, [*many, invoice(1, "2")], "r1")
    assert (done.new, done.changed) == (1199, 1)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Status.SUCCEEDED, Status.PENDING),
        (Status.FAILED, Status.FAILED),
        (Status.UNKNOWN, Status.UNKNOWN),
        (Status.SKIPPED, Status.PENDING),
    ],
)
def test_a_sent_or_skipped_record_becomes_pending_when_it_changes(cache, before, after):
    cache.now(records.upsert, [invoice(1)], "r1")
    sent = fingerprint(invoice(1))
    cache.now(
        links.add, Link(kind="invoice", source_id="1", entity="Invoice", qbo_id="9", fingerprint=sent), "me"
    )
    cache.now(records.set_judgement, KEY, before)
    cache.now(records.upsert, [invoice(1, "7")], "r2")
    assert cache.now(records.get, KEY).status is after
    assert cache.now(links.of, KEY)[0].fingerprint == sent


def test_the_same_record_read_again_stays_sent(cache):
    cache.now(records.upsert, [invoice(1)], "r1")
    cache.now(records.set_judgement, KEY, Status.SUCCEEDED)
    cache.now(records.upsert, [invoice(1)], "r2")
    assert cache.now(records.get, KEY).status is Status.SUCCEEDED


def test_only_records_of_the_kind_that_a_reading_did_not_bring_are_missing(cache):
    other = SourceRecord(kind="customer", source_id="1", number="C-1")
    cache.now(records.upsert, [invoice(1), invoice(2), other], "r1")
    cache.now(records.upsert, [invoice(2)], "r2")
    assert cache.now(records.missing_since, "r2", "invoice") == [KEY]


def test_a_deleted_record_is_kept_and_comes_back_as_changed(cache):
    cache.now(records.upsert, [invoice(1)], "r1")
    cache.now(records.mark_deleted, [KEY])
    assert cache.now(records.get, KEY).deleted
    assert cache.now(records.missing_since, "r2", "invoice") == []
    assert cache.now(records.to_judge, ["invoice"]) == []
    done = cache.now(records.upsert, [invoice(1)], "r3")
    assert done.changed == 1
    assert not cache.now(records.get, KEY).deleted


def test_what_is_judged(cache, clock):
    cache.now(records.upsert, [invoice(n) for n in range(1, 9)], "r1")
    statuses = dict(zip(range(1, 8), Status, strict=True))
    for number, status in statuses.items():
        later = clock.stamp if number == 5 else ""
        cache.now(records.set_judgement, RecordKey("invoice", str(number)), status, retry_at=later)
    judged = {stored.key.source_id for stored in cache.now(records.to_judge, ["invoice", "bill"])}
    not_judged = {str(n) for n, status in statuses.items() if status in {Status.SUCCEEDED, Status.UNKNOWN}}
    assert judged == {str(n) for n in range(1, 9)} - not_judged
    assert cache.now(records.to_judge, ["bill"]) == []


def test_a_retry_waits_for_its_time(cache, clock):
    cache.now(records.upsert, [invoice(1)], "r1")
    clock.forward(60)
    cache.now(records.set_judgement, KEY, Status.RETRYING, retry_at=clock.stamp)
    clock.forward(-1)
    assert cache.now(records.to_judge, ["invoice"]) == []
    clock.forward(1)
    assert [stored.key for stored in cache.now(records.to_judge, ["invoice"])] == [KEY]


def test_pages_of_what_is_judged_meet_without_gap_or_overlap(cache):
    cache.now(records.upsert, [invoice(n) for n in range(1, 24)], "r1")
    seen: list[str] = []
    after = 0
    while page := cache.now(records.to_judge, ["invoice"], after, 5):
        seen += [stored.key.source_id for stored in page]
        after = page[-1].id
    assert seen == [str(n) for n in range(1, 24)]


def test_a_judgement_is_stored_and_not_written_twice(cache):
    cache.now(records.upsert, [invoice(1)], "r1")
    verdicts = (Verdict("ready", Mark.STOP, "Not approved yet."),)
    one = records.Judged(
        key=KEY,
        status=Status.SKIPPED,
        verdicts=verdicts,
        shipment='{"a":1}',
        skipped_because="kind off",
        failed_inputs="abc",
    )
    assert cache.now(records.set_judgements, [one]) == 1
    assert cache.now(records.set_judgements, [one]) == 0
    stored = cache.now(records.get, KEY)
    assert (stored.status, stored.verdicts, stored.shipment) == (Status.SKIPPED, verdicts, '{"a":1}')
    assert (stored.skipped_because, stored.failed_inputs) == ("kind off", "abc")


def test_failed_inputs_stay_unless_said_otherwise(cache):
    cache.now(records.upsert, [invoice(1)], "r1")
    cache.now(records.set_judgement, KEY, Status.FAILED, failed_inputs="abc")
    cache.now(records.set_judgement, KEY, Status.NEEDS_ATTENTION)
    assert cache.now(records.get, KEY).failed_inputs == "abc"
    cache.now(records.set_judgement, KEY, Status.PENDING, failed_inputs="")
    assert cache.now(records.get, KEY).failed_inputs == ""


def test_judging_what_is_not_there_does_nothing(cache):
    assert cache.now(records.set_judgements, [records.Judged(key=KEY, status=Status.FAILED)]) == 0


def test_released_records_wait_for_the_sync_until_they_are_tried(cache):
    cache.now(records.upsert, [invoice(1), invoice(2)], "r1")
    cache.now(records.set_judgement, KEY, Status.NEEDS_ATTENTION)
    cache.now(records.set_judgement, RecordKey("invoice", "2"), Status.SUCCEEDED)
    assert cache.now(records.release, [KEY, RecordKey("invoice", "2"), RecordKey("bill", "1")]) == 1
    stored = cache.now(records.get, KEY)
    assert (stored.status, stored.released) == (Status.PENDING, True)
    cache.now(records.set_judgement, KEY, Status.PENDING)
    assert cache.now(records.get, KEY).released
    cache.now(records.set_judgement, KEY, Status.FAILED)
    assert not cache.now(records.get, KEY).released


def test_attempts_are_counted_with_their_time(cache, clock):
    cache.now(records.upsert, [invoice(1), invoice(2)], "r1")
    cache.now(records.count_attempt, [KEY])
    clock.forward(5)
    cache.now(records.count_attempt, [KEY])
    stored = cache.now(records.get, KEY)
    assert (stored.attempts, stored.last_attempt_at) == (2, clock.stamp)
    assert cache.now(records.get, RecordKey("invoice", "2")).attempts == 0


def test_heads_say_what_parents_are_asked_for(cache):
    cache.now(records.upsert, [invoice(1, "12.5", approved=False)], "r1")
    head = cache.now(records.heads, [KEY, RecordKey("invoice", "2")])[KEY]
    assert (head.name, head.amount_minor, head.currency, head.approved) == (
        "invoice/INV-1",
        1250,
        "KES",
        False,
    )
    assert head.date == dt.date(2025, 3, 1).isoformat()


def test_more_keys_than_one_statement_takes(cache):
    cache.now(records.upsert, [invoice(n) for n in range(1300)], "r1")
    keys = [RecordKey("invoice", str(n)) for n in range(1300)]
    assert list(cache.now(records.many, keys)) == keys
    assert (
        cache.now(records.set_judgements, [records.Judged(key=k, status=Status.FAILED) for k in keys]) == 1300
    )
    assert cache.now(lambda: RecordTable.select().where(RecordTable.status == "failed").count()) == 1300


def test_a_name_is_only_a_name(cache):
    nasty = "x'; DROP TABLE record; --"
    cache.now(records.upsert, [invoice(1, source_id=nasty, number="100%_", party_name=nasty)], "r1")
    assert cache.now(records.get, RecordKey("invoice", nasty)).record.party_name == nasty
