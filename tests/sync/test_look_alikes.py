"""What looks like a record in our copy of QuickBooks, whichever side names its currency."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from awra_tui.cache.store import links, objects
from awra_tui.records.qbo import Link, QboObject
from awra_tui.records.record import SourceRecord
from awra_tui.sync.view import CacheView
from tests.health.world import NAIROBI
from tests.office import BooksCompany, office
from tests.watch import Watch

DAY = dt.date(2026, 11, 3)


@pytest.mark.parametrize("home", ["UGX", "KES", "KWD"])
@pytest.mark.parametrize(("ours", "theirs"), [(True, True), (True, False), (False, True), (False, False)])
def test_the_same_amount_is_found_whichever_side_names_the_currency(
    watch: Watch, tmp_path: Path, home: str, ours: bool, theirs: bool
) -> None:
    there = QboObject(
        entity="Invoice",
        id="7",
        party_id="70",
        date=DAY,
        amount=Decimal(5000),
        currency=home if theirs else "",
    )
    record = SourceRecord(
        kind="invoice",
        source_id="1",
        number="INV-1",
        party_id="C-1",
        date=DAY,
        amount=Decimal(5000),
        currency=home if ours else "",
    )
    customer = Link(kind="customer", source_id="C-1", entity="Customer", qbo_id="70")

    with office(tmp_path, BooksCompany("empty-us")) as desk:

        def found() -> list[str]:
            objects.upsert([there, replace(there, id="8", amount=Decimal(50))])
            links.add(customer, "me")
            view = CacheView(replace(NAIROBI, home_currency=home), desk.profile.rules)
            return [one.id for one in view.look_alikes(record)]

        assert desk.cache.now(found) == ["7"]
