"""What a key says that does nothing, what is said of what failed, and which keys work while one types."""

import re
from typing import Any

from textual.widgets._toast import Toast

from awra_tui.actions.table import action
from awra_tui.app import ConsoleApp
from awra_tui.records.errors import AwraError
from awra_tui.screens.base import BaseScreen
from awra_tui.screens.dialogs import YesNo
from awra_tui.screens.help import HelpScreen
from awra_tui.widgets.bars import KeyBar, NoticeLine
from tests.hostile import OpenWorld
from tests.pictures.snapshots import settled


def notice(app: ConsoleApp) -> str:
    return str(screen(app).query_one(NoticeLine).content)


def screen(app: ConsoleApp) -> BaseScreen:
    assert isinstance(app.screen, BaseScreen)
    return app.screen


def bar(app: ConsoleApp) -> str:
    return str(screen(app).query_one(KeyBar).render())


async def pressed(pilot: Any, *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


async def test_a_key_that_does_nothing_says_where_keys_are_listed(world: OpenWorld) -> None:
    with world(spoilt=False) as (desk, _):
        app = ConsoleApp(desk, clock_frozen=True)
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            await pressed(pilot, "X")
            assert notice(app) == "X is no key here; ? lists the keys."
            await pressed(pilot, "percent_sign")
            assert notice(app) == "% is no key here; ? lists the keys."
            await pressed(pilot, "f9")
            assert notice(app) == "f9 is no key here; ? lists the keys."
            await pressed(pilot, "down")
            assert not notice(app)
            await pressed(pilot, "w", "slash", "X", "Q")
            assert not notice(app), "letters are text while one types"


async def test_a_failure_is_said_once_and_stays_until_something_succeeds(world: OpenWorld) -> None:
    with world(spoilt=False) as (desk, _):
        app = ConsoleApp(desk, clock_frozen=True)
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            screen(app).fail(AwraError("The disk is full."))
            await pressed(pilot, "down", "X")
            assert notice(app) == "✕ The disk is full."
            screen(app).reload()
            await settled(pilot)
            assert notice(app) == "✕ The disk is full.", "a reading says nothing of a deed"
            assert not list(app._notifications)
            await screen(app).after("Done.")
            await settled(pilot)
            assert not notice(app)


async def test_the_bar_shows_only_keys_that_work_while_one_types(world: OpenWorld) -> None:
    with world(spoilt=False) as (desk, _):
        app = ConsoleApp(desk, clock_frozen=True)
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            await pressed(pilot, "w")
            assert "? keys" in bar(app)
            await pressed(pilot, "slash")
            shown = re.findall(r"(\S+) [a-z]", bar(app))
            assert not {"?", "d", "/", "space"} & set(shown)
            assert "f3 keys" in bar(app)
            await pressed(pilot, "f3")
            assert isinstance(app.screen, HelpScreen)


async def test_nothing_opens_over_a_question(world: OpenWorld) -> None:
    with world(spoilt=False) as (desk, _):
        app = ConsoleApp(desk, clock_frozen=True)
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            question = YesNo("Send it?")
            app.push_screen(question)
            await pilot.pause()
            await pilot.press("ctrl+p")
            await pilot.pause()
            assert app.screen is question


async def test_what_is_said_in_the_corner_covers_no_last_line_where_the_screen_is_short(
    world: OpenWorld,
) -> None:
    with world(spoilt=False) as (desk, _):
        app = ConsoleApp(desk, clock_frozen=True)
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await settled(pilot)
            await pressed(pilot, "w")
            screen(app).toast("Copied number and reason. " * 3)
            await pilot.pause()
            await settled(pilot)
            said = app.screen.query_one(Toast).region
            assert said.area
            assert said.y == 1
            assert said.bottom < 8


async def test_what_waits_stays_in_sight_beside_notices(world: OpenWorld) -> None:
    with world(spoilt=False) as (desk, _):
        app = ConsoleApp(desk, clock_frozen=True)
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            screen(app).fail(AwraError("QuickBooks did not answer in time, so nothing was sent. " * 4))
            await settled(pilot)
            facts, body = (screen(app).query_one(name).region for name in ("#facts", "#body"))
            assert facts.bottom <= body.bottom - 1
            assert screen(app).query_one("#kinds").region.height >= 3


def test_keys_that_are_text_are_no_keys_while_typing() -> None:
    assert action("help").key_while_typing == "f3"
    assert action("dismiss").key_while_typing == ""
    assert action("pick").key_while_typing == "enter"
