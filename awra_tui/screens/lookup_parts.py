"""What was looked up, as one list: records of the source, objects of QuickBooks, attempts."""

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from awra_tui.actions.lookup import LookedUp, holders
from awra_tui.actions.whereabouts import described, of_record
from awra_tui.cache.pages.log import AttemptRow
from awra_tui.cache.pages.sought import SoughtRecord
from awra_tui.cache.pages.sought_objects import SoughtObject
from awra_tui.health.wording import capital, entity_label
from awra_tui.records.kinds import KINDS
from awra_tui.records.money import shown, shown_minor
from awra_tui.records.qbo import QboObject
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.screens.json_view import Document
from awra_tui.widgets.columns import Cell, Column
from awra_tui.widgets.figures import day, moment


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRow:
    """One thing that was found; ``target`` is what Enter opens, ``about`` the sentence over it."""

    id: tuple[str, ...]
    where: str
    what: str
    number: str
    party: str
    amount: str
    date: str
    state: Cell
    about: str
    target: RecordKey | AttemptRow | QboObject


COLUMNS: tuple[Column[FoundRow], ...] = (
    Column(name="where", label="Where", cell=lambda row: row.where, width=10),
    Column(name="what", label="What", cell=lambda row: row.what, width=14, priority=3),
    Column(name="number", label="Number", cell=lambda row: row.number, width=10, share=1, most=20),
    Column(name="party", label="Party", cell=lambda row: row.party, width=8, share=2, most=34, priority=2),
    Column(name="amount", label="Amount", cell=lambda row: row.amount, width=14, right=True),
    Column(name="date", label="Date", cell=lambda row: row.date, width=9, priority=4),
    Column(name="state", label="State", cell=lambda row: row.state, width=15),
)


def rows_of(looked: LookedUp) -> list[FoundRow]:
    """Return what was found, the likeliest first, each thing once."""
    alike = [each.object for several in looked.alikes.values() for each in several]
    known = {(one.object.entity, one.object.id) for one in looked.found.objects}
    rows = [_record(looked, one) for one in looked.found.records]
    rows += [_object(looked, one) for one in looked.found.objects]
    rows += [
        _object(looked, SoughtObject(object=one, how="looks the same"))
        for one in alike
        if (one.entity, one.id) not in known
    ]
    rows += map(_attempt, looked.found.attempts)
    return list({row.id: row for row in rows}.values())


def _record(looked: LookedUp, one: SoughtRecord) -> FoundRow:
    row = one.row
    good = row.status is Status.SUCCEEDED
    return FoundRow(
        id=("record", row.kind, row.source_id),
        where="source",
        what=KINDS[row.kind].label,
        number=row.number or row.source_id,
        party=row.party,
        amount=shown_minor(row.amount_minor, row.currency) if row.amount_minor else "–",
        date=day(row.date),
        state=Cell("withdrawn", "warn")
        if one.deleted
        else Cell(row.status.label, "good" if good else "warn"),
        about=f"{of_record(one, looked.alikes.get(one.key, ()))} Found by {row.how}.",
        target=one.key,
    )


def _object(looked: LookedUp, one: SoughtObject) -> FoundRow:
    thing = one.object
    return FoundRow(
        id=("object", thing.entity, thing.id),
        where="QuickBooks",
        what=capital(entity_label(thing.entity)),
        number=thing.number or thing.reference or thing.id,
        party=party_of(thing),
        amount=f"{thing.currency} {shown(thing.amount, thing.currency)}".strip() if thing.amount else "–",
        date=day(thing.date.isoformat() if thing.date else ""),
        state=_state(one),
        about=" ".join(_about(looked, one)),
        target=one.records[0] if one.records else thing,
    )


def _state(one: SoughtObject) -> Cell:
    if one.object.deleted:
        return Cell("deleted", "bad")
    return Cell("connected", "good") if one.records else Cell("not ours", "warn")


def party_of(thing: QboObject) -> str:
    """Return the name that an object has, or that of its customer or vendor."""
    if thing.name:
        return thing.name
    for field in ("CustomerRef", "VendorRef", "EntityRef"):
        reference = thing.content.get(field)
        if isinstance(reference, dict):
            return str(reference.get("name", ""))
    return ""


def _about(looked: LookedUp, one: SoughtObject) -> Iterator[str]:
    thing = one.object
    yield f"{described(thing)} (id {thing.id})."
    if thing.reference:
        yield f"Reference {thing.reference}."
    if one.records:
        yield f"Connected to {holders(looked, one)}."
    elif thing.mark:
        yield f"Not connected, but it carries our mark of {thing.mark}."
    else:
        yield "No record of the source is connected to it."
    yield "Found by looking like the record." if one.how == "looks the same" else f"Found by {one.how}."


def _attempt(row: AttemptRow) -> FoundRow:
    said = f"{row.code} {row.message}".strip() or row.outcome
    return FoundRow(
        id=("attempt", str(row.id)),
        where="attempt",
        what=row.operation,
        number=row.number or row.source_id,
        party=row.party,
        amount=shown_minor(row.amount_minor, row.currency) if row.amount_minor else "–",
        date=moment(row.started_at),
        state=Cell(row.outcome, "good" if row.outcome == "succeeded" else "warn"),
        about=f"Sent {moment(row.started_at)} by {row.who}: {said}. intuit_tid {row.tid or 'unknown'}.",
        target=row,
    )


def documents_of(thing: QboObject) -> list[Document]:
    """Return an object of QuickBooks as text."""
    text = msgspec.json.Encoder(decimal_format="number").encode(thing.content).decode()
    return [Document("QuickBooks object", text)]
