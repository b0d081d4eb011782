"""Choose the QuickBooks object for one value of the source, by typing; says first what saving releases."""

from collections.abc import Callable
from functools import partial

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from awra_tui.actions.results import MappingSaved, Suggestion
from awra_tui.cache.pages.mappings import MappingRow
from awra_tui.records.mapping import MAPPING_KINDS
from awra_tui.records.text import cut
from awra_tui.screens.base import BaseScreen
from awra_tui.screens.mapping_parts import choice_columns, key_text, mapping_text, preview_text
from awra_tui.screens.text_pane import TextPane
from awra_tui.screens.typing_list import TypingList
from awra_tui.widgets.keys import bindings
from awra_tui.widgets.provider import Listed
from awra_tui.widgets.virtual_table import VirtualTable


class ChooserScreen(BaseScreen):
    """The chooser: a search line, ranked suggestions, and what the highlighted one would release.

    A payment method takes two steps: the method, then the account that it is deposited to.
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
        self, row: MappingRow, saved: Callable[[MappingSaved], None], *, account_only: bool = False
    ) -> None:
        super().__init__()
        self.row = row
        self.key = row.mapping.key
        self.kind = MAPPING_KINDS[self.key.kind]
        self.qbo_id = row.mapping.qbo_id if account_only else ""
        self.for_account = self.account_only = account_only
        self._saved = saved
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
        self.query_one(TextPane).show(lambda width: mapping_text(self.row, width))
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
        room = max(self.size.width - 2 - len(step), 20)
        said = cut(f"{key_text(self.key)} → {what}", room) + step
        self.query_one("#question", Static).update(Content(said))

    async def _search(self) -> None:
        from awra_tui.actions import mapping

        listed = self.query_one(TypingList)
        suggest = mapping.account_suggestions if self.for_account else mapping.suggestions
        self._found.set(await suggest(self.console.desk, self.key, listed.line.value))
        listed.table.show()
        listed.table.action_first()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow while typing."""
        event.stop()
        self.attend(self._search, group="search", exclusive=True)

    def on_input_submitted(self) -> None:
        """Choose with Enter while typing."""
        self.action_run("pick")

    def on_virtual_table_highlighted(self, event: VirtualTable.Highlighted) -> None:
        """Say what the highlighted object would release."""
        row = None if event.row_id is None else self._found.row(event.row_id)
        self.attend(partial(self._preview, row), group="preview", exclusive=True)

    async def _preview(self, row: Suggestion | None) -> None:
        from awra_tui.actions import mapping

        line = self.query_one("#preview", Static)
        width = max(self.size.width - 2, 20)
        if row is None:
            line.update(Content(""))
        elif row.refused:
            line.update(Content.styled(f"✕ Cannot be chosen: {cut(row.refused, width * 2 - 24)}", "$warning"))
        elif self._first_step():
            line.update(Content.styled("Enter goes on to the account that it is deposited to.", "$secondary"))
        else:
            qbo_id, account_id = self._ids(row)
            preview = await mapping.preview_mapping(self.console.desk, self.key, qbo_id, account_id)
            line.update(preview_text(preview, width))

    def _first_step(self) -> bool:
        return bool(self.kind.account_entity) and not self.for_account

    def _ids(self, row: Suggestion) -> tuple[str, str]:
        return (self.qbo_id, row.choice.id) if self.for_account else (row.choice.id, "")

    async def do_pick(self) -> None:
        """Take the highlighted object: go on to the account, or save."""
        row = self.query_one(TypingList).table.cursor_row
        if not isinstance(row, Suggestion):
            self.toast("Nothing is highlighted. Type less to see more.", "warning")
        elif row.refused:
            self.toast(f"{cut(row.choice.name, 60)} cannot be chosen: {row.refused}", "warning")
        elif self._first_step():
            self.qbo_id, self.for_account = row.choice.id, True
            self._begin_step()
        else:
            await self._save(row)

    def _begin_step(self) -> None:
        line = self.query_one(TypingList).line
        with line.prevent(Input.Changed):
            line.value = ""
        self.reload()

    async def _save(self, row: Suggestion) -> None:
        from awra_tui.actions import mapping

        saved = await mapping.save_mapping(self.console.desk, self.key, *self._ids(row))
        self.app.pop_screen()
        self._saved(saved)

    def do_back(self) -> None:
        """Go back a step, or leave without saving."""
        if self.for_account and not self.account_only:
            self.for_account = False
            self._begin_step()
        else:
            super().do_back()
