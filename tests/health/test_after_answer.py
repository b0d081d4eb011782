import pytest

from awra_tui.health.judge import after_answer
from awra_tui.health.reasons import explain
from awra_tui.health.verdicts import answer_verdict, connection_verdict, next_verdict
from awra_tui.records.fault import Fault, FaultMessage
from awra_tui.records.finding import Finding
from awra_tui.records.qbo import Link
from awra_tui.records.rules import Rules
from awra_tui.records.status import Mark, Status
from awra_tui.records.subject import RecordKey
from tests.health.world import NAIROBI, invoice


def fault(code="", http=400, detail="", **more):
    return Fault(http_status=http, messages=(FaultMessage(code, "Refused", detail),) if code else (), **more)


@pytest.mark.parametrize(
    ("answer", "status", "reason"),
    [
        (fault("6000", detail="a VAT rate before you save"), Status.NEEDS_ATTENTION, "tax_code_refused"),
        (fault("6140", detail="TxnId=6575"), Status.NEEDS_ATTENTION, "number_is_taken"),
        (fault("5010"), Status.FAILED, "changed_meanwhile"),
        (fault("7777"), Status.FAILED, "refused"),
        (fault(http=200, transport="no_op"), Status.FAILED, "nothing_done"),
        (fault("3001", 429), Status.RETRYING, "throttled"),
        (fault(http=429, transport="not_json"), Status.RETRYING, "throttled"),
        (fault("3100", 500), Status.RETRYING, "gateway_error"),
        (fault(http=0, transport="connect", sent=False), Status.RETRYING, "no_connection"),
        (fault(http=0, transport="timeout"), Status.UNKNOWN, "lost_answer"),
        (fault(http=0, transport="cut"), Status.UNKNOWN, "lost_answer"),
        (fault(http=502, transport="not_json"), Status.UNKNOWN, "lost_answer"),
        (
            Fault(http_status=502, messages=(FaultMessage("", "502 Bad Gateway"),), transport="not_json"),
            Status.UNKNOWN,
            "lost_answer",
        ),
    ],
)
def test_where_a_record_stands_after_an_answer(answer, status, reason):
    outcome = after_answer(invoice(), answer, 1, Rules())
    assert (outcome.status, outcome.findings[0].reason) == (status, reason)
    assert outcome.company_wide is False


@pytest.mark.parametrize("code", ["3200", "3100", "100", "5020", "6190", "invalid_grant"])
def test_lost_authorization_is_no_fault_of_the_record(code):
    outcome = after_answer(invoice(), fault(code, 401), 1, Rules())
    assert (outcome.status, outcome.company_wide) == (Status.PENDING, True)
    assert explain(outcome.findings[0]).screen == "connection"


def test_retrying_ends_at_the_limit():
    rules = Rules(retry_limit=3)
    assert after_answer(invoice(), fault("3001", 429), 2, rules).status is Status.RETRYING
    outcome = after_answer(invoice(), fault("3001", 429), 3, rules)
    assert outcome.status is Status.NEEDS_ATTENTION
    said = explain(outcome.findings[0])
    assert said.sentence == "Invoice INV-1042 was tried 3 times and did not get through."
    assert said.code == "3001"


def test_an_unknown_outcome_is_never_given_up():
    outcome = after_answer(invoice(), fault(http=0, transport="timeout"), 99, Rules())
    assert outcome.status is Status.UNKNOWN


def test_finding_says_which_record_and_keeps_the_words():
    outcome = after_answer(invoice(), fault("6140", detail="used by TxnId=6575"), 1, Rules())
    said = explain(outcome.findings[0])
    assert said.sentence == "QuickBooks has a transaction with this number already: it has the id 6575."
    assert said.action.startswith("Compare the two; connect invoice INV-1042")
    assert (said.message, said.existing_id) == ("Refused: used by TxnId=6575", "6575")


@pytest.mark.parametrize(
    ("status", "more", "mark", "sentence"),
    [
        (Status.PENDING, {"attempts": 0}, Mark.NONE, "not sent yet"),
        (
            Status.PENDING,
            {"attempts": 1, "when": "08:02"},
            Mark.NONE,
            "not sent again yet; 08:02 accepted, tried 1 time",
        ),
        (Status.SUCCEEDED, {"attempts": 1, "when": "08:02"}, Mark.OK, "08:02 accepted, tried 1 time"),
        (
            Status.NEEDS_ATTENTION,
            {"attempts": 2, "when": "08:02", "code": "6000"},
            Mark.FAIL,
            "08:02 6000, tried 2 times",
        ),
        (Status.RETRYING, {"attempts": 2, "code": "3001"}, Mark.WAIT, "3001, tried 2 times"),
        (
            Status.UNKNOWN,
            {"attempts": 1, "when": "08:02"},
            Mark.WAIT,
            "08:02 sent, no answer yet; tried 1 time",
        ),
    ],
)
def test_answer_verdict(status, more, mark, sentence):
    verdict = answer_verdict(status, **more)
    assert (verdict.step, verdict.mark, verdict.sentence) == ("answer", mark, sentence)


def test_connection_verdict():
    assert connection_verdict((), NAIROBI).sentence == "none yet"
    links = (
        Link(kind="credit_note", source_id="1", entity="CreditMemo", qbo_id="950"),
        Link(kind="credit_note", source_id="1", role="application", entity="Payment", qbo_id="951"),
    )
    assert connection_verdict(links, NAIROBI).sentence == (
        "credit note 950, payment 951 (application) of Savanna Traders Ltd, sent"
    )


def test_next_verdict_says_who_does_what():
    own = Finding(reason="missing_date", values={"record": "Invoice INV-1"})
    assert next_verdict(Status.NEEDS_ATTENTION, [own]).sentence == "operator: Give it a date in the source."
    waits = Finding(
        reason="waits_for_another", blocker=RecordKey("invoice", "S-1"), values={"parent": "invoice INV-1"}
    )
    assert (
        next_verdict(Status.NEEDS_ATTENTION, [waits]).sentence == "goes by itself once invoice INV-1 is right"
    )
    assert next_verdict(Status.SKIPPED, [], skipped_because="draft").sentence == "nothing: draft"
    for status in Status:
        assert next_verdict(status, []).sentence
