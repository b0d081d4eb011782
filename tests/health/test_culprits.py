"""What a refusal is about: the mapping or the connection behind an id, where one can be meant."""

import pytest

from awra_tui.health.culprits import is_namable, named
from awra_tui.health.judge import after_answer
from awra_tui.health.reasons import explain
from awra_tui.records.fault import Fault, FaultMessage
from awra_tui.records.finding import Explained
from awra_tui.records.record import SourceRecord
from awra_tui.records.rules import Rules
from tests.health.world import World, bill, invoice, item, journal, line, nairobi, payment

TWO_RATES = invoice(lines=(line("5000.00"), line("5000.00", tax_category="Zero")))


RENT = bill(lines=(line("5000.00", item_id="", account="Depreciation"),))
RENT_AND_BEANS = bill(lines=(line("2500.00", item_id="", account="Depreciation"), line("2500.00")))
LOOSE = invoice(lines=(line("10000.00", item_id="", item_name="Delivery"),))
LOOSE_AND_BEANS = invoice(lines=(line("5000.00", item_id="", item_name="Delivery"), line("5000.00")))
CATEGORY = "Invalid Reference Id : Categories cannot be used in transactions."


def told(record: SourceRecord, code: str, detail: str, world: World | None = None) -> Explained:
    view = world or nairobi()
    view.rules = Rules(branch_as="department")
    fault = Fault(http_status=400, messages=(FaultMessage(code, "Refused", detail),))
    [finding] = after_answer(record, fault, 1, Rules()).findings
    assert is_namable(finding)
    found = explain(named(finding, record, view))
    assert (found.code, found.message) == (code, f"Refused: {detail}")
    return found


def reference(kind: str, qbo_id: str) -> str:
    return f"Invalid Reference Id : {kind} element id {qbo_id} not found"


@pytest.mark.parametrize(
    ("record", "detail", "reason", "cause", "screen"),
    [
        (invoice(terms="30 days"), ("Terms", "3"), "mapped_to_nothing", "mapping:term/30 days", "mapping"),
        (
            invoice(branch="Mombasa"),
            ("Depts", "12"),
            "mapped_to_nothing",
            "mapping:department/Mombasa",
            "mapping",
        ),
        (journal(), ("Klasses", "11"), "mapped_to_nothing", "mapping:class/Retail", "mapping"),
        (journal(), ("Accounts", "86"), "mapped_to_nothing", "mapping:account/Vans", "mapping"),
        (
            payment(),
            ("Accounts", "80"),
            "deposit_account_inactive",
            "mapping:payment_method/M-Pesa",
            "mapping",
        ),
        (invoice(), ("Names", "70"), "no_longer_active", "record:customer/C-17", "connect"),
        (bill(), ("Names", "75"), "no_longer_active", "record:vendor/V-3", "connect"),
        (invoice(), ("Items", "40"), "no_longer_active", "record:item/P-1", "connect"),
    ],
)
def test_an_id_that_is_refused_leads_to_what_names_it(
    record: SourceRecord, detail: tuple[str, str], reason: str, cause: str, screen: str
) -> None:
    found = told(record, "2500", reference(*detail))
    assert (found.reason, found.cause, found.screen) == (reason, cause, screen)


def test_the_sentences_name_what_a_person_knows() -> None:
    found = told(invoice(), "2500", reference("Names", "70"))
    assert found.sentence == "Customer Baobab Café is not found, or no longer in use, in QuickBooks."
    found = told(payment(), "2500", reference("Accounts", "80"))
    assert found.sentence == (
        'The deposit account M-Pesa Mombasa of the payment method "M-Pesa" is inactive or gone in QuickBooks.'
    )


@pytest.mark.parametrize(
    ("detail", "cause"),
    [
        (reference("Accounts", "70"), "refused:2500/Accounts element id 70"),
        (reference("Names", "99"), "refused:2500/Names element id 99"),
        ("Wrong : Names", "record:invoice/S-INV-1042"),
    ],
)
def test_an_id_of_nothing_that_the_record_refers_to_is_a_cause_by_that_id(detail: str, cause: str) -> None:
    found = told(invoice(), "2500", detail)
    assert (found.reason, found.cause) == ("refers_to_nothing", cause)


TAX = "One or more transaction lines do not have a tax code associated with it."


@pytest.mark.parametrize(
    ("record", "code", "detail", "reason", "cause"),
    [
        (invoice(), "6000", TAX, "tax_code_not_taken", "mapping:tax_code/Standard"),
        (
            invoice(),
            "6000",
            "QuickBooks encountered an error while calculating tax.",
            "tax_code_not_taken",
            "mapping:tax_code/Standard",
        ),
        (TWO_RATES, "6000", TAX, "tax_code_refused", "record:invoice/S-INV-1042"),
        (payment(), "6430", "Wrong type", "account_not_taken", "mapping:payment_method/M-Pesa"),
        (item(), "6430", "Wrong type", "account_not_taken", "mapping:account/*@side=sale"),
        (journal(), "6430", "Wrong type", "account_type_refused", "record:journal/S-JNL-1"),
        (RENT, "6430", "Wrong type", "account_not_taken", "mapping:account/Depreciation"),
        (RENT_AND_BEANS, "6430", "Wrong type", "account_type_refused", "record:bill/S-HG-88"),
        (LOOSE, "2500", CATEGORY, "mapped_to_category", "mapping:item/Delivery"),
        (LOOSE_AND_BEANS, "2500", CATEGORY, "category_on_a_line", "record:invoice/S-INV-1042"),
    ],
)
def test_where_only_one_mapping_can_be_meant_it_is_that_one(
    record: SourceRecord, code: str, detail: str, reason: str, cause: str
) -> None:
    world = nairobi()
    world.map("tax_code", "Zero", "6")
    world.map("item", "Delivery", "40")
    found = told(record, code, detail, world)
    assert (found.reason, found.cause, found.screen) == (reason, cause, "mapping")


def test_the_object_that_is_not_taken_is_named() -> None:
    found = told(invoice(), "6000", TAX)
    assert found.sentence == (
        'QuickBooks does not take the tax code 16% VAT, to which the tax category "Standard" is mapped.'
    )
    assert found.action == (
        'Look at its rates in QuickBooks, or map the tax category "Standard" to another tax code.'
    )


def test_the_account_on_which_customers_owe_is_named_too() -> None:
    world = nairobi()
    world.map("receivable", "*", "34")
    found = told(payment(), "2500", reference("Accounts", "34"), world)
    assert (found.reason, found.cause) == ("mapped_to_nothing", "mapping:receivable/*")
    found = told(payment(), "6430", "Wrong type", world)
    assert (found.reason, found.cause) == ("account_type_refused", "record:payment/S-PAY-1")


@pytest.mark.parametrize("code", ["6140", "2020", "7777"])
def test_what_has_another_cause_is_left_alone(code: str) -> None:
    fault = Fault(http_status=400, messages=(FaultMessage(code, "Refused"),))
    [finding] = after_answer(invoice(), fault, 1, Rules()).findings
    assert not is_namable(finding)
    assert named(finding, invoice(), nairobi()) is finding
