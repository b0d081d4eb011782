"""Invoices of the sample: the regular ones, and how an invoice is put together."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from msgspec.structs import replace

from awra_tui.records.record import Line, SourceRecord
from awra_tui.sources.sample.calendar import Calendar
from awra_tui.sources.sample.customers import AT_ONCE, CUSTOMERS, DAYS_14, MOMBASA, NAIROBI, Party
from awra_tui.sources.sample.goods import GOODS, INACTIVE_ITEM, ITEM_NOT_IN_QUICKBOOKS, ZERO, Good
from awra_tui.sources.sample.lines import USD_IN_KES, sale_line, some, totals

REGULAR = 557
TILL_SALES = 40
ABROAD_SALES = 24
FIRST_NUMBER = 1001
HAND_MADE_NUMBER = 1042
DUE_DAYS = {AT_ONCE: 0, DAYS_14: 14}

_TROUBLED = (INACTIVE_ITEM, ITEM_NOT_IN_QUICKBOOKS)
SELLABLE = tuple(good for good in GOODS if good.name not in _TROUBLED)
SOLD = {NAIROBI: SELLABLE, MOMBASA: tuple(good for good in SELLABLE if good.tax != ZERO)}
"""What each branch usually sells; Mombasa's zero-rated sales are trouble of their own."""

CONNECTED = tuple(party for party in CUSTOMERS if party.qbo_id)
TILLS = tuple(party for party in CONNECTED if party.terms == AT_ONCE)
ABROAD = tuple(party for party in CONNECTED if party.currency != "KES")
TRADE = tuple(party for party in CONNECTED if party not in TILLS + ABROAD)


@dataclass(frozen=True, slots=True)
class Sale:
    """What decides an invoice: to whom, when, which lines."""

    party: Party
    day: dt.date
    lines: tuple[Line, ...]
    mode: str = "exclusive"


def invoice(number: str, sale: Sale, *, state: str = "Approved") -> SourceRecord:
    """Return the invoice record of a sale; every state but Approved is not ready to send."""
    amount, tax = totals(sale.lines, sale.mode)
    party = sale.party
    return SourceRecord(
        kind="invoice",
        source_id=f"inv-{number.removeprefix('INV-')}",
        number=number,
        party_id=party.code,
        party_name=party.name,
        date=sale.day,
        due_date=sale.day + dt.timedelta(days=DUE_DAYS.get(party.terms, 30)),
        amount=amount,
        tax=tax,
        currency=party.currency,
        exchange_rate=USD_IN_KES if party.currency != "KES" else None,
        state=state,
        approved=state == "Approved",
        branch=party.branch,
        terms=party.terms,
        tax_mode=sale.mode,
        lines=sale.lines,
    )


def lines_for(
    party: Party, goods: Sequence[tuple[Good, int]], *, inclusive: bool = False
) -> tuple[Line, ...]:
    """Return the lines of a sale of these goods to a customer."""
    return tuple(
        sale_line(good, quantity, party.segment, currency=party.currency, inclusive=inclusive)
        for good, quantity in goods
    )


def regular_invoices(seed: int, calendar: Calendar) -> list[SourceRecord]:
    """Return the invoices without trouble, in order of their dates."""
    rng = Random(f"{seed}/invoices")
    makers = [_till] * TILL_SALES + [_abroad] * ABROAD_SALES
    makers += [_trade] * (REGULAR - len(makers))
    rng.shuffle(makers)
    numbers = _numbers()
    return [
        invoice(f"INV-{next(numbers)}", make(rng, calendar.spread(place, REGULAR)))
        for place, make in enumerate(makers)
    ]


def _numbers() -> Iterator[int]:
    return (
        number for number in range(FIRST_NUMBER, FIRST_NUMBER + REGULAR + 1) if number != HAND_MADE_NUMBER
    )


def _trade(rng: Random, day: dt.date) -> Sale:
    party = rng.choice(TRADE)
    return Sale(party, day, lines_for(party, some(rng, SOLD[party.branch], 1, 5)))


def _till(rng: Random, day: dt.date) -> Sale:
    party = rng.choice(TILLS)
    goods = some(rng, SOLD[party.branch], 1, 3)
    return Sale(party, day, lines_for(party, goods, inclusive=True), "inclusive")


def _abroad(rng: Random, day: dt.date) -> Sale:
    party = rng.choice(ABROAD)
    goods = [(good, quantity * 5) for good, quantity in some(rng, SELLABLE, 1, 4)]
    lines = lines_for(party, goods)
    return Sale(party, day, tuple(_exported(line) for line in lines))


def _exported(line: Line) -> Line:
    # What leaves the country is zero-rated, whatever it is.
    return replace(line, tax_category=ZERO, tax_rate=Decimal(0))
