"""Where a sent record stands as a whole: wanted by the source or not, there in QuickBooks or not."""

from dataclasses import dataclass

from awra_tui.health import withdrawals, wording
from awra_tui.health.parts import TAKING_BACK, accepted_parts, part_findings
from awra_tui.health.states import STATES, state_of
from awra_tui.health.view import View
from awra_tui.records.chosen import Choice, Chosen
from awra_tui.records.finding import Finding, Shipment
from awra_tui.records.qbo import Link, QboObject
from awra_tui.records.record import SourceRecord, fingerprint
from awra_tui.records.subject import RecordKey

_GONE = {
    "deleted": "deleted_in_quickbooks",
    "voided": "voided_in_quickbooks",
    "inactive": "inactive_in_quickbooks",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is to be said or done about a record as a whole, in place of sending it.

    ``accepted`` says who accepted that QuickBooks no longer has it; ``settled`` why all is in order
    although the source no longer wants it.
    """

    findings: tuple[Finding, ...] = ()
    shipments: tuple[Shipment, ...] = ()
    accepted: str = ""
    settled: str = ""


def standing(record: SourceRecord, view: View, main: Link, *, deleted: bool) -> Standing | None:
    """Return what is unusual about a sent record as a whole, or None where nothing is."""
    now = view.object(main.entity, main.qbo_id)
    chosen = view.chosen(RecordKey(record.kind, record.source_id))
    if deleted or not record.approved:
        return _unwanted(record, view, now, chosen, deleted=deleted)
    return _wanted(record, view, now, chosen)


def _unwanted(
    record: SourceRecord, view: View, now: QboObject | None, chosen: Chosen | None, *, deleted: bool
) -> Standing:
    """Say what happens to what the source no longer has, or no longer counts as approved."""
    if state := state_of(now):
        by = f" {chosen.by}" if chosen and chosen.choice is Choice.VOID else ""
        return Standing(settled=f"withdrawn in the source, and {STATES[state]} in QuickBooks{by}")
    if (credited := _credited(record, view, now)) is not None:
        return credited
    if now is not None and chosen is not None and (shipment := _chosen_shipment(record, view, now, chosen)):
        return Standing(shipments=(shipment,))
    if deleted:
        return Standing(findings=(Finding(reason="gone_from_source"),))
    values = {"state": record.state or "not approved"}
    return Standing(findings=(Finding(reason="withdrawn_after_sending", values=values),))


def _chosen_shipment(record: SourceRecord, view: View, now: QboObject, chosen: Chosen) -> Shipment | None:
    """Return what a person chose to send, as far as it is still possible."""
    if chosen.choice is Choice.VOID and not withdrawals.is_filed(now, view.company, view.rules):
        return withdrawals.withdrawal(record, now)
    if chosen.choice is Choice.CREDIT_NOTE and withdrawals.can_be_credited(now.entity):
        return withdrawals.reversal(record, now, view.company, view.rules)
    return None


def _credited(record: SourceRecord, view: View, now: QboObject | None) -> Standing | None:
    """Say how far the credit that takes a record back has come, where there is or was one."""
    key = RecordKey(record.kind, record.source_id)
    if withdrawals.reversal_of(view.links(key)) is None:
        return None
    if parts := part_findings(record, view, TAKING_BACK):
        return Standing(findings=parts)
    accepted = accepted_parts(record, view, TAKING_BACK)
    memo = _credit(record, view)
    if memo is None:
        return Standing(settled=f"withdrawn in the source; {accepted}") if accepted else None
    applied = any(link.role == withdrawals.REVERSAL_APPLIED for link in view.links(key))
    if now is not None and not applied:
        shipment = withdrawals.reversal_application(record, now, memo, view.company, view.rules)
        if shipment is not None:
            return Standing(shipments=(shipment,))
    told = (f"withdrawn in the source, taken back by {wording.object_title(memo)}", accepted)
    return Standing(settled="; ".join(filter(None, told)))


def _credit(record: SourceRecord, view: View) -> QboObject | None:
    link = withdrawals.reversal_of(view.links(RecordKey(record.kind, record.source_id)))
    memo = view.object(link.entity, link.qbo_id) if link else None
    return None if state_of(memo) else memo


def _wanted(
    record: SourceRecord, view: View, now: QboObject | None, chosen: Chosen | None
) -> Standing | None:
    if (memo := _credit(record, view)) is not None:
        values = {"memo": wording.object_title(memo)}
        return Standing(findings=(Finding(reason="back_after_credit_note", values=values),))
    state = state_of(now)
    if not state or (chosen is not None and chosen.choice is Choice.OURS and state != "deleted"):
        return None
    if chosen is not None and chosen.choice is Choice.ACCEPT and chosen.fingerprint == fingerprint(record):
        return Standing(accepted=f"{STATES[state]} in QuickBooks, accepted {chosen.by}")
    return Standing(findings=(Finding(reason=_GONE[state]),))
