"""The comparison of books and cache notices what it is there to notice."""

from pathlib import Path
from typing import Any

import pytest

from awra_tui.actions.sync import sync_now
from awra_tui.cache.schema import LinkTable, RecordTable, RequestTable, WarningTable
from awra_tui.records.status import Status
from tests.chaos.verify import verify
from tests.chaos.world import PROFILE, world
from tests.office import BooksCompany, office
from tests.watch import Watch

Rested = tuple[Any, BooksCompany, int]


@pytest.fixture
async def rested(watch: Watch, tmp_path: Path) -> Any:
    made = world(seed=1, size=80)
    made.write(tmp_path)
    company = BooksCompany("empty-us")
    with office(tmp_path, company, PROFILE) as desk:
        await sync_now(desk)
        yield desk, company, len(made)


def of(kind: str, desk: Any) -> tuple[str, str]:
    """Return source id and object id of a record of this kind that is in the books."""

    def first() -> tuple[str, str]:
        row = LinkTable.select().where(LinkTable.kind == kind).order_by(LinkTable.id).first()
        return row.source_id, row.qbo_id

    return desk.cache.now(first)


async def test_a_pass_without_trouble_leaves_everything_there_or_explained(rested: Rested) -> None:
    desk, company, size = rested
    found = verify(desk, company, size)
    assert found.troubles == []
    assert found.detected == []
    assert found.there + found.explained == found.records == size
    assert found.there > 40
    assert found.explained > 5


async def test_a_second_one_in_the_books_is_seen(rested: Rested) -> None:
    desk, company, _ = rested
    payment = company.one("Payment", Id=of("payment", desk)[1])
    company.book(
        "Payment", {name: payment[name] for name in ("CustomerRef", "TotalAmt", "TxnDate", "PrivateNote")}
    )
    assert len(verify(desk, company).twice) == 1


async def test_one_that_is_gone_is_seen(rested: Rested) -> None:
    desk, company, _ = rested
    bill = company.one("BillPayment", Id=of("bill_payment", desk)[1])
    company.book("BillPayment", bill, "delete")
    found = verify(desk, company)
    assert len(found.lost) == 1
    assert len(found.links) == 1


async def test_a_record_that_the_cache_never_heard_of_is_seen(rested: Rested) -> None:
    desk, company, size = rested
    assert len(verify(desk, company, size + 1).lost) == 1


async def test_silence_about_a_record_is_seen(rested: Rested) -> None:
    desk, company, _ = rested
    desk.cache.now(WarningTable.update(closed_at="2026-11-23").execute)
    assert verify(desk, company).unexplained


async def test_a_connection_that_was_forgotten_is_seen(rested: Rested) -> None:
    desk, company, _ = rested
    source_id, _ = of("payment", desk)
    desk.cache.now(LinkTable.delete().where(LinkTable.source_id == source_id).execute)
    found = verify(desk, company)
    assert len(found.unlinked) == 1
    assert len(found.unexplained) == 1


async def test_a_connection_to_anothers_object_is_seen(rested: Rested) -> None:
    desk, company, _ = rested

    def swap() -> None:
        one, other = LinkTable.select().where(LinkTable.kind == "invoice").limit(2)
        LinkTable.update(qbo_id=other.qbo_id).where(LinkTable.id == one.id).execute()

    desk.cache.now(swap)
    assert verify(desk, company).links


async def test_a_request_without_an_end_is_seen(rested: Rested) -> None:
    desk, company, _ = rested
    desk.cache.now(RequestTable.update(status="sent").where(RequestTable.id == 1).execute)
    desk.cache.now(
        RecordTable.update(status=Status.UNKNOWN).where(RecordTable.source_id == of("bill", desk)[0]).execute
    )
    assert len(verify(desk, company).open) == 2


async def test_an_amount_that_differs_by_a_cent_is_seen(rested: Rested) -> None:
    desk, company, _ = rested
    payment = next(one for one in company.all("Payment") if one["TotalAmt"] > 1 and not one.get("Line"))
    company.change("Payment", payment, TotalAmt=payment["TotalAmt"] + 1)
    assert len(verify(desk, company).sums) == 1
