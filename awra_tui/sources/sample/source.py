"""The sample adapter: Savanna Traders as a source, the same for the same seed and anchor."""

import datetime as dt
from collections.abc import Collection, Iterator
from typing import Literal

import msgspec

from awra_tui.records.kinds import ORDER
from awra_tui.records.record import BadRow, SourceRecord
from awra_tui.sources.sample import trouble
from awra_tui.sources.sample.calendar import Calendar
from awra_tui.sources.sample.journals import journals
from awra_tui.sources.sample.names import names
from awra_tui.sources.sample.purchases import bill_payments, bills, purchase_orders
from awra_tui.sources.sample.receipts import payments
from awra_tui.sources.sample.returns import credit_notes, refunds
from awra_tui.sources.sample.sales import regular_invoices


class SampleShape(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The ``[source]`` table of a profile whose type is ``sample``."""

    type: Literal["sample"] = "sample"
    seed: int = 7


class SampleSource:
    """Yields the sample; ``kinds`` limits what is yielded (all when empty)."""

    name = "Savanna Traders"

    def __init__(self, shape: SampleShape, anchor: dt.date, kinds: Collection[str] = ()) -> None:
        self.seed = shape.seed
        self.anchor = anchor
        self.kinds = kinds
        self.complete = False

    def signature(self) -> str:
        """Return the seed and the anchor: they alone decide."""
        return f"seed {self.seed}, anchor {self.anchor}"

    def read(self) -> Iterator[SourceRecord | BadRow]:
        """Yield every record in order of work; a sample has no bad rows and is always complete."""
        self.complete = False
        for record in world(self.seed, self.anchor):
            if not self.kinds or record.kind in self.kinds:
                yield record
        self.complete = True

    def stop(self) -> None:
        """Do nothing: a sample is there in a moment."""


def world(seed: int, anchor: dt.date) -> list[SourceRecord]:
    """Return all records of Savanna Traders: a pure function, kinds in order of work."""
    calendar = Calendar(anchor)
    regular = regular_invoices(seed, calendar)
    special = [
        record for make in (*trouble.TROUBLED_SALES, *trouble.SOUND_EXCEPTIONS) for record in make(calendar)
    ]
    paid = payments(seed, calendar, regular)
    billed = bills(seed, calendar)
    records = [
        *names(),
        *purchase_orders(seed, calendar),
        *regular,
        *special,
        *billed,
        *credit_notes(seed, calendar, regular, paid),
        *paid,
        *bill_payments(seed, calendar, billed),
        *refunds(calendar),
        *journals(seed, calendar),
    ]
    return sorted(records, key=lambda record: ORDER[record.kind])
