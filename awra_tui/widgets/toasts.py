"""Sentences in the corner: which of them outlast the screen they were said on, and how many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from textual.app import App
from textual.notifications import Notification, Notify, SeverityLevel
from textual.screen import Screen

SHORT_LINES, AT_MOST = 28, 2
"""On a terminal of fewer lines no more than so many sentences stand in the corner at once."""


@dataclass
class Said(Notification):
    """A sentence in the corner; one that ``lasts`` tells what was done, not what this screen can do."""

    lasts: bool = False


class ToastingApp(App[None]):
    """A program that takes sentences about a screen away when another one opens."""

    def __init__(self) -> None:
        super().__init__()
        self._standing: list[Notification] = []
        self._last_screen: Screen[Any] | None = None

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
        lasts: bool = False,
    ) -> None:
        """Say a sentence in the corner for a while; one that ``lasts`` stays where another screen opens."""
        seconds = self.NOTIFICATION_TIMEOUT if timeout is None else timeout
        self.post_message(Notify(Said(message, title, severity, seconds, markup=markup, lasts=lasts)))

    def on_notify(self, event: Notify) -> None:
        """Make room on a short terminal: the oldest sentence goes."""
        self._standing = [one for one in self._standing if not one.has_expired]
        if self.size.height < SHORT_LINES and len(self._standing) >= AT_MOST:
            event.prevent_default()
            self._keep([*self._standing[1 - AT_MOST :], event.notification])
        else:
            self._standing.append(event.notification)

    def clear_notifications(self) -> None:
        """Take every sentence away."""
        self._standing = []
        super().clear_notifications()

    def turned_to(self, screen: Screen[Any]) -> None:
        """Take away what was said about the screen left behind; a dialog over a screen leaves it open."""
        if self._last_screen not in (None, screen):
            lasting = [one for one in self._standing if isinstance(one, Said) and one.lasts]
            if len(lasting) < len(self._standing):
                self._keep(lasting)
        self._last_screen = screen

    def _keep(self, sentences: Sequence[Notification]) -> None:
        self.clear_notifications()
        for one in sentences:
            if not one.has_expired:
                lasts = isinstance(one, Said) and one.lasts
                # Made anew: a toast that was taken away is not drawn again by its old identity.
                again = Said(
                    one.message, one.title, one.severity, one.time_left, markup=one.markup, lasts=lasts
                )
                self.post_message(Notify(again))
