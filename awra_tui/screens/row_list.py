"""A list of short length with aligned columns: choices, steps, attempts of one record or run."""

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from awra_tui.screens.columns import Column, Row, heading, line, widths


class Rows(OptionList):
    """The rows below the headings; one line each, never wrapped."""

    DEFAULT_CSS = """
    Rows, Rows:focus { border: none; padding: 0; height: 1fr; background: $background; }
    Rows { text-wrap: nowrap; text-overflow: ellipsis; }
    Rows { scrollbar-size-vertical: 1; }
    Rows > .option-list--option { padding: 0 1; }
    """

    class Resized(events.Message):
        """The width changed: rows are to be aligned anew."""

    def on_resize(self) -> None:
        """Tell the list that surrounds these rows."""
        self.post_message(self.Resized())


class RowList(Vertical):
    """Headings, rows, and a sentence where there are no rows.

    Rows keep their ids: the highlight stays with its id when rows are shown anew. Selecting and
    moving are told by the messages of OptionList.
    """

    DEFAULT_CSS = """
    RowList { height: 1fr; }
    RowList > .headings { padding: 0 1; height: 1; }
    RowList > .empty { padding: 1 2; color: $text-muted; height: auto; }
    """

    columns: reactive[tuple[Column, ...]] = reactive((), init=False)

    def __init__(self, columns: Sequence[Column], *, empty: str, id: str | None = None) -> None:
        super().__init__(id=id)
        self.set_reactive(RowList.columns, tuple(columns))
        self.empty = empty
        self.rows: tuple[Row, ...] = ()
        self._width = 0

    def compose(self) -> ComposeResult:
        """Show headings, rows and the sentence for none."""
        yield Static(classes="headings", markup=False)
        yield Rows(markup=False)
        yield Static(self.empty, classes="empty", markup=False)

    def on_mount(self) -> None:
        """Begin with nothing to show."""
        self.query_one(".empty").display = False

    @property
    def list(self) -> Rows:
        """The rows as a widget: to focus, to read the highlight from."""
        return self.query_one(Rows)

    @property
    def current(self) -> str:
        """The id of the highlighted row, or nothing."""
        option = self.list.highlighted_option
        return (option.id or "") if option else ""

    def show(self, rows: Sequence[Row], *, empty: str = "", highlight: str = "") -> None:
        """Show these rows; ``highlight`` moves to a row, else the highlight stays where it was."""
        keep = highlight or self.current
        self.rows = tuple(rows)
        notice = self.query_one(".empty", Static)
        notice.update(Content(empty or self.empty))
        notice.display = not rows
        self.list.display = bool(rows)
        self.query_one(".headings").display = bool(rows)
        self._fill(keep)

    def watch_columns(self) -> None:
        """Align anew when other columns are wanted."""
        self._fill(self.current)

    def on_rows_resized(self) -> None:
        """Align anew when the width changed."""
        if self.list.scrollable_content_region.width != self._width:
            self._fill(self.current)

    def _fill(self, keep: str) -> None:
        rows, self._width = self.list, self.list.scrollable_content_region.width
        taken = widths(self.columns, max(self._width - 2, 20))
        place = rows.highlighted or 0
        self.query_one(".headings", Static).update(heading(self.columns, taken))
        rows.set_options(
            Option(line(row.cells, self.columns, taken, row.style), id=row.id, disabled=row.off)
            for row in self.rows
        )
        ids = [row.id for row in self.rows]
        if ids:
            rows.highlighted = ids.index(keep) if keep in ids else min(place, len(ids) - 1)
