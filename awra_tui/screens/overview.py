"""The overview: kind by kind in order of work, what did not arrive and what there is to do."""

from contextlib import suppress

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from awra_tui.actions.table import Action
from awra_tui.cache.pages.overview import KindRow, Overview, overview
from awra_tui.cache.pages.warning_query import WarningQuery
from awra_tui.records.errors import AwraError
from awra_tui.screens import overview_parts as parts
from awra_tui.screens import stack
from awra_tui.screens.base import BaseScreen
from awra_tui.screens.escalation_line import EscalationLine
from awra_tui.screens.pattern_line import PatternLine
from awra_tui.widgets.keys import bindings
from awra_tui.widgets.provider import Listed
from awra_tui.widgets.virtual_table import VirtualTable

FRESHEN_SECONDS = 5.0

TALL = 32
"""Lines that the overview has at most without its list of what comes first."""


class OverviewScreen(BaseScreen):
    """What there is to do, kind by kind in order of work."""

    SCREEN = "overview"
    BINDINGS = bindings("overview")

    def __init__(self) -> None:
        super().__init__()
        self._kinds: Listed[KindRow] = Listed(lambda row: row.kind)
        self._numbers: dict[str, int] = {}
        self._page: Overview | None = None

    def body(self) -> ComposeResult:
        """Compose banner, lead, kinds, facts, and the line about the last sync."""
        yield Static(id="banner")
        yield PatternLine()
        yield EscalationLine()
        yield Static(id="lead")
        yield VirtualTable(self._kinds, parts.kind_columns(self._numbers), id="kinds", empty="")
        yield Static(id="folded")
        yield Static(id="facts")
        yield Static(id="first")
        yield Static(id="last")

    def on_mount(self) -> None:
        """Begin where the work is, and keep the page fresh."""
        super().on_mount()
        self.query_one(VirtualTable).focus()
        if not self.console.clock_frozen:
            self.set_interval(FRESHEN_SECONDS, self._freshen)

    async def load(self) -> None:
        """Read the overview: counts that the cache keeps, so it is quick at any size."""
        page = await self.page(overview)
        self.console.tell_standing(page)
        self._show(page)
        await self.wait_for_refresh()  # what takes longer to find out comes after the numbers
        await self._show_first(page)
        if not any(one.is_lost for one in page.connectors):
            await self.query_one(PatternLine).freshen(self)
        await self.query_one(EscalationLine).freshen(self)
        self.refresh_keys()

    async def _freshen(self) -> None:
        """Read anew what is seen: under another screen, that is the header alone."""
        if not stack.is_covered(self):
            self.reload()
            return
        with suppress(AwraError):  # the screen that is open says what is wrong with the cache
            await self.console.freshen()

    def _show(self, page: Overview) -> None:
        self._page = page
        rows = parts.visible(page)
        self._numbers.clear()
        self._numbers.update({row.kind: place for place, row in enumerate(rows, 1)})
        self._kinds.set(rows)
        table = self.query_one("#kinds", VirtualTable)
        table.set_columns(parts.kind_columns(self._numbers, rows))
        # What stands below keeps its lines; where there are too few for both, the kinds scroll.
        table.styles.max_height = len(rows) + 1
        table.show()
        self._say("#banner", parts.banner(page, self.console.desk.reading_only))
        self._say("#lead", Content(parts.lead(page)))
        self._say("#folded", parts.folded(page))
        self._draw_lines(page)

    def _draw_lines(self, page: Overview) -> None:
        width = self.app.size.width - 4
        self._say("#facts", parts.facts(page, width))
        self._say("#last", parts.last_line(page, width + 2))

    async def _show_first(self, page: Overview) -> None:
        """Show the first warnings where the terminal is tall enough; w has them all."""
        from awra_tui.cache.pages.warnings import warning_head

        room = self.app.size.height - TALL
        rows = (
            await self.page(warning_head, WarningQuery(), room)
            if room > 0 and parts.open_warnings(page)
            else []
        )
        self._say("#first", parts.first_lines(rows, self.app.size.width - 4))

    def on_resize(self) -> None:
        """Fit the sentences to the new width."""
        if self._page is not None:
            self._draw_lines(self._page)

    def _say(self, selector: str, content: Content) -> None:
        line = self.query_one(selector, Static)
        line.update(content)
        line.display = bool(content)

    def label_of(self, action: Action) -> str:
        """Count what a key would show."""
        if action.id == "warnings" and self._page is not None:
            number = parts.open_warnings(self._page)
            return f"{action.label} ({number:,})" if number else action.label
        return action.label

    def do_connect_many(self) -> None:
        """Open everything that is not connected, to connect many at once."""
        self.console.open_connecting()

    def do_review(self) -> None:
        """Open the warnings of the kind under the cursor."""
        row = self.query_one("#kinds", VirtualTable).cursor_row
        if row is not None:
            self.console.open_warnings(WarningQuery(kinds=(row.kind,)))

    def do_review_number(self, key: str) -> None:
        """Open the warnings of the kind with this number."""
        kind = next((kind for kind, number in self._numbers.items() if str(number) == key), "")
        if not kind:
            self.toast(f"There is no kind {key} here.", "warning")
            return
        table = self.query_one("#kinds", VirtualTable)
        table.go_to(self._kinds.id_for(kind) or 0)
        self.console.open_warnings(WarningQuery(kinds=(kind,)))

    def why_not(self, name: str) -> str:
        """Return why a key can do nothing now."""
        if name != "hand_on" or self.query_one(EscalationLine).proposals:
            return ""
        return "Nothing is to be handed on. e on a warning makes the evidence for that one."

    async def do_hand_on(self) -> None:
        """Copy and show the evidence for what is proposed first."""
        from awra_tui.actions.escalation import evidence_of_proposal
        from awra_tui.screens.evidence import show

        first = self.query_one(EscalationLine).proposals[0]
        show(self, await evidence_of_proposal(self.console.desk, first))

    def do_sync(self) -> None:
        """Sync now; keys go on working meanwhile."""
        from awra_tui.actions.sync import RunResult, sync_now

        def told(result: RunResult) -> None:
            severity = "information" if result.outcome in ("done", "nothing") else "warning"
            self.toast(result.sentence, severity, lasts=True)

        self.console.start("Sync", lambda report: sync_now(self.console.desk, progress=report), told)
