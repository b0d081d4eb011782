"""The sample company's queue by cause: nothing that only waits has a heading of its own."""

from dataclasses import replace
from typing import Any

from msgspec import structs

from awra_tui.actions import dismiss as dismissing
from awra_tui.actions import mapping, undo
from awra_tui.actions.sync import sync_now
from awra_tui.app import ConsoleApp
from awra_tui.cache.pages.groups import group_ids, group_members, group_rows
from awra_tui.cache.pages.warnings import WarningQuery, WarningRow, warning_ids, warnings_all
from awra_tui.cache.store import records
from awra_tui.records.subject import MappingKey, RecordKey
from awra_tui.sync.progress import Progress
from tests.flows.screen import screen_text, walk
from tests.mapped import map_to
from tests.sample import OpenSample

BY_CAUSE = WarningQuery(grouped=True)
ZERO_RATED = "mapping:tax_code/Zero-rated@branch=Mombasa"


def headings(desk: Any, query: WarningQuery = BY_CAUSE) -> dict[str, WarningRow]:
    """Return the headings of the queue by their cause."""
    found: list[WarningRow] = desk.cache.now(lambda: group_rows(query, group_ids(query)))
    return {row.root: row for row in found}


def under(desk: Any, root: str) -> set[str]:
    """Return the numbers of what stands under a heading."""
    return {row.number for row in desk.cache.now(warnings_all, WarningQuery(root=root))}


async def test_every_heading_is_something_to_fix(sample_desk: OpenSample) -> None:
    with sample_desk() as (desk, _):
        found = headings(desk)
        assert len(found) == 12
        assert [row.number for row in found.values() if row.blocked_by] == []
        group = found[ZERO_RATED].group
        assert group is not None
        assert (group.own, group.waiting) == ((("invoice", 14),), (("payment", 9),))
        assert [(part.currency, part.minor, part.count) for part in group.money] == [("KES", 8526300, 14)]


async def test_a_payment_is_found_under_the_mapping_of_its_invoice_by_keyboard(
    sample_desk: OpenSample,
) -> None:
    with sample_desk() as (desk, _):
        app = ConsoleApp(desk, clock_frozen=True)
        async with app.run_test(size=(110, 36), notifications=True) as pilot:
            await walk(pilot, "w", "/", *"zero-rated mapped", "down")
            assert "14 warnings, 1 cause" in screen_text(app), "the words of the sentence are found"
            await walk(pilot, "escape", "/", *"pay-3001", "down")
            assert "blocked by invoice INV-1576" in screen_text(app)
            assert "Because" in screen_text(app)
            await walk(pilot, "t")
            assert "Zero-rated" in screen_text(app)


async def test_what_waits_moves_with_its_invoice_when_another_cause_is_left(sample_desk: OpenSample) -> None:
    with sample_desk() as (desk, company):
        assert {"INV-1576", "PAY-3001"} <= under(desk, ZERO_RATED)
        company.switch(closing_date="2026-11-30")
        await sync_now(desk)
        closed = "closed:2026-11-30"
        assert "INV-1576" in under(desk, closed)
        assert "PAY-3001" in under(desk, ZERO_RATED), "what was found first stands"
        key = MappingKey("tax_code", "Zero-rated", "branch=Mombasa")
        [code, *_] = await mapping.suggestions(desk, key, "0.0%")
        await map_to(desk, key, code.choice.id)
        assert "PAY-3001" in under(desk, closed)
        assert under(desk, ZERO_RATED) == set()


async def test_a_heading_is_put_aside_with_what_waits_and_its_invoice_comes_back_alone(
    sample_desk: OpenSample,
) -> None:
    with sample_desk() as (desk, _):
        lead = [headings(desk)[ZERO_RATED].id]
        ids = list(desk.cache.now(group_members, BY_CAUSE, lead))
        await dismissing.dismiss(desk, ids, "Entered by hand")
        assert ZERO_RATED not in headings(desk)
        assert headings(desk, replace(BY_CAUSE, dismissed=True))[ZERO_RATED].group.count == 23  # type: ignore[union-attr]
        stored = desk.cache.now(records.get, RecordKey("invoice", "inv-1576"))
        assert stored is not None
        dearer = structs.replace(stored.record, amount=stored.record.amount + 1)
        desk.cache.now(records.upsert, [dearer], "changed")
        await sync_now(desk)
        [back] = [row for row in desk.cache.now(warnings_all, WarningQuery(text="INV-1576")) if row.came_back]
        assert back.kind == "invoice"
        assert "Dismissed on" in back.came_back
        told: list[Progress] = []
        done = await undo.undo_last(desk, told.append)
        assert "23 warnings" in done.sentence
        assert told[-1].total == 23
        assert len(desk.cache.now(warning_ids, WarningQuery(root=ZERO_RATED))) >= 22
