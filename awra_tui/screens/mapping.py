"""The mapping editor: every value that records need, unready first, and what it is in QuickBooks."""

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from awra_tui.cache.pages import mappings as pages
from awra_tui.cache.pages.mappings import MappingRow
from awra_tui.records.mapping import MAPPING_KINDS
from awra_tui.records.status import MappingState
from awra_tui.records.subject import MappingKey
from awra_tui.records.text import sort_key
from awra_tui.screens.dialogs import Choice
from awra_tui.screens.mapping_deeds import MappingDeeds
from awra_tui.screens.mapping_draft import EditorRow
from awra_tui.screens.mapping_parts import (
    MAPPING_COLUMNS,
    editor_text,
    key_text,
    kinds_line,
    object_text,
    waits_for,
)
from awra_tui.screens.prose import counted, wrapped
from awra_tui.screens.releasing import ReleasedLine
from awra_tui.screens.text_pane import TextPane
from awra_tui.screens.typing_list import StillLine
from awra_tui.widgets.keys import bindings
from awra_tui.widgets.provider import Listed
from awra_tui.widgets.virtual_table import VirtualTable


class MappingScreen(MappingDeeds):
    """All mappings, or those of one kind or state; below the list what there is to know of one.

    With a ``key`` it opens there, for somebody who came from a warning.
    """

    SCREEN = "mapping"
    BINDINGS = bindings("mapping")
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    MappingScreen #title { height: 1; padding: 0 1; margin: 1 0 0 0; }
    MappingScreen #kinds { height: 1; padding: 0 1; margin: 0 0 1 0; }
    MappingScreen #facts { height: auto; max-height: 9; border-top: solid $border; }
    MappingScreen #draft { height: auto; max-height: 2; padding: 0 1; color: $accent; display: none; }
    MappingScreen #draft.-open { display: block; }
    MappingScreen Input { display: none; margin: 0 1; }
    MappingScreen Input.-open { display: block; }
    """

    def __init__(self, key: MappingKey | None = None) -> None:
        super().__init__(arrived=key is not None)
        self.wanted = key
        self.kind = ""
        self.state = ""
        self._all: list[MappingRow] = []
        self._to_next = False
        self._rows = Listed[EditorRow](lambda one: one.key)

    def body(self) -> ComposeResult:
        """Compose title, kinds, list, facts and what is not saved."""
        yield Static(id="title", markup=False)
        yield Static(id="kinds", markup=False)
        yield VirtualTable(self._rows, MAPPING_COLUMNS, selectable=True, empty=_EMPTY)
        yield StillLine("filter: value, scope, object or sentence")
        yield TextPane(name="facts")
        yield ReleasedLine()
        yield Static(id="draft", markup=False)

    @property
    def table(self) -> VirtualTable[EditorRow]:
        """The list."""
        return self.query_one(VirtualTable)

    def on_mount(self) -> None:
        """Walk through the list at first."""
        self.table.focus()

    async def load(self) -> None:
        """Read all mappings, and show those that kind and filter leave; and what can be sent still."""
        await self.load_released()
        self._all = await self.page(pages.mapping_rows, "")
        if self._to_next:
            self.wanted, self._to_next = _first_unready(self._all), False
        self._narrow()

    def _narrow(self) -> None:
        words = sort_key(self.query_one(Input).value).split()
        of_kind = [one for one in self.draft.rows(self._all) if self.kind in ("", one.key.kind)]
        rows = [one for one in of_kind if _has_state(one, self.state)]
        rows = [one for one in rows if all(word in _searched(one) for word in words)]
        self._rows.set(rows)
        self.table.empty = next(
            (told for asked, told in ((words, _UNLIKE), (self.state, _OTHERS)) if asked), _EMPTY
        )
        self.table.show()
        self._say_counts(of_kind)
        if not rows:
            self._show_facts(None)

    def _say_counts(self, rows: list[EditorRow]) -> None:
        unready = sum(one.row.mapping.state is not MappingState.READY for one in rows)
        waiting = sum(waits_for(one.row) for one in rows)
        said = f"{counted(len(rows), 'mapping')} · {unready:,} not ready"
        said += f" · {counted(waiting, 'record')} waiting for them" if unready else ""
        only = f"only {_STATES[self.state]} · " if self.state else ""
        selected = f"{len(self.table.selected):,} selected · " if self.table.selected else ""
        line = Content.assemble(("Mappings", "bold"), "   ", (only + selected, "$accent"), said)
        room = max(self.size.width - 2, 20)
        self.query_one("#title", Static).update(line.truncate(room, ellipsis=True))
        labels = ["all kinds", *(MAPPING_KINDS[kind].plural.lower() for kind in self._kinds())]
        here = ["", *self._kinds()].index(self.kind) if self.kind in self._kinds() else 0
        self.query_one("#kinds", Static).update(kinds_line(labels, here, room))

    def _kinds(self) -> list[str]:
        there = {one.key.kind for one in self.draft.rows(self._all)}
        return [kind for kind in MAPPING_KINDS if kind in there]

    def draft_changed(self) -> None:
        """Show the draft as it is now, and what it would mean as soon as that is known."""
        self._narrow()
        self._say_draft()
        if self.draft:
            self.attend(self._look_ahead, group="preview", exclusive=True)

    async def _look_ahead(self) -> None:
        await self.look_ahead()
        self._narrow()
        self._say_draft()

    def _say_draft(self) -> None:
        line = self.query_one("#draft", Static)
        line.set_class(bool(self.draft), "-open")
        preview = self.draft.preview
        told = (preview.refused or preview.sentence) if preview else "…"
        said = f"{counted(len(self.draft), 'change')} not saved: {told}"
        first, *more = wrapped(said, max(self.size.width - 4, 20))
        rest = more[0] + ("" if len(more) == 1 else " …") if more else ""
        line.update(Content("\n".join(filter(None, (first, rest)))))
        self.refresh_keys()

    def saved(self) -> None:
        """Go to the next mapping that is not ready."""
        self._to_next = True
        self._say_draft()

    def chosen(self) -> list[EditorRow]:
        """Return the selected mappings, or the one under the cursor."""
        found = (self._rows.row(row_id) for row_id in self.table.chosen())
        return [one for one in found if one is not None]

    def listed(self) -> list[EditorRow]:
        """Return the mappings that kind, state and filter leave."""
        return self._rows.all

    def known(self) -> dict[MappingKey, EditorRow]:
        """Return every mapping that there is, saved or not."""
        return {one.key: one for one in self.draft.rows(self._all)}

    def do_only_state(self) -> None:
        """Choose which state the mappings shown have."""
        self.ask_first(Choice("Only mappings that are …", list(_STATES.items()), self.state), self._only)

    async def _only(self, state: str) -> None:
        self.state = state
        self._narrow()

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
        self.table.focus()

    def do_back(self) -> None:
        """Close the filter, then the selection, then the screen."""
        line = self.query_one(Input)
        if line.has_class("-open"):
            line.value = ""
            line.remove_class("-open")
            self.table.focus()
        elif self.table.selected:
            self.table.select(())
        else:
            super().do_back()

    def on_virtual_table_selection_changed(self) -> None:
        """Count what is selected."""
        self._say_counts(self.listed())

    def on_virtual_table_highlighted(self, event: VirtualTable.Highlighted) -> None:
        """Show the facts of the highlighted mapping; go to the wanted one when it is there first."""
        wanted = None if self.wanted is None else self._rows.id_for(self.wanted)
        if wanted is not None and self.table.loaded:
            self.wanted = None
            if self.table.go_to(wanted):
                event = VirtualTable.Highlighted(event.table, wanted)
        self._show_facts(None if event.row_id is None else self._rows.row(event.row_id))
        self.refresh_keys()

    def _show_facts(self, one: EditorRow | None) -> None:
        self.query_one(TextPane).show(lambda width: editor_text(one, width) if one else Content(""))

    def do_waiting(self) -> None:
        """Open the warnings that wait for the highlighted mapping."""
        from awra_tui.cache.pages.warnings import WarningQuery

        row = self.table.cursor_row
        if row is not None:
            self.console.open_warnings(WarningQuery(cause=f"mapping:{row.key.text}"))

    def do_copy(self) -> None:
        """Copy the mapping as one line."""
        one = self.table.cursor_row
        if one is not None:
            told = f"{key_text(one.key)} → {object_text(one.row)}: {one.row.mapping.sentence}"
            self.copy(told, "the mapping")


_EMPTY = "No record needs a mapping yet."
_UNLIKE = "Nothing here is like the filter."
_OTHERS = "No mapping is in this state. i shows others."
_CHANGED, _UNREADY, _BROKEN = "changed", "unready", "broken"
_STATES = {
    "": "all",
    _UNREADY: "not ready",
    MappingState.BLOCKED.value: "blocked",
    MappingState.REVIEW.value: "for review",
    MappingState.READY.value: "ready",
    _BROKEN: "chosen and not usable as it is",
    _CHANGED: "changed and not saved",
}
"""What can be shown alone."""


def _has_state(one: EditorRow, state: str) -> bool:
    if state == _CHANGED:
        return one.change is not None
    mapping = one.row.mapping
    if state == _BROKEN:
        return mapping.is_ever_chosen and mapping.state is not MappingState.READY
    return state in ("", mapping.state.value) or (
        state == _UNREADY and mapping.state is not MappingState.READY
    )


def _first_unready(rows: list[MappingRow]) -> MappingKey | None:
    """Return the next thing to do: the first mapping that is not ready, if any."""
    unready = (row.mapping.key for row in rows if row.mapping.state is not MappingState.READY)
    return next(unready, None)


def _searched(one: EditorRow) -> str:
    row = one.row
    parts = (one.key.text, row.object_name, row.account_name, row.mapping.sentence)
    return sort_key(" ".join(part[:200] for part in parts))
