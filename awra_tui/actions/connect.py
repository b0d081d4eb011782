"""Connect a record to what QuickBooks has already, or say that it is new there."""

import datetime as dt
from collections.abc import Sequence

from awra_tui.actions.results import ConnectCandidate, Connected, ConnectPreview
from awra_tui.cache.store import decisions, facts, links, objects, records
from awra_tui.cache.stored import StoredRecord
from awra_tui.health import duplicates
from awra_tui.records.errors import AwraError
from awra_tui.records.finding import Candidate
from awra_tui.records.kinds import kind_of
from awra_tui.records.qbo import Company, Link, QboObject
from awra_tui.records.record import SourceRecord
from awra_tui.records.subject import RecordKey
from awra_tui.sync import release
from awra_tui.sync.desk import Desk
from awra_tui.sync.view import allowance, start_fact

LIMIT = 50


def _stored(key: RecordKey) -> StoredRecord:
    stored = records.get(key)
    if stored is None:
        raise AwraError(f"There is no record {key.text} in the cache.")
    return stored


def _company() -> Company:
    company = facts.company()
    if company is None:
        raise AwraError("QuickBooks has not been reached yet, so there is nothing to connect to; sync first.")
    return company


async def candidates(desk: Desk, key: RecordKey, text: str = "") -> list[ConnectCandidate]:
    """Return objects that may be the record, most likely first, each with the reason for its rank."""
    return await desk.page(_candidates, key, text)


def _candidates(key: RecordKey, text: str) -> list[ConnectCandidate]:
    record = _stored(key).record
    entity = kind_of(key.kind).entity
    found = objects.search(text, [entity], LIMIT) if text.strip() else objects.of_entity(entity)
    ranked = _rank(record, found)
    listed = [
        ConnectCandidate(
            object=one,
            score=ranked[one.id].score if one.id in ranked else 0,
            why=ranked[one.id].why if one.id in ranked else "",
            refused=refusal(key, one),
        )
        for one in found
        if text.strip() or one.id in ranked
    ]
    listed.sort(key=lambda one: (-one.score, bool(one.refused), one.object.name))
    return listed[:LIMIT]


def _rank(record: SourceRecord, found: Sequence[QboObject]) -> dict[str, Candidate]:
    """Rank what could be the record: names by their likeness, transactions by what they share."""
    if kind_of(record.kind).is_name:
        ranked = duplicates.rank_names(record, found)
    else:
        party = next((link.qbo_id for link in _party_links(record)), "")
        ranked = duplicates.candidates(record, found, party_id=party)
    return {candidate.qbo_id: candidate for candidate in ranked}


def _party_links(record: SourceRecord) -> tuple[Link, ...]:
    party = kind_of(record.kind).party
    return links.of(RecordKey(party, record.party_id)) if party and record.party_id else ()


def refusal(key: RecordKey, found: QboObject) -> str:
    """Say why an object cannot be connected to a record, or nothing. A job of the cache."""
    taken = [
        link
        for link in links.by_object(found.entity, found.id)
        if RecordKey(link.kind, link.source_id) != key
    ]
    if taken:
        return f"connected to {taken[0].kind}/{taken[0].source_id} already"
    if found.deleted:
        return "deleted in QuickBooks"
    if not found.active:
        return "inactive in QuickBooks"
    record = _stored(key).record
    if record.currency and found.currency and record.currency != found.currency:
        return f"its currency is {found.currency}, the record's {record.currency}"
    return ""


async def preview_connect(
    desk: Desk, key: RecordKey, qbo_id: str, start_date: dt.date | None = None
) -> ConnectPreview:
    """Say what connecting (or, without an id, creating) will bring, before it happens."""
    return await desk.page(_preview, key, qbo_id, start_date)


def _preview(key: RecordKey, qbo_id: str, start_date: dt.date | None) -> ConnectPreview:
    company = _company()
    stored = _stored(key)
    kind = kind_of(key.kind)
    refused = ""
    if qbo_id:
        found = objects.get(kind.entity, qbo_id)
        refused = refusal(key, found) if found else f"QuickBooks has no {kind.label.lower()} with id {qbo_id}"
    waiting = release.waiting_for(key)
    what = "Connects" if qbo_id else "Creates"
    return ConnectPreview(
        sentence=f"{what} {stored.record.name}. {waiting.sentence}",
        follows=release.follows(key, start_date),
        releases=waiting.count,
        money=waiting.money,
        refused=refused,
        suggested_start=company.closing_date + dt.timedelta(days=1) if company.closing_date else None,
    )


async def connect_record(
    desk: Desk, key: RecordKey, qbo_id: str, start_date: dt.date | None = None
) -> Connected:
    """Connect a record to an object of QuickBooks; raise AwraError where it cannot be."""
    return await desk.write(_connect, desk, key, qbo_id, start_date)


def _connect(desk: Desk, key: RecordKey, qbo_id: str, start_date: dt.date | None) -> Connected:
    kind = kind_of(key.kind)
    found = objects.get(kind.entity, qbo_id)
    if found is None:
        raise AwraError(
            f"QuickBooks has no {kind.label.lower()} with the id {qbo_id}; search for it by name."
        )
    if refused := refusal(key, found):
        raise AwraError(f"{found.name or found.number} cannot be connected to {key.text}: it is {refused}.")
    if any(link.role == "main" for link in links.of(key)):
        raise AwraError(f"{key.text} is connected already; undo that connection first.")
    links.add(
        Link(
            kind=key.kind,
            source_id=key.source_id,
            entity=kind.entity,
            qbo_id=qbo_id,
            how="connected",
        ),
        desk.who,
    )
    _keep_start(key, start_date)
    after = {"entity": kind.entity, "qbo_id": qbo_id, "start_date": str(start_date or "")}
    return _done(desk, key, "connect", after, f"Connected to {found.name or found.number}.")


async def create_new(desk: Desk, key: RecordKey, start_date: dt.date | None = None) -> Connected:
    """Say that a record is not in QuickBooks yet, so that it is created with the next sending."""
    return await desk.write(_create, desk, key, start_date)


def _create(desk: Desk, key: RecordKey, start_date: dt.date | None) -> Connected:
    facts.set(allowance(key), _stored(key).fingerprint)
    _keep_start(key, start_date)
    after = {"start_date": str(start_date or "")}
    return _done(desk, key, "create_new", after, "It will be created in QuickBooks.")


def _keep_start(key: RecordKey, start_date: dt.date | None) -> None:
    if start_date is not None:
        facts.set(start_fact(key), start_date.isoformat())


def _done(desk: Desk, key: RecordKey, verb: str, after: dict[str, str], told: str) -> Connected:
    released = release.after_record(key, _company(), desk.profile.rules, desk.who)
    decision = decisions.add(verb, key.text, {}, after, desk.who)
    count = len(released.keys)
    more = f" {count:,} {'record' if count == 1 else 'records'} can be sent now." if count else ""
    return Connected(sentence=told + more, released=released.keys, decision_id=decision)
