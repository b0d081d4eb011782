from dataclasses import replace
from decimal import Decimal

import msgspec
import pytest

from awra_tui.health.judge import judge
from awra_tui.records.qbo import QboObject
from awra_tui.records.record import SourceRecord
from awra_tui.records.status import Status
from tests.health.world import World, nairobi, payment

PAID = payment(applications=())
MINE = QboObject(
    entity="Payment",
    id="901",
    party_id="70",
    mark="PAY-1",
    amount=Decimal("11600.00"),
    currency="KES",
    content={"TotalAmt": Decimal("11600.00")},
)


def sent(*others: QboObject, record: SourceRecord = PAID) -> World:
    """Return a world in which a payment is in the books, beside these."""
    world = nairobi()
    world.add(MINE, *others)
    world.link(record, MINE.id)
    return world


def reasons(world: World, record: SourceRecord = PAID) -> list[str]:
    return [finding.reason for finding in judge(record, world).findings]


def test_another_with_the_same_mark_and_customer_is_one_finding_that_names_both():
    judgement = judge(PAID, sent(replace(MINE, id="902"), replace(MINE, id="903")))
    [finding] = judgement.findings
    assert finding.reason == "booked_twice"
    assert finding.values["ids"] == "901, 902 and 903"
    assert judgement.status is Status.NEEDS_ATTENTION
    assert judgement.shipments == ()


VOID = {"TotalAmt": Decimal(0), "PrivateNote": "Voided - AWRA PAY-1"}


@pytest.mark.parametrize(
    "change",
    [{"party_id": "71"}, {"mark": "PAY-2"}, {"deleted": True}, {"content": VOID}, {"entity": "Invoice"}],
    ids=["another customer", "another mark", "deleted", "void", "another entity"],
)
def test_what_stands_for_something_else_is_no_second_one(change):
    assert reasons(sent(replace(MINE, id="902", **change))) == []


def test_what_another_record_is_connected_to_is_no_second_one():
    world = sent(replace(MINE, id="902"))
    world.link(msgspec.structs.replace(PAID, source_id="S-OTHER"), "902")
    assert reasons(world) == []


def test_where_records_share_a_number_only_the_same_total_is_a_second_one():
    world = sent(replace(MINE, id="902", amount=Decimal("1.00")))
    assert reasons(world) == ["booked_twice"]
    world.namesakes.add(("payment", "PAY-1"))
    assert reasons(world) == []
    world.change("Payment", "902", amount=MINE.amount)
    assert reasons(world) == ["booked_twice"]
