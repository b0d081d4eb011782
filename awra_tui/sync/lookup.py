"""Finding out whether QuickBooks booked what we sent, by asking QuickBooks itself."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from awra_tui.health.compare import differences
from awra_tui.health.names import same_name
from awra_tui.qbo.client import QboClient
from awra_tui.records.finding import Shipment
from awra_tui.records.qbo import Json, created_at, is_void, mark_in
from awra_tui.sync.patience import CLOCKS_DIFFER

_NAME_FIELDS = {"Customer": "DisplayName", "Vendor": "DisplayName", "Item": "Name"}
_CHANGES = frozenset({"update", "void", "delete"})
_TELLING = frozenset({"TotalAmt", "TxnDate", "Line"})
"""What tells two transactions apart that carry the same mark."""

_IDENTIFYING = ("DocNumber", "TxnDate", "PaymentRefNum")
"""What voiding leaves as it was."""

Where = list[tuple[str, str, list[str]]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: a shipment, sent at ``since`` at the earliest.

    ``shared`` says that another record has the same mark, so that the mark alone proves nothing.
    """

    shipment: Shipment
    since: datetime
    shared: bool = False


async def find(client: QboClient, wanted: Sequence[Wanted]) -> list[list[Json]]:
    """Return for each thing wanted the objects that it may be, the likeliest first.

    A transaction is ours by the mark in its PrivateNote and its party; a name by being exactly equal
    and created since the request; an update by what it says, with a SyncToken that has moved on.
    What was to be voided or deleted is ours once it is so.
    Raise QboError where QuickBooks cannot be asked.
    """
    groups: dict[tuple[str, str], dict[int, Wanted]] = defaultdict(dict)
    for place, one in enumerate(wanted):
        groups[one.shipment.entity, _way(one.shipment)][place] = one
    found: dict[int, list[Json]] = {}
    for (entity, way), some in groups.items():
        found |= await _asked(client, entity, _WAYS[way], some)
    return [found.get(place, []) for place in range(len(wanted))]


def _way(shipment: Shipment) -> str:
    if shipment.operation in _CHANGES:
        return "change"
    return "name" if shipment.entity in _NAME_FIELDS else "transaction"


async def _asked(
    client: QboClient, entity: str, way: "_Way", wanted: Mapping[int, Wanted]
) -> dict[int, list[Json]]:
    """Ask one question after the other for those that are not found yet."""
    found: dict[int, list[Json]] = {}
    for question in way.questions:
        missing = {place: one for place, one in wanted.items() if not found.get(place)}
        where = question(entity, [one.shipment.body for one in missing.values()])
        if where:
            seen = [one async for page in client.query_all(entity, where=where) for one in page]
            found |= {place: way.choose(seen, one) for place, one in missing.items()}
    return found


def _by_id(_: str, bodies: Sequence[Json]) -> Where:
    return [("Id", "IN", _each(bodies, "Id"))]


def _by_name(entity: str, bodies: Sequence[Json]) -> Where:
    field = _NAME_FIELDS[entity]
    return [(field, "IN", _each(bodies, field))]


def _by_number(_: str, bodies: Sequence[Json]) -> Where:
    numbers = _each(bodies, "DocNumber")
    return [("DocNumber", "IN", numbers)] if numbers else []


def _by_date(entity: str, bodies: Sequence[Json]) -> Where:
    """Ask by date, because QuickBooks may have given a number of its own; of payments there are many."""
    dates, customers = _each(bodies, "TxnDate"), sorted({_party(body) for body in bodies} - {""})
    where: Where = [("TxnDate", "IN", dates)] if dates else []
    if entity == "Payment" and customers:
        where.append(("CustomerRef", "IN", customers))
    return where


def _each(bodies: Sequence[Json], field: str) -> list[str]:
    return sorted({str(body[field]) for body in bodies if body.get(field)})


def _changed(seen: Sequence[Json], wanted: Wanted) -> list[Json]:
    shipment, body = wanted.shipment, wanted.shipment.body
    now = next((one for one in seen if str(one.get("Id")) == str(body["Id"])), None)
    if shipment.operation == "delete":
        return [{"Id": str(body["Id"]), "status": "Deleted"}] if now is None else []
    if now is None:
        return []
    if shipment.operation == "void":
        return [now] if is_void(now) else []
    moved = int(now.get("SyncToken", 0)) > int(body.get("SyncToken", 0))
    return [now] if moved and not differences(body, now) else []


def _named(seen: Sequence[Json], wanted: Wanted) -> list[Json]:
    field = _NAME_FIELDS[wanted.shipment.entity]
    name = str(wanted.shipment.body[field])
    same = (one for one in seen if same_name(name, str(one.get(field, ""))))
    return [one for one in same if created_at(one) >= wanted.since - CLOCKS_DIFFER]


def _marked(seen: Sequence[Json], wanted: Wanted) -> list[Json]:
    """Compare mark and party; without a mark of ours nothing is taken for ours."""
    body = wanted.shipment.body
    mark = mark_in(str(body.get("PrivateNote", "")))
    if not mark:
        return []
    ours = [one for one in seen if _is_ours(one, mark, body)]
    told = {str(one["Id"]): differences(body, one) for one in ours}
    if wanted.shared:
        ours = [one for one in ours if not _TELLING & {_field(each.field) for each in told[str(one["Id"])]}]
    voided = [one for one in seen if _was_ours(one, wanted)]
    return sorted(ours, key=lambda one: len(told[str(one["Id"])])) or voided


def _is_ours(found: Json, mark: str, body: Json) -> bool:
    return mark_in(str(found.get("PrivateNote", ""))) == mark and _party(found) == _party(body)


def _was_ours(found: Json, wanted: Wanted) -> bool:
    """Say whether an object is ours but was voided, which may have overwritten its note with the mark."""
    body = wanted.shipment.body
    if not is_void(found) or mark_in(str(found.get("PrivateNote", ""))) or _party(found) != _party(body):
        return False
    same = all(found.get(name) == body[name] for name in _IDENTIFYING if body.get(name))
    return same and created_at(found) >= wanted.since - CLOCKS_DIFFER


def _field(name: str) -> str:
    """Return the field of a difference such as ``Line 2.Amount``."""
    return name.split(".", maxsplit=1)[0].split(" ", maxsplit=1)[0]


def _party(body: Json) -> str:
    reference = body.get("CustomerRef") or body.get("VendorRef") or {}
    return str(reference.get("value", ""))


@dataclass(frozen=True, slots=True)
class _Way:
    """How something is looked for: questions, the narrowest first, and what is chosen of the answers."""

    questions: tuple[Callable[[str, Sequence[Json]], Where], ...]
    choose: Callable[[Sequence[Json], Wanted], list[Json]]


_WAYS = {
    "change": _Way((_by_id,), _changed),
    "name": _Way((_by_name,), _named),
    "transaction": _Way((_by_number, _by_date), _marked),
}
