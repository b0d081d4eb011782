"""Labelled facts and sentences set into a width: labels in a column, text hanging beside them."""

from collections.abc import Iterable, Sequence

from textual.content import Content

from awra_tui.records.text import cut, harmless
from awra_tui.screens.columns import Column, fit, line, widths

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
    head = Content.assemble((fit(label, indent), "$text-muted"), (lines[0], style))
    rest = [Content.styled(" " * indent + further, style) for further in lines[1:]]
    return Content("\n").join([head, *rest])


def facts(pairs: Iterable[tuple[str, str]], width: int) -> list[Content]:
    """Return one hanging line for each pair whose value is not empty."""
    return [hanging(label, value, width) for label, value in pairs if value]


def title(text: str) -> Content:
    """Return a heading within a text."""
    return Content.styled(harmless(text), "bold $accent")


def paragraph(text: str, width: int, style: str = "") -> Content:
    """Return a sentence broken into lines of the width."""
    return Content.styled("\n".join(wrapped(text, width)), style)


def table(columns: Sequence[Column], rows: Iterable[Sequence[str]], width: int) -> list[Content]:
    """Return headings and rows as lines of text, for tables that nobody chooses from."""
    taken = widths(columns, width)
    heads = line([column.label for column in columns], columns, taken, "$text-muted")
    return [heads, *(line(cells, columns, taken) for cells in rows)]


def short(text: str, width: int = 60) -> str:
    """Return outside text for the middle of a sentence: one line, cut."""
    return cut(text, width)
