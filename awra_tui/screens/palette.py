"""What the command palette offers: the screen's actions, every place to go, what can be rehearsed."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, cast

from textual.app import App, SystemCommand
from textual.screen import Screen

from awra_tui.actions.table import Action, keys_for
from awra_tui.screens.base import BaseScreen
from awra_tui.screens.console import Console
from awra_tui.screens.support import open_support

_PLACES = (
    ("Overview", "All kinds in order of work", "overview"),
    ("Warnings", "All kinds in order of work", "warnings"),
    ("Mappings", "Mappings, unready ones first", "mapping"),
    ("Log", "What was sent and answered, run by run", "log"),
    ("Connections", "What is connected, until when, and whether it works", "connections"),
    ("Look up", "Paste anything: where it is, and whether to create it by hand", "lookup"),
    ("Check", "What would be sent, what would fail or is blocked; nothing is sent", "check"),
    ("Audit", "What people and the program decided", "audit"),
    ("Guide", "Every reason with its causes and remedies", "guide"),
    ("Support guide", "The address that the profile names, in a browser", "support"),
)


def commands_of(app: App[None], screen: Screen[Any]) -> Iterable[SystemCommand]:
    """Yield the commands of the palette for ``screen``."""
    console = cast("Console", app)
    if isinstance(screen, BaseScreen):
        for action in keys_for(screen.SCREEN):
            if "table" not in action.screens and not action.numbered:
                yield _command(screen, action)
    for title, tooltip, place in _PLACES:
        yield SystemCommand(f"Go to: {title}", tooltip, partial(_go, app, place))
    yield SystemCommand("Theme", "Dark, light and others", app.action_change_theme)
    if getattr(console.desk, "can_rehearse", False):
        yield from _incidents(screen)


def _command(screen: BaseScreen, action: Action) -> SystemCommand:
    title = f"{action.label[0].upper()}{action.label[1:]} ({action.shown_key})"
    same = f" · {action.command}" if action.command else ""
    return SystemCommand(title, action.tooltip + same, partial(screen.action_run, action.id))


def _go(app: App[None], place: str) -> None:
    """Open a place; the overview is always the lowest screen."""
    console = cast("Console", app)
    to_ground = partial(_to_ground, app)
    if place == "overview" and not console.asks_first(to_ground):
        to_ground()
    from awra_tui.actions.check import Asked

    openers: dict[str, Callable[[], None]] = {
        "warnings": lambda: console.open_warnings(None),
        "mapping": lambda: console.open_mapping(None),
        "log": lambda: console.open_log(""),
        "connections": console.open_connections,
        "lookup": console.open_lookup,
        "audit": console.open_audit,
        "check": lambda: console.open_check(Asked()),
        "guide": console.open_guide,
    }
    if place in openers:
        openers[place]()
    elif place == "support" and isinstance(app.screen, BaseScreen):
        app.screen.attend(partial(open_support, app.screen))


def _to_ground(app: App[None]) -> None:
    while len(app.screen_stack) > 1:
        app.pop_screen()


def _incidents(screen: Screen[Any]) -> Iterable[SystemCommand]:
    from awra_tui.actions.rehearse import INCIDENTS

    if isinstance(screen, BaseScreen):
        for incident, (label, _) in INCIDENTS.items():
            said = "Only in the demo: the simulated QuickBooks behaves so"
            yield SystemCommand(f"Rehearse: {label}", said, partial(_rehearse, screen, incident))


def _rehearse(screen: BaseScreen, incident: str) -> None:
    from awra_tui.actions.rehearse import rehearse

    async def job() -> None:
        done = await rehearse(screen.console.desk, incident)
        await screen.after(done.sentence)

    screen.attend(job)
