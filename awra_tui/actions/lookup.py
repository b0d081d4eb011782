"""Look anything up: what was sent, what is connected, what QuickBooks has, and a verdict."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from awra_tui.actions import whereabouts
from awra_tui.actions.whereabouts import Alikes, LookAlike
from awra_tui.cache.pages.matching import EXACT
from awra_tui.cache.pages.sought import Sought, sought
from awra_tui.cache.pages.sought_objects import SoughtObject
from awra_tui.cache.store import facts, objects, records
from awra_tui.health import duplicates, wording
from awra_tui.qbo.errors import QboError
from awra_tui.records import clock
from awra_tui.records.errors import AwraError
from awra_tui.records.kinds import kind_of
from awra_tui.records.subject import RecordKey
from awra_tui.records.typed import read_amount
from awra_tui.sync import afresh, refresh
from awra_tui.sync.desk import Desk
from awra_tui.sync.judging import prepared

FEW = 5
"""So many records that are not connected yet are compared with what QuickBooks has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedUp:
    """What a text may mean and the verdict over it.

    ``alikes`` are unconnected objects that look like the records found, ``titles`` what the records are
    called that objects are connected to. ``as_of`` says how old our
    copy of QuickBooks is, ``unread`` why QuickBooks could not be asked where it was to be.
    """

    found: Sought
    verdict: str
    alikes: Alikes
    titles: Mapping[RecordKey, str] = field(default_factory=dict)
    as_of: str = ""
    unread: str = ""


async def look_up(desk: Desk, text: str, *, limit: int = 50) -> LookedUp:
    """Look a text up in the cache: no network, nothing is written."""
    return await desk.page(look_up_here, desk, text, limit)


async def ask_quickbooks(desk: Desk, text: str, *, limit: int = 50) -> LookedUp:
    """Read from QuickBooks what changed since our copy was made, and ask for what our copy does not keep.

    Two reads and up to seven. What could not be read is said in ``unread``; the answer is then as of
    our copy.
    """
    unread = await afresh.read_again(desk)
    looked = await desk.page(look_up_here, desk, text, limit)
    if unread or not looked.found.text:
        return replace(looked, unread=unread)
    try:
        others = await _beyond(desk, looked.found.text, limit)
    except (QboError, AwraError) as error:
        return replace(looked, unread=f"Not everything could be asked for: {str(error).rstrip('.')}.")
    found = replace(looked.found, objects=(*looked.found.objects, *others))
    return replace(looked, found=found, verdict=whereabouts.verdict(found, looked.alikes))


async def _beyond(desk: Desk, text: str, limit: int) -> list[SoughtObject]:
    # The HTTP library is imported only when it is needed: the first screen does not wait for it.
    from awra_tui.sync.beyond import beyond
    from awra_tui.sync.connection import connected

    async with connected(desk, desk.sleep) as client:
        found = await beyond(client, text, read_amount(text), limit)
    return [SoughtObject(object=thing, how=how) for thing, how in found]


def look_up_here(desk: Desk, text: str, limit: int = 50) -> LookedUp:
    """Look a text up. A job of the cache."""
    found = sought(text, limit)
    alikes = _alikes(desk, found)
    return LookedUp(
        found=found,
        verdict=whereabouts.verdict(found, alikes),
        alikes=alikes,
        titles=_titles(found),
        as_of=_as_of(),
    )


def holders(looked: LookedUp, one: SoughtObject) -> str:
    """Return what the records are called that an object is connected to; empty where there are none."""
    return ", ".join(looked.titles.get(key, key.text) for key in one.records)


def _titles(found: Sought) -> dict[RecordKey, str]:
    keys = [key for one in found.objects for key in one.records]
    return {key: wording.title_of(stored.record) for key, stored in records.many(keys).items()}


def _alikes(desk: Desk, found: Sought) -> Alikes:
    """Return what looks like the records that were found exactly and are not connected."""
    keys = [one.key for one in found.records if one.row.how in EXACT and not one.held and not one.deleted]
    company = facts.company()
    stored = list(records.many(keys[:FEW]).values())
    if company is None or not stored:
        return {}
    view = prepared(stored, company, desk.profile.rules)
    alikes: Alikes = {}
    for one in stored:
        candidates = duplicates.find(one.record, view).candidates
        things = [(objects.get(each.entity, each.qbo_id), each.why) for each in candidates]
        entity = kind_of(one.key.kind).entity
        alikes[one.key] = tuple(
            LookAlike(thing, why) for thing, why in things if thing and thing.entity == entity
        )
    return alikes


def _as_of() -> str:
    """Return when our copy of QuickBooks was made. A job of the cache."""
    read = facts.get(refresh.SINCE)
    if not read:
        return ""
    return clock.stamp(clock.parse_stamp(read) + refresh.OVERLAP)
