"""Questions of these screens."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from awra_tui.records.text import harmless
from awra_tui.screens.base import BaseScreen


class _YesNo(ModalScreen[bool]):
    BINDINGS: ClassVar[list[BindingType]] = [
        ("y", "answer(True)"),
        ("n", "answer(False)"),
        ("escape", "answer(False)"),
    ]
    DEFAULT_CSS = """
    _YesNo { align: center middle; }
    _YesNo > Vertical { width: 72; height: auto; border: round $accent; padding: 1 2; background: $surface; }
    """

    def __init__(self, sentence: str, lines: Sequence[str], keys: str) -> None:
        super().__init__()
        self.sentence, self.lines, self.keys = sentence, lines, keys

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(
                Content("\n".join(harmless(x) for x in (self.sentence, *self.lines, "", self.keys))),
                markup=False,
            )

    def action_answer(self, yes: bool) -> None:
        self.dismiss(yes)


class _Text(ModalScreen[str | None]):
    BINDINGS: ClassVar[list[BindingType]] = [("escape", "leave")]
    DEFAULT_CSS = _YesNo.DEFAULT_CSS.replace("_YesNo", "_Text")

    def __init__(self, sentence: str, placeholder: str, value: str) -> None:
        super().__init__()
        self.sentence, self.placeholder, self.value = sentence, placeholder, value

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(Content(harmless(self.sentence)), markup=False)
            yield Input(self.value, placeholder=self.placeholder)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.dismiss(event.value)

    def action_leave(self) -> None:
        self.dismiss(None)


async def ask_yes(screen: BaseScreen, sentence: str, lines: Sequence[str] = ()) -> bool:
    return bool(await screen.app.push_screen_wait(_YesNo(sentence, lines, "y yes   n no")))


async def tell(screen: BaseScreen, sentence: str, lines: Sequence[str] = ()) -> None:
    await screen.app.push_screen_wait(_YesNo(sentence, lines, "esc close"))


async def ask_text(screen: BaseScreen, sentence: str, placeholder: str, value: str = "") -> str | None:
    return await screen.app.push_screen_wait(_Text(sentence, placeholder, value))
