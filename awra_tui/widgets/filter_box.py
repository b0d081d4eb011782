"""The line in which a list is narrowed as one types."""

from textual import events
from textual.message import Message
from textual.widgets import Input


class FilterBox(Input):
    """A line that is there only while a filter is; while it has the focus letters are text, never keys.

    Escape empties and closes it; Enter and the arrows go back to the list.
    """

    DEFAULT_CSS = """
    FilterBox {
        width: 30; height: 1; margin: 0 0 0 1; border: none; padding: 0; background: $panel; display: none;
    }
    FilterBox.-open { display: block; }
    """

    class Left(Message):
        """The person goes back to the list; ``step`` is where to, in rows."""

        def __init__(self, step: int = 0) -> None:
            super().__init__()
            self.step = step

    def __init__(self, placeholder: str = "type to narrow", *, blink: bool = True) -> None:
        super().__init__(placeholder=placeholder, compact=True, select_on_focus=False)
        self.cursor_blink = blink

    def open(self) -> None:
        """Show the line and take the keys."""
        self.add_class("-open")
        self.screen.set_focus(self)

    def close(self) -> bool:
        """Empty and hide the line; return whether it was there."""
        was = self.has_class("-open")
        self.remove_class("-open")
        self.value = ""
        return was

    def on_key(self, event: events.Key) -> None:
        """Leave with Escape, Enter and the arrows."""
        steps = {"down": 1, "up": -1, "enter": 0}
        if event.key == "escape":
            self.close()
        elif event.key not in steps:
            return
        event.stop()
        event.prevent_default()
        if not self.value:
            self.remove_class("-open")
        self.post_message(self.Left(steps.get(event.key, 0)))
