"""Numbered sections of a screen: side by side where there is room, else one at a time under a bar."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Static


class SectionBar(Widget):
    """One line that names the sections, their numbers and counts; the open one is marked. Clickable."""

    DEFAULT_CSS = """
    SectionBar { height: 1; padding: 0 1; }
    """

    active: reactive[int] = reactive(1)
    counts: reactive[tuple[str, ...]] = reactive(())

    def __init__(self, names: Sequence[str], action: str = "section") -> None:
        super().__init__()
        self.auto_links = False  # a name is no link: its own tone says whether it is open
        self.names = tuple(names)
        self._action = action

    def render(self) -> Content:
        """Draw the names; the open one stands between signs too, not in another colour only."""
        return Content("  ").join([self._part(number) for number in range(1, len(self.names) + 1)])

    def _part(self, number: int) -> Content:
        count = self.counts[number - 1] if len(self.counts) >= number else ""
        said = f"{number} {self.names[number - 1]}" + (f" ({count})" if count else "")
        click = Style.from_meta({"@click": f"screen.run('{self._action}', '{number}')"})
        if number == self.active:
            return Content.styled(f"▸{said}", "bold $accent").stylize(click)
        return Content.styled(f" {said}", "$secondary").stylize(click)


class Section(Vertical):
    """A section with its title and one widget that scrolls."""

    DEFAULT_CSS = """
    Section { height: 1fr; }
    Section > .name { height: 1; padding: 0 1; color: $text-muted; background: $surface; display: none; }
    Section:focus-within > .name { color: $accent; text-style: bold; }
    """

    def __init__(self, number: int, title: str, pane: Widget) -> None:
        super().__init__(id=f"section-{number}")
        self.number = number
        self.title = title
        self.pane = pane

    def compose(self) -> ComposeResult:
        """Compose title and widget."""
        yield Static(Content(f"{self.number} {self.title}"), classes="name", markup=False)
        yield self.pane
