"""What is looked at before anything is sent: each with a record that breaks it, beside one that does not."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from awra_tui.health.judge import judge
from awra_tui.health.reasons import explain
from awra_tui.records.finding import Judgement
from awra_tui.records.qbo import QboObject
from awra_tui.records.record import Application, SourceRecord
from awra_tui.records.rules import Rules
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from tests.health.world import (
    NOV_3,
    World,
    bill,
    customer,
    invoice,
    item,
    journal,
    line,
    nairobi,
    payment,
    vendor,
)

OCT_31 = dt.date(2026, 10, 31)
CREATING = Rules(new_names=dict.fromkeys(("customer", "vendor", "item"), "create"))


def nothing(_: World) -> None:
    """Leave the world in order."""


@dataclass(frozen=True)
class Case:
    """A record that is in order, the same broken or in a world that breaks it, and what is said then."""

    reason: str
    broken: SourceRecord
    good: SourceRecord = field(default_factory=invoice)
    breaking: Callable[[World], Any] = nothing


def company(**changes: Any) -> Callable[[World], None]:
    def change(world: World) -> None:
        world.company = replace(world.company, **changes)

    return change


def there(entity: str, **fields: Any) -> Callable[[World], None]:
    return lambda world: world.add(QboObject(entity=entity, id="901", **fields))


def now(entity: str, qbo_id: str, **changes: Any) -> Callable[[World], None]:
    return lambda world: world.change(entity, qbo_id, **changes)


def sent_before(when: dt.date) -> Callable[[World], None]:
    """An invoice that went with another memo, and that QuickBooks has on this date."""

    def change(world: World) -> None:
        body = judge(invoice(), world).shipments[0].body
        world.link(invoice(), "900", fingerprint="older", sent="{}")
        world.change("Invoice", "900", date=when, content=body | {"Id": "900", "SyncToken": "0"})

    return change


def not_mapped(world: World) -> None:
    world.mappings.clear()


def open_with(balance: str, party: str) -> Callable[[World], None]:
    """The invoice that is paid, with what is open of it and whose it is."""

    def change(world: World) -> None:
        amount = Decimal(balance)
        world.add(QboObject(entity="Customer", id="71", name="Mangrove Hotel"))
        world.add(
            QboObject(entity="Invoice", id="900", party_id=party, balance=amount, content={"Balance": amount})
        )
        world.link(invoice(), "900")

    return change


def connected_twin(world: World) -> None:
    """Another record with the same number, which is in QuickBooks."""
    world.link(msgspec.structs.replace(invoice(), source_id="first"), "900")
    world.change("Invoice", "900", number="INV-1042")


TERMS = invoice(terms="30 days")
CASH = payment(applications=())

CASES = {
    "date": Case("missing_date", invoice(date=None)),
    "customer": Case("missing_party", invoice(party_id="")),
    "lines": Case("missing_lines", invoice(lines=())),
    "currency given": Case("missing_currency", invoice(currency="")),
    "closing date": Case("closed_period", invoice(date=OCT_31)),
    "closing date of a payment": Case("closed_period", payment(date=OCT_31, applications=())),
    "new date of a change": Case("closed_period", invoice(date=OCT_31), breaking=sent_before(NOV_3)),
    "old date of a change": Case("closed_period", invoice(memo="new"), breaking=sent_before(OCT_31)),
    "custom numbers": Case("numbers_are_automatic", invoice(), breaking=company(custom_numbers=False)),
    "length of a number": Case("number_too_long", invoice("N" * 22), invoice("N" * 21)),
    "length of a bill's number": Case("number_too_long", bill("N" * 22), bill("N" * 21)),
    "number in use": Case("same_number", invoice(), breaking=there("Invoice", number="inv-1042")),
    "differing rates": Case(
        "tax_rate_differs", invoice(), breaking=lambda world: world.rates.update({("5", "sale"): Decimal(8)})
    ),
    "rate of prices with tax": Case(
        "tax_rate_unknown",
        invoice(tax_mode="inclusive", lines=(line("11600.00", tax_rate=None),)),
        invoice(tax_mode="inclusive", lines=(line("11600.00"),)),
        breaking=lambda world: world.rates.clear(),
    ),
    "tax mode": Case(
        "prices_include_tax",
        invoice(tax_mode="inclusive", lines=(line("11600.00"),)),
        invoice(tax_mode="inclusive", lines=(line("11600.00"),)),
        breaking=company(us_tax=True),
    ),
    "currency in use": Case(
        "currency_not_in_use", invoice(currency="USD"), breaking=company(multi_currency=False)
    ),
    "currency of the customer": Case("other_currency", invoice(currency="USD")),
    "inactive customer": Case("no_longer_active", invoice(), breaking=now("Customer", "70", active=False)),
    "inactive item": Case("no_longer_active", invoice(), breaking=now("Item", "40", active=False)),
    "deleted tax code": Case("mapped_to_deleted", invoice(), breaking=now("TaxCode", "5", deleted=True)),
    "inactive class": Case("mapped_to_inactive", journal(), journal(), now("Class", "11", active=False)),
    "inactive terms": Case("mapped_to_inactive", TERMS, TERMS, now("Term", "3", active=False)),
    "inactive account": Case("mapped_to_inactive", journal(), journal(), now("Account", "86", active=False)),
    "inactive method": Case("mapped_to_inactive", CASH, CASH, now("PaymentMethod", "2", active=False)),
    "inactive deposit account": Case(
        "deposit_account_inactive", CASH, CASH, now("Account", "80", active=False)
    ),
    "type of a deposit account": Case(
        "wrong_deposit_account", CASH, CASH, now("Account", "80", type="Income")
    ),
    "credit that applied itself": Case("too_little_open", payment(), CASH, open_with("0.00", "70")),
    "invoice of another customer": Case("applied_to_anothers", payment(), CASH, open_with("11600.00", "71")),
    "number of a connected invoice": Case("number_connected_already", invoice(), breaking=connected_twin),
    "reference that nothing has": Case("refers_to_missing", invoice(party_id="C-99")),
    "mapping": Case("not_mapped", invoice(), breaking=not_mapped),
    "sum of the lines": Case("sums_do_not_match", invoice(amount=Decimal("11700.00"))),
    "tax in the sum": Case("sums_do_not_match", invoice(tax=Decimal("1700.00"))),
    "fraction of a cent": Case("too_many_decimals", invoice(lines=(line("10000.001"),))),
    "more applied than paid": Case(
        "applied_too_much", payment(amount=Decimal(1), applications=(Application("x", "x", Decimal(2)),))
    ),
    "debits and credits": Case("debits_not_credits", journal(lines=journal().lines[:1] * 2), journal()),
    "colon in a name": Case("forbidden_sign", customer("C-9", "Baobab: Café"), customer("C-9", "Mangrove")),
    "tab in a name": Case("forbidden_sign", vendor("V-9", "Tea\tLtd"), vendor("V-9", "Tea Estates")),
    "line break in a name": Case("forbidden_sign", item("P-9", "Tea\nGreen"), item("P-9", "Green tea")),
    "length of a customer's name": Case(
        "name_too_long", customer("C-9", "A" * 501), customer("C-9", "A" * 500)
    ),
    "length of a vendor's name": Case("name_too_long", vendor("V-9", "A" * 501), vendor("V-9", "A" * 500)),
    "length of an item's name": Case("name_too_long", item("P-9", "A" * 101), item("P-9", "A" * 100)),
    "name of a vendor": Case(
        "name_is_taken",
        customer("C-9", "Highland Growers"),
        customer("C-9", "Mangrove"),
    ),
}


def judged(record: SourceRecord, breaking: Callable[[World], Any]) -> Judgement:
    world = nairobi()
    world.rules = CREATING
    breaking(world)
    return judge(record, world)


@pytest.mark.parametrize("name", CASES)
def test_it_is_said_before_sending_and_only_then(name: str) -> None:
    case = CASES[name]
    assert judged(case.good, nothing).findings == ()
    broken = judged(case.broken, case.breaking)
    assert case.reason in {finding.reason for finding in broken.findings}
    assert broken.shipments == ()
    assert broken.status is Status.NEEDS_ATTENTION
    for told in map(explain, broken.findings):
        assert not re.search(r"  | [.,:;]|[{}]|\"\"|None", told.sentence + told.action), told
        assert told.cause.partition(":")[2].strip("/@"), told


def test_what_is_not_approved_is_left_alone() -> None:
    draft = msgspec.structs.replace(invoice(), approved=False, state="draft")
    assert judged(draft, nothing).skipped_because == "draft, not approved in the source (draft)"
    assert judged(invoice(), nothing).skipped_because == ""


def test_a_payment_of_five_invoices_of_which_one_is_missing_is_held_whole() -> None:
    numbers = [f"INV-{place}" for place in range(5)]
    paid = payment(
        amount=Decimal(500),
        applications=tuple(Application("invoice", f"S-{number}", Decimal(100)) for number in numbers),
    )

    def with_invoices(count: int) -> World:
        world = nairobi()
        for place, number in enumerate(numbers[:count]):
            world.link(invoice(number), str(900 + place))
        return world

    assert len(judge(paid, with_invoices(5)).shipments[0].body["Line"]) == 5
    [missing] = judge(paid, with_invoices(4)).findings
    assert (missing.reason, missing.values["parent_key"]) == ("refers_to_missing", "invoice/S-INV-4")
    failed = with_invoices(4)
    failed.has(invoice("INV-4"), Status.FAILED)
    [waits] = judge(paid, failed).findings
    assert waits.blocker == RecordKey("invoice", "S-INV-4")


def test_a_line_goes_without_quantity_and_price_where_they_do_not_multiply_to_its_amount() -> None:
    odd = invoice(lines=(line("10000.00", "3", "3333.33"),))
    [sent] = judged(odd, nothing).shipments[0].body["Line"]
    assert {"Qty", "UnitPrice"}.isdisjoint(sent["SalesItemLineDetail"])
    assert "3 × 3333.33" in sent["Description"]
    [even] = judged(invoice(), nothing).shipments[0].body["Line"]
    assert even["SalesItemLineDetail"].keys() >= {"Qty", "UnitPrice"}
