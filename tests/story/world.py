"""What is outside the console: the books that other people work in too, the line to them, and the time."""

from dataclasses import dataclass, field
from typing import Any

from awra_tui.settings.http import Request
from tests.office import BooksCompany
from tests.watch import Watch


@dataclass(slots=True)
class World:
    """The books of the company, and the clock of all.

    ``typed`` is what somebody typed by hand.
    """

    books: BooksCompany
    watch: Watch
    typed: dict[str, Any] = field(default_factory=dict)

    def types_at_the_next_request(self, number: str) -> None:
        """Let somebody type an invoice with this number while the next request is on its way."""

        async def typed(_: Request) -> None:
            self.books.wire.before = None
            customer, item = self.books.one("Customer", DisplayName="Baobab Café"), self.books.all("Item")[0]
            line = {"ItemRef": {"value": item["Id"]}, "TaxCodeRef": {"value": "2"}}
            body = {
                "DocNumber": number,
                "CurrencyRef": {"value": "KES"},
                "CustomerRef": {"value": customer["Id"]},
                "Line": [{"Amount": 1, "DetailType": "SalesItemLineDetail", "SalesItemLineDetail": line}],
            }
            self.typed = self.books.book("Invoice", body)

        self.books.wire.before = typed

    def takes_back_what_was_typed(self) -> None:
        """Let that person delete the invoice again."""
        self.books.book("Invoice", self.typed, "delete")

    def makes_active(self, name: str) -> None:
        """Let the accountant make a product active."""
        item = self.books.one("Item", Name=name)
        self.books.change("Item", item, Active=True, Name=name.removesuffix(" (deleted)"))

    def loses_the_next_answer(self) -> None:
        """Let the answer to the next request get lost after QuickBooks has booked it."""
        self.books.switch(drop_next={"count": 1, "when": "after", "writes": True})
