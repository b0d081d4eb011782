"""The sync log: runs, the attempts of a run, and a search over all attempts."""

from collections.abc import Hashable, Sequence
from typing import Any

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from awra_tui.cache.pages import log as pages
from awra_tui.cache.pages.log import AttemptRow, RunRow
from awra_tui.records.errors import AwraError
from awra_tui.records.subject import RecordKey
from awra_tui.records.text import cut
from awra_tui.screens.attempt import AttemptScreen
from awra_tui.screens.base import BaseScreen
from awra_tui.screens.log_parts import RUN_ATTEMPT_COLUMNS, RUN_COLUMNS, attempt_line, run_line, run_text
from awra_tui.screens.prose import counted
from awra_tui.screens.text_pane import TextPane
from awra_tui.screens.typing_list import StillLine
from awra_tui.widgets.keys import bindings
from awra_tui.widgets.provider import Listed
from awra_tui.widgets.virtual_table import VirtualTable

RUNS = 1_000
ATTEMPTS = 2_000
"""How many rows a list reads; a search reaches all."""


class AttemptList(BaseScreen):
    """A list of attempts under a search line: the base of the log and of one run."""

    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    AttemptList #title { height: 1; padding: 0 1; margin: 1 0; }
    AttemptList Input { display: none; margin: 0 1; }
    AttemptList Input.-open { display: block; }
    """
    PLACEHOLDER = "number, party, run, reference, amount, time, intuit_tid or requestid"

    def __init__(self, query: str = "") -> None:
        super().__init__()
        self.query_text = query
        self._attempts = Listed[AttemptRow](lambda row: row.id)

    def search_line(self) -> Input:
        """Make the line to search in."""
        return StillLine(self.PLACEHOLDER, self.query_text)

    def attempt_table(self) -> VirtualTable[AttemptRow]:
        """Make the list of attempts."""
        return VirtualTable(self._attempts, RUN_ATTEMPT_COLUMNS, id="attempts", empty=self.nothing())

    def nothing(self) -> str:
        """Say why no attempt is listed."""
        return "Nothing was sent."

    def say(self, said: str) -> None:
        """Say what is listed, in the line above the list."""
        room = max(self.size.width - 2, 20)
        self.query_one("#title", Static).update(Content.styled(cut(said, room), "bold"))

    async def read_attempts(self, run_id: int | None) -> str:
        """Read the attempts that the search leaves; return how many, in words."""
        rows = await self.page(pages.attempts, run_id, self.query_text, limit=ATTEMPTS)
        self._attempts.set(rows)
        table = self.query_one("#attempts", VirtualTable)
        table.empty = "Nothing here is like the search." if self.query_text else self.nothing()
        table.show()
        more = ", the newest; search for older ones" if len(rows) == ATTEMPTS else ""
        return counted(len(rows), "attempt") + more

    def do_search(self) -> None:
        """Open the search line."""
        line = self.query_one(Input)
        line.add_class("-open")
        self.set_focus(line)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search while typing."""
        self.query_text = event.value.strip()
        self.reload()

    def on_input_submitted(self) -> None:
        """Walk through what was found."""
        self.front().focus()

    def front(self) -> VirtualTable[Any]:
        """Return the list that is shown."""
        return self.query_one("#attempts", VirtualTable)

    def do_back(self) -> None:
        """Close the search if it is open, else leave."""
        line = self.query_one(Input)
        if line.has_class("-open"):
            line.value = ""
            line.remove_class("-open")
            self.front().focus()
        else:
            super().do_back()

    def row(self) -> AttemptRow | RunRow:
        """Return the highlighted row; raise AwraError where none is."""
        row = self.front().cursor_row
        if not isinstance(row, AttemptRow | RunRow):
            raise AwraError("Nothing is highlighted.")
        return row

    def why_not(self, name: str) -> str:
        """Return why a key can do nothing now."""
        needs_row = name in ("open_run", "copy", "open_record") and self.is_mounted
        return "Nothing is highlighted." if needs_row and self.front().cursor_row is None else ""

    def do_open_run(self) -> None:
        """Open the run, or request and answer of the attempt."""
        row = self.row()
        self.app.push_screen(RunScreen(row) if isinstance(row, RunRow) else AttemptScreen(row))

    def do_open_record(self) -> None:
        """Open the record of the attempt."""
        row = self.row()
        if isinstance(row, AttemptRow):
            self.console.open_record(RecordKey(row.kind, row.source_id))

    def do_check(self) -> None:
        """Check the record of the attempt; where a run is highlighted, everything."""
        row = self.row()
        if isinstance(row, AttemptRow):
            self.check_one(RecordKey(row.kind, row.source_id))
        else:
            super().do_check()

    def do_copy(self) -> None:
        """Copy the highlighted row as one line."""
        row = self.row()
        self.copy(attempt_line(row) if isinstance(row, AttemptRow) else run_line(row), "this line")


class LogScreen(AttemptList):
    """Runs, newest first, unchanged ones folded; while a search is typed, the attempts that match."""

    SCREEN = "log"
    BINDINGS = bindings("log")

    def __init__(self, query: str = "") -> None:
        super().__init__(query)
        self.fold = True
        self._runs = Listed[RunRow](_run_key)

    def body(self) -> ComposeResult:
        """Compose title, search line and the two lists of which one is shown."""
        yield Static(id="title", markup=False)
        yield self.search_line()
        yield VirtualTable(self._runs, RUN_COLUMNS, id="runs", empty="Nothing was synced yet.")
        yield self.attempt_table()

    def on_mount(self) -> None:
        """Begin with the runs, or with what was asked for."""
        self.query_one(Input).set_class(bool(self.query_text), "-open")
        self._turn()

    def _turn(self) -> None:
        searching = bool(self.query_text)
        self.query_one("#runs").display = not searching
        self.query_one("#attempts").display = searching
        if not self.query_one(Input).has_focus:
            self.front().focus()

    def front(self) -> VirtualTable[Any]:
        """Return the runs, or the attempts while a search is typed."""
        return self.query_one("#attempts" if self.query_text else "#runs", VirtualTable)

    async def load(self) -> None:
        """Read runs, or the attempts that the search finds."""
        if self.query_text:
            found = await self.read_attempts(None)
            self.say(f"Log · {found} like “{self.query_text}”")
        else:
            rows: Sequence[RunRow] = await self.page(pages.runs, RUNS, fold=self.fold)
            self._runs.set(rows)
            self.front().show()
            folded = sum(row.folded for row in rows)
            self.say(
                f"Log · {counted(len(rows) + folded, 'run')}"
                + (f", {folded:,} folded away" if folded else "")
            )
        self._turn()

    def do_fold(self) -> None:
        """Show or fold the runs that changed nothing."""
        self.fold = not self.fold
        self.reload()


class RunScreen(AttemptList):
    """One run: what it was, what it changed, and its attempts."""

    SCREEN = "run"
    BINDINGS = bindings("run")
    DEFAULT_CSS = """
    RunScreen #facts { height: auto; max-height: 7; margin: 0 0 1 0; }
    """

    def __init__(self, run: RunRow) -> None:
        super().__init__()
        self.run_row = run

    def body(self) -> ComposeResult:
        """Compose title, facts, search line and list."""
        yield Static(id="title", markup=False)
        yield TextPane(name="facts")
        yield self.search_line()
        yield self.attempt_table()

    def on_mount(self) -> None:
        """Walk through the attempts at first."""
        self.front().focus()

    def nothing(self) -> str:
        """Say why no attempt is listed; one whose answer is missing is counted where it was made first."""
        if self.run_row.counts.get("unknown"):
            return "Nothing new was sent; what has no answer yet stands in the run that sent it first."
        return super().nothing()

    async def load(self) -> None:
        """Read the run as it is now, and its attempts."""
        again: RunRow | None = await self.page(pages.run, self.run_row.id)
        self.run_row = again or self.run_row
        self.query_one(TextPane).show(lambda width: run_text(self.run_row, width))
        found = await self.read_attempts(self.run_row.id)
        like = f" like “{self.query_text}”" if self.query_text else ""
        self.say(f"Run {self.run_row.id} · {found}{like}")


def _run_key(row: RunRow) -> Hashable:
    return row.id
