"""Every error body that was really received is explained as its own description says."""

import json
from typing import Any

import pytest

from tests.cli.commands import call, is_one_sentence
from tests.shared import SHARED, shared_file

AUTHORIZATION, MAPPING, SOURCE, PROVIDER, DUPLICATE, TRANSPORT = (
    "authorization", "mapping", "source data", "provider rejection", "duplicate risk", "transport",
)  # fmt: skip

# fmt: off
EXPECTED: dict[str, tuple[str, str]] = {
    "01_3200_token_expired.json": (AUTHORIZATION, ""),
    "02_3200_malformed_bearer_2026.json": (AUTHORIZATION, ""),
    "04_3200_auth_failed_no_detail.json": (AUTHORIZATION, ""),
    "05_3100_authorization_failed.json": (AUTHORIZATION, ""),
    "07_3100_insufficient_scope.xml": (AUTHORIZATION, ""),
    "09_100_general_authentication_error.xml": (AUTHORIZATION, ""),
    "12_120_authorization_failure_user_removed.json": (AUTHORIZATION, ""),
    "13_3001_throttle_json_shape_unverified.json": (TRANSPORT, ""),
    "14_3001_throttle_429.xml": (TRANSPORT, ""),
    "15_3001_throttle_403.xml": (TRANSPORT, ""),
    "16_610_object_not_found_inactive.json": (MAPPING, ""),
    "19_2010_unsupported_property.json": (PROVIDER, ""),
    "20_2010_unsupported_property_masked_2026.json": (PROVIDER, ""),
    "22_2020_required_name.json": (SOURCE, ""),
    "23_2020_required_line_detailtype.json": (PROVIDER, ""),
    "24_2020_required_paymenttype_sparse.json": (SOURCE, ""),
    "26_2030_invalid_id.json": (SOURCE, ""),
    "27_2050_string_too_long_description.json": (SOURCE, ""),
    "29_2170_invalid_enumeration.json": (SOURCE, ""),
    "30_2500_invalid_ref_inactive.xml": (MAPPING, ""),
    "32_2500_invalid_ref_accounts.json": (MAPPING, ""),
    "33_2500_invalid_ref_classes.json": (MAPPING, ""),
    "34_2500_invalid_ref_departments.json": (MAPPING, ""),
    "35_2500_invalid_ref_names.json": (MAPPING, ""),
    "36_2500_invalid_ref_category.json": (MAPPING, ""),
    "37_4000_query_parse_null.json": (PROVIDER, ""),
    "38_4000_query_empty.json": (PROVIDER, ""),
    "40_4000_query_lexical_percent.json": (PROVIDER, ""),
    "41_4001_query_unknown_entity.json": (PROVIDER, ""),
    "42_4001_query_not_queryable.json": (PROVIDER, ""),
    "44_4001_query_startposition_zero.xml": (PROVIDER, ""),
    "45_4002_query_processing_email_mv41.json": (PROVIDER, ""),
    "47_5010_stale_object.json": (PROVIDER, ""),
    "48_5010_stale_object_void.json": (PROVIDER, ""),
    "50_5010_stale_object_api_user.json": (PROVIDER, ""),
    "51_5010_stale_object_entity_suffix.json": (PROVIDER, ""),
    "53_6000_gst_rate_missing_ca.json": (MAPPING, ""),
    "55_6000_tax_calculation.json": (PROVIDER, ""),
    "56_6000_line_without_tax_code.json": (MAPPING, ""),
    "58_6000_unexpected_internal_30003.json": (PROVIDER, ""),
    "59_6000_je_two_lines.json": (SOURCE, ""),
    "60_6000_ar_needs_customer.json": (PROVIDER, ""),
    "62_6000_charge_already_invoiced.json": (PROVIDER, ""),
    "63_6000_must_set_amount.json": (PROVIDER, ""),
    "64_6000_attachable_link_missing.json": (PROVIDER, ""),
    "65_6000_attachable_empty.json": (PROVIDER, ""),
    "67_6070_amount_qty_unitprice.xml": (SOURCE, ""),
    "69_6140_duplicate_docnumber_2026_09.json": (DUPLICATE, "6575"),
    "70_6140_duplicate_docnumber_2026_04.json": (DUPLICATE, "17984"),
    "72_6000_tax_code_missing_french.json": (MAPPING, ""),
    "73_6190_invalid_company_status.json": (AUTHORIZATION, ""),
    "74_6210_account_period_closed.json": (SOURCE, ""),
    "75_6240_duplicate_name_null.json": (DUPLICATE, ""),
    "77_6240_duplicate_name_normal_same_case.json": (DUPLICATE, ""),
    "79_6240_duplicate_name_tax_rate.json": (DUPLICATE, ""),
    "80_6240_duplicate_name_customer.xml": (DUPLICATE, ""),
    "83_6430_invalid_account_type.json": (MAPPING, ""),
    "84_500_unsupported_path.json": (PROVIDER, ""),
    "85_500_void_not_supported_purchase.json": (PROVIDER, ""),
    "87_0_void_je_silent_noop.json": (PROVIDER, ""),
    "88_10000_payroll_npe.json": (TRANSPORT, ""),
    "90_10000_resource_not_found_old.json": (TRANSPORT, ""),
    "92_502_nginx_502.html": (TRANSPORT, ""),
    "94_invalid_grant_oauth_refresh_incorrect.json": (AUTHORIZATION, ""),
    "95_invalid_grant_oauth_token_invalid.json": (AUTHORIZATION, ""),
}
# fmt: on
"""File: dimension, and the id of the object that is there already."""

FIELDS = ["code", "messages", "dimension", "reason", "action", "who", "transient", "existing_id"]


def described(name: str) -> dict[str, Any]:
    index = json.loads(shared_file("qbo", "faults", "index.json").read_text(encoding="utf-8"))
    return next(one for one in index if one["file"] == name)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_received_body_is_explained(name: str) -> None:
    path = shared_file("qbo", "faults", name)
    of_it = described(name)
    dimension, existing = EXPECTED[name]
    said = call("explain", "--http-status", str(of_it["http"]), str(path), "--json")
    told = said.data
    assert said.code == 0
    assert list(told) == FIELDS
    assert told["code"] == str(of_it["code"])
    assert (told["dimension"], told["existing_id"]) == (dimension, existing)
    assert told["transient"] is (dimension == TRANSPORT)
    assert all(told[field] for field in ("reason", "action", "who"))


@pytest.mark.skipif(not (SHARED / "qbo" / "faults").exists(), reason="the received bodies are not here")
def test_no_received_body_is_left_out() -> None:
    index = json.loads(shared_file("qbo", "faults", "index.json").read_text(encoding="utf-8"))
    assert {one["file"] for one in index} == set(EXPECTED)


FAULT = (
    b'{"Fault":{"Error":[{"Message":"Required","Detail":"","code":"2020"},'
    b'{"Message":"Duplicate","Detail":"TxnType=Invoice with TxnId=42","code":"6140"}],'
    b'"type":"ValidationFault"}}'
)


def test_of_several_errors_the_leading_one_is_told_and_all_are_quoted() -> None:
    told = call("explain", "-", "--http-status", "400", "--json", stdin=FAULT).data
    assert (told["code"], told["dimension"], told["existing_id"]) == ("6140", DUPLICATE, "42")
    assert len(told["messages"]) == 2


@pytest.mark.parametrize("kept", [0, 1, 40, 120])
def test_an_answer_that_was_cut_off_is_explained(kept: int) -> None:
    said = call("explain", "-", "--http-status", "200", "--json", stdin=FAULT[:kept])
    assert (said.code, list(said.data)) == (0, FIELDS)
    assert said.data["dimension"] == TRANSPORT


def test_the_same_code_means_another_thing_with_another_status() -> None:
    body = b'{"fault":{"error":[{"message":"ApplicationAuthorizationFailed","code":"3100"}]}}'
    told = {
        status: call("explain", "-", "--http-status", status, "--json", stdin=body).data["dimension"]
        for status in ("403", "500")
    }
    assert told == {"403": AUTHORIZATION, "500": TRANSPORT}


def test_a_success_is_called_one() -> None:
    said = call("explain", "-", "--http-status", "200", stdin=b'{"Invoice": {"Id": "7"}}')
    assert (said.code, "success" in said.text) == (0, True)


def test_text_of_an_answer_cannot_command_the_terminal() -> None:
    body = FAULT.replace(b"Required", rb"\u001b[2J")
    assert "\x1b" not in call("explain", "-", stdin=body).text


def test_a_file_that_is_not_there_is_a_sentence() -> None:
    said = call("explain", "/nowhere/at/all", "--json")
    assert (said.code, said.out) == (2, b"")
    assert is_one_sentence(said.err)


@pytest.mark.parametrize("said", ["502 Bad Gateway", "Service Unavailable"])
def test_a_page_of_a_gateway_is_told_as_what_it_says(said: str) -> None:
    page = f"<html><head><title>{said}</title></head><body><hr>nginx</body></html>"
    told = call("explain", "-", "--json", stdin=page.encode()).data
    assert (told["dimension"], told["transient"], told["messages"]) == (TRANSPORT, True, [said])
    assert told["code"] in {"502", "503"}


@pytest.mark.parametrize(
    "body",
    [
        b"Dear all,\nnothing of QuickBooks in here",
        b'{"Fault":{"Error":"x"}}',
        b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
        bytes(range(256)) * 4,
        b"[" * 100_000,
        b'{"name": "a package"}',
    ],
)
def test_what_is_no_answer_is_called_so_without_an_invented_status(body: bytes) -> None:
    told = call("explain", "-", "--json", stdin=body).data
    text = call("explain", "-", stdin=body).text
    assert list(told) == FIELDS
    assert (told["code"], told["messages"], told["dimension"], told["transient"]) == ("", [], "", False)
    assert text.startswith("This does not look like an answer of QuickBooks.")
    assert "HTTP 4" not in text
    assert text.replace("\n", "").isprintable()


def test_bytes_that_are_no_text_are_not_quoted_even_with_a_status() -> None:
    told = call("explain", "-", "--http-status", "200", "--json", stdin=bytes(range(128, 256)) * 4).data
    assert (told["messages"], told["dimension"]) == ([], TRANSPORT)


@pytest.mark.parametrize("body", [FAULT, FAULT[:-2] + b"x"])
def test_a_code_needs_no_status(body: bytes) -> None:
    told = call("explain", "-", "--json", stdin=body).data
    assert told["dimension"] in {DUPLICATE, TRANSPORT}
    assert "HTTP" not in told["reason"]
