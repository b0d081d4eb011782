"""Which records a check goes through, and in which order."""

from awra_tui.cache import Cache
from awra_tui.cache.pages.checkable import ids_of, open_ids, warned_ids
from awra_tui.cache.pages.warning_query import WarningQuery
from awra_tui.cache.store import records, warnings
from awra_tui.cache.store.records import Judged
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey, record_subject
from tests.cache.conftest import explained, invoice

PAYMENT, INVOICE, OTHER = (
    RecordKey("payment", "1"),
    RecordKey("invoice", "2"),
    RecordKey("invoice", "3"),
)
CUSTOMER = RecordKey("customer", "4")


def filled(cache: Cache) -> dict[int, RecordKey]:
    """Keep four records, children before their parents, and return their keys by number."""
    made = [invoice(int(key.source_id), kind=key.kind) for key in (PAYMENT, INVOICE, OTHER, CUSTOMER)]
    cache.now(records.upsert, made, "r")
    heads = cache.now(records.heads, [PAYMENT, INVOICE, OTHER, CUSTOMER])
    return {head.id: key for key, head in heads.items()}


def test_all_that_is_not_in_quickbooks_parents_first(cache: Cache) -> None:
    keys = filled(cache)
    assert [keys[number] for number in cache.now(open_ids)] == [CUSTOMER, INVOICE, OTHER, PAYMENT]
    assert [keys[number] for number in cache.now(open_ids, ["payment", "customer"])] == [CUSTOMER, PAYMENT]
    cache.now(records.set_judgements, [Judged(key=INVOICE, status=Status.SUCCEEDED)])
    assert INVOICE not in {keys[number] for number in cache.now(open_ids)}


def test_what_is_gone_counts_until_it_is_skipped(cache: Cache) -> None:
    keys = filled(cache)
    cache.now(records.mark_deleted, [INVOICE, OTHER])
    cache.now(records.set_judgements, [Judged(key=OTHER, status=Status.SKIPPED)])
    assert [keys[number] for number in cache.now(open_ids)] == [CUSTOMER, INVOICE, PAYMENT]


def test_chosen_records_come_parents_first(cache: Cache) -> None:
    keys = filled(cache)
    nobody = RecordKey("invoice", "99")
    assert [keys[number] for number in cache.now(ids_of, [PAYMENT, nobody, OTHER, CUSTOMER])] == [
        CUSTOMER,
        OTHER,
        PAYMENT,
    ]


def test_records_of_warnings_come_once_as_the_list_is_narrowed(cache: Cache) -> None:
    keys = filled(cache)
    found = {
        record_subject(key.kind, key.source_id): [explained(), explained(reason="missing_date")]
        for key in (PAYMENT, INVOICE, CUSTOMER)
    }
    cache.now(warnings.reconcile_many, found)
    assert [keys[number] for number in cache.now(warned_ids, WarningQuery())] == [CUSTOMER, INVOICE, PAYMENT]
    only = WarningQuery(kinds=("invoice", "payment"))
    assert [keys[number] for number in cache.now(warned_ids, only)] == [INVOICE, PAYMENT]
    assert not cache.now(warned_ids, WarningQuery(dismissed=True))
