"""Reading again what is about to be changed: our copy may be older than somebody's change."""

from collections import defaultdict
from collections.abc import Sequence

from awra_tui.cache.store import objects
from awra_tui.qbo.objects import to_object
from awra_tui.records.qbo import Json
from awra_tui.sync.judging import Sendable, judge_keys
from awra_tui.sync.office import Office

AT_ONCE = 30
"""Objects that are asked for in one query."""


async def fresh(office: Office, sendables: Sequence[Sendable]) -> Sequence[Sendable]:
    """Read the objects of updates and voids from QuickBooks, and return what still goes.

    Records are judged again against what is there now, so that a change that somebody made meanwhile is
    a question and not lost. What only creates is returned as it is. Raise QboError.
    """
    changing = [one for one in sendables if one.judgement.shipments[0].operation != "create"]
    if not changing:
        return sendables
    wanted: dict[str, list[str]] = defaultdict(list)
    for one in changing:
        shipment = one.judgement.shipments[0]
        wanted[shipment.entity].append(str(shipment.body["Id"]))
    for entity, ids in wanted.items():
        for start in range(0, len(ids), AT_ONCE):
            await _read(office, entity, ids[start : start + AT_ONCE])
    keys = [one.key for one in changing]
    changed = set(keys)
    again = await office.desk.write(judge_keys, keys, office.company, office.rules, office.desk.who)
    others = [one for one in sendables if one.key not in changed]
    return [*others, *again.sendable]


async def _read(office: Office, entity: str, ids: Sequence[str]) -> None:
    found: list[Json] = []
    async for page in office.client.query_all(entity, where=[("Id", "IN", list(ids))]):
        found += page
    await office.desk.write(_keep, entity, ids, found)


def _keep(entity: str, ids: Sequence[str], found: Sequence[Json]) -> None:
    """Bring our copies up to date; what QuickBooks does not name is deleted. A job of the cache."""
    objects.upsert([to_object(entity, one) for one in found])
    there = {str(one.get("Id")) for one in found}
    objects.mark_deleted([(entity, qbo_id) for qbo_id in ids if qbo_id not in there])
