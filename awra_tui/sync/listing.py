"""Reading a short list of QuickBooks whole, and what of it our copy has otherwise."""

from dataclasses import dataclass

from awra_tui.cache.store import objects
from awra_tui.qbo.client import QboClient
from awra_tui.qbo.objects import to_object
from awra_tui.records.qbo import Json, QboObject
from awra_tui.sync import full_reading, obstacles
from awra_tui.sync.desk import Desk


@dataclass(frozen=True, slots=True)
class Listing:
    """All objects of an entity, those of them that our copy has otherwise, and the ids that are gone."""

    entity: str
    all: list[QboObject]
    changed: list[QboObject]
    gone: list[str]


async def read(desk: Desk, client: QboClient, entity: str) -> Listing:
    """Read an entity into memory, and by its id what our copy has, or a refusal named, and the pages do not.

    Raises QboError.
    """
    rows: list[Json] = [one async for page in client.query_all(entity) for one in page]
    known = await desk.page(objects.ids, entity) | await desk.page(obstacles.unknown, entity)
    unseen = known - {str(one.get("Id")) for one in rows}
    rows += await full_reading.ask_for(client, entity, sorted(unseen))
    found = [to_object(entity, one) for one in rows]
    changed = await desk.page(objects.differing, entity, found)
    return Listing(entity, found, changed, sorted(unseen - {one.id for one in found}))


def keep(listing: Listing) -> None:
    """Store what differs. A job of the cache."""
    objects.upsert(listing.changed)
    objects.mark_deleted((listing.entity, qbo_id) for qbo_id in listing.gone)
