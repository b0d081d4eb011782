"""How what the source withdrew leaves the books, entity by entity."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from awra_tui.health import effects
from awra_tui.health.payloads import body_of
from awra_tui.health.withdrawals import can_be_credited, operation_of, reversal, withdrawal
from awra_tui.records.chosen import Choice
from awra_tui.records.kinds import KINDS
from awra_tui.records.qbo import QboObject
from awra_tui.records.rules import Rules
from tests.health import schema
from tests.health.world import NOV_3, bill, customer, invoice, nairobi

LEAVES = {
    "customer": "deactivate",
    "vendor": "deactivate",
    "item": "deactivate",
    "purchase_order": "delete",
    "invoice": "void",
    "bill": "delete",
    "credit_note": "delete",
    "payment": "void",
    "bill_payment": "void",
    "refund": "delete",
    "journal": "delete",
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_leaves_as_quickbooks_lets_it(kind):
    assert operation_of(KINDS[kind].entity) == LEAVES[kind]
    assert can_be_credited(KINDS[kind].entity) is (kind in {"invoice", "bill"})


def sent(record, entity):
    """Return what QuickBooks has of a record that was sent."""
    world = nairobi()
    body = body_of(record, world) | {"Id": "900", "SyncToken": "3", "DocNumber": record.number}
    lines = [line | {"Id": "1", "LineNum": 1} for line in body["Line"]]
    subtotal = {"Amount": Decimal(1), "DetailType": "SubTotalLineDetail", "SubTotalLineDetail": {}}
    content = body | {"Line": [*lines, subtotal]}
    return world, QboObject(
        entity=entity, id="900", sync_token="3", number=record.number, date=NOV_3, content=content
    )


@pytest.mark.parametrize(
    ("record", "entity", "credit"),
    [(invoice(), "Invoice", "CreditMemo"), (bill(), "Bill", "VendorCredit")],
    ids=["invoice", "bill"],
)
def test_a_credit_has_the_lines_that_quickbooks_has(record, entity, credit):
    world, now = sent(record, entity)
    rules = Rules(filed_until=dt.date(2099, 12, 31))
    shipment = reversal(record, now, world.company, rules)
    assert (shipment.entity, shipment.operation, shipment.role) == (credit, "create", "reversal")
    assert (shipment.body["TxnDate"], shipment.body["DocNumber"]) == ("2100-01-01", f"CN-{record.number}")
    assert shipment.body["Line"] == body_of(record, world)["Line"]
    assert schema.problems(credit, shipment.body) == []


def test_a_void_names_the_version_only():
    world, now = sent(invoice(), "Invoice")
    shipment = withdrawal(invoice(), now)
    assert (shipment.operation, shipment.body) == ("void", {"Id": "900", "SyncToken": "3", "sparse": True})
    assert world.company.closing_date < NOV_3


def test_a_name_becomes_inactive_and_its_balance_is_told():
    world = nairobi()
    now = QboObject(entity="Customer", id="9", name="Baobab Café", balance=Decimal(5), currency="KES")
    shipment = withdrawal(customer(), now)
    assert (shipment.operation, shipment.body["Active"]) == ("update", False)
    told = effects.of(customer(), now, Choice.VOID, world)
    assert told.sentences[-1] == "Its balance is KES 5.00: look at that first."


def test_what_cannot_be_voided_says_that_it_is_deleted():
    world, now = sent(bill(), "Bill")
    told = effects.of(bill(), now, Choice.VOID, world)
    assert told.label == "Delete it in QuickBooks"
    assert told.sentences[0].startswith("QuickBooks cannot void a bill: bill ")
    closed = replace(now, date=world.company.closing_date)
    assert "take it back by a credit instead" in effects.of(bill(), closed, Choice.VOID, world).refused
