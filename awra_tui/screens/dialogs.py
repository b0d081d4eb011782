"""Questions in front of a screen: yes or no, a line of text, a choice; and lists that are only read."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any, ClassVar, TypeVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static
from textual.worker import Worker

from awra_tui.records.errors import AwraError
from awra_tui.screens.base import BaseScreen
from awra_tui.widgets.cells import one_line

T = TypeVar("T")

LONGEST, QUESTION, CHOICE = 2_000, 300, 60
"""Cells of one line below a question that are shown, of the question itself, and of one choice."""


MOST, LEAST = 16, 3
"""Lines below a question that are shown at once."""


class Dialog(ModalScreen[T | None]):
    """A box over the screen; what is behind it waits, Escape leaves it without an answer."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]
    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: $background 60%;
        & > Vertical {
            width: 76; max-width: 94%; height: auto; max-height: 90%;
            border: round $accent; padding: 0 2; background: $surface;
        }
        & VerticalScroll { height: auto; scrollbar-size-vertical: 1; }
        & Input { margin: 1 0 0 0; background: $panel; }
        & .question { text-style: bold; margin: 0 0 1 0; }
        & .keys { color: $secondary; margin: 1 0 0 0; }
    }
    """
    KEYS: ClassVar[str] = "esc close"

    def __init__(self, sentence: str, lines: Sequence[str] = ()) -> None:
        super().__init__()
        self._sentence = sentence
        self._lines = lines

    def compose(self) -> ComposeResult:
        """Compose the question, what stands below it, and the keys that answer."""
        with Vertical():
            yield Static(Content(_question(self._sentence)), classes="question")
            if self._lines:
                with VerticalScroll():
                    yield Static(self.told(self._lines), id="told")
            yield from self.answer()
            yield Static(_keys(self.keys_said()), classes="keys")

    def on_resize(self) -> None:
        """Give what stands below the question so many lines that the keys stay in sight."""
        for told in self.query(VerticalScroll):
            told.styles.max_height = MOST
            self.call_after_refresh(self._fit, told)

    def _fit(self, told: VerticalScroll) -> None:
        room = self.query_one(Vertical).scrollable_content_region.height
        over = self.query_one(".keys").virtual_region.bottom - room
        if over > 0:
            told.styles.max_height = max(told.size.height - over, LEAST)

    @staticmethod
    def told(lines: Sequence[str]) -> Content:
        """Return what stands below the question."""
        return _stacked(lines, LONGEST)

    def keys_said(self) -> str:
        """Return the keys that answer, as the last line says them."""
        return self.KEYS

    def answer(self) -> ComposeResult:
        """Yield the widgets that take the answer."""
        yield from ()

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)


class YesNo(Dialog[bool]):
    """A question that only y and n answer: Enter, pressed once too often, must not."""

    KEYS = "y yes   n no"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "reply(True)", show=False),
        Binding("n", "reply(False)", show=False),
    ]

    def action_reply(self, yes: bool) -> None:
        """Answer."""
        self.dismiss(yes)


class Keyed(Dialog[str]):
    """A question that only the keys named below it answer, each with a word for what it does."""

    def __init__(self, sentence: str, lines: Sequence[str], keys: Mapping[str, str]) -> None:
        super().__init__(sentence, lines)
        self._answers = dict(keys)

    def keys_said(self) -> str:
        """Return the keys with their words."""
        return "   ".join(f"{key} {word}" for key, word in self._answers.items())

    def on_key(self, event: events.Key) -> None:
        """Answer with the key."""
        if event.key in self._answers:
            # Else the same key would go on to the screen below, which may be uppermost by then.
            event.stop()
            self.dismiss(event.key)


class Busy(Dialog[bool]):
    """A sentence while something is asked for; answers yes when the answer is there."""

    KEYS = "esc stop"

    def __init__(self, sentence: str, asking: asyncio.Future[Any]) -> None:
        super().__init__(sentence)
        self._asking = asking
        self._waiting: Worker[None] | None = None

    def on_mount(self) -> None:
        """Wait."""
        self._waiting = self.run_worker(self._wait(), group="load-busy")

    def action_leave(self) -> None:
        """Wait no longer."""
        if self._waiting is not None:
            self._waiting.cancel()
        super().action_leave()

    async def _wait(self) -> None:
        await asyncio.wait({self._asking})
        self.dismiss(True)  # noqa: FBT003 - the answer of a question


class Told(Dialog[None]):
    """Something to read."""

    KEYS = "enter or esc close"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,q", "leave", show=False)]


class Line(Dialog[str]):
    """A line of text; suggestions are taken with up and down.

    ``replacing`` selects what stands on it, so that typing takes its place. ``refusing`` raises AwraError
    for what is no answer: that is said below the line, which stays with what was typed.
    ``first`` returns a sentence to stand before ``lines`` as soon as it is there: what takes time to count.
    """

    KEYS = "enter take it   esc leave"
    KEYS_SUGGESTING = "enter take it   ↑ ↓ suggestions   esc leave"
    AUTO_FOCUS = "Input"
    DEFAULT_CSS = """
    Line #refused { display: none; color: $warning; margin: 1 0 0 0; }
    Line #refused.-said { display: block; }
    """

    def __init__(
        self,
        sentence: str,
        lines: Sequence[str] = (),
        *,
        placeholder: str = "",
        value: str = "",
        suggestions: Sequence[str] = (),
        replacing: bool = False,
        first: Callable[[], Coroutine[Any, Any, str]] | None = None,
        refusing: Callable[[str], object] = str,
    ) -> None:
        super().__init__(sentence, ("", *lines) if first else lines)
        self._first = first
        self._refusing = refusing
        self._placeholder = placeholder
        self._value = value
        self._replacing = replacing
        self._suggestions = list(suggestions)
        self._place: int | None = None

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "suggest(1)", show=False),
        Binding("up", "suggest(-1)", show=False),
    ]

    def on_mount(self) -> None:
        """Count what is to be said first."""
        if self._first is not None:
            self.run_worker(self._say_first(self._first()), group="load-line", exit_on_error=False)

    async def _say_first(self, counting: Coroutine[Any, Any, str]) -> None:
        told = await counting
        self.query_one("#told", Static).update(self.told([told, *self._lines[1:]]))

    def keys_said(self) -> str:
        """Return the keys that answer; the arrows do nothing where nothing is suggested."""
        return self.KEYS_SUGGESTING if self._suggestions else self.KEYS

    def answer(self) -> ComposeResult:
        """Yield the line, what is wrong with it, and below it what is often written there."""
        line = self.line()
        line.select_on_focus = self._replacing
        line.cursor_blink = False
        yield line
        yield Static(id="refused", markup=False)
        if self._suggestions:
            yield Static(_stacked([f"  {each}" for each in self._suggestions], CHOICE), classes="muted")

    def line(self) -> Input:
        """Return the line to write on."""
        return Input(self._value, placeholder=self._placeholder, compact=True)

    def action_suggest(self, step: int) -> None:
        """Put the next suggestion on the line."""
        if self._suggestions:
            first = 0 if step > 0 else -1
            self._place = (first if self._place is None else self._place + step) % len(self._suggestions)
            line = self.query_one(Input)
            line.value = self._suggestions[self._place]
            line.cursor_position = len(line.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer with the line, unless it is refused."""
        try:
            self._refusing(event.value)
        except AwraError as refused:
            self._refuse(str(refused))
        else:
            self.dismiss(event.value)

    def on_input_changed(self) -> None:
        """Take back what was said of the line as it was."""
        self._refuse("")

    def _refuse(self, said: str) -> None:
        line = self.query_one("#refused", Static)
        if said or line.has_class("-said"):
            line.update(one_line(said, LONGEST))
            line.set_class(bool(said), "-said")
            self.on_resize()


class Choice(Dialog[str]):
    """One of a few: by its letter, or with the arrows and Enter."""

    KEYS = "its letter, or ↑ ↓ and enter   esc leave"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", show=False),
        Binding("up", "step(-1)", show=False),
        Binding("enter", "take", show=False),
    ]

    def __init__(self, sentence: str, choices: Sequence[tuple[str, str]], at: str = "") -> None:
        super().__init__(sentence)
        self._choices = list(choices)
        names = [name for name, _ in choices]
        self._place = names.index(at) if at in names else 0

    def answer(self) -> ComposeResult:
        """Yield the choices."""
        yield Static(self._drawn(), id="choices")

    def _drawn(self) -> Content:
        lines = []
        for place, (_, told) in enumerate(self._choices):
            label = one_line(told, CHOICE)
            here = place == self._place
            sign, tone = ("▸ ", "bold") if here else ("  ", "")
            lines.append(Content.assemble(sign, (chr(ord("a") + place), "bold $accent"), "  ", (label, tone)))
        return Content("\n").join(lines)

    def action_step(self, step: int) -> None:
        """Go to the next choice."""
        self._place = (self._place + step) % len(self._choices)
        self.query_one("#choices", Static).update(self._drawn())

    def action_take(self) -> None:
        """Answer with the choice under the cursor."""
        self.dismiss(self._choices[self._place][0])

    def key_of(self, character: str | None) -> str | None:
        """Return the choice that a letter stands for, or nothing."""
        place = ord(character) - ord("a") if character and len(character) == 1 else -1
        return self._choices[place][0] if 0 <= place < len(self._choices) else None

    def on_key(self, event: events.Key) -> None:
        """Answer with the choice whose letter was pressed."""
        chosen = self.key_of(event.character)
        if chosen is not None:
            # Else the same key would go on to the screen below, which may be uppermost by then.
            event.stop()
            self.dismiss(chosen)


async def ask_yes(screen: BaseScreen, sentence: str, lines: Sequence[str] = ()) -> bool:
    """Ask a question that only y answers with yes."""
    answer = await screen.app.push_screen_wait(YesNo(sentence, lines))
    return bool(answer)


async def ask_key(screen: BaseScreen, sentence: str, lines: Sequence[str], keys: Mapping[str, str]) -> str:
    """Ask a question that its keys answer; return the key, or nothing after Escape."""
    return await screen.app.push_screen_wait(Keyed(sentence, lines, keys)) or ""


async def while_asking(
    screen: BaseScreen, sentence: str, job: Callable[[], Coroutine[Any, Any, T]]
) -> T | None:
    """Show a sentence until a job has its answer; return that, or None where a person stopped it.

    An answer that is there at once needs no sentence.
    """
    asking = asyncio.create_task(job())
    try:
        for _ in range(_AT_ONCE):
            await asyncio.sleep(0)
        if not asking.done():
            there = await screen.app.push_screen_wait(Busy(sentence, asking))
            if not there:
                return None
        return await asking
    finally:
        asking.cancel()


_AT_ONCE = 3
"""Turns of the event loop in which an answer counts as there at once."""


async def tell(screen: BaseScreen, sentence: str, lines: Sequence[str] = ()) -> None:
    """Show something to read."""
    await screen.app.push_screen_wait(Told(sentence, lines))


async def ask_text(
    screen: BaseScreen,
    sentence: str,
    placeholder: str = "",
    value: str = "",
    *,
    lines: Sequence[str] = (),
    suggestions: Sequence[str] = (),
) -> str | None:
    """Ask for a line of text; nothing is answered with Escape."""
    dialog = Line(sentence, lines, placeholder=placeholder, value=value, suggestions=suggestions)
    return await screen.app.push_screen_wait(dialog)


def _question(text: str) -> str:
    """Return a question in ``QUESTION`` cells: what stands before it is cut sooner than what is asked."""
    told, _, asked = text.rpartition(". ")
    asked = one_line(asked, QUESTION)
    room = QUESTION - cell_len(asked) - 1
    if cell_len(one_line(text, QUESTION + 1)) <= QUESTION or room < cell_len(asked):
        return one_line(text, QUESTION)
    return f"{one_line(told, room)} {asked}"


def needing(sentence: str) -> Callable[[str], None]:
    """Return what refuses an empty line with a sentence."""

    def refuse(said: str) -> None:
        if not said.strip():
            raise AwraError(sentence)

    return refuse


def _stacked(lines: Sequence[str], width: int) -> Content:
    return Content("\n".join(one_line(line, width) for line in lines))


def _keys(text: str) -> Content:
    return Content.styled(text, "$secondary")
