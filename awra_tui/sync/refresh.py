"""Keeping our copy of QuickBooks: the company, and its objects by what changed since the last reading."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from awra_tui.cache.store import facts, objects
from awra_tui.qbo.client import QboClient
from awra_tui.qbo.errors import QboError
from awra_tui.qbo.objects import ENTITIES as PLACES
from awra_tui.qbo.objects import to_object
from awra_tui.records import clock
from awra_tui.records.kinds import KINDS
from awra_tui.records.qbo import Company, Json
from awra_tui.sync.desk import Desk
from awra_tui.sync.progress import Progress, Report

SINCE = "qbo_read_at"
NAMES_AND_LISTS = (
    "Account", "TaxCode", "TaxRate", "PaymentMethod", "Term", "Class", "Department", "Employee",
)  # fmt: skip
ENTITIES = (*NAMES_AND_LISTS, *(kind.entity for kind in KINDS.values()))
"""What our copy keeps: what mappings point to, what shares names, and what is sent."""
_CHANGING = tuple(name for name in ENTITIES if PLACES[name].changes)
_UNCHANGING = tuple(name for name in ENTITIES if not PLACES[name].changes)
CDC_DAYS = timedelta(days=29)
"""Change data reaches back 30 days (Intuit: change data capture)."""
_GONE = "610"
OVERLAP = timedelta(minutes=2)
"""Changes are asked for from a little before the last reading: clocks differ."""


async def refresh(desk: Desk, client: QboClient, report: Report) -> Company:
    """Bring our copy up to date and return the company; raises QboError where QuickBooks cannot be read."""
    report(Progress(stage="Reading QuickBooks"))
    company = await client.company()
    await desk.write(facts.set_company, company)
    started = clock.now()
    since = await desk.page(facts.get, SINCE)
    if not since or not await _read_changes(desk, client, clock.parse_stamp(since)):
        await _read_all(desk, client, ENTITIES, report)
    else:
        await _read_all(desk, client, _UNCHANGING, report)
    await desk.write(facts.set, SINCE, clock.stamp(started - OVERLAP))
    return company


async def _read_changes(desk: Desk, client: QboClient, since: datetime) -> bool:
    """Read what changed; False where change data does not reach back or is too much for one answer."""
    if clock.now() - since > CDC_DAYS:
        return False
    changes = await client.cdc(_CHANGING, since)
    if not changes.complete:
        return False
    for entity, found in changes.objects.items():
        await desk.write(_keep, entity, found)
    await desk.write(objects.mark_deleted, changes.deleted)
    return True


async def _read_all(desk: Desk, client: QboClient, entities: Iterable[str], report: Report) -> None:
    """Read entities whole, by pages; inactive ones too, because mappings to them are explained."""
    for entity in entities:
        report(Progress(stage=f"Reading QuickBooks: {entity}"))
        unseen = await desk.page(objects.ids, entity)
        async for page in client.query_all(entity):
            unseen -= {str(one.get("Id")) for one in page}
            await desk.write(_keep, entity, page)
        for qbo_id in sorted(unseen):
            await _read_one(desk, client, entity, qbo_id)


async def _read_one(desk: Desk, client: QboClient, entity: str, qbo_id: str) -> None:
    """Ask for an object that no page had: pages shift when something is deleted while they are read."""
    try:
        found = await client.read(entity, qbo_id)
    except QboError as error:
        if error.fault.code != _GONE:
            raise
        await desk.write(objects.mark_deleted, [(entity, qbo_id)])
    else:
        await desk.write(_keep, entity, [found])


def _keep(entity: str, found: list[Json]) -> None:
    objects.upsert([to_object(entity, one) for one in found])
