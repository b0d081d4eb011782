from decimal import Decimal

import msgspec
import pytest

from awra_tui.health.judge import judge
from awra_tui.health.reasons import explain
from awra_tui.records.qbo import QboObject
from awra_tui.records.record import Application
from awra_tui.records.status import Status
from tests.health.world import invoice, item, nairobi, payment


def credit():
    applied = (Application("invoice", "S-INV-1042", Decimal("11600.00")),)
    return msgspec.structs.replace(invoice("CN-1", due_date=None), kind="credit_note", applications=applied)


def linked(qbo_id, kind):
    return [{"TxnId": qbo_id, "TxnType": kind}]


def world_with(memo_balance, invoice_balance, **memo):
    """Return a world in which a credit note and its invoice are in QuickBooks with these open amounts."""
    world = nairobi()
    for entity, qbo_id, balance, more in (
        ("CreditMemo", "950", memo_balance, memo),
        ("Invoice", "900", invoice_balance, {}),
    ):
        amount = Decimal(balance)
        world.add(
            QboObject(
                entity=entity, id=qbo_id, balance=amount, currency="KES", content={"Balance": amount} | more
            )
        )
    world.link(credit(), "950")
    world.link(invoice(), "900")
    return world


def reasons(record, world):
    return [finding.reason for finding in judge(record, world).findings]


def test_open_credit_is_applied():
    assert [each.role for each in judge(credit(), world_with(11600, 11600)).shipments] == ["application"]


def test_credit_that_is_applied_already_as_the_source_says_is_done():
    world = world_with(0, 0, LinkedTxn=linked("951", "Payment"))
    lines = [{"LinkedTxn": linked("900", "Invoice")}, {"LinkedTxn": linked("950", "CreditMemo")}]
    world.add(QboObject(entity="Payment", id="951", content={"Line": lines}))
    judgement = judge(credit(), world)
    assert (judgement.status, judgement.shipments) == (Status.SUCCEEDED, ())


def test_credit_that_was_spent_on_something_else():
    world = world_with(0, 11600, LinkedTxn=linked("951", "Payment"))
    world.add(
        QboObject(entity="Payment", id="951", content={"Line": [{"LinkedTxn": linked("7", "Invoice")}]})
    )
    (finding,) = judge(credit(), world).findings
    assert explain(finding).sentence == (
        "Credit note CN-1 is to be applied with KES 11,600.00, but in QuickBooks only KES 0.00 of it is left."
    )


@pytest.mark.parametrize(
    ("balance", "expected"), [(11600, []), ("11599.99", ["too_little_open"]), (20000, [])]
)
def test_payment_of_an_invoice_that_something_else_has_paid(balance, expected):
    world = world_with(11600, balance)
    assert reasons(payment(), world) == expected


def test_what_is_applied_twice_to_one_invoice_counts_together():
    half = Application("invoice", "S-INV-1042", Decimal("5800.00"))
    (finding,) = judge(payment(applications=(half, half)), world_with(11600, "11599.99")).findings
    assert explain(finding).sentence == (
        "Payment PAY-1 applies KES 11,600.00 to invoice INV-1042, "
        "of which only KES 11,599.99 is open in QuickBooks."
    )
    assert reasons(payment(applications=(half, half)), world_with(11600, 11600)) == []


def test_invoice_whose_open_amount_is_not_known_is_left_to_quickbooks():
    world = world_with(11600, 0)
    world.change("Invoice", "900", content={})
    assert reasons(payment(), world) == []


def test_inactive_item_that_quickbooks_renamed_is_still_the_one_the_source_knows():
    world = nairobi()
    renamed = QboObject(entity="Item", id="55", name="Coffee:Chai tin (deleted)", active=False)
    world.add(renamed)
    known = item("P-7", "Chai tin", qbo_id="55")
    connect = judge(known, world).connect
    assert connect is not None
    assert connect.qbo_id == "55"
    world.link(known, "55")
    (finding,) = judge(known, world).findings
    assert finding.reason == "inactive_in_quickbooks"
    unknown = item("P-8", "Chai tin")
    world.linked.clear()
    assert reasons(unknown, world) == ["similar_name"]


def paying(**party):
    """Return a world in which the invoice that is paid belongs to the customer 71 of QuickBooks."""
    world = nairobi()
    world.add(QboObject(entity="Customer", id="71", name="Mangrove Hotel", **party))
    content = {"Balance": Decimal("11600.00")}
    world.add(
        QboObject(entity="Invoice", id="900", party_id="71", balance=content["Balance"], content=content)
    )
    world.link(invoice(), "900")
    return world


def test_what_belongs_to_another_customer_cannot_be_paid():
    (finding,) = judge(payment(), paying()).findings
    assert finding.reason == "applied_to_anothers"
    assert explain(finding).sentence == (
        "Payment PAY-1 is applied to invoice INV-1042, which belongs to customer Mangrove Hotel "
        "in QuickBooks, not to customer Baobab Café."
    )


@pytest.mark.parametrize("parent", ["70", "72"])
def test_a_parent_pays_what_its_children_owe_and_a_child_too(parent):
    world = paying(content={"ParentRef": {"value": parent}})
    world.add(QboObject(entity="Customer", id="72", name="The group"))
    if parent == "72":
        world.change("Customer", "70", content={"ParentRef": {"value": "72"}})
    assert reasons(payment(), world) == []


def test_parents_in_a_circle_end_somewhere():
    world = paying(content={"ParentRef": {"value": "71"}})
    assert reasons(payment(), world) == ["applied_to_anothers"]
