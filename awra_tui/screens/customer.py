"""The card of a customer: both sides of the account, what differs and why, every document."""

from textual.app import ComposeResult
from textual.widgets import Static

from awra_tui.actions.customer import CustomerCard, Pair, customer_card
from awra_tui.records.subject import RecordKey
from awra_tui.screens import customer_parts as parts
from awra_tui.screens.base import BaseScreen
from awra_tui.screens.text_pane import TextPane
from awra_tui.widgets.cells import one_line
from awra_tui.widgets.keys import bindings
from awra_tui.widgets.provider import Listed
from awra_tui.widgets.virtual_table import VirtualTable


class CustomerScreen(BaseScreen):
    """Balances and sentences above, the documents of both sides below; what differs comes first."""

    SCREEN = "customer"
    BINDINGS = bindings("customer")
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    CustomerScreen #title { height: 1; padding: 0 1; margin: 1 0; }
    CustomerScreen #about { height: auto; max-height: 50%; }
    CustomerScreen VirtualTable { height: 1fr; min-height: 4; border-top: solid $border; }
    CustomerScreen.-short #title { margin: 0; }
    """

    def __init__(self, key: RecordKey) -> None:
        super().__init__()
        self.key = key
        self.card: CustomerCard | None = None
        self._pairs: Listed[Pair] = Listed(
            lambda pair: (pair.here.key if pair.here else (), pair.there.key if pair.there else ())
        )

    def body(self) -> ComposeResult:
        """Compose title, sentences and documents."""
        yield Static(id="title", markup=False)
        yield TextPane(name="about")
        yield VirtualTable(self._pairs, parts.PAIR_COLUMNS, empty="No documents on either side.")

    def on_mount(self) -> None:
        """Begin in the list."""
        super().on_mount()
        self._table.focus()

    @property
    def _table(self) -> VirtualTable[Pair]:
        return self.query_one(VirtualTable)

    @property
    def _about(self) -> TextPane:
        return self.query_one("#about", TextPane)

    def on_resize(self) -> None:
        """Set the title anew in the new width."""
        self._show_title()

    async def load(self) -> None:
        """Read the account from the cache."""
        self._show(await customer_card(self.console.desk, self.key))

    def _show(self, card: CustomerCard) -> None:
        self.card = card
        self._show_title()
        self._about.show(lambda width: parts.about(card, width))
        self._pairs.set(card.pairs)
        self._table.show()
        self.refresh_keys()

    def _show_title(self) -> None:
        if self.card is not None:
            width = max(self.size.width - 2, 20)
            self.query_one("#title", Static).update(parts.title(self.card, width))

    def _here(self) -> Pair | None:
        row = self._table.cursor_id
        return None if row is None else self._pairs.row(row)

    def why_not(self, name: str) -> str:
        """Return why a key can do nothing now."""
        if name == "copy_card" and self.card is None:
            return "The account is still being read."
        if name == "open_paper" and self.is_mounted and self._here() is None:
            return "There is no document here."
        return ""

    def do_open_paper(self) -> None:
        """Open the record of a document; what only QuickBooks has is looked up."""
        pair = self._here()
        if pair is None:
            return
        if pair.here is not None:
            self.console.open_record(RecordKey(pair.here.kind, pair.here.id))
        else:
            self.console.open_lookup(pair.paper.number or pair.paper.id)

    def do_other_part(self) -> None:
        """Go from the list to the sentences, to scroll them, and back."""
        (self._table if self._about.has_focus else self._about).focus()

    def do_open_customer(self) -> None:
        """Open the way of the customer's own record."""
        self.console.open_record(self.card.key if self.card else self.key)

    def do_check(self) -> None:
        """Check the customer and its documents of the source."""
        from awra_tui.actions.check import Asked

        if self.card is not None:
            papers = (pair.here for pair in self.card.pairs if pair.here is not None)
            keys = (self.card.key, *(RecordKey(paper.kind, paper.id) for paper in papers))
            self.console.open_check(Asked(keys=keys), one_line(self.card.name, 30))

    async def do_ask_balance(self) -> None:
        """Ask QuickBooks itself: what changed since, and the balance that it tells."""
        from awra_tui.actions.customer import ask_quickbooks

        self.toast("Asking QuickBooks …")
        self._show(await ask_quickbooks(self.console.desk, self.key))

    def do_copy_card(self) -> None:
        """Copy balances and sentences."""
        if self.card is not None:
            self.copy(parts.plain(self.card), f"the account of {one_line(self.card.name, 60)}")
