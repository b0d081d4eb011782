"""A deed about many warnings shows how far it is, and says what became of it when it is stopped."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from awra_tui.actions import dismiss as dismissing
from awra_tui.actions import undo as undoing
from awra_tui.actions.results import Done
from awra_tui.screens import people_keys
from awra_tui.sync.progress import Progress, Report, silent
from awra_tui.widgets.bars import ProgressLine
from tests.screens.driving import press, settle, toasts
from tests.screens.test_causes import console, opened


async def test_what_takes_longer_than_a_blink_shows_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    app = console(people_keys.MANY + 10)
    shown: list[str] = []

    async def dismiss(_: Any, ids: Sequence[int], _why: str, progress: Report) -> Done:
        progress(Progress(stage="Dismissing", done=1_000, total=len(ids)))
        await asyncio.sleep(0)
        shown.append(str(app.screen.query_one(ProgressLine).content))
        return Done(sentence="Dismissed all.", decision_id=1)

    monkeypatch.setattr(dismissing, "dismiss", dismiss)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await opened(pilot)
        await press(pilot, "a", "d")
        await press(pilot, *"known", "enter")
        await app.workers.wait_for_complete()
        await settle(pilot)
        assert "Dismissing" in shown[0]
        assert "1,000" in shown[0]
        assert toasts(app)[-1] == "Dismissed all. u undoes."
        assert app.warnings.table.selected == set()


async def test_who_stops_a_deed_is_told_of_the_deed_and_not_of_sending(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = console(people_keys.MANY + 10)

    async def dismiss(_: Any, _ids: Sequence[int], _why: str, progress: Report) -> Done:
        progress(Progress(stage="Dismissing", done=1_000, total=2_510))
        await asyncio.Event().wait()
        raise AssertionError

    monkeypatch.setattr(dismissing, "dismiss", dismiss)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await opened(pilot)
        await press(pilot, "a", "d")
        await press(pilot, *"known", "enter")
        await press(pilot, "x")
        assert toasts(app)[-1] == (
            "Stopped. It is done wholly or not at all: the list shows which. Nothing was sent."
        )


@pytest.mark.parametrize("many", [people_keys.MANY + 1, 1])
async def test_undoing_of_many_shows_how_far_it_is(monkeypatch: pytest.MonkeyPatch, many: int) -> None:
    app = console()
    shown: list[str] = []

    async def size(_: Any) -> int:
        return many

    async def undo(_: Any, progress: Report = silent) -> Done:
        progress(Progress(stage="Undoing", done=1_000, total=many))
        await asyncio.sleep(0)
        shown.append(str(app.screen.query_one(ProgressLine).content))
        return Done(sentence="Brought back all.", decision_id=1)

    monkeypatch.setattr(undoing, "warnings_of_last", size)
    monkeypatch.setattr(undoing, "undo_last", undo)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await opened(pilot)
        await press(pilot, "u")
        await app.workers.wait_for_complete()
        await settle(pilot)
        assert ("Undoing" in shown[0]) is (many > 1)
        assert toasts(app)[-1] == "Brought back all."
