"""The sentences of a record's way: one verdict for each step, as the Record screen shows them."""

from collections.abc import Sequence
from decimal import Decimal

from awra_tui.health import wording
from awra_tui.health.catalogue import REASONS
from awra_tui.health.reasons import explain
from awra_tui.health.view import ParentState
from awra_tui.records.finding import Explained, Finding, Shipment, Verdict
from awra_tui.records.kinds import KINDS
from awra_tui.records.qbo import Company, Link
from awra_tui.records.record import SourceRecord
from awra_tui.records.status import Mark, Status

_NEXT = {
    Status.PENDING: "goes with the next sync",
    Status.SUCCEEDED: "nothing to do",
    Status.RETRYING: "is tried again with a later sync",
    Status.UNKNOWN: "is looked up in QuickBooks before anything is sent again",
    Status.SKIPPED: "nothing to do while the rule holds",
}
_WITHDRAWN = {"void": "void it: its amounts become zero", "delete": "delete it in QuickBooks"}
_FAILING = {Status.FAILED: Mark.FAIL, Status.NEEDS_ATTENTION: Mark.FAIL, Status.UNKNOWN: Mark.WAIT}
_HOW = {"sent": "sent", "connected": "connected by a person", "found": "found there already"}


def source_verdict(record: SourceRecord) -> Verdict:
    """Say how the source has a record: approved, when, and by which branch."""
    when = f" {wording.day(record.date)}" if record.date else ""
    where = f", branch {record.branch}" if record.branch else ""
    word = record.state or ("approved" if record.approved else "not approved")
    return Verdict("source", Mark.OK, f"{word}{when}{where}")


def skipped_verdict(sentence: str) -> Verdict:
    """Say by which rule a record is not sent."""
    return Verdict("source", Mark.NONE, sentence)


def ready_verdict(record: SourceRecord, company: Company, findings: Sequence[Finding]) -> Verdict:
    """Say whether a record is complete."""
    if findings:
        return stopped("ready", findings)
    closing = company.closing_date
    dated = bool(record.date) and not KINDS[record.kind].is_name
    after = f"; date after the closing date {wording.day(closing)}" if closing and dated else ""
    return Verdict("ready", Mark.OK, f"complete{after}")


def mapping_verdict(
    count: int, parents: int, findings: Sequence[Finding], before: Sequence[ParentState] = ()
) -> Verdict:
    """Say whether everything a record refers to is mapped and in QuickBooks; ``before`` goes there first."""
    if findings:
        waits = all(finding.blocker for finding in findings)
        return stopped("mapping", findings, Mark.WAIT if waits else Mark.STOP)
    if before:
        return Verdict("mapping", Mark.WAIT, goes_after(before))
    if not count and not parents:
        return Verdict("mapping", Mark.OK, "needs none")
    parts = [
        wording.counted(count, "value mapped", "values mapped") if count else "",
        wording.counted(parents, "record connected", "records connected") if parents else "",
    ]
    return Verdict("mapping", Mark.OK, ", ".join(part for part in parts if part))


def goes_after(before: Sequence[ParentState]) -> str:
    """Say after which records one goes: the first by its name, the others counted."""
    first = wording.key_title(before[0].key, before[0].name)
    more = f" and {wording.counted(len(before) - 1, 'other record')}" if len(before) > 1 else ""
    return f"goes after {first}{more}"


def duplicates_verdict(record: SourceRecord, findings: Sequence[Finding], *, connect: str = "") -> Verdict:
    """Say whether QuickBooks may have a record already."""
    if findings:
        return stopped("duplicates", findings)
    if connect:
        return Verdict("duplicates", Mark.OK, f"it is {connect} in QuickBooks")
    if KINDS[record.kind].is_name:
        return Verdict("duplicates", Mark.OK, "no equal or similar name in QuickBooks")
    return Verdict("duplicates", Mark.OK, "no number, reference or similar amount in QuickBooks")


def _named(shipment: Shipment) -> str:
    return str(shipment.body.get("DisplayName") or shipment.body.get("Name") or "")


def payload_verdict(record: SourceRecord, shipments: Sequence[Shipment]) -> Verdict:
    """Say what would be sent."""
    if not shipments:
        return Verdict("payload", Mark.OK, "nothing to send")
    shipment = shipments[0]
    if shipment.operation in _WITHDRAWN:
        return Verdict("payload", Mark.OK, _WITHDRAWN[shipment.operation])
    if shipment.role not in ("main", "application"):
        return Verdict("payload", Mark.OK, f"{shipment.role}: {wording.entity_label(shipment.entity)}")
    if KINDS[record.kind].is_name:
        return Verdict(
            "payload", Mark.OK, f"{shipment.operation} {_named(shipment) or wording.name_of(record)}"
        )
    if shipment.role == "application":
        return Verdict(
            "payload", Mark.OK, f"applied to {wording.counted(len(record.applications), 'record')}"
        )
    lines = wording.counted(len(shipment.body.get("Line", ())), "line")
    amount = wording.money(sent_amount(record), record.currency)
    return Verdict("payload", Mark.OK, f"{lines}, {amount}")


def sent_amount(record: SourceRecord) -> Decimal:
    """Return the amount people look for: the total, or a journal's debits."""
    if record.kind != "journal":
        return record.amount
    return sum((line.amount for line in record.lines if line.side == "debit"), Decimal(0))


def answer_verdict(
    status: Status, *, attempts: int, when: str = "", code: str = "", message: str = "", because: str = ""
) -> Verdict:
    """Say what QuickBooks answered last; ``when`` is the time as people read it.

    ``because`` says what had changed in QuickBooks where it was sent for that.
    """
    if not attempts:
        return Verdict("answer", Mark.NONE, "not sent yet")
    tried = f"tried {wording.counted(attempts, 'time')}"
    if status is Status.UNKNOWN:
        return Verdict("answer", Mark.WAIT, f"{when} sent, no answer yet; {tried}".strip())
    if code or message:
        said = " ".join(part for part in (when, code, message) if part)
        return Verdict("answer", _FAILING.get(status, Mark.WAIT), f"{said}, {tried}")
    if status is Status.PENDING:
        return Verdict("answer", Mark.NONE, f"not sent again yet; {when} accepted, {tried}")
    again = f", sent by itself: {because}" if because else ""
    return Verdict("answer", Mark.OK, f"{when} accepted, {tried}{again}".strip())


def connection_verdict(links: Sequence[Link], company: Company) -> Verdict:
    """Say what a record is connected to in QuickBooks."""
    if not links:
        return Verdict("connection", Mark.NONE, "none yet")
    named = [f"{wording.entity_label(link.entity)} {link.qbo_id}{_role(link)}" for link in links]
    where = f" of {company.name}" if company.name else ""
    how = _HOW.get(links[0].how, links[0].how)
    return Verdict("connection", Mark.OK, f"{', '.join(named)}{where}, {how}")


def next_verdict(status: Status, findings: Sequence[Finding], *, skipped_because: str = "") -> Verdict:
    """Say what happens next, and who does it."""
    if findings:
        leading = explain(findings[0])
        if findings[0].blocker is not None:
            return Verdict(
                "next", Mark.WAIT, _by_itself(leading) or f"goes by itself once {leading.blocked_by} is right"
            )
        more = f" It {_by_itself(leading)}." if leading.awaits else ""
        return Verdict("next", Mark.STOP, f"{leading.who}: {leading.action}{more}")
    if status is Status.SKIPPED and skipped_because:
        return Verdict("next", Mark.NONE, f"nothing: {skipped_because}")
    mark = Mark.OK if status is Status.SUCCEEDED else Mark.WAIT
    return Verdict("next", mark, _NEXT.get(status, "look at the answer"))


def _by_itself(leading: Explained) -> str:
    return f"goes by itself when {leading.awaits} in QuickBooks" if leading.awaits else ""


def stopped(step: str, findings: Sequence[Finding], mark: Mark = Mark.STOP) -> Verdict:
    """Say what stops a record at a step; more than one reason is counted."""
    more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
    return Verdict(step, mark, explain(findings[0]).sentence + more)


def not_reached(*steps: str) -> tuple[Verdict, ...]:
    """Return the verdicts of steps that a record did not come to."""
    return tuple(Verdict(step, Mark.NONE, "not looked at") for step in steps)


def leading(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return findings with a record's own trouble before what only waits for another record."""
    return tuple(sorted(findings, key=lambda finding: (finding.blocker is not None, _weight(finding))))


def _weight(finding: Finding) -> int:
    return list(_ORDER).index(REASONS[finding.reason].dimension.name)


_ORDER = ("AUTHORIZATION", "DUPLICATE_RISK", "MAPPING", "SOURCE_DATA", "PROVIDER_REJECTION", "TRANSPORT")


def _role(link: Link) -> str:
    return "" if link.role == "main" else f" ({link.role})"
