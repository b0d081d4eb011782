"""The guide: searched as one types, a section at a time; opened by a warning, at the section that fits."""

from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.widgets import Input

from awra_tui.actions.table import Action
from awra_tui.guide.book import section_of, sections
from awra_tui.guide.search import search
from awra_tui.guide.section import Section
from awra_tui.screens.base import BaseScreen
from awra_tui.screens.guide_parts import COLUMNS, section_text
from awra_tui.screens.support import NO_ADDRESS, address_of, open_support
from awra_tui.screens.text_pane import TextPane
from awra_tui.screens.typing_list import TypingList
from awra_tui.widgets.keys import bindings
from awra_tui.widgets.provider import Listed
from awra_tui.widgets.virtual_table import VirtualTable


class GuideScreen(BaseScreen):
    """A line to type in, the sections that were found, and the one under the cursor."""

    SCREEN = "guide"
    BINDINGS = bindings("guide")
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    GuideScreen #split { height: 1fr; }
    GuideScreen TypingList { height: 9; margin: 1 0 0 0; }
    GuideScreen #about { height: 1fr; border-top: solid $border; scrollbar-gutter: stable; }
    GuideScreen.-short TypingList { margin: 0; }
    GuideScreen.-normal #split, GuideScreen.-wide #split { layout: horizontal; }
    GuideScreen.-normal TypingList, GuideScreen.-wide TypingList { width: 2fr; height: 1fr; }
    GuideScreen.-normal #about, GuideScreen.-wide #about {
        width: 3fr; border-top: none; border-left: solid $border; margin: 1 0 0 0;
    }
    """

    def __init__(self, topic: str = "") -> None:
        super().__init__()
        self._topic = topic
        self._came_from_line = False
        self._named = section_of(topic)
        # A reason that no page has is listed as well: the catalogue says something of each.
        self._all = tuple(dict.fromkeys([*sections(), *filter(None, [self._named])]))
        self._found = Listed[Section](lambda section: section.id, self._all)

    def body(self) -> ComposeResult:
        """Compose line, list and text."""
        with Container(id="split"):
            yield TypingList(
                self._found,
                COLUMNS,
                placeholder="type words, a reason or a code of QuickBooks",
                empty="The guide has nothing like this. Type less, or other words.",
            )
            yield TextPane(name="about")

    def on_mount(self) -> None:
        """Begin in the text of the topic, or without one in the line."""
        super().on_mount()
        self._show(self._named or self._all[0])
        (self._pane if self._named else self._list.line).focus()

    @property
    def _list(self) -> TypingList[Section]:
        return self.query_one(TypingList)

    @property
    def _pane(self) -> TextPane:
        return self.query_one("#about", TextPane)

    async def load(self) -> None:
        """List what was found."""
        self._list.table.show()

    def on_virtual_table_loaded(self) -> None:
        """Put the cursor on the topic that the guide was opened with."""
        wanted, self._topic = self._found.id_for(self._topic), ""
        if wanted is not None:
            self._list.table.go_to(wanted)

    def on_virtual_table_highlighted(self, event: VirtualTable.Highlighted) -> None:
        """Show the section under the cursor, unless the topic's is still to be found."""
        if not self._topic:
            self._show(None if event.row_id is None else self._found.row(event.row_id))

    def _show(self, section: Section | None) -> None:
        self._pane.show(lambda width: Content("") if section is None else section_text(section, width))
        self._pane.scroll_home(animate=False)
        self.refresh_keys()

    async def on_input_changed(self, event: Input.Changed) -> None:
        """Search as one types; the best comes first and is shown.

        A question mark alone lists the keys, as everywhere; after words it is part of a question.
        """
        event.stop()
        if event.value == "?":
            event.input.value = ""
            self.do_help()
            return
        self._list.show_found(search(event.value, self._all), event.value)

    def on_input_submitted(self) -> None:
        """Go into the text with Enter."""
        self.action_run("read_on")

    def why_not(self, name: str) -> str:
        """Say where the address of the support guide would be written."""
        return NO_ADDRESS if name == "support" and not address_of(self) else ""

    def label_of(self, action: Action) -> str:
        """Say that the key that opened the guide closes it."""
        return "close" if action.id == "guide" else action.label

    def do_read_on(self) -> None:
        """Go into the text, to scroll it."""
        self._came_from_line = True
        self._pane.focus()

    def do_search_guide(self) -> None:
        """Go back to the line."""
        self._came_from_line = False
        self._list.line.focus()

    def do_back(self) -> None:
        """Go back to the line where one came from it, empty it, then leave."""
        line = self._list.line
        if self._came_from_line:
            self.do_search_guide()
        elif line.has_focus and line.value:
            line.value = ""
        else:
            super().do_back()

    def do_guide(self) -> None:
        """Leave the guide."""
        super().do_back()

    async def do_support(self) -> None:
        """Open the support guide of the profile, or copy its address where no browser is."""
        await open_support(self)
