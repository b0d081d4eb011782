"""Driving the console in tests: settle what is under way, read what is on the screen."""

from typing import Any

from textual.pilot import Pilot
from textual.widgets import Static

from awra_tui.app import ConsoleApp


async def settle(pilot: Pilot[Any]) -> None:
    """Let every message and reading worker that is under way come to its end."""
    for _ in range(50):
        await pilot.pause()
        reading = [
            worker
            for worker in pilot.app.workers
            if not worker.is_finished
            and (worker.group in ("load", "same") or worker.group[:5] in ("list-", "rows-"))
        ]
        if not reading:
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
