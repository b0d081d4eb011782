"""Connect a record to what QuickBooks has already, or say that it is new there."""

import datetime as dt

from awra_tui.actions.known import counted, known_company, known_record
from awra_tui.actions.results import ConnectCandidate, Connected, ConnectPreview
from awra_tui.cache.store import attempts, decisions, facts, links, objects
from awra_tui.cache.stored import StoredRecord
from awra_tui.health import duplicates
from awra_tui.records.errors import AwraError
from awra_tui.records.finding import Candidate
from awra_tui.records.kinds import kind_of
from awra_tui.records.qbo import Link, QboObject
from awra_tui.records.record import SourceRecord
from awra_tui.records.status import Dimension
from awra_tui.records.subject import RecordKey
from awra_tui.sync import release, waiting
from awra_tui.sync.desk import Desk
from awra_tui.sync.judging import explain, look, prepared
from awra_tui.sync.view import allowance, start_fact

LIMIT = 50


async def candidates(desk: Desk, key: RecordKey, text: str = "") -> list[ConnectCandidate]:
    """Return objects that may be the record, most likely first, each with the reason for its rank."""
    return await desk.page(_candidates, key, text)


def _candidates(key: RecordKey, text: str) -> list[ConnectCandidate]:
    record = known_record(key).record
    entity = kind_of(key.kind).entity
    found = objects.search(text, [entity], LIMIT) if text.strip() else objects.of_entity(entity)
    party_id = next((link.qbo_id for link in _party_links(record)), "")
    ranked = {one.qbo_id: one for one in duplicates.rank(record, found, party_id=party_id)}
    shown = [one for one in found if text.strip() or one.id in ranked]
    shown.sort(key=lambda one: (-ranked[one.id].score if one.id in ranked else 0, one.name))
    listed = [_candidate(record, one, ranked.get(one.id)) for one in shown[:LIMIT]]
    return sorted(listed, key=lambda one: (-one.score, bool(one.refused)))


def _candidate(record: SourceRecord, found: QboObject, ranked: Candidate | None) -> ConnectCandidate:
    return ConnectCandidate(
        object=found,
        score=ranked.score if ranked else 0,
        why=ranked.why if ranked else "",
        refused=refusal(record, found),
    )


def _party_links(record: SourceRecord) -> tuple[Link, ...]:
    party = kind_of(record.kind).party
    return links.of(RecordKey(party, record.party_id)) if party and record.party_id else ()


def refusal(record: SourceRecord, found: QboObject) -> str:
    """Say why an object cannot be connected to a record, or nothing. A job of the cache."""
    own = (record.kind, record.source_id)
    taken = [link for link in links.by_object(found.entity, found.id) if (link.kind, link.source_id) != own]
    if taken:
        return f"it is connected to {taken[0].kind}/{taken[0].source_id} already"
    if found.deleted:
        return "it is deleted in QuickBooks"
    if not found.active:
        return "it is inactive in QuickBooks"
    if record.currency and found.currency and record.currency != found.currency:
        return f"its currency is {found.currency}, the record's {record.currency}"
    return ""


async def preview_connect(
    desk: Desk, key: RecordKey, qbo_id: str, start_date: dt.date | None = None
) -> ConnectPreview:
    """Say what connecting (or, without an id, creating) will bring, before it happens."""
    return await desk.page(_preview, desk, key, qbo_id, start_date)


def _preview(desk: Desk, key: RecordKey, qbo_id: str, start_date: dt.date | None) -> ConnectPreview:
    company, stored = known_company(), known_record(key)
    link = connection_to(key, qbo_id) if qbo_id else None
    if link:
        refused = _not_now(key, reconnect=True) or _no_connection(stored, qbo_id)
    else:
        refused = _not_now(key) or _no_creation(desk, stored)
    held = waiting.for_record(key, link, start_date, company, desk.profile.rules)
    return ConnectPreview(
        sentence=f"{'Connects' if link else 'Creates'} {_name(stored)}. {held.sentence}",
        follows=waiting.follows(key, start_date),
        releases=held.count,
        money=held.money,
        refused=refused,
        suggested_start=company.closing_date + dt.timedelta(days=1) if company.closing_date else None,
    )


def _name(stored: StoredRecord) -> str:
    return stored.record.party_name if kind_of(stored.key.kind).is_name else stored.record.name


def _no_connection(stored: StoredRecord, qbo_id: str) -> str:
    kind = kind_of(stored.key.kind)
    found = objects.get(kind.entity, qbo_id)
    if found is None:
        return f"QuickBooks has no {kind.label.lower()} with the id {qbo_id}; search for it by name"
    return refusal(stored.record, found)


def _no_creation(desk: Desk, stored: StoredRecord) -> str:
    """Say why QuickBooks would not take a record as a new one, or nothing."""
    view = prepared([stored], known_company(), desk.profile.rules).allow(stored.key)
    [judgement] = look([stored], view)
    told = explain(stored.record, judgement.findings)
    return next((one.sentence for one in told if one.dimension is Dimension.DUPLICATE_RISK), "")


def connection_to(key: RecordKey, qbo_id: str) -> Link:
    """Return the connection that a person makes."""
    entity = kind_of(key.kind).entity
    return Link(kind=key.kind, source_id=key.source_id, entity=entity, qbo_id=qbo_id, how="connected")


def _not_now(key: RecordKey, *, reconnect: bool = False) -> str:
    """Say why nobody can decide about a record now, or nothing.

    What is connected to something inactive or deleted may be connected to another object instead.
    """
    last = attempts.last_of(key)
    if last is not None and last.is_open:
        return "it was sent and has no answer yet; the next sync looks it up"
    standing = main_link(key)
    if standing is None or (reconnect and _leads_nowhere(standing)):
        return ""
    return "it is connected already; undo that connection first"


def main_link(key: RecordKey) -> Link | None:
    """Return what a record itself is connected to, or None. A job of the cache."""
    return next((link for link in links.of(key) if link.role == "main"), None)


def _leads_nowhere(link: Link) -> bool:
    found = objects.get(link.entity, link.qbo_id)
    return found is None or found.deleted or not found.active


async def connect_record(
    desk: Desk, key: RecordKey, qbo_id: str, start_date: dt.date | None = None
) -> Connected:
    """Connect a record to an object of QuickBooks; raise AwraError where it cannot be."""
    return await desk.write(_connect, desk, key, qbo_id, start_date)


def _connect(desk: Desk, key: RecordKey, qbo_id: str, start_date: dt.date | None) -> Connected:
    stored = known_record(key)
    if refused := _not_now(key, reconnect=True) or _no_connection(stored, qbo_id):
        raise AwraError(f"{_name(stored)} cannot be connected: {refused}.")
    old = main_link(key)
    if old is not None:
        links.close(key, old.role, desk.who)
    links.add(connection_to(key, qbo_id), desk.who)
    before = {"start_date": _begin(key, start_date), "qbo_id": old.qbo_id if old else ""}
    after = {"entity": kind_of(key.kind).entity, "qbo_id": qbo_id, "start_date": facts.get(start_fact(key))}
    decision = decisions.add("connect", key.text, before, after, desk.who)
    found = objects.get(kind_of(key.kind).entity, qbo_id)
    return _done(desk, key, decision, f"Connected to {found.name or found.number if found else qbo_id}.")


async def create_new(desk: Desk, key: RecordKey, start_date: dt.date | None = None) -> Connected:
    """Say that a record is not in QuickBooks yet, so that it is created with the next sending.

    Raise AwraError where it is there already, or where that is not known.
    """
    return await desk.write(_create, desk, key, start_date)


def _create(desk: Desk, key: RecordKey, start_date: dt.date | None) -> Connected:
    stored = known_record(key)
    if refused := _not_now(key) or _no_creation(desk, stored):
        raise AwraError(f"{_name(stored)} cannot be created: {refused.rstrip('.')}.")
    facts.set(allowance(key), stored.fingerprint)
    before = {"start_date": _begin(key, start_date)}
    after = {"start_date": facts.get(start_fact(key))}
    decision = decisions.add("create_new", key.text, before, after, desk.who)
    return _done(desk, key, decision, "It will be created in QuickBooks.")


def _begin(key: RecordKey, start_date: dt.date | None) -> str:
    """Keep the start date of a customer or vendor, if one was chosen; return the one before."""
    before = facts.get(start_fact(key))
    if start_date is not None:
        facts.set(start_fact(key), start_date.isoformat())
    return before


def _done(desk: Desk, key: RecordKey, decision: int, told: str) -> Connected:
    released = release.after_record(key, known_company(), desk.profile.rules, desk.who)
    count = len(released.keys)
    more = f" {counted(count, 'record')} can be sent now." if count else ""
    return Connected(sentence=told + more, released=released.keys, decision_id=decision)
