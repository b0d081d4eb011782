"""Keeping our copy of QuickBooks: its objects and the company's settings, by what changed since last time.

Reads are metered (Intuit: limits). With nothing changed a refresh costs two: one of change data for all
entities, and one query of the tax codes, which change data leaves out.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from awra_tui.cache.store import facts, objects, readings
from awra_tui.cache.store.readings import Reading
from awra_tui.qbo.client import SETTINGS, Changes, QboClient
from awra_tui.qbo.objects import ENTITIES as PLACES
from awra_tui.qbo.objects import company_of, to_object
from awra_tui.records import clock
from awra_tui.records.kinds import KINDS
from awra_tui.records.qbo import Company
from awra_tui.sync import full_reading, listing, tax_codes
from awra_tui.sync.desk import Desk
from awra_tui.sync.progress import Progress, Report

SINCE = "qbo_read_at"
NAMES_AND_LISTS = (
    "Account", "TaxCode", "TaxRate", "PaymentMethod", "Term", "Class", "Department", "Employee",
)  # fmt: skip
ENTITIES = (*NAMES_AND_LISTS, *(kind.entity for kind in KINDS.values()))
"""What our copy keeps, beside the settings: what mappings point to, what shares names, and what is sent."""
CDC_DAYS = timedelta(days=29)
"""Change data reaches back 30 days (Intuit: change data capture)."""
OVERLAP = timedelta(minutes=2)
"""Changes are asked for from a little before the last reading: they may be booked a little late."""

# Only by their changes: deposits freeze the payments that lie in them, vendor credits take bills back.
_CHANGING = (*SETTINGS, *(name for name in ENTITIES if PLACES[name].changes), "Deposit", "VendorCredit")
_UNTRACKED = "qbo_untracked"


async def refresh(desk: Desk, client: QboClient, report: Report) -> Company:
    """Bring our copy up to date and return the company; raises QboError where QuickBooks cannot be read.

    A full reading that was interrupted is ended first; change data then brings what changed since it
    began. All is read anew where change data does not reach back.
    """
    report(Progress(stage="Reading QuickBooks"))
    begun = await desk.page(readings.current)
    if begun and _is_recent(begun.started_at):
        await _read_all(desk, client, begun, report)
    started = clock.now()
    since = await desk.page(facts.get, SINCE)
    if since and _is_recent(since):
        unread = await _read_changes(desk, client, clock.parse_stamp(since))
    else:
        await _read_settings(desk, client)
        unread = ENTITIES
    # Changes carry the time of QuickBooks' clock.
    theirs = started - client.behind
    if unread:
        await _read_all(desk, client, await desk.write(readings.begin, clock.stamp(theirs), unread), report)
    else:
        await desk.write(_up_to_date, theirs)
    return await desk.write(_company, client.realm)


def _is_recent(stamp: str) -> bool:
    return clock.now() - clock.parse_stamp(stamp) <= CDC_DAYS


async def _read_all(desk: Desk, client: QboClient, reading: Reading, report: Report) -> None:
    await full_reading.read_all(desk, client, reading, report)
    await desk.write(_up_to_date, clock.parse_stamp(reading.started_at))


def _up_to_date(started: datetime) -> None:
    """Note since when changes are to be asked for next time. A job of the cache."""
    facts.set(SINCE, clock.stamp(started - OVERLAP))
    readings.forget()


async def _read_changes(desk: Desk, client: QboClient, since: datetime) -> tuple[str, ...]:
    """Read what changed; return the entities of which so much changed that they must be read whole.

    An answer that is full may leave changes out: then each half of its entities is asked for by itself.
    """
    untracked = (await desk.page(facts.get, _UNTRACKED)).split()
    waiting = [[name for name in _CHANGING if name not in untracked]]
    tracked: set[str] = set()
    unread: tuple[str, ...] = ()
    rates: set[str] = set()
    while waiting:
        changes = await client.cdc(waiting.pop(), since)
        tracked.update(changes.asked)
        if changes.complete:
            await desk.write(_keep_changes, changes)
            rates |= tax_codes.rates_in(changes.objects)
        elif len(changes.asked) == 1:
            unread += changes.asked
        else:
            middle = len(changes.asked) // 2
            waiting += [list(changes.asked[:middle]), list(changes.asked[middle:])]
    await _read_untracked(desk, client, [name for name in _CHANGING if name not in tracked])
    await tax_codes.read(desk, client, rates)
    return unread


def _keep_changes(changes: Changes) -> None:
    """Store what changed. A job of the cache."""
    for entity, found in changes.objects.items():
        objects.upsert([to_object(entity, one) for one in found])
    objects.mark_deleted(changes.deleted)


async def _read_untracked(desk: Desk, client: QboClient, entities: Sequence[str]) -> None:
    """Read whole what this company's change data leaves out beside tax codes: mostly nothing."""
    await desk.write(facts.set, _UNTRACKED, " ".join(entities))
    if not set(SETTINGS).isdisjoint(entities) or await desk.page(_company_in_copy, client.realm) is None:
        await _read_settings(desk, client)
    for entity in entities:
        if entity not in SETTINGS:
            await desk.write(listing.keep, await listing.read(desk, client, entity))


async def _read_settings(desk: Desk, client: QboClient) -> None:
    found = {"CompanyInfo": await client.company_info(), "Preferences": await client.preferences()}
    await desk.write(objects.upsert, [to_object(entity, one) for entity, one in found.items()])
    await desk.write(_company, client.realm)


def _company_in_copy(realm: str) -> Company | None:
    """Return the company as the settings in our copy describe it. A job of the cache."""
    info, preferences = (objects.of_entity(entity, limit=1) for entity in SETTINGS)
    return company_of(info[0].content, preferences[0].content, realm) if info and preferences else None


def _company(realm: str) -> Company:
    """Note the company as the settings in our copy describe it, and return it. A job of the cache."""
    company = _company_in_copy(realm) or Company(realm=realm)
    facts.set_company(company)
    return company
