"""Refusals stand under one cause only where QuickBooks names one and the same thing."""

from dataclasses import replace

import pytest

from awra_tui.health.headings import heading
from awra_tui.health.reasons import explain, findings_of
from awra_tui.records.fault import Fault, FaultMessage
from awra_tui.records.finding import Finding


def cause(code: str, detail: str, record: str = "invoice/1", message: str = "Refused") -> str:
    fault = Fault(http_status=400, messages=(FaultMessage(code, message, detail),))
    [found] = findings_of(fault)
    return explain(replace(found, values={**found.values, "key": record})).cause


ACCOUNT = "Invalid Reference Id : Accounts element id 7 not found"
FROZEN = 'The account "1200 Debtors" is frozen.'


@pytest.mark.parametrize(
    ("code", "detail", "expected"),
    [
        ("2500", ACCOUNT, "refused:2500/Accounts element id 7"),
        ("2010", 'Property Name:Unrecognized field "BadJson" (class Invoice)', "refused:2010/BadJson"),
        ("500", "Operation void is not supported.", "refused:500/Operation void"),
        (
            "6210",
            "The account period has closed and the account books cannot be updated.",
            "refused:6210/account books",
        ),
    ],
)
def test_what_names_the_same_thing_has_one_cause(code: str, detail: str, expected: str) -> None:
    assert cause(code, detail, "invoice/1") == cause(code, detail, "invoice/2") == expected


@pytest.mark.parametrize(
    ("code", "detail"),
    [
        ("2500", "Invalid Reference Id : Something you're trying to use has been made inactive."),
        ("2010", "Property Name:failed to parse json object"),
        ("6000", "You must set a transaction amount."),
        ("6000", "You've attempted to invoice for a charge. Can't match it."),
        ("9341", "Something else is wrong."),
        ("6430", "You need to select a different type of account."),
    ],
)
def test_what_names_nothing_is_a_cause_of_its_own(code: str, detail: str) -> None:
    assert cause(code, detail, "invoice/1") == "record:invoice/1"
    assert cause(code, detail, "invoice/2") == "record:invoice/2"


def test_another_thing_another_code_or_another_sentence_is_another_cause() -> None:
    assert cause("2500", ACCOUNT) != cause("2500", ACCOUNT.replace("7", "8"))
    assert cause("9341", FROZEN, "invoice/1") == cause("9341", FROZEN, "invoice/2")
    assert cause("9341", FROZEN) != cause("9342", FROZEN)
    assert cause("9341", FROZEN) != cause("9341", 'The account "1200 Debtors" needs a customer.')


def test_the_heading_names_the_thing_and_not_one_of_the_records() -> None:
    of = cause("9341", FROZEN)
    assert heading(of, "QuickBooks refused invoice INV-1.", "", 2) == (
        "QuickBooks refused all of these for one thing: 1200 Debtors (code 9341)."
    )
    assert heading(of, "QuickBooks refused invoice INV-1.", "", 1) == "QuickBooks refused invoice INV-1."


@pytest.mark.parametrize("code", ["6210", "5010"])
def test_closed_books_are_called_that(code: str) -> None:
    shared = cause(code, "The account period has closed and the account books cannot be updated.")
    assert heading(shared, "", "", 2) == (
        "Dates lie in a closed period: QuickBooks refused to change its books for them."
    )


def test_the_thing_is_named_whole_whatever_signs_it_has() -> None:
    shared = cause("9341", 'The location "Room #5/B" is frozen.')
    assert heading(shared, "", "", 2) == (
        "QuickBooks refused all of these for one thing: Room #5/B (code 9341)."
    )


def test_a_refusal_whose_mapping_is_known_stands_under_the_mapping() -> None:
    known = Finding(
        reason="mapped_to_nothing", values={"mapping": "account/Sales"}, code="2500", message=ACCOUNT
    )
    assert explain(known).cause == "mapping:account/Sales"
