from decimal import Decimal

from awra_tui.cache.store import records, references
from awra_tui.cache.store.references import Reference
from awra_tui.records.mapping import StatedRates
from awra_tui.records.record import SourceRecord
from awra_tui.records.status import Status
from awra_tui.records.subject import MappingKey, RecordKey
from tests.cache.conftest import invoice

VAT = MappingKey("tax_code", "VAT 16", "branch=Mombasa")
CUSTOMER = RecordKey("customer", "c1")


def key(number: int) -> RecordKey:
    return RecordKey("invoice", str(number))


def prepare(cache):
    cache.now(
        records.upsert,
        [invoice(1), invoice(2), SourceRecord(kind="customer", source_id="c1", number="")],
        "r",
    )
    needs = [Reference(VAT, role="tax"), Reference(CUSTOMER, role="party")]
    cache.now(references.replace_references, {key(1): needs, key(2): needs[:1]})


def test_needs_come_back_as_they_were_stored(cache):
    prepare(cache)
    assert cache.now(references.needs_of, key(1)) == [
        Reference(VAT, role="tax"),
        Reference(CUSTOMER, role="party"),
    ]


def test_new_needs_take_the_place_of_old_ones(cache):
    prepare(cache)
    other = Reference(MappingKey("term", "Net 30"), required=False)
    cache.now(references.replace_references, {key(1): [other, other]})
    assert cache.now(references.needs_of, key(1)) == [other]
    assert cache.now(references.needs_of, key(2)) == [Reference(VAT, role="tax")]


def test_who_waits_for_a_mapping(cache):
    prepare(cache)
    assert cache.now(references.waiting_for_mapping, VAT) == [key(1), key(2)]
    cache.now(records.set_judgement, key(1), Status.SUCCEEDED)
    assert cache.now(references.waiting_for_mapping, VAT) == [key(2)]
    assert cache.now(references.waiting_for_mapping, MappingKey("tax_code", "VAT 16")) == []


def test_who_waits_for_a_record(cache):
    prepare(cache)
    assert cache.now(references.children_of, CUSTOMER) == [key(1)]
    assert cache.now(references.waiting_for_record, CUSTOMER) == [key(1)]
    cache.now(records.set_judgement, key(1), Status.SUCCEEDED)
    assert cache.now(references.waiting_for_record, CUSTOMER) == []
    assert cache.now(references.children_of, CUSTOMER) == [key(1)]


def test_deleted_records_wait_for_nothing(cache):
    prepare(cache)
    cache.now(records.mark_deleted, [key(1)])
    assert cache.now(references.children_of, CUSTOMER) == []


def test_every_mapping_that_is_needed(cache):
    prepare(cache)
    assert cache.now(references.needed_mappings) == [VAT]


def test_the_rates_that_records_state_follow_what_waits(cache):
    prepare(cache)
    assert cache.now(references.stated_rates) == {}
    rates = {1: "sale=16", 2: "purchase=8 sale=14"}
    cache.now(
        references.replace_references,
        {key(number): [Reference(VAT, rates=stated)] for number, stated in rates.items()},
    )
    assert cache.now(references.needs_of, key(2)) == [Reference(VAT, rates="purchase=8 sale=14")]
    others = {("purchase", Decimal(8)), ("sale", Decimal(14))}
    every = frozenset({("sale", Decimal(16)), *others})
    assert cache.now(references.stated_rates) == {VAT: StatedRates(every, every)}
    cache.now(records.set_judgement, key(2), Status.SUCCEEDED)
    left = cache.now(references.stated_rates)
    assert left == {VAT: StatedRates(every, frozenset({("sale", Decimal(16))}))}
    assert left[VAT].percents == {Decimal(16)}
    assert cache.now(references.needed_mappings) == [VAT]
