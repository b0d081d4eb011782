"""Whatever is done to records, the kept counts are what counting would say."""

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from awra_tui.cache import rows
from awra_tui.cache.pages import overview
from awra_tui.cache.schema import MODELS, ProfileTable
from awra_tui.cache.store import aside, objects, records, references, warnings
from awra_tui.cache.store.tallies import WAITING, counted
from awra_tui.records.qbo import QboObject
from awra_tui.records.status import Status
from awra_tui.records.subject import MappingKey, RecordKey, record_subject
from tests.cache.conftest import explained, invoice

NUMBERS = st.integers(1, 4)
VAT = MappingKey("tax_code", "VAT 16")
NET = MappingKey("term", "Net 30", "branch=Mombasa")

STEPS = st.one_of(
    st.tuples(st.just("read"), NUMBERS, st.integers(-500, 500), st.sampled_from(["KES", "USD", "JPY"])),
    st.tuples(st.just("judge"), NUMBERS, st.sampled_from(list(Status))),
    st.tuples(st.just("need"), NUMBERS, st.sets(st.sampled_from([VAT, NET]))),
    st.tuples(st.just("warn"), NUMBERS, st.sets(st.sampled_from(["a", "b"]))),
    st.tuples(st.just("dismiss"), NUMBERS),
    st.tuples(st.just("delete"), NUMBERS),
    st.tuples(st.just("release"), NUMBERS),
)


def key(number: int) -> RecordKey:
    return RecordKey("invoice", str(number))


def read(number: int, amount: int, currency: str) -> None:
    records.upsert([invoice(number, currency=currency, amount=Decimal(amount) / 100)], "r")


def need(number: int, mappings: set[MappingKey]) -> None:
    references.replace_references({key(number): [references.Reference(one) for one in sorted(mappings)]})


def warn(number: int, reasons: set[str]) -> None:
    found = [explained(reason) for reason in sorted(reasons)]
    warnings.reconcile(record_subject("invoice", str(number)), found)


def dismiss(number: int) -> None:
    open_ids = rows.select("SELECT id FROM warning WHERE subject_id = ?", (str(number),))
    aside.dismiss([row[0] for row in open_ids], "known", "jo@desk")


DO = {
    "read": read,
    "need": need,
    "warn": warn,
    "dismiss": dismiss,
    "judge": lambda number, status: records.set_judgement(key(number), status),
    "delete": lambda number: records.mark_deleted([key(number)]),
    "release": lambda number: records.release([key(number)]),
}


def empty() -> None:
    for model in MODELS:
        if model is not ProfileTable:
            model.delete().execute()


def kept_tally() -> Counter[tuple[object, ...]]:
    found = rows.select("SELECT kind, status, warned, currency, records, minor FROM tally")
    return Counter({(k, s, bool(w), c): (n, m) for k, s, w, c, n, m in found if n or m})


def counted_tally() -> Counter[tuple[object, ...]]:
    counted: Counter[tuple[object, ...]] = Counter()
    money: Counter[tuple[object, ...]] = Counter()
    statement = "SELECT kind, status, id, currency, amount_minor FROM record WHERE deleted_at = ''"
    for kind, status, number, currency, minor in rows.select(statement):
        warned = bool(
            rows.select(
                "SELECT COUNT(*) FROM warning WHERE record_id = ? AND closed_at = '' AND dismissed = ?",
                (number, False),
            )[0][0]
        )
        counted[kind, status, warned, currency] += 1
        money[kind, status, warned, currency] += minor
    return Counter({one: (counted[one], money[one]) for one in counted})


def kept_needs() -> dict[tuple[object, ...], tuple[int, int, int]]:
    found = rows.select("SELECT kind, value, scope, currency, records, waiting, minor FROM need")
    return {tuple(row[:4]): tuple(row[4:]) for row in found if any(row[4:])}


def counted_needs() -> dict[tuple[object, ...], tuple[int, int, int]]:
    counted: dict[tuple[object, ...], tuple[int, int, int]] = {}
    statement = """
        SELECT e.kind, e.value, e.scope, r.currency, r.status, r.amount_minor
        FROM reference e JOIN record r ON r.id = e.record_id
        WHERE r.deleted_at = '' AND e.target = 'mapping'"""
    for kind, value, scope, currency, status, minor in rows.select(statement):
        waits = status in WAITING
        count, waiting, money = counted.get((kind, value, scope, currency), (0, 0, 0))
        counted[kind, value, scope, currency] = (count + 1, waiting + waits, money + (minor if waits else 0))
    return counted


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEPS, max_size=14))
@example([("read", 1, 500, "KES"), ("need", 1, {VAT, NET}), ("delete", 1)])
@example(
    [("read", 1, 500, "KES"), ("need", 1, {VAT}), ("judge", 1, Status.SUCCEEDED), ("read", 1, 700, "USD")]
)
@example(
    [
        ("read", 1, 500, "KES"),
        ("warn", 1, {"a", "b"}),
        ("dismiss", 1),
        ("read", 1, 600, "KES"),
        ("warn", 1, {"a"}),
    ]
)
def test_kept_counts_are_what_counting_says(cache, steps):
    cache.now(empty)
    for name, *values in steps:
        cache.now(DO[name], *values)
    assert cache.now(kept_tally) == cache.now(counted_tally)
    assert cache.now(kept_needs) == cache.now(counted_needs)


OBJECTS = st.lists(
    st.tuples(st.sampled_from(["Invoice", "Customer"]), NUMBERS, st.booleans(), st.booleans()), max_size=12
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(OBJECTS)
def test_kept_counts_of_objects_are_what_counting_says(cache, steps):
    cache.now(empty)
    for entity, number, deleted, by_mark in steps:
        if by_mark:
            cache.now(objects.mark_deleted, [(entity, str(number))])
        else:
            cache.now(objects.upsert, [QboObject(entity=entity, id=str(number), deleted=deleted)])
    shown = {row.kind: row.qbo for row in cache.now(overview.overview).kinds}
    assert shown["invoice"] == cache.now(objects.count, "Invoice")
    assert shown["customer"] == cache.now(objects.count, "Customer")


def test_a_change_that_fails_changes_no_count(cache):
    cache.now(records.upsert, [invoice(1)], "r")
    before = cache.now(kept_tally)

    def fail() -> None:
        with counted([1]):
            rows.execute("UPDATE record SET status = 'failed'")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        cache.now(fail)
    assert cache.now(kept_tally) == before == cache.now(counted_tally)
