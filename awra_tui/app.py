"""The console: which screen is open, what runs, and what the header says."""

import asyncio
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from inspect import isawaitable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from textual.app import SystemCommand
from textual.filter import LineFilter
from textual.reactive import reactive
from textual.screen import ModalScreen, Screen
from textual.worker import Worker

from awra_tui.actions.roles import refusal
from awra_tui.records import clock
from awra_tui.records.errors import AwraError
from awra_tui.records.status import Status
from awra_tui.records.subject import MappingKey, RecordKey
from awra_tui.screens.base import BaseScreen
from awra_tui.screens.console import SENDING_STOPPED, Job
from awra_tui.screens.palette import commands_of
from awra_tui.screens.recheck import LOOK_SECONDS, Recheck
from awra_tui.sync.progress import Progress
from awra_tui.widgets.bars import Progressing, Standing
from awra_tui.widgets.guard import Guard
from awra_tui.widgets.themes import DARK, THEMES
from awra_tui.widgets.toasts import ToastingApp

if TYPE_CHECKING:
    from awra_tui.actions.check import Asked
    from awra_tui.actions.desk import Desk
    from awra_tui.cache.pages.overview import Heading
    from awra_tui.cache.pages.warnings import WarningQuery

T = TypeVar("T")

AHEAD_SECONDS = 3.0
"""So long after the start the connections are looked at: the first screen does not wait for it."""
DAY_SECONDS = 86_400.0
WAKE_SECONDS = 60.0
"""So often it is asked whether the day of something snoozed has come."""

_GUARD = Guard()

FAREWELL_SECONDS = 0.3
"""So long the program waits, when it is left, for running work to note that it was stopped."""


class ConsoleApp(ToastingApp):
    """The console over a desk; ``clock_frozen`` stops timers and blinking, for pictures."""

    TITLE = "awra-tui"
    CSS_PATH = Path(__file__).parent / "screens" / "console.tcss"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it so
        (0, "-narrow"),
        (100, "-normal"),
        (140, "-wide"),
    ]

    VERTICAL_BREAKPOINTS = [(0, "-short"), (28, "-tall")]  # noqa: RUF012

    standing: reactive[Standing] = reactive(Standing())
    progress: reactive[Progressing | None] = reactive(None)

    def __init__(self, desk: "Desk", *, clock_frozen: bool = False) -> None:
        super().__init__()
        self.desk = desk
        self.clock_frozen = clock_frozen
        self._job: Worker[None] | None = None
        self._ended = asyncio.Event()
        self._recheck = Recheck()
        self._has_tokens = True
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK.name

    def on_mount(self) -> None:
        """Look after records without an answer and after the connection, as long as the program runs."""
        if not self.clock_frozen:
            self.set_interval(LOOK_SECONDS, self.look_after_unknown)
            self.set_interval(WAKE_SECONDS, self.wake_snoozed)
            self.set_timer(AHEAD_SECONDS, self.warn_ahead)
            self.set_interval(DAY_SECONDS, self.warn_ahead)

    async def wake_snoozed(self) -> None:
        """Bring back the warnings that were snoozed until a day that has come, and say so."""
        from awra_tui.actions.dismiss import wake

        with suppress(AwraError):  # the screen that is open says what is wrong with the cache
            if number := await wake(self.desk):
                told = "1 snoozed warning is" if number == 1 else f"{number:,} snoozed warnings are"
                self._on_screen(lambda screen: screen.toast(f"{told} back: the day has come.", lasts=True))
                self._on_screen(lambda screen: screen.reload())

    async def warn_ahead(self) -> None:
        """Say what a person should do about the connections some day soon; C has all of it."""
        self.run_worker(self._warn_ahead(), group="ahead", exclusive=True, exit_on_error=False)

    async def _warn_ahead(self) -> None:
        from awra_tui.actions.connections import connections

        with suppress(AwraError):  # the Connections screen says it
            found = await connections(self.desk)
            await self.tell_tokens(found[0].connected)
            for notice in (notice for one in found for notice in one.notices):
                self._on_screen(partial(_toast, notice))

    async def look_after_unknown(self) -> None:
        """Sync by itself when records have been without an answer for long enough and nothing else runs."""
        from awra_tui.cache.pages.overview import tallies

        if self.is_busy or self.desk.reading_only or self._may_not_sync():
            return
        try:
            counts = await self.desk.page(tallies)
        except AwraError:
            return  # the screen that is open says it
        unknown = sum(of_kind.get(Status.UNKNOWN, 0) for of_kind in counts.values())
        if not self._recheck.is_due(unknown, time.monotonic()):
            return

        from awra_tui.actions.sync import RunResult, sync_now  # half of the program: only where it is due

        def told(result: RunResult) -> None:
            self._on_screen(lambda screen: screen.toast(result.sentence, lasts=True))

        what = "1 record has" if unknown == 1 else f"{unknown:,} records have"
        job = partial(sync_now, self.desk, trigger="recheck")
        if self.start("Looking up", lambda report: job(progress=report), told):
            self._on_screen(
                lambda screen: screen.toast(f"{what} no answer yet: looking in QuickBooks.", lasts=True)
            )

    def _may_not_sync(self) -> bool:
        return bool(refusal(self.desk.profile.people, self.desk.who, "sync"))

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Let nothing through to the terminal that it would obey."""
        return [*super().get_line_filters(), _GUARD]

    def get_default_screen(self) -> Screen[Any]:
        """Begin on the overview."""
        from awra_tui.screens.overview import OverviewScreen

        return OverviewScreen()

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Offer every action of the screen, every place to go, and what can be rehearsed."""
        yield from commands_of(self, screen)

    def action_command_palette(self) -> None:
        """List everything that can be done; what stands before a question waits for its answer."""
        if isinstance(self.screen, BaseScreen):
            super().action_command_palette()

    async def freshen(self) -> None:
        """Read anew what the header says."""
        from awra_tui.cache.pages.overview import heading

        self.tell_standing(await self.desk.page(heading))

    async def tell_tokens(self, there: bool) -> None:
        """Take into the header whether this machine has tokens for QuickBooks: a shared cache has none."""
        if there != self._has_tokens:
            self._has_tokens = there
            await self.freshen()

    def tell_standing(self, page: "Heading") -> None:
        """Take what is known of profile, company and connection into the header."""
        company = page.company
        trouble = page.connectors[0].sentence if page.connectors else ""
        self.standing = Standing(
            profile=page.profile_name or self.desk.profile.name,
            company=company.name if company else "",
            environment=str(getattr(self.desk.profile.qbo, "environment", "")),
            currency=company.home_currency if company else "",
            connected=self._is_connected(page),
            trouble=trouble,
            paused_until=page.paused_until,
        )

    def _is_connected(self, page: "Heading") -> bool | None:
        if any(one.is_lost and not one.is_away for one in page.connectors):
            return False
        is_known = page.company or any(one.is_away for one in page.connectors)
        return self._has_tokens if is_known else None

    def start(
        self,
        label: str,
        job: Job[T],
        then: Callable[[T], object] | None = None,
        *,
        stopped: str = SENDING_STOPPED,
    ) -> bool:
        """Run work that shows progress and can be stopped; false where other work runs already.

        ``stopped`` is what holds of it after that.
        """
        if self.is_busy:
            self._on_screen(lambda screen: screen.toast("Other work still runs; x stops it.", "warning"))
            return False
        if reason := self.desk.reading_only:
            self._on_screen(lambda screen: screen.toast(f"Nothing was sent. {reason}", "warning"))
            return False
        self._ended.clear()
        self._on_screen(lambda screen: screen.begin_anew())
        work = partial(self._run, label, job, then, stopped)
        self._job = self.run_worker(work, group="job", exit_on_error=False)
        return True

    @property
    def is_busy(self) -> bool:
        """Whether work runs that shows progress."""
        return self._job is not None and not self._job.is_finished

    def stop(self) -> bool:
        """Stop the running work; false where none runs."""
        if self._job is None or not self.is_busy:
            return False
        self._job.cancel()
        return True

    def leave(self) -> None:
        """Leave the program, asking first; running work is stopped and has a moment to note it."""
        if not self.asks_first(self._leave):
            self._leave()

    async def action_quit(self) -> None:
        """Leave by the key that every program of this kind has: nothing unsaved is lost by it either."""
        self.leave()

    def asks_first(self, leave: Callable[[], object]) -> bool:
        """Go to the uppermost screen with something unsaved, which asks, then leaves; false for none."""
        screens = [screen for screen in self.screen_stack if isinstance(screen, BaseScreen)]
        holding = next((screen for screen in reversed(screens) if screen.unsaved), None)
        if holding is None:
            return False
        while (above := self.screen) is not holding:
            if isinstance(above, ModalScreen):
                above.dismiss(None)  # who waits for an answer gets none
            else:
                self.pop_screen()
        holding.ask_unsaved(leave)
        return True

    def _leave(self) -> None:
        if self.stop():
            self.run_worker(self._leave_soon(), group="leave", exclusive=True)
        else:
            self.exit()

    async def _leave_soon(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._ended.wait(), FAREWELL_SECONDS)
        self.exit()

    async def _run(self, label: str, job: Job[T], then: Callable[[T], object] | None, stopped: str) -> None:
        self.progress = Progress(stage=label)
        try:
            outcome = await job(self._show_progress)
            self.progress = None
            made = then(outcome) if then else None
            if isawaitable(made):
                await made
        except asyncio.CancelledError:
            self._on_screen(lambda screen: screen.toast(f"Stopped. {stopped}", lasts=True))
            raise
        except Exception as error:  # noqa: BLE001 - ends in words on the screen that is open
            failure = error
            self._on_screen(lambda screen: screen.fail(failure))
        finally:
            self._ended.set()
            self.progress = None
            self._on_screen(lambda screen: screen.reload())

    def _show_progress(self, progress: Progressing) -> None:
        self.progress = progress
        if progress.pause_seconds and not self.standing.pause_seconds:
            until = clock.now() + timedelta(seconds=progress.pause_seconds)
            self.standing = replace(self.standing, paused_until=clock.stamp(until))

    def _on_screen(self, say: Callable[[BaseScreen], object]) -> None:
        """Say something on the uppermost screen that is not a dialog, as long as the program runs."""
        standing = [screen for screen in self.screen_stack if isinstance(screen, BaseScreen)]
        if standing and self.is_running:
            say(standing[-1])

    def open_record(self, key: RecordKey) -> None:
        """Open the way of one record."""
        from awra_tui.screens.record import RecordScreen

        self.push_screen(RecordScreen(key))

    def open_mapping(self, key: MappingKey | None = None) -> None:
        """Open the mapping editor, at a mapping or at the first that is not ready.

        Where one stands open below with changes, it asks for these first: two drafts would cross.
        """
        from awra_tui.screens.mapping import MappingScreen

        def opened() -> None:
            self.push_screen(MappingScreen(key))

        if not self.asks_first(opened):
            opened()

    def open_log(self, query: str = "") -> None:
        """Open the log, searching for ``query``."""
        from awra_tui.screens.log import LogScreen

        self.push_screen(LogScreen(query))

    def open_connect(self, key: RecordKey) -> None:
        """Open the screen that connects a record to what exists in QuickBooks."""
        from awra_tui.screens.connect import ConnectScreen

        self.push_screen(ConnectScreen(key))

    def open_connecting(self, keys: Collection[RecordKey] = ()) -> None:
        """Open the customers, vendors and items that are not connected; only those named, if any are."""
        from awra_tui.screens.connecting import ConnectingScreen

        self.push_screen(ConnectingScreen(keys))

    def open_connections(self) -> None:
        """Open what the profile is connected to."""
        from awra_tui.screens.connections import ConnectionsScreen

        self.push_screen(ConnectionsScreen())

    def open_warnings(self, query: "WarningQuery | None" = None) -> None:
        """Open the warnings that a WarningQuery asks for; all in order of work without one."""
        from awra_tui.screens.warnings import WarningsScreen

        self.push_screen(WarningsScreen(query))

    def open_guide(self, topic: str = "") -> None:
        """Open the guide, at a reason or a page where one is named."""
        from awra_tui.screens.guide import GuideScreen

        self.push_screen(GuideScreen(topic))

    def open_audit(self) -> None:
        """Open what people and the program decided."""
        from awra_tui.screens.audit import AuditScreen

        self.push_screen(AuditScreen())

    def open_check(self, asked: "Asked", about: str = "") -> None:
        """Check the records asked for; ``about`` says in a few words which they are."""
        from awra_tui.screens.check import CheckScreen

        self.push_screen(CheckScreen(asked, about))

    def open_lookup(self, text: str = "") -> None:
        """Open the look-up, with a text in its line."""
        from awra_tui.screens.lookup import LookupScreen

        self.push_screen(LookupScreen(text))

    def open_customer(self, key: RecordKey) -> None:
        """Open the account of a customer, or of the customer that a record belongs to."""
        from awra_tui.screens.customer import CustomerScreen

        self.push_screen(CustomerScreen(key))


def _toast(notice: str, screen: BaseScreen) -> None:
    screen.toast(f"{notice} C shows the connections.", "warning", lasts=True)
