"""Connect a record to what QuickBooks has already, or create it: with what will follow, before it happens."""

import datetime as dt
from functools import partial

from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.widgets import Input, Static

from awra_tui.actions.results import ConnectCandidate, Connected, ConnectPreview
from awra_tui.cache.pages.records import RecordPage
from awra_tui.records.errors import AwraError
from awra_tui.records.rules import NO_START
from awra_tui.records.subject import RecordKey
from awra_tui.screens import stack
from awra_tui.screens.base import BaseScreen
from awra_tui.screens.connect_parts import (
    CANDIDATE_COLUMNS,
    comparison_text,
    in_question,
    is_line,
    preview_text,
    question_lines,
    start_line,
    start_of,
    taken_text,
)
from awra_tui.screens.dialogs import Line, ask_yes
from awra_tui.screens.prose import paragraph
from awra_tui.screens.record_chain import is_name, title_text
from awra_tui.screens.releasing import ReleasingScreen
from awra_tui.screens.resending import resend_records
from awra_tui.screens.text_pane import TextPane
from awra_tui.screens.typing_list import TypingList
from awra_tui.widgets.keys import bindings
from awra_tui.widgets.provider import Listed
from awra_tui.widgets.virtual_table import VirtualTable

NOTHING = "Nothing in QuickBooks is like it: search (/), or create it (n)."
OWN_NAME = "The source keeps its own name; what is changed there later is sent under this one."
NOTHING_NEW = "Nothing in QuickBooks is like it; / searches for another spelling."


class ConnectScreen(BaseScreen):
    """The record above, candidates below it, the highlighted one beside the record, and what would follow."""

    SCREEN = "connect"
    BINDINGS = bindings("connect")
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    ConnectScreen #title { height: 1; padding: 0 1; margin: 1 0 0 0; }
    ConnectScreen #start { height: auto; max-height: 3; padding: 0 1; margin: 0 0 1 0; color: $secondary; }
    ConnectScreen #start.-trouble { color: $warning; }
    ConnectScreen #sides { height: 1fr; layout: vertical; }
    ConnectScreen TypingList { min-height: 5; }
    ConnectScreen #beside { height: auto; border-top: solid $border; }
    ConnectScreen #compared { height: auto; max-height: 8; }
    ConnectScreen #follows { height: auto; max-height: 5; border-top: solid $border; }
    ConnectScreen.-wide #sides { layout: horizontal; }
    ConnectScreen.-wide #sides > * { width: 1fr; height: 1fr; }
    ConnectScreen.-wide #beside { border-top: none; border-left: solid $border; }
    ConnectScreen.-wide #compared { max-height: 16; margin: 0 0 1 0; }
    ConnectScreen.-wide #follows { height: 1fr; max-height: 100%; }
    """

    def __init__(self, key: RecordKey) -> None:
        super().__init__()
        self.key = key
        self.record: RecordPage | None = None
        self.start: dt.date | None = None
        self.suggested: dt.date | None = None
        self.set_before: dt.date | None = None
        self.not_new = ""
        self.distinct = self.in_use = ""
        self._found = Listed[ConnectCandidate](lambda one: (one.object.entity, one.object.id))

    def body(self) -> ComposeResult:
        """Compose title, start date, candidates, comparison and what follows."""
        yield Static(id="title", markup=False)
        yield Static(id="start", markup=False)
        with Container(id="sides"):
            yield TypingList(
                self._found,
                CANDIDATE_COLUMNS,
                placeholder="/ to search QuickBooks: name, number or id",
                empty="",
            )
            with Vertical(id="beside"):
                yield TextPane(name="compared")
                yield TextPane(name="follows")

    def on_mount(self) -> None:
        """Walk through the candidates at first."""
        self._list().table.focus()

    def on_resize(self) -> None:
        """Set the lines above anew in the new width."""
        self._show_title()

    async def load(self) -> None:
        """Read the record and what may be it."""
        from awra_tui.actions import record

        self.record = await record.open_record(self.console.desk, self.key)
        new = await self._preview("")
        self.distinct, self.in_use = new.distinct, new.refused
        self.not_new = "" if new.distinct else new.refused
        self._list().table.empty = NOTHING_NEW if self.not_new else NOTHING
        self._show_title()
        await self._search()

    def _list(self) -> TypingList[ConnectCandidate]:
        return self.query_one(TypingList)

    def _show_title(self) -> None:
        if self.record is None:
            return
        width = max(self.size.width - 2, 20)
        self.query_one("#title", Static).update(title_text(self.record, width))
        taken = taken_text(self.record, self.distinct)
        line = self.query_one("#start", Static)
        line.set_class(bool(taken), "-trouble")
        line.update(paragraph(taken or self._start_text(), width))

    def _start_text(self) -> str:
        if self._no_start():
            return "Is it one of these in QuickBooks? Nothing changes before you say so."
        if self.start and self.start != NO_START:
            return f"Start date {self.start}: its transactions before that are not sent (s changes it)."
        if self.set_before:
            by = "by the profile" if self.start else "as set before or by the profile"
            return f"Start date {self.set_before}, {by} (s changes it)."
        suggested = f"; suggested {self.suggested}" if self.suggested else ""
        return f"No start date: all its transactions are sent (s{suggested})."

    def _no_start(self) -> bool:
        return not is_name(self.key.kind) or self.key.kind == "item"

    async def _search(self) -> None:
        from awra_tui.actions import connect

        listed = self._list()
        sought = listed.line.value.strip()
        rows = await connect.candidates(self.console.desk, self.key, listed.line.value)
        listed.show_found(in_question(rows, sought=bool(sought)), sought)
        if not self._found.count:
            await self._beside(None)

    def _is_found(self) -> bool:
        listed = self._list()
        return listed.sought == listed.line.value.strip()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search while typing."""
        event.stop()
        self.attend(self._search, group="search", exclusive=True)

    def on_input_submitted(self) -> None:
        """Walk through what was found; nothing is connected by the Enter that ends typing."""
        self._list().table.focus()

    def do_filter(self) -> None:
        """Search QuickBooks."""
        self.set_focus(self._list().line)

    def do_back(self) -> None:
        """Leave the search line, else the screen."""
        listed = self._list()
        if listed.line.has_focus:
            listed.line.value = ""
            listed.table.focus()
        else:
            super().do_back()

    def on_virtual_table_highlighted(self, event: VirtualTable.Highlighted) -> None:
        """Show the highlighted object beside the record, and what connecting to it would bring."""
        row = None if event.row_id is None else self._found.row(event.row_id)
        self.attend(partial(self._beside, row), group="preview", exclusive=True)

    async def _beside(self, row: ConnectCandidate | None) -> None:
        page = self.record
        if page is None:
            return
        from awra_tui.actions.comparison import sides

        thing = row.object if row else None
        more = await sides(self.console.desk, self.key, thing.id if thing else "")
        preview = await self._preview(row.object.id if row else "")
        compared = self.query_one("#compared", TextPane)
        compared.show(lambda width: comparison_text(page.record, thing, width, more))
        new = row is None
        self.query_one("#follows", TextPane).show(lambda width: preview_text(preview, width, new=new))
        self.suggested, self.set_before = preview.suggested_start, preview.start
        self._show_title()

    async def _preview(self, qbo_id: str, name: str = "") -> ConnectPreview:
        from awra_tui.actions import connect

        given = {"name": name} if name else {}
        return await connect.preview_connect(self.console.desk, self.key, qbo_id, self.start, **given)

    def topic(self) -> str:
        """Return the page about names, of a transaction the one about duplicates."""
        return super().topic() if is_name(self.key.kind) else "duplicates"

    def why_not(self, name: str) -> str:
        """Return why a key can do nothing now."""
        if name == "start_date" and self._no_start():
            return "Only customers and vendors have a start date."
        if name == "leave" and self.record is None:
            return "It is still being read."
        if name == "create" and self.not_new:
            return f"It cannot be created: {self.not_new.rstrip('.')}."
        if name == "choose_object" and self.is_mounted and not self._is_found():
            return "It is still being searched."
        if name == "choose_object" and self.is_mounted and self._list().highlighted is None:
            return f"Nothing is highlighted: search (/){'' if self.not_new else ', or create it (n)'}."
        return ""

    async def do_choose_object(self) -> None:
        """Connect to the highlighted object, after a question that says what follows."""
        from awra_tui.actions import connect

        row = self._list().highlighted
        if row is None:
            return
        preview = await self._preview(row.object.id)
        refused = row.refused or preview.refused
        if refused:
            said = refused.rstrip(".")
            raise AwraError(f"It cannot be connected: {said}. Choose another, or create it (n).")
        if await self._asked(preview, is_line(row.object)):
            desk = self.console.desk
            await self._finish(await connect.connect_record(desk, self.key, row.object.id, self.start))

    async def do_create(self) -> None:
        """Create it in QuickBooks, or say of a transaction that it is another one; after a question.

        Where its name is in use there, the usual distinct one is offered first.
        """
        if self.distinct:
            question = Line(
                "By which name is it created in QuickBooks?", (self.in_use, OWN_NAME), value=self.distinct
            )
            self.ask_first(question, self._create)
        else:
            await self._create("")

    async def _create(self, name: str) -> None:
        from awra_tui.actions import connect

        preview = await self._preview("", name.strip())
        if preview.refused:
            raise AwraError(f"It cannot be created: {preview.refused.rstrip('.')}.")
        if await self._asked(preview):
            given = {"name": name.strip()} if name.strip() else {}
            desk = self.console.desk
            await self._finish(await connect.create_new(desk, self.key, self.start, **given))

    def do_leave(self) -> None:
        """Leave it for later, with a note why; nothing is connected, created or sent."""
        question = Line(
            "Why is it left for later?",
            ("Nothing is connected or sent. The note stands beside its warning; empty for none.",),
            placeholder="what is to be found out first",
        )
        self.ask_first(question, self._leave)

    async def _leave(self, why: str) -> None:
        from awra_tui.actions.owner import note

        ids = [one.id for one in self.record.warnings] if self.record else []
        told = "Left as it is; nothing was changed."
        if why.strip() and not ids:
            told = "Left as it is. It has no warning that could keep the note, so nothing was noted."
        if why.strip() and ids:
            told = f"{(await note(self.console.desk, ids, why)).sentence} It is left as it is; u undoes."
        self.toast(told, lasts=True)
        stack.leave(self)

    def do_other_side(self) -> None:
        """Go from the list to the comparison, then to what follows, and back."""
        stops = [
            self._list().table,
            self.query_one("#compared", TextPane),
            self.query_one("#follows", TextPane),
        ]
        here = next((place for place, one in enumerate(stops) if one.has_focus), -1)
        stops[(here + 1) % len(stops)].focus()

    async def _asked(self, preview: ConnectPreview, *before: str) -> bool:
        lines = [*before, *question_lines(preview, self.start)]
        return await ask_yes(self, f"{preview.sentence} Go on?", lines)

    async def _finish(self, done: Connected) -> None:
        """Leave, and offer on the screen below to send what was released; where many are decided it waits."""
        await self.console.freshen()
        self.toast(done.sentence, lasts=True)
        below = stack.below(self)
        is_left = stack.leave(self)
        if isinstance(below, ReleasingScreen):
            below.keep_released(done.released)
        elif is_left and isinstance(below, BaseScreen) and done.released:
            below.attend(partial(resend_records, below, done.released, before=done.sentence))

    def do_start_date(self) -> None:
        """Ask from which date on transactions are sent."""
        shown = self.set_before if self.start == NO_START else self.start or self.set_before or self.suggested
        self.ask_first(start_line(shown), self._set_start)

    async def _set_start(self, said: str) -> None:
        self.start = start_of(said)
        self._show_title()
        row = self._list().table.cursor_row
        await self._beside(row if isinstance(row, ConnectCandidate) else None)
