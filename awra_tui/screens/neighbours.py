"""From one record to the next of the list that it was opened from, the list's cursor going along."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from textual.screen import Screen

from awra_tui.records.kinds import KINDS
from awra_tui.records.subject import RecordKey
from awra_tui.widgets.virtual_table import VirtualTable

Step = Callable[[RecordKey, int], Awaitable[RecordKey | None]]
"""Finds the neighbour of a record: 1 the next, -1 the one before."""


def step_of(screen: Screen[Any], key: RecordKey) -> Step | None:
    """Return how to walk through the list of the screen below, if its cursor stands on ``key``."""
    table = _list_below(screen)
    return partial(_step_in, table) if table is not None and _key_of(table.cursor_row) == key else None


def _list_below(screen: Screen[Any]) -> VirtualTable[Any] | None:
    stack = screen.app.screen_stack
    place = stack.index(screen) if screen in stack else 0
    if not place:
        return None
    below = stack[place - 1]
    if isinstance(below.focused, VirtualTable):
        return below.focused
    return next((table for table in below.query(VirtualTable) if table.display), None)


async def _step_in(table: VirtualTable[Any], key: RecordKey, by: int) -> RecordKey | None:
    """Put the cursor on the next row that is about another record; rows about no record are passed over."""
    place = table.order.index + by
    while 0 <= place < table.count:
        row_id = table.order.ids[place]
        rows = await table.provider.rows([row_id])
        found = _key_of(rows[0]) if rows else None
        if found is not None and found != key:
            table.go_to(row_id)
            return found
        place += by
    return None


def _key_of(row: object) -> RecordKey | None:
    kind, source_id = getattr(row, "kind", ""), getattr(row, "source_id", "")
    return RecordKey(kind, source_id) if kind in KINDS and source_id else None
