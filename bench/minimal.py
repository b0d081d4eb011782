"""The least that a Textual program with a list does: 200 rows and a line to narrow them."""

from textual.app import App, ComposeResult
from textual.widgets import DataTable, Input

from bench.names import PARTIES

ROWS = 200
COLUMNS = ("Number", "Party", "Amount", "Date", "Status", "Reason")


class MinimalApp(App[None]):
    """A table, and a filter above it."""

    BINDINGS = [("slash", "filter", "Filter"), ("escape", "list", "List"), ("q", "quit", "Quit")]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        """Compose the two."""
        yield Input(placeholder="type to narrow", compact=True)
        yield DataTable(cursor_type="row")

    def on_mount(self) -> None:
        """Fill the table."""
        table = self.query_one(DataTable)
        table.add_columns(*COLUMNS)
        self._fill("")
        table.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the rows that contain what was typed."""
        self._fill(event.value)

    def action_filter(self) -> None:
        """Go to the filter."""
        self.query_one(Input).focus()

    def action_list(self) -> None:
        """Show all rows again."""
        self.query_one(Input).value = ""
        self.query_one(DataTable).focus()

    def _fill(self, text: str) -> None:
        table = self.query_one(DataTable)
        table.clear()
        table.add_rows(row for row in _rows() if text.lower() in row[1].lower())


def _rows() -> list[tuple[str, ...]]:
    return [
        (
            f"INV-{number:06}", PARTIES[number % len(PARTIES)], "12,500.00", "03 Nov", "failed",
            "The tax category is not mapped",
        )
        for number in range(ROWS)
    ]  # fmt: skip


if __name__ == "__main__":
    MinimalApp().run()
