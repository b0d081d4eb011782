"""The keys of a screen, as the table of actions has them."""

from collections.abc import Callable
from itertools import chain
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from awra_tui.actions.table import Action, keys_for, written
from awra_tui.screens.prose import wrapped
from awra_tui.widgets.cells import fit

MARGIN = 28
"""Cells of keys and label, before what they do."""

GROUPS = ("Do", "Go to", "In the list", "In the text", "Everywhere")

NOTES = (
    "While you type in a filter no letter is a key; Escape closes the filter.",
    "^p lists everything that can be done. Shift and drag selects text with the mouse.",
    "Every key has a command: docs/commands.md, or the tooltip in ^p.",
)


class HelpScreen(ModalScreen[None]):
    """What every key of one screen does."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,question_mark,enter,f1", "leave", show=False)]
    DEFAULT_CSS = """
    HelpScreen {
        align: center middle;
        background: $background 60%;
        & > Vertical {
            width: 84; max-width: 100%; height: auto; max-height: 100%;
            border: round $accent; padding: 0 1; background: $surface;
        }
        & VerticalScroll { height: auto; max-height: 40; scrollbar-size-vertical: 1; }
    }
    """

    def __init__(self, screen: str, for_others: Callable[[str], str]) -> None:
        super().__init__()
        self._of = screen
        self._for_others = for_others

    def compose(self) -> ComposeResult:
        """List the keys, group by group."""
        with Vertical() as box:
            box.border_title = Content("Keys")
            box.border_subtitle = Content("esc close")
            with VerticalScroll():
                width = min(84, self.app.size.width) - 6
                yield Static(help_text(self._of, width, self._for_others))

    def action_leave(self) -> None:
        """Close the list."""
        self.dismiss(None)


def help_text(screen: str, width: int = 76, for_others: Callable[[str], str] = lambda _: "") -> Content:
    """Return the keys of ``screen`` as text, group by group, and notes on typing and the mouse.

    ``for_others`` says of an action by its id whom to ask, where the person here may not do it.
    """
    actions = keys_for(screen)
    groups = [(group, [each for each in actions if each.group == group]) for group in GROUPS]
    lines = chain.from_iterable(
        _group(name, members, width, for_others) for name, members in groups if members
    )
    notes = [Content.styled(line, "$secondary") for note in NOTES for line in wrapped(note, width)]
    return Content("\n").join([*lines, *notes])


def _group(name: str, actions: list[Action], width: int, for_others: Callable[[str], str]) -> list[Content]:
    lines = chain.from_iterable(_lines(action, width, for_others(action.id)) for action in actions)
    return [Content.styled(name, "bold $accent"), *lines, Content("")]


def _lines(action: Action, width: int, refused: str) -> list[Content]:
    keys = action.shown_key if action.numbered else " ".join(written(key) for key in action.key.split(","))
    first, *more = wrapped(refused or action.tooltip, width - MARGIN)
    head = Content.assemble(
        (fit(keys, 11), "$secondary" if refused else "bold"),
        fit(action.label, MARGIN - 11),
        (first, "$secondary"),
    )
    return [head, *(Content.styled(" " * MARGIN + line, "$secondary") for line in more)]
