"""Walking through the console: keys, waiting for work to end, and what a person reads."""

from typing import Any

from textual.pilot import Pilot

from awra_tui.app import ConsoleApp
from tests.screens.driving import settle

PATIENCE = 20_000


async def walk(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys one by one once the screen stands, letting each do what it does, sending included."""
    await settle(pilot)
    for key in keys:
        await pilot.press(key)
        await settle(pilot)
        await work_done(pilot)


async def work_done(pilot: Pilot[Any]) -> None:
    """Wait until nothing is sent any more."""
    for _ in range(PATIENCE):
        if not any(worker.group == "job" and not worker.is_finished for worker in pilot.app.workers):
            await settle(pilot)
            return
        await pilot.pause()
    raise AssertionError("the work did not come to an end")


def screen_text(app: ConsoleApp) -> str:
    """Return the lines of the screen as text, without colours."""
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips[: app.size.height])
