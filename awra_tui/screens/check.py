"""Check: what would be sent, what would fail and why, what is blocked; nothing is sent."""

from functools import partial

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static
from textual.worker import Worker

from awra_tui.actions.check import Asked, Checked, Group, check
from awra_tui.actions.outlook import Fate, Outlook
from awra_tui.cache.pages.warnings import WarningQuery, warning_totals
from awra_tui.records.text import cut, harmless
from awra_tui.screens import check_parts as parts
from awra_tui.screens.base import BaseScreen
from awra_tui.screens.prose import counted, paragraph
from awra_tui.screens.text_pane import TextPane
from awra_tui.widgets.keys import bindings
from awra_tui.widgets.provider import Listed
from awra_tui.widgets.virtual_table import VirtualTable

OFTEN = 1_500
"""Records after which the groups are drawn anew while a check runs."""
_CSS = """
    #title { height: 1; padding: 0 1; margin: 1 0; text-style: bold; }
    #notices { height: auto; max-height: 4; padding: 0 1; color: $warning; }
    VirtualTable { height: 2fr; }
    #about { height: 1fr; min-height: 5; border-top: solid $border; }
"""


class CheckScreen(BaseScreen):
    """The groups of records with one outlook for one cause, and what is to be known of the group."""

    SCREEN = "check"
    BINDINGS = bindings("check")
    AUTO_FOCUS = ""
    DEFAULT_CSS = f"CheckScreen {{ {_CSS} }} CheckScreen.-short #title {{ margin: 0; }}"

    def __init__(self, asked: Asked, about: str = "") -> None:
        super().__init__()
        self.asked = asked
        self.about = about
        self.found: Checked | None = None
        self._work: Worker[None] | None = None
        self._drawn = 0
        self._groups: Listed[Group] = Listed(lambda group: (group.fate, group.cause))

    def body(self) -> ComposeResult:
        """Compose title, what holds for all, the groups, and the group under the cursor."""
        yield Static(id="title", markup=False)
        yield Static(id="notices", markup=False)
        yield VirtualTable(self._groups, parts.GROUP_COLUMNS, empty="")
        yield TextPane(name="about")

    def on_mount(self) -> None:
        """Begin in the list."""
        super().on_mount()
        self._table.focus()

    @property
    def _table(self) -> VirtualTable[Group]:
        return self.query_one(VirtualTable)

    @property
    def is_checking(self) -> bool:
        """Whether the check still runs."""
        return self._work is not None and not self._work.is_finished

    async def load(self) -> None:
        """Check once; on return what was found stands until it is asked for again."""
        if self._work is None:
            self._begin()

    def _begin(self) -> None:
        self.found, self._drawn = None, 0
        self._say("Reading in QuickBooks what changed …")
        self._work = self.attend(self._check, group="load-check", exclusive=True)

    async def _check(self) -> None:
        try:
            found = await check(self.console.desk, self.asked, partly=self._partly)
        except Exception:
            self._say("It could not be made.")
            raise
        self._table.empty = found.sentence
        self._draw(found)

    def _partly(self, found: Checked) -> None:
        self.found = found
        self._say(found.sentence)
        if not self._drawn or found.done - self._drawn >= OFTEN:
            self._draw(found)

    def _draw(self, found: Checked) -> None:
        self.found, self._drawn = found, found.done
        self._say(found.sentence)
        self._draw_notices()
        self._groups.set(found.groups)
        self._table.show()
        self._show_about()

    def _draw_notices(self) -> None:
        if self.found is None:
            return
        line = self.query_one("#notices", Static)
        width = max(self.size.width - 2, 20)
        told = [paragraph(sentence, width) for sentence in parts.notices(self.found)]
        line.update(Content("\n").join(told))
        line.display = bool(told)

    def _say(self, sentence: str) -> None:
        head = f"Check · {self.about} · " if self.about else "Check · "
        self.query_one("#title", Static).update(cut(harmless(head + sentence), max(self.size.width - 2, 20)))

    def on_resize(self) -> None:
        """Set the lines anew in the new width."""
        if self.found is not None:
            self._say(self.found.sentence)
            self._draw_notices()

    def on_virtual_table_loaded(self) -> None:
        """Show what stands under the cursor."""
        self._show_about()

    def on_virtual_table_highlighted(self) -> None:
        """Show what stands under the cursor."""
        self._show_about()

    def _show_about(self) -> None:
        row = self._table.cursor_row
        pane = self.query_one("#about", TextPane)
        pane.show(lambda width: parts.about_group(row, width) if row else Content(""))
        self.refresh_keys()

    def why_not(self, name: str) -> str:
        """Return why a key can do nothing now."""
        if name in {"open_group", "group_warnings"} and self.is_mounted and self._table.cursor_row is None:
            return "There is nothing here yet." if self.is_checking else "Nothing is listed."
        if name == "group_warnings" and not self._is_held():
            return "Nothing is to be mended here: choose what would fail or is blocked."
        if name == "copy_check" and self.found is None:
            return "The check has only begun."
        if name == "check_again" and self.is_checking:
            return "The check still runs; x stops it."
        return ""

    def do_open_group(self) -> None:
        """Open the records of the group; of a single one its way."""
        group = self._table.cursor_row
        if group is None:
            return
        if len(group.members) == 1:
            self.console.open_record(group.members[0].key)
        else:
            self.app.push_screen(CheckedScreen(group))

    def _is_held(self) -> bool:
        group = self._table.cursor_row if self.is_mounted else None
        return group is None or group.fate in (Fate.FAILS, Fate.BLOCKED)

    async def do_group_warnings(self) -> None:
        """Go to the warnings of this cause, where every key that mends it is at hand."""
        group = self._table.cursor_row
        if group is None:
            return
        query = WarningQuery(cause=group.cause)
        count, _ = await self.page(warning_totals, query)
        if count:
            self.console.open_warnings(query)
        else:
            self.toast("No open warning has just this cause: enter shows the records.", "warning")

    def do_check_again(self) -> None:
        """Check again, as QuickBooks is by now."""
        self._begin()

    def do_copy_check(self) -> None:
        """Copy what was found."""
        if self.found is not None:
            self.copy(parts.plain(self.found), "what the check found")

    async def do_cancel(self) -> None:
        """Stop the check; what was found so far stays."""
        if self._work is None or not self.is_checking:
            await super().do_cancel()
            return
        self._work.cancel()
        if self.found is None:
            self._say("It was stopped before anything was judged.")
        else:
            self._draw(self.found)


class CheckedScreen(BaseScreen):
    """The records of one group, and what is to be known of the one under the cursor."""

    SCREEN = "checked"
    BINDINGS = bindings("checked")
    AUTO_FOCUS = ""
    DEFAULT_CSS = f"CheckedScreen {{ {_CSS} }} CheckedScreen.-short #title {{ margin: 0; }}"

    def __init__(self, group: Group) -> None:
        super().__init__()
        self.group = group
        self._records: Listed[Outlook] = Listed(lambda one: one.key, group.members)

    def body(self) -> ComposeResult:
        """Compose title, records, and the record under the cursor."""
        yield Static(id="title", markup=False)
        yield VirtualTable(self._records, parts.RECORD_COLUMNS, empty="")
        yield TextPane(name="about")

    def on_mount(self) -> None:
        """Begin in the list."""
        super().on_mount()
        self._table.focus()
        self._table.show()

    @property
    def _table(self) -> VirtualTable[Outlook]:
        return self.query_one(VirtualTable)

    async def load(self) -> None:
        """Say what the records have in common."""
        self.on_resize()

    def on_resize(self) -> None:
        """Set the title anew in the new width."""
        said = f"{self.group.fate.label}: {counted(self._records.count, 'record')} · {self.group.sentence}"
        self.query_one("#title", Static).update(cut(harmless(said), max(self.size.width - 2, 20)))

    def on_virtual_table_loaded(self) -> None:
        """Show what stands under the cursor."""
        self.on_virtual_table_highlighted()

    def on_virtual_table_highlighted(self) -> None:
        """Show what stands under the cursor."""
        one = self._table.cursor_row
        show = partial(parts.about_record, one) if one else lambda _: Content("")
        self.query_one("#about", TextPane).show(show)
        self.refresh_keys()

    def why_not(self, name: str) -> str:
        """Return why a key can do nothing now."""
        listed = not self.is_mounted or self._table.cursor_row is not None
        return "" if name != "open_checked" or listed else "Nothing is listed."

    def do_open_checked(self) -> None:
        """Open the way of the record under the cursor."""
        one = self._table.cursor_row
        if one is not None:
            self.console.open_record(one.key)
