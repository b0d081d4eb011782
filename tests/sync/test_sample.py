"""The sample company against the simulated one in Nairobi: what stops, and what arrives once it is fixed."""

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from awra_tui.actions.connect import candidates, connect_record, create_new, preview_connect
from awra_tui.actions.sync import sync_now
from awra_tui.cache.pages.overview import overview
from awra_tui.cache.pages.warnings import WarningQuery, warnings_all
from awra_tui.cache.store import outbox
from awra_tui.records.errors import AwraError
from awra_tui.records.status import MappingState
from awra_tui.records.subject import MappingKey, RecordKey
from awra_tui.simulator import control
from awra_tui.sync.desk import Desk
from tests.mapped import map_to, seen_mapped
from tests.office import BooksCompany, office, sample_profile
from tests.watch import Watch

ZERO_RATED = MappingKey("tax_code", "Zero-rated", "branch=Mombasa")
M_PESA = MappingKey("payment_method", "M-Pesa", "branch=Mombasa")


def shown(desk: Desk) -> dict[str, tuple[int, int]]:
    """Return open warnings, and those of them that only wait, per kind that has any."""
    kinds = desk.cache.now(overview).kinds
    return {kind.kind: (kind.warnings, kind.blocked) for kind in kinds if kind.warnings}


async def test_the_first_sync_stops_where_it_should_and_each_fix_releases_what_it_said(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("nairobi")
    with office(tmp_path, company, sample_profile()) as desk:
        first = await sync_now(desk)
        assert first.outcome == "done"
        assert first.counts.get("failed", 0) == first.counts.get("unknown", 0) == 0
        assert shown(desk) == {
            "customer": (5, 0),
            "item": (2, 0),
            "purchase_order": (1, 1),
            "invoice": (37, 17),
            "payment": (37, 15),
        }
        assert desk.cache.now(outbox.unanswered) == []

        zero = company.one("TaxCode", Name="0.0% Z")["Id"]
        method = company.one("PaymentMethod", Name="M-Pesa")["Id"]
        till = company.one("Account", Name="M-Pesa Mombasa Till")["Id"]
        for key, chosen in ((ZERO_RATED, (zero,)), (M_PESA, (method, till))):
            said = await seen_mapped(desk, key, *chosen)
            saved = await map_to(desk, key, *chosen)
            assert saved.states == (MappingState.READY,)
            assert len(saved.released) == said.releases > 0
        released = desk.cache.now(overview).released
        assert released == 14 + 22

        await _settle_customers(desk)
        second = await sync_now(desk)
        assert second.counts.get("failed", 0) == 0
        assert second.counts["succeeded"] > released
        assert desk.cache.now(overview).released == 0
        assert shown(desk)["customer"] == (1, 0)
        query = WarningQuery(kinds=("payment",))
        left = {one.reason for one in desk.cache.now(warnings_all, query)}
        assert left <= {"waits_for_another"}
        assert control.books(company.site.company)["total"] == Decimal(0)
        numbers = Counter(one["DocNumber"] for one in company.all("Invoice"))
        assert set(numbers.values()) == {1}


async def _settle_customers(desk: Desk) -> None:
    """Connect what is there under another spelling, create what is not there at all."""
    for number in ("C-059", "C-060"):
        key = RecordKey("customer", number)
        best = (await candidates(desk, key))[0]
        said = await preview_connect(desk, key, best.object.id)
        done = await connect_record(desk, key, best.object.id)
        assert (said.refused, len(done.released)) == ("", said.releases)
    for number in ("C-056", "C-057"):
        assert (await preview_connect(desk, RecordKey("customer", number), "")).refused == ""
        assert len((await create_new(desk, RecordKey("customer", number))).released) == 1
    taken = RecordKey("customer", "C-058")
    assert "vendor" in (await preview_connect(desk, taken, "")).refused
    with pytest.raises(AwraError, match="vendor"):
        await create_new(desk, taken)
