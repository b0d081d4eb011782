"""Reading all of QuickBooks by pages, so that who is interrupted goes on where it stopped."""

from collections.abc import Sequence

from awra_tui.cache.rows import chunks
from awra_tui.cache.store import readings
from awra_tui.cache.store.readings import Reading
from awra_tui.qbo.client import QboClient
from awra_tui.qbo.objects import to_object
from awra_tui.qbo.query import PAGE_LIMIT
from awra_tui.records.qbo import Json
from awra_tui.sync import obstacles
from awra_tui.sync.desk import Desk
from awra_tui.sync.progress import Progress, Report

BORDER = 10
"""So many rows of a page are asked for again with the next: where none of them comes, rows have moved."""
ASKED = 200
"""So many objects that no page had are asked for by id at once."""


async def read_all(desk: Desk, client: QboClient, reading: Reading, report: Report) -> None:
    """Read what a reading has not read yet; raises QboError, and can then be called again.

    Inactive objects too, because mappings to them are explained. What changes meanwhile is for change
    data since the reading's start.
    """
    while reading.entities:
        reading = await _read_pages(desk, client, reading, report)
        await _ask_for_absent(desk, client, reading.entities[0])
        reading = await desk.write(readings.close, reading)


async def ask_for(client: QboClient, entity: str, ids: Sequence[str]) -> list[Json]:
    """Return those of the objects with these ids that there are; raises QboError."""
    return [
        one for some in chunks(ids, ASKED) for one in await client.page(entity, 1, [("Id", "IN", list(some))])
    ]


async def _read_pages(desk: Desk, client: QboClient, reading: Reading, report: Report) -> Reading:
    """Read an entity from where the reading is, each page and its place in one transaction.

    Pages are by place in order of ids. A page that does not begin with a row that was seen may have
    left rows out, because some before it were deleted: then the page before it is read again.
    """
    entity = reading.entities[0]
    while True:
        position = reading.position
        report(Progress(stage=f"Reading QuickBooks: {entity}" + (f", {position:,}" if position > 1 else "")))
        rows = await client.page(entity, position, page_size=PAGE_LIMIT)
        if position > 1 and not await desk.page(_joins, entity, rows):
            reading = await desk.write(readings.advance, reading, max(1, position - PAGE_LIMIT))
            continue
        reading = await desk.write(_keep, reading, rows)
        if len(rows) < PAGE_LIMIT:
            return reading


def _joins(entity: str, rows: list[Json]) -> bool:
    """Say whether a page begins with a row that was seen. A job of the cache."""
    return bool(rows) and readings.has_seen(entity, str(rows[0].get("Id")))


def _keep(reading: Reading, rows: list[Json]) -> Reading:
    """Store a page and where the next begins. A job of the cache."""
    entity = reading.entities[0]
    readings.keep(entity, [to_object(entity, one) for one in rows])
    return readings.advance(reading, max(1, reading.position + len(rows) - BORDER))


async def _ask_for_absent(desk: Desk, client: QboClient, entity: str) -> None:
    """Find out about what no page had, and our copy has or a refusal named: most of it is deleted."""
    ids = sorted(await desk.page(obstacles.unknown, entity))
    while ids := ids or await desk.page(readings.absent, entity, ASKED):
        found = await ask_for(client, entity, ids)
        await desk.write(readings.settle, entity, ids, [to_object(entity, one) for one in found])
        ids = []
