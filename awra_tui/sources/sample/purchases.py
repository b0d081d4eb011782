"""Purchase orders, bills and bill payments of the sample."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from random import Random

from awra_tui.records.record import Application, Line, SourceRecord
from awra_tui.sources.sample.calendar import Calendar
from awra_tui.sources.sample.customers import SERVICE_VENDORS, VENDORS, Party
from awra_tui.sources.sample.goods import ITEM_NOT_IN_QUICKBOOKS, STANDARD, good
from awra_tui.sources.sample.lines import purchase_line, some, totals
from awra_tui.sources.sample.sales import SELLABLE

PURCHASE_ORDERS, BILLS, BILL_PAYMENTS = 30, 60, 40
_PENDING = (7, 19)
_UNPAID = BILLS - BILL_PAYMENTS

_GOODS_VENDORS = tuple(party for party in VENDORS if party.name not in SERVICE_VENDORS)
_SERVICE_VENDORS = tuple(party for party in VENDORS if party.name in SERVICE_VENDORS)
_BOUGHT = tuple(good for good in SELLABLE if good.type != "Service")


def purchase_orders(seed: int, calendar: Calendar) -> list[SourceRecord]:
    """Return thirty purchase orders; two wait for approval, one orders an unknown item."""
    rng = Random(f"{seed}/purchase orders")
    return [
        _document(
            "purchase_order",
            f"PO-{201 + place}",
            rng.choice(_GOODS_VENDORS),
            calendar.spread(place, PURCHASE_ORDERS),
            tuple(purchase_line(bought, count * 10) for bought, count in some(rng, _BOUGHT, 1, 4)),
            state="Pending approval" if place in _PENDING else "Approved",
        )
        for place in range(PURCHASE_ORDERS - 1)
    ] + order_of_unknown_item(calendar)


def order_of_unknown_item(calendar: Calendar) -> list[SourceRecord]:
    """Return the approved purchase order whose product is not in QuickBooks."""
    lines = (purchase_line(good(ITEM_NOT_IN_QUICKBOOKS), 40),)
    number = f"PO-{200 + PURCHASE_ORDERS}"
    return [_document("purchase_order", number, _GOODS_VENDORS[7], calendar.before(5), lines)]


def bills(seed: int, calendar: Calendar) -> list[SourceRecord]:
    """Return sixty bills, every second one of a service; their numbers are the vendors' own."""
    rng = Random(f"{seed}/bills")
    return [_bill(rng, place, calendar.spread(place, BILLS)) for place in range(BILLS)]


def _bill(rng: Random, place: int, day: dt.date) -> SourceRecord:
    if place % 2:
        party = rng.choice(_SERVICE_VENDORS)
        lines: tuple[Line, ...] = (_service(party, Decimal(rng.randint(40, 900) * 100)),)
    else:
        party = rng.choice(_GOODS_VENDORS)
        lines = tuple(purchase_line(bought, count * 10) for bought, count in some(rng, _BOUGHT, 1, 4))
    return _document("bill", f"{party.code}/{4000 + place * 7}", party, day, lines)


def _service(party: Party, amount: Decimal) -> Line:
    account = SERVICE_VENDORS[party.name]
    return Line(
        amount=amount,
        description=account,
        account=account,
        tax_category=STANDARD,
        tax_rate=Decimal(16),
    )


def _document(
    kind: str, number: str, party: Party, day: dt.date, lines: tuple[Line, ...], *, state: str = "Approved"
) -> SourceRecord:
    amount, tax = totals(lines, "exclusive")
    return SourceRecord(
        kind=kind,
        source_id=number.lower().replace("/", "-"),
        number=number,
        party_id=party.code,
        party_name=party.name,
        date=day,
        due_date=day + dt.timedelta(days=30) if kind == "bill" else None,
        amount=amount,
        tax=tax,
        currency="KES",
        state=state,
        approved=state == "Approved",
        branch=party.branch,
        terms=party.terms if kind == "bill" else "",
        lines=lines,
    )


def bill_payments(seed: int, calendar: Calendar, billed: Sequence[SourceRecord]) -> list[SourceRecord]:
    """Return forty payments, each of one of the older bills in full."""
    rng = Random(f"{seed}/bill payments")
    paid = billed[: BILLS - _UNPAID]
    return [_bill_payment(rng, place, bill, calendar) for place, bill in enumerate(paid)]


def _bill_payment(rng: Random, place: int, bill: SourceRecord, calendar: Calendar) -> SourceRecord:
    return SourceRecord(
        kind="bill_payment",
        source_id=f"bp-{801 + place}",
        number=f"BP-{801 + place}",
        party_id=bill.party_id,
        party_name=bill.party_name,
        date=calendar.after(bill.date or calendar.anchor, rng.randint(5, 28)),
        amount=bill.amount,
        currency=bill.currency,
        state="Approved",
        branch=bill.branch,
        reference=f"FT{rng.randint(10_000_000, 99_999_999)}",
        method="Bank transfer",
        applications=(Application("bill", bill.source_id, bill.amount),),
    )
