"""The list: only what is seen is read; cursor and selection are ids."""

from array import array
from collections.abc import Sequence
from typing import Any

from rich.cells import cell_len
from textual.app import App, ComposeResult

from awra_tui.records.errors import CacheError
from awra_tui.widgets.columns import Cell, Column
from awra_tui.widgets.provider import Listed
from awra_tui.widgets.virtual_table import VirtualTable
from tests.screens.driving import settle

Row = tuple[int, str]
NAME = "[red]O'Neil & Söhne[/]"
COLUMNS: list[Column[Row]] = [
    Column(name="number", label="Number", cell=lambda row: f"{row[0]:,}", width=9, right=True, sort="number"),
    Column(name="name", label="Name", cell=lambda row: Cell(row[1], "accent"), width=10, share=1),
]


class Rows:
    """Numbers as rows; notes what was read."""

    def __init__(self, count: int) -> None:
        self.order = array("q", range(count))
        self.read: list[int] = []
        self.names: dict[int, str] = {}
        self.fault: Exception | None = None

    def id_of(self, row: Row) -> int:
        return row[0]

    async def ids(self, query: object) -> "array[int]":
        if self.fault:
            raise self.fault
        return array("q", self.order)

    async def head(self, query: object, limit: int) -> Sequence[Row]:
        return await self.rows(self.order[:limit])

    async def rows(self, ids: Sequence[int]) -> Sequence[Row]:
        self.read += ids
        here = set(self.order)
        return [(row_id, self.names.get(row_id, NAME)) for row_id in ids if row_id in here]


class Shown(App[None]):
    def __init__(self, rows: Any) -> None:
        super().__init__()
        self.rows = rows
        self.heard: list[object] = []

    def compose(self) -> ComposeResult:
        yield VirtualTable(self.rows, COLUMNS, selectable=True, empty="Nothing is here.")

    def on_mount(self) -> None:
        self.table.focus()
        self.table.show()

    @property
    def table(self) -> VirtualTable[Row]:
        return self.query_one(VirtualTable)

    def on_virtual_table_sort_asked(self, event: VirtualTable.SortAsked) -> None:
        self.heard.append(event.sort)

    def on_virtual_table_opened(self, event: VirtualTable.Opened) -> None:
        self.heard.append(event.row_id)

    def on_virtual_table_failed(self, event: VirtualTable.Failed) -> None:
        self.heard.append(str(event.error))


def drawn(app: Shown) -> list[str]:
    return [app.table.render_line(y).text for y in range(app.table.size.height)]


async def test_of_a_hundred_thousand_rows_only_what_is_seen_is_read() -> None:
    app = Shown(Rows(100_000))
    async with app.run_test(size=(60, 20)) as pilot:
        await settle(pilot)
        assert len(set(app.rows.read)) < 200
        await pilot.press("G")
        await settle(pilot)
        assert app.table.cursor_row == (99_999, NAME)
        assert "99,999" in drawn(app)[-1]
        assert len(set(app.rows.read)) < 400


async def test_lines_are_exactly_as_wide_as_the_list_and_markup_is_text() -> None:
    rows = Rows(100)
    rows.names = {
        1: "日本茶商会" * 20,
        2: "👨‍👩‍👧" * 9,
        3: "مكتبة النور",
        4: "x" * 10_000,
        5: "a\nb\x1b[31m\tc",
        6: "",
    }
    app = Shown(rows)
    async with app.run_test(size=(44, 20)) as pilot:
        await settle(pilot)
        shown = drawn(app)
        assert {cell_len(line) for line in shown} == {app.table.scrollable_content_region.width}
        assert NAME in shown[1]
        assert "\x1b" not in "".join(shown)


async def test_cursor_and_selection_survive_a_new_order_and_rows_that_go() -> None:
    app = Shown(Rows(30))
    async with app.run_test(size=(60, 12)) as pilot:
        await settle(pilot)
        await pilot.press("down", "down", "down")
        app.table.toggle()
        app.rows.order = array("q", reversed(range(30)))
        app.table.show()
        await settle(pilot)
        assert app.table.cursor_id == 3
        assert app.table.selected == {3}
        assert app.table.scroll_offset.y > 0
        app.rows.order = array("q", [row_id for row_id in app.rows.order if row_id != 3])
        app.table.show()
        await settle(pilot)
        assert app.table.cursor_id == 2
        assert app.table.chosen() == [3]


async def test_a_changed_row_is_drawn_anew_after_a_refresh() -> None:
    app = Shown(Rows(5))
    async with app.run_test(size=(60, 12)) as pilot:
        await settle(pilot)
        app.rows.names[2] = "changed"
        app.table.show()
        await settle(pilot)
        assert "changed" in drawn(app)[3]


async def test_a_row_that_is_gone_when_it_is_read_is_asked_for_once() -> None:
    app = Shown(Rows(5))
    async with app.run_test(size=(60, 12)) as pilot:
        await settle(pilot)
        app.rows.read.clear()
        lost = Rows(5)
        lost.order = array("q", range(4))
        app.rows.rows = lost.rows
        app.table.show()
        await settle(pilot)
        assert lost.read.count(4) == 1


async def test_select_all_takes_the_list_and_again_nothing() -> None:
    app = Shown(Rows(8))
    async with app.run_test() as pilot:
        await settle(pilot)
        app.table.toggle_all()
        assert app.table.selected == set(range(8))
        assert "☑" in drawn(app)[1]
        app.table.toggle_all()
        assert app.table.selected == set()


async def test_the_keys_walk_and_stay_within_the_list() -> None:
    app = Shown(Rows(40))
    async with app.run_test(size=(60, 12)) as pilot:
        await settle(pilot)
        await pilot.press("up", "k")
        assert app.table.cursor_id == 0
        await pilot.press("pagedown")
        assert app.table.cursor_id == 10
        await pilot.press("end", "j")
        assert app.table.cursor_id == 39
        await pilot.press("g")
        assert app.table.cursor_id == 0


async def test_the_mouse_chooses_sorts_selects_and_opens() -> None:
    app = Shown(Rows(8))
    async with app.run_test(size=(60, 12)) as pilot:
        await settle(pilot)
        await pilot.click(VirtualTable, offset=(20, 3))
        assert app.table.cursor_id == 2
        await pilot.click(VirtualTable, offset=(2, 4))
        assert app.table.selected == {3}
        await pilot.click(VirtualTable, offset=(8, 0))
        await pilot.click(VirtualTable, offset=(20, 5), times=2)
        await settle(pilot)
        assert app.heard == ["number", 4]


async def test_an_empty_list_says_so_and_keys_do_no_harm() -> None:
    app = Shown(Rows(0))
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("down", "end", "pageup")
        assert "Nothing is here." in drawn(app)[1]
        assert app.table.cursor_row is None
        assert app.table.chosen() == []


async def test_what_cannot_be_read_is_told_to_the_screen() -> None:
    rows = Rows(8)
    rows.fault = CacheError("The disk is full.")
    app = Shown(rows)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert app.heard == ["The disk is full."]


async def test_the_header_shows_the_order() -> None:
    app = Shown(Rows(8))
    async with app.run_test() as pilot:
        await settle(pilot)
        app.table.sorted_by("number", descending=True)
        assert "Number ↓" in drawn(app)[0]


async def test_a_list_in_memory_keeps_ids_by_key() -> None:
    listed: Listed[Row] = Listed(lambda row: row[1], [(1, "a"), (2, "b")])
    first = list(await listed.ids(None))
    listed.set([(9, "b"), (3, "c")])
    assert (await listed.ids(None))[0] == first[1]
    assert listed.row(first[1]) == (9, "b")
    assert await listed.rows(first) == [(9, "b")]
