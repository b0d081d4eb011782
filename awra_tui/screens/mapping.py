"""The mapping editor: every value that records need, unready first, and what it is in QuickBooks."""

from functools import partial

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from awra_tui.actions.results import MappingSaved
from awra_tui.cache.pages import mappings as pages
from awra_tui.cache.pages.mappings import MappingRow
from awra_tui.records.errors import AwraError
from awra_tui.records.mapping import MAPPING_KINDS
from awra_tui.records.status import MappingState
from awra_tui.records.subject import MappingKey, RecordKey
from awra_tui.records.text import sort_key
from awra_tui.screens.base import BaseScreen
from awra_tui.screens.chooser import ChooserScreen
from awra_tui.screens.mapping_parts import MAPPING_COLUMNS, key_text, mapping_text, object_text, waits_for
from awra_tui.screens.prose import counted, paragraph
from awra_tui.screens.resending import resend_records
from awra_tui.screens.text_pane import TextPane
from awra_tui.screens.typing_list import StillLine
from awra_tui.widgets.keys import bindings
from awra_tui.widgets.provider import Listed
from awra_tui.widgets.virtual_table import VirtualTable


class MappingScreen(BaseScreen):
    """All mappings, or those of one kind; below the list what there is to know of the highlighted one."""

    SCREEN = "mapping"
    BINDINGS = bindings("mapping")
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    MappingScreen #title { height: 1; padding: 0 1; margin: 1 0 0 0; }
    MappingScreen #kinds { height: 1; padding: 0 1; margin: 0 0 1 0; }
    MappingScreen #facts { height: auto; max-height: 9; border-top: solid $border; }
    MappingScreen Input { display: none; margin: 0 1; }
    MappingScreen Input.-open { display: block; }
    """

    def __init__(self, key: MappingKey | None = None) -> None:
        super().__init__()
        self.wanted = key
        self.kind = ""
        self.released: tuple[RecordKey, ...] = ()
        self._all: list[MappingRow] = []
        self._to_next = False
        self._rows = Listed[MappingRow](lambda row: row.mapping.key)

    def body(self) -> ComposeResult:
        """Compose title, kinds, list and facts."""
        yield Static(id="title", markup=False)
        yield Static(id="kinds", markup=False)
        yield VirtualTable(self._rows, MAPPING_COLUMNS, empty="No record needs a mapping yet.")
        yield StillLine("filter: value, scope, object or sentence")
        yield TextPane(name="facts")

    def on_mount(self) -> None:
        """Walk through the list at first."""
        self._table().focus()

    async def load(self) -> None:
        """Read all mappings, and show those that kind and filter leave."""
        self._all = await self.page(pages.mapping_rows, "")
        if self._to_next:
            self.wanted, self._to_next = _first_unready(self._all), False
        self._narrow()

    def _table(self) -> VirtualTable[MappingRow]:
        return self.query_one(VirtualTable)

    def _narrow(self) -> None:
        words = sort_key(self.query_one(Input).value).split()
        of_kind = [row for row in self._all if self.kind in ("", row.mapping.key.kind)]
        rows = [row for row in of_kind if all(word in _searched(row) for word in words)]
        self._rows.set(rows)
        table = self._table()
        table.empty = "Nothing here is like the filter." if words else "No record needs a mapping yet."
        table.show()
        self._say_counts(of_kind)
        if not rows:
            self._show_facts(None)

    def _say_counts(self, rows: list[MappingRow]) -> None:
        unready = sum(row.mapping.state is not MappingState.READY for row in rows)
        waiting = sum(waits_for(row) for row in rows)
        said = f"{counted(len(rows), 'mapping')} · {unready:,} not ready"
        said += f" · {counted(waiting, 'record')} waiting for them" if unready else ""
        self.query_one("#title", Static).update(Content.assemble(("Mappings", "bold"), f"   {said}"))
        parts = [self._kind_part("", "all kinds")]
        parts += [self._kind_part(kind, MAPPING_KINDS[kind].plural.lower()) for kind in self._kinds()]
        self.query_one("#kinds", Static).update(Content("  ").join(parts))

    def _kind_part(self, kind: str, label: str) -> Content:
        if kind == self.kind:
            return Content.styled(f"▸{label}", "bold $accent")
        return Content.styled(f" {label}", "$secondary")

    def _kinds(self) -> list[str]:
        there = {row.mapping.key.kind for row in self._all}
        return [kind for kind in MAPPING_KINDS if kind in there]

    def do_next_kind(self) -> None:
        """Show the next kind only; after the last, all."""
        self._step_kind(1)

    def do_previous_kind(self) -> None:
        """Show the kind before only."""
        self._step_kind(-1)

    def _step_kind(self, by: int) -> None:
        kinds = ["", *self._kinds()]
        place = kinds.index(self.kind) if self.kind in kinds else 0
        self.kind = kinds[(place + by) % len(kinds)]
        self._narrow()

    def do_filter(self) -> None:
        """Open the filter."""
        line = self.query_one(Input)
        line.add_class("-open")
        self.set_focus(line)

    def on_input_changed(self) -> None:
        """Narrow while typing."""
        self._narrow()

    def on_input_submitted(self) -> None:
        """Walk through what the filter left."""
        self._table().focus()

    def do_back(self) -> None:
        """Close the filter if it is open, else leave."""
        line = self.query_one(Input)
        if line.has_class("-open"):
            line.value = ""
            line.remove_class("-open")
            self._table().focus()
        else:
            super().do_back()

    def on_virtual_table_highlighted(self, event: VirtualTable.Highlighted) -> None:
        """Show the facts of the highlighted mapping; go to the wanted one when it is there first."""
        wanted = None if self.wanted is None else self._rows.id_for(self.wanted)
        if wanted is not None and self._table().loaded:
            self.wanted = None
            if self._table().go_to(wanted):
                event = VirtualTable.Highlighted(event.table, wanted)
        self._show_facts(None if event.row_id is None else self._rows.row(event.row_id))
        self.refresh_keys()

    def _show_facts(self, row: MappingRow | None) -> None:
        self.query_one(TextPane).show(lambda width: _facts(row, width) if row else Content(""))

    def why_not(self, name: str) -> str:
        """Return why a key can do nothing now."""
        if name == "resend":
            return "" if self.released else "No mapping was saved here yet that released something."
        if name not in ("choose", "deposit", "waiting", "copy"):
            return ""
        row = self._table().cursor_row if self.is_mounted else None
        if row is None:
            return "No mapping is highlighted."
        return _no_deposit(row) if name == "deposit" else ""

    def _row(self) -> MappingRow:
        row = self._table().cursor_row
        if row is None:
            raise AwraError("No mapping is highlighted.")
        return row

    def do_choose(self) -> None:
        """Choose an object for the highlighted value."""
        self.app.push_screen(ChooserScreen(self._row(), self._saved))

    def do_deposit(self) -> None:
        """Choose the deposit account of the highlighted payment method."""
        self.app.push_screen(ChooserScreen(self._row(), self._saved, account_only=True))

    def do_waiting(self) -> None:
        """Open the warnings that wait for the highlighted mapping."""
        from awra_tui.cache.pages.warnings import WarningQuery

        self.console.open_warnings(WarningQuery(cause=f"mapping:{self._row().mapping.key.text}"))

    def do_copy(self) -> None:
        """Copy the mapping as one line."""
        row = self._row()
        self.copy(f"{key_text(row.mapping.key)} → {object_text(row)}: {row.mapping.sentence}", "the mapping")

    async def do_resend(self) -> None:
        """Send what the last saving released."""
        await resend_records(self, self.released)

    def _saved(self, saved: MappingSaved) -> None:
        self.released = saved.released
        self._to_next = True
        self.attend(partial(self._after_saving, saved))

    async def _after_saving(self, saved: MappingSaved) -> None:
        await self.after(saved.sentence)
        if saved.released:
            await resend_records(self, saved.released, before=saved.sentence)


def _facts(row: MappingRow, width: int) -> Content:
    head = paragraph(key_text(row.mapping.key), width, "bold")
    return Content("\n").join([head, mapping_text(row, width)])


def _first_unready(rows: list[MappingRow]) -> MappingKey | None:
    """Return the next thing to do: the first mapping that is not ready, if any."""
    unready = (row.mapping.key for row in rows if row.mapping.state is not MappingState.READY)
    return next(unready, None)


def _searched(row: MappingRow) -> str:
    parts = (row.mapping.key.text, row.object_name, row.account_name, row.mapping.sentence)
    return sort_key(" ".join(part[:200] for part in parts))


def _no_deposit(row: MappingRow) -> str:
    key = row.mapping.key
    if not MAPPING_KINDS[key.kind].account_entity:
        return "Only payment methods have a deposit account."
    return "" if row.mapping.qbo_id else "Choose the payment method first (enter); its account follows."
