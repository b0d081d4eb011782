"""How the queue is looked at: by cause or warning by warning, remembered for the profile."""

from awra_tui.cache.pages.groups import VIEW
from awra_tui.cache.store import facts
from awra_tui.sync.desk import Desk


async def remember_view(desk: Desk, *, grouped: bool) -> None:
    """Begin with this view from now on; where nothing can be recorded it holds for this visit only."""
    if not desk.reading_only:
        await desk.write(facts.set, VIEW, "" if grouped else "flat")
