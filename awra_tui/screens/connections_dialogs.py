"""What is asked while a company is connected: a hidden line, Intuit's answer, and patience."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import ClassVar, TypeVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from awra_tui.actions.callback import Callback, CallbackError, Consent
from awra_tui.actions.listener import listening
from awra_tui.records.errors import AwraError
from awra_tui.records.text import harmless
from awra_tui.screens.base import BaseScreen
from awra_tui.screens.browser import opened
from awra_tui.screens.console import Console
from awra_tui.screens.dialogs import Dialog, Line
from awra_tui.screens.doors import by_key

T = TypeVar("T")

_LATE = "No answer came from Intuit's page within five minutes, so nothing was connected. Connect again."
_COPIED = "Copied the address: open it in a browser."
_WAITING = "When you have allowed it there, this goes on by itself."
_OPEN = "Open this address in a browser (y copies it)."
_BY_HAND = "Then paste here the whole address that the browser ends at."


class Hidden(Line):
    """A line whose text is not shown."""

    KEYS = "enter take it   esc leave"

    def line(self) -> Input:
        """Return a line that shows dots."""
        return Input(password=True, compact=True)


class Allowing(Dialog[Callback | AwraError]):
    """Intuit's page, seen from here: its address, how long it counts, and the answer, heard or pasted.

    ``here`` says that the browser may come back to this machine, where it is listened for.
    """

    KEYS = "o browser   y copy address   p paste the answer   esc cancel"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "browse", show=False),
        Binding("y", "copy_address", show=False),
        Binding("p", "paste", show=False),
    ]
    DEFAULT_CSS = """
    Allowing #address { color: $accent; margin: 0 0 1 0; }
    Allowing #said { height: auto; }
    """

    def __init__(self, consent: Consent, *, here: bool) -> None:
        super().__init__("Allow the connection on Intuit's page")
        self._consent = consent
        self._here = here
        self._said = ""

    def answer(self) -> ComposeResult:
        """Yield the address, what happens, and the line to paste into."""
        yield Static(Content(self._consent.address), id="address", markup=False)
        yield Static(id="said", markup=False)
        line = Input(placeholder="the address that the browser ends at", compact=True)
        line.cursor_blink = False
        yield line

    def on_mount(self) -> None:
        """Open the browser, listen where it may come back to, and count down."""
        self._tick()
        if not cast("Console", self.app).clock_frozen:
            self.set_interval(1.0, self._tick)
        if self._here:
            self.run_worker(self._listen(), group="listen", exit_on_error=False)
        else:
            self._by_hand(f"{_OPEN} {_BY_HAND}")
        self.run_worker(self._browse(quietly=True), group="browser", exit_on_error=False)

    async def _listen(self) -> None:
        try:
            async with listening(self._consent) as listener:
                self._end(await listener.callback())
        except CallbackError as refused:
            self._end(refused if self._consent.seconds_left else CallbackError(_LATE, final=True))
        except AwraError:
            place = self._consent.redirect_url
            self._by_hand(f"Another program listens at {place}, so the answer cannot be heard. {_BY_HAND}")

    def _by_hand(self, sentence: str) -> None:
        self._here = False
        self._say(sentence)

    async def _browse(self, *, quietly: bool) -> None:
        if await opened(self._consent.address):
            self._go_on("Opened in your browser.")
        elif not quietly:
            self.action_copy_address()
        elif self._here:
            self._say(f"{_OPEN} {_WAITING}")

    def _go_on(self, sentence: str) -> None:
        """Say what comes next; where it is a line to paste into, it is open already."""
        self._say(f"{sentence} {_WAITING if self._here else _BY_HAND}")
        if not self._here:
            self.query_one(Input).focus()

    def _say(self, sentence: str) -> None:
        self._said = sentence
        self._tick()

    def _tick(self) -> None:
        left = int(self._consent.seconds_left)
        if not left:
            self._end(CallbackError(_LATE, final=True))
        else:
            clock = f"{left // 60}:{left % 60:02} left."
            self.query_one("#said", Static).update(Content.assemble((clock, "bold"), f" {self._said}"))

    def _end(self, answer: Callback | AwraError) -> None:
        if self.is_current:
            self.dismiss(answer)

    def action_browse(self) -> None:
        """Open the address once more; copy it where no browser can open."""
        self.run_worker(self._browse(quietly=False), group="browser", exit_on_error=False)

    def action_copy_address(self) -> None:
        """Copy the address, over ssh too."""
        self.app.copy_to_clipboard(self._consent.address)
        self._go_on(_COPIED)

    def action_paste(self) -> None:
        """Go to the line to paste into."""
        self.query_one(Input).focus()

    def action_leave(self) -> None:
        """Leave the line, then the question."""
        line = self.query_one(Input)
        if line.has_focus:
            line.value = ""
            self.set_focus(None)
        else:
            super().action_leave()

    def on_paste(self, event: events.Paste) -> None:
        """Take an address that is pasted without a line having been opened for it."""
        self._take(event.text)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the address on the line."""
        event.stop()
        self._take(event.value)

    def _take(self, address: str) -> None:
        try:
            self._end(self._consent.receive(address))
        except CallbackError as refused:
            if refused.final:
                self._end(refused)
            else:
                self.query_one(Input).value = ""
                self._say(harmless(by_key(str(refused))))


class Working(Dialog[tuple[T | None, Exception | None]]):
    """Says what is being done, and ends with it; Escape stops it."""

    KEYS = "esc stop"

    def __init__(self, sentence: str, job: Callable[[], Awaitable[T]]) -> None:
        super().__init__(sentence)
        self._job = job

    def on_mount(self) -> None:
        """Begin."""
        self.run_worker(self._do(), group="work", exit_on_error=False)

    async def _do(self) -> None:
        try:
            outcome: tuple[T | None, Exception | None] = (await self._job(), None)
        except Exception as error:  # noqa: BLE001 - handed to whoever asked for the work
            outcome = (None, error)
        if self.is_current:
            self.dismiss(outcome)


async def worked(screen: BaseScreen, sentence: str, job: Callable[[], Awaitable[T]]) -> T | None:
    """Do work before the screen and return what comes of it; nothing where the person stopped it.

    Whatever the work raises is raised here.
    """
    outcome = await screen.app.push_screen_wait(partial(Working[T], sentence, job)())
    if outcome is None:
        return None
    found, error = outcome
    if error is not None:
        raise error
    return found
