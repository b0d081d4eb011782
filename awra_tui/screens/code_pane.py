"""JSON, or any long text: only the lines that are seen are drawn; searched, scrolled, copied as it came."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import ClassVar, NamedTuple

import msgspec
from rich.cells import cell_len, chop_cells
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from awra_tui.records.text import harmless_lines

_KEYS = re.compile(r'"(?:[^"\\]|\\.)*"(?=\s*:)')
LONGEST = 2_000_000
"""Characters that a pane shows; a longer text is cut with a sentence that says so."""


class Span(NamedTuple):
    """A stretch of the text, by characters, and the name of its style."""

    start: int
    end: int
    tone: str


def pretty(text: str) -> str:
    """Return JSON text indented, its numbers as they were written; other text as it is."""
    try:
        return msgspec.json.format(text, indent=2)
    except msgspec.DecodeError:
        return text


def readable(text: str) -> str:
    """Return a text of several lines harmless, and cut where it is too long to be read."""
    shown = harmless_lines(text[:LONGEST])
    left = len(text) - LONGEST
    return shown + (f"\n… {left:,} more characters are not shown; y copies all of it" if left > 0 else "")


def folded(text: str, width: int) -> tuple[list[str], list[int]]:
    """Break a text into lines of at most ``width`` cells; return them and where each begins.

    A line ends between words where it can, and the space it ends with may stand beyond the width.
    """
    lines: list[str] = []
    starts: list[int] = []
    place = 0
    for whole in text.split("\n"):
        short = len(whole) <= width and whole.isascii()
        for part in [whole] if short or not whole else _parts(whole, width):
            lines.append(part)
            starts.append(place)
            place += len(part)
        place += 1
    return lines, starts


def _parts(line: str, width: int) -> Iterator[str]:
    place = 0
    while place < len(line):
        part = chop_cells(line[place : place + width], width)[0]
        end = place + len(part)
        if line[end : end + 1] == " ":
            part = line[place : end + 1]
        elif end < len(line) and " " in part.lstrip(" "):
            part = part[: part.rindex(" ") + 1]
        yield part
        place += len(part)


class CodePane(ScrollView, can_focus=True):
    """A long text with a search that marks what it finds and walks through it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"code-pane--key", "code-pane--hit", "code-pane--here"}
    DEFAULT_CSS = """
    CodePane {
        height: 1fr;
        padding: 0 1;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        & > .code-pane--key { color: $accent; }
        & > .code-pane--hit { text-style: underline; }
        & > .code-pane--here { text-style: bold reverse; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.found: tuple[int, ...] = ()
        self.place = 0
        self._sought = 0
        self._plain = ""
        self._lines: list[str] = []
        self._starts: list[int] = []
        self._width = 0

    def show_text(self, text: str) -> None:
        """Show a text; JSON is indented. The search begins anew."""
        self._plain, self.found, self.place = readable(pretty(text)), (), 0
        self._fold()
        self.scroll_to(y=0, animate=False, force=True)

    def search(self, sought: str) -> int:
        """Mark every place of ``sought``, go to the first, and return how many there are."""
        pattern = re.compile(re.escape(sought), re.IGNORECASE)
        self.found = tuple(hit.start() for hit in pattern.finditer(self._plain)) if sought else ()
        self.place, self._sought = 0, len(sought)
        self._go()
        return len(self.found)

    def step(self, by: int) -> None:
        """Go to the next or the previous place that was found, round and round."""
        if self.found:
            self.place = (self.place + by) % len(self.found)
            self._go()

    def _go(self) -> None:
        self.refresh()
        if self.found and self._starts:
            line = bisect_right(self._starts, self.found[self.place]) - 1
            self.scroll_to(y=max(line - self.size.height // 2, 0), animate=False, force=True)

    def on_resize(self) -> None:
        """Break the lines anew where the width is another."""
        if self.scrollable_content_region.width != self._width:
            self._fold()
            self._go()

    def _fold(self) -> None:
        self._width = self.scrollable_content_region.width
        self._lines, self._starts = folded(self._plain, max(self._width, 20))
        self.virtual_size = Size(0, len(self._lines))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        place = y + self.scroll_offset.y
        base = self.rich_style
        if place >= len(self._lines):
            return Strip.blank(self.size.width, base)
        line = self._lines[place]
        strip = Strip(self._segments(line, self._starts[place], base), cell_len(line))
        return strip.adjust_cell_length(self.size.width, base)

    def _segments(self, line: str, start: int, base: Style) -> list[Segment]:
        spans = [Span(*key.span(), "key") for key in _KEYS.finditer(line)]
        spans += self._hits(start, start + len(line))
        cuts = sorted({0, len(line), *(place for span in spans for place in span[:2])})
        segments = []
        for begin, end in pairwise(cuts):
            style = base
            for span in spans:
                if span.start <= begin and end <= span.end:
                    style += self.get_component_rich_style(f"code-pane--{span.tone}", partial=True)
            segments.append(Segment(line[begin:end], style))
        return segments

    def _hits(self, start: int, end: int) -> list[Span]:
        first = bisect_right(self.found, start - self._sought)
        last = bisect_right(self.found, end - 1)
        return [
            Span(
                max(self.found[place] - start, 0),
                min(self.found[place] + self._sought, end) - start,
                "here" if place == self.place else "hit",
            )
            for place in range(first, last)
        ]
