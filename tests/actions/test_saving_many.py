"""Mappings that many records wait for are saved in sight, and not at all where that is stopped."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from awra_tui.actions.staging import certain_suggestions, save_changes
from awra_tui.actions.sync import sync_now
from awra_tui.cache.store import decisions, mappings
from awra_tui.records.mapping import MappingChange
from awra_tui.records.subject import MappingKey
from awra_tui.sync.desk import Desk
from awra_tui.sync.progress import Progress
from tests.actions.till import SHOP, sell
from tests.office import BooksCompany, office
from tests.watch import Watch

STANDARD = MappingKey("tax_code", "Standard")
SALES = tuple((f"A{place}", "Standard", "16", 100, "2026-11-02") for place in range(45))


@pytest.fixture
async def desk(watch: Watch, tmp_path: Path) -> AsyncIterator[Desk]:
    """A shop of which 45 invoices wait for one tax category."""
    sell(tmp_path, SALES, {})
    with office(tmp_path, BooksCompany("nairobi"), SHOP) as desk:
        await sync_now(desk)
        yield desk


async def chosen(desk: Desk) -> list[MappingChange]:
    """Return the change that releases all of them."""
    return list((await certain_suggestions(desk, [STANDARD])).values())


async def test_how_many_of_what_waits_were_judged_is_told(desk: Desk) -> None:
    told: list[Progress] = []
    saved = await save_changes(desk, await chosen(desk), told.append)
    await asyncio.sleep(0)
    assert len(saved.released) == 45
    assert {(one.stage, one.total) for one in told} == {("Saving 1 mapping", 45)}
    assert sorted({one.done for one in told}) == [0, 20, 40]


async def test_saving_that_is_stopped_keeps_nothing(desk: Desk) -> None:
    before = desk.cache.now(mappings.all), len(desk.cache.now(decisions.newest))
    changes = await chosen(desk)
    saving: asyncio.Task[object] | None = None

    def stop(_: Progress) -> None:
        assert saving is not None
        saving.cancel()

    saving = asyncio.create_task(save_changes(desk, changes, stop))
    with pytest.raises(asyncio.CancelledError):
        await saving
    await desk.page(mappings.all)
    assert (desk.cache.now(mappings.all), len(desk.cache.now(decisions.newest))) == before
