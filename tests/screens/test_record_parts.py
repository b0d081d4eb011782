"""What the Record screen says, line by line, without a screen."""

from dataclasses import replace

import pytest

from awra_tui.records.finding import STEPS
from awra_tui.records.status import Mark, Status
from awra_tui.records.subject import MappingKey, RecordKey
from awra_tui.screens.record_chain import chain_text, connect_target, mapping_in, mapping_target, record_in
from awra_tui.screens.record_parts import source_text
from tests.screens import fakes_detail as fakes

KEY = RecordKey("invoice", "i-1042")


def test_the_source_shows_markup_as_text():
    assert fakes.NASTY in source_text(fakes.page(record=fakes.source(party_name=fakes.NASTY)), 80).plain


def test_chain_has_eight_steps_even_when_only_one_was_judged():
    page = fakes.page(verdicts=fakes.verdicts()[:1], warnings=())
    lines = chain_text(page, 80).plain.splitlines()
    assert len([line for line in lines if line.strip()]) == 8
    assert sum("not reached yet" in line for line in lines) == 7


def keys_of(page) -> dict[str, str]:
    lines = [line for line in chain_text(page, 120).plain.splitlines() if line[2:14].strip() in STEPS]
    return {line[2:14].strip(): line[-12:].strip() for line in lines}


def test_the_next_step_is_the_first_trouble_or_sending_again():
    refused = fakes.page(verdicts=fakes.verdicts(mapping=(Mark.OK, "4 values mapped")), warnings=())
    assert keys_of(refused)["next"] == "r  resend"
    assert keys_of(refused)["mapping"] == ""
    blocked = fakes.warning(screen="record", cause="record:invoice/i-1", blocked_by="invoice INV-1")
    waiting = fakes.page(warnings=(blocked,))
    assert keys_of(waiting)["mapping"] == keys_of(waiting)["next"] == "b  blocker"
    alike = fakes.warning(screen="connect", cause="own")
    twice = fakes.page(
        verdicts=fakes.verdicts(mapping=(Mark.OK, "-"), duplicates=(Mark.STOP, "the number is taken")),
        warnings=(alike,),
    )
    assert keys_of(twice)["duplicates"] == keys_of(twice)["next"] == "c  connect"
    done = fakes.page(
        verdicts=fakes.verdicts(mapping=(Mark.OK, "-")), status=Status.SUCCEEDED, links=(fakes.link(),)
    )
    assert keys_of(done)["next"] == ""
    assert keys_of(done)["connection"] == "o  open"


def test_long_verdicts_hang_under_their_beginning():
    page = fakes.page(verdicts=fakes.verdicts(ready=(Mark.STOP, "word " * 40)), warnings=())
    lines = [line for line in chain_text(page, 60).plain.splitlines() if "word" in line]
    assert len(lines) > 2
    assert all(line.startswith(" " * 15 + "word") for line in lines[1:])
    assert all(len(line) <= 60 for line in lines)


@pytest.mark.parametrize(
    ("cause", "key"),
    [
        (
            "mapping:tax_code/Zero-rated@branch=Mombasa",
            MappingKey("tax_code", "Zero-rated", "branch=Mombasa"),
        ),
        ("mapping:tax_code/a@b", MappingKey("tax_code", "a@b")),
        ("mapping:account/Sales/Tea", MappingKey("account", "Sales/Tea")),
        ("mapping:nothing/x", None),
        ("record:customer/c-7", None),
        ("", None),
    ],
)
def test_the_cause_names_the_mapping(cause, key):
    assert mapping_in(cause) == key


def test_connect_opens_what_the_record_waits_for():
    waiting = fakes.warning(screen="connect", cause="record:customer/c/7")
    assert connect_target(fakes.page(warnings=(waiting,))) == RecordKey("customer", "c/7")
    alike = fakes.warning(screen="connect", cause="own")
    assert connect_target(fakes.page(warnings=(alike,))) == KEY
    missing = fakes.related(status=Status.PENDING)
    assert connect_target(fakes.page(related=(missing,))) == RecordKey("customer", "c-7")
    assert connect_target(fakes.page()) is None
    assert record_in("record:nothing/1") is None


def test_a_customer_without_a_connection_can_be_connected():
    page = fakes.page(record=fakes.source(kind="customer", source_id="c-7"), warnings=(), related=())
    assert connect_target(page) == RecordKey("customer", "c-7")
    assert connect_target(replace(page, links=(fakes.link(entity="Customer"),))) is None
    assert mapping_target(page) is None


def test_a_lost_connection_leads_to_the_connections():
    lost = fakes.warning(screen="connection", cause="connection:authorization")
    lines = chain_text(fakes.page(warnings=(lost,)), 80).plain.splitlines()
    [last] = [line for line in lines if line[2:6] == "next"]
    assert last.rstrip().endswith("C  connect")


def test_a_sentence_as_wide_as_its_place_does_not_touch_the_key():
    for length in range(45, 60):
        told = "x" * length
        page = fakes.page(verdicts=fakes.verdicts(mapping=(Mark.STOP, f"{told} {told}")))
        mapping = next(line for line in chain_text(page, 80).plain.splitlines() if line[2:9] == "mapping")
        assert mapping[-13] == " "
