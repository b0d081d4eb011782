"""How the lines of a list are drawn: margin, cells of exact widths, tones."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from awra_tui.widgets.cells import fit
from awra_tui.widgets.columns import Cell, Column, Placed, layout

R = TypeVar("R")

TONES = ("muted", "strong", "accent", "good", "warn", "bad")
"""The tones of cells; each is a component class ``virtual-table--<tone>``."""


class Painter(Generic[R]):
    """Draws header and rows for one width; ``style_of`` gives the style of a component class."""

    def __init__(
        self,
        columns: Sequence[Column[R]],
        width: int,
        style_of: Callable[[str], Style],
        *,
        boxes: bool,
    ) -> None:
        self.width = width
        self._style_of = style_of
        self._boxes = boxes
        self._margin = 4 if boxes else 2
        self._placed: list[Placed[R]] = layout(columns, width, start=self._margin)

    def column_at(self, x: int) -> Column[R] | None:
        """Return the column at a cell of the line, or nothing."""
        for placed in self._placed:
            if placed.start <= x < placed.start + placed.width:
                return placed.column
        return None

    def header(self, base: Style, sort: tuple[str, bool]) -> Strip:
        """Draw the names of the columns, with an arrow at the one that the list is sorted by."""
        style = base + self._style_of("header")
        return self._strip("", [Cell(_heading(placed, sort)) for placed in self._placed], style)

    def row(self, row: R | None, style: Style, *, at_cursor: bool, selected: bool) -> Strip:
        """Draw a row, or dots while it is being read."""
        margin = "▸ " if at_cursor else "  "
        if self._boxes:
            margin += "☑ " if selected else "☐ "
        cells = [Cell("…", "muted") if row is None else _cell(placed.column, row) for placed in self._placed]
        return self._strip(margin, cells, style)

    def sentence(self, text: str, base: Style) -> Strip:
        """Draw a line that is no row."""
        return Strip([Segment(fit("  " + text, self.width), base + self._style_of("muted"))])

    def _strip(self, margin: str, cells: Sequence[Cell], style: Style) -> Strip:
        segments = [Segment(fit(margin, self._margin), style)]
        for placed, cell in zip(self._placed, cells, strict=True):
            text = fit(_said(cell, placed.width), placed.width, right=placed.column.right)
            tone = style + self._style_of(cell.tone) if cell.tone else style
            segments += [Segment(text, tone), Segment(" ", style)]
        return Strip(segments).adjust_cell_length(self.width, style)


def _heading(placed: Placed[R], sort: tuple[str, bool]) -> str:
    by, descending = sort
    arrow = (" ↓" if descending else " ↑") if by and placed.column.sort == by else ""
    label = placed.column.label
    if placed.column.short and cell_len(label + arrow) > placed.width:
        label = placed.column.short
    return label + arrow


def _said(cell: Cell, width: int) -> str:
    return cell.short if cell.short and cell_len(cell.text) > width else cell.text


def _cell(column: Column[R], row: R) -> Cell:
    made = column.cell(row)
    return Cell(made) if isinstance(made, str) else made
