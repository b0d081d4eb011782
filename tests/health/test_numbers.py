"""Numbers that QuickBooks takes once, and that are borne there by what another record is connected to."""

from dataclasses import replace

import msgspec
import pytest

from awra_tui.health.judge import judge
from awra_tui.health.numbers import number_findings
from awra_tui.health.reasons import explain
from awra_tui.records.record import SourceRecord
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from tests.health.world import World, bill, invoice, journal, nairobi, payment


def twice(record: SourceRecord) -> tuple[SourceRecord, World]:
    """A record with the number of another that is in QuickBooks, and the world that has that one."""
    world = nairobi()
    first = msgspec.structs.replace(record, source_id="first")
    entity = world.link(first, "900").entity
    world.change(entity, "900", number=record.number, party_id="75" if record.kind == "bill" else "70")
    return record, world


@pytest.mark.parametrize("record", [invoice(), bill()])
def test_a_number_that_another_record_is_connected_by_is_said_before_sending(record: SourceRecord) -> None:
    record, world = twice(record)
    judged = judge(record, world)
    [finding] = judged.findings
    assert (judged.status, judged.shipments) == (Status.NEEDS_ATTENTION, ())
    told = explain(finding)
    assert told.sentence == (
        f"QuickBooks has {record.kind} {record.number} already, and {record.kind} first is connected to it."
    )
    assert (told.existing_id, told.screen) == ("900", "connect")


def test_what_a_person_says_is_another_goes() -> None:
    record, world = twice(invoice())
    world.allowed = {RecordKey("invoice", record.source_id)}
    assert judge(record, world).findings == ()


@pytest.mark.parametrize("record", [payment(), journal()])
def test_kinds_whose_numbers_may_repeat_are_no_trouble(record: SourceRecord) -> None:
    assert number_findings(*twice(record)) == ()


def test_without_custom_numbers_the_number_is_not_sent_and_takes_none() -> None:
    record, world = twice(invoice())
    world.company = replace(world.company, custom_numbers=False)
    assert number_findings(record, world) == ()


def test_its_own_connection_is_no_other_and_a_changed_number_is_looked_at() -> None:
    record, world = twice(invoice())
    world.link(record, "901", fingerprint="older", sent="{}")
    world.change("Invoice", "901", number=record.number)
    del world.linked[RecordKey("invoice", "first")]
    assert number_findings(record, world) == ()
    record, world = twice(invoice())
    world.link(record, "901", fingerprint="older", sent="{}")
    [finding] = judge(msgspec.structs.replace(record, memo="new"), world).findings
    assert finding.reason == "number_connected_already"


def test_a_number_that_it_bears_there_already_holds_no_later_change_up() -> None:
    record, world = twice(invoice())
    world.link(record, "901", fingerprint="older", sent="{}")
    world.change("Invoice", "901", number="inv-1042")
    changed = msgspec.structs.replace(record, memo="new")
    assert number_findings(changed, world) == ()
    world.change("Invoice", "901", number="INV-1041")
    assert [one.reason for one in number_findings(changed, world)] == ["number_connected_already"]
