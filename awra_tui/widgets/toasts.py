"""Sentences in the corner: which of them outlast the screen they were said on, and how many there are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from textual.app import App
from textual.notifications import Notification, Notify, SeverityLevel
from textual.screen import Screen

SHORT_LINES, AT_MOST = 28, 2
"""On a terminal of fewer lines no more than so many sentences stand in the corner at once."""


@dataclass
class Said(Notification):
    """A sentence in the corner about a screen; one that ``lasts`` tells what was done and outlasts it."""

    about: Screen[Any] | None = None
    lasts: bool = False


class ToastingApp(App[None]):
    """A program that takes sentences about a screen away when another one opens."""

    def __init__(self) -> None:
        super().__init__()
        self._standing: list[Notification] = []

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
        about = self._screen_in_sight()
        said = Said(message, title, severity, seconds, markup=markup, about=about, lasts=lasts)
        self.post_message(Notify(said))

    def _screen_in_sight(self) -> Screen[Any] | None:
        """Return the uppermost screen; a dialog over it leaves it open."""
        return next((one for one in reversed(self.screen_stack) if not one.is_modal), None)

    def on_notify(self, event: Notify) -> None:
        """Make room on a short terminal: the oldest sentence goes."""
        self._standing = [one for one in self._standing if not one.has_expired]
        if not _belongs(event.notification, self._screen_in_sight()):
            event.prevent_default()
        elif self.size.height < SHORT_LINES and len(self._standing) >= AT_MOST:
            event.prevent_default()
            self._keep([*self._standing[1 - AT_MOST :], event.notification])
        else:
            self._standing.append(event.notification)

    def clear_notifications(self) -> None:
        """Take every sentence away."""
        self._standing = []
        super().clear_notifications()

    def turned_to(self, screen: Screen[Any]) -> None:
        """Take away what was said about the screens left behind."""
        staying = [one for one in self._standing if _belongs(one, screen)]
        if len(staying) < len(self._standing):
            self._keep(staying)

    def _keep(self, sentences: Sequence[Notification]) -> None:
        self.clear_notifications()
        for one in sentences:
            if not one.has_expired:
                # Made anew: a toast that was taken away is not drawn again by its old identity.
                self.post_message(Notify(replace(one, identity=str(uuid4()))))


def _belongs(sentence: Notification, screen: Screen[Any] | None) -> bool:
    return not isinstance(sentence, Said) or sentence.lasts or sentence.about in (None, screen)
