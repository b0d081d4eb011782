"""Columns keep to the width, whatever it is, and give way in their order."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from awra_tui.widgets.cells import fit, one_line
from awra_tui.widgets.columns import Column, layout

COLUMNS: list[Column[str]] = [
    Column(name="number", label="Number", cell=str, width=9),
    Column(name="party", label="Party", cell=str, width=10, want=16, share=1, most=30),
    Column(name="reason", label="Why", cell=str, width=12, share=3),
    Column(name="age", label="Age", cell=str, width=5, priority=2),
    Column(name="branch", label="Branch", cell=str, width=10, priority=3),
]


def names(width: int) -> list[str]:
    return [placed.column.name for placed in layout(COLUMNS, width)]


def test_the_least_important_columns_give_way_first() -> None:
    assert names(120) == ["number", "party", "reason", "age", "branch"]
    assert names(55) == ["number", "party", "reason", "age"]
    assert names(40) == ["number", "party", "reason"]


def test_a_column_that_wants_more_outlives_one_that_can_give_way() -> None:
    least_with_age = 9 + 10 + 12 + 5 + 3
    assert "age" not in names(least_with_age)
    assert "age" in names(least_with_age + 6)


@given(st.integers(min_value=33, max_value=400))
def test_columns_never_overlap_nor_leave_the_line(width: int) -> None:
    placed = layout(COLUMNS, width, start=2)
    ends = [one.start + one.width for one in placed]
    starts = [one.start for one in placed[1:]]
    assert all(end < start for end, start in zip(ends, starts, strict=False))
    assert ends[-1] <= width
    assert all(one.width >= one.column.width for one in placed)


def test_spare_cells_go_to_the_columns_that_grow_and_stop_at_their_most() -> None:
    placed = {one.column.name: one for one in layout(COLUMNS, 200)}
    assert placed["number"].width == 9
    assert placed["party"].width == 30
    assert placed["branch"].start + placed["branch"].width == 200


@given(st.text(max_size=300), st.integers(min_value=0, max_value=60), st.booleans())
def test_a_cell_is_exactly_as_wide_as_asked_in_any_script(text: str, width: int, right: bool) -> None:
    made = fit(text, width, right=right)
    assert cell_len(made) == width
    assert "\x1b" not in made
    assert "\n" not in made


def test_long_wide_and_joined_text_is_cut_to_cells_not_characters() -> None:
    assert one_line("日本茶商会", 10) == "日本茶商会"
    assert one_line("日本茶商会", 9) == "日本茶商…"
    assert cell_len(one_line("👨‍👩‍👧 family", 6)) <= 6
    assert one_line("x" * 10_000, 5) == "xxxx…"


def test_numbers_stand_at_the_right() -> None:
    assert fit("12.00", 8, right=True) == "   12.00"
