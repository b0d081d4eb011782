"""The lines around every screen: header above; notice, progress and keys below."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input, Static

from awra_tui.actions.table import Action, keys_for
from awra_tui.records.clock import now, parse_stamp
from awra_tui.records.text import duration, slowed_down
from awra_tui.widgets.cells import one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where the console stands: profile, company and whether the connection works.

    ``paused_until`` is the stamp until which QuickBooks asked everything to wait.
    """

    profile: str = ""
    company: str = ""
    environment: str = ""
    currency: str = ""
    connected: bool | None = None
    trouble: str = ""
    paused_until: str = ""

    @property
    def pause_seconds(self) -> float:
        """Seconds that are left until QuickBooks may be asked again."""
        if not self.paused_until:
            return 0.0
        return max((parse_stamp(self.paused_until) - now()).total_seconds(), 0.0)


class Progressing(Protocol):
    """How far work has come, as the synchroniser tells it."""

    @property
    def stage(self) -> str:
        """What is being done."""
        ...

    @property
    def done(self) -> int:
        """Records done."""
        ...

    @property
    def total(self) -> int:
        """Records in all, 0 where not known."""
        ...

    @property
    def succeeded(self) -> int:
        """Records that are in QuickBooks now."""
        ...

    @property
    def failed(self) -> int:
        """Records that were refused."""
        ...

    @property
    def unknown(self) -> int:
        """Records without an answer."""
        ...

    @property
    def seconds_left(self) -> float | None:
        """Seconds it will still take, if known."""
        ...

    @property
    def pause_seconds(self) -> float:
        """Seconds that QuickBooks asked to wait."""
        ...


class HeaderLine(Widget):
    """One line: the profile, its company, its home currency, whether it is connected."""

    DEFAULT_CSS = """
    HeaderLine { height: 1; background: $panel; color: $foreground; padding: 0 1; }
    """

    standing: reactive[Standing] = reactive(Standing())

    def on_mount(self) -> None:
        """Count a pause down."""
        self.set_interval(1.0, self._tick)

    def _tick(self) -> None:
        if self.standing.paused_until:
            self.refresh()

    def render(self) -> Content:
        """Draw the line; names are cut before the state of the connection is."""
        state = _state(self.standing)
        name = "awra-tui  "
        room = self.size.width - cell_len(name) - cell_len(state[0]) - 2
        where = one_line(self._where(), max(room, 0))
        gap = " " * max(1, self.size.width - cell_len(name) - cell_len(where) - cell_len(state[0]))
        return Content.assemble((name, "bold $accent"), where, gap, state)

    def _where(self) -> str:
        standing = self.standing
        company = standing.company or "company not read yet"
        environment = f" ({standing.environment})" if standing.environment else ""
        currency = f" · {standing.currency}" if standing.currency else ""
        return f"{standing.profile} · QuickBooks: {company}{environment}{currency}"


_STATES: dict[bool | None, tuple[str, str]] = {
    True: ("● connected", "$success"),
    False: ("✕ not connected", "bold $error"),
    None: ("○ not checked", "$secondary"),
}


def _state(standing: Standing) -> tuple[str, str]:
    """Return sign, words and tone of the connection: one that is there may yet be slow, or not healthy."""
    if left := standing.pause_seconds:
        return f"◔ {slowed_down(left)}", "$warning"
    if standing.connected and standing.trouble:
        return "▲ connected, not healthy", "$warning"
    return _STATES[standing.connected]


class NoticeLine(Static):
    """One sentence that stays until it is no longer true: what failed and what to do."""

    DEFAULT_CSS = """
    NoticeLine { height: auto; max-height: 3; padding: 0 1; color: $error; display: none; }
    NoticeLine.-said { display: block; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._of = ""

    def say(self, sentence: str, of: str = "reading") -> None:
        """Show what failed, of a ``reading``, a ``deed`` or else, until ``over`` is told of the same."""
        self._show(Content(f"✕ {one_line(sentence, 400)}"), of)

    def hint(self, sentence: str) -> None:
        """Show what helps with a key; a failure that stands is not covered."""
        if self._of in ("", "hint"):
            self._show(Content.styled(one_line(sentence, 200), "$foreground"), "hint")

    def over(self, *of: str) -> None:
        """Hide what was said of readings, deeds or hints: it is not true any more."""
        if self._of in of:
            self._show(Content(""), "")

    def _show(self, said: Content, of: str) -> None:
        self._of = of
        self.set_class(bool(of), "-said")
        self.update(said)


class ProgressLine(Static):
    """What runs at present: stage, counts, the time that is left, and the key that stops it."""

    DEFAULT_CSS = """
    ProgressLine { height: 1; padding: 0 1; color: $accent; display: none; }
    ProgressLine.-running { display: block; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._progress: Progressing | None = None
        self._told_at = 0.0

    def on_mount(self) -> None:
        """Count a pause down."""
        self.set_interval(1.0, self._tick)

    def show(self, progress: "Progressing | None") -> None:
        """Show a Progress, or nothing when nothing runs."""
        self._progress, self._told_at = progress, time.monotonic()
        self.set_class(progress is not None, "-running")
        self._draw()

    def on_resize(self) -> None:
        """Fit the line to the new width."""
        self._draw()

    def _tick(self) -> None:
        if self._progress is not None and self._progress.pause_seconds:
            self._draw()

    def _draw(self) -> None:
        progress, passed = self._progress, time.monotonic() - self._told_at
        width = self.app.size.width - 2
        self.update(Content("" if progress is None else progress_text(progress, width, passed)))


def progress_text(progress: "Progressing", width: int, passed: float = 0.0) -> str:
    """Say a Progress in one line of at most ``width`` cells; a pause began ``passed`` seconds ago."""
    tail = " · x stops"
    parts = [str(progress.stage)]
    if progress.total:
        parts.append(f"{_gauge(progress.done / progress.total)} {progress.done:,} of {progress.total:,}")
    counts = (("✓", progress.succeeded), ("✕", progress.failed), ("?", progress.unknown))
    parts += [f"{sign} {count:,}" for sign, count in counts if count]
    if progress.pause_seconds:
        left = max(progress.pause_seconds - passed, 0.0)
        parts.append(slowed_down(left))
    elif progress.seconds_left is not None:
        parts.append(f"{duration(progress.seconds_left)} left")
    return one_line(" · ".join(parts), width - len(tail)) + tail


def _gauge(share: float) -> str:
    full = round(10 * min(max(share, 0.0), 1.0))
    return "━" * full + "╌" * (10 - full)


class KeyBar(Widget):
    """The keys of the screen in one line, as many as fit; each can be clicked."""

    DEFAULT_CSS = """
    KeyBar { height: 1; background: $panel; color: $foreground; padding: 0 1; }
    """

    class Pressed(Message):
        """A key of the bar was clicked."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def __init__(self, screen: str, label: Callable[[Action], str], refused: Callable[[str], str]) -> None:
        super().__init__()
        self._label = label
        self._refused = refused
        shown = (action for action in keys_for(screen) if action.bar)
        self._actions = sorted(shown, key=lambda action: action.bar)

    def on_mount(self) -> None:
        """Show other keys while one types in a line: there letters are text."""
        self.watch(self.screen, "focused", self._typing_changed)

    def _typing_changed(self) -> None:
        self.refresh()

    @property
    def _is_typed(self) -> bool:
        return isinstance(self.screen.focused, Input)

    def render(self) -> Content:
        """Draw the keys; a refused one is dimmed."""
        return Content("").join(self._part(action) for action in self._fitting())

    def on_click(self, event: events.Click) -> None:
        """Do what the key under the mouse does."""
        x = event.x - 1
        for action in self._fitting():
            x -= self._part(action).cell_length
            if x < 0:
                self.post_message(self.Pressed(action.id))
                return

    def _fitting(self) -> list[Action]:
        """Return the actions that fit; the last one (help) always does."""
        here = [one for one in self._actions if one.key_while_typing] if self._is_typed else self._actions
        *others, last = here
        room = self.size.width - self._part(last).cell_length + 2
        kept = []
        for action in others:
            room -= self._part(action).cell_length
            if room >= 0:
                kept.append(action)
        return [*kept, last]

    def _part(self, action: Action) -> Content:
        refused = bool(self._refused(action.id))
        tones = ("$secondary", "$secondary") if refused else ("bold $accent", "$foreground")
        key = action.key_while_typing if self._is_typed else action.shown_key
        return Content.assemble((key, tones[0]), " ", (self._label(action), tones[1]), "  ")
