import datetime as dt
from dataclasses import replace
from decimal import Decimal

import msgspec
import pytest

from awra_tui.health.judge import NOT_APPROVED, judge
from awra_tui.health.reasons import explain
from awra_tui.records.qbo import QboObject
from awra_tui.records.record import Application, SourceRecord
from awra_tui.records.rules import Rules
from awra_tui.records.status import Mark, Status
from awra_tui.records.subject import RecordKey
from tests.health.world import NOV_3, World, customer, invoice, item, line, nairobi, payment


def reasons(record: SourceRecord, world: World, **more: bool) -> list[str]:
    return [finding.reason for finding in judge(record, world, **more).findings]


def with_(record: SourceRecord, **changes: object) -> SourceRecord:
    return msgspec.structs.replace(record, **changes)


def test_ready_invoice_is_pending_with_one_shipment():
    judgement = judge(invoice(), nairobi())
    assert judgement.status is Status.PENDING
    assert judgement.findings == ()
    (shipment,) = judgement.shipments
    assert (shipment.entity, shipment.operation, shipment.role) == ("Invoice", "create", "main")
    assert [verdict.mark for verdict in judgement.verdicts] == [Mark.OK] * 5
    assert [verdict.step for verdict in judgement.verdicts] == [
        "source",
        "ready",
        "mapping",
        "duplicates",
        "payload",
    ]
    assert judgement.verdicts[1].sentence == "complete; date after the closing date 31 Oct 2026"
    assert judgement.verdicts[4].sentence == "1 line, KES 11,600.00"


def test_new_customer_asks_unless_the_profile_creates():
    world = nairobi()
    new = customer("C-18", "Mangrove Lodge")
    assert reasons(new, world) == ["not_connected"]
    world.rules = Rules(new_names={"customer": "create"})
    (shipment,) = judge(new, world).shipments
    assert shipment.body["DisplayName"] == "Mangrove Lodge"


def test_payment_waits_for_its_invoice_and_goes_when_it_is_there():
    world = nairobi()
    world.has(invoice(), Status.FAILED)
    waiting = judge(payment(), world)
    assert waiting.status is Status.NEEDS_ATTENTION
    (finding,) = waiting.findings
    assert finding.blocker == RecordKey("invoice", "S-INV-1042")
    assert explain(finding).sentence == "Payment PAY-1 waits for invoice INV-1042."
    assert explain(finding).blocked_by == "invoice INV-1042"
    world.link(invoice(), "900")
    (shipment,) = judge(payment(), world).shipments
    assert shipment.body["Line"] == [
        {"Amount": Decimal("11600.00"), "LinkedTxn": [{"TxnId": "900", "TxnType": "Invoice"}]}
    ]
    assert shipment.body["DepositToAccountRef"] == {"value": "80"}


def test_sent_record_is_done_until_the_source_changes_it():
    world = nairobi()
    world.link(invoice(), "900")
    done = judge(invoice(), world)
    assert (done.status, done.shipments, done.findings) == (Status.SUCCEEDED, (), ())


@pytest.mark.parametrize(
    ("change", "because"),
    [
        ({"approved": False, "state": "draft"}, f"{NOT_APPROVED} (draft)"),
        ({"date": dt.date(2026, 10, 1)}, "dated before the start date 01 Nov 2026"),
        ({"kind": "bill"}, "bills are switched off in the profile"),
    ],
)
def test_skipped_with_the_rule_named(change, because):
    world = nairobi()
    world.rules = Rules(kinds=("customer", "invoice"), start_date=dt.date(2026, 11, 1))
    judgement = judge(with_(invoice(), **change), world)
    assert judgement.status is Status.SKIPPED
    assert judgement.skipped_because == because
    assert judgement.verdicts[0].sentence == because
    assert judgement.shipments == ()


def test_unmapped_tax_category_of_one_branch():
    world = nairobi()
    world.rules = Rules(scopes={"tax_code": ("branch",)})
    zero = invoice(
        branch="Mombasa",
        amount=Decimal("10000.00"),
        tax=Decimal(0),
        lines=(line("10000.00", tax_category="Zero-rated", tax_rate=Decimal(0)),),
    )
    (finding,) = judge(zero, world).findings
    said = explain(finding)
    assert said.sentence == (
        'The tax category "Zero-rated" of branch Mombasa is not mapped to a QuickBooks tax code.'
    )
    assert said.cause == "mapping:tax_code/Zero-rated@branch=Mombasa"
    assert said.screen == "mapping"
    world.map("tax_code", "Zero-rated", "6")
    assert reasons(zero, world) == []


def test_inactive_item_of_a_line_names_the_item():
    world = nairobi()
    world.change("Item", "40", active=False)
    (finding,) = judge(invoice(), world).findings
    assert finding.blocker == RecordKey("item", "P-1")
    assert reasons(item(), world) == ["inactive_in_quickbooks"]


def test_our_mark_is_connected_without_asking():
    world = nairobi()
    world.add(QboObject(entity="Invoice", id="901", number="1", mark="INV-1042"))
    judgement = judge(invoice(), world)
    assert judgement.connect is not None
    assert judgement.connect.qbo_id == "901"
    assert judgement.shipments == ()
    assert judgement.findings == ()


def test_equal_number_is_a_question_until_a_person_says_it_is_another():
    world = nairobi()
    world.add(QboObject(entity="Invoice", id="901", number="INV-1042", party_id="70"))
    judgement = judge(invoice(), world)
    assert [finding.reason for finding in judgement.findings] == ["same_number"]
    assert judgement.findings[0].existing_id == "901"
    assert judgement.candidates[0].qbo_id == "901"
    world.allowed.add(RecordKey("invoice", "S-INV-1042"))
    assert judge(invoice(), world).status is Status.PENDING


def test_closed_period_is_for_finance():
    (finding,) = judge(invoice(date=dt.date(2026, 10, 31)), nairobi()).findings
    said = explain(finding)
    assert said.cause == "closed:2026-10-31"
    assert "31 Oct 2026" in said.sentence
    assert str(said.who) == "finance administrator"


def test_credit_note_goes_in_two_roles_one_after_the_other():
    world = nairobi()
    note = with_(
        invoice("CN-1", due_date=None),
        kind="credit_note",
        applications=(Application("invoice", "S-INV-1042", Decimal("11600.00")),),
    )
    assert [shipment.role for shipment in judge(note, world).shipments] == ["main"]
    world.link(note, "950")
    world.has(invoice(), Status.FAILED)
    assert reasons(note, world) == ["waits_for_another"]
    world.link(invoice(), "900")
    (shipment,) = judge(note, world).shipments
    assert (shipment.role, shipment.entity) == ("application", "Payment")
    assert shipment.body["TotalAmt"] == 0
    assert [each["LinkedTxn"][0]["TxnType"] for each in shipment.body["Line"]] == ["Invoice", "CreditMemo"]
    world.link(note, "951", role="application")
    assert judge(note, world).status is Status.SUCCEEDED


def test_deletion_on_either_side_is_a_question():
    world = nairobi()
    world.link(invoice(), "900")
    assert reasons(invoice(), world, deleted=True) == ["gone_from_source"]
    world.change("Invoice", "900", content={"PrivateNote": "Voided - AWRA INV-1"})
    assert judge(invoice(), world, deleted=True).status is Status.SUCCEEDED
    world.change("Invoice", "900", deleted=True)
    assert judge(invoice(), world, deleted=True).status is Status.SUCCEEDED
    assert reasons(invoice(), world) == ["deleted_in_quickbooks"]
    assert judge(invoice("INV-9"), world, deleted=True).status is Status.SKIPPED


def test_inputs_are_equal_until_something_that_decides_changes():
    world = nairobi()
    before = judge(invoice(), world).inputs
    assert judge(invoice(), world).inputs == before
    assert judge(invoice(memo="x"), world).inputs != before
    world.change("Customer", "70", sync_token="1")
    changed = judge(invoice(), world).inputs
    assert changed != before
    world.company = replace(world.company, closing_date=NOV_3)
    assert judge(invoice(), world).inputs != changed


@pytest.mark.parametrize("status", [Status.PENDING, Status.UNKNOWN, Status.RETRYING])
def test_what_goes_after_another_is_pending_without_a_finding(status):
    world = nairobi()
    key = world.has(invoice(), status)
    judgement = judge(payment(branch=""), world)
    assert (judgement.status, judgement.findings, judgement.shipments) == (Status.PENDING, (), ())
    assert judgement.waits_for == (key,)
    said = {verdict.step: verdict.sentence for verdict in judgement.verdicts}
    assert said["mapping"] == "goes after invoice INV-1042"
    world.link(invoice(), "900")
    assert judge(payment(branch=""), world).waits_for == ()


@pytest.mark.parametrize("status", [Status.NEEDS_ATTENTION, Status.FAILED])
def test_what_waits_for_trouble_of_another_is_a_finding(status):
    world = nairobi()
    world.has(invoice(), status)
    assert reasons(payment(branch=""), world) == ["waits_for_another"]


def test_trouble_of_its_own_is_said_while_another_goes_first():
    world = nairobi()
    world.has(invoice())
    judgement = judge(payment(branch="", date=None), world)
    assert [finding.reason for finding in judgement.findings] == ["missing_date"]
    assert judgement.status is Status.NEEDS_ATTENTION


def test_an_application_goes_after_its_invoice():
    world = nairobi()
    applied = (Application("invoice", "S-INV-1042", Decimal("11600.00")),)
    note = with_(invoice("CN-1", due_date=None), kind="credit_note", applications=applied)
    key = world.has(invoice())
    assert judge(note, world).waits_for == ()
    world.link(note, "950")
    judgement = judge(note, world)
    assert (judgement.status, judgement.waits_for) == (Status.PENDING, (key,))


def test_an_invoice_that_waits_for_the_customer_is_the_only_thing_that_its_payment_waits_for():
    world, sold = nairobi(), invoice()
    buyer = RecordKey("customer", sold.party_id)
    world.linked.pop(buyer, None)
    world.records[buyer] = replace(world.records[buyer], status=Status.NEEDS_ATTENTION)
    key = world.has(sold, Status.NEEDS_ATTENTION)
    assert reasons(sold, world) == ["waits_for_another"]
    [finding] = judge(payment(branch=""), world).findings
    assert finding.blocker == key
    world.has(with_(sold, party_id="C-18"), Status.NEEDS_ATTENTION)
    assert {one.blocker for one in judge(payment(branch=""), world).findings} == {buyer, key}
    world.has(sold, Status.NEEDS_ATTENTION)
    world.link(sold, "900")
    world.change("Invoice", "900", active=False)
    assert {one.blocker for one in judge(payment(branch=""), world).findings} == {buyer, key}


def test_a_draft_does_not_wait_for_its_customer_so_its_payment_says_that_of_both():
    world, sold = nairobi(), invoice(approved=False)
    buyer = RecordKey("customer", sold.party_id)
    world.linked.pop(buyer, None)
    world.records[buyer] = replace(world.records[buyer], status=Status.NEEDS_ATTENTION)
    key = world.has(sold, Status.SKIPPED)
    assert {one.blocker for one in judge(payment(branch=""), world).findings} == {buyer, key}
