"""A console with one screen over a ground, a desk that answers by name, actions that note what was asked."""

import html
import importlib
import inspect
import re
from collections import defaultdict
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from rich.cells import cell_len

from awra_tui import app
from awra_tui.app import ConsoleApp
from awra_tui.records.people import People
from awra_tui.screens.base import BaseScreen
from tests.screens.driving import failed

VERBS = {
    "record": ("open_record", "differences"),
    "resend": ("ask_resend", "resend", "still_waiting"),
    "dismiss": ("dismiss", "restore"),
    "owner": ("set_owner",),
    "mapping": ("suggestions", "account_suggestions"),
    "staging": ("certain_suggestions", "preview_changes", "save_changes", "history"),
    "connect": ("candidates", "preview_connect", "connect_record", "create_new"),
    "escalate": ("evidence",),
    "escalation": ("proposal_for",),
    "undo": ("undo_last", "warnings_of_last"),
    "comparison": ("sides",),
    "unlink": ("preview_unlink", "unlink"),
}


def _all_of_them(keys: Any) -> tuple[Any, ...]:
    return tuple(keys)


SILENT: dict[str, Any] = {
    "proposal_for": None, "sides": [], "warnings_of_last": 0, "still_waiting": _all_of_them,
}  # fmt: skip
"""What is answered where a test says nothing of it."""


class Desk:
    """Answers reading jobs by their names; an exception among the answers is raised."""

    can_rehearse = False
    reading_only = ""
    who = "ann@till"

    def __init__(self) -> None:
        self.profile = SimpleNamespace(
            name="demo",
            people=People(),
            qbo=SimpleNamespace(environment="sandbox"),
            support=SimpleNamespace(guide_url=""),
        )
        self.answers: dict[str, Any] = {}
        self.asked: list[tuple[Any, ...]] = []

    async def page(self, job, *args, **kwargs):
        self.asked.append((job.__name__, *args))
        return _answer(self.answers[job.__name__], args, kwargs)


class Acts:
    """Stands in for every action a detail screen may call; notes the calls without the desk."""

    def __init__(self, monkeypatch) -> None:
        self.answers: dict[str, Any] = {}
        self.calls: list[tuple[Any, ...]] = []
        for module, verbs in VERBS.items():
            for verb in verbs:
                target = importlib.import_module(f"awra_tui.actions.{module}")
                monkeypatch.setattr(target, verb, self._stand_in(verb))

    def _stand_in(self, verb: str):
        async def act(desk, *args, **kwargs):
            self.calls.append((verb, *args, *(value for name, value in kwargs.items() if name != "progress")))
            if verb == "resend":
                kwargs["progress"](PROGRESS)
            made = _answer(
                self.answers.get(verb, SILENT[verb]) if verb in SILENT else self.answers[verb], args, {}
            )
            return await made if inspect.isawaitable(made) else made

        return act

    def of(self, verb: str) -> list[tuple[Any, ...]]:
        """What an action was asked, call by call."""
        return [call[1:] for call in self.calls if call[0] == verb]


PROGRESS = SimpleNamespace(
    stage="Sending", done=1, total=2, succeeded=1, failed=0, unknown=0, seconds_left=None, pause_seconds=0.0
)


def _answer(value: Any, args: Any, kwargs: Any) -> Any:
    made = value(*args, **kwargs) if callable(value) and not isinstance(value, type) else value
    if isinstance(made, Exception):
        raise made
    return made


_TEXTS = re.compile(r'<text class="[^"]*-r[^"]*" x="([^"]*)" y="([^"]*)"[^>]*>([^<]*)</text>')


_READING = ("load", "search", "preview", "rows-", "list-", "same")
"""Workers that end by themselves."""

_CELL = 12.2
"""How wide one cell is in the picture."""


class Ground(BaseScreen):
    """What lies below the screen under test."""


class DetailApp(ConsoleApp):
    """The console without its overview: the screen under test is the second one."""

    CSS_PATH = Path(app.__file__).parent / "screens" / "console.tcss"

    def __init__(self, desk: Desk, screen: BaseScreen) -> None:
        super().__init__(desk, clock_frozen=True)
        self.first = screen
        self.said: list[str] = []

    def get_default_screen(self):
        return Ground()

    def on_mount(self) -> None:
        self.push_screen(self.first)

    def notify(self, message, **given) -> None:
        """Note what is said in the corner."""
        self.said.append(str(message))
        super().notify(message, **given)

    async def freshen(self) -> None:
        """Nothing is known of the header here."""


class Hand:
    """The hands and eyes of a person at the console."""

    def __init__(self, program: DetailApp, pilot) -> None:
        self.app = program
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        """Press keys one by one, and wait until what they started has ended."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def type(self, text: str) -> None:
        """Type text quickly."""
        await self.pilot.press(*("space" if letter == " " else letter for letter in text))
        await self.settle()

    async def settle(self) -> None:
        """Wait until nothing moves; what waits for an answer to a question does not count."""
        quiet = 0
        while quiet < 3:
            await self.pilot.pause()
            reading = any(worker.group.startswith(_READING) for worker in self.app.workers)
            quiet = 0 if reading else quiet + 1

    @property
    def lines(self) -> list[str]:
        """What is on the screen, line by line, as the picture of it says."""
        found: dict[float, str] = defaultdict(str)
        for x, y, text in sorted(_TEXTS.findall(self.app.export_screenshot()), key=lambda one: float(one[0])):
            before = found[float(y)]
            gap = round(float(x) / _CELL) - cell_len(before)
            found[float(y)] = before + " " * gap + html.unescape(text).replace("\xa0", " ")
        return [found[y] for y in sorted(found)]

    @property
    def seen(self) -> str:
        """What is on the screen as one text, with every run of spaces as one."""
        return " ".join(" ".join(self.lines).split())

    @property
    def toasts(self) -> list[str]:
        """What was said in the corner, and on the line that stays."""
        return [*self.app.said, *failed(self.app)]


@asynccontextmanager
async def console(desk: Desk, screen: BaseScreen, size: tuple[int, int] = (80, 24)):
    """Run the console with one screen and hand over the hands."""
    program = DetailApp(desk, screen)
    async with program.run_test(size=size) as pilot:
        hand = Hand(program, pilot)
        await hand.settle()
        yield hand
