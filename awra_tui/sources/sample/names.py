"""Customers, vendors and items as records."""

import re

from awra_tui.records.record import Contact, SourceRecord
from awra_tui.records.text import sort_key
from awra_tui.sources.sample.customers import CUSTOMERS, VENDORS, Party
from awra_tui.sources.sample.goods import GOODS, Good


def names() -> list[SourceRecord]:
    """Return every customer, vendor and item."""
    return [
        *(_party("customer", party) for party in CUSTOMERS),
        *(_party("vendor", party) for party in VENDORS),
        *(_item(good) for good in GOODS),
    ]


def _party(kind: str, party: Party) -> SourceRecord:
    place = int(party.qbo_id or party.code[2:])
    return SourceRecord(
        kind=kind,
        source_id=party.code,
        number=party.code,
        party_name=party.name,
        currency=party.currency,
        state="Active",
        branch=party.branch,
        terms=party.terms,
        qbo_id=party.qbo_id,
        contact=Contact(
            email=f"accounts@{_slug(party.name)}.example",
            phone=f"+254 20 555 {place:04}",
            tax_number=f"P0510{place:05}X" if party.currency == "KES" else "",
            company=party.name,
            city=party.branch if party.currency == "KES" else "",
            country="KE" if party.currency == "KES" else "",
        ),
        extra={"segment": party.segment} if party.segment else {},
    )


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", sort_key(name)).strip("-")


def _item(good: Good) -> SourceRecord:
    return SourceRecord(
        kind="item",
        source_id=good.code,
        number=good.code,
        party_name=good.name,
        currency="KES",
        state="Active",
        category=good.category,
        qbo_id=good.qbo_id,
        item_type=good.type,
        unit_price=good.price,
        unit_cost=good.cost,
        extra={"tax category": good.tax},
    )
