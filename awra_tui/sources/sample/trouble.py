"""The sample's trouble among sales: each function makes invoices whose data meets QuickBooks badly.

They are equal for every seed, because QuickBooks' side of the demo is written down and not drawn.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal

from awra_tui.records.record import SourceRecord
from awra_tui.sources.sample.calendar import Calendar
from awra_tui.sources.sample.customers import (
    MOMBASA,
    NAIROBI,
    NAMED_LIKE_A_VENDOR,
    NOT_IN_QUICKBOOKS,
    SAME_NAME_UNCONNECTED,
    SPELT_OTHERWISE,
    Party,
    customer,
)
from awra_tui.sources.sample.goods import (
    GOODS,
    INACTIVE_ITEM,
    ITEM_NOT_IN_QUICKBOOKS,
    STANDARD,
    ZERO,
    Good,
    good,
)
from awra_tui.sources.sample.lines import sale_line
from awra_tui.sources.sample.sales import (
    FIRST_NUMBER,
    HAND_MADE_NUMBER,
    REGULAR,
    TRADE,
    Sale,
    invoice,
    lines_for,
)

_LAST = FIRST_NUMBER + REGULAR
"""The last number of the regular invoices; the ones made here follow, and are the newest."""

_OF_BRANCH = {
    branch: tuple(party for party in TRADE if party.branch == branch) for branch in (NAIROBI, MOMBASA)
}
_STANDARD_GOODS = tuple(good for good in GOODS if good.tax == STANDARD and good.qbo_id)


def closed_period(calendar: Calendar) -> list[SourceRecord]:
    """Return four invoices dated on or before the closing date."""
    sales = [
        Sale(
            _OF_BRANCH[NAIROBI][place],
            calendar.closing - dt.timedelta(days=place * 2),
            lines_for(_OF_BRANCH[NAIROBI][place], [(_STANDARD_GOODS[place], 6)]),
        )
        for place in range(4)
    ]
    return [invoice(f"INV-{1000 - place}", sale) for place, sale in enumerate(sales)]


def made_by_hand_before(calendar: Calendar) -> list[SourceRecord]:
    """Return the invoice that somebody typed into QuickBooks: 12,760.00 to Baobab Café."""
    party = customer("Baobab Café")
    line = sale_line(good("House Blend Beans 1 kg"), 10, party.segment, price=Decimal(1100))
    return [invoice(f"INV-{HAND_MADE_NUMBER}", Sale(party, calendar.hand_made, (line,)))]


def of_unconnected_customers(calendar: Calendar) -> list[SourceRecord]:
    """Return eleven invoices of the five customers that nobody connected."""
    counts = (
        (NOT_IN_QUICKBOOKS[0], 2),
        (NOT_IN_QUICKBOOKS[1], 3),
        (NAMED_LIKE_A_VENDOR, 2),
        (SPELT_OTHERWISE, 2),
        (SAME_NAME_UNCONNECTED, 2),
    )
    parties = [customer(name) for name, count in counts for _ in range(count)]
    return _newest(calendar, 1, parties, lambda place: [(_STANDARD_GOODS[place + 5], 12)])


def with_inactive_item(calendar: Calendar) -> list[SourceRecord]:
    """Return four invoices of the product that is inactive in QuickBooks."""
    goods = [(good(INACTIVE_ITEM), 6), (good("Green Tea 25 bags"), 4)]
    return _newest(calendar, 12, _OF_BRANCH[NAIROBI][4:8], lambda _: goods)


def with_unknown_item(calendar: Calendar) -> list[SourceRecord]:
    """Return two invoices of the product that is not in QuickBooks."""
    goods = [(good(ITEM_NOT_IN_QUICKBOOKS), 3)]
    return _newest(calendar, 16, _OF_BRANCH[MOMBASA][:2], lambda _: goods)


def zero_rated_in_mombasa(calendar: Calendar) -> list[SourceRecord]:
    """Return fourteen invoices of Mombasa with a tax category that is mapped for Nairobi only."""
    goods = [good for good in GOODS if good.tax == ZERO]
    parties = [_OF_BRANCH[MOMBASA][place % 8] for place in range(14)]
    return _newest(calendar, 18, parties, lambda place: [(goods[place % len(goods)], 10 + place)])


def drafts(calendar: Calendar) -> list[SourceRecord]:
    """Return four invoices that nobody approved; they wait and are no trouble."""
    parties = _OF_BRANCH[NAIROBI][8:12]
    return _newest(calendar, 32, parties, lambda place: [(_STANDARD_GOODS[place + 30], 2)], state="Draft")


def half_cents(calendar: Calendar) -> list[SourceRecord]:
    """Return two invoices whose lines end in half a cent: 3 x 33.335 and 5 x 0.205, rounded up."""
    prices = ((good("Gift Wrap 10 m"), 3, "33.335"), (good("Sea Salt 500 g"), 5, "0.205"))
    sales = [
        Sale(party, calendar.before(6), (sale_line(goods, count, party.segment, price=Decimal(price)),))
        for party, (goods, count, price) in zip(_OF_BRANCH[NAIROBI], prices, strict=False)
    ]
    return [invoice(f"INV-{_LAST + 36 + place}", sale) for place, sale in enumerate(sales)]


def number_too_long(calendar: Calendar) -> list[SourceRecord]:
    """Return an invoice whose number has 30 characters; QuickBooks takes 21."""
    party = customer("Rift Valley Wholesalers")
    sale = Sale(party, calendar.before(9), lines_for(party, [(good("Jute Sack 50 pc"), 4)]))
    return [invoice(f"NBO/EXPORT/CONSIGNMENT/{calendar.anchor.year}-17", sale)]


def _newest(
    calendar: Calendar,
    first: int,
    parties: Sequence[Party],
    goods: Callable[[int], Sequence[tuple[Good, int]]],
    *,
    state: str = "Approved",
) -> list[SourceRecord]:
    return [
        invoice(
            f"INV-{_LAST + first + place}",
            Sale(party, calendar.before(12 - (first + place) // 4), lines_for(party, goods(place))),
            state=state,
        )
        for place, party in enumerate(parties)
    ]


TROUBLED_SALES = (
    closed_period,
    made_by_hand_before,
    of_unconnected_customers,
    with_inactive_item,
    with_unknown_item,
    zero_rated_in_mombasa,
    number_too_long,
)
"""What makes invoices that cannot arrive as they are."""

SOUND_EXCEPTIONS = (drafts, half_cents)
"""What makes invoices that are special and no trouble."""
