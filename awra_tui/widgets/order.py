"""Where the cursor of a list stands: on a row's id, so that it survives every change of the list."""

from array import array
from collections.abc import Sequence


class Order:
    """The ids of a list in their order, and the place of the cursor among them."""

    def __init__(self) -> None:
        self.ids: array[int] = array("q")
        self.index = 0

    @property
    def cursor(self) -> int | None:
        """The id under the cursor, nothing in an empty list."""
        return self.ids[self.index] if self.ids else None

    def replace(self, ids: "array[int]") -> None:
        """Take a new order; the cursor stays on its row, or goes to the next one that is still there."""
        before, at = self.ids, self.index
        self.ids = ids
        self.index = self._place(before, at)

    def move_to(self, index: int) -> bool:
        """Put the cursor at a place, within the list; return whether it moved."""
        index = max(0, min(index, len(self.ids) - 1))
        moved = index != self.index
        self.index = index
        return moved

    def find(self, row_id: int) -> int | None:
        """Return the place of an id, or nothing."""
        try:
            return self.ids.index(row_id)
        except ValueError:
            return None

    def _place(self, before: Sequence[int], at: int) -> int:
        if not self.ids or not before:
            return 0
        same = self.find(before[at])
        if same is not None:
            return same
        still = set(self.ids)
        later = (row_id for row_id in before[at:] if row_id in still)
        earlier = (row_id for row_id in reversed(before[:at]) if row_id in still)
        neighbour = next(later, None)
        if neighbour is None:
            neighbour = next(earlier, None)
        return 0 if neighbour is None else self.ids.index(neighbour)
