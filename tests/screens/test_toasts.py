"""What is said in the corner goes with the screen it is about; what was done stays until it is undone."""

import asyncio
from typing import Any

import pytest

from awra_tui.screens.base import BaseScreen
from awra_tui.screens.dialogs import YesNo
from tests.screens.detail_app import DetailApp
from tests.screens.driving import settle, toasts
from tests.screens.fakes import FakeDesk


class Other(BaseScreen):
    """Another screen."""


class Late(Other):
    """A screen that learns late that it is in sight."""

    def __init__(self) -> None:
        super().__init__()
        self.may_open = asyncio.Event()

    async def on_screen_resume(self) -> None:
        await self.may_open.wait()
        super().on_screen_resume()


@pytest.fixture
def app() -> Any:
    return DetailApp(FakeDesk(), Other())


async def test_what_is_about_a_screen_goes_with_it_and_what_was_done_stays(app: Any) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        app.screen.toast("Nothing is listed.", "warning")
        app.screen.toast("Dismissed 4 warnings. u undoes.", lasts=True)
        await settle(pilot)
        app.push_screen(YesNo("Go on?"))
        await settle(pilot)
        app.pop_screen()
        await settle(pilot)
        assert len(toasts(app)) == 2, "a question does not leave the screen"
        app.push_screen(Other())
        await settle(pilot)
        assert toasts(app) == ["Dismissed 4 warnings. u undoes."]
        app.screen.toast("Nothing is highlighted.", "warning")
        await settle(pilot)
        app.pop_screen()
        await settle(pilot)
        assert toasts(app) == ["Dismissed 4 warnings. u undoes."]


async def test_it_does_not_matter_which_comes_first_the_sentence_or_the_screen(app: Any) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        before, late = app.screen, Late()
        before.toast("Nothing is listed.", "warning")
        app.push_screen(late)
        before.toast("Copied all questions.")
        said: list[str] = []
        for _ in range(1000):
            await asyncio.sleep(0)
            said = [one.message for one in app._notifications]
            if "Copied all questions." in said:
                break
        assert "Copied all questions." in said, "it is said before the screen learns that it is in sight"
        late.may_open.set()
        await settle(pilot)
        assert toasts(app) == ["Copied all questions."]


@pytest.mark.parametrize(("lines", "kept"), [(24, "34"), (40, "1234")])
async def test_a_short_terminal_has_the_last_two(app: Any, lines: int, kept: str) -> None:
    async with app.run_test(size=(80, lines), notifications=True) as pilot:
        await settle(pilot)
        for said in "1234":
            app.screen.toast(said)
            await settle(pilot)
        assert toasts(app) == list(kept)
        assert [str(one.render()) for one in app.screen.query("Toast")] == list(kept)
