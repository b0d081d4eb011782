"""Whether QuickBooks may have a record already, and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass

from awra_tui.health import wording
from awra_tui.health.names import near_names, same_name
from awra_tui.health.naming import called, full_name
from awra_tui.health.view import View
from awra_tui.health.witnesses import WORTH_A_LOOK, rank_names
from awra_tui.records.finding import Candidate, Finding
from awra_tui.records.kinds import KINDS
from awra_tui.records.money import rounded
from awra_tui.records.qbo import QboObject
from awra_tui.records.record import SourceRecord
from awra_tui.records.subject import RecordKey


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate together with the reason of the catalogue that it stands for."""

    candidate: Candidate
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """What the search for duplicates came to: one to connect, or findings, and what to compare."""

    connect: Candidate | None = None
    findings: tuple[Finding, ...] = ()
    candidates: tuple[Candidate, ...] = ()


def find(record: SourceRecord, view: View) -> Found:
    """Return what in QuickBooks may be this record already; it is not linked yet.

    What a person disconnected stays so until a person says what it is.
    """
    key = RecordKey(record.kind, record.source_id)
    parted = view.parted(key)
    if parted and not view.allowed_duplicate(key):
        return _finding_found(record, "disconnected", [_parted(record, parted, view)])
    is_name = KINDS[record.kind].is_name
    found = _find_name(record, view) if is_name else _find_transaction(record, view)
    if parted and found.connect is not None and found.connect.qbo_id == parted:
        return _finding_found(record, "same_name" if is_name else "disconnected_but_marked", [found.connect])
    return found


def _parted(record: SourceRecord, qbo_id: str, view: View) -> Candidate:
    entity = KINDS[record.kind].entity
    known = view.object(entity, qbo_id) or QboObject(entity=entity, id=qbo_id)
    return _candidate(known, 100, "it was connected before")


def candidates(
    record: SourceRecord, objects: Sequence[QboObject], *, party_id: str = "", days: int = 3
) -> list[Candidate]:
    """Return which objects look like a transaction, the likeliest first."""
    return [match.candidate for match in _matches(record, objects, party_id, days)]


def rank(
    record: SourceRecord,
    objects: Sequence[QboObject],
    *,
    party_id: str = "",
    owing: frozenset[str] = frozenset(),
) -> list[Candidate]:
    """Return the objects that a person may want to compare with a record, the likeliest first.

    Wider than what the judge asks about: half similar names, whatever else speaks for a name, and equal
    amounts of any day. ``owing`` are the ids of names whose open balance is the record's.
    """
    if KINDS[record.kind].is_name:
        ranked = (each.candidate for each in rank_names(record, objects, owing))
        return [each for each in ranked if each.score >= WORTH_A_LOOK]
    found = candidates(record, objects, party_id=party_id)
    seen = {each.qbo_id for each in found}
    amount = rounded(record.amount, record.currency)
    equal = [obj for obj in objects if obj.id not in seen and obj.amount == amount and not obj.deleted]
    return [*found, *(_candidate(obj, WORTH_A_LOOK, "the amount is the same") for obj in equal)]


def _find_name(record: SourceRecord, view: View) -> Found:
    known = _known_by_source(record, view)
    if known is not None and same_name(called(record, view), wording.own_name(known)):
        return Found(
            connect=_candidate(known, 100, "the source names its id, and the name is the same", certain=True)
        )
    entity = KINDS[record.kind].entity
    free = [obj for obj in view.look_alikes(record) if obj.entity == entity and not obj.deleted]
    exact = _exact_name(record, view, free)
    if exact is not None:
        return exact
    return _similar_name(record, view, [*([known] if known else []), *free])


def _exact_name(record: SourceRecord, view: View, free: Sequence[QboObject]) -> Found | None:
    name = called(record, view)
    own = next((obj for obj in free if obj.active and same_name(name, wording.own_name(obj))), None)
    if own is not None and view.rules.link_exact_names:
        return Found(connect=_candidate(own, 100, "the name is the same", certain=True))
    if own is not None and view.made_when_sent(record, own):
        why = "the name is the same, and it was made when this was sent"
        return Found(connect=_candidate(own, 100, why, certain=True))
    if own is not None:
        return _finding_found(record, "same_name", [_candidate(own, 100, "the name is the same")])
    full = full_name(name, record, view)
    named = (obj for obj in view.objects_named(record.kind, full) if not obj.deleted)
    taken = next((obj for obj in named if same_name(full, obj.name)), None)
    if taken is None:
        return None
    linked = taken.entity == KINDS[record.kind].entity
    reason = "name_connected_already" if linked else "name_is_taken"
    why = "connected to another record" if linked else f"a {wording.entity_label(taken.entity)} has this name"
    return _finding_found(record, reason, [_candidate(taken, 100, why)])


def _similar_name(record: SourceRecord, view: View, objects: Sequence[QboObject]) -> Found:
    key = RecordKey(record.kind, record.source_id)
    near = near_names(called(record, view), objects)
    ranked = [each.candidate for each in rank_names(record, near)]
    if view.allowed_duplicate(key):
        return Found(candidates=tuple(ranked))
    if ranked:
        return _finding_found(record, "similar_name", ranked)
    if view.rules.creates(record.kind):
        return Found()
    return Found(findings=(Finding(reason="not_connected", values={"label": _label(record)}),))


def _known_by_source(record: SourceRecord, view: View) -> QboObject | None:
    known = view.object(KINDS[record.kind].entity, record.qbo_id) if record.qbo_id else None
    return None if known is None or known.deleted else known


def _find_transaction(record: SourceRecord, view: View) -> Found:
    key = RecordKey(record.kind, record.source_id)
    looks = [obj for obj in view.look_alikes(record) if not _is_namesakes(record, obj, view)]
    found = _matches(record, looks, party_id_of(record, view), view.rules.look_alike_days)
    marked = [match.candidate for match in found if match.candidate.certain]
    if len(marked) == 1:
        return Found(connect=marked[0])
    everything = tuple(match.candidate for match in found)
    if marked:
        values = {"count": str(len(marked)), "ids": ", ".join(each.qbo_id for each in marked)}
        return Found(findings=(Finding(reason="in_quickbooks_twice", values=values),), candidates=everything)
    new = [match for match in found if not view.allowed_beside(key, match.candidate.qbo_id)]
    if not new:
        return Found(candidates=everything)
    others = (each for each in everything if each is not new[0].candidate)
    return _finding_found(record, new[0].reason, [new[0].candidate, *others])


def _is_namesakes(record: SourceRecord, obj: QboObject, view: View) -> bool:
    """Say whether an object is that of another record with the same number: it carries the mark of both."""
    if obj.mark != record.mark or not view.shares_mark(record):
        return False
    return obj.amount != rounded(record.amount, record.currency)


def party_id_of(record: SourceRecord, view: View) -> str:
    """Return the QuickBooks id of a record's customer or vendor, or nothing while it is unconnected."""
    party = KINDS[record.kind].party
    links = view.links(RecordKey(party, record.party_id)) if party and record.party_id else ()
    return next((link.qbo_id for link in links if link.role == "main"), "")


def _matches(record: SourceRecord, objects: Sequence[QboObject], party_id: str, days: int) -> list[Match]:
    entity = KINDS[record.kind].entity
    same_kind = [obj for obj in objects if obj.entity == entity and not obj.deleted]
    found = [match for obj in same_kind if (match := _match(record, obj, party_id, days))]
    return sorted(found, key=lambda match: -match.candidate.score)


def _match(record: SourceRecord, obj: QboObject, party_id: str, days: int) -> Match | None:
    if _is_marked(record, obj, party_id):
        return Match(_candidate(obj, 100, "it carries our mark", certain=True), "marked")
    if record.qbo_id and record.qbo_id == obj.id:
        return Match(_candidate(obj, 97, "the source names its id"), "id_given_by_source")
    if _same_number(record, obj, party_id):
        return Match(_candidate(obj, 95, "the number is the same"), "same_number")
    if record.reference and record.reference == obj.reference:
        return Match(_candidate(obj, 95, "the reference is the same"), "same_reference")
    if _same_amount(record, obj, party_id, days):
        return Match(_candidate(obj, 80, "the party, the amount and the date fit"), "same_amount")
    return None


def _is_marked(record: SourceRecord, obj: QboObject, party_id: str) -> bool:
    """Say whether an object carries our mark of this record; two vendors may number their bills alike."""
    same_party = not party_id or not obj.party_id or obj.party_id == party_id
    return bool(obj.mark) and obj.mark == record.mark and same_party


def _same_number(record: SourceRecord, obj: QboObject, party_id: str) -> bool:
    """Compare numbers; those of bills are unique for each vendor only, payments have none."""
    if not record.number or record.number.casefold() != obj.number.casefold():
        return False
    return KINDS[record.kind].side != "purchase" or not party_id or obj.party_id == party_id


def _same_amount(record: SourceRecord, obj: QboObject, party_id: str, days: int) -> bool:
    """Compare party, amount and date; what carries the mark of another record is that one.

    Equal till payments are common: two different references are two payments.
    """
    if obj.mark or not party_id or obj.party_id != party_id or record.date is None or obj.date is None:
        return False
    if record.reference and obj.reference and record.reference != obj.reference:
        return False
    near = abs((record.date - obj.date).days) <= days
    return near and rounded(record.amount, record.currency) == obj.amount


def _candidate(obj: QboObject, score: int, why: str, *, certain: bool = False) -> Candidate:
    name = obj.number or obj.name or f"with id {obj.id}"
    return Candidate(entity=obj.entity, qbo_id=obj.id, name=name, score=score, why=why, certain=certain)


def _finding_found(record: SourceRecord, reason: str, found: Sequence[Candidate]) -> Found:
    best = found[0]
    values = {
        "candidate": best.name,
        "entity": wording.entity_label(best.entity),
        "label": _label(record),
        "other_label": wording.with_article(wording.entity_label(best.entity)),
        "party_label": KINDS[record.kind].party,
        "reference": record.reference,
    }
    finding = Finding(reason=reason, values=values, existing_id=best.qbo_id)
    return Found(findings=(finding,), candidates=tuple(found))


def _label(record: SourceRecord) -> str:
    return KINDS[record.kind].label.lower()
