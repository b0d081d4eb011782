"""Columns of a list: how wide each is, and which give way on a narrow terminal."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

R = TypeVar("R")


class Cell(NamedTuple):
    """What a cell says, a tone (empty, muted, strong, accent, good, warn or bad), and a shorter text."""

    text: str
    tone: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[R]):
    """One column.

    ``width`` is in cells; with a ``share`` it is the least, and the column grows up to ``most``.
    Columns of the highest ``priority`` number give way first, and those above 1 also where another
    would get less than it has a ``want`` of. ``sort`` is what the query calls an
    order by this column, empty where there is none; ``short`` is its label where that does not fit.
    """

    name: str
    label: str
    cell: Callable[[R], str | Cell]
    width: int
    share: int = 0
    most: int = 1000
    right: bool = False
    priority: int = 1
    want: int = 0
    short: str = ""
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Placed(Generic[R]):
    """A column that is shown: where it begins and how wide it is, in cells."""

    column: Column[R]
    start: int
    width: int


def layout(columns: Sequence[Column[R]], width: int, *, start: int = 0, gap: int = 1) -> list[Placed[R]]:
    """Place as many columns as ``width`` cells hold, after ``start`` cells of margin."""
    room = width - start
    kept = list(columns)
    while len(kept) > 1 and _asked(kept, gap) > room:
        kept.remove(max(reversed(kept), key=lambda column: column.priority))
    widths = _grown(kept, _start(kept, room, gap), room - gap * (len(kept) - 1))
    placed = []
    for column, cells in zip(kept, widths, strict=True):
        placed.append(Placed(column, start, cells))
        start += cells + gap
    return placed


def _least(columns: Sequence[Column[R]], gap: int) -> int:
    return sum(column.width for column in columns) + gap * (len(columns) - 1)


def _asked(columns: Sequence[Column[R]], gap: int) -> int:
    """Return the cells that columns ask for: what they want as long as there is one that can give way."""
    if all(column.priority == 1 for column in columns):
        return _least(columns, gap)
    return _least(columns, gap) + sum(max(0, column.want - column.width) for column in columns)


def _start(columns: Sequence[Column[R]], room: int, gap: int) -> list[int]:
    """Return what each column gets at first: what it wants where that fits, else the least."""
    wanted = [max(column.width, column.want) for column in columns]
    if sum(wanted) + gap * (len(columns) - 1) <= room:
        return wanted
    return [column.width for column in columns]


def _grown(columns: Sequence[Column[R]], widths: list[int], room: int) -> list[int]:
    """Give the spare cells to the growing columns by their shares; what one cannot take, the next does."""
    spare = room - sum(widths)
    growing = [place for place, column in enumerate(columns) if column.share]
    while spare > 0 and growing:
        shares = sum(columns[place].share for place in growing)
        given = 0
        for place in growing:
            extra = max(1, spare * columns[place].share // shares)
            extra = min(extra, columns[place].most - widths[place], spare - given)
            widths[place] += extra
            given += extra
        growing = [place for place in growing if widths[place] < columns[place].most]
        spare -= given
    return widths
