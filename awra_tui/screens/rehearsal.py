"""A dry run as texts: what would change field by field, and what would be sent."""

from functools import partial

import msgspec

from awra_tui.records.subject import RecordKey
from awra_tui.screens.base import BaseScreen
from awra_tui.screens.dialogs import while_asking
from awra_tui.screens.json_view import Document, JsonScreen

READING = "Reading in QuickBooks what changed …"


async def show_dry_run(screen: BaseScreen, key: RecordKey) -> None:
    """Show what resending a record would change; nothing is sent."""
    from awra_tui.actions.dry_run import as_text, dry_run

    found = await while_asking(screen, READING, partial(dry_run, screen.console.desk, key))
    if found is None:
        return
    body = msgspec.json.Encoder(decimal_format="number").encode(found.body).decode() if found.body else ""
    documents = [
        Document("What would change", as_text([found])),
        Document("To send", body, "Nothing would be sent for this record as it is."),
    ]
    heading = f"Dry run: {found.outlook.name} {found.outlook.fate.label}"
    screen.app.push_screen(JsonScreen(heading, documents))
