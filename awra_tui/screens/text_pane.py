"""A text that scrolls and is set anew when its width changes."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static


class TextPane(VerticalScroll):
    """A scrolling text that is built for the width there is."""

    DEFAULT_CSS = """
    TextPane { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
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
