"""Everything known about a record as text to hand on: copied, and shown."""

from awra_tui.records.subject import RecordKey
from awra_tui.screens.base import BaseScreen
from awra_tui.screens.json_view import Document, JsonScreen


async def hand_on(screen: BaseScreen, key: RecordKey) -> None:
    """Copy the evidence of a record to the clipboard and show it."""
    from awra_tui.actions import escalate

    text = await escalate.evidence(screen.console.desk, key)
    screen.app.push_screen(JsonScreen(f"Evidence of {key.text}", [Document("Evidence", text)]))
    screen.copy(text, "the evidence; paste it into a message or a ticket")
