"""Driving the console in tests: settle what is under way, read what is on the screen."""

from typing import Any

from textual.pilot import Pilot
from textual.widgets import Static

from awra_tui.app import ConsoleApp

READING = ("load", "same", "search", "list-", "rows-")
PATIENCE = 8
"""Rounds in which a deed may end; one that waits for an answer in a dialog does not."""


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
    """Return the sentences in the corner, oldest first."""
    return [str(toast.message) for toast in app._notifications]


def lines(app: ConsoleApp, selector: str) -> list[str]:
    """Return the lines of a list as they are drawn."""
    table: Any = app.screen.query_one(selector)
    return [table.render_line(y).text for y in range(table.size.height)]
