"""What records carry, as far as a company's settings decide what becomes of it."""

import datetime as dt
from decimal import Decimal

from awra_tui.cache import Cache
from awra_tui.cache.pages.sending import sending
from awra_tui.cache.store import objects, records, references
from awra_tui.cache.store.references import Reference
from awra_tui.records.qbo import Company, QboObject
from awra_tui.records.record import Line
from awra_tui.records.rules import Sending
from awra_tui.records.subject import MappingKey, RecordKey
from tests.cache.conftest import invoice

OPEN = Company(realm="9341")
CLOSED = Company(realm="9341", closing_date=dt.date(2025, 3, 1), allows_discount=False)
OFF = (Line(amount=Decimal(10)), Line(amount=Decimal(-1), discount=True))


def test_nothing_carries_nothing(cache: Cache) -> None:
    assert cache.now(sending, CLOSED) == Sending()


def test_records_say_kinds_currencies_and_what_they_map(cache: Cache) -> None:
    cache.now(records.upsert, [invoice(1), invoice(2, currency="USD"), invoice(3, kind="bill")], "r")
    needs = [Reference(MappingKey("class", "Retail"), role="class")]
    cache.now(references.replace_references, {RecordKey("invoice", "1"): needs})
    cache.now(objects.upsert, [QboObject(entity="Invoice", id="9", currency="EUR")])
    found = cache.now(sending, OPEN)
    assert found.kinds == {"invoice", "bill"}
    assert found.currencies == {"KES", "USD"}
    assert found.mappings == {"class"}


def test_discounts_are_looked_for_where_they_matter(cache: Cache) -> None:
    cache.now(records.upsert, [invoice(1, memo='"discount":true')], "r")
    assert not cache.now(sending, CLOSED).discounts
    cache.now(records.upsert, [invoice(2, lines=OFF)], "r")
    assert cache.now(sending, CLOSED).discounts
    assert not cache.now(sending, OPEN).discounts


def test_what_waits_in_the_closed_period_is_counted(cache: Cache) -> None:
    days = [dt.date(2025, 2, 28), dt.date(2025, 3, 1), dt.date(2025, 3, 2), None]
    cache.now(records.upsert, [invoice(number, date=day) for number, day in enumerate(days)], "r")
    cache.now(records.upsert, [invoice(9, kind="purchase_order"), invoice(8, kind="customer")], "r")
    assert cache.now(sending, CLOSED).closed == 2
    assert cache.now(sending, OPEN).closed == 0
