"""Chunks overlap: the next one is judged and leaves while answers of the one before are awaited."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from awra_tui.actions.sync import sync_now
from awra_tui.cache.store import records
from awra_tui.records.errors import CacheError
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.settings import http
from awra_tui.sync import levels
from awra_tui.sync.parcels import BATCH
from tests.office import BooksCompany, office, write_ledger
from tests.watch import Watch

PATIENCE = 240
"""Seconds after which what should overlap does not: far beyond what a loaded machine needs."""
MANY = {f"INV-{number}": "10.00" for number in range(1, 4 * BATCH + 1)}


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a chunk be one batch."""
    monkeypatch.setattr(levels, "CHUNK", BATCH)


def batches(company: BooksCompany) -> list[http.Request]:
    return [one for one in company.wire.sent if one.url.path.endswith("/batch")]


async def test_a_batch_of_the_next_chunk_leaves_before_the_last_answer_has_come(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, MANY)
    second = asyncio.Event()

    async def hold_the_first(request: http.Request) -> None:
        if len(batches(company)) > 1:
            second.set()
        if batches(company):
            await asyncio.wait_for(second.wait(), PATIENCE)

    with office(tmp_path, company) as desk:
        company.wire.before = hold_the_first
        assert (await sync_now(desk)).sentence == f"{len(MANY) + 1} sent."
    assert len(company.all("Invoice")) == len(MANY)


async def test_what_is_under_way_is_heard_out_when_the_next_chunk_cannot_be_judged(
    watch: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, MANY)
    left, failed = asyncio.Event(), asyncio.Event()
    judge_chunk = levels._judge_chunk
    judged: list[str] = []

    async def full_disk(desk: Any, lease: Any, of: Any, stored: Any) -> Any:
        judged.append(stored[0].key.kind)
        if judged.count("invoice") > 1:
            await asyncio.wait_for(left.wait(), PATIENCE)
            failed.set()
            raise CacheError("The disk is full.")
        return await judge_chunk(desk, lease, of, stored)

    async def hold(request: http.Request) -> None:
        if batches(company):
            left.set()
            await asyncio.wait_for(failed.wait(), PATIENCE)

    with office(tmp_path, company) as desk:
        company.wire.before = hold
        monkeypatch.setattr(levels, "_judge_chunk", full_disk)
        result = await sync_now(desk)
        assert result.outcome == "failed"
        assert result.sentence.endswith("then: The disk is full.")
        booked = [RecordKey("invoice", one["DocNumber"]) for one in company.all("Invoice")]
        assert booked
        stored = desk.cache.now(records.many, booked)
        assert {one.status for one in stored.values()} == {Status.SUCCEEDED}
