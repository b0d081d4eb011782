"""Labelled facts and sentences set into a width: labels in a column, text hanging beside them."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from textual.content import Content

from awra_tui.records.text import harmless
from awra_tui.widgets.cells import fit
from awra_tui.widgets.columns import Cell, Column, layout

R = TypeVar("R")

LONGEST = 12_000
"""Characters of one value that are shown; more would only slow the screen."""
_LABEL = 16
_NARROWEST = 12


def wrapped(text: str, width: int) -> list[str]:
    """Return ``text`` harmless in lines of at most ``width`` cells, broken between words where it can."""
    plain = harmless(text[:LONGEST]) + ("…" if len(text) > LONGEST else "")
    return [part.plain for part in Content(plain).wrap(max(width, _NARROWEST))] or [""]


def hanging(label: str, text: str, width: int, *, indent: int = _LABEL, style: str = "") -> Content:
    """Return a label and the text beside it, its further lines under the first."""
    lines = wrapped(text, width - indent)
    head = Content.assemble((fit(label, indent), "$secondary"), (lines[0], style))
    rest = [Content.styled(" " * indent + further, style) for further in lines[1:]]
    return Content("\n").join([head, *rest])


def facts(pairs: Iterable[tuple[str, str]], width: int) -> list[Content]:
    """Return one hanging line for each pair whose value is not empty."""
    return [hanging(label, value, width) for label, value in pairs if value]


def title(text: str) -> Content:
    """Return a heading within a text."""
    return Content.styled(harmless(text), "bold $accent")


def counted(count: int, noun: str) -> str:
    """Return a count with its noun: ``1 run``, ``1,200 runs``."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def paragraph(text: str, width: int, style: str = "") -> Content:
    """Return a sentence broken into lines of the width."""
    return Content.styled("\n".join(wrapped(text, width)), style)


def table(columns: Sequence[Column[R]], rows: Iterable[R], width: int) -> list[Content]:
    """Return headings and rows as lines of text, for tables that nobody chooses from."""
    placed = layout(columns, width)
    heads = " ".join(fit(one.column.label, one.width, right=one.column.right) for one in placed)
    lines = [
        " ".join(fit(_said(one.column.cell(row)), one.width, right=one.column.right) for one in placed)
        for row in rows
    ]
    return [Content.styled(heads, "$secondary"), *(Content(text) for text in lines)]


def _said(cell: str | Cell) -> str:
    return cell if isinstance(cell, str) else cell.text
