"""Choose the QuickBooks object for values of the source, by typing; says first what it would release."""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from awra_tui.actions.results import Suggestion
from awra_tui.records.mapping import MAPPING_KINDS, MappingChange
from awra_tui.records.text import cut
from awra_tui.screens.base import BaseScreen
from awra_tui.screens.chooser_parts import choice_columns, preview_text
from awra_tui.screens.mapping_dialogs import ask_since
from awra_tui.screens.mapping_draft import EditorRow
from awra_tui.screens.mapping_parts import key_text, kind_label, mapping_text, since_text
from awra_tui.screens.text_pane import TextPane
from awra_tui.screens.typing_list import TypingList
from awra_tui.widgets.keys import bindings
from awra_tui.widgets.provider import Listed
from awra_tui.widgets.virtual_table import VirtualTable


class ChooserScreen(BaseScreen):
    """The chooser: a search line, ranked suggestions, and what the highlighted one would release.

    What is picked becomes a change of every mapping in ``rows``, all of one kind. A payment method
    takes two steps: the method, then the account that it is deposited to.
    """

    SCREEN = "chooser"
    BINDINGS = bindings("chooser")
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    ChooserScreen #question { height: 1; padding: 0 1; margin: 1 0; text-style: bold; }
    ChooserScreen #facts { height: auto; max-height: 7; margin: 0 0 1 0; }
    ChooserScreen #preview { height: 2; padding: 0 1; margin: 1 0 0 0; }
    """

    def __init__(
        self,
        rows: Sequence[EditorRow],
        picked: Callable[[Sequence[MappingChange]], None],
        *,
        account_only: bool = False,
    ) -> None:
        super().__init__()
        self.rows = rows
        self.key = rows[0].key
        self.kind = MAPPING_KINDS[self.key.kind]
        self.qbo_id = ""
        self.for_account = self.account_only = account_only
        days = {self._day(one) for one in rows}
        self.since = days.pop() if len(days) == 1 else None
        self._is_dated = False
        self._picked = picked
        self._found = Listed[Suggestion](lambda one: (one.choice.entity, one.choice.id))

    def body(self) -> ComposeResult:
        """Compose question, facts, list and preview."""
        yield Static(id="question", markup=False)
        yield TextPane(name="facts")
        yield TypingList(
            self._found,
            choice_columns(self._entity()),
            placeholder="type a name, number or rate; arrows walk through the list",
            empty="QuickBooks has nothing like this. Sync to read it anew, or type less.",
        )
        yield Static(id="preview", markup=False)

    def on_mount(self) -> None:
        """Show the mapping as it is, and be ready for typing."""
        self.query_one(TextPane).show(lambda width: mapping_text(self.rows[0].row, width))
        self.query_one(TypingList).line.focus()

    async def load(self) -> None:
        """Read the suggestions for what is typed."""
        self._ask()
        self.query_one(TypingList).table.set_columns(choice_columns(self._entity()))
        await self._search()

    def _entity(self) -> str:
        return self.kind.account_entity if self.for_account else self.kind.entity

    def _ask(self) -> None:
        step = f"  ({2 if self.for_account else 1} of 2)" if self.kind.account_entity else ""
        what = "which deposit account?" if self.for_account else f"which {self.kind.label.lower()}?"
        tail = f" {since_text(self.since)}{step}" if self.since else step
        room = max(self.size.width - 2 - len(tail), 20)
        said = cut(f"{self._called()} → {what}", room) + tail
        self.query_one("#question", Static).update(Content(said))

    def _called(self) -> str:
        if len(self.rows) == 1:
            return key_text(self.key)
        return f"{len(self.rows):,} values of {kind_label(self.key.kind).lower()}"

    async def _search(self) -> None:
        from awra_tui.actions import mapping

        listed, sought = self.query_one(TypingList), self._sought()
        suggest = mapping.account_suggestions if self.for_account else mapping.suggestions
        listed.show_found(await suggest(self.console.desk, self.key, listed.line.value), sought)

    def _sought(self) -> tuple[bool, str]:
        """Return what is asked for: a method or an account, and what is typed."""
        return self.for_account, self.query_one(TypingList).line.value

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow while typing."""
        event.stop()
        self.attend(self._search, group="search", exclusive=True)

    def on_input_submitted(self) -> None:
        """Choose with Enter while typing, once it is what was typed; nothing of a step that nobody saw."""
        sought = self.query_one(TypingList).sought
        if sought == self._sought():
            self.action_run("pick")
        elif isinstance(sought, tuple) and sought[0] is self.for_account:
            self.attend(self._find_and_pick, group="search-pick", exclusive=True)

    async def _find_and_pick(self) -> None:
        await self._search()
        self.action_run("pick")

    def on_virtual_table_highlighted(self, event: VirtualTable.Highlighted) -> None:
        """Say what the highlighted object would release."""
        row = None if event.row_id is None else self._found.row(event.row_id)
        self.attend(partial(self._preview, row), group="preview", exclusive=True)

    async def _preview(self, row: Suggestion | None) -> None:
        from awra_tui.actions import staging

        line = self.query_one("#preview", Static)
        width = max(self.size.width - 2, 20)
        if row is None:
            line.update(Content(""))
        elif row.refused:
            line.update(Content.styled(f"✕ Cannot be chosen: {cut(row.refused, width * 2 - 24)}", "$warning"))
        elif self._first_step():
            line.update(Content.styled("Enter goes on to the account that it is deposited to.", "$secondary"))
        else:
            preview = await staging.preview_changes(self.console.desk, self._changes(row))
            line.update(preview_text(preview, width))

    def _first_step(self) -> bool:
        return bool(self.kind.account_entity) and not self.for_account

    def _changes(self, row: Suggestion) -> list[MappingChange]:
        return [self._change(one, row.choice.id) for one in self.rows]

    def _change(self, one: EditorRow, picked: str) -> MappingChange:
        since = self.since if self._is_dated else self._day(one)
        if self.for_account:
            return MappingChange(one.key, self.qbo_id or one.qbo_id, picked, since)
        return MappingChange(one.key, picked, "", since)

    def _day(self, one: EditorRow) -> dt.date | None:
        """Return from which day a choice holds that names none; another account changes nothing else."""
        return one.day if self.account_only else one.since

    def do_from_date_here(self) -> None:
        """Let what is picked hold for records from a date on."""
        ask_since(self, self.since, self._take_since)

    async def _take_since(self, since: dt.date | None) -> None:
        self.since, self._is_dated = since, True
        self._ask()
        row = self.query_one(TypingList).table.cursor_row
        await self._preview(row if isinstance(row, Suggestion) else None)

    def do_pick(self) -> None:
        """Take the highlighted object: go on to the account, or hand it to the editor."""
        listed = self.query_one(TypingList)
        if self.app.screen is not self or listed.sought != self._sought():
            return  # the second Enter of somebody in haste
        row = listed.highlighted
        if not isinstance(row, Suggestion):
            self.toast("Nothing is highlighted. Type less to see more.", "warning")
        elif row.refused:
            self.toast(f"{cut(row.choice.name, 60)} cannot be chosen: {row.refused}", "warning")
        elif self._first_step():
            self.qbo_id, self.for_account = row.choice.id, True
            self._begin_step()
        else:
            self.app.pop_screen()
            self._picked(self._changes(row))

    def _begin_step(self) -> None:
        line = self.query_one(TypingList).line
        with line.prevent(Input.Changed):
            line.value = ""
        self.reload()

    def do_back(self) -> None:
        """Go back a step, or leave without a choice."""
        if self.for_account and not self.account_only:
            self.for_account, self.qbo_id = False, ""
            self._begin_step()
        else:
            super().do_back()
