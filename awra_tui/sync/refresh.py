"""Keeping our copy of QuickBooks: the company, and its objects by what changed since the last reading."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from awra_tui.cache.store import facts, objects
from awra_tui.qbo.client import QboClient
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
NOT_IN_CDC = ("TaxCode", "TaxRate")
"""Entities that Intuit's change data leaves out."""
CDC_DAYS = timedelta(days=29)
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
        await _read_all(desk, client, NOT_IN_CDC, report)
    await desk.write(facts.set, SINCE, clock.stamp(started - OVERLAP))
    return company


async def _read_changes(desk: Desk, client: QboClient, since: datetime) -> bool:
    """Read what changed; False where change data does not reach back or is too much for one answer."""
    if clock.now() - since > CDC_DAYS:
        return False
    changes = await client.cdc([name for name in ENTITIES if name not in NOT_IN_CDC], since)
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
        async for page in client.query_all(entity):
            await desk.write(_keep, entity, page)


def _keep(entity: str, found: list[Json]) -> None:
    objects.upsert([to_object(entity, one) for one in found])
