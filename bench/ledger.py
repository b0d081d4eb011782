"""An invented ledger of any size: records of three kinds, and what half of them warn of."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from awra_tui.records.finding import Explained
from awra_tui.records.record import Application, Line, SourceRecord
from awra_tui.records.status import Dimension, Who
from bench.names import PARTIES

_DAY = dt.date(2026, 1, 1)
_SHARES = {"customer": 10, "invoice": 55, "payment": 35}
# No sentence has a letter of ``names.RARE``: the filter searches sentences too.
_REASONS = (
    ("unmapped_category", Dimension.MAPPING, "The category Standard of Mombasa is not mapped.", "mapping"),
    ("unmapped_method", Dimension.MAPPING, "The payment method M-Pesa has no deposit account.", "mapping"),
    ("name_taken", Dimension.DUPLICATE_RISK, "A vendor in the books has this name.", "connect"),
    ("closed_period", Dimension.PROVIDER_REJECTION, "The books are closed to 31 Dec.", "record"),
    ("no_currency", Dimension.SOURCE_DATA, "The record has no currency.", "record"),
)


def records(number: int) -> Iterator[SourceRecord]:
    """Yield ``number`` records in order of work."""
    for kind, share in _SHARES.items():
        yield from (_MAKERS[kind](place) for place in range(number * share // 100))


def explained(record: SourceRecord, place: int) -> Explained:
    """Return what a record warns of."""
    reason, dimension, sentence, screen = _REASONS[place % len(_REASONS)]
    return Explained(
        reason=reason,
        dimension=dimension,
        sentence=sentence,
        action="Map it, then resend what waits.",
        who=Who.FINANCE,
        transient=False,
        cause=f"{reason}/{record.branch}/{place % 40}",
        screen=screen,
        blocked_by=f"invoice {record.number}" if place % 7 == 0 else "",
    )


def csv(number: int) -> Iterator[str]:
    """Yield the lines of a file of invoices, heading first."""
    yield "number,customer,date,amount\n"
    for record in map(_invoice, range(number)):
        yield f"{record.number},{record.party_id},{record.date},{record.amount}\n"


def _customer(place: int) -> SourceRecord:
    return SourceRecord(
        kind="customer",
        source_id=f"cus_{place:08}",
        number=f"CUS-{place:06}",
        party_name=f"{PARTIES[place % len(PARTIES)]} no. {place}",
        currency="KES",
    )


def _invoice(place: int) -> SourceRecord:
    net = Decimal(place % 90_000 + 1_000)
    return SourceRecord(
        kind="invoice",
        source_id=f"inv_{place:08}",
        number=f"INV-{place:06}",
        party_id=f"cus_{place % len(PARTIES):08}",
        party_name=PARTIES[place % len(PARTIES)],
        date=_DAY + dt.timedelta(place % 330),
        due_date=_DAY + dt.timedelta(place % 330 + 30),
        amount=net * 2,
        currency="USD" if place % 19 == 0 else "KES",
        state="issued",
        branch=_branch(place),
        lines=tuple(_line(net, place + part) for part in range(2)),
    )


def _line(net: Decimal, place: int) -> Line:
    return Line(
        amount=net,
        item_name=f"Item {place % 80}",
        quantity=Decimal(2),
        unit_price=net / 2,
        tax_category="Standard",
    )


def _payment(place: int) -> SourceRecord:
    paid = _invoice(place)
    return SourceRecord(
        kind="payment",
        source_id=f"pay_{place:08}",
        number=f"PAY-{place:06}",
        party_id=paid.party_id,
        party_name=paid.party_name,
        date=paid.due_date,
        amount=paid.amount,
        currency=paid.currency,
        state="settled",
        branch=paid.branch,
        method="M-Pesa",
        reference=f"SK{place:08}",
        applications=(Application(kind="invoice", source_id=paid.source_id, amount=paid.amount),),
    )


def _branch(place: int) -> str:
    return "Mombasa" if place % 5 == 0 else "Nairobi"


_MAKERS = {"customer": _customer, "invoice": _invoice, "payment": _payment}
