"""Templates of transactions that recur: checked and totalled as those are, but never booked."""

from awra_tui.simulator import booking, clock, faults
from awra_tui.simulator.bodies import merged
from awra_tui.simulator.company import Company
from awra_tui.simulator.entities import ENTITIES, RECURRING
from awra_tui.simulator.records import Body, Key, Record

_NAME = RECURRING.name


def perform(company: Company, operation: str, wanted: Body) -> Body:
    """Create, update or delete a template and return it under the name of its kind. Raises a Fault."""
    kind = next((name for name in RECURRING.fields if isinstance(wanted.get(name), dict)), None)
    if kind is None or kind not in ENTITIES:
        raise faults.FaultError(faults.required("RecurringTransaction"))
    sent: Body = wanted[kind]
    old = booking.current(company, RECURRING, sent) if sent.get("Id") else None
    if operation == "delete" and old is not None:
        return _deleted(company, kind, old)
    if operation not in {"create", "update"} or (operation == "update" and old is None):
        raise faults.unsupported(operation)
    return {_NAME: {kind: _kept(company, kind, sent, old)[kind]}}


def _kept(company: Company, kind: str, sent: Body, old: Record | None) -> Body:
    if old is not None and str(sent.get("sparse", "")).lower() == "true":
        sent = merged(old.body[kind], sent)
    if not sent.get("RecurringInfo", {}).get("Name"):
        raise faults.FaultError(faults.required("RecurringInfo.Name"))
    with company.store.change():
        stamp = clock.stamp(company.now())
        created = old.body["MetaData"]["CreateTime"] if old else stamp
        own = {
            "Id": old.key.id if old else company.next_id(RECURRING),
            "SyncToken": str(int(old.body["SyncToken"]) + 1) if old else "0",
            "MetaData": {"CreateTime": created, "LastUpdatedTime": stamp},
        }
        drafted = booking.drafted(company, kind, sent)
        found = {**drafted, **own, "RecurDataRef": {"value": own["Id"]}}
        body = {kind: booking.ordered(ENTITIES[kind], found), **own}
        company.store.put(Record(Key(_NAME, str(own["Id"])), body))
    return body


def _deleted(company: Company, kind: str, old: Record) -> Body:
    with company.store.change():
        gone = {"Id": old.key.id, "MetaData": old.body["MetaData"]}
        company.store.put(Record(old.key, gone, deleted=True))
    return {_NAME: {kind: {"domain": "QBO", "status": "Deleted", "Id": old.key.id}}}
