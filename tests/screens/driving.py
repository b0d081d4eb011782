"""Driving the console in tests: settle what is under way, read what is on the screen."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Static

from awra_tui.app import ConsoleApp
from awra_tui.screens.base import BaseScreen
from awra_tui.sync.desk import Desk
from awra_tui.widgets.bars import NoticeLine

READING = ("load", "same", "search", "list-", "rows-")
PATIENCE = 8
"""Rounds in which a deed may end; one that waits for an answer in a dialog does not."""


@asynccontextmanager
async def small_console(desk: Desk) -> AsyncIterator[tuple[ConsoleApp, Pilot[Any]]]:
    """Open the console of a desk at 80×24, settled on its first screen."""
    app = ConsoleApp(desk, clock_frozen=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        yield app, pilot


async def settle(pilot: Pilot[Any]) -> None:
    """Let every message, reading and deed that is under way come to its end."""
    for turn in range(60):
        await pilot.pause()
        groups = [worker.group for worker in pilot.app.workers if not worker.is_finished]
        if turn < PATIENCE and "action" in groups:
            continue
        if not any(group.startswith(READING) for group in groups):
            break
    await pilot.pause()


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys and settle."""
    await pilot.press(*keys)
    await settle(pilot)


def text_of(app: ConsoleApp, selector: str) -> str:
    """Return what a line of the present screen says."""
    return str(app.screen.query_one(selector, Static).content)


def toasts(app: ConsoleApp) -> list[str]:
    """Return the sentences that are said: those in the corner, oldest first, then the line of what failed."""
    return [*(str(toast.message) for toast in app._notifications), *failed(app)]


def failed(app: App[Any]) -> list[str]:
    """Return what the line says that stays until it is no longer true."""
    screens = [screen for screen in app.screen_stack if isinstance(screen, BaseScreen)]
    said = str(screens[-1].query_one(NoticeLine).content)
    return [said.removeprefix("✕ ")] if said.startswith("✕ ") else []


def lines(app: ConsoleApp, selector: str) -> list[str]:
    """Return the lines of a list as they are drawn."""
    table: Any = app.screen.query_one(selector)
    return [table.render_line(y).text for y in range(table.size.height)]
