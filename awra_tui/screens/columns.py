"""Rows of aligned columns for lists: cell-aware, so that wide and combining characters stay in line."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from awra_tui.records.text import harmless

_GAP = 2


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading and ``width`` in cells.

    Columns with ``grow`` share what is left over; those with ``above`` are shown only where the
    list has at least that many cells.
    """

    label: str
    width: int
    right: bool = False
    grow: int = 0
    above: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One row: an id for the list, its cells, and a style for all of it; ``off`` cannot be chosen."""

    id: str
    cells: tuple[str, ...]
    style: str = ""
    off: bool = False


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Return ``text`` harmless and exactly ``width`` cells wide, with an ellipsis where it was cut."""
    plain = harmless(text[: width * 4 + 8])  # a name of 10,000 characters costs no more than a short one
    wide = cell_len(plain)
    if wide > width:
        return set_cell_size(plain, max(width - 1, 0)) + "…" if width else ""
    return " " * (width - wide) + plain if right else plain + " " * (width - wide)


def widths(columns: Sequence[Column], total: int) -> list[int]:
    """Return the width in cells of each column in a list of ``total`` cells; 0 is not shown."""
    shown = [total >= column.above for column in columns]
    taken = [column.width if visible else 0 for column, visible in zip(columns, shown, strict=True)]
    spare = total - sum(taken) - _GAP * (sum(shown) - 1)
    shares = sum(column.grow for column, visible in zip(columns, shown, strict=True) if visible)
    if not shares:
        return taken
    for place, column in enumerate(columns):
        if shown[place] and column.grow:
            taken[place] = max(taken[place] + spare * column.grow // shares, min(column.width, 4))
    return taken


def line(cells: Sequence[str], columns: Sequence[Column], taken: Sequence[int], style: str = "") -> Content:
    """Return one row of cells in the columns' widths."""
    parts = [
        fit(cell, width, right=column.right)
        for cell, column, width in zip(cells, columns, taken, strict=True)
        if width > 0
    ]
    return Content.styled((" " * _GAP).join(parts), style)


def heading(columns: Sequence[Column], taken: Sequence[int]) -> Content:
    """Return the line of headings above the rows."""
    return line([column.label for column in columns], columns, taken, "$text-muted")
