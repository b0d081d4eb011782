"""Records that can be sent, packed into requests of at most 30."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from awra_tui.qbo.client import QboClient
from awra_tui.qbo.exchange import BatchItem, Exchange
from awra_tui.records.finding import Shipment
from awra_tui.records.subject import RecordKey
from awra_tui.sync.judging import Sendable

BATCH = 30
"""Items of one batch (Intuit: batch limits)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One record's next shipment inside a request."""

    bid: str
    sendable: Sendable
    shipment: Shipment

    @property
    def key(self) -> RecordKey:
        """Return the record's key."""
        return self.sendable.key


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One request: its pieces, its id and its exact bytes."""

    requestid: str
    pieces: tuple[Piece, ...]
    batch: bool
    exchange: Exchange = field(repr=False)


def pack(sendables: Sequence[Sendable], client: QboClient) -> Iterator[Parcel]:
    """Pack the next shipment of each record: one alone as itself, several as batches.

    What may bear a number that is in use goes alone: a batch cannot ask for that (Intuit: batch).
    """
    yield from (_parcel([one], client) for one in sendables if one.twin)
    others = [one for one in sendables if not one.twin]
    for start in range(0, len(others), BATCH):
        yield _parcel(others[start : start + BATCH], client)


def _parcel(sendables: Sequence[Sendable], client: QboClient) -> Parcel:
    requestid = uuid.uuid4().hex
    pieces = tuple(
        Piece(bid=str(place), sendable=one, shipment=one.judgement.shipments[0])
        for place, one in enumerate(sendables, start=1)
    )
    return Parcel(
        requestid=requestid,
        pieces=pieces,
        batch=len(pieces) > 1,
        exchange=_exchange(pieces, requestid, client),
    )


def _exchange(pieces: Sequence[Piece], requestid: str, client: QboClient) -> Exchange:
    if len(pieces) == 1:
        only, twin = pieces[0].shipment, pieces[0].sendable.twin
        return client.single(only.entity, only.operation, only.body, requestid, allow_duplicate_number=twin)
    items = [
        BatchItem(
            bid=piece.bid,
            entity=piece.shipment.entity,
            operation=piece.shipment.operation,
            body=piece.shipment.body,
        )
        for piece in pieces
    ]
    return client.batch(items, requestid)
