"""What people changed in QuickBooks: only objects that moved since they were compared are looked at."""

from collections.abc import Sequence

from awra_tui.cache import rows
from awra_tui.cache.store import drift, links, objects, records
from awra_tui.cache.store.drift import Moved
from awra_tui.cache.stored import RecordHead
from awra_tui.health.changes import drifted
from awra_tui.health.states import state_of
from awra_tui.records.qbo import Link
from awra_tui.records.status import Status
from awra_tui.sync.judging import judge_keys
from awra_tui.sync.office import Office

CHUNK = 300


async def compare_moved(office: Office) -> None:
    """Compare connected objects that changed since the last time; judge the records that it matters to."""
    moved = await office.desk.page(drift.moved)
    for some in rows.chunks(moved, CHUNK):
        await office.desk.write(_compare, office, some)


def _compare(office: Office, some: Sequence[tuple[int, str]]) -> None:
    """Judge what was changed there, and note how far was compared. A job of the cache.

    A record whose answer is missing is left for later: only looking it up says where it stands.
    """
    named = drift.named(some)
    heads = records.heads([one.key for one in named])
    settled = [one for one in named if one.key in heads and heads[one.key].status is not Status.UNKNOWN]
    held = links.of_many([one.key for one in settled])
    concerned = [one.key for one in settled if _matters(one, heads[one.key], held.get(one.key, ()))]
    judge_keys(list(dict.fromkeys(concerned)), office.company, office.rules, office.desk.who)
    drift.mark_seen(settled)


def _matters(one: Moved, head: RecordHead, held: Sequence[Link]) -> bool:
    """Whether what moved may change where its record stands: what is judged in every pass is left out."""
    if head.status is Status.SKIPPED:
        return True
    link = next((each for each in held if each.role == one.role), None)
    if head.status is not Status.SUCCEEDED or link is None:
        return False
    now = objects.get(link.entity, link.qbo_id)
    return bool(state_of(now)) or not link.fingerprint or bool(drifted(link, now))
