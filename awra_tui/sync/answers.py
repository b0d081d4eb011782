"""What kind of answer came: whose it is, whether it settles anything, and whom it concerns."""

from collections.abc import Sequence

from awra_tui.health import reasons
from awra_tui.health.catalogue import REASONS
from awra_tui.qbo.envelopes import object_in, parse_batch
from awra_tui.qbo.exchange import Answer
from awra_tui.records.fault import Fault
from awra_tui.records.qbo import Json
from awra_tui.records.status import Dimension
from awra_tui.sync.parcels import Parcel, Piece

THROTTLED = 429
MANY = 10
"""So many records of one request are not busy, or in error, by chance together."""
_NOT_LET_IN = frozenset({401, 403, THROTTLED})
_REQUEST_TIMEOUT = 408
_THROTTLE_EXCEEDED = "3001"
_STALE = "5010"


def results(parcel: Parcel, answer: Answer) -> list[tuple[Piece, Json | Fault]]:
    """Pair each piece with the object that QuickBooks has now, or with the fault that says why not.

    A piece that a batch's answer leaves out is lost.
    """
    if isinstance(answer.payload, Fault):
        return [(piece, answer.payload) for piece in parcel.pieces]
    if not parcel.batch:
        return [(piece, _object(piece, answer.payload)) for piece in parcel.pieces]
    items = parse_batch(answer.payload, answer.tid, answer.http_status)
    left_out = Fault(http_status=answer.http_status, tid=answer.tid, transport="cut")
    return [(piece, _object(piece, items.get(piece.bid, left_out))) for piece in parcel.pieces]


def _object(piece: Piece, payload: Json | Fault) -> Json | Fault:
    """Return the object inside an answer; a success without one did nothing."""
    if isinstance(payload, Fault):
        return payload
    found = object_in(payload, piece.shipment.entity)
    return found if found is not None else Fault(http_status=200, transport="no_op")


def is_lost(fault: Fault) -> bool:
    """Whether QuickBooks may have booked it all the same: no whole answer, or a failure on its own side."""
    if not fault.sent or fault.transport == "no_op":
        return False
    if fault.http_status >= 500 or fault.http_status == _REQUEST_TIMEOUT:
        return True
    return fault.http_status < 400 and not any(message.code for message in fault.messages)


def is_outage(found: Sequence[tuple[Piece, Json | Fault]]) -> bool:
    """Whether QuickBooks refused all of many records for a reason that passes: it says nothing of them."""
    faults = [result for _, result in found if isinstance(result, Fault)]
    return len(found) == len(faults) >= MANY and all(_passes(fault) for fault in faults)


def _passes(fault: Fault) -> bool:
    if is_lost(fault) or concerns_all(fault):
        return False
    return REASONS[reasons.findings_of(fault)[0].reason].transient


def is_throttle(fault: Fault) -> bool:
    """Whether QuickBooks only asks to wait."""
    return fault.http_status == THROTTLED or fault.code == _THROTTLE_EXCEEDED


def is_stale(fault: Fault) -> bool:
    """Whether somebody changed the object since it was read."""
    return fault.code == _STALE


def concerns_all(fault: Fault) -> bool:
    """Whether a fault says nothing of the record: not sent, throttled, not let in, company locked."""
    if not fault.sent or fault.http_status in _NOT_LET_IN:
        return True
    if is_lost(fault):
        return False
    leading = REASONS[reasons.findings_of(fault)[0].reason]
    return is_throttle(fault) or leading.dimension is Dimension.AUTHORIZATION
