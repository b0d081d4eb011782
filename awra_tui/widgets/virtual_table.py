"""A list of any length: only the lines that are seen are read and drawn."""

from array import array
from collections.abc import Callable, Coroutine, Iterable, Sequence
from functools import partial
from typing import Any, ClassVar, Generic, TypeVar

from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.worker import Worker

from awra_tui.widgets.columns import Column
from awra_tui.widgets.keys import table_bindings
from awra_tui.widgets.order import Order
from awra_tui.widgets.painter import TONES, Painter
from awra_tui.widgets.provider import Provider
from awra_tui.widgets.rowstore import RowStore

R = TypeVar("R")

MARGIN = 50
"""Rows read beyond what is seen, in both directions."""


class VirtualTable(ScrollView, Generic[R], can_focus=True, inherit_bindings=False):
    """A list over a provider, with a cursor that stands on a row and a selection that is a set of ids.

    Both survive refresh, filter and sort; ``selectable`` shows boxes. Text of cells is data, never
    markup. Enter and the space bar are the screen's.
    """

    BINDINGS = table_bindings()
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "virtual-table--header", "virtual-table--cursor", "virtual-table--cursor-blurred",
        *(f"virtual-table--{tone}" for tone in TONES),
    }  # fmt: skip
    DEFAULT_CSS = """
    VirtualTable {
        height: 1fr;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        background: $background;
        & > .virtual-table--header { color: $secondary; }
        & > .virtual-table--cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
        & > .virtual-table--cursor-blurred { background: $block-cursor-blurred-background; }
        & > .virtual-table--muted { color: $secondary; }
        & > .virtual-table--strong { text-style: bold; }
        & > .virtual-table--accent { color: $accent; }
        & > .virtual-table--good { color: $success; }
        & > .virtual-table--warn { color: $warning; }
        & > .virtual-table--bad { color: $error; }
    }
    """

    empty = reactive("Nothing here.")

    class Highlighted(Message):
        """The cursor came to a row, or the list became empty (``row_id`` is nothing)."""

        def __init__(self, table: "VirtualTable[Any]", row_id: int | None) -> None:
            super().__init__()
            self.table = table
            self.row_id = row_id

        @property
        def control(self) -> "VirtualTable[Any]":
            """The list."""
            return self.table

    class Opened(Highlighted):
        """Enter or a double click on a row."""

    class Told(Message):
        """A list tells something of itself."""

        def __init__(self, table: "VirtualTable[Any]") -> None:
            super().__init__()
            self.table = table

        @property
        def control(self) -> "VirtualTable[Any]":
            """The list."""
            return self.table

    class SelectionChanged(Told):
        """Rows were selected or unselected."""

    class SortAsked(Message):
        """A click on the header of a column that can be sorted by."""

        def __init__(self, table: "VirtualTable[Any]", sort: str) -> None:
            super().__init__()
            self.table = table
            self.sort = sort

    class Loaded(Told):
        """The order of all rows is there, and those that are seen are being read."""

    class Failed(Message):
        """The rows could not be read."""

        def __init__(self, table: "VirtualTable[Any]", error: Exception) -> None:
            super().__init__()
            self.table = table
            self.error = error

    def __init__(
        self,
        provider: Provider[R],
        columns: Sequence[Column[R]],
        *,
        selectable: bool = False,
        empty: str = "Nothing here.",
        id: str | None = None,  # noqa: A002 - as every widget of Textual calls it
    ) -> None:
        super().__init__(id=id)
        self.provider = provider
        self.columns = list(columns)
        self.selectable = selectable
        self.selected: set[int] = set()
        self.sort = ("", False)
        self.loaded = False
        self.order = Order()
        self._query: object = None
        self._rows: RowStore[R] = RowStore()
        self._fetching = False
        self._painter: Painter[R] | None = None
        self._strips: dict[tuple[int, bool, bool], Strip] = {}
        self.set_reactive(VirtualTable.empty, empty)

    @property
    def cursor_id(self) -> int | None:
        """The id under the cursor."""
        return self.order.cursor

    @property
    def cursor_row(self) -> R | None:
        """The row under the cursor, nothing while it is being read."""
        return self._rows.get(self.cursor_id)

    @property
    def count(self) -> int:
        """How many rows the list has."""
        return len(self.order.ids)

    def show(self, query: object = None) -> None:
        """Read the list anew, for ``query``; what is seen stays until the new rows are there."""
        self._query = query
        self._work(partial(self._load, query), f"list-{id(self)}")

    def _work(self, job: Callable[[], Coroutine[Any, Any, None]], group: str) -> Worker[None]:
        """Read beside the event loop's other work; what was being read for the same end is given up."""
        return self.run_worker(job, group=group, exclusive=True, exit_on_error=False)

    def chosen(self) -> list[int]:
        """Return the selected ids in the order of the list, or the one under the cursor."""
        if self.selected:
            here = [row_id for row_id in self.order.ids if row_id in self.selected]
            return here + sorted(self.selected.difference(here))
        return [] if self.cursor_id is None else [self.cursor_id]

    def select(self, ids: Iterable[int]) -> None:
        """Make ``ids`` the selection."""
        self.selected = set(ids)
        self.redraw()
        self.post_message(self.SelectionChanged(self))

    def toggle(self) -> None:
        """Select or unselect the row under the cursor."""
        if self.selectable and self.cursor_id is not None:
            self.select(self.selected ^ {self.cursor_id})

    def toggle_all(self) -> None:
        """Select every row of the list; where all are selected already, none."""
        every = set(self.order.ids)
        self.select(self.selected - every if every <= self.selected else self.selected | every)

    def go_to(self, row_id: int) -> bool:
        """Put the cursor on a row; return whether the list has it."""
        place = self.order.find(row_id)
        if place is None:
            return False
        self._move_to(place)
        return True

    def step(self, rows: int) -> None:
        """Move the cursor by some rows."""
        if rows:
            self._move_to(self.order.index + rows)

    def set_columns(self, columns: Sequence[Column[R]]) -> None:
        """Show other columns."""
        self.columns = list(columns)
        self._painter = None
        self.redraw()

    def sorted_by(self, sort: str, *, descending: bool) -> None:
        """Show in the header which order the list has."""
        self.sort = (sort, descending)
        self.redraw()

    async def _load(self, query: object) -> None:
        try:
            if not self.loaded:
                head = await self.provider.head(query, max(self.size.height, 30))
                self._take((), head)
                self._arrange(array("q", [self.provider.id_of(row) for row in head]))
            ids = await self.provider.ids(query)
        except Exception as error:  # noqa: BLE001 - the screen says it in words
            self.post_message(self.Failed(self, error))
            return
        self.loaded = True
        self._rows.expire()
        self._arrange(ids)
        self.post_message(self.Loaded(self))

    def _arrange(self, ids: "array[int]") -> None:
        before = self.cursor_id
        self.order.replace(ids)
        self.virtual_size = Size(0, len(ids) + 1)
        self.refresh(layout=self.styles.is_auto_height)
        self.redraw()
        self._keep_in_sight()
        if before != self.cursor_id or not ids:
            self.post_message(self.Highlighted(self, self.cursor_id))
        self._fetch_what_is_seen()

    def _fetch_what_is_seen(self) -> None:
        if not self._fetching and (missing := self._missing()):
            self._fetching = True
            self._work(partial(self._fetch, missing), f"rows-{id(self)}")

    def _missing(self) -> list[int]:
        first = max(0, self.scroll_offset.y - MARGIN)
        seen = self.order.ids[first : self.scroll_offset.y + self.size.height + MARGIN]
        return self._rows.missing(seen)

    async def _fetch(self, ids: list[int]) -> None:
        try:
            rows = await self.provider.rows(ids)
        except Exception as error:  # noqa: BLE001 - the screen says it in words
            self._fetching = False
            self.post_message(self.Failed(self, error))
            return
        self._take(ids, rows)
        self._fetching = False
        self.redraw()
        if self.cursor_id in ids:
            self.post_message(self.Highlighted(self, self.cursor_id))
        self._fetch_what_is_seen()

    def _take(self, asked: Sequence[int], rows: Sequence[R]) -> None:
        self._rows.take(asked, ((self.provider.id_of(row), row) for row in rows))

    def _move_to(self, index: int) -> None:
        before, top = self.order.index, self.scroll_offset.y
        if self.order.move_to(index):
            self._keep_in_sight()
            self._redraw_rows(before, self.order.index, scrolled=self.scroll_offset.y != top)
            self.post_message(self.Highlighted(self, self.cursor_id))
            self._fetch_what_is_seen()

    def _keep_in_sight(self) -> None:
        page = max(1, self.size.height - 1)
        top = min(self.scroll_offset.y, max(0, self.count - page))
        top = max(min(top, self.order.index), self.order.index - page + 1)
        self.scroll_to(y=top, animate=False, force=True)

    def action_cursor_up(self) -> None:
        """Go one row up."""
        self._move_to(self.order.index - 1)

    def action_cursor_down(self) -> None:
        """Go one row down."""
        self._move_to(self.order.index + 1)

    def action_page_up(self) -> None:
        """Go one page up."""
        self._move_to(self.order.index - max(1, self.size.height - 2))

    def action_page_down(self) -> None:
        """Go one page down."""
        self._move_to(self.order.index + max(1, self.size.height - 2))

    def action_first(self) -> None:
        """Go to the first row."""
        self._move_to(0)

    def action_last(self) -> None:
        """Go to the last row."""
        self._move_to(self.count - 1)

    def action_open(self) -> None:
        """Open the row under the cursor."""
        if self.cursor_id is not None:
            self.post_message(self.Opened(self, self.cursor_id))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is; on a box select, on a header sort, twice opens."""
        if event.y == 0:
            self._sort_at(event.x)
            return
        index = event.y - 1 + self.scroll_offset.y
        if index >= self.count:
            return
        self._move_to(index)
        if self.selectable and event.x < 4:
            self.toggle()
        elif event.chain == 2:
            self.action_open()

    def _sort_at(self, x: int) -> None:
        column = self._painter_now().column_at(x)
        if column is not None and column.sort:
            self.post_message(self.SortAsked(self, column.sort))

    def on_resize(self) -> None:
        """Keep the cursor in sight and read what has come into it."""
        self._keep_in_sight()
        self._fetch_what_is_seen()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Read what has come into sight."""
        super().watch_scroll_y(old_value, new_value)
        self._fetch_what_is_seen()

    def on_focus(self) -> None:
        """Draw the cursor as one that follows the keys."""
        self.redraw()

    def on_blur(self) -> None:
        """Draw the cursor as one that waits."""
        self.redraw()

    def notify_style_update(self) -> None:
        """Draw in the new colours."""
        super().notify_style_update()
        self._strips.clear()

    def _redraw_rows(self, *indices: int, scrolled: bool) -> None:
        """Draw rows that the cursor left or came to: nothing that the cells say has changed."""
        lines = (index - self.scroll_offset.y + 1 for index in indices)
        regions = [Region(0, line, self.size.width, 1) for line in lines if 0 < line < self.size.height]
        self.refresh(*(() if scrolled else regions))

    def redraw(self) -> None:
        """Draw every line anew, after what the cells say has changed."""
        self._strips.clear()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line: the header, a row, or what there is to say where no row is."""
        painter = self._painter_now()
        if y == 0:
            return painter.header(self.rich_style, self.sort)
        index = y - 1 + self.scroll_offset.y
        if index < self.count:
            return self._row_strip(painter, index)
        said = self.empty if self.loaded and not self.count and index == 0 else ""
        return painter.sentence(said, self.rich_style)

    def _painter_now(self) -> Painter[R]:
        """Return the painter for the present width; a scroll bar changes it without a resize."""
        width = self.scrollable_content_region.width
        if self._painter is None or self._painter.width != width:
            self._painter = Painter(self.columns, width, self._style_of, boxes=self.selectable)
            self._strips.clear()
        return self._painter

    def _row_strip(self, painter: Painter[R], index: int) -> Strip:
        row_id = self.order.ids[index]
        at_cursor, selected = index == self.order.index, row_id in self.selected
        key = (row_id, at_cursor, selected)
        if key not in self._strips:
            style = self._cursor_style() if at_cursor else self.rich_style
            row = self._rows.get(row_id)
            self._strips[key] = painter.row(row, style, at_cursor=at_cursor, selected=selected)
        return self._strips[key]

    def _cursor_style(self) -> Style:
        name = "cursor" if self.has_focus else "cursor-blurred"
        return self.get_component_rich_style(f"virtual-table--{name}")

    def _style_of(self, name: str) -> Style:
        return self.get_component_rich_style(f"virtual-table--{name}", partial=True)


class ArrowTable(VirtualTable[R], inherit_bindings=False):
    """A list that leaves the letters j, k, g and G to its screen."""

    BINDINGS = table_bindings(letters=False)
