"""Warnings: the list of what did not arrive, the preview of one, and what can be done about them."""

from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import cast

from textual.app import ComposeResult
from textual.containers import Container, Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from awra_tui.actions.table import Action
from awra_tui.cache.pages.beside import Beside, beside, beside_one
from awra_tui.cache.pages.groups import group_head, group_ids, group_rows, queue_view
from awra_tui.cache.pages.overview import Money
from awra_tui.cache.pages.warnings import (
    WarningQuery,
    WarningRow,
    change_counts,
    warning_head,
    warning_ids,
    warning_rows,
    warning_totals,
)
from awra_tui.health.importance import pressing
from awra_tui.records.clock import day_begins, today
from awra_tui.records.issue import Issue
from awra_tui.records.kinds import KINDS
from awra_tui.records.pressing import held_up
from awra_tui.records.subject import RecordKey
from awra_tui.screens import group_parts
from awra_tui.screens import warning_parts as parts
from awra_tui.screens.base import BaseScreen
from awra_tui.screens.dialogs import Choice
from awra_tui.screens.escalation_line import Proposals, told
from awra_tui.screens.pattern_line import PatternLine
from awra_tui.screens.warning_deeds import WarningDeeds
from awra_tui.widgets.figures import moment
from awra_tui.widgets.filter_box import FilterBox
from awra_tui.widgets.keys import bindings
from awra_tui.widgets.virtual_table import VirtualTable


class WarningProvider:
    """The rows of a WarningQuery, from pages of the cache: warnings, or causes led by one."""

    def __init__(self, screen: BaseScreen) -> None:
        self._screen = screen
        self._asked = WarningQuery()

    async def ids(self, query: object) -> "array[int]":
        """Return the ids of all rows asked for, in order."""
        self._asked = cast("WarningQuery", query)
        return await self._screen.page(group_ids if self._asked.grouped else warning_ids, self._asked)

    async def head(self, query: object, limit: int) -> Sequence[WarningRow]:
        """Return the first rows."""
        self._asked = cast("WarningQuery", query)
        if self._asked.grouped:
            return await self._screen.page(group_head, self._asked, limit)
        return self._told(await self._screen.page(warning_head, self._asked, limit))

    async def rows(self, ids: Sequence[int]) -> Sequence[WarningRow]:
        """Return the rows of these ids."""
        if self._asked.grouped:
            return await self._screen.page(group_rows, self._asked, list(ids))
        return self._told(await self._screen.page(warning_rows, list(ids)))

    def _told(self, rows: Sequence[WarningRow]) -> Sequence[WarningRow]:
        """Say of each what it holds up."""
        pressing = self._asked.pressing
        return [replace(row, blocks=held_up(pressing, row.kind, row.date)) for row in rows]

    def id_of(self, row: WarningRow) -> int:
        """Return the id of a warning."""
        return row.id


class WarningsScreen(WarningDeeds):
    """What did not arrive, by cause or one line each; what to do about the row stands in the preview."""

    SCREEN = "warnings"
    BINDINGS = bindings("warnings")

    def __init__(self, query: WarningQuery | None = None) -> None:
        super().__init__()
        self.query_now = query or WarningQuery()
        self._is_chosen = self.query_now.grouped or self.query_now.of_one_cause
        self._totals: tuple[int, Sequence[Money]] = (0, ())
        self._changes = (0, 0, 0)
        self._proposals = Proposals()
        self._beside: dict[str, Beside] = {}

    def body(self) -> ComposeResult:
        """Compose title and filter, list and preview."""
        yield PatternLine(of_connection=True)
        with Horizontal(id="title"):
            yield Static(id="what")
            yield FilterBox(blink=not self.console.clock_frozen)
        with Container(id="split"):
            yield VirtualTable(WarningProvider(self), parts.COLUMNS, selectable=True, id="list", empty="")
            with VerticalScroll(id="preview", can_focus=False):
                yield Static(id="about")

    async def load(self) -> None:
        """Let the list read its rows; how many and how much comes after them."""
        await self._look()
        self._beside.clear()
        self.table.empty = self._nothing()
        self.table.sorted_by(self.query_now.sort, descending=self.query_now.descending)
        self.table.show(self.query_now)

    async def _look(self) -> None:
        """Begin with the view that this profile had last, and show the columns of the view."""
        view = await self.page(queue_view)
        held = pressing(today(), view.closing, self.console.desk.profile.rules.filed_until)
        grouped = self.query_now.grouped if self._is_chosen else view.grouped
        self.query_now = replace(self.query_now, grouped=grouped, pressing=held)
        self._is_chosen = True
        flat = parts.NEWS if self.query_now.since else parts.COLUMNS
        columns = group_parts.COLUMNS if grouped else flat
        if self.table.columns != columns:
            self.table.set_columns(columns)

    def on_virtual_table_loaded(self) -> None:
        """Count, after the rows that people wait for were asked for."""
        self.attend(self._count, group="totals", exclusive=True)

    async def _count(self) -> None:
        self._totals = await self.page(warning_totals, self.query_now)
        self._changes = await self.page(change_counts, self.query_now) if self.query_now.since else (0, 0, 0)
        self._say_title()
        await self.query_one(PatternLine).freshen(self)
        if await self._proposals.freshen(self):
            self._draw_preview()

    def ask(self, **changes: object) -> None:
        """Change the query and read the list anew.

        Where causes are narrowed, none stays selected: a heading stands for other warnings then.
        """
        if self.query_now.grouped and not changes.keys() <= _ORDER:
            self.table.select(())
        self.query_now = replace(self.query_now, **changes)  # type: ignore[arg-type]
        self.reload()

    def _nothing(self) -> str:
        return next(told(self.query_now) for asked, told in _NOTHING if asked(self.query_now))

    def _say_title(self) -> None:
        causes = self.table.count if self.query_now.grouped else 0
        more = f"{causes:,} cause{'' if causes == 1 else 's'}" if causes else ""
        if self.query_now.since:
            more = parts.news(self._changes)
        line = parts.title(self.query_now, *self._totals, len(self.table.selected), more)
        self.query_one("#what", Static).update(line)
        self.refresh_keys()

    def on_virtual_table_highlighted(self) -> None:
        """Show what stands under the cursor."""
        self._draw_preview()
        row = self.table.cursor_row
        if row is not None and row.root and _place(row) not in self._beside:
            self.attend(partial(self._look_beside, row), group="beside", exclusive=True)

    async def _look_beside(self, row: WarningRow) -> None:
        if row.group is not None and row.group.count > 1:
            self._beside[_place(row)] = await self.page(beside, row.root)
        else:
            self._beside[_place(row)] = await self.page(beside_one, row.root, row.subject)
        self._draw_preview()

    def _draw_preview(self) -> None:
        row = self.table.cursor_row
        width = max(self.query_one("#preview").size.width - 3, 24)
        self.query_one("#about", Static).update(self._about(row, width) if row else Content(""))
        self.refresh_keys()

    def _about(self, row: WarningRow, width: int) -> Content:
        found = self._beside.get(_place(row))
        if row.group is not None:
            return group_parts.preview(row, found, width)
        about = parts.preview(row, found, width)
        proposed = told(self._proposals.about(RecordKey(row.kind, row.source_id)))
        return Content("\n\n").join([about, *([proposed] if proposed else [])])

    def on_resize(self) -> None:
        """Fit the preview to the new width."""
        self.call_after_refresh(self._draw_preview)

    def on_virtual_table_selection_changed(self) -> None:
        """Count what is selected."""
        self._say_title()

    def on_virtual_table_sort_asked(self, event: VirtualTable.SortAsked) -> None:
        """Sort by the column that was clicked; again for the other direction."""
        self._sort_by(event.sort)

    def _sort_by(self, sort: str) -> None:
        again = sort == self.query_now.sort
        first = sort in ("amount", "attempts", "count", "blocks")
        self.ask(sort=sort, descending=not self.query_now.descending if again else first)

    def do_sort(self) -> None:
        """Choose the column to sort by."""
        sorts = group_parts.SORTS if self.query_now.grouped else parts.SORTS
        question = Choice("Sort by (again for the other direction)", sorts, self.query_now.sort)
        self.ask_first(question, self._sort_chosen)

    async def _sort_chosen(self, sort: str) -> None:
        self._sort_by(sort)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list to what is typed."""
        if event.value != self.query_now.text:
            self.ask(text=event.value)

    def do_back(self) -> None:
        """Close the filter, then the selection, then the screen."""
        if self.close_filter():
            return
        if self.table.selected:
            self.table.select(())
        else:
            super().do_back()

    def why_not(self, name: str) -> str:
        """Return why a key cannot act here now."""
        if name == "flat" and self.query_now.of_one_cause:
            return "All of these have one cause."
        if name == "flat" and self.query_now.since:
            return "What changed is shown one by one; n shows all open warnings again."
        return super().why_not(name)

    def do_issue(self) -> None:
        """Choose what is wrong between the books: missing, failed, duplicated or mismatched."""
        choices = (("", "all"), *((issue.value, issue.label) for issue in Issue))
        self.ask_first(
            Choice("Only warnings of records that are …", choices, self.query_now.issue), self._only
        )

    async def _only(self, issue: str) -> None:
        self.table.select(())
        self.ask(issue=issue)

    def do_news(self) -> None:
        """Show what is new, came back and was cleared since yesterday, or the open warnings again."""
        self.table.select(())
        if self.query_now.since:
            self._is_chosen = self.query_now.of_one_cause
            self.ask(since="", sort="work", descending=False)
        else:
            yesterday = day_begins(today() - timedelta(days=1))
            self.ask(since=yesterday, grouped=False, sort="change", descending=False, dismissed=False)

    async def do_flat(self) -> None:
        """Show every warning on a line of its own, or by cause again; the profile begins with that."""
        from awra_tui.actions.view import remember_view

        grouped = not self.query_now.grouped
        known = dict(group_parts.SORTS if grouped else parts.SORTS)
        self.table.select(())
        self.ask(grouped=grouped, sort=self.query_now.sort if self.query_now.sort in known else "work")
        await remember_view(self.console.desk, grouped=grouped)

    def do_dismissed(self) -> None:
        """Show the dismissed warnings, or the open ones again."""
        self.table.select(())
        self.ask(dismissed=not self.query_now.dismissed, snoozed=False)

    def do_snoozed(self) -> None:
        """Show what was put aside until a day, or the open warnings again."""
        self.table.select(())
        self.ask(snoozed=not self.query_now.snoozed, dismissed=False)

    async def do_mine(self) -> None:
        """Show only what the person at this desk takes care of, or everything again."""
        from awra_tui.actions.owner import queue_of

        self.table.select(())
        mine = () if self.query_now.owners else (await queue_of(self.console.desk)).owners
        self.ask(owners=mine)

    def do_tray(self) -> None:
        """Show what waits for somebody to change something in QuickBooks, or everything again."""
        self.table.select(())
        self.ask(waiting=not self.query_now.waiting)

    def do_next_kind(self) -> None:
        """Go to the next kind in order of work, from the last one to all."""
        self._step_kind(1)

    def do_previous_kind(self) -> None:
        """Go to the kind before."""
        self._step_kind(-1)

    def _step_kind(self, step: int) -> None:
        ring: list[tuple[str, ...]] = [(), *((kind,) for kind in KINDS)]
        place = ring.index(self.query_now.kinds) if self.query_now.kinds in ring else 0
        self.ask(kinds=ring[(place + step) % len(ring)], cause="", root="", dimension="")

    def label_of(self, action: Action) -> str:
        """Count what the key is for."""
        if action.id == "flat":
            return "one by one" if self.query_now.grouped else "by cause"
        counted = action.id in ("resend", "dismiss", "snooze", "owner", "hand_over") and self.table.selected
        return f"{action.label} ({len(self.table.selected):,})" if counted else action.label


_ORDER = {"sort", "descending"}
"""What of a query does not change which warnings it asks for."""


def _place(row: WarningRow) -> str:
    """Return what the preview's facts are kept by: a heading, or one warning under it."""
    return row.root if row.group is not None and row.group.count > 1 else f"{row.id} {row.root}"


_NOTHING: tuple[tuple[Callable[[WarningQuery], object], Callable[[WarningQuery], str]], ...] = (
    (
        lambda asked: asked.text,
        lambda asked: f"No warning has “{asked.text[:60]}” in it. Escape shows all again.",
    ),
    (
        lambda asked: asked.since,
        lambda asked: f"Nothing changed since {moment(asked.since)}. n shows all open warnings.",
    ),
    (lambda asked: asked.issue, lambda _: "No warning is of this kind. i chooses another."),
    (
        lambda asked: asked.waiting,
        lambda _: "Nothing waits for a change in QuickBooks. w shows all warnings again.",
    ),
    (
        lambda asked: asked.owners,
        lambda asked: f"{asked.owners[0][:60]} takes care of no warning here. M shows everybody's.",
    ),
    (lambda asked: asked.snoozed, lambda _: "Nothing is snoozed. Z shows the open warnings."),
    (lambda asked: asked.dismissed, lambda _: "Nothing is dismissed. D shows the open warnings."),
    (lambda _: True, lambda _: "No warnings here. Escape goes back to the overview."),
)
"""What an empty list says, by what was asked for; the first that fits."""
