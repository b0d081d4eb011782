"""Pages and answers of actions, made up for the screens that show one thing in detail."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from awra_tui.actions.results import Done, ResendQuestion, ResendResult
from awra_tui.actions.staging import ChangeLine, ChangesPreview, ChangesSaved
from awra_tui.cache.pages.log import AttemptRow, ExchangeRow, RunRow
from awra_tui.cache.pages.mappings import Choice, MappingRow
from awra_tui.cache.pages.overview import Money
from awra_tui.cache.pages.records import LinkRow, RecordPage, RelatedRow
from awra_tui.cache.pages.warnings import WarningRow
from awra_tui.records.finding import Verdict
from awra_tui.records.mapping import Mapping
from awra_tui.records.qbo import QboObject
from awra_tui.records.record import Contact, Line, SourceRecord
from awra_tui.records.status import Dimension, MappingState, Mark, Status, Who
from awra_tui.records.subject import MappingKey, RecordKey, record_subject

NASTY = "[red]O'Neil & Söhne[/]"
STAMP = "2026-11-03T08:02:00.000000Z"
KEY = RecordKey("invoice", "i-1042")
MESSAGE = "Make sure all your transactions have a VAT rate before you save."
EVIDENCE = SimpleNamespace(
    title="Invoice INV-1042",
    markdown="# Invoice INV-1042 did not arrive",
    json='{"title": "INV-1042"}',
    missing="",
)
TAX_KEY = MappingKey("tax_code", "Zero-rated", "branch=Mombasa")


def warning(**changes) -> WarningRow:
    """A warning of INV-1042 about its tax category."""
    values = {
        "id": 7, "subject": record_subject("invoice", "i-1042"), "kind": "invoice", "source_id": "i-1042",
        "number": "INV-1042", "party": "Baobab Café", "amount_minor": 1276000, "currency": "KES",
        "date": "2026-11-03", "status": Status.NEEDS_ATTENTION, "reason": "mapping_missing",
        "sentence": "The tax category “Zero-rated” of branch Mombasa is not mapped.",
        "action": "Map it (t).", "who": Who.FINANCE, "dimension": Dimension.MAPPING, "blocked_by": "",
        "opened_at": STAMP, "attempts": 2, "last_attempt_at": STAMP, "branch": "Mombasa", "reference": "",
        "owner": "", "screen": "mapping", "cause": f"mapping:{TAX_KEY.text}", "code": "6000",
        "message": MESSAGE, "existing_id": "", "dismissed": False,
        "dismissed_by": "", "dismissed_at": "", "dismissed_why": "", "came_back": "",
    }  # fmt: skip
    return WarningRow(**{**values, **changes})


def attempt(**changes) -> AttemptRow:
    """A refused attempt to send INV-1042."""
    values = {
        "id": 31, "run_id": 4, "request_id": 90, "kind": "invoice", "source_id": "i-1042",
        "number": "INV-1042", "party": "Baobab Café", "amount_minor": 1276000, "currency": "KES",
        "role": "main", "operation": "create", "outcome": "failed", "code": "6000", "message": MESSAGE,
        "http_status": 400, "tid": "1-abc-def", "requestid": "req-0001", "started_at": STAMP,
        "ended_at": STAMP, "duration_ms": 812, "who": "person",
    }  # fmt: skip
    return AttemptRow(**{**values, **changes})


def source(**changes) -> SourceRecord:
    """INV-1042 as its source has it."""
    values = {
        "kind": "invoice", "source_id": "i-1042", "number": "INV-1042", "party_id": "c-7",
        "party_name": "Baobab Café", "date": dt.date(2026, 11, 3), "due_date": dt.date(2026, 12, 3),
        "amount": Decimal(12760), "tax": Decimal(0), "currency": "KES", "state": "approved",
        "branch": "Mombasa", "memo": "Deliver to the back door",
        "contact": Contact(email="accounts@baobab.example", tax_number="P051234567X"),
        "lines": (
            Line(amount=Decimal(7760), item_name="Roasted coffee", description="250 g, whole bean",
                 quantity=Decimal(8), unit_price=Decimal(970), tax_category="Zero-rated"),
            Line(amount=Decimal(5000), item_name="Delivery", tax_category="Zero-rated"),
        ),
        "extra": {"Salesperson": "A. Njeri"},
    }  # fmt: skip
    return SourceRecord(**{**values, **changes})


def verdicts(**changes: tuple[Mark, str]) -> tuple[Verdict, ...]:
    """The eight verdicts of INV-1042."""
    said = {
        "source": (Mark.OK, "approved 03 Nov by branch Mombasa"),
        "ready": (Mark.OK, "complete; date after the closing date 31 Oct"),
        "mapping": (Mark.STOP, "tax “Zero-rated” (Mombasa) → nothing"),
        "duplicates": (Mark.OK, "no number, reference or similar amount in QuickBooks"),
        "payload": (Mark.OK, "3 lines, 12,760.00"),
        "answer": (Mark.FAIL, "08:02 6000, tried 2 times"),
        "connection": (Mark.NONE, "none yet"),
        "next": (Mark.WAIT, "finance administrator: map the tax category, then resend"),
    }
    return tuple(Verdict(step, *verdict) for step, verdict in {**said, **changes}.items())


def related(**changes) -> RelatedRow:
    """The customer that INV-1042 needs."""
    values = {
        "kind": "customer", "source_id": "c-7", "number": "C-7", "party": "Baobab Café", "amount_minor": 0,
        "currency": "KES", "date": "", "status": Status.SUCCEEDED, "how": "parent",
    }  # fmt: skip
    return RelatedRow(**{**values, **changes})


def page(**changes) -> RecordPage:
    """INV-1042 with its warning, attempt and related records."""
    values = {
        "record": source(), "fingerprint": "f" * 32, "status": Status.NEEDS_ATTENTION,
        "skipped_because": "", "attempts": 2, "last_attempt_at": STAMP, "verdicts": verdicts(),
        "warnings": (warning(),), "links": (), "attempt_rows": (attempt(), attempt(id=30, tid="1-old")),
        "related": (
            related(),
            related(kind="payment", source_id="p-9", number="P-9", amount_minor=1276000, how="child",
                    status=Status.PENDING),
        ),
        "shipment": '{"DocNumber":"INV-1042","TotalAmt":12760.00}', "deleted": False, "first_seen": STAMP,
        "changed_at": STAMP,
    }  # fmt: skip
    return RecordPage(**{**values, **changes})


def thing(**changes) -> QboObject:
    """An object of QuickBooks: the invoice that was made by hand."""
    values = {
        "entity": "Invoice", "id": "145", "name": "", "number": "INV-1042", "date": dt.date(2026, 11, 3),
        "amount": Decimal(12760), "balance": Decimal(12760), "currency": "KES",
        "content": {"Id": "145", "DocNumber": "INV-1042", "TotalAmt": Decimal("12760.00")},
    }  # fmt: skip
    return QboObject(**{**values, **changes})


def link(**changes) -> LinkRow:
    """INV-1042 connected to invoice 145."""
    values = {
        "role": "main", "entity": "Invoice", "qbo_id": "145", "how": "sent", "created_at": STAMP,
        "created_by": "sync", "closed_at": "", "sent": '{"DocNumber":"INV-1042"}',
        "answer": '{"Id":"145"}', "object": thing(),
    }  # fmt: skip
    return LinkRow(**{**values, **changes})


def mapping(key: MappingKey = TAX_KEY, **changes) -> MappingRow:
    """A mapping that holds up fourteen invoices."""
    state = changes.pop("state", MappingState.REVIEW)
    sentence = changes.pop("sentence", "Zero-rated has no code for Mombasa")
    values = {
        "mapping": Mapping(key, changes.pop("qbo_id", ""), "", state, sentence), "records": 20,
        "waiting_records": 14, "waiting": (Money(currency="KES", minor=21200000, count=14),),
        "object_name": "", "object_number": "", "object_type": "", "object_currency": "", "rate": "",
        "account_name": "", "changed_at": "", "changed_by": "",
    }  # fmt: skip
    return MappingRow(**{**values, **changes})


NAMES = {"6": "0% Z", "7": "Exempt", "9": "M-Pesa", "12": "16% S", "31": "M-Pesa clearing"}


def _target(change) -> str:
    told = " and ".join(NAMES[each] for each in (change.qbo_id, change.account_id) if each)
    return f"{told} from {change.valid_from:%d %b %Y} on" if change.valid_from else told


def changes_preview(changes, **said) -> ChangesPreview:
    """What changes would mean: they release 14 invoices each."""
    lines = tuple(
        ChangeLine(
            key=change.key,
            before="",
            after=_target(change),
            state=MappingState.READY,
            sentence="It can be used.",
        )
        for change in changes
    )
    number = 14 * len(lines)
    sentence = f"Releases {number} invoices, KES 212,000.00."
    return ChangesPreview(**{"lines": lines, "releases": number, "money": (), "sentence": sentence, **said})


def changes_saved(*released: RecordKey) -> ChangesSaved:
    """What was released."""
    told = f"Saved. {len(released)} records can be sent now."
    return ChangesSaved(sentence=told, released=released, decision_id=3)


def choice(**changes) -> Choice:
    """A tax code."""
    values = {
        "entity": "TaxCode", "id": "6", "name": "0% Z", "number": "", "type": "", "currency": "",
        "rate": "0%", "active": True,
    }  # fmt: skip
    return Choice(**{**values, **changes})


def run(**changes) -> RunRow:
    """A run that sent something."""
    values = {
        "id": 4, "trigger": "person", "direction": "both", "who": "amina", "started_at": STAMP,
        "ended_at": STAMP, "outcome": "done", "sentence": "Sent 12, 1 refused.",
        "counts": {"sent": 12, "failed": 1}, "changed": True, "folded": 0,
    }  # fmt: skip
    return RunRow(**{**values, **changes})


def exchange(**changes) -> ExchangeRow:
    """The refused request of INV-1042 with its answer."""
    values = {
        "id": 90, "requestid": "req-0001", "method": "POST", "path": "/v3/company/9/invoice",
        "body": '{"DocNumber":"INV-1042","TotalAmt":12760.00}',
        "answer": '{"Fault":{"Error":[{"Message":"' + MESSAGE + '","code":"6000"}]}}', "http_status": 400,
        "tid": "1-abc-def", "created_at": STAMP, "sent_at": STAMP, "answered_at": STAMP,
        "status": "answered", "duration_ms": 812,
    }  # fmt: skip
    return ExchangeRow(**{**values, **changes})


def record_answers() -> dict[str, Any]:
    """Return what the actions behind a record's screen answer."""
    return {
        "open_record": page(),
        "differences": [],
        "ask_resend": ResendQuestion(
            sentence="Send invoice/INV-1042 all the same?",
            quotes=(MESSAGE,),
            unchanged=1,
            sendable=(KEY,),
            needs_yes=True,
        ),
        "resend": [
            ResendResult(
                key=KEY, name="invoice/INV-1042", status=Status.SUCCEEDED, sentence="It is in QuickBooks."
            )
        ],
        "dismiss": Done(sentence="Dismissed 1 warning."),
        "restore": Done(sentence="Brought back 1 warning."),
        "set_owner": Done(sentence="Amina has 1 warning now."),
        "evidence": EVIDENCE,
        "undo_last": Done(sentence="Brought back warning 7."),
    }
