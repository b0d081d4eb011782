import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awra_tui.qbo.envelopes import expecting, hidden_fault, object_in, parse, parse_batch
from awra_tui.records.fault import Fault
from tests.shared import SHARED, shared_file

INDEX = SHARED / "qbo" / "faults" / "index.json"
BODIES = json.loads(INDEX.read_text(encoding="utf-8")) if INDEX.exists() else []
NO_CODE = {"87_0_void_je_silent_noop.json": "no_op", "92_502_nginx_502.html": "not_json"}

SERVICE = {
    "Fault": {
        "Error": [
            {"Message": "Duplicate Name Exists Error", "Detail": "The name … : Id=1507", "code": "6240"},
            {"Message": "Required", "Detail": None, "code": 2020, "element": "Line"},
        ],
        "type": "ValidationFault",
    },
    "time": "2026-01-02T03:04:05.000-08:00",
}
XML = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<IntuitResponse time="2026-01-02T03:04:05" xmlns="http://schema.intuit.com/finance/v3">'
    b'<Fault type="SERVICE"><Error code="3001" element="x"><Message>Throttle &amp; wait</Message>'
    b"<Detail>later</Detail></Error></Fault></IntuitResponse>"
)


def dumped(value):
    return json.dumps(value).encode()


def codes(fault):
    return [message.code for message in fault.messages]


@pytest.mark.parametrize("entry", BODIES, ids=lambda entry: entry["file"])
def test_every_recorded_refusal_is_a_fault_with_its_code(entry):
    body = shared_file("qbo", "faults", entry["file"]).read_bytes()
    kind = "application/xml" if entry["file"].endswith("xml") else "application/json"
    fault = parse(entry["http"], kind, body, "1-5f")
    assert isinstance(fault, Fault)
    assert fault.http_status == entry["http"]
    assert fault.tid == "1-5f"
    assert fault.transport == NO_CODE.get(entry["file"], "")
    assert fault.code == ("" if entry["file"] in NO_CODE else entry["code"])
    assert fault.transport == "no_op" or fault.messages[0].text


RECORDINGS = sorted((SHARED / "qbo" / "recordings").glob("*.json"))


@pytest.mark.parametrize("path", RECORDINGS, ids=lambda path: path.stem)
def test_every_recorded_answer_is_what_its_status_says(path):
    recorded = json.loads(path.read_bytes())
    if "json" not in recorded:
        pytest.skip("this recording is a file, not JSON")
    status = recorded["status"]["code"]
    answer = parse(status, "application/json", dumped(recorded["json"]))
    refused = status >= 400 or "attachment_error" in path.stem
    assert isinstance(answer, Fault) == refused


def test_the_reference_material_has_refusals():
    shared_file("qbo", "faults", "index.json")
    assert len(BODIES) > 50


@pytest.mark.parametrize("status", [200, 400])
def test_several_errors_of_the_service_are_all_kept(status):
    fault = parse(status, "application/json", dumped(SERVICE))
    assert codes(fault) == ["6240", "2020"]
    assert fault.type == "ValidationFault"
    assert fault.messages[1].element == "Line"
    assert fault.messages[1].detail == ""


def test_the_gateways_lower_case_form():
    error = {"message": "AuthenticationFailed", "detail": None, "code": "3200", "element": None}
    payload = {"warnings": None, "fault": {"error": [error], "type": "AUTHENTICATION"}, "time": 1601391072830}
    fault = parse(401, "application/json", dumped(payload))
    assert (codes(fault), fault.type) == (["3200"], "AUTHENTICATION")


def test_xml_whole_broken_and_cut():
    whole = parse(429, "application/xml", XML)
    assert (codes(whole), whole.messages[0].message, whole.type) == (["3001"], "Throttle & wait", "SERVICE")
    broken = parse(429, "application/json", XML.replace(b"</Error>", b""))
    assert broken.messages == whole.messages
    assert broken.type == "SERVICE"
    cut = parse(429, "application/xml", XML[: XML.index(b"</Message>")])
    assert (codes(cut), cut.messages[0].message) == (["3001"], "Throttle & wait")
    nothing_left = parse(200, "application/xml", XML[:70])
    assert (nothing_left.transport, codes(nothing_left)) == ("cut", [])


def test_xml_with_entities_of_its_own_is_not_expanded():
    bomb = b'<!DOCTYPE x [<!ENTITY a "boom"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    assert parse(200, "application/xml", bomb).transport == "not_json"


@pytest.mark.parametrize("status", [200, 502, 503])
def test_html_of_a_gateway_is_told_in_its_title(status):
    page = b"<html><head><title>502 Bad  Gateway</title><script>alert(1)</script></head><body>x</body></html>"
    fault = parse(status, "text/html", page)
    assert (fault.transport, fault.messages[0].message) == ("not_json", "502 Bad Gateway")
    assert parse(status, "text/html", b"<h1>Busy &amp; slow</h1>").messages[0].message == "Busy & slow"


@pytest.mark.parametrize(
    ("body", "transport"),
    [
        (b"", "empty"),
        (b" \r\n", "empty"),
        (b'{"Invoice":{"Id":"1","TotalAmt":1', "cut"),
        (b'{"Invoice":{"Id":"1"', "cut"),
        (b'{"Invoice" "Id"}', "not_json"),
        (b"[]", "not_json"),
        (b"null", "not_json"),
        (b"17", "not_json"),
        (b"OK", "not_json"),
        (b"[" * 100_000, "cut"),
        (b'{"a":1e99999999999999999999}', "not_json"),
        (b"\xff\xfe\x00", "not_json"),
        (b"{}", "no_op"),
        (b'{"BatchItemResponse":[],"time":"x"}', "no_op"),
        (b'{"warnings":null,"intuitObject":null,"time":1,"status":null}', "no_op"),
    ],
)
def test_what_is_no_success_is_never_taken_for_one(body, transport):
    fault = parse(200, "application/json", body)
    assert isinstance(fault, Fault)
    assert fault.transport == transport


def test_a_refusal_that_is_cut_off_is_still_a_refusal():
    body = dumped(SERVICE)
    fault = parse(400, "application/json", body[: body.index(b'"code": 2020')])
    assert fault.messages[0].code == "6240"
    assert fault.messages[0].message == "Duplicate Name Exists Error"
    assert fault.transport == ""


def test_of_a_cut_off_answer_under_200_nothing_is_believed():
    body = dumped({"BatchItemResponse": [{**SERVICE, "bId": "1"}, {"Invoice": {"Id": "1"}, "bId": "2"}]})
    fault = parse(200, "application/json", body[:-5])
    assert (fault.transport, fault.messages) == ("cut", ())


@pytest.mark.parametrize("status", [301, 400, 404, 500])
def test_json_without_a_fault_is_no_success_under_an_error_status(status):
    fault = parse(status, "application/json", dumped({"Invoice": {"Id": "1"}, "message": "Not here"}))
    assert isinstance(fault, Fault)
    assert fault.messages[0].message == "Not here"
    assert parse(status, "application/json", dumped({"Invoice": {"Id": "1"}})).messages == ()


def test_oauth_errors_have_their_word_as_code():
    fault = parse(400, "application/json", dumped({"error": "invalid_grant", "error_description": "Token"}))
    assert (fault.code, fault.messages[0].text) == ("invalid_grant", "Token")


def test_faults_of_odd_shapes_are_read():
    assert codes(parse(400, "", dumped({"Fault": {"Error": {"code": "610", "Message": "x"}}}))) == ["610"]
    assert parse(200, "", dumped({"Fault": {}})) == Fault(http_status=200)
    assert parse(400, "", dumped({"Fault": "down"})).messages[0].message == "down"
    assert codes(parse(400, "", dumped({"errors": [{"code": "1", "message": "x"}, "y"]}))) == ["1", ""]


def test_a_success_keeps_exact_numbers_and_a_byte_order_mark_does_not_matter():
    body = b'\xef\xbb\xbf{"Invoice":{"Id":"1","TotalAmt":0.10}}'
    payload = parse(200, "application/json", body)
    assert payload["Invoice"]["TotalAmt"] == Decimal("0.10")
    assert str(payload["Invoice"]["TotalAmt"]) == "0.10"


def test_an_empty_query_is_a_success():
    assert parse(200, "application/json", b'{"QueryResponse":{},"time":"x"}')["QueryResponse"] == {}


def test_items_of_a_batch_stand_by_their_ids():
    payload = {
        "BatchItemResponse": [
            {"bId": "1", "Invoice": {"Id": "7"}},
            {"bId": "2", **SERVICE},
            {"bId": "3"},
            {"bId": "4", "QueryResponse": {}},
            {"bId": "5", "Invoice": {}},
            {"Invoice": {"Id": "8"}},
            "noise",
        ]
    }
    items = parse_batch(parse(200, "application/json", dumped(payload), "t"), "t")
    assert sorted(items) == ["1", "2", "3", "4", "5"]
    assert object_in(items["1"], "Invoice") == {"Id": "7"}
    assert (codes(items["2"]), items["2"].tid) == (["6240", "2020"], "t")
    assert items["3"].transport == items["5"].transport == "no_op"
    assert items["4"]["QueryResponse"] == {}
    assert parse_batch({"BatchItemResponse": None}) == {}


def test_a_hidden_fault_is_found_where_a_person_asks_for_it():
    payload = {"BatchItemResponse": [{"bId": "1", "Invoice": {"Id": "7"}}, {"bId": "2", **SERVICE}]}
    assert hidden_fault(payload).code == "6240"
    assert hidden_fault({"BatchItemResponse": [{"bId": "1", "Invoice": {"Id": "7"}}]}) is None
    assert parse(200, "", dumped({"AttachableResponse": [SERVICE]})).code == "6240"
    assert parse(200, "", dumped({"CDCResponse": [SERVICE]})).code == "6240"


def test_what_was_asked_for_must_be_there():
    answer = {"Invoice": {"Id": "7"}, "time": "x"}
    assert expecting(answer, "invoice") is answer
    assert expecting(answer, "Payment", tid="t") == Fault(http_status=200, transport="no_op", tid="t")
    assert expecting({"Invoice": {"DocNumber": "7"}}, "Invoice").transport == "no_op"
    assert expecting({"BatchItemResponse": []}, "BatchItemResponse").transport == "no_op"


@given(st.integers(100, 599), st.text(max_size=20), st.binary(max_size=200))
def test_any_bytes_are_read_without_a_traceback(status, content_type, body):
    answer = parse(status, content_type, body)
    assert isinstance(answer, Fault | dict)
    if not 200 <= status < 300:
        assert isinstance(answer, Fault)


@given(st.integers(0, 2000), st.sampled_from([dumped(SERVICE), XML, dumped({"Invoice": {"Id": "7"}})]))
def test_no_cut_answer_is_a_success(length, body):
    if length < len(body):
        assert isinstance(parse(200, "", body[:length]), Fault)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["Fault", "fault", "Error", "error", "code", "bId", "Id", "x"]), inner
        )
    ),
    max_leaves=20,
)


@given(JSON, st.sampled_from([200, 400, 500]))
def test_any_json_is_read_without_a_traceback(value, status):
    answer = parse(status, "application/json", dumped(value))
    assert isinstance(answer, Fault | dict)
    items = parse_batch({"BatchItemResponse": [value, {"bId": "1", "x": value}]})
    assert all(isinstance(item, Fault | dict) for item in items.values())
