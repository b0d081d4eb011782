"""Whether the records that a record needs are in QuickBooks and usable there."""

from collections.abc import Iterable, Iterator, Sequence

from awra_tui.health import wording
from awra_tui.health.needs import Needs, Parent
from awra_tui.health.view import ParentState, View
from awra_tui.records.finding import Finding
from awra_tui.records.kinds import KINDS
from awra_tui.records.qbo import Link, QboObject
from awra_tui.records.record import SourceRecord
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey


def parents(record: SourceRecord, needed: Needs, view: View) -> tuple[Finding, ...]:
    """Return what hinders a record because of other records; each record is named once."""
    return _check_all(record, [parent for parent in needed.parents if parent.required], view)


def application_parents(record: SourceRecord, needed: Needs, view: View) -> tuple[Finding, ...]:
    """Return what hinders the application of a credit note that is itself in QuickBooks."""
    if record.kind != "credit_note":
        return ()
    return _check_all(record, [each for each in needed.parents if each.role == "application"], view)


def awaited(
    record: SourceRecord, needed: Needs, view: View, *, applications: bool = False
) -> tuple[ParentState, ...]:
    """Return the records that go before this one and that nothing hinders: it is only their turn first.

    ``applications`` says that what a credit note is applied to counts too.
    """
    counted = [
        each for each in needed.parents if each.required or (applications and each.role == "application")
    ]
    found = {each.key: state for each in counted if (state := _on_its_way(record, each, view))}
    return tuple(found.values())


_COMING = (Status.PENDING, Status.RETRYING, Status.UNKNOWN)
"""Where a record stands that goes, or is looked up, with the next sync."""


def _on_its_way(record: SourceRecord, parent: Parent, view: View) -> ParentState | None:
    state = view.record(parent.key)
    linked = any(link.role == "main" for link in view.links(parent.key))
    if state is None or linked or state.deleted or state.status not in _COMING:
        return None
    return state if _holds(record, parent, view) else None


def _check_all(record: SourceRecord, needed: Sequence[Parent], view: View) -> tuple[Finding, ...]:
    found = {
        finding.values["parent_key"]: finding for parent in needed for finding in _check(record, parent, view)
    }
    through = _waited_for_through(found.values(), view)
    return tuple(
        one for one in found.values() if one.reason != "waits_for_another" or one.blocker not in through
    )


def _waited_for_through(found: Iterable[Finding], view: View) -> set[RecordKey]:
    """Return the customers and vendors of documents that a record waits for: they wait for them, too.

    A draft does not: it is not tried.
    """
    blockers = (one.blocker for one in found if one.blocker and one.reason == "waits_for_another")
    waiting = map(view.record, blockers)
    parties = ((KINDS[state.key.kind].party, state.party_id) for state in waiting if state and state.approved)
    return {RecordKey(*party) for party in parties if all(party)}


def _check(record: SourceRecord, parent: Parent, view: View) -> Iterator[Finding]:
    links = view.links(parent.key)
    main = next((link for link in links if link.role == "main"), None)
    state = view.record(parent.key)
    if main is not None:
        yield from _linked(record, parent, state, main, view)
    elif state is None:
        yield _finding("refers_to_missing", parent, state)
    elif not _held_back(state):
        if state.status not in _COMING and _holds(record, parent, view):
            yield _finding("waits_for_another", parent, state, blocks=True)
    else:
        yield _finding("refers_to_unsent", parent, state, {"why": _why(state)})


def _linked(
    record: SourceRecord, parent: Parent, state: ParentState | None, main: Link, view: View
) -> Iterator[Finding]:
    obj = view.object(main.entity, main.qbo_id)
    if obj is None:
        return
    if obj.deleted or not obj.active:
        values = {
            "object": wording.capital(wording.object_title(obj)),
            "standing": "deleted" if obj.deleted else "inactive",
            "own": "" if obj.deleted else wording.object_title(obj),
        }
        yield _finding("no_longer_active", parent, state, values, blocks=True)
    elif parent.role == "party" and _other_currency(record, obj, view):
        values = {
            "party_label": KINDS[parent.key.kind].label.lower(),
            "currency": record.currency,
            "theirs": obj.currency,
            "party": obj.name,
        }
        yield _finding("other_currency", parent, state, values)


def _other_currency(record: SourceRecord, obj: QboObject, view: View) -> bool:
    known = view.company.multi_currency and obj.currency and record.currency
    return bool(known) and obj.currency != record.currency


def _held_back(state: ParentState) -> bool:
    """Say whether a parent will not come by itself: skipped by a rule, or gone from the source."""
    return state.deleted or (state.status is Status.SKIPPED and state.approved)


def _holds(record: SourceRecord, parent: Parent, view: View) -> bool:
    """Say whether a missing application holds a payment back; the profile may let it go unapplied."""
    partly = parent.role == "application" and record.kind == "payment"
    return not partly or view.rules.hold_partial_payments


def _why(state: ParentState) -> str:
    return "deleted in the source" if state.deleted else "a rule of the profile leaves it out"


def _finding(
    reason: str,
    parent: Parent,
    state: ParentState | None,
    values: dict[str, str] | None = None,
    *,
    blocks: bool = False,
) -> Finding:
    named = {
        "parent": wording.key_title(parent.key, state.name if state else ""),
        "parent_key": parent.key.text,
    }
    return Finding(reason=reason, values=named | (values or {}), blocker=parent.key if blocks else None)
