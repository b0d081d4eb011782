"""What happens to a record that is in QuickBooks already and has changed on either side."""

from collections.abc import Sequence
from dataclasses import dataclass

from awra_tui.health.compare import Difference, Versions, differences, merged
from awra_tui.health.fields import for_people, label, ordered
from awra_tui.health.kept import body_in
from awra_tui.health.open_amounts import applied_ids
from awra_tui.health.payloads import body_of
from awra_tui.health.payloads.refs import MissingRefError, Refs
from awra_tui.health.readiness import closed_period, readiness
from awra_tui.health.view import View
from awra_tui.records.chosen import Choice
from awra_tui.records.finding import Finding, Shipment
from awra_tui.records.kinds import KINDS
from awra_tui.records.qbo import Json, Link, QboObject
from awra_tui.records.record import SourceRecord, fingerprint
from awra_tui.records.subject import RecordKey

SPARSE = frozenset({"Customer", "Invoice", "RefundReceipt", "JournalEntry"})
"""Entities of ours that take a sparse update (Intuit: operations of each entity)."""

NAMED = 6
"""So many differences are named in a sentence."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """What later changes of a record are measured against: as if it had been sent like this."""

    fingerprint: str
    sent: Json
    answer: Json


@dataclass(frozen=True, slots=True)
class Change:
    """What a change in the source leads to: an update, or findings where a person must decide."""

    shipments: tuple[Shipment, ...] = ()
    findings: tuple[Finding, ...] = ()


def update(record: SourceRecord, view: View, link: Link) -> Change:
    """Return the update of what is in QuickBooks, comparing three ways first.

    Only fields that changed here go; one that changed on both sides is a question to a person.
    """
    now = view.object(link.entity, link.qbo_id)
    if now is None or not now.content:
        return Change(findings=(Finding(reason="changed_in_source"),))
    versions = _versions(record, view, link, now, body_of(record, view))
    if not versions.changes:
        return Change()
    closed = closed_period(now.date, view.company)
    if closed is not None and KINDS[record.kind].posts:
        return Change(findings=(closed,))
    if versions.conflicts:
        return Change(findings=(_question("changed_on_both_sides", versions.conflicts, now.currency),))
    return Change(shipments=(_shipment(record, now, versions),))


def versions_of(record: SourceRecord, view: View, link: Link, now: QboObject) -> Versions | None:
    """Return a record as all sides have it, or None where our side cannot be made."""
    ours = possible_body(record, view)
    return None if ours is None else _versions(record, view, link, now, ours)


def possible_body(record: SourceRecord, view: View) -> Json | None:
    """Return what we would send, or None where a record is incomplete or refers to what is not there."""
    if any(finding.reason != "closed_period" for finding in readiness(record, view)):
        return None
    try:
        return body_of(record, view)
    except MissingRefError:
        return None


def _versions(record: SourceRecord, view: View, link: Link, now: QboObject, ours: Json) -> Versions:
    wanted: frozenset[str] = frozenset()
    chosen = view.chosen(RecordKey(record.kind, record.source_id))
    if chosen is not None and chosen.choice is Choice.OURS:
        if not now.active:
            ours = ours | {"Active": True}
        wanted = frozenset(chosen.fields) & frozenset(ours)
    sent, answer = body_in(link.sent), body_in(link.answer, link.entity)
    return Versions(now=now.content, ours=ours, sent=sent, answer=answer, wanted=wanted)


def says_anything_new(record: SourceRecord, view: View, link: Link) -> bool:
    """Return whether a changed record would change anything in QuickBooks, as far as can be told."""
    now = view.object(link.entity, link.qbo_id)
    if now is None or not now.content:
        return True
    versions = versions_of(record, view, link, now)
    return versions is None or bool(versions.changes)


def drifted(link: Link, now: QboObject | None) -> list[Difference]:
    """Return what changed in QuickBooks since it last answered, in the fields that we sent.

    Balances, versions, payments and the tax that QuickBooks works out are not among them.
    """
    if now is None or not now.content or now.deleted or not link.answer:
        return []
    versions = Versions(now=now.content, sent=body_in(link.sent), answer=body_in(link.answer, link.entity))
    return versions.drift


def drift_finding(link: Link, now: QboObject | None) -> tuple[Finding, ...]:
    """Return the finding about what changed in QuickBooks, if anything did."""
    found = drifted(link, now)
    currency = now.currency if now else ""
    return (_question("changed_in_quickbooks", found, currency),) if found else ()


def baseline(record: SourceRecord, view: View, link: Link) -> Baseline | None:
    """Return what changes of a record that a person or a search connected are measured against.

    That is the record as it is now and what we would send for it, so that nothing of it is rewritten;
    None where the link has that already, or where we have no copy of the object.
    """
    now = view.object(link.entity, link.qbo_id)
    if link.fingerprint or now is None or not now.content:
        return None
    return Baseline(fingerprint(record), possible_body(record, view) or {}, now.content)


def arrived(record: SourceRecord, view: View, link: Link) -> Baseline | None:
    """Return what a record is measured against whose change QuickBooks has, though no answer said so.

    The change was delivered twice, say, and the second one refused as stale. What others changed in
    other fields stays a change of theirs.
    """
    now = view.object(link.entity, link.qbo_id)
    sent, answer = body_in(link.sent), body_in(link.answer, link.entity)
    if link.fingerprint in {"", fingerprint(record)} or now is None or not now.content or not sent:
        return None
    ours = possible_body(record, view) or {}
    changed = {name: ours[name] for name in ours if differences({name: ours[name]}, sent)}
    if not changed or differences(changed, now.content):
        return None
    told = {name: now.content[name] for name in changed if name in now.content}
    return Baseline(fingerprint(record), ours, answer | told)


def has_late_applications(record: SourceRecord, view: View, link: Link) -> bool:
    """Return whether a payment that went partly unapplied can be applied to more by now."""
    now = view.object(link.entity, link.qbo_id)
    if record.kind not in {"payment", "bill_payment"} or now is None or not now.content:
        return False
    refs = Refs(record, view)
    wanted = {refs.link_or_none(RecordKey(each.kind, each.source_id)) for each in record.applications}
    return bool(wanted - {""} - applied_ids(now.content))


def _question(reason: str, found: list[Difference], currency: str) -> Finding:
    names = list(dict.fromkeys(label(difference.field) for difference in ordered(found)))
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    values = {"fields": ", ".join(names[:NAMED]) + more, "difference": said(found, currency)}
    return Finding(reason=reason, values=values)


def said(found: Sequence[Difference], currency: str) -> str:
    """Write the difference that matters most as part of a sentence, and how many more there are."""
    one = for_people(ordered(found)[0], currency)
    others = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    return f"{label(one.field)} was {one.last or 'empty'}, is {one.theirs or 'empty'} there{others}"


def _shipment(record: SourceRecord, now: QboObject, versions: Versions) -> Shipment:
    changes = versions.changes
    # A sparse update replaces all lines, so those that are sent are always complete.
    body = changes | {"sparse": True} if now.entity in SPARSE else merged(changes, now.content)
    return Shipment(
        kind=record.kind,
        source_id=record.source_id,
        role="main",
        entity=now.entity,
        operation="update",
        body=body | version_of(now),
        ours=versions.ours,
        fields=tuple(changes),
    )


def version_of(now: QboObject) -> Json:
    """Return what names an object and its version in a request."""
    return {"Id": now.id, "SyncToken": now.sync_token}
