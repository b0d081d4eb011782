"""The audit: everything decided, newest first, searched as one types; below it one decision in words."""

from array import array
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import cast

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from awra_tui.actions.audit import Entry, audit, entry, sheet
from awra_tui.cache.pages.audit import AuditQuery, AuditRow, audit_ids, audit_rows
from awra_tui.records.clock import day_begins, parse_stamp
from awra_tui.records.sheet import to_file
from awra_tui.records.text import cut
from awra_tui.screens import audit_parts as parts
from awra_tui.screens.base import BaseScreen
from awra_tui.screens.dialogs import Line
from awra_tui.screens.text_pane import TextPane
from awra_tui.screens.typing_list import StillLine
from awra_tui.widgets.keys import bindings
from awra_tui.widgets.virtual_table import VirtualTable

_OF_ROW = ("open_decided", "only_person", "only_verb", "only_day", "copy_decision")


class AuditProvider:
    """The rows of an AuditQuery, from pages of the cache."""

    def __init__(self, screen: BaseScreen) -> None:
        self._screen = screen

    async def ids(self, query: object) -> "array[int]":
        """Return the numbers of all decisions asked for, newest first."""
        return await self._screen.page(audit_ids, cast("AuditQuery", query))

    async def head(self, query: object, limit: int) -> Sequence[AuditRow]:
        """Return the first rows."""
        return await self.rows(await self._screen.page(audit_ids, cast("AuditQuery", query), limit))

    async def rows(self, ids: Sequence[int]) -> Sequence[AuditRow]:
        """Return the rows of these numbers."""
        return await self._screen.page(audit_rows, list(ids))

    def id_of(self, row: AuditRow) -> int:
        """Return the number of a decision."""
        return row.decision.id


class AuditScreen(BaseScreen):
    """A list of decisions, a line to search in, and before and after of the one under the cursor."""

    SCREEN = "audit"
    BINDINGS = bindings("audit")
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    AuditScreen #title { height: 1; padding: 0 1; margin: 1 0; }
    AuditScreen Input { display: none; margin: 0 1; }
    AuditScreen Input.-open { display: block; }
    AuditScreen VirtualTable { height: 1fr; }
    AuditScreen #about { height: 1fr; border-top: solid $border; }
    AuditScreen.-short #title { margin: 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.query_now = AuditQuery()
        self._entry: Entry | None = None

    def body(self) -> ComposeResult:
        """Compose title, search line, list, and the decision under the cursor."""
        yield Static(id="title", markup=False)
        yield StillLine("person, verb, record, party, reason, day")
        yield VirtualTable(AuditProvider(self), parts.COLUMNS, id="decisions", empty="")
        yield TextPane(name="about")

    def on_mount(self) -> None:
        """Begin in the list."""
        super().on_mount()
        self._table.focus()

    @property
    def _table(self) -> VirtualTable[AuditRow]:
        return self.query_one("#decisions", VirtualTable)

    async def load(self) -> None:
        """Read the list, and the decision under the cursor as it is now."""
        narrowed = self.query_now != AuditQuery()
        self._table.empty = "No decision is like this." if narrowed else "Nothing was decided yet."
        self._table.show(self.query_now)

    def on_virtual_table_loaded(self) -> None:
        """Say how many there are."""
        self.attend(self._count, group="totals", exclusive=True)
        self._read_entry()

    async def _count(self) -> None:
        count = len(await self.page(audit_ids, self.query_now))
        room = max(self.size.width - 2, 20)
        self.query_one("#title", Static).update(
            Content.styled(cut(parts.heading(self.query_now, count), room), "bold")
        )

    def on_virtual_table_highlighted(self) -> None:
        """Show the decision under the cursor."""
        self._read_entry()

    def _read_entry(self) -> None:
        row = self._table.cursor_row
        if row is None:
            self._show(None)
        else:
            self.attend(partial(self._read, row.decision.id), group="same", exclusive=True)

    async def _read(self, number: int) -> None:
        self._show(await entry(self.console.desk, number))

    def _show(self, found: Entry | None) -> None:
        self._entry = found
        pane = self.query_one("#about", TextPane)
        pane.show(lambda width: parts.entry_text(found, width) if found else Content(""))
        pane.scroll_home(animate=False)
        self.refresh_keys()

    def why_not(self, name: str) -> str:
        """Return why a key can do nothing now."""
        if name not in _OF_ROW or not self.is_mounted:
            return ""
        row = self._table.cursor_row
        if row is None:
            return "Nothing is highlighted."
        return "This decision is about no single record." if name == "open_decided" and not row.key else ""

    def do_open_decided(self) -> None:
        """Open the record that the decision is about."""
        row = self._table.cursor_row
        if row is not None and row.key is not None:
            self.console.open_record(row.key)

    def do_check(self) -> None:
        """Check the record that the decision is about; without one, everything."""
        row = self._table.cursor_row
        if row is not None and row.key is not None:
            self.check_one(row.key)
        else:
            super().do_check()

    def do_filter(self) -> None:
        """Open the line to search in."""
        line = self.query_one(Input)
        line.add_class("-open")
        self.set_focus(line)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search while typing."""
        self._ask(text=event.value.strip())

    def on_input_submitted(self) -> None:
        """Walk through what was found."""
        self._table.focus()

    def _ask(self, **changes: str) -> None:
        self.query_now = replace(self.query_now, **changes)
        self.reload()

    def do_only_person(self) -> None:
        """List only what this person decided, or all again."""
        row = self._table.cursor_row
        if row is not None:
            self._ask(who="" if self.query_now.who else row.decision.who)

    def do_only_verb(self) -> None:
        """List only decisions of this kind, or all again."""
        row = self._table.cursor_row
        if row is not None:
            self._ask(verb="" if self.query_now.verb else row.decision.verb)

    def do_only_day(self) -> None:
        """List only what was decided on this day, or all again."""
        row = self._table.cursor_row
        if row is None:
            return
        first, last = _day_of(row.decision.at)
        self._ask(**({"since": "", "until": ""} if self.query_now.since else {"since": first, "until": last}))

    def do_copy_decision(self) -> None:
        """Copy the decision with before and after."""
        if self._entry is not None:
            self.copy(parts.entry_line(self._entry), "this decision")

    def do_save_table(self) -> None:
        """Ask for a file and write what is listed to it, for spreadsheets."""
        said = "Everything that is listed, as CSV. It must be a new file; only you can read it."
        self.ask_first(Line("Write the audit to which file?", (said,)), self._save)

    async def _save(self, path: str) -> None:
        from awra_tui.actions.keeping import keep

        text = sheet(await audit(self.console.desk, self.query_now))
        self.toast((await keep(path, to_file(text))).sentence, lasts=True)

    def do_back(self) -> None:
        """Close the search if it is open, show all again where the list is narrowed, then leave."""
        line = self.query_one(Input)
        if line.has_class("-open"):
            line.value = ""
            line.remove_class("-open")
            self._table.focus()
        elif self.query_now != AuditQuery():
            self._ask(who="", verb="", since="", until="", text="")
        else:
            super().do_back()


def _day_of(at: str) -> tuple[str, str]:
    """Return where the local day of a moment begins and ends, as stamps."""
    day = parse_stamp(at).astimezone().date()
    return day_begins(day), day_begins(day + timedelta(days=1))
