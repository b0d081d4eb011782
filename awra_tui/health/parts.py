"""What went to QuickBooks for a record beside the record itself, and was deleted or changed there since."""

from collections.abc import Sequence
from contextlib import suppress

from awra_tui.health import wording
from awra_tui.health.changes import drifted, said
from awra_tui.health.compare import differences
from awra_tui.health.payloads import body_of
from awra_tui.health.payloads.refs import MissingRefError
from awra_tui.health.states import STATES, state_of
from awra_tui.health.view import View
from awra_tui.health.withdrawals import REVERSAL, REVERSAL_APPLIED
from awra_tui.records.chosen import Choice
from awra_tui.records.finding import Finding
from awra_tui.records.qbo import Link, QboObject
from awra_tui.records.record import SourceRecord, fingerprint
from awra_tui.records.subject import RecordKey

SENT = ("application",)
"""Roles of what belongs to a record that the source wants."""
TAKING_BACK = (REVERSAL, REVERSAL_APPLIED)
"""Roles of what takes a record back that the source withdrew."""

_TITLES = {
    "application": "The application of",
    REVERSAL: "The credit that takes back",
    REVERSAL_APPLIED: "The application of the credit that takes back",
}
_HAPPENED = {
    "deleted": "has been deleted",
    "voided": "is void",
    "inactive": "is inactive",
}


def part_findings(record: SourceRecord, view: View, roles: Sequence[str]) -> tuple[Finding, ...]:
    """Return what is to be decided about the objects of a record in these roles: about the first of them.

    What is applied means nothing while what it applies is gone.
    """
    for link in _parts(record, view, roles):
        if _accepted(record, view, link):
            break
        if (found := _finding(record, view, link)) is not None:
            return (found,)
    return ()


def accepted_parts(record: SourceRecord, view: View, roles: Sequence[str]) -> str:
    """Say which objects of a record are gone in QuickBooks, and who accepted it; nothing where none is."""
    return "; ".join(filter(None, (_accepted(record, view, link) for link in _parts(record, view, roles))))


def _parts(record: SourceRecord, view: View, roles: Sequence[str]) -> list[Link]:
    held = view.links(RecordKey(record.kind, record.source_id))
    return [link for role in roles for link in held if link.role == role]


def _accepted(record: SourceRecord, view: View, link: Link) -> str:
    """Say who accepted that an object is gone: that holds until the source changes the record."""
    now = view.object(link.entity, link.qbo_id)
    state = state_of(now)
    chosen = view.chosen(RecordKey(record.kind, record.source_id), link.role)
    if now is None or not state or chosen is None or chosen.choice is not Choice.ACCEPT:
        return ""
    if chosen.fingerprint != fingerprint(record):
        return ""
    return f"{wording.object_title(now)} {STATES[state]} in QuickBooks, accepted {chosen.by}"


def _finding(record: SourceRecord, view: View, link: Link) -> Finding | None:
    now = view.object(link.entity, link.qbo_id)
    happened = _happened(link, now)
    if now is None or not happened or _is_as_wanted(record, view, link, now):
        return None
    values = {
        "role": link.role,
        "part": _TITLES[link.role],
        "object": wording.object_title(now),
        "happened": happened,
    }
    return Finding(reason="part_changed_in_quickbooks", values=values, existing_id=now.id)


def _is_as_wanted(record: SourceRecord, view: View, link: Link, now: QboObject) -> bool:
    """Whether an object is as we would send it: QuickBooks shortens what is applied when a total shrinks."""
    if link.role not in SENT or state_of(now):
        return False
    with suppress(MissingRefError):
        return not differences(body_of(record, view, link.role), now.content)
    return False


def _happened(link: Link, now: QboObject | None) -> str:
    if state := state_of(now):
        return f"{_HAPPENED[state]} in QuickBooks since"
    found = drifted(link, now)
    return f"was changed in QuickBooks since: {said(found, now.currency if now else '')}" if found else ""
