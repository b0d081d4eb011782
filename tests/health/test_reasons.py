import json
import string
from importlib import import_module
from pkgutil import iter_modules

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awra_tui.health import catalogue
from awra_tui.health.catalogue import REASONS
from awra_tui.health.reasons import explain, explain_fault, findings_of
from awra_tui.records.fault import Fault, FaultMessage
from awra_tui.records.finding import Finding
from awra_tui.records.status import Dimension
from tests.shared import shared_file

AUTHORIZATION = Dimension.AUTHORIZATION
MAPPING = Dimension.MAPPING
SOURCE = Dimension.SOURCE_DATA
REJECTION = Dimension.PROVIDER_REJECTION
DUPLICATE = Dimension.DUPLICATE_RISK
TRANSPORT = Dimension.TRANSPORT

RECORDED = {
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
    "19_2010_unsupported_property.json": (REJECTION, ""),
    "20_2010_unsupported_property_masked_2026.json": (REJECTION, ""),
    "22_2020_required_name.json": (SOURCE, ""),
    "23_2020_required_line_detailtype.json": (REJECTION, ""),
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
    "37_4000_query_parse_null.json": (REJECTION, ""),
    "38_4000_query_empty.json": (REJECTION, ""),
    "40_4000_query_lexical_percent.json": (REJECTION, ""),
    "41_4001_query_unknown_entity.json": (REJECTION, ""),
    "42_4001_query_not_queryable.json": (REJECTION, ""),
    "44_4001_query_startposition_zero.xml": (REJECTION, ""),
    "45_4002_query_processing_email_mv41.json": (REJECTION, ""),
    "47_5010_stale_object.json": (REJECTION, ""),
    "48_5010_stale_object_void.json": (REJECTION, ""),
    "50_5010_stale_object_api_user.json": (REJECTION, ""),
    "51_5010_stale_object_entity_suffix.json": (REJECTION, ""),
    "53_6000_gst_rate_missing_ca.json": (MAPPING, ""),
    "55_6000_tax_calculation.json": (REJECTION, ""),
    "56_6000_line_without_tax_code.json": (MAPPING, ""),
    "58_6000_unexpected_internal_30003.json": (REJECTION, ""),
    "59_6000_je_two_lines.json": (SOURCE, ""),
    "60_6000_ar_needs_customer.json": (REJECTION, ""),
    "62_6000_charge_already_invoiced.json": (REJECTION, ""),
    "63_6000_must_set_amount.json": (REJECTION, ""),
    "64_6000_attachable_link_missing.json": (REJECTION, ""),
    "65_6000_attachable_empty.json": (REJECTION, ""),
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
    "84_500_unsupported_path.json": (REJECTION, ""),
    "85_500_void_not_supported_purchase.json": (REJECTION, ""),
    "87_0_void_je_silent_noop.json": (REJECTION, ""),
    "88_10000_payroll_npe.json": (TRANSPORT, ""),
    "90_10000_resource_not_found_old.json": (TRANSPORT, ""),
    "92_502_nginx_502.html": (TRANSPORT, ""),
    "94_invalid_grant_oauth_refresh_incorrect.json": (AUTHORIZATION, ""),
    "95_invalid_grant_oauth_token_invalid.json": (AUTHORIZATION, ""),
}


def recorded():
    return {
        entry["file"]: entry for entry in json.loads(shared_file("qbo", "faults", "index.json").read_text())
    }


@pytest.mark.parametrize("name", RECORDED)
def test_recorded_body_gets_the_dimension_of_the_table(name):
    from awra_tui.qbo.envelopes import parse

    entry = recorded()[name]
    body = shared_file("qbo", "faults", name).read_bytes()
    fault = parse(entry["http"], "", body)
    assert isinstance(fault, Fault)
    said = explain_fault(fault)
    dimension, existing = RECORDED[name]
    assert (said["dimension"], said["existing_id"]) == (str(dimension), existing)
    assert said["code"] == entry["code"]
    assert said["transient"] is (dimension is TRANSPORT)
    assert said["reason"].endswith((".", ")", message_of(fault)))
    assert said["action"]


def message_of(fault):
    return fault.messages[0].text if fault.messages else "."


def test_every_recorded_body_is_expected():
    assert set(recorded()) == set(RECORDED)


def fault(code="", http=400, detail="", element="", message="Refused", **more):
    messages = (FaultMessage(code, message, detail, element),) if code else ()
    return Fault(http_status=http, messages=messages, **more)


@pytest.mark.parametrize(
    ("given_fault", "key"),
    [
        (fault("3100", 500), "gateway_error"),
        (fault("120", 500), "gateway_error"),
        (fault("100", 401), "user_not_known"),
        (fault("130", 401), "user_not_known"),
        (fault("3200", 401), "access_ended"),
        (fault("500", 503), "server_error"),
        (fault("10100", 400), "report_too_large"),
        (fault("10100", 500), "server_error"),
        (fault("10000", 200), "error_of_quickbooks"),
        (fault("5020", 400), "no_permission"),
        (fault("620"), "cannot_be_applied"),
        (fault("6540"), "deposited_already"),
        (fault("6520"), "inventory_date"),
        (fault("6210"), "period_is_closed"),
        (fault("2500", detail="Invalid Reference Id : items element id 9 not found"), "refers_to_nothing"),
        (fault("6000", detail="Please wait a few minutes, then try again."), "busy"),
        (fault("6000", detail="Veuillez patienter : patientez quelques minutes."), "busy"),
        (
            fault("6000", detail="Make sure all your transactions have a VAT rate before you save."),
            "tax_code_refused",
        ),
        (fault("6000", detail="Asegúrese de que todas las transacciones tengan IVA."), "tax_code_refused"),
        (fault("6000", detail="Bitte wählen Sie einen Steuersatz für jede Zeile."), "tax_code_refused"),
        (fault("6000", detail="The memo is too long."), "text_too_long"),
        (fault("6000", detail="Please activate the account first."), "refused_by_a_rule"),
        (fault("2020", element="Line.DetailType"), "line_type_missing"),
        (fault("99999", 400), "refused"),
        (fault("99999", 503), "server_error"),
        (fault(http=0, transport="timeout"), "no_answer_in_time"),
        (fault(http=0, transport="connect", sent=False), "no_connection"),
        (fault(http=0, transport="cut"), "connection_broke"),
        (fault(http=200, transport="not_json"), "answer_not_readable"),
        (fault(http=200, transport="empty"), "empty_answer"),
        (fault(http=200, transport="no_op"), "nothing_done"),
        (fault(http=401, transport="not_json"), "user_not_known"),
        (fault(http=429, transport="not_json"), "throttled"),
        (fault(http=404, transport="not_json"), "unreadable_answer"),
        (fault(http=502, transport="not_json"), "server_error"),
    ],
)
def test_nuances_of_the_table(given_fault, key):
    assert findings_of(given_fault)[0].reason == key


def test_unknown_code_is_shown_in_full():
    said = explain_fault(fault("7777", detail="Something new happened"))
    assert said["dimension"] == "provider rejection"
    assert "7777" in said["reason"]
    assert "Refused: Something new happened" in said["reason"]


@pytest.mark.parametrize(
    ("code", "detail", "existing"),
    [
        ("6140", "DocNumber=1037 is assigned to TxnType=Invoice with TxnId=17984", "17984"),
        ("6240", "The name supplied already exists. : Id=1507", "1507"),
        ("6240", "The name supplied already exists. : null", ""),
        ("6000", "The entity with TxnId=9 is odd", ""),
    ],
)
def test_existing_id_comes_from_the_detail(code, detail, existing):
    assert explain_fault(fault(code, detail=detail))["existing_id"] == existing


def test_several_errors_keep_all_messages_and_lead_with_the_duplicate():
    messages = tuple(FaultMessage(code, f"Error {code}") for code in ("7777", "2050", "2500", "6140"))
    findings = findings_of(Fault(http_status=400, messages=messages))
    assert [finding.code for finding in findings] == ["6140", "2500", "2050", "7777"]
    assert [finding.message for finding in findings] == [f"Error {each.code}" for each in findings]
    said = explain_fault(Fault(http_status=400, messages=messages))
    assert said["messages"] == ["Error 7777", "Error 2050", "Error 2500", "Error 6140"]
    assert said["code"] == "6140"


def test_words_without_a_code_are_kept():
    said = (FaultMessage("", "502 Bad Gateway"),)
    for transport, reason in (("not_json", "answer_not_readable"), ("no_op", "nothing_done")):
        (finding,) = findings_of(Fault(http_status=200, messages=said, transport=transport))
        assert (finding.reason, finding.message) == (reason, "502 Bad Gateway")


def test_text_from_outside_is_no_template():
    said = explain_fault(fault("7777", detail="{0} {record!r} {reason.__class__} 100%"))
    assert "{0} {record!r} {reason.__class__} 100%" in said["reason"]


VALUES = dict.fromkeys(
    (
        *(
            "account",
            "after",
            "allowed",
            "amount",
            "applied",
            "attempts",
            "candidate",
            "closing",
            "ids",
            "closing_iso",
            "code",
            "difference",
            "memo",
        ),
        *("currencies", "edition", "kinds"),
        *("part", "happened"),
        *("column", "computed", "count", "credits", "currency", "date", "debits", "element", "entity"),
        *(
            "existing",
            "expected",
            "fields",
            "found",
            "file",
            "home",
            "key",
            "own",
            "kind",
            "label",
            "length",
            "limit",
            "line",
        ),
        *(
            "mapping",
            "message",
            "number",
            "object",
            "object_label",
            "object_title",
            "other_label",
            "parent",
            "place",
        ),
        *("parent_key", "party", "party_label", "qbo_rate", "record", "reference", "sign", "source_rate"),
        *(
            "source",
            "standing",
            "state",
            "status",
            "theirs",
            "total",
            "type",
            "value",
            "value_label",
            "what",
            "why",
        ),
    ),
    "Word",
)


@pytest.mark.parametrize("reason", REASONS.values(), ids=REASONS)
def test_reason_reads_as_a_sentence(reason):
    said = explain(Finding(reason=reason.key, values=VALUES))
    assert said.sentence[0].isupper()
    assert said.sentence.endswith((".", "Word"))
    assert said.action.endswith(".")
    assert "  " not in said.sentence + said.action
    assert said.screen in {"mapping", "connect", "record", "connection", ""}


@pytest.mark.parametrize("reason", REASONS.values(), ids=REASONS)
def test_templates_name_known_values_only(reason):
    for template in (reason.sentence, reason.action, reason.cause, reason.awaits):
        used = {name for _, name, _, _ in string.Formatter().parse(template) if name}
        assert used <= {*VALUES, "reason"}


def test_only_transport_is_transient():
    for reason in REASONS.values():
        assert not reason.transient or reason.dimension is TRANSPORT


@given(
    code=st.text(alphabet=string.digits, max_size=6),
    http=st.integers(0, 599),
    text=st.text(max_size=80),
    transport=st.sampled_from(["", "timeout", "connect", "cut", "not_json", "empty", "no_op"]),
)
def test_every_fault_is_explained(code, http, text, transport):
    messages = (FaultMessage(code, text, text[::-1]),) if code else ()
    said = explain_fault(Fault(http_status=http, messages=messages, transport=transport))
    assert said["dimension"] in {str(each) for each in Dimension}
    assert said["reason"]
    assert said["action"]


def test_no_key_stands_twice():
    parts = (import_module(f"{catalogue.__name__}.{part.name}") for part in iter_modules(catalogue.__path__))
    keys = [reason.key for part in parts for reason in getattr(part, "REASONS", ())]
    assert sorted(keys) == sorted(REASONS)


@pytest.mark.parametrize("key", REASONS)
def test_a_key_reads_as_a_few_plain_words(key):
    words = key.split("_")
    assert len(words) <= 4
    assert all(word.isalpha() and word.islower() for word in words)
    assert not {"qbo", "op", "json", "http", "object", "parent", "entity"} & set(words)
