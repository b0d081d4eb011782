"""What every screen has: its lines above and below, its keys, and the one place where failures end."""

import inspect
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, ClassVar, ParamSpec, TypeVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.css.query import NoMatches
from textual.screen import Screen
from textual.widgets import Input
from textual.worker import Worker

from awra_tui.actions import roles
from awra_tui.actions.table import Action, keys_for, written
from awra_tui.records.errors import AwraError
from awra_tui.records.subject import RecordKey
from awra_tui.records.text import cut, harmless_lines
from awra_tui.screens import stack
from awra_tui.screens.console import Console
from awra_tui.screens.topics import TOPICS
from awra_tui.widgets.bars import HeaderLine, KeyBar, NoticeLine, Progressing, ProgressLine, Standing
from awra_tui.widgets.figures import moment
from awra_tui.widgets.keys import TYPING, bindings
from awra_tui.widgets.toasts import ToastingApp
from awra_tui.widgets.virtual_table import VirtualTable

P = ParamSpec("P")
T = TypeVar("T")


class BaseScreen(Screen[None]):
    """A screen: ``body()`` composes it, ``load()`` reads it, ``do_<action id>()`` is what a key does.

    A key whose ``why_not()`` has a sentence says it instead of acting. ``do_`` methods may be
    coroutines; then they run as workers, and may wait for dialogs.
    """

    SCREEN: ClassVar[str] = "any"
    BINDINGS = bindings("any")

    def body(self) -> ComposeResult:
        """Yield the widgets between header and keys."""
        yield from ()

    async def load(self) -> None:
        """Read what the screen shows; called at first, on return and after every action."""

    def why_not(self, name: str) -> str:  # noqa: ARG002 - screens that refuse keys override it
        """Return why an action cannot be done now, or nothing."""
        return ""

    def refusal(self, name: str) -> str:
        """Return why a key does nothing now: it is for others, and whom to ask; or there is nothing to do."""
        return self.for_others(name) or self.why_not(name)

    def for_others(self, name: str) -> str:
        """Return whom to ask where an action takes a role that the person at this desk does not have."""
        desk = self.console.desk
        return roles.refusal(desk.profile.people, desk.who, name)

    def label_of(self, action: Action) -> str:
        """Return what the key bar calls an action now, such as ``resend (2)``."""
        return action.label

    @property
    def console(self) -> Console:
        """The program, as screens know it."""
        return cast("Console", self.app)

    async def page(self, job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a reading job of the cache and return what it returns."""
        return cast("T", await self.console.desk.page(job, *args, **kwargs))

    def compose(self) -> ComposeResult:
        """Compose header, body, and the lines below."""
        yield HeaderLine()
        with Vertical(id="body"):
            yield from self.body()
        yield NoticeLine()
        yield ProgressLine()
        yield KeyBar(self.SCREEN, self.label_of, self.refusal)

    def on_mount(self) -> None:
        """Follow what the program knows of the connection and of running work."""
        self.watch(self.app, "standing", self._show_standing)
        self.watch(self.app, "progress", self._show_progress)

    def on_screen_resume(self) -> None:
        """Read anew: what was done elsewhere may have changed what is here."""
        cast("ToastingApp", self.app).turned_to(self)
        self.begin_anew()
        self.reload()

    def reload(self) -> Worker[None]:
        """Read the screen anew; what is seen stays until then."""
        return self.attend(self._load, group="load", exclusive=True)

    async def _load(self) -> None:
        await self.load()
        self.query_one(NoticeLine).over("reading")
        self.refresh_keys()

    def refresh_keys(self) -> None:
        """Draw the key bar anew, after what the keys can do has changed."""
        self.query_one(KeyBar).refresh()

    def attend(
        self, job: Callable[[], Coroutine[Any, Any, None]], *, group: str = "action", exclusive: bool = False
    ) -> Worker[None]:
        """Run an async function as a worker; every failure of it ends in words on this screen.

        It is called only when the worker begins: a worker that another one replaces may never do.
        """
        of = "reading" if group.startswith("load") else group if group in _BESIDE else "deed"
        guarded = partial(self._guarded, job, of)
        return self.run_worker(guarded, group=group, exclusive=exclusive, exit_on_error=False)

    async def _guarded(self, job: Callable[[], Coroutine[Any, Any, None]], of: str) -> None:
        try:
            await job()
            if of in _BESIDE:
                self.query_one(NoticeLine).over(of)
        except Exception as error:  # noqa: BLE001 - the one place where failures end in words
            # A screen that was left while it was still read has nothing to draw on any more.
            if not isinstance(error, NoMatches) or self in self.app.screen_stack:
                self.fail(error, of)

    def begin_anew(self) -> None:
        """Take away what was said of a deed that failed: another one begins, or has succeeded."""
        self.query_one(NoticeLine).over("deed", "hint", *_BESIDE)

    def fail(self, error: Exception, of: str = "deed") -> None:
        """Say a failure on a line that stays: until a reading succeeds, or another deed."""
        uppermost = [screen for screen in self.app.screen_stack if isinstance(screen, BaseScreen)][-1:]
        if uppermost == [self] and self.is_mounted:
            self.query_one(NoticeLine).say(sentence_of(error), of)
        else:
            self.toast(sentence_of(error), "error", lasts=True)

    def toast(self, sentence: str, severity: str = "information", *, lasts: bool = False) -> None:
        """Say a sentence in the corner for a while; one that ``lasts`` stays when another screen opens."""
        said: dict[str, Any] = {"severity": severity, "lasts": lasts}
        cast("ToastingApp", self.app).notify(cut(sentence, 600), markup=False, **said)

    def ask_first(
        self, question: Screen[str | None], then: Callable[[str], Coroutine[Any, Any, None]]
    ) -> None:
        """Put a question before the screen at once, so that no key typed ahead goes past it.

        ``then`` gets the answer; without one it is not called.
        """

        def answered(answer: str | None) -> None:
            if answer is not None:
                self.attend(partial(then, answer))

        self.app.push_screen(question, answered)

    async def after(self, sentence: str) -> None:
        """Say what was done, and read anew what it changed."""
        self.begin_anew()
        self.toast(sentence, lasts=True)
        await self.console.freshen()
        self.reload()

    def copy(self, text: str, what: str) -> None:
        """Copy text to the clipboard, over ssh too, and say so; pasted, it commands no terminal either."""
        # Tabs part the columns of what is pasted into a table.
        self.app.copy_to_clipboard("\t".join(map(harmless_lines, text.split("\t"))))
        self.toast(f"Copied {what}.")

    def action_run(self, name: str, key: str = "") -> None:
        """Do what a key stands for, or say why not."""
        self.query_one(NoticeLine).over("hint")
        reason = self.refusal(name)
        if reason:
            self.toast(reason, "warning")
            return
        verb = getattr(self, f"do_{name}")
        job = partial(verb, key) if key else verb
        if not inspect.iscoroutinefunction(verb):
            job()
        elif not self._is_doing(name):
            self.attend(job, group=f"do_{name}")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the keys that open a line alone while one types in a line."""
        return action != "run" or parameters[0] not in TYPING or not isinstance(self.focused, Input)

    def on_key(self, event: events.Key) -> None:
        """Say where the keys are listed, after one that does nothing here."""
        line = self.query_one(NoticeLine)
        if event.key in self.active_bindings:
            line.over("hint")
        elif not isinstance(self.focused, Input):
            typed = (event.character or "").strip() if event.is_printable else ""
            line.hint(f"{typed or written(event.key)} is no key here; ? lists the keys.")

    def _is_doing(self, name: str) -> bool:
        """Whether the same action still runs: a key pressed twice in haste acts once."""
        groups = (worker.group for worker in self.workers if worker.node is self and not worker.is_finished)
        return f"do_{name}" in groups

    def on_virtual_table_opened(self) -> None:
        """Do on a double click what Enter does."""
        for action in keys_for(self.SCREEN):
            if action.key == "enter":
                self.action_run(action.id)

    @on(VirtualTable.Highlighted)
    @on(VirtualTable.SelectionChanged)
    def _rows_came(self) -> None:
        """Draw the keys anew: what they can do depends on the row under the cursor."""
        self.refresh_keys()

    def on_key_bar_pressed(self, event: KeyBar.Pressed) -> None:
        """Do what a click on the key bar asks for."""
        self.action_run(event.action)

    def on_virtual_table_failed(self, event: VirtualTable.Failed) -> None:
        """Say that a list could not be read."""
        self.fail(event.error, "reading")

    def topic(self) -> str:
        """Return what the guide is to be opened at: a reason's key or the name of a page."""
        return TOPICS.get(self.SCREEN, "")

    def do_lookup(self) -> None:
        """Look up whatever is pasted."""
        self.console.open_lookup()

    def do_lookup_here(self) -> None:
        """Look up whatever is pasted."""
        self.do_lookup()

    def do_guide(self) -> None:
        """Open the guide at what fits."""
        self.console.open_guide(self.topic())

    def do_help(self) -> None:
        """List the keys of this screen."""
        from awra_tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.SCREEN, self.for_others))

    def do_back(self) -> None:
        """Leave this screen."""
        stack.leave(self)

    @property
    def unsaved(self) -> bool:
        """Whether something here is neither saved nor dropped."""
        return False

    def ask_unsaved(self, leave: Callable[[], object]) -> None:
        """Ask what is to become of what is not saved, then ``leave``."""

    def do_quit(self) -> None:
        """Leave the program; running work is stopped, never waited for."""
        self.console.leave()

    async def do_cancel(self) -> None:
        """Stop the running work, or say that it runs in another program, which is stopped there."""
        from awra_tui.cache.pages.log import running

        if self.console.stop():
            return
        run = await self.page(running)
        elsewhere = run and (
            f"Nothing runs here. {run.who} syncs since {moment(run.started_at)} in another program: "
            "it cannot be stopped from here."
        )
        self.toast(elsewhere or "Nothing runs.")

    async def do_undo(self) -> None:
        """Take the last decision back."""
        from awra_tui.screens.people_keys import undo

        await undo(self)

    def do_warnings(self) -> None:
        """Open all warnings in order of work."""
        self.console.open_warnings(None)

    def do_mappings(self) -> None:
        """Open the mapping editor."""
        self.console.open_mapping(None)

    def do_log(self) -> None:
        """Open the log."""
        self.console.open_log("")

    def do_audit(self) -> None:
        """Open what was decided."""
        self.console.open_audit()

    def check_one(self, key: RecordKey, name: str = "") -> None:
        """Check one record, called by its name where that is known."""
        from awra_tui.actions.check import Asked

        self.console.open_check(Asked(keys=(key,)), name or key.text)

    def do_check(self) -> None:
        """Check everything that is not in QuickBooks yet."""
        from awra_tui.actions.check import Asked

        self.console.open_check(Asked())

    def do_connections(self) -> None:
        """Open what the profile is connected to."""
        self.console.open_connections()

    def _show_standing(self, standing: Standing) -> None:
        self.query_one(HeaderLine).standing = standing

    def _show_progress(self, progress: Progressing | None) -> None:
        self.query_one(ProgressLine).show(progress)


_BESIDE = ("search", "preview", "beside", "totals")
"""What is read beside a screen as one types or walks through its list; a failure of it ends with the next."""


def sentence_of(error: Exception) -> str:
    """Return what to say of a failure: the sentence it carries, or a plain one with its technical name."""
    if isinstance(error, AwraError):
        return str(error)
    detail = " ".join(str(error).split())
    named = f"{type(error).__name__}: {detail}" if detail else type(error).__name__
    return f"This did not work ({named}). Nothing was lost; try again, and escalate it if it stays."
