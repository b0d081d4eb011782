"""Finding out whether QuickBooks booked what we sent, by asking QuickBooks itself."""

from datetime import datetime, timedelta

from awra_tui.qbo.client import QboClient
from awra_tui.qbo.query import select
from awra_tui.records.qbo import Json, mark_in

CLOCKS_DIFFER = timedelta(minutes=10)
"""How far QuickBooks' clock and ours may be apart when we ask what was created since."""

_NAME_FIELDS = {"Customer": "DisplayName", "Vendor": "DisplayName", "Item": "Name"}

Where = list[tuple[str, str, str]]


async def find(client: QboClient, entity: str, operation: str, body: Json, since: datetime) -> Json | None:
    """Return the object as our request made it, or None where QuickBooks does not have it.

    A transaction is ours by the mark in its PrivateNote and its party; a name by being exactly equal
    and created since the request; an update by a SyncToken that has moved on since.
    """
    if operation == "update":
        return await _find_update(client, entity, body)
    if entity in _NAME_FIELDS:
        return await _find_name(client, entity, str(body[_NAME_FIELDS[entity]]), since)
    for where in _questions(entity, body):
        async for page in client.query_all(entity, where=where):
            for found in page:
                if _is_ours(found, body):
                    return found
    return None


async def _find_update(client: QboClient, entity: str, body: Json) -> Json | None:
    found = await client.read(entity, str(body["Id"]))
    moved = int(found.get("SyncToken", 0)) > int(body.get("SyncToken", 0))
    return found if moved and _is_ours(found, body) else None


async def _find_name(client: QboClient, entity: str, name: str, since: datetime) -> Json | None:
    for found in await client.query(select(entity, where=[(_NAME_FIELDS[entity], "=", name)])):
        created = str(found.get("MetaData", {}).get("CreateTime", ""))
        if created and datetime.fromisoformat(created) >= since - CLOCKS_DIFFER:
            return found
    return None


def _questions(entity: str, body: Json) -> list[Where]:
    """Return what to ask, the narrowest first: QuickBooks may have given a number of its own."""
    questions: list[Where] = []
    if body.get("DocNumber"):
        questions.append([("DocNumber", "=", str(body["DocNumber"]))])
    dated: Where = [("TxnDate", "=", str(body["TxnDate"]))] if body.get("TxnDate") else []
    if entity == "Payment" and body.get("CustomerRef"):
        dated.append(("CustomerRef", "=", _party(body)))
    return [*questions, dated]


def _is_ours(found: Json, body: Json) -> bool:
    mark = mark_in(str(body.get("PrivateNote", "")))
    return mark_in(str(found.get("PrivateNote", ""))) == mark and _party(found) == _party(body)


def _party(body: Json) -> str:
    reference = body.get("CustomerRef") or body.get("VendorRef") or {}
    return str(reference.get("value", ""))
