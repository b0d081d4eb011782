"""Finding out whether QuickBooks booked what we sent, by asking QuickBooks itself."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from awra_tui.health.compare import differences
from awra_tui.qbo.client import QboClient
from awra_tui.qbo.errors import QboError
from awra_tui.qbo.query import select
from awra_tui.records.qbo import Json, is_void, mark_in

CLOCKS_DIFFER = timedelta(minutes=10)
"""How far QuickBooks' clock and ours may be apart when we ask what was created since."""

_NAME_FIELDS = {"Customer": "DisplayName", "Vendor": "DisplayName", "Item": "Name"}
_GONE = "610"

Where = list[tuple[str, str, str]]


async def find(client: QboClient, entity: str, operation: str, body: Json, since: datetime) -> list[Json]:
    """Return the objects that may be what our request made; none where QuickBooks does not have it.

    A transaction is ours by the mark in its PrivateNote and its party; a name by being exactly equal
    and created since the request; an update by what it says, with a SyncToken that has moved on.
    What was to be voided or deleted is ours once it is so.
    Raise QboError where QuickBooks cannot be asked.
    """
    if operation in _CHANGES:
        return await _find_change(client, entity, operation, body)
    if entity in _NAME_FIELDS:
        return await _find_name(client, entity, str(body[_NAME_FIELDS[entity]]), since)
    for where in _questions(entity, body):
        found = [one async for page in client.query_all(entity, where=where) for one in page]
        if ours := [one for one in found if _is_ours(one, body)]:
            return ours
    return []


_CHANGES = frozenset({"update", "void", "delete"})


async def _find_change(client: QboClient, entity: str, operation: str, body: Json) -> list[Json]:
    try:
        found = await client.read(entity, str(body["Id"]))
    except QboError as error:
        if error.fault.code != _GONE:
            raise
        return [{"Id": str(body["Id"]), "status": "Deleted"}] if operation == "delete" else []
    if operation != "update":
        return [found] if operation == "void" and is_void(found) else []
    moved = int(found.get("SyncToken", 0)) > int(body.get("SyncToken", 0))
    return [found] if moved and not differences(body, found) else []


async def _find_name(client: QboClient, entity: str, name: str, since: datetime) -> list[Json]:
    found = await client.query(select(entity, where=[(_NAME_FIELDS[entity], "=", name)]))
    return [one for one in found if _created(one) >= since - CLOCKS_DIFFER]


def _created(found: Json) -> datetime:
    told = str(found.get("MetaData", {}).get("CreateTime", ""))
    return datetime.fromisoformat(told).astimezone(UTC) if told else datetime.min.replace(tzinfo=UTC)


def _questions(entity: str, body: Json) -> Iterator[Where]:
    """Yield what to ask, the narrowest first: QuickBooks may have given a number of its own."""
    if body.get("DocNumber"):
        yield [("DocNumber", "=", str(body["DocNumber"]))]
    dated: Where = [("TxnDate", "=", str(body["TxnDate"]))] if body.get("TxnDate") else []
    if entity == "Payment" and body.get("CustomerRef"):
        dated.append(("CustomerRef", "=", _party(body)))
    if dated:
        yield dated


def _is_ours(found: Json, body: Json) -> bool:
    """Compare mark and party; without a mark of ours nothing is taken for ours."""
    mark = mark_in(str(body.get("PrivateNote", "")))
    same = mark_in(str(found.get("PrivateNote", ""))) == mark
    return bool(mark) and same and _party(found) == _party(body)


def _party(body: Json) -> str:
    reference = body.get("CustomerRef") or body.get("VendorRef") or {}
    return str(reference.get("value", ""))
