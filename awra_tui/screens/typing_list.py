"""A line to type in and the list below it, which the arrows move through while typing."""

from collections.abc import Iterable, Sequence
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from awra_tui.widgets.columns import Column
from awra_tui.widgets.provider import Listed
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


class TypingList(Vertical, Generic[R]):
    """A search line above a list of what was found; ``sought`` is what the list answers."""

    DEFAULT_CSS = """
    TypingList { height: 1fr; }
    TypingList SearchLine { margin: 0 1; }
    """

    def __init__(
        self, rows: Listed[R], columns: Sequence[Column[R]], *, placeholder: str, empty: str
    ) -> None:
        super().__init__()
        self.line = SearchLine(placeholder)
        self.table: ArrowTable[R] = ArrowTable(rows, columns, empty=empty)
        self.sought: object = None
        self._rows = rows
        self._is_drawn = True

    def show_found(self, rows: Iterable[R], sought: object) -> None:
        """Show what was found, from its beginning where something else was sought before."""
        self._is_drawn = self._is_drawn and sought == self.sought
        self.sought = sought
        self._rows.set(rows)
        self.table.show()

    def on_virtual_table_loaded(self) -> None:
        """Begin with the first of what was found anew."""
        if not self._is_drawn:
            self._is_drawn = True
            self.table.action_first()

    @property
    def highlighted(self) -> R | None:
        """What is highlighted, or will be: the first, while the list still shows what was before."""
        return self.table.cursor_row if self._is_drawn else next(iter(self._rows.all), None)

    def compose(self) -> ComposeResult:
        """Compose line and list."""
        yield self.line
        yield self.table
