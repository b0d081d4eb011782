"""The profile's source, opened with the anchor date that is kept from the first start."""

from datetime import date

from awra_tui.cache.store import facts
from awra_tui.records import clock
from awra_tui.sources.base import Source
from awra_tui.sources.open import open_source
from awra_tui.sync.desk import Desk

ANCHOR = "anchor"


async def desk_source(desk: Desk) -> Source:
    """Open the source of the desk's profile."""
    anchor = await desk.write(_anchor)
    profile = desk.profile
    return open_source(profile.source, profile.convert_source, profile.folder, anchor, refuse=profile.refuse)


def _anchor() -> date:
    kept = facts.get(ANCHOR)
    if not kept:
        kept = clock.today().isoformat()
        facts.set(ANCHOR, kept)
    return date.fromisoformat(kept)
