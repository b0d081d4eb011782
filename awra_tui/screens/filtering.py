"""Lists that are narrowed as one types, in a line above them that is there only meanwhile."""

from typing import Generic, TypeVar

from awra_tui.screens.selecting import SelectingScreen
from awra_tui.widgets.filter_box import FilterBox
from awra_tui.widgets.virtual_table import VirtualTable

R = TypeVar("R")


class FilteringScreen(SelectingScreen, Generic[R]):
    """A screen of one list, ``#list``, with a ``FilterBox``."""

    @property
    def table(self) -> VirtualTable[R]:
        """The list."""
        return self.query_one("#list", VirtualTable)

    def on_mount(self) -> None:
        """Begin in the list."""
        self.table.focus()

    def do_filter(self) -> None:
        """Narrow the list as one types."""
        self.query_one(FilterBox).open()

    def on_filter_box_left(self, event: FilterBox.Left) -> None:
        """Go back to the list."""
        self.table.focus()
        self.table.step(event.step)

    def close_filter(self) -> bool:
        """Close the filter and go back to the list; return whether there was one."""
        was_open = self.query_one(FilterBox).close()
        if was_open:
            self.table.focus()
        return was_open

    def do_back(self) -> None:
        """Close the filter, else leave."""
        if not self.close_filter():
            super().do_back()
