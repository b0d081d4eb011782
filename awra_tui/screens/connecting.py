"""Connect many: every customer, vendor and product that is not connected, the certain ones selected."""

import datetime as dt
from collections.abc import Collection, Iterable
from functools import partial

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from awra_tui.actions.connect_many import NAME_KINDS, Unconnected
from awra_tui.actions.results import Connected, ConnectPreview
from awra_tui.actions.table import Action
from awra_tui.records.errors import AwraError
from awra_tui.records.rules import NO_START
from awra_tui.records.subject import RecordKey
from awra_tui.records.text import cut, sort_key
from awra_tui.screens import connecting_parts as parts
from awra_tui.screens.connect_parts import (
    comparison_text,
    question_lines,
    start_line,
    start_lines,
    start_of,
)
from awra_tui.screens.dialogs import ask_yes, while_asking
from awra_tui.screens.filtering import FilteringScreen
from awra_tui.screens.releasing import ReleasedLine, ReleasingScreen
from awra_tui.screens.text_pane import TextPane
from awra_tui.widgets.filter_box import FilterBox
from awra_tui.widgets.keys import bindings
from awra_tui.widgets.provider import Listed
from awra_tui.widgets.virtual_table import VirtualTable

ALL_CONNECTED = "Every customer, vendor and product is connected, or needs no decision."
LOOKING = "Comparing names, tax numbers, e-mails, phones and balances …"


class ConnectingScreen(FilteringScreen[Unconnected], ReleasingScreen):
    """Names that are not connected beside what they most likely are; below, the highlighted one compared.

    With ``keys`` it shows only these. What is connected or created here is sent when a person says so,
    at the latest asked when they leave.
    """

    SCREEN = "connecting"
    BINDINGS = bindings("connecting")
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    ConnectingScreen #title { height: 1; padding: 0 1; margin: 1 0 0 0; }
    ConnectingScreen #what { width: 1fr; text-style: bold; }
    ConnectingScreen #kinds { height: 1; padding: 0 1; }
    ConnectingScreen #start { height: 1; padding: 0 1; margin: 0 0 1 0; color: $secondary; }
    ConnectingScreen #compared { height: 8; border-top: solid $border; }
    ConnectingScreen.-tall #compared { height: 16; }
    """

    def __init__(self, keys: Collection[RecordKey] = ()) -> None:
        super().__init__()
        self.keys = frozenset(keys)
        self.kind = ""
        self.start: dt.date | None = None
        self.suggested: dt.date | None = None
        self._all: list[Unconnected] = []
        self._is_read = False
        self._known: dict[RecordKey, str] = {}
        self._rows = Listed[Unconnected](lambda row: row.key)

    def body(self) -> ComposeResult:
        """Compose title and filter, kinds, start date, list, and the highlighted one compared."""
        with Horizontal(id="title"):
            yield Static(id="what", markup=False)
            yield FilterBox(blink=not self.console.clock_frozen)
        yield Static(id="kinds", markup=False)
        yield Static(id="start", markup=False)
        yield VirtualTable(self._rows, parts.COLUMNS, selectable=True, id="list", empty="")
        yield TextPane(name="compared")
        yield ReleasedLine()

    def on_resize(self) -> None:
        """Set the lines above anew in the new width."""
        self.set_class(self.size.height >= 40, "-tall")
        self._say()

    async def load(self) -> None:
        """Read what is not connected; what was not seen before and is certain becomes selected."""
        from awra_tui.actions.connect_many import preview_many, unconnected

        if not self._is_read:
            self.query_one("#what", Static).update(LOOKING)
        found = await unconnected(self.console.desk)
        self._is_read = True
        self._all = [row for row in found if not self.keys or row.key in self.keys]
        self.suggested = (await preview_many(self.console.desk, {})).suggested_start
        self.table.empty = ALL_CONNECTED
        self._narrow()
        self._select_certain(new_only=True)
        await self.load_released()

    def _select_certain(self, *, new_only: bool) -> None:
        sure = {row.key for row in self._all if row.is_certain and not (new_only and row.key in self._known)}
        # Who selected a row meant the candidate that stood beside it.
        kept = {row.key for row in self._chosen_rows() if self._known.get(row.key) == parts.best_id(row)}
        self._known |= {row.key: parts.best_id(row) for row in self._all}
        wanted = kept | sure if new_only else sure
        self.table.select(self._rows.id_of(row) for row in self._all if row.key in wanted)

    def _narrow(self) -> None:
        words = sort_key(self.query_one(FilterBox).value).split()
        of_kind = [row for row in self._all if self.kind in ("", row.record.kind)]
        self._rows.set(row for row in of_kind if all(word in parts.searched(row) for word in words))
        self.table.show()
        self._say()
        if not self._rows.count:
            self._show(None)

    def _say(self) -> None:
        if not self._is_read:
            return
        width = max(self.size.width - 2, 20)
        profiles = self.console.desk.profile.rules.start_date
        self.query_one("#what", Static).update(parts.title(self._all, len(self._chosen_rows())))
        self.query_one("#kinds", Static).update(parts.kinds_line(self._all, self.kind))
        self.query_one("#start", Static).update(parts.start_text(self.start, profiles, self.suggested, width))
        self.refresh_keys()

    def _chosen_rows(self) -> list[Unconnected]:
        """Return what is selected, of every kind and whatever the filter shows."""
        return [row for row in self._all if self._rows.id_of(row) in self.table.selected]

    def on_virtual_table_selection_changed(self) -> None:
        """Count what is selected."""
        self._say()

    def on_virtual_table_loaded(self) -> None:
        """Show what stands under the cursor."""
        self._show(self.table.cursor_row)

    def on_virtual_table_highlighted(self) -> None:
        """Show what stands under the cursor."""
        self._show(self.table.cursor_row)

    def _show(self, row: Unconnected | None) -> None:
        self.attend(partial(self._compare, row), group="preview", exclusive=True)

    async def _compare(self, row: Unconnected | None) -> None:
        from awra_tui.actions.comparison import sides

        pane = self.query_one("#compared", TextPane)
        if row is None:
            pane.show(lambda _: Content(""))
            return
        thing = row.best.object if row.best else None
        more = await sides(self.console.desk, row.key, thing.id if thing else "")
        pane.show(
            lambda width: Content("\n").join(
                part
                for part in (
                    parts.named_alike_text(row, width),
                    comparison_text(row.record, thing, width, more),
                )
                if part
            )
        )

    def why_not(self, name: str) -> str:
        """Return why a key can do nothing now."""
        if not self.is_mounted:
            return ""
        if name == "connect_chosen":
            return parts.no_connecting(self._known_rows())
        if name in ("connect_one", "toggle", "create_names") and self.table.cursor_row is None:
            return "Nothing is listed."
        if name == "create_names":
            return parts.no_creating(self._new_rows())
        if name == "certain_names" and not any(one.is_certain for one in self._all):
            return "Nothing here is certain: compare one by one (o)."
        return super().why_not(name)

    def label_of(self, action: Action) -> str:
        """Count what a key would act on."""
        if not self.is_mounted:
            return action.label
        chosen = self._chosen_rows()
        number = {
            "connect_chosen": sum(map(parts.is_open, chosen)),
            "create_names": sum(not parts.is_open(row) for row in chosen),
        }.get(action.id, 0)
        return f"{action.label} ({number:,})" if number else super().label_of(action)

    def _known_rows(self) -> list[Unconnected]:
        """Return what is selected, else what stands under the cursor."""
        row = self.table.cursor_row
        return self._chosen_rows() or ([row] if row is not None else [])

    def _new_rows(self) -> list[Unconnected]:
        """Return what is selected and nothing can be connected to, else what stands under the cursor."""
        chosen = [row for row in self._chosen_rows() if not parts.is_open(row)]
        row = self.table.cursor_row
        return chosen or ([row] if row is not None else [])

    def do_certain_names(self) -> None:
        """Select only what leaves no question."""
        self._select_certain(new_only=False)

    def do_next_kind(self) -> None:
        """Show the next kind only; after the last, all."""
        self._step_kind(1)

    def do_previous_kind(self) -> None:
        """Show the kind before only."""
        self._step_kind(-1)

    def _step_kind(self, by: int) -> None:
        there = {row.record.kind for row in self._all}
        kinds = ["", *(kind for kind in NAME_KINDS if kind in there)]
        self.kind = kinds[(kinds.index(self.kind) + by) % len(kinds)] if self.kind in kinds else ""
        self._narrow()

    def on_input_changed(self) -> None:
        """Narrow while typing."""
        self._narrow()

    def do_other_side(self) -> None:
        """Go from the list to the comparison, to scroll it, and back."""
        pane = self.query_one("#compared", TextPane)
        (self.table if pane.has_focus else pane).focus()

    def do_connect_one(self) -> None:
        """Compare the highlighted one with everything that it may be."""
        row = self.table.cursor_row
        if row is not None:
            self.console.open_connect(row.key)

    def do_start_date(self) -> None:
        """Ask from which date on transactions are sent, of all that are connected together."""
        profiles = self.console.desk.profile.rules.start_date
        shown = profiles if self.start == NO_START else self.start or profiles or self.suggested
        self.ask_first(start_line(shown), self._set_start)

    async def _set_start(self, said: str) -> None:
        self.start = start_of(said)
        self._say()

    async def do_connect_chosen(self) -> None:
        """Connect what is selected together, after a question that says what follows."""
        from awra_tui.actions import connect_many

        desk = self.console.desk
        rows = [row for row in self._known_rows() if parts.is_open(row)]
        chosen = {row.key: row.best.object.id for row in rows if row.best}
        look = partial(connect_many.preview_many, desk, chosen, self.start)
        preview: ConnectPreview | None = await while_asking(self, "Counting what it brings in …", look)
        if preview is None:
            return
        if preview.refused:
            raise AwraError(f"Nothing was connected. {cut(preview.refused, 300)}.")
        lines = [*parts.doubtful_lines(rows), *question_lines(preview, self.start)]
        if await ask_yes(self, f"{preview.sentence} Go on?", lines):
            await self._done(rows, await connect_many.connect_many(desk, chosen, self.start))

    async def do_create_names(self) -> None:
        """Create what nothing is like, after a question that says what each is to be called."""
        from awra_tui.actions import create_many

        desk, rows = self.console.desk, self._new_rows()
        keys = [row.key for row in rows]
        look = partial(create_many.preview_new, desk, keys)
        preview: create_many.NewNames | None = await while_asking(
            self, "Looking which names are free …", look
        )
        if preview is None:
            return
        if preview.refused:
            raise AwraError(f"Nothing will be created. {cut(preview.refused, 300)}.")
        lines = [*parts.new_lines(rows, preview.renamed), *start_lines(self.start)]
        if await ask_yes(self, f"{preview.sentence} Go on?", lines):
            await self._done(rows, await create_many.create_many(desk, keys, self.start))

    async def _done(self, rows: Iterable[Unconnected], done: Connected) -> None:
        """Say what was done; the rest stays selected, and what was released waits to be sent together."""
        self.table.select(self.table.selected - {self._rows.id_of(row) for row in rows})
        self.keep_released(done.released)
        await self.after(f"{done.sentence} u undoes.")
