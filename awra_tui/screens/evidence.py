"""Everything known about a record as text to hand on: copied, and shown."""

from awra_tui.records.subject import RecordKey
from awra_tui.screens.base import BaseScreen
from awra_tui.screens.json_view import Document, JsonScreen


async def hand_on(screen: BaseScreen, *keys: RecordKey) -> None:
    """Copy the evidence of records to the clipboard and show it."""
    from awra_tui.actions import escalate

    text = "\n".join([await escalate.evidence(screen.console.desk, key) for key in keys])
    name = keys[0].text if len(keys) == 1 else f"{len(keys):,} records"
    screen.app.push_screen(JsonScreen(f"Evidence of {name}", [Document("Evidence", text)]))
    screen.copy(text, "the evidence; paste it into a message or a ticket")
