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

AUTHORIZATION = Dimension.AUTHORIZATION
MAPPING = Dimension.MAPPING
SOURCE = Dimension.SOURCE_DATA
REJECTION = Dimension.PROVIDER_REJECTION
DUPLICATE = Dimension.DUPLICATE_RISK
TRANSPORT = Dimension.TRANSPORT


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
        (fault("5010", detail="The account period has closed. {1}"), "period_is_closed"),
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
            "instead",
            "closing_iso",
            "code",
            "difference",
            "memo",
        ),
        *("currencies", "edition", "kinds"),
        *(
            "part",
            "happened",
            "field",
            "given",
            "size",
            "unknown",
            "other",
            "whom",
            "linked",
            "since",
            "successor",
            "was",
        ),
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
            "other_record",
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
