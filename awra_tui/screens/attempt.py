"""One attempt: request and answer with secrets removed, how long it took, and what it is called at Intuit."""

from typing import ClassVar

from textual.content import Content
from textual.widgets import Static

from awra_tui.cache.pages import log as pages
from awra_tui.cache.pages.log import AttemptRow, ExchangeRow
from awra_tui.health.codes import reason_of
from awra_tui.records.fault import Fault, FaultMessage
from awra_tui.records.subject import RecordKey
from awra_tui.screens.json_view import Document, TextScreen
from awra_tui.screens.log_parts import attempt_text
from awra_tui.widgets.keys import bindings


class AttemptScreen(TextScreen):
    """The facts of an attempt above, its answer and its request below."""

    SCREEN = "attempt"
    BINDINGS = bindings("attempt")
    EMPTY: ClassVar[tuple[Document, ...]] = (
        Document("Answer", "", "The answer is being read …"),
        Document("Request", "", "The request is being read …"),
    )

    def __init__(self, attempt: AttemptRow) -> None:
        super().__init__(f"Attempt {attempt.id}", self.EMPTY)
        self.attempt = attempt
        self.exchange: ExchangeRow | None = None

    async def load(self) -> None:
        """Read request and answer."""
        self.exchange = await self.page(pages.exchange, self.attempt.request_id)
        self._show_facts()
        found = self.exchange
        gone = "Request and answer are not kept any more."
        answer = "QuickBooks sent no answer, or none arrived." if found else gone
        request = "The request had no body." if found else gone
        self.show_documents(
            [
                Document("Answer", found.answer if found else "", answer),
                Document("Request", found.body if found else "", request),
            ]
        )

    def _show(self, place: int) -> None:
        super()._show(place)
        if self.exchange and self.exchange.path.endswith("/batch") and self.attempt.number:
            self.pane.search(self.attempt.number)

    def topic(self) -> str:
        """Return the reason that QuickBooks' code stands for."""
        if not self.attempt.code:
            return super().topic()
        said = FaultMessage(self.attempt.code, self.attempt.message)
        return reason_of(Fault(http_status=self.attempt.http_status, messages=(said,)), said)

    def on_resize(self) -> None:
        """Set the facts anew in the new width."""
        self._show_facts()

    def _show_facts(self) -> None:
        facts: Content = attempt_text(self.attempt, self.exchange, max(self.size.width - 2, 20))
        self.query_one(".facts", Static).update(facts)

    def do_open_record(self) -> None:
        """Open the record of this attempt."""
        self.console.open_record(RecordKey(self.attempt.kind, self.attempt.source_id))

    async def do_escalate(self) -> None:
        """Copy everything known about the record, to hand on."""
        from awra_tui.screens.evidence import hand_on

        await hand_on(self, RecordKey(self.attempt.kind, self.attempt.source_id))
