"""A line to type in and the list below it, which the arrows move through while typing."""

from collections.abc import Sequence
from typing import Any, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from awra_tui.widgets.columns import Column
from awra_tui.widgets.provider import Provider
from awra_tui.widgets.virtual_table import ArrowTable

R = TypeVar("R")

_WALKS = {
    "up": "cursor_up",
    "down": "cursor_down",
    "pageup": "page_up",
    "pagedown": "page_down",
}


class StillLine(Input):
    """A line to type in whose cursor does not blink: nothing on the screen moves by itself."""

    def __init__(self, placeholder: str, value: str = "") -> None:
        super().__init__(value, placeholder=placeholder, select_on_focus=False)
        self.cursor_blink = False


class SearchLine(StillLine):
    """The line to type in: letters are text, arrows walk through the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, f"walk('{walk}')", show=False) for key, walk in _WALKS.items()
    ]

    def action_walk(self, walk: str) -> None:
        """Move the cursor of the list."""
        table = self.screen.query_one(TypingList).table
        getattr(table, f"action_{walk}")()


class TypingList(Vertical):
    """A search line above a list of what was found."""

    DEFAULT_CSS = """
    TypingList { height: 1fr; }
    TypingList SearchLine { margin: 0 1; }
    """

    def __init__(
        self, provider: Provider[R], columns: Sequence[Column[R]], *, placeholder: str, empty: str
    ) -> None:
        super().__init__()
        self.line = SearchLine(placeholder)
        self.table: ArrowTable[Any] = ArrowTable(provider, columns, empty=empty)

    def compose(self) -> ComposeResult:
        """Compose line and list."""
        yield self.line
        yield self.table
