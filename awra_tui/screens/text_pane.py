"""A text that scrolls: set anew when its width changes, and searchable."""

import re
from collections.abc import Callable

import msgspec
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from awra_tui.records.text import harmless

_KEYS = re.compile(r'"(?:[^"\\]|\\.)*"(?=\s*:)')
LONGEST = 400_000
"""Characters that a pane shows; a longer text is cut with a sentence that says so."""


def pretty(text: str) -> str:
    """Return JSON text indented, its numbers as they were written; other text as it is."""
    try:
        return msgspec.json.format(text, indent=2)
    except msgspec.DecodeError:
        return text


def lines_of(text: str) -> str:
    """Return a text of several lines harmless, and cut where it is too long to be read."""
    shown = "\n".join(harmless(part) for part in text[:LONGEST].splitlines())
    left = len(text) - LONGEST
    return shown + (f"\n… {left:,} more characters are not shown; y copies all of it" if left > 0 else "")


class TextPane(VerticalScroll):
    """A scrolling text that is built for the width there is."""

    DEFAULT_CSS = """
    TextPane { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    TextPane > Static { width: 1fr; height: auto; }
    """

    def __init__(self, *, name: str = "") -> None:
        super().__init__(id=name or None)
        self._build: Callable[[int], Content] = lambda _: Content("")
        self._width = 0

    def compose(self) -> ComposeResult:
        """Show the text."""
        yield Static(markup=False)

    def on_mount(self) -> None:
        """Set the text once more: what was shown before the mounting was measured empty."""
        self.call_after_refresh(self._set)

    @property
    def text(self) -> Content:
        """The text as it is shown."""
        content = self.query_one(Static).content
        return content if isinstance(content, Content) else Content(str(content))

    def show(self, build: Callable[[int], Content]) -> None:
        """Show what ``build`` makes for a width in cells, now and whenever the width changes."""
        self._build = build
        self._set()

    def on_resize(self) -> None:
        """Set the text anew when it has another width."""
        if self.scrollable_content_region.width != self._width:
            self.call_after_refresh(self._set)

    def _set(self) -> None:
        self._width = self.scrollable_content_region.width
        self.query_one(Static).update(self._build(max(self._width, 20)))


class CodePane(TextPane):
    """JSON or any other text, with a search that marks and walks through what it finds."""

    def __init__(self, *, name: str = "") -> None:
        super().__init__(name=name)
        self.source = ""
        self.found: tuple[int, ...] = ()
        self.place = 0
        self._sought = ""
        self._plain = ""

    def show_text(self, text: str) -> None:
        """Show a text; JSON is indented. The search begins anew."""
        self.source, self.found, self.place, self._sought = text, (), 0, ""
        self._plain = lines_of(pretty(text))
        self.show(lambda _: self._content())
        self.scroll_home(animate=False)

    def search(self, sought: str) -> int:
        """Mark every place of ``sought``, go to the first, and return how many there are."""
        self._sought, self.place = sought, 0
        pattern = re.compile(re.escape(sought), re.IGNORECASE)
        self.found = tuple(hit.start() for hit in pattern.finditer(self._plain)) if sought else ()
        self._go()
        return len(self.found)

    def step(self, by: int) -> None:
        """Go to the next or the previous place that was found, round and round."""
        if self.found:
            self.place = (self.place + by) % len(self.found)
            self._go()

    def _go(self) -> None:
        self._set()
        if self.found:
            before = Content(self._plain[: self.found[self.place] + 1])
            line = before.get_height({}, max(self.query_one(Static).size.width, 1)) - 1
            self.scroll_to(y=max(line - self.size.height // 2, 0), animate=False)

    def _content(self) -> Content:
        content = Content(self._plain).highlight_regex(_KEYS, style="$accent")
        length = len(self._sought)
        for place, start in enumerate(self.found):
            style = "reverse bold" if place == self.place else "underline"
            content = content.stylize(style, start, start + length)
        return content
