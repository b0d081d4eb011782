"""Find any record as one types: by number, party, reference or amount."""

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static
from textual.worker import Worker

from awra_tui.cache.pages.records import RelatedRow, search_records
from awra_tui.records.kinds import KINDS
from awra_tui.records.money import shown_minor
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.screens.base import Console, sentence_of
from awra_tui.widgets.cells import one_line
from awra_tui.widgets.columns import Cell, Column
from awra_tui.widgets.figures import day
from awra_tui.widgets.provider import Listed
from awra_tui.widgets.virtual_table import ArrowTable

FOUND = 50
"""Records that are listed; more words find fewer."""

COLUMNS: list[Column[RelatedRow]] = [
    Column(name="kind", label="Kind", cell=lambda row: KINDS[row.kind].label, width=14, priority=3),
    Column(name="number", label="Number", width=10, share=1, most=18,
           cell=lambda row: row.number or row.source_id),
    Column(name="party", label="Party", cell=lambda row: row.party, width=10, share=2, most=34),
    Column(name="amount", label="Amount", width=16, right=True,
           cell=lambda row: shown_minor(row.amount_minor, row.currency) if row.amount_minor else "–"),
    Column(name="date", label="Date", cell=lambda row: day(row.date), width=9, priority=2),
    Column(name="status", label="Status", width=15, priority=1,
           cell=lambda row: Cell(row.status.label, "good" if row.status is Status.SUCCEEDED else "warn")),
]  # fmt: skip


class FindScreen(ModalScreen[RecordKey | None]):
    """A line to type in and what it finds; Enter answers with the record under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("down", "step(1)", show=False),
        Binding("up", "step(-1)", show=False),
        Binding("pagedown", "step(10)", show=False),
        Binding("pageup", "step(-10)", show=False),
    ]
    DEFAULT_CSS = """
    FindScreen {
        align: center top;
        & > Vertical {
            width: 100; max-width: 100%; height: 20; max-height: 90%; margin: 1 0 0 0;
            border: round $accent; padding: 0 1; background: $surface;
        }
        & Input { background: $panel; }
        & VirtualTable { background: $surface; height: 1fr; margin: 1 0 0 0; }
        & #said { height: 1; color: $secondary; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._rows: Listed[RelatedRow] = Listed(lambda row: (row.kind, row.source_id))

    def compose(self) -> ComposeResult:
        """Compose the line, the list, and what there is to say."""
        with Vertical():
            line = Input(placeholder="number, party, reference or amount", compact=True)
            line.cursor_blink = not getattr(self.app, "clock_frozen", False)
            yield line
            yield ArrowTable(self._rows, COLUMNS, empty="")
            yield Static("enter open   ↑ ↓ choose   esc leave", id="said", markup=False)

    def on_key(self, event: events.Key) -> None:
        """Take what is typed before the line has the keys."""
        line = self.query_one(Input)
        if event.character and event.is_printable and not line.has_focus:
            event.stop()
            line.insert_text_at_cursor(event.character)
            self.set_focus(line)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search for what is typed; the search before it is given up."""
        self._search_for(partial(self._search, event.value))

    def _search_for(self, search: Callable[[], Coroutine[Any, Any, None]]) -> Worker[None]:
        return self.run_worker(search, group="search", exclusive=True, exit_on_error=False)

    async def _search(self, text: str) -> None:
        table = self.query_one(ArrowTable)
        try:
            desk = cast("Console", self.app).desk
            rows = await desk.page(search_records, text, FOUND) if text.strip() else []
        except Exception as error:  # noqa: BLE001 - ends in words here
            rows, table.empty = [], one_line(sentence_of(error), 300)
        else:
            table.empty = f"No record has “{one_line(text, 40)}”." if text.strip() else ""
        self._rows.set(rows)
        table.show()

    def action_step(self, rows: int) -> None:
        """Move the cursor while the line keeps the keys."""
        self.query_one(ArrowTable).step(rows)

    def on_input_submitted(self) -> None:
        """Answer with the record under the cursor."""
        row = self.query_one(ArrowTable).cursor_row
        if row is not None:
            self.dismiss(RecordKey(row.kind, row.source_id))

    def on_virtual_table_opened(self) -> None:
        """Answer with the record that was clicked twice."""
        self.on_input_submitted()

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)
