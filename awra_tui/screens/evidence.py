"""Everything known about records as text to hand on: copied, shown, and written to a file where asked."""

from typing import TYPE_CHECKING

from awra_tui.records.subject import RecordKey
from awra_tui.screens.base import BaseScreen
from awra_tui.screens.json_view import Document, JsonScreen

if TYPE_CHECKING:
    from awra_tui.actions.evidence import Evidence


async def hand_on(screen: BaseScreen, *keys: RecordKey, because: str = "") -> None:
    """Copy the evidence of records to the clipboard and show it."""
    from awra_tui.actions import escalate

    show(screen, await escalate.evidence(screen.console.desk, *keys, because=because))


async def hand_on_connection(screen: BaseScreen, because: str = "") -> None:
    """Copy the evidence of the connection to the clipboard and show it."""
    from awra_tui.actions import escalate

    show(screen, await escalate.evidence_of_connection(screen.console.desk, because))


def show(screen: BaseScreen, evidence: "Evidence") -> None:
    """Copy evidence as Markdown and show it, as JSON beside."""
    text = evidence.markdown
    documents = [Document("Evidence", text), Document("JSON", evidence.json)]
    screen.app.push_screen(JsonScreen(f"Evidence: {evidence.title}", documents))
    screen.copy(text, "the evidence; paste it into a message or a ticket")
    if evidence.missing:
        screen.toast(evidence.missing, "warning")
