"""Lists in which rows are selected: with the space bar, up and down with shift, all at once."""

from typing import Any

from awra_tui.screens.base import BaseScreen
from awra_tui.widgets.virtual_table import VirtualTable


class SelectingScreen(BaseScreen):
    """A screen whose keys act on the selected rows of its ``table``, or on the one under the cursor."""

    @property
    def table(self) -> VirtualTable[Any]:
        """The list."""
        raise NotImplementedError

    def do_toggle(self) -> None:
        """Select or unselect the row under the cursor."""
        self.table.toggle()

    def do_select_down(self) -> None:
        """Select this row and go to the next."""
        self._select_and_step(1)

    def do_select_up(self) -> None:
        """Select this row and go to the one before."""
        self._select_and_step(-1)

    def _select_and_step(self, step: int) -> None:
        if self.table.cursor_id is not None:
            self.table.select(self.table.selected | {self.table.cursor_id})
            self.table.step(step)

    def do_select_all(self) -> None:
        """Select everything that the filter shows, or nothing."""
        self.table.toggle_all()
