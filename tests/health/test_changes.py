import json
from dataclasses import replace
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from awra_tui.health.compare import conflicts, differences, merged
from awra_tui.health.judge import judge
from awra_tui.health.payloads import body_of
from awra_tui.records.qbo import QboObject
from awra_tui.records.record import Application
from awra_tui.records.rules import Rules
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from tests.health.world import NOV_3, customer, invoice, nairobi, payment


def answered(body, **more):
    """Return a body as QuickBooks answers it: ids, names, a subtotal line, totals."""
    lines = [each | {"Id": str(place)} for place, each in enumerate(body.get("Line", []), start=1)]
    subtotal = {"Amount": Decimal(1), "DetailType": "SubTotalLineDetail", "SubTotalLineDetail": {}}
    added = {"Line": [*lines, subtotal]} if lines else {}
    party = {name: body[name] | {"name": "A name"} for name in ("CustomerRef",) if name in body}
    return body | added | party | {"Id": "900", "SyncToken": "3", "TotalAmt": Decimal(7), "Balance": 0} | more


def sent_world(record, qbo_id="900", entity="Invoice"):
    """Return a world in which a record was sent, and nothing has changed since."""
    world = nairobi()
    answer = answered(body_of(record, world))
    world.add(QboObject(entity=entity, id=qbo_id, sync_token="3", date=NOV_3, content=answer))
    world.link(record, qbo_id, answer=json.dumps({entity: answer}, default=float))
    return world


def reasons(record, world):
    return [finding.reason for finding in judge(record, world).findings]


def change(world, entity="Invoice", qbo_id="900", **content):
    held = world.objects[entity, qbo_id]
    world.change(entity, qbo_id, content=held.content | content)


def test_changed_source_updates_sparsely_with_all_lines():
    world = sent_world(invoice())
    changed = invoice(due_date=NOV_3)
    judgement = judge(changed, world)
    assert judgement.status is Status.PENDING
    (shipment,) = judgement.shipments
    assert (shipment.operation, shipment.role) == ("update", "main")
    assert shipment.body["sparse"] is True
    assert (shipment.body["Id"], shipment.body["SyncToken"]) == ("900", "3")
    assert shipment.body["DueDate"] == "2026-11-03"
    assert len(shipment.body["Line"]) == 1


def test_full_update_keeps_what_only_quickbooks_has():
    world = sent_world(msgspec.structs.replace(invoice("CN-1"), kind="credit_note"), entity="CreditMemo")
    change(world, "CreditMemo", CustomerMemo={"value": "Sorry"}, MetaData={"CreateTime": "x"})
    (shipment,) = judge(
        msgspec.structs.replace(invoice("CN-1", memo="new"), kind="credit_note"), world
    ).shipments
    assert shipment.body["CustomerMemo"] == {"value": "Sorry"}
    assert shipment.body["PrivateNote"] == "AWRA CN-1\nnew"
    assert {"sparse", "MetaData"}.isdisjoint(shipment.body)


def test_field_changed_on_both_sides_is_a_question():
    world = sent_world(invoice())
    change(world, DueDate="2027-01-31")
    (finding,) = judge(invoice(due_date=NOV_3), world).findings
    assert (finding.reason, finding.values["fields"]) == ("changed_on_both_sides", "DueDate")


def test_recoding_by_an_accountant_is_never_overwritten():
    world = sent_world(invoice())
    held = world.objects["Invoice", "900"].content["Line"]
    recoded = held[0] | {"SalesItemLineDetail": held[0]["SalesItemLineDetail"] | {"ItemRef": {"value": "77"}}}
    change(world, Line=[recoded, held[1]])
    assert reasons(invoice(memo="new"), world) == ["changed_on_both_sides"]


def test_class_that_an_accountant_added_to_a_line_is_never_lost():
    world = sent_world(invoice())
    held = world.objects["Invoice", "900"].content["Line"]
    classed = held[0] | {
        "SalesItemLineDetail": held[0]["SalesItemLineDetail"] | {"ClassRef": {"value": "11"}}
    }
    change(world, Line=[classed, held[1]])
    assert reasons(invoice(memo="new"), world) == ["changed_on_both_sides"]


def test_field_that_neither_side_had_is_simply_sent():
    world = sent_world(invoice(due_date=None))
    (shipment,) = judge(invoice(), world).shipments
    assert shipment.body["DueDate"] == "2026-12-03"


def test_what_only_quickbooks_changed_stays():
    world = sent_world(invoice())
    change(world, CustomerMemo={"value": "Paid at the till"}, Balance=Decimal(0), PrintStatus="PrintComplete")
    assert reasons(invoice(due_date=NOV_3), world) == []


def test_change_that_sends_nothing_new_is_done():
    world = sent_world(invoice())
    judgement = judge(invoice(state="Paid"), world)
    assert (judgement.status, judgement.shipments) == (Status.SUCCEEDED, ())


def test_connected_by_a_person_is_rewritten_only_after_a_question():
    world = nairobi()
    world.add(QboObject(entity="Customer", id="99", content={"Id": "99", "DisplayName": "Mangrove Ltd"}))
    new = customer("C-9", "Mangrove Lodge", currency="KES")
    world.link(new, "99", fingerprint="", how="connected")
    assert judge(new, world).status is Status.SUCCEEDED
    world.linked[RecordKey("customer", "C-9")] = (
        replace(world.linked[RecordKey("customer", "C-9")][0], fingerprint="older"),
    )
    assert reasons(new, world) == ["changed_on_both_sides"]


def test_old_date_in_the_closed_period_stops_an_update():
    world = sent_world(invoice())
    world.change("Invoice", "900", date=world.company.closing_date)
    assert reasons(invoice(memo="x"), world) == ["closed_period"]


def test_without_a_copy_nothing_is_updated():
    world = nairobi()
    world.link(invoice(), "900", fingerprint="older")
    assert reasons(invoice(), world) == ["changed_in_source"]


def test_payment_goes_partly_unapplied_and_is_applied_later():
    both = (
        Application("invoice", "S-INV-1042", Decimal(5000)),
        Application("invoice", "S-INV-1043", Decimal(6600)),
    )
    paid = payment(applications=both, branch="")
    world = nairobi()
    world.link(invoice(), "900")
    world.has(invoice("INV-1043"), Status.FAILED)
    assert reasons(paid, world) == ["waits_for_another"]
    world.rules = Rules(hold_partial_payments=False)
    (first,) = judge(paid, world).shipments
    assert [each["Amount"] for each in first.body["Line"]] == [Decimal("5000.00")]
    answer = first.body | {"Id": "990", "SyncToken": "0"}
    world.add(QboObject(entity="Payment", id="990", content=answer, date=NOV_3))
    world.link(paid, "990", answer=json.dumps(answer, default=float))
    assert judge(paid, world).status is Status.SUCCEEDED
    world.link(invoice("INV-1043"), "901")
    (second,) = judge(paid, world).shipments
    assert second.operation == "update"
    assert [each["LinkedTxn"][0]["TxnId"] for each in second.body["Line"]] == ["900", "901"]


@pytest.mark.parametrize(
    ("ours", "theirs", "fields"),
    [
        ({"A": Decimal("1.00")}, {"A": 1, "B": 2}, []),
        ({"A": Decimal("1.01")}, {"A": 1}, ["A"]),
        ({"R": {"value": "1"}}, {"R": {"value": "1", "name": "x"}}, []),
        ({"R": {"value": "1"}}, {"R": {"value": "2", "name": "x"}}, ["R"]),
        ({"R": {"value": "1"}}, {}, ["R"]),
        ({"D": {"E": {"F": "x"}}}, {"D": {"E": {"F": "y"}}}, ["D.E.F"]),
        ({"S": ""}, {}, []),
        ({"F": False}, {}, []),
        ({"Line": [{"Amount": 1}]}, {"Line": [{"Amount": 1, "Id": "1"}]}, []),
        ({"Line": [{"Amount": 1}]}, {"Line": []}, ["Line"]),
        ({"Line": [{"Amount": 1}]}, {"Line": [{"Amount": 2}]}, ["Line 1.Amount"]),
        ({"Line": [{"Amount": 1}]}, {"Line": "odd"}, ["Line"]),
        ({"Id": "1", "SyncToken": "0", "sparse": True}, {"Id": "2", "SyncToken": "9"}, []),
    ],
)
def test_differences(ours, theirs, fields):
    assert [each.field for each in differences(ours, theirs)] == fields


def test_difference_names_both_sides_shortly():
    (found,) = differences({"R": {"value": "1"}}, {"R": {"value": "2"}})
    assert (found.ours, found.theirs) == ("1", "2")
    (found,) = differences({"Line": [{"Amount": 1}, {"Amount": 2}]}, {"Line": [{"Amount": 1}]})
    assert (found.ours, found.theirs) == ("2 lines", "1 line")


values = st.recursive(
    st.text(max_size=5) | st.integers(0, 9) | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)
objects = st.dictionaries(st.sampled_from(["A", "B", "C", "D"]), values)


@given(objects)
def test_nothing_differs_from_itself(body):
    assert differences(body, body) == []
    assert conflicts(body, body, body) == []


@given(base=objects, now=objects, ours=objects)
def test_three_ways_a_conflict_changed_there_and_differs_from_ours(base, now, ours):
    for each in conflicts(base, now, ours):
        assert ours[each.field] != now.get(each.field)
        assert not base or base.get(each.field) != now.get(each.field)


@given(base=objects, ours=objects)
def test_no_conflict_where_nobody_touched_quickbooks(base, ours):
    assert not base or conflicts(base, base, ours) == []


@given(now=objects, ours=objects)
def test_merged_clears_nothing_and_has_all_of_ours(now, ours):
    body = merged(ours, now)
    assert set(body) == set(now) | set(ours)
    assert all(body[name] == ours[name] for name in ours)


def test_lines_are_compared_without_the_subtotal_that_quickbooks_adds():
    body = {"Line": [{"Amount": 1, "DetailType": "SalesItemLineDetail"}]}
    assert differences(body, answered(body)) == []
