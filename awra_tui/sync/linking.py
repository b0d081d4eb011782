"""What a link keeps of an exchange: what later changes on either side are compared with."""

from awra_tui.health.changes import drifted
from awra_tui.health.kept import body_in
from awra_tui.qbo.json import encode
from awra_tui.records.finding import Shipment
from awra_tui.records.qbo import Json, Link, QboObject

_VERSION = frozenset({"Id", "SyncToken", "sparse", "MetaData", "domain"})


def link_after(
    shipment: Shipment, found: Json, fingerprint: str, old: Link | None, before: QboObject | None
) -> Link:
    """Return the link of a record after QuickBooks took a shipment; ``before`` is our copy from before it.

    A change of others that the shipment left alone stays a change: it is measured against the answer
    from before, until somebody accepts it.
    """
    return Link(
        kind=shipment.kind,
        source_id=shipment.source_id,
        role=shipment.role,
        entity=shipment.entity,
        qbo_id=str(found.get("Id", "")),
        fingerprint=fingerprint,
        sent=_text(_sent(shipment, old)),
        answer=_text(_answer(shipment, found, old, before)),
    )


def _sent(shipment: Shipment, old: Link | None) -> Json:
    """Return the whole record as it was sent, though the shipment may have been a part of it."""
    if shipment.operation == "create" or old is None:
        return {name: value for name, value in shipment.body.items() if name not in _VERSION}
    if shipment.ours:
        return shipment.ours
    known = body_in(old.sent)
    return known | {name: value for name, value in shipment.body.items() if name in known}


def _answer(shipment: Shipment, found: Json, old: Link | None, before: QboObject | None) -> Json:
    if shipment.operation != "update" or old is None or not shipment.fields:
        return found
    left = {one.root for one in drifted(old, before)} - set(shipment.fields)
    last = body_in(old.answer, old.entity)
    return {name: value for name, value in found.items() if name not in left} | {
        name: last[name] for name in left if name in last
    }


def _text(body: Json) -> str:
    return encode(body).decode()
