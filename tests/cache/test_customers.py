"""What stands on the card of a customer, on both databases."""

from awra_tui.cache.pages.customers import customer_page
from awra_tui.cache.store import records, references
from awra_tui.cache.store.references import Reference
from awra_tui.records.subject import RecordKey
from tests.health.world import customer, invoice, payment


def test_the_money_of_others_counts_once_it_is_approved(cache):
    paid = [payment("PAY-1", party_id="C-20"), payment("PAY-2", party_id="C-20", approved=False)]
    cache.now(records.upsert, [customer("C-17"), invoice(), *paid], "reading")
    applied = [Reference(RecordKey("invoice", "S-INV-1042"), role="application")]
    cache.now(references.replace_references, {RecordKey("payment", one.source_id): applied for one in paid})
    page = cache.now(customer_page, RecordKey("customer", "C-17"))
    assert [one.key.source_id for one in page.others] == ["S-PAY-1"]
