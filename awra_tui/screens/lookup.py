"""Look-up: paste anything, see where it is before somebody creates it by hand."""

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from awra_tui.actions.lookup import LookedUp, look_up_here
from awra_tui.cache.pages.log import AttemptRow
from awra_tui.records.subject import RecordKey
from awra_tui.records.text import cut
from awra_tui.screens.attempt import AttemptScreen
from awra_tui.screens.base import BaseScreen
from awra_tui.screens.json_view import JsonScreen
from awra_tui.screens.lookup_parts import COLUMNS, FoundRow, documents_of, rows_of
from awra_tui.screens.prose import paragraph
from awra_tui.screens.typing_list import TypingList
from awra_tui.widgets.figures import moment
from awra_tui.widgets.keys import bindings
from awra_tui.widgets.provider import Listed
from awra_tui.widgets.virtual_table import VirtualTable

BEFORE = "Paste a number, a payment code, an amount, a name or an intuit_tid."


class LookupScreen(BaseScreen):
    """A line to paste into, the verdict above what was found, and the sentence over the highlighted one."""

    SCREEN = "lookup"
    BINDINGS = bindings("lookup")
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    LookupScreen #verdict { height: auto; max-height: 4; padding: 0 1; margin: 1 0 0 0; text-style: bold; }
    LookupScreen #age { height: 1; padding: 0 1; color: $secondary; }
    LookupScreen #age.-trouble { color: $warning; }
    LookupScreen TypingList SearchLine { margin: 1 1 0 1; }
    LookupScreen #about { height: 3; padding: 0 1; border-top: solid $border; }
    """

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._given = text
        self._looked: LookedUp | None = None
        self._rows: Listed[FoundRow] = Listed(lambda row: row.id)

    def body(self) -> ComposeResult:
        """Compose verdict, line, list and what there is to say of one row."""
        yield Static(id="verdict", markup=False)
        yield Static(id="age", markup=False)
        yield TypingList(self._rows, COLUMNS, placeholder=BEFORE, empty="")
        yield Static(id="about", markup=False)

    def on_mount(self) -> None:
        """Be ready for pasting; what was given is replaced by what one types."""
        super().on_mount()
        line = self.query_one(TypingList).line
        with line.prevent(Input.Changed):
            line.value = self._given
        line.select_all()
        line.focus()

    def on_key(self, event: events.Key) -> None:
        """Take what is typed before the line has the keys."""
        line = self.query_one(TypingList).line
        if event.character and event.is_printable and not line.has_focus:
            event.stop()
            line.insert_text_at_cursor(event.character)
            self.set_focus(line)

    def on_resize(self) -> None:
        """Set the sentences anew in the new width."""
        self._say()

    async def load(self) -> None:
        """Look up what stands in the line."""
        text = self.query_one(TypingList).line.value
        looked = await self.page(look_up_here, self.console.desk, text)
        self._show(looked, text)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look up while typing; the search before it is given up."""
        event.stop()
        self.attend(self.load, group="search", exclusive=True)

    def on_input_submitted(self) -> None:
        """Open what is highlighted, once it is what was typed: a paste is quicker than its search."""
        listed = self.query_one(TypingList)
        if listed.sought == listed.line.value:
            self.action_run("open_found")
        else:
            self.attend(self._find_and_open, group="search-open", exclusive=True)

    async def _find_and_open(self) -> None:
        await self.load()
        self.action_run("open_found")

    def _show(self, looked: LookedUp, text: str) -> None:
        self._looked = looked
        listed = self.query_one(TypingList)
        listed.show_found(rows_of(looked), text)
        self._say()
        self._tell(listed.highlighted)
        self.refresh_keys()

    def _say(self) -> None:
        looked, width = self._looked, max(self.size.width - 2, 20)
        if looked is None:
            return
        self.query_one("#verdict", Static).update(paragraph(looked.verdict or BEFORE, width))
        age = self.query_one("#age", Static)
        age.set_class(bool(looked.unread), "-trouble")
        age.update(Content(cut(looked.unread or _age(looked), width)))

    def _tell(self, row: FoundRow | None) -> None:
        width = max(self.size.width - 2, 20)
        self.query_one("#about", Static).update(paragraph(row.about if row else "", width))

    def on_virtual_table_highlighted(self, event: VirtualTable.Highlighted) -> None:
        """Say where the highlighted one is."""
        self._tell(None if event.row_id is None else self._rows.row(event.row_id))

    def why_not(self, name: str) -> str:
        """Return why nothing can be opened, or asked for."""
        if name == "open_found" and not self._rows.count:
            return "Nothing was found that could be opened."
        nothing = self._looked is None or not self._looked.found.text
        return "Paste first what is to be looked up." if name == "ask_quickbooks" and nothing else ""

    def do_open_found(self) -> None:
        """Open the record, the attempt, or the object that is highlighted."""
        row = self.query_one(TypingList).highlighted
        if not isinstance(row, FoundRow):
            return
        if isinstance(row.target, RecordKey):
            self.console.open_record(row.target)
        elif isinstance(row.target, AttemptRow):
            self.app.push_screen(AttemptScreen(row.target))
        else:
            self.app.push_screen(JsonScreen(f"{row.what} {row.number}", documents_of(row.target)))

    async def do_ask_quickbooks(self) -> None:
        """Ask QuickBooks itself: our copy may be an hour old."""
        from awra_tui.actions.lookup import ask_quickbooks

        text = self.query_one(TypingList).line.value
        self.toast("Asking QuickBooks …")
        looked = await ask_quickbooks(self.console.desk, text)
        if self.query_one(TypingList).line.value == text:
            self._show(looked, text)


def _age(looked: LookedUp) -> str:
    more = "There is more; write more of it. " if looked.found.more else ""
    if not looked.as_of:
        return more
    return f"{more}QuickBooks as of {moment(looked.as_of)}; ^r asks it now."
