"""The cursor stands on a row and goes to a sensible neighbour when that row goes."""

from array import array

from hypothesis import given
from hypothesis import strategies as st

from awra_tui.widgets.order import Order


def order(*ids: int, at: int = 0) -> Order:
    made = Order()
    made.replace(array("q", ids))
    made.move_to(at)
    return made


def test_the_cursor_stays_on_its_row_when_the_order_changes() -> None:
    made = order(1, 2, 3, at=1)
    made.replace(array("q", [3, 1, 2]))
    assert made.cursor == 2


def test_the_cursor_goes_to_the_next_row_that_is_still_there() -> None:
    made = order(1, 2, 3, 4, 5, at=1)
    made.replace(array("q", [1, 4, 5]))
    assert made.cursor == 4


def test_after_the_last_row_it_goes_to_the_one_before() -> None:
    made = order(1, 2, 3, at=2)
    made.replace(array("q", [1, 2]))
    assert made.cursor == 2


def test_an_empty_list_has_no_cursor_and_a_new_one_begins_at_its_first_row() -> None:
    made = order(1, 2, at=1)
    made.replace(array("q"))
    assert made.cursor is None
    made.replace(array("q", [8, 9]))
    assert made.cursor == 8


@given(
    st.lists(st.integers(0, 30), unique=True, min_size=1),
    st.integers(0, 30),
    st.lists(st.integers(0, 30), unique=True),
)
def test_the_cursor_is_always_within_the_list(before: list[int], at: int, after: list[int]) -> None:
    made = order(*before, at=at)
    stood = made.cursor
    made.replace(array("q", after))
    assert (made.cursor in after) if after else (made.cursor is None)
    if stood in after:
        assert made.cursor == stood
