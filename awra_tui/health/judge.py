"""The one judge: takes a record through the steps of its way and says where it stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from awra_tui.health import duplicates, verdicts, wording
from awra_tui.health.catalogue import REASONS
from awra_tui.health.changes import drift_finding, has_late_applications, says_anything_new, update
from awra_tui.health.inputs import digest
from awra_tui.health.ledgers import ledger_findings, ledger_note
from awra_tui.health.needs import needs
from awra_tui.health.numbers import number_findings
from awra_tui.health.open_amounts import credit_findings, open_findings
from awra_tui.health.parents import application_parents, awaited, parents
from awra_tui.health.parts import SENT, accepted_parts, part_findings
from awra_tui.health.payloads import build, missing_roles
from awra_tui.health.readiness import readiness
from awra_tui.health.reasons import findings_of
from awra_tui.health.required import mapping_findings, required_keys
from awra_tui.health.standing import Standing, standing
from awra_tui.health.twins import twin_findings
from awra_tui.health.view import ParentState, View
from awra_tui.records.chosen import Choice
from awra_tui.records.fault import Fault
from awra_tui.records.finding import Finding, Judgement, Shipment, Verdict
from awra_tui.records.kinds import KINDS
from awra_tui.records.qbo import Link
from awra_tui.records.record import SourceRecord, fingerprint
from awra_tui.records.rules import Rules
from awra_tui.records.status import Dimension, Mark, Status
from awra_tui.records.subject import RecordKey

NOT_APPROVED = "draft, not approved in the source"
"""Why a record that the source does not count as ready is skipped."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a record stands after an answer that was no success.

    ``company_wide`` means that the trouble is the connection's: the record itself is only pending,
    and sending anything else is useless until it is mended.
    """

    status: Status
    findings: tuple[Finding, ...]
    company_wide: bool = False


def judge(record: SourceRecord, view: View, *, deleted: bool = False) -> Judgement:
    """Say where a record stands, why, and what would be sent for it; nothing is looked up or changed.

    ``deleted`` says that a complete reading of the source no longer has the record.
    """
    links = view.links(_key(record))
    main = next((link for link in links if link.role == "main"), None)
    if main is None:
        because = _skipped_because(record, view, deleted=deleted)
        return _skipped(because, record, view) if because else _judge_new(record, view)
    found = standing(record, view, main, deleted=deleted)
    if found is not None:
        return _judge_standing(record, view, found)
    if twins := twin_findings(record, view):
        return _stopped_at_duplicates(record, view, _about(record, twins))
    if not _is_done(record, view, main):
        return _judge_sent(record, view, main)
    drift = drift_finding(main, view.object(main.entity, main.qbo_id))
    changed = (*drift, *part_findings(record, view, SENT))
    return _changed_there(record, view, _about(record, changed)) if changed else _done(record, view)


def after_answer(
    record: SourceRecord, fault: Fault, attempts: int, rules: Rules, *, look_up_after: str = "two minutes"
) -> Outcome:
    """Say where a record stands after a refusal or a lost answer; ``attempts`` counts this one.

    ``look_up_after`` is the time, as people read it, from which QuickBooks can be asked about a lost one.
    """
    findings = _about(record, findings_of(fault))
    leading = REASONS[findings[0].reason]
    if leading.dimension is Dimension.AUTHORIZATION:
        return Outcome(Status.PENDING, findings, company_wide=True)
    if not leading.transient:
        rejected = leading.dimension is Dimension.PROVIDER_REJECTION
        return Outcome(Status.FAILED if rejected else Status.NEEDS_ATTENTION, findings)
    if _is_lost(fault):
        return Outcome(Status.UNKNOWN, _about(record, [_lost(findings[0], look_up_after)]))
    if attempts >= rules.retry_limit:
        return Outcome(Status.NEEDS_ATTENTION, _about(record, [_exhausted(findings[0], attempts)]))
    return Outcome(Status.RETRYING, findings)


def _judge_new(record: SourceRecord, view: View) -> Judgement:
    found = duplicates.find(record, view)
    if found.connect is not None:
        return _to_connect(record, view, found)
    needed = needs(record, view.rules)
    keys = required_keys(record, needed, view)
    paid = _settling(record, view) if record.kind != "credit_note" else ()
    ready = (*readiness(record, view), *paid)
    mapping = (*mapping_findings(record, keys, view), *parents(record, needed, view))
    alike = found.findings or number_findings(record, view)
    findings = _about(record, [*ready, *mapping, *alike])
    before = awaited(record, needed, view)
    steps = (
        verdicts.source_verdict(record),
        verdicts.ready_verdict(record, view.company, _about(record, ready)),
        verdicts.mapping_verdict(len(keys), len(needed.parents), _about(record, mapping), before),
        verdicts.duplicates_verdict(record, _about(record, alike)),
    )
    shipments = () if findings or before else build(record, view)
    judgement = _judgement(record, view, steps, findings, shipments, before=before)
    return replace(judgement, candidates=found.candidates)


def _settling(record: SourceRecord, view: View) -> tuple[Finding, ...]:
    """Return what QuickBooks would refuse, or book wrongly, of what a record is set against."""
    return (*open_findings(record, view), *ledger_findings(record, view))


def _judge_sent(record: SourceRecord, view: View, main: Link) -> Judgement:
    needed = needs(record, view.rules)
    keys = required_keys(record, needed, view)
    changed = _is_to_update(record, view, main)
    ready = (*readiness(record, view), *number_findings(record, view)) if changed else ()
    mapping = (*mapping_findings(record, keys, view), *parents(record, needed, view)) if changed else ()
    if "application" in missing_roles(record, view):
        mapping = (*mapping, *application_parents(record, needed, view))
        ready = (*ready, *credit_findings(record, view), *_settling(record, view))
    findings = _about(record, [*ready, *mapping])
    before = awaited(record, needed, view, applications=record.kind == "credit_note")
    shipments: tuple[Shipment, ...] = ()
    if not findings and not before:
        change = update(record, view, main) if changed else None
        findings = _about(record, change.findings) if change else ()
        shipments = (change.shipments if change else ()) or (() if findings else build(record, view))
    steps = (
        verdicts.source_verdict(record),
        verdicts.ready_verdict(record, view.company, _about(record, ready)),
        verdicts.mapping_verdict(len(keys), len(needed.parents), _about(record, mapping), before),
        Verdict("duplicates", Mark.OK, "it is connected"),
    )
    return _judgement(record, view, steps, findings, shipments, before=before)


def _to_connect(record: SourceRecord, view: View, found: duplicates.Found) -> Judgement:
    connect = found.connect
    said = f"{wording.entity_label(connect.entity)} {connect.name}: {connect.why}" if connect else ""
    steps = (
        verdicts.source_verdict(record),
        Verdict("ready", Mark.OK, "it is in QuickBooks already"),
        Verdict("mapping", Mark.NONE, "nothing needed to connect it"),
        verdicts.duplicates_verdict(record, (), connect=said),
    )
    return replace(_judgement(record, view, steps, (), ()), status=Status.PENDING, connect=connect)


def _judgement(
    record: SourceRecord,
    view: View,
    steps: Iterable[Verdict],
    findings: tuple[Finding, ...],
    shipments: tuple[Shipment, ...],
    *,
    before: Sequence[ParentState] = (),
) -> Judgement:
    payload = _payload_verdict(record, view, (*findings, *before), shipments)
    return Judgement(
        verdicts=(*steps, payload),
        status=_status(findings, (*shipments, *before)),
        findings=findings,
        waits_for=tuple(state.key for state in before),
        shipments=shipments,
        inputs=digest(record, view, findings, shipments),
    )


def _payload_verdict(
    record: SourceRecord, view: View, hindrances: Sequence[object], shipments: Sequence[Shipment]
) -> Verdict:
    if hindrances and not shipments:
        return Verdict("payload", Mark.NONE, "not made while something is missing")
    verdict = verdicts.payload_verdict(record, shipments)
    note = ledger_note(record, view) if shipments else ""
    return replace(verdict, sentence=f"{verdict.sentence}. {note}") if note else verdict


def _status(findings: Sequence[Finding], to_come: Sequence[object]) -> Status:
    if findings:
        return Status.NEEDS_ATTENTION
    return Status.PENDING if to_come else Status.SUCCEEDED


def _skipped_because(record: SourceRecord, view: View, *, deleted: bool) -> str:
    rules, kind = view.rules, KINDS[record.kind]
    if deleted:
        return "deleted in the source before it was sent"
    if not record.approved:
        return f"{NOT_APPROVED} ({record.state})" if record.state else NOT_APPROVED
    if record.kind not in rules.kinds:
        return f"{kind.plural.lower()} are switched off in the profile"
    early = rules.start_date and record.date and not kind.is_name and record.date < rules.start_date
    if early and rules.start_date:
        return f"dated before the start date {wording.day(rules.start_date)}"
    return ""


def _skipped(because: str, record: SourceRecord, view: View) -> Judgement:
    return Judgement(
        verdicts=(
            verdicts.skipped_verdict(because),
            *verdicts.not_reached("ready", "mapping", "duplicates", "payload"),
        ),
        status=Status.SKIPPED,
        skipped_because=because,
        inputs=digest(record, view, (), ()),
    )


def _judge_standing(record: SourceRecord, view: View, found: Standing) -> Judgement:
    """Judge a record that is gone on one side: a question, what a person chose, or in order."""
    if found.accepted:
        return _skipped(found.accepted, record, view)
    findings = _about(record, found.findings)
    if findings:
        first = verdicts.stopped("source", findings)
    else:
        first = Verdict("source", Mark.OK, found.settled or "withdrawn in the source")
    steps = (first, *verdicts.not_reached("ready", "mapping", "duplicates"))
    return _judgement(record, view, steps, findings, found.shipments)


def _changed_there(record: SourceRecord, view: View, findings: tuple[Finding, ...]) -> Judgement:
    """Judge a record that the source has as it was sent, and that somebody changed in QuickBooks."""
    steps = (*_sent_steps(record), verdicts.stopped("payload", findings))
    return Judgement(
        verdicts=steps,
        status=Status.NEEDS_ATTENTION,
        findings=findings,
        inputs=digest(record, view, findings, ()),
    )


def _stopped_at_duplicates(record: SourceRecord, view: View, findings: tuple[Finding, ...]) -> Judgement:
    """Judge a record that is in QuickBooks more than once: nothing is sent until a person has looked."""
    steps = (*_sent_steps(record)[:3], verdicts.duplicates_verdict(record, findings))
    return _judgement(record, view, steps, findings, ())


def _is_done(record: SourceRecord, view: View, main: Link) -> bool:
    if record.kind not in view.rules.kinds:
        return True
    return not missing_roles(record, view) and not _is_to_update(record, view, main)


def _is_to_update(record: SourceRecord, view: View, main: Link) -> bool:
    """Say whether something may be sent again: the source or a person said so, never a mapping alone."""
    chosen = view.chosen(_key(record))
    changed = bool(main.fingerprint) and main.fingerprint != fingerprint(record)
    if changed or (chosen is not None and chosen.choice is Choice.OURS):
        return says_anything_new(record, view, main)
    return has_late_applications(record, view, main)


def _done(record: SourceRecord, view: View) -> Judgement:
    return _judgement(record, view, _sent_steps(record, accepted_parts(record, view, SENT)), (), ())


def _sent_steps(record: SourceRecord, accepted: str = "") -> tuple[Verdict, ...]:
    return (
        verdicts.source_verdict(record),
        Verdict("ready", Mark.OK, "sent as the source has it now"),
        Verdict("mapping", Mark.OK, "as it was sent"),
        Verdict("duplicates", Mark.OK, "; ".join(filter(None, ("it is connected", accepted)))),
    )


def _about(record: SourceRecord, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Say of findings which record they are about, and put its own trouble before what it waits for."""
    words = {"record": wording.title_of(record), "key": _key(record).text, "party": record.party_name}
    named = [replace(finding, values=words | finding.values) for finding in findings]
    return verdicts.leading(named)


def _is_lost(fault: Fault) -> bool:
    """Say whether nobody knows what became of a request: sent, and no proper answer came."""
    answered = any(message.code for message in fault.messages) or fault.http_status in {401, 403, 429}
    return fault.sent and not answered


def _lost(finding: Finding, after: str) -> Finding:
    return replace(finding, reason="lost_answer", values=finding.values | {"after": after})


def _exhausted(finding: Finding, attempts: int) -> Finding:
    return replace(finding, reason="tried_too_often", values=finding.values | {"attempts": str(attempts)})


def _key(record: SourceRecord) -> RecordKey:
    return RecordKey(record.kind, record.source_id)
