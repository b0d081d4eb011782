"""Reading QuickBooks again before a person decides: quickly, or not at all."""

import asyncio

from awra_tui.cache.store import facts, leases
from awra_tui.qbo.errors import QboError
from awra_tui.records import clock
from awra_tui.records.errors import AwraError
from awra_tui.sync import mapping_states, refresh
from awra_tui.sync.desk import Desk
from awra_tui.sync.leases import SENDING
from awra_tui.sync.progress import Report, silent

SECONDS = 20.0
"""So long a person who asked waits at most."""


async def read_again(desk: Desk, report: Report = silent) -> str:
    """Bring our copy of QuickBooks up to date; return in a sentence why that could not be, or nothing.

    What changed since the last reading costs two reads, however many objects are concerned. A pass that
    is under way reads by itself: two do not read at once.
    """
    # The HTTP library is imported only when it is needed: the first screen does not wait for it.
    from awra_tui.sync.connection import connected

    holder = await desk.page(leases.holder_of, SENDING)
    if holder:
        return await desk.page(_as_of, f"{holder.partition(' #')[0]} is syncing at the moment")
    try:
        async with asyncio.timeout(SECONDS), connected(desk, desk.sleep) as client:
            company = await refresh.refresh(desk, client, report)
            await desk.write(mapping_states.recheck, company)
    except TimeoutError:
        return await desk.page(_as_of, "it took too long")
    except (QboError, AwraError) as error:
        return await desk.page(_as_of, str(error).rstrip("."))
    return ""


def _as_of(why: str) -> str:
    """Say why it was not read and how old our copy is. A job of the cache."""
    read = facts.get(refresh.SINCE)
    if not read:
        return f"QuickBooks could not be read: {why}."
    moment = (clock.parse_stamp(read) + refresh.OVERLAP).astimezone()
    return f"QuickBooks could not be read again ({why}); this is as of {moment:%d %b %H:%M}."
