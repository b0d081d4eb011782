"""Reasons in words: from a fault to findings, from a finding to what a person reads and does."""

from collections import defaultdict
from string import Formatter
from typing import Any

from awra_tui.health import alike, codes, wording
from awra_tui.health.catalogue import REASONS, Reason
from awra_tui.health.details import details, existing_id
from awra_tui.records.fault import Fault, FaultMessage
from awra_tui.records.finding import Explained, Finding
from awra_tui.records.status import Dimension

_LEADING = (Dimension.DUPLICATE_RISK, Dimension.MAPPING, Dimension.SOURCE_DATA)


def findings_of(fault: Fault) -> tuple[Finding, ...]:
    """Return a finding for each error of a fault: duplicate risk first, then mapping, then source data."""
    if fault.transport == "no_op" or not fault.messages:
        said = fault.messages[0] if fault.messages else FaultMessage("", "")
        return (_finding(codes.reason_without_code(fault), fault, said),)
    found = [_finding(codes.reason_of(fault, message), fault, message) for message in fault.messages]
    return tuple(sorted(found, key=lambda finding: _rank(REASONS[finding.reason])))


def explain(finding: Finding, *, record_name: str = "", party: str = "") -> Explained:
    """Put a finding into words; ``record_name`` and ``party`` stand in where it does not name them."""
    reason = REASONS[finding.reason]
    values = _values(finding, record_name, party)
    return Explained(
        reason=reason.key,
        dimension=reason.dimension,
        sentence=_sentence(reason.sentence, values),
        action=_sentence(reason.action, values),
        who=reason.who,
        transient=reason.transient,
        cause=alike.cause_of(finding) or reason.cause.format_map(values),
        screen=reason.screen,
        blocked_by=finding.values.get("parent", finding.blocker.text) if finding.blocker else "",
        code=finding.code,
        message=finding.message,
        existing_id=finding.existing_id,
        awaits=_awaited(reason.awaits, values),
    )


def explain_fault(fault: Fault) -> dict[str, Any]:
    """Return all that is to be known of an answer, as the ``explain`` command prints it.

    ``code`` and everything after it are the leading error's; ``messages`` are all, as they came.
    """
    findings = findings_of(fault)
    leading = explain(findings[0])
    return {
        "code": leading.code or _status_code(fault),
        "messages": [message.text for message in fault.messages],
        "dimension": str(leading.dimension),
        "reason": leading.sentence,
        "action": leading.action,
        "who": str(leading.who),
        "transient": leading.transient,
        "existing_id": next((each.existing_id for each in findings if each.existing_id), ""),
        "reason_key": leading.reason,
    }


def _status_code(fault: Fault) -> str:
    return "0" if fault.transport == "no_op" else str(fault.http_status or "")


def _rank(reason: Reason) -> int:
    return _LEADING.index(reason.dimension) if reason.dimension in _LEADING else len(_LEADING)


def _finding(reason: str, fault: Fault, message: FaultMessage) -> Finding:
    values = {"code": message.code, "message": message.text, "status": str(fault.http_status)}
    return Finding(
        reason=reason,
        values=values | details(message),
        code=message.code,
        message=message.text,
        existing_id=existing_id(message),
    )


def _values(finding: Finding, record_name: str, party: str) -> defaultdict[str, str]:
    name = record_name or "this record"
    standing_in = {"record": name, "key": name, "party": party, "reason": finding.reason}
    return defaultdict(str, standing_in | finding.values)


def _awaited(template: str, values: defaultdict[str, str]) -> str:
    """Fill what is awaited; nothing where a value is not known, as the name of what was deleted."""
    named = (name for _, name, _, _ in Formatter().parse(template) if name)
    return template.format_map(values) if all(values[name] for name in named) else ""


def _sentence(template: str, values: defaultdict[str, str]) -> str:
    """Fill a template; a title has its capital at the beginning of a sentence only."""
    first = next((name for name in _TITLES if template.startswith(f"{{{name}}}")), "")
    head = wording.capital(values[first]) if first else ""
    within = {name: write(values[name]) for name, write in _TITLES.items()}
    return head + template.removeprefix(f"{{{first}}}").format_map(values | within)


def _small(title: str) -> str:
    return title[:1].lower() + title[1:]


_TITLES = {"record": wording.inside, "value_label": _small}
"""Values that begin with a word of ours, and how they are written within a sentence."""
