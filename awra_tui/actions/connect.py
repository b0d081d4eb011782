"""Connect a record to what QuickBooks has already, or say that it is new there."""

import datetime as dt
from collections.abc import Mapping

from awra_tui.actions.known import counted, known_company, known_record
from awra_tui.actions.results import ConnectCandidate, Connected, ConnectPreview
from awra_tui.cache.pages import parties
from awra_tui.cache.pages.warnings import warnings_of
from awra_tui.cache.store import attempts, decisions, facts, links, namings, objects, parted
from awra_tui.cache.stored import StoredRecord
from awra_tui.health import duplicates, wording
from awra_tui.health.naming import NAMED_ANEW, distinct
from awra_tui.records import clock
from awra_tui.records.errors import AwraError
from awra_tui.records.finding import Candidate, Judgement
from awra_tui.records.kinds import kind_of
from awra_tui.records.qbo import Link, QboObject
from awra_tui.records.record import SourceRecord
from awra_tui.records.rules import NO_START, Rules, written_start
from awra_tui.records.status import Dimension
from awra_tui.records.subject import RecordKey
from awra_tui.sync import release, waiting
from awra_tui.sync.beginning import of_party
from awra_tui.sync.desk import Desk
from awra_tui.sync.judging import explain, look, prepared, subject_of
from awra_tui.sync.view import CacheView, allowance, start_fact, written_allowance

LIMIT = 50


async def candidates(desk: Desk, key: RecordKey, text: str = "") -> list[ConnectCandidate]:
    """Return objects that may be the record, most likely first, each with the reason for its rank."""
    return await desk.page(_candidates, key, text)


def _candidates(key: RecordKey, text: str) -> list[ConnectCandidate]:
    record = known_record(key).record
    entity = kind_of(key.kind).entity
    found = objects.search(text, [entity], LIMIT) if text.strip() else objects.of_entity(entity)
    party_id = next((link.qbo_id for link in _party_links(record)), "")
    likely = duplicates.rank(record, found, party_id=party_id, owing=_owing(key))
    ranked = {one.qbo_id: one for one in likely}
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


def _owing(key: RecordKey) -> frozenset[str]:
    """Return the ids of those who owe in QuickBooks exactly what a customer or vendor owes here."""
    company = facts.company()
    home = company.home_currency if company else ""
    owed = parties.owed_here(key.kind, [key.source_id], home).get(key.source_id, {})
    return parties.owing(kind_of(key.kind).entity, owed, home)


def _party_links(record: SourceRecord) -> tuple[Link, ...]:
    party = kind_of(record.kind).party
    return links.of(RecordKey(party, record.party_id)) if party and record.party_id else ()


def refusal(record: SourceRecord, found: QboObject) -> str:
    """Say why an object cannot be connected to a record, or nothing. A job of the cache."""
    own = (record.kind, record.source_id)
    taken = [link for link in links.by_object(found.entity, found.id) if (link.kind, link.source_id) != own]
    if taken:
        return f"it is connected to {taken[0].kind}/{taken[0].source_id} already"
    return unfit(record, found)


def unfit(record: SourceRecord, found: QboObject) -> str:
    """Say why an object that nothing is connected to cannot be a record, or nothing."""
    if found.deleted:
        return "it is deleted in QuickBooks"
    if not found.active:
        return "it is inactive in QuickBooks"
    if record.currency and found.currency and record.currency != found.currency:
        return f"its currency is {found.currency}, the record's {record.currency}"
    return ""


async def preview_connect(
    desk: Desk, key: RecordKey, qbo_id: str, start_date: dt.date | None = None, *, name: str = ""
) -> ConnectPreview:
    """Say what connecting (or, without an id, creating) will bring, before it happens.

    ``name`` is another name to create it by, where QuickBooks uses its own already.
    """
    return await desk.page(_preview, desk, key, qbo_id, start_date, name.strip())


def _preview(
    desk: Desk, key: RecordKey, qbo_id: str, start_date: dt.date | None, name: str
) -> ConnectPreview:
    company, stored = known_company(), known_record(key)
    link = connection_to(key, qbo_id) if qbo_id else None
    if link:
        refused = not_now(key, reconnect=True) or no_connection(stored, qbo_id)
        what = f"Connects {named(stored)}."
    else:
        refused = not_now(key) or no_creation(desk, stored, name)
        what = f"Creates {named(stored)}{_as(stored, name)}."
    held = waiting.for_record(key, link, start_date, company, desk.profile.rules)
    start = standing_start(key, desk.profile.rules, start_date)
    brings = of_party(key, link, start)
    return ConnectPreview(
        sentence=f"{what} {held.sentence}",
        follows=brings.sentences,
        releases=held.count,
        money=held.money,
        refused=refused,
        suggested_start=clock.shifted(company.closing_date, 1) if company.closing_date else None,
        start=start,
        distinct="" if link else distinct_name(desk, stored),
        late_payments=tuple(one.payment.key for one in brings.late),
        by_hand=tuple(one.id for one in brings.by_hand),
    )


def standing_start(key: RecordKey, rules: Rules, chosen: dt.date | None = None) -> dt.date | None:
    """Return the start date that holds for a party: chosen now, else before, else the profile's.

    ``NO_START`` leaves out the one from before. A job of the cache.
    """
    if chosen is not None and chosen != NO_START:
        return chosen
    before = "" if chosen == NO_START else facts.get(start_fact(key))
    return dt.date.fromisoformat(before) if before else rules.start_date


def _as(stored: StoredRecord, name: str) -> str:
    return f" as {name}" if name and name != wording.name_of(stored.record) else ""


def named(stored: StoredRecord) -> str:
    """Return what a sentence about connecting calls a record: its name, or ``invoice INV-1042``."""
    if kind_of(stored.key.kind).is_name:
        return wording.name_of(stored.record)
    return wording.inside(wording.title_of(stored.record))


def no_connection(stored: StoredRecord, qbo_id: str) -> str:
    """Say why a record cannot be connected to an object, or nothing. A job of the cache."""
    kind = kind_of(stored.key.kind)
    found = objects.get(kind.entity, qbo_id)
    if found is None:
        return f"QuickBooks has no {kind.label.lower()} with the id {qbo_id}; search for it by name"
    return refusal(stored.record, found)


def no_creation(desk: Desk, stored: StoredRecord, name: str, view: CacheView | None = None) -> str:
    """Say why QuickBooks would not take a record as a new one, by a name of its own if so, or nothing.

    ``view`` is one prepared for many records, if there is one. A job of the cache.
    """
    supposed = _supposed_new(stored, name, view or _view_of(desk, stored))
    if supposed.connect is not None:
        return f"QuickBooks has {supposed.connect.name} already; connect it to that"
    told = explain(stored.record, supposed.findings)
    stops = (one for one in told if one.dimension is Dimension.DUPLICATE_RISK or one.reason in _NAME_RULES)
    return next((one.sentence for one in stops), "")


_NAME_RULES = ("missing_name", "name_too_long", "forbidden_sign")
"""The reasons for which QuickBooks takes a name from nobody."""


def _view_of(desk: Desk, stored: StoredRecord) -> CacheView:
    return prepared([stored], known_company(), desk.profile.rules)


def _supposed_new(stored: StoredRecord, name: str, view: CacheView) -> Judgement:
    view.allow(stored.key)
    if name:
        view.call(stored.record, name)
    [judgement] = look([stored], view)
    return judgement


def distinct_name(desk: Desk, stored: StoredRecord, view: CacheView | None = None) -> str:
    """Return the usual name for a record whose own QuickBooks would not take, else nothing.

    ``view`` is one prepared for many records, if there is one. A job of the cache.
    """
    view = view or _view_of(desk, stored)
    if not kind_of(stored.key.kind).is_name:
        return ""
    found = {one.reason for one in _supposed_new(stored, "", view).findings}
    told = {one.reason for one in warnings_of(subject_of(stored.key))}
    if not (found | told) & set(NAMED_ANEW):
        return ""
    return distinct(stored.record, view)


def connection_to(key: RecordKey, qbo_id: str) -> Link:
    """Return the connection that a person makes."""
    entity = kind_of(key.kind).entity
    return Link(kind=key.kind, source_id=key.source_id, entity=entity, qbo_id=qbo_id, how="connected")


def not_now(key: RecordKey, *, reconnect: bool = False, disconnect: bool = False) -> str:
    """Say why nobody can decide about a record now, or nothing. A job of the cache.

    What is connected to something inactive or deleted may be connected to another object instead; to
    ``disconnect`` it, it has to be connected.
    """
    if on_its_way := unanswered(key):
        return on_its_way
    standing = main_link(key)
    if disconnect or standing is None or (reconnect and _leads_nowhere(standing)):
        return ""
    return "it is connected already; disconnect it first"


def unanswered(key: RecordKey) -> str:
    """Say that a record is on its way, so that nothing can be decided now, or nothing. A job of the cache."""
    last = attempts.last_of(key)
    is_open = last is not None and last.is_open
    return "it was sent and has no answer yet; the next sync looks it up" if is_open else ""


def main_link(key: RecordKey) -> Link | None:
    """Return what a record itself is connected to, or None. A job of the cache."""
    return next((link for link in links.of(key) if link.role == "main"), None)


def decided_again(key: RecordKey, qbo_id: str, at: str) -> str:
    """Say that a connection to an object, decided ``at`` a stamp, is not the one of now, or nothing.

    A job of the cache.
    """
    standing = main_link(key)
    if standing is not None and standing.qbo_id == qbo_id and links.made_at(key) <= at:
        return ""
    return f"{key.text} was disconnected or connected otherwise since; nothing was undone."


def taken_since(key: RecordKey, link: Link) -> str:
    """Return another record that has what a link leads to in the same role by now, or nothing.

    A job of the cache.
    """
    holders = (one for one in links.by_object(link.entity, link.qbo_id) if one.role == link.role)
    return next((one.text for one in map(_holder, holders) if one != key), "")


def _holder(link: Link) -> RecordKey:
    return RecordKey(link.kind, link.source_id)


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
    if refused := not_now(key, reconnect=True) or no_connection(stored, qbo_id):
        raise AwraError(f"{wording.title_of(stored.record)} cannot be connected: {refused}.")
    old = main_link(key)
    if old is not None:
        links.close(key, old.role, desk.who)
    links.add(connection_to(key, qbo_id), desk.who)
    before = {
        "start_date": begin(key, start_date),
        "qbo_id": old.qbo_id if old else "",
        "parted": parted.of(key),
    }
    parted.keep(key, "")
    after = {"entity": kind_of(key.kind).entity, "qbo_id": qbo_id, "start_date": facts.get(start_fact(key))}
    decision = decisions.add("connect", key.text, before, after, desk.who)
    found = objects.get(kind_of(key.kind).entity, qbo_id)
    return _done(desk, key, decision, f"Connected to {found.name or found.number if found else qbo_id}.")


async def create_new(
    desk: Desk, key: RecordKey, start_date: dt.date | None = None, *, name: str = ""
) -> Connected:
    """Say that a record is not in QuickBooks yet, so that it is created with the next sending.

    ``name`` is another name to create it by there; the source keeps its own. Raise AwraError where it is
    there already, where that is not known, or where the name is in use.
    """
    return await desk.write(_create, desk, key, start_date, name.strip())


def _create(desk: Desk, key: RecordKey, start_date: dt.date | None, name: str) -> Connected:
    stored = known_record(key)
    if refused := not_now(key) or no_creation(desk, stored, name):
        raise AwraError(f"{wording.title_of(stored.record)} cannot be created: {refused.rstrip('.')}.")
    other = _as(stored, name)
    before = {"start_date": begin(key, start_date), **take_for_new(desk, stored, name)}
    after = {"start_date": facts.get(start_fact(key)), "name": name if other else ""}
    decision = decisions.add("create_new", key.text, before, after, desk.who)
    return _done(desk, key, decision, f"It will be created in QuickBooks{other}.")


def take_for_new(desk: Desk, stored: StoredRecord, name: str) -> dict[str, str]:
    """Keep that a record is new, and which name it is to have; return what was so before.

    A job of the cache.
    """
    key = stored.key
    before = {"given": namings.of(key), "allowed": facts.get(allowance(key)), "parted": parted.of(key)}
    facts.set(allowance(key), _allowed(desk, stored))
    namings.keep(key, namings.written(name, stored.record) if _as(stored, name) else "")
    return before


def _allowed(desk: Desk, stored: StoredRecord) -> str:
    """Write what a person lets a record be sent beside: of a transaction only what looks like it by now."""
    if kind_of(stored.key.kind).is_name:
        return stored.fingerprint
    view = _view_of(desk, stored)
    held = view.number_held(stored.record) if stored.record.number else None
    warned = {one.existing_id for one in warnings_of(subject_of(stored.key))}
    seen = warned | {one.qbo_id for one in _supposed_new(stored, "", view).candidates}
    return written_allowance(stored.fingerprint, seen | ({held[0].id} if held else set()))


def leave_as_before(key: RecordKey, before: Mapping[str, str]) -> None:
    """Give back what ``take_for_new`` returned. A job of the cache."""
    facts.set(allowance(key), before.get("allowed", ""))
    namings.keep(key, before.get("given", ""))


def not_new_any_more(key: RecordKey, before: Mapping[str, str]) -> str:
    """Say why a record that was taken for new cannot be left any more, or nothing; ``before`` was so then.

    A job of the cache.
    """
    link = main_link(key)
    if link is None and parted.of(key) == before.get("parted", parted.of(key)):
        return ""
    if link is None:
        return f"{key.text} was created in QuickBooks and disconnected since; nothing was undone."
    if link.how != "sent":
        return f"{key.text} was connected to what QuickBooks has since; where that is wrong, disconnect it."
    instead = "make it inactive" if kind_of(key.kind).is_name else "void or delete it"
    return f"{key.text} was created in QuickBooks meanwhile; {instead} there."


def begin(key: RecordKey, start_date: dt.date | None) -> str:
    """Keep the start date of a customer or vendor, if one was chosen, or taken away; return the one before.

    A job of the cache.
    """
    before = facts.get(start_fact(key))
    if start_date is not None:
        facts.set(start_fact(key), written_start(start_date))
    return before


def _done(desk: Desk, key: RecordKey, decision: int, told: str) -> Connected:
    released = release.after_record(key, known_company(), desk.profile.rules, desk.who)
    count = len(released.keys)
    more = f" {counted(count, 'record')} can be sent now." if count else ""
    return Connected(sentence=told + more, released=released.keys, decision_id=decision)
