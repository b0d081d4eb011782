"""Somebody at the console: presses keys that are counted, and reads what is drawn."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from textual.pilot import Pilot
from textual.widget import Widget

from awra_tui.app import ConsoleApp
from tests.flows.screen import walk
from tests.screens.driving import settle


class Person:
    """A person at the keyboard: nothing but keys goes in, nothing but what is drawn comes out.

    ``keys`` counts them by chapter, letters that are typed included. ``pictures`` are the screens
    that were kept on the way, by name.
    """

    def __init__(self, pilot: Pilot[Any]) -> None:
        self.pilot = pilot
        self.chapter = ""
        self.keys: Counter[str] = Counter()
        self.pictures: dict[str, str] = {}

    @property
    def app(self) -> ConsoleApp:
        """Return the console."""
        app = self.pilot.app
        assert isinstance(app, ConsoleApp)
        return app

    async def press(self, *keys: str) -> None:
        """Press keys one by one, each once the one before has done what it does and its toast is gone."""
        self.keys[self.chapter] += len(keys)
        for key in keys:
            self.app.clear_notifications()
            await walk(self.pilot, key)

    async def type(self, text: str) -> None:
        """Type a text, letter by letter, and take it with enter."""
        await self.press(*("space" if letter == " " else letter for letter in text), "enter")

    async def waits(self) -> None:
        """Let the toasts go, as they do by themselves after some seconds, and what they covered appear."""
        self.app.clear_notifications()
        await settle(self.pilot)

    def reads(self, *sentences: str) -> None:
        """Find sentences among what is drawn; a widget is read on its own, its lines joined."""
        drawn = list(_drawn(self.app))
        for sentence in sentences:
            assert any(sentence in text for text in drawn), (
                f"{sentence!r} is not on the screen:\n" + "\n".join(drawn)
            )

    def keep(self, name: str) -> None:
        """Keep a picture of the screen as it is."""
        self.pictures[name] = self.app.export_screenshot()


def _drawn(app: ConsoleApp) -> Iterator[str]:
    """Yield the text of each visible widget as it is drawn, and of the whole line by line."""
    strips = app.screen._compositor.render_strips()[: app.size.height]
    yield "\n".join(strip.text.rstrip() for strip in strips)
    for widget in _leaves(app.screen):
        region = widget.content_region.intersection(app.screen.region)
        rows = strips[region.y : region.bottom]
        yield " ".join(" ".join(strip.crop(region.x, region.right).text for strip in rows).split())


def _leaves(widget: Widget) -> Iterator[Widget]:
    shown = [child for child in widget.children if child.display]
    for child in shown:
        yield from _leaves(child)
    if not shown:
        yield widget
