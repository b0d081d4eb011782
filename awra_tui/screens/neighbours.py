"""From one record to the next of the list that it was opened from, the list's cursor going along."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, cast

from textual.screen import Screen

from awra_tui.records.subject import RecordKey
from awra_tui.widgets.virtual_table import VirtualTable

R = TypeVar("R")
Step = Callable[[RecordKey, int], Awaitable[RecordKey | None]]
"""Finds the neighbour of a record: 1 the next, -1 the one before."""


async def step_in(
    table: VirtualTable[R], key_of: Callable[[R], RecordKey | None], key: RecordKey, by: int
) -> RecordKey | None:
    """Return the next record of a list that is another than ``key``, and put the cursor on it.

    Rows that are about no record (``key_of`` has nothing for them) are passed over.
    """
    place = table.order.index + by
    while 0 <= place < table.count:
        row_id = table.order.ids[place]
        rows = await table.provider.rows([row_id])
        found = key_of(rows[0]) if rows else None
        if found is not None and found != key:
            table.go_to(row_id)
            return found
        place += by
    return None


def step_of(screen: Screen[Any]) -> Step | None:
    """Return how to walk through the list of the screen below, which has a ``neighbour`` then."""
    stack = screen.app.screen_stack
    place = stack.index(screen) if screen in stack else 0
    return cast("Step | None", getattr(stack[place - 1], "neighbour", None)) if place else None
