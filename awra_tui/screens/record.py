"""One record: its whole way step by step, what the source and QuickBooks have, and what can be done."""

from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from awra_tui.actions.results import Difference
from awra_tui.actions.table import Action
from awra_tui.cache.pages.log import AttemptRow
from awra_tui.cache.pages.records import RecordPage, RelatedRow
from awra_tui.records.errors import AwraError
from awra_tui.records.subject import RecordKey
from awra_tui.screens import people_keys, record_keys
from awra_tui.screens.attempt import AttemptScreen
from awra_tui.screens.base import BaseScreen, sentence_of
from awra_tui.screens.deciding import decide
from awra_tui.screens.escalation_line import EscalationLine
from awra_tui.screens.evidence import hand_on
from awra_tui.screens.json_view import JsonScreen, documents_of
from awra_tui.screens.log_parts import ATTEMPT_COLUMNS
from awra_tui.screens.neighbours import Step, step_of
from awra_tui.screens.record_chain import (
    FIXING,
    blocker_target,
    chain_text,
    fix_of,
    live_links,
    open_warnings,
    root_target,
    title_text,
)
from awra_tui.screens.record_parts import RELATED_COLUMNS, qbo_text, source_text
from awra_tui.screens.rehearsal import show_dry_run
from awra_tui.screens.resending import resend_records
from awra_tui.screens.sections import Section, SectionBar
from awra_tui.screens.text_pane import TextPane
from awra_tui.widgets.keys import bindings
from awra_tui.widgets.provider import Listed
from awra_tui.widgets.virtual_table import ArrowTable, VirtualTable

NAMES = ("Chain", "Source", "QuickBooks", "Related", "Attempts")
_COLUMNS = ((1, 2), (3, 4, 5))


class RecordScreen(BaseScreen):
    """The record in five sections: in two columns where there is room, else one section at a time."""

    SCREEN = "record"
    BINDINGS = bindings("record")
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    RecordScreen #title { height: 1; padding: 0 1; margin: 1 0 0 0; }
    RecordScreen SectionBar { margin: 1 0; }
    RecordScreen .column, RecordScreen Section { display: none; }
    RecordScreen .-open { display: block; }
    RecordScreen.-wide SectionBar { display: none; }
    RecordScreen.-wide #columns { margin: 1 0 0 0; }
    RecordScreen.-wide .column, RecordScreen.-wide Section { display: block; }
    RecordScreen.-wide Section > .name { display: block; }
    RecordScreen.-wide .column { width: 1fr; padding: 0 1 0 0; }
    RecordScreen.-wide #section-3 { height: 2fr; }
    """

    def __init__(self, key: RecordKey, step: Step | None = None) -> None:
        super().__init__()
        self.key = key
        self.step = step
        self.record: RecordPage | None = None
        self.active = 1
        self._related = Listed[RelatedRow](lambda row: (row.how, row.kind, row.source_id))
        self._attempts = Listed[AttemptRow](lambda row: row.id)

    def body(self) -> ComposeResult:
        """Compose the title and the five sections."""
        yield Static(id="title", markup=False)
        yield EscalationLine()
        yield SectionBar(NAMES)
        with Horizontal(id="columns"):
            for numbers in _COLUMNS:
                with Vertical(classes="column"):
                    for number in numbers:
                        yield Section(number, NAMES[number - 1], self._pane(number))

    def _pane(self, number: int) -> Widget:
        if number == 4:
            return ArrowTable(self._related, RELATED_COLUMNS, empty="No related records.")
        if number == 5:
            return ArrowTable(self._attempts, ATTEMPT_COLUMNS, empty="It was never sent.")
        return TextPane()

    def on_mount(self) -> None:
        """Begin with the chain."""
        self.step = self.step or step_of(self, self.key)
        self._open(1)

    def on_resize(self) -> None:
        """Set the title anew in the new width."""
        self._show_title()

    async def load(self) -> None:
        """Read the record, freshly judged; then ask what differs from QuickBooks."""
        from awra_tui.actions import record

        page = await record.open_record(self.console.desk, self.key)
        if page is None:
            raise AwraError(f"The record {self.key.text} is not in the cache any more; go back and sync.")
        self.record = page
        self._show(page)
        await self._propose()
        await self._compare(page)

    def _show(self, page: RecordPage) -> None:
        self._show_title()
        self._text(1).show(lambda width: chain_text(page, width))
        self._text(2).show(lambda width: source_text(page, width))
        self._related.set(page.related)
        self._attempts.set(page.attempt_rows)
        for number in (4, 5):
            self._table(number).show()
        bar = self.query_one(SectionBar)
        bar.counts = ("", "", "", str(len(page.related) or ""), str(len(page.attempt_rows) or ""))
        self.refresh_keys()

    async def _propose(self) -> None:
        """Say why the record is to be handed on, where the rules say so."""
        from awra_tui.actions import escalation

        found = await escalation.proposal_for(self.console.desk, self.key)
        self.query_one(EscalationLine).tell([found] if found else [])

    async def _compare(self, page: RecordPage) -> None:
        from awra_tui.actions import record

        found: list[Difference] = []
        trouble = ""
        if live_links(page):
            try:
                found = await record.differences(self.console.desk, self.key)
            except Exception as error:  # noqa: BLE001 - the rest of the record is there; this part says why not
                trouble = sentence_of(error)
        self._text(3).show(lambda width: qbo_text(page, found, trouble, width))

    def _show_title(self) -> None:
        if self.record is not None:
            width = max(self.size.width - 2, 20)
            self.query_one("#title", Static).update(title_text(self.record, width))

    def _text(self, number: int) -> TextPane:
        return self.query_one(f"#section-{number} TextPane", TextPane)

    def _table(self, number: int) -> VirtualTable[Any]:
        return self.query_one(f"#section-{number} VirtualTable", VirtualTable)

    # Sections

    def _open(self, number: int) -> None:
        self.active = number
        self.query_one(SectionBar).active = number
        for section in self.query(Section):
            section.set_class(section.number == number, "-open")
        for column, numbers in zip(self.query(".column"), _COLUMNS, strict=True):
            column.set_class(number in numbers, "-open")
        self.query_one(f"#section-{number}", Section).pane.focus()
        self.refresh_keys()

    def do_section(self, key: str) -> None:
        """Go to the section with a number."""
        self._open(int(key))

    def do_next_section(self) -> None:
        """Go to the next section, after the last to the first."""
        self._open(self.active % len(NAMES) + 1)

    def do_previous_section(self) -> None:
        """Go to the section before."""
        self._open((self.active - 2) % len(NAMES) + 1)

    def on_descendant_focus(self) -> None:
        """Follow a click into another section."""
        section = next((one for one in self.query(Section) if one.has_focus_within), None)
        if section is not None and section.number != self.active:
            self._open(section.number)

    def do_attempts(self) -> None:
        """Go to the attempts."""
        self._open(5)

    # Elsewhere

    def why_not(self, name: str) -> str:
        """Return why a key can do nothing for this record now."""
        if name in record_keys.REFUSALS or name == "copy":
            if self.record is None:
                return "The record is still being read."
            return record_keys.REFUSALS[name](self.record) if name in record_keys.REFUSALS else ""
        if name in ("next_record", "previous_record") and self.step is None:
            return "This record was not opened from a list."
        return ""

    def topic(self) -> str:
        """Return the reason of its first open warning, else that of a dismissed one."""
        page = self.record
        shown = (open_warnings(page) or list(page.warnings)) if page else []
        return shown[0].reason if shown else "order-of-work"

    def label_of(self, action: Action) -> str:
        """Return what the key bar calls an action."""
        count = len(open_warnings(self.record)) if self.record else 0
        return f"dismiss ({count})" if action.id == "dismiss" and count > 1 else action.label

    def do_related(self) -> None:
        """Open what is under the cursor: a related record, or request and answer of an attempt."""
        if self.active not in (4, 5):
            self._enter_chain()
            return
        row = self._table(self.active).cursor_row
        if isinstance(row, RelatedRow):
            self.console.open_record(RecordKey(row.kind, row.source_id))
        elif isinstance(row, AttemptRow):
            self.app.push_screen(AttemptScreen(row))

    def _enter_chain(self) -> None:
        """Go to what is to be fixed first: a mapping, a connection, or the record that needs it."""
        fix = fix_of("next", self.record) if self.active == 1 and self.record is not None else None
        if fix is None or fix.action not in FIXING:
            self.toast("Enter opens a related record (4) or an attempt (5).")
        elif fix.action == "blocker":
            self._go_to(root_target(self._page()) or blocker_target(self._page()))
        else:
            self.action_run(fix.action)

    def do_blocker(self) -> None:
        """Open the record that holds this one up."""
        self._go_to(blocker_target(self._page()))

    def _go_to(self, key: RecordKey | None) -> None:
        if key is not None:
            self.console.open_record(key)

    def do_map(self) -> None:
        """Open the mapping that holds the record up."""
        record_keys.open_mapping(self, self._page())

    def do_connect(self) -> None:
        """Open Connect for the record, or for the name it waits for."""
        record_keys.open_connect(self, self._page())

    async def do_unlink(self) -> None:
        """Take the record's connection away, after a question that says what that means."""
        await record_keys.unlink(self, self._page())

    async def do_resend(self) -> None:
        """Send the record again, after a question."""
        await resend_records(self, [self.key])

    def do_check(self) -> None:
        """Check this record alone."""
        self.check_one(self.key, self._page().record.name)

    async def do_dry_run(self) -> None:
        """Show field by field what sending it again would change."""
        await show_dry_run(self, self.key)

    async def do_decide(self) -> None:
        """Decide about what changed after it was sent."""
        await decide(self, [self.key])

    def do_dismiss(self) -> None:
        """Dismiss the record's warnings with a reason."""
        people_keys.ask_dismissal(self, record_keys.open_ones(self._page()))

    def do_snooze(self) -> None:
        """Put the record's warnings aside until a day."""
        people_keys.ask_snooze(self, record_keys.open_ones(self._page()))

    async def do_restore(self) -> None:
        """Bring back the record's warnings that were put aside."""
        await people_keys.restore(self, record_keys.aside(self._page()))

    def do_owner_of_record(self) -> None:
        """Say who takes care of the record."""
        people_keys.ask_owner(self, record_keys.every(self._page()))

    def do_hand_over(self) -> None:
        """Give the record's warnings to a person, with a message."""
        people_keys.ask_hand_over(self, record_keys.every(self._page()))

    def do_note(self) -> None:
        """Write a note about the record's warnings."""
        people_keys.ask_note(self, record_keys.every(self._page()))

    async def do_browser(self) -> None:
        """Open the QuickBooks page, or copy its address."""
        await record_keys.open_in_quickbooks(self, self._page())

    def do_copy(self) -> None:
        """Copy number, party and reason."""
        self.copy(record_keys.facts_line(self._page()), "number and reason")

    def _page(self) -> RecordPage:
        if self.record is None:
            raise AwraError("The record is still being read; try again in a moment.")
        return self.record

    def do_customer(self) -> None:
        """Open the account of the record's customer."""
        self.console.open_customer(self.key)

    def do_lookup(self) -> None:
        """Look up the number of this record; what one types takes its place."""
        self.console.open_lookup(self.record.record.number if self.record else "")

    def do_json(self) -> None:
        """Show the JSON behind the record."""
        if self.record is not None:
            self.app.push_screen(JsonScreen(f"JSON of {self.record.record.name}", documents_of(self.record)))

    async def do_next_record(self) -> None:
        """Go to the next record of the list."""
        await self._step(1)

    async def do_previous_record(self) -> None:
        """Go to the record before in the list."""
        await self._step(-1)

    async def _step(self, by: int) -> None:
        key = await self.step(self.key, by) if self.step else None
        if key is None:
            self.toast(f"This is the {'last' if by > 0 else 'first'} record of the list.")
            return
        self.key = key
        self.reload()

    async def do_escalate(self) -> None:
        """Copy everything known about the record, to hand on."""
        proposed = self.query_one(EscalationLine).proposals
        await hand_on(self, self.key, because=proposed[0].sentence if proposed else "")
