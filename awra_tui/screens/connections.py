"""Connections: what the profile is connected to, until when, whether it works; connect and disconnect."""

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from awra_tui.actions.connections import Connector, connections
from awra_tui.actions.table import Action
from awra_tui.screens import connections_parts as parts
from awra_tui.screens.base import BaseScreen
from awra_tui.screens.text_pane import TextPane
from awra_tui.widgets.keys import bindings
from awra_tui.widgets.provider import Listed
from awra_tui.widgets.virtual_table import VirtualTable

_NOT_OF_THE_SOURCE = "The source is not connected to here: its place stands in [source] of the profile."


class ConnectionsScreen(BaseScreen):
    """One line for each side of the profile; below the list everything known of the one under the cursor."""

    SCREEN = "connections"
    BINDINGS = bindings("connections")
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    ConnectionsScreen #title { height: 1; padding: 0 1; margin: 1 0; }
    ConnectionsScreen VirtualTable { height: auto; max-height: 6; margin: 0 1; }
    ConnectionsScreen #about { height: 1fr; border-top: solid $border; margin: 1 0 0 0; }
    ConnectionsScreen.-short #title { margin: 0; }
    ConnectionsScreen.-short #about { margin: 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._listed: Listed[Connector] = Listed(lambda one: one.kind)

    def body(self) -> ComposeResult:
        """Compose title, list, and what there is to know."""
        yield Static(id="title", markup=False)
        yield VirtualTable(self._listed, parts.CONNECTOR_COLUMNS, empty="")
        yield TextPane(name="about")

    def on_mount(self) -> None:
        """Begin in the list."""
        super().on_mount()
        self._table.focus()

    @property
    def _table(self) -> VirtualTable[Connector]:
        return self.query_one(VirtualTable)

    @property
    def _pane(self) -> TextPane:
        return self.query_one("#about", TextPane)

    async def load(self) -> None:
        """Read what the profile is connected to: from the cache and the token store, not from Intuit."""
        found = await connections(self.console.desk)
        self._listed.set(found)
        self.query_one("#title", Static).update(parts.title(found))
        self._table.show()
        self._show(self._here())
        await self.console.tell_tokens(found[0].connected)

    def _here(self) -> Connector | None:
        here = self._table.cursor_id
        return self._listed.row(0 if here is None else here)

    def _show(self, one: Connector | None) -> None:
        self._pane.show(lambda width: Content("") if one is None else parts.about(one, width))
        self.refresh_keys()

    def on_virtual_table_highlighted(self, event: VirtualTable.Highlighted) -> None:
        """Show what there is to know of the highlighted one."""
        if event.row_id is not None:
            self._show(self._listed.row(event.row_id))

    def why_not(self, name: str) -> str:
        """Return why the connection under the cursor cannot be connected or disconnected."""
        one = self._here()
        if name not in _OF_QUICKBOOKS or one is None:
            return ""
        if one.kind != "qbo":
            return _NOT_OF_THE_SOURCE
        return "" if one.connected or name == "connect_company" else "There is no connection to end."

    def label_of(self, action: Action) -> str:
        """Say that what is connected is connected again."""
        one = self._here()
        again = action.id == "connect_company" and one is not None and one.connected
        return "connect again" if again else action.label

    def do_read_on(self) -> None:
        """Go into the text below the list, to scroll it."""
        self._pane.focus()

    def do_back(self) -> None:
        """Go back to the list, then leave."""
        if self._pane.has_focus:
            self._table.focus()
        else:
            super().do_back()

    def do_copy_connection(self) -> None:
        """Copy what is said of the connection; no secret is in it."""
        one = self._here()
        if one is not None:
            self.copy(parts.plain(one), f"what is known of {parts.named(one)}")

    async def do_connect_company(self) -> None:
        """Connect to a company: the app's keys, Intuit's page, the company by its name."""
        from awra_tui.screens.connections_flow import connect_company

        await connect_company(self)

    async def do_disconnect(self) -> None:
        """End the connection at Intuit, then here."""
        from awra_tui.screens.connections_flow import disconnect_company

        await disconnect_company(self)


_OF_QUICKBOOKS = ("connect_company", "disconnect")
