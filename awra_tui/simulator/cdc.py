"""Change data capture: everything changed since an instant, over several entities at once."""

from datetime import datetime, timedelta

from awra_tui.simulator import clock, faults
from awra_tui.simulator.company import Company
from awra_tui.simulator.entities import Entity, entity_named
from awra_tui.simulator.query import invalid
from awra_tui.simulator.records import Body, Key, Record
from awra_tui.simulator.views import answered, view

LIMIT = 1000
LOOK_BACK = timedelta(days=30)
_EXCLUDED = frozenset({"JournalCode", "TaxAgency", "TaxCode", "TaxRate", "TimeActivity"})
"""What is not tracked (Intuit: ChangeDataCapture, business rules); the company's settings are."""


def changes(company: Company, names: str, since: str) -> list[Body]:
    """Return one QueryResponse for each entity named, in that order.

    At most 1,000 objects altogether, the earliest changes first, and none from more than 30 days
    ago. Raises a Fault for a missing parameter or an entity that is not tracked.
    """
    if not names or not since:
        raise faults.FaultError(faults.required("changedSince" if names else "entities"))
    entities = [_tracked(name.strip()) for name in names.split(",") if name.strip()]
    start = max(_instant(since), clock.now() - LOOK_BACK)
    found = [record for entity in entities for record in _changed(company, entity, start)]
    found.sort(key=lambda record: clock.moment(record.updated))
    chosen = {record.key for record in found[:LIMIT]}
    return [_response(company, entity, start, chosen) for entity in entities]


def _tracked(name: str) -> Entity:
    entity = entity_named(name)
    if entity is None or entity.name in _EXCLUDED:
        raise invalid(f"invalid context declaration: {name}")
    return entity


def _instant(text: str) -> datetime:
    # A plus sign that was not encoded arrives as a space.
    try:
        return clock.moment(text.replace(" ", "+"))
    except ValueError as error:
        raise invalid(f"invalid changedSince: {text}") from error


def _changed(company: Company, entity: Entity, start: datetime) -> list[Record]:
    begin = start.replace(microsecond=0)
    found = company.store.everything(entity.name)
    return [record for record in found if clock.moment(record.updated) >= begin]


def _response(company: Company, entity: Entity, start: datetime, chosen: set[Key]) -> Body:
    """Answer in order of change as recorded; what is left of deleted objects comes last."""
    found = [record for record in _changed(company, entity, start) if record.key in chosen]
    found.sort(key=lambda record: (record.deleted, clock.moment(record.updated)))
    rows = [_row(company, record) for record in found]
    return {entity.name: rows, "startPosition": 1, "maxResults": len(rows)} if rows else {}


def _row(company: Company, record: Record) -> Body:
    if not record.deleted:
        return answered(company, record.key.entity, view(company, record))
    meta = {"LastUpdatedTime": record.updated}
    return {"domain": "QBO", "status": "Deleted", "Id": record.key.id, "MetaData": meta}
