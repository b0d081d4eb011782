"""Every body of an error that was really received: its reason, what the sentence names, who helps, where."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from awra_tui.guide.book import section_of
from awra_tui.health.reasons import explain, explain_fault, findings_of
from awra_tui.qbo.envelopes import parse
from awra_tui.records.fault import Fault
from awra_tui.records.status import Dimension, Who
from tests.shared import shared_file

LOST = Dimension.AUTHORIZATION
MAPPING = Dimension.MAPPING
SOURCE = Dimension.SOURCE_DATA
REJECTED = Dimension.PROVIDER_REJECTION
DUPLICATE = Dimension.DUPLICATE_RISK
PASSING = Dimension.TRANSPORT

EXPECTED = {
    "01_3200_token_expired.json": ("access_ended", ""),
    "02_3200_malformed_bearer_2026.json": ("access_ended", ""),
    "04_3200_auth_failed_no_detail.json": ("access_ended", ""),
    "05_3100_authorization_failed.json": ("wrong_company", ""),
    "07_3100_insufficient_scope.xml": ("wrong_company", "scope"),
    "09_100_general_authentication_error.xml": ("user_not_known", ""),
    "12_120_authorization_failure_user_removed.json": ("user_not_known", ""),
    "13_3001_throttle_json_shape_unverified.json": ("throttled", ""),
    "14_3001_throttle_429.xml": ("throttled", ""),
    "15_3001_throttle_403.xml": ("throttled", ""),
    "16_610_object_not_found_inactive.json": ("connected_to_inactive", ""),
    "19_2010_unsupported_property.json": ("unknown_field", "BadJson"),
    "20_2010_unsupported_property_masked_2026.json": ("unknown_field", ""),
    "22_2020_required_name.json": ("field_missing", ": name."),
    "23_2020_required_line_detailtype.json": ("line_type_missing", ""),
    "24_2020_required_paymenttype_sparse.json": ("field_missing", ": payment type."),
    "26_2030_invalid_id.json": ("invalid_id", "an id 1.5 "),
    "27_2050_string_too_long_description.json": (
        "text_too_long",
        "description, 4,006 characters of at most 4,000",
    ),
    "29_2170_invalid_enumeration.json": ("value_not_offered", ": HAS_BEEN_BILLED."),
    "30_2500_invalid_ref_inactive.xml": ("refers_to_nothing", "something"),
    "32_2500_invalid_ref_accounts.json": ("refers_to_nothing", "an account with the id 7 "),
    "33_2500_invalid_ref_classes.json": ("refers_to_nothing", "a class with the id 5000000000000142240 "),
    "34_2500_invalid_ref_departments.json": ("refers_to_nothing", "a location with the id 2 "),
    "35_2500_invalid_ref_names.json": ("refers_to_nothing", "a customer or vendor with the id 75 "),
    "36_2500_invalid_ref_category.json": ("category_on_a_line", "is on a category"),
    "37_4000_query_parse_null.json": ("query_refused", ""),
    "38_4000_query_empty.json": ("query_refused", ""),
    "40_4000_query_lexical_percent.json": ("query_refused", ""),
    "41_4001_query_unknown_entity.json": ("query_refused", ""),
    "42_4001_query_not_queryable.json": ("query_refused", ""),
    "44_4001_query_startposition_zero.xml": ("query_refused", ""),
    "45_4002_query_processing_email_mv41.json": ("query_failed", ""),
    "47_5010_stale_object.json": ("changed_meanwhile", ""),
    "48_5010_stale_object_void.json": ("changed_meanwhile", ""),
    "50_5010_stale_object_api_user.json": ("changed_meanwhile", ""),
    "51_5010_stale_object_entity_suffix.json": ("changed_meanwhile", "Somebody changed"),
    "53_6000_gst_rate_missing_ca.json": ("tax_code_refused", ""),
    "55_6000_tax_calculation.json": ("tax_not_worked_out", ""),
    "56_6000_line_without_tax_code.json": ("tax_code_refused", ""),
    "58_6000_unexpected_internal_30003.json": ("unexpected_internal_error", "-30003"),
    "59_6000_je_two_lines.json": ("needs_two_lines", ""),
    "60_6000_ar_needs_customer.json": ("account_needs_a_name", ""),
    "62_6000_charge_already_invoiced.json": ("charge_billed_already", ""),
    "63_6000_must_set_amount.json": ("amount_not_given", ""),
    "64_6000_attachable_link_missing.json": ("linked_to_nothing", "Estimate 75"),
    # Nothing is ever attached by the program: what QuickBooks says of it is shown as any other rule is.
    "65_6000_attachable_empty.json": ("refused_by_a_rule", "file attachment"),
    "67_6070_amount_qty_unitprice.xml": ("rounding_refused", "the amount 58 "),
    "69_6140_duplicate_docnumber_2026_09.json": ("number_is_taken", ": invoice 18696 with the id 6575."),
    "70_6140_duplicate_docnumber_2026_04.json": ("number_is_taken", ": invoice 1037 with the id 17984."),
    "72_6000_tax_code_missing_french.json": ("tax_code_refused", ""),
    "73_6190_invalid_company_status.json": ("company_locked", ""),
    "74_6210_account_period_closed.json": ("period_is_closed", ""),
    "75_6240_duplicate_name_null.json": ("name_is_used", "another customer, vendor or employee."),
    "77_6240_duplicate_name_normal_same_case.json": ("name_is_used", "another customer, vendor or employee."),
    "79_6240_duplicate_name_tax_rate.json": ("name_is_used", "another tax rate."),
    "80_6240_duplicate_name_customer.xml": ("name_is_used", "another customer."),
    "83_6430_invalid_account_type.json": ("account_type_refused", ""),
    "84_500_unsupported_path.json": ("not_supported", ""),
    "85_500_void_not_supported_purchase.json": ("not_supported", "void"),
    "87_0_void_je_silent_noop.json": ("nothing_done", ""),
    "88_10000_payroll_npe.json": ("server_error", "500"),
    "90_10000_resource_not_found_old.json": ("server_error", "500"),
    "92_502_nginx_502.html": ("server_error", "502"),
    "94_invalid_grant_oauth_refresh_incorrect.json": ("authorization_ended", ""),
    "95_invalid_grant_oauth_token_invalid.json": ("authorization_ended", ""),
}
"""By file: the reason, and words that its sentence must have beside those of the record."""

HELP = {
    "access_ended": (LOST, Who.ADMIN, "connection"),
    "wrong_company": (LOST, Who.ADMIN, "connection"),
    "user_not_known": (LOST, Who.ADMIN, "connection"),
    "authorization_ended": (LOST, Who.ADMIN, "connection"),
    "company_locked": (LOST, Who.ADMIN, "connection"),
    "throttled": (PASSING, Who.NOBODY, ""),
    "server_error": (PASSING, Who.OPERATOR, ""),
    "connected_to_inactive": (MAPPING, Who.FINANCE, "connect"),
    "refers_to_nothing": (MAPPING, Who.FINANCE, "mapping"),
    "category_on_a_line": (MAPPING, Who.FINANCE, "mapping"),
    "tax_code_refused": (MAPPING, Who.FINANCE, "mapping"),
    "account_type_refused": (MAPPING, Who.FINANCE, "mapping"),
    "field_missing": (SOURCE, Who.OPERATOR, "record"),
    "invalid_id": (SOURCE, Who.OPERATOR, "record"),
    "text_too_long": (SOURCE, Who.OPERATOR, "record"),
    "value_not_offered": (SOURCE, Who.OPERATOR, "record"),
    "needs_two_lines": (SOURCE, Who.OPERATOR, "record"),
    "rounding_refused": (SOURCE, Who.OPERATOR, "record"),
    "period_is_closed": (SOURCE, Who.FINANCE, "record"),
    "number_is_taken": (DUPLICATE, Who.OPERATOR, "connect"),
    "name_is_used": (DUPLICATE, Who.OPERATOR, "connect"),
    "unknown_field": (REJECTED, Who.INTEGRATION, "record"),
    "line_type_missing": (REJECTED, Who.INTEGRATION, "record"),
    "query_refused": (REJECTED, Who.INTEGRATION, "record"),
    "query_failed": (REJECTED, Who.INTEGRATION, "record"),
    "not_supported": (REJECTED, Who.INTEGRATION, "record"),
    "tax_not_worked_out": (REJECTED, Who.FINANCE, "mapping"),
    "changed_meanwhile": (REJECTED, Who.OPERATOR, "record"),
    "unexpected_internal_error": (REJECTED, Who.OPERATOR, "record"),
    "account_needs_a_name": (REJECTED, Who.OPERATOR, "record"),
    "charge_billed_already": (REJECTED, Who.OPERATOR, "record"),
    "amount_not_given": (REJECTED, Who.OPERATOR, "record"),
    "linked_to_nothing": (REJECTED, Who.OPERATOR, "record"),
    "refused_by_a_rule": (REJECTED, Who.OPERATOR, "record"),
    "nothing_done": (REJECTED, Who.OPERATOR, "record"),
}
"""By reason: the dimension, who can help, and the screen that does."""

EXISTING = {
    "69_6140_duplicate_docnumber_2026_09.json": "6575",
    "70_6140_duplicate_docnumber_2026_04.json": "17984",
}
"""The objects that are named as in the way."""


def recorded() -> dict[str, dict[str, Any]]:
    """Return what is known of the bodies, by the names of their files."""
    index = json.loads(shared_file("qbo", "faults", "index.json").read_text())
    return {entry["file"]: entry for entry in index}


def fault_in(name: str) -> Fault:
    found = parse(recorded()[name]["http"], "", shared_file("qbo", "faults", name).read_bytes())
    assert isinstance(found, Fault)
    return found


def test_every_recorded_body_is_expected() -> None:
    assert set(recorded()) == set(EXPECTED)
    kept = {path.name for path in shared_file("qbo", "faults").iterdir()} - {"index.json"}
    assert kept == set(EXPECTED)
    assert {reason for reason, _ in EXPECTED.values()} == set(HELP)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_body_leads_to_its_reason(name: str) -> None:
    reason, named = EXPECTED[name]
    told = explain(findings_of(fault_in(name))[0], record_name="Invoice INV-7")
    assert told.reason == reason
    assert (told.dimension, told.who, told.screen) == HELP[reason]
    assert told.transient is (told.dimension is PASSING)
    assert named in told.sentence
    assert told.sentence[0].isupper()
    assert "INV-7" in told.sentence or told.dimension not in {MAPPING, SOURCE}
    assert "{" not in told.sentence + told.action
    assert told.action.endswith(".")
    assert section_of(told.reason) is not None, "the guide has a section for it"


@pytest.mark.parametrize("name", EXPECTED)
def test_the_command_says_code_and_what_is_in_the_way(name: str) -> None:
    said = explain_fault(fault_in(name))
    assert said["code"] == recorded()[name]["code"]
    assert said["existing_id"] == EXISTING.get(name, "")


@pytest.mark.parametrize("name", EXPECTED)
def test_quickbooks_own_words_are_kept_as_they_came(name: str) -> None:
    said = "\n".join(explain_fault(fault_in(name))["messages"])
    body = shared_file("qbo", "faults", name).read_text(encoding="utf-8")
    words = list(words_in_json(json.loads(body)) if name.endswith(".json") else words_in_markup(body))
    assert words or name == "87_0_void_je_silent_noop.json"
    for each in words:
        assert each in said


def words_in_json(body: Any) -> Iterator[str]:
    """Yield messages and details of any envelope; of a refused token the description."""
    if isinstance(body, list):
        for each in body:
            yield from words_in_json(each)
    elif isinstance(body, dict):
        for name, each in body.items():
            if name.lower() in {"message", "detail", "error_description"} and isinstance(each, str):
                yield each
            else:
                yield from words_in_json(each)


def words_in_markup(body: str) -> Iterator[str]:
    for found in re.finditer(r"<(message|detail|title)>(.*?)</\1>", body, re.DOTALL | re.IGNORECASE):
        yield html.unescape(found[2]).strip()


@pytest.mark.parametrize(
    "name", [name for name, (reason, _) in EXPECTED.items() if reason == "changed_meanwhile"]
)
def test_who_changed_it_meanwhile_is_named(name: str) -> None:
    [message] = fault_in(name).messages
    other = message.detail.split("You and ")[1].split(" were working")[0]
    told = explain(findings_of(fault_in(name))[0], record_name="Invoice INV-7")
    assert (
        told.sentence
        == f"{'Somebody' if '<' in other else other} changed invoice INV-7 in QuickBooks at the same time."
    )
