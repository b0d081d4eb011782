import json
from dataclasses import replace
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from awra_tui.health.changes import baseline
from awra_tui.health.compare import Versions, differences, merged
from awra_tui.health.fields import label
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
    sent = body_of(record, world)
    answer = answered(sent)
    world.add(QboObject(entity=entity, id=qbo_id, sync_token="3", date=NOV_3, content=answer))
    kept = {"sent": json.dumps(sent, default=float), "answer": json.dumps({entity: answer}, default=float)}
    world.link(record, qbo_id, **kept)
    return world


def reasons(record, world):
    return [finding.reason for finding in judge(record, world).findings]


def change(world, entity="Invoice", qbo_id="900", **content):
    held = world.objects[entity, qbo_id]
    world.change(entity, qbo_id, content=held.content | content)


def replaced(record, **fields):
    return msgspec.structs.replace(record, **fields)


def recoded(world, **detail):
    """Let an accountant change the first line of the invoice in a world."""
    held = world.objects["Invoice", "900"].content["Line"]
    changed = held[0] | {"SalesItemLineDetail": held[0]["SalesItemLineDetail"] | detail}
    change(world, Line=[changed, held[1]])


def dearer(record):
    """Return a record whose first line changed in the source."""
    first = replaced(record.lines[0], description="Corrected")
    return replaced(record, lines=(first, *record.lines[1:]))


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
    assert "Line" not in shipment.body, "what did not change here stays as it is there"
    (shipment,) = judge(dearer(invoice()), world).shipments
    assert (shipment.fields, len(shipment.body["Line"])) == (("Line",), 1)


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
    assert (finding.reason, finding.values["fields"]) == ("changed_on_both_sides", "due date")


RECODED = ({"ItemRef": {"value": "77"}}, {"ClassRef": {"value": "11"}}, {"TaxCodeRef": {"value": "99"}})


@pytest.mark.parametrize("detail", RECODED)
def test_recoding_by_an_accountant_is_never_overwritten(detail):
    world = sent_world(invoice())
    recoded(world, **detail)
    (name,) = detail
    (finding,) = judge(dearer(invoice()), world).findings
    assert finding.reason == "changed_on_both_sides"
    assert label(f"Line 1.{name}") in finding.values["fields"]


def test_recoding_stays_where_the_source_changed_something_else():
    world = sent_world(invoice())
    recoded(world, ClassRef={"value": "11"})
    (shipment,) = judge(invoice(memo="new"), world).shipments
    assert shipment.fields == ("PrivateNote",)
    assert "Line" not in shipment.body


def test_recoding_alone_is_a_warning_that_says_what_changed():
    world = sent_world(invoice())
    recoded(world, ItemRef={"value": "77", "name": "Consulting"})
    judgement = judge(invoice(), world)
    assert (judgement.status, judgement.shipments) == (Status.NEEDS_ATTENTION, ())
    (finding,) = judgement.findings
    assert finding.reason == "changed_in_quickbooks"
    assert finding.values["difference"].startswith("line 1 product/service was ")
    assert finding.values["difference"].endswith("is Consulting there")


NO_CHANGES = (
    {"Balance": Decimal(0), "SyncToken": "9", "MetaData": {"LastUpdatedTime": "x"}},
    {"LinkedTxn": [{"TxnId": "7", "TxnType": "Payment"}]},
    {"TxnTaxDetail": {"TotalTax": Decimal("16.01")}},
    {"CustomerMemo": {"value": "Thank you"}, "PrintStatus": "PrintComplete", "EmailStatus": "EmailSent"},
    {"CustomerRef": {"value": "17", "name": "A new name"}},
)


@pytest.mark.parametrize("there", NO_CHANGES)
def test_what_quickbooks_works_out_is_no_change(there):
    world = sent_world(invoice())
    if "CustomerRef" in there:
        there = {"CustomerRef": there["CustomerRef"] | {"value": held_party(world)}}
    change(world, **there)
    assert judge(invoice(), world).status is Status.SUCCEEDED


def held_party(world):
    return world.objects["Invoice", "900"].content["CustomerRef"]["value"]


def test_mapping_that_changes_rewrites_nothing():
    world = sent_world(invoice())
    for key in list(world.mappings):
        world.mappings[key] = replace(world.mappings[key], qbo_id="98")
    judgement = judge(invoice(), world)
    assert (judgement.status, judgement.shipments) == (Status.SUCCEEDED, ())


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


def connected_world(new, **content):
    """Return a world in which a person connected a customer to one whose name differs."""
    world = nairobi()
    there = {"Id": "99", "SyncToken": "4", "DisplayName": "Mangrove Ltd"} | content
    world.add(QboObject(entity="Customer", id="99", sync_token="4", content=there))
    link = world.link(new, "99", fingerprint="", how="connected")
    found = baseline(new, world, link)
    world.linked[RecordKey("customer", "C-9")] = (
        replace(
            link,
            fingerprint=found.fingerprint,
            sent=json.dumps(found.sent, default=float),
            answer=json.dumps(found.answer, default=float),
        ),
    )
    return world


def test_name_that_a_person_kept_different_is_not_overwritten():
    new = customer("C-9", "Mangrove Lodge", currency="KES")
    world = connected_world(new)
    assert judge(new, world).status is Status.SUCCEEDED
    renamed = customer("C-9", "Mangrove Hotel", currency="KES")
    (shipment,) = judge(renamed, world).shipments
    assert (shipment.fields, shipment.body["DisplayName"]) == (("DisplayName",), "Mangrove Hotel")


@pytest.mark.parametrize(
    ("there", "said"), [("Mangrove Lodge", []), ("Mangrove Inn", ["changed_in_quickbooks"])]
)
def test_name_that_became_as_the_source_has_it_is_nothing_to_decide(there, said):
    new = customer("C-9", "Mangrove Lodge", currency="KES")
    world = connected_world(new)
    change(world, "Customer", "99", DisplayName=there)
    assert reasons(new, world) == said


def test_connected_without_a_baseline_is_left_alone_until_it_has_one():
    world = nairobi()
    world.add(QboObject(entity="Customer", id="99", content={"Id": "99", "DisplayName": "Mangrove Ltd"}))
    new = customer("C-9", "Mangrove Lodge", currency="KES")
    link = world.link(new, "99", fingerprint="", how="connected")
    assert judge(new, world).status is Status.SUCCEEDED
    assert baseline(new, world, link).answer == {"Id": "99", "DisplayName": "Mangrove Ltd"}
    assert baseline(new, world, replace(link, fingerprint="known")) is None


def test_what_nobody_knows_the_history_of_is_a_question():
    world = nairobi()
    world.add(QboObject(entity="Customer", id="99", content={"Id": "99", "DisplayName": "Mangrove Ltd"}))
    new = customer("C-9", "Mangrove Lodge", currency="KES")
    world.link(new, "99", fingerprint="older", how="connected")
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
    same = Versions(now=body, ours=body, sent=body, answer=body)
    assert (same.changes, same.conflicts, same.drift) == ({}, [], [])


@given(sent=objects, now=objects, ours=objects, answer=objects)
def test_three_ways_never_lose_what_they_changed(sent, now, ours, answer):
    """Whatever an update would write without a question is in QuickBooks as it was answered last."""
    versions = Versions(now=now, ours=ours, sent=sent, answer=answer)
    questioned = {difference.field.split(".")[0].split(" ")[0] for difference in versions.conflicts}
    for name in set(versions.changes) - questioned:
        unchanged = Versions(now=now, ours={name: ours[name]}, answer=answer)
        assert unchanged.drift == [] if answer else not ours[name]


@given(sent=objects, answer=objects, ours=objects)
def test_three_ways_send_freely_where_nobody_else_changed_anything(sent, answer, ours):
    versions = Versions(now=answer, ours=ours, sent=sent, answer=answer)
    assert not answer or versions.conflicts == []
    assert set(versions.changes) <= set(ours)


@given(now=objects, answer=objects, ours=objects)
def test_what_did_not_change_here_is_never_sent(now, answer, ours):
    assert Versions(now=now, ours=ours, sent=ours, answer=answer).changes == {}


@given(objects, objects)
def test_a_full_update_says_ours_and_keeps_the_rest(ours, now):
    body = merged(ours, now)
    assert all(body[name] == value for name, value in ours.items())
    assert all(body[name] == value for name, value in now.items() if name not in ours)


def test_lines_are_compared_without_the_subtotal_that_quickbooks_adds():
    body = {"Line": [{"Amount": 1, "DetailType": "SalesItemLineDetail"}]}
    assert differences(body, answered(body)) == []
    assert Versions(now=answered(body), ours=body, sent=body, answer=answered(body)).drift == []
