"""Judging and sending in order of work: parents before children, one bad record never stopping others."""

import asyncio
import hashlib
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial

from awra_tui import __version__
from awra_tui.cache.pages import overview
from awra_tui.cache.store import facts, records
from awra_tui.cache.store.references import children_of_many
from awra_tui.cache.stored import StoredRecord
from awra_tui.records.kinds import LEVELS, kind_of
from awra_tui.records.qbo import Company
from awra_tui.records.rules import Rules
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.sync.desk import Desk
from awra_tui.sync.judging import Sendable, Verdicts, judge_chunk, judge_keys
from awra_tui.sync.leases import Lease
from awra_tui.sync.office import Office, StopRun
from awra_tui.sync.outbox import dispatch, together
from awra_tui.sync.rereading import fresh
from awra_tui.sync.view import START

CHUNK = 150
"""Records that are judged together, in one job of the cache."""
AHEAD = 3
"""Chunks under way: the next one is judged while these are sent, so that no turn of the pace is lost."""
SWEEPS = 4
"""Rounds over one level: a record's parent may stand on its own level (a sub-customer)."""
ROUNDS = 5
"""Rounds over one chunk: a record may have a second thing to send, or QuickBooks may ask to wait."""


async def send_all(office: Office) -> None:
    """Judge and send every record that is not in QuickBooks yet."""
    kinds = office.rules.kinds
    office.total = await office.desk.page(_to_do, kinds)
    await _send_gone(office)
    causes = await office.desk.page(_skipping, office.rules)
    skipped = causes != await office.desk.page(facts.get, _SKIPPING)
    for level in LEVELS:
        for place in range(SWEEPS):
            if not await _sweep(office, level, first=not place, skipped=skipped):
                break
    await office.desk.write(facts.set, _SKIPPING, causes)


_SKIPPING = "skipping"


def _skipping(rules: Rules) -> str:
    """Say what decides, beside a record itself, whether it is skipped. A job of the cache."""
    known = (rules, sorted(facts.starting_with(START).items()), __version__)
    return hashlib.sha256(repr(known).encode()).hexdigest()


def _to_do(kinds: Sequence[str]) -> int:
    """Count what waits to be tried: what progress is measured against. A job of the cache."""
    tallies = overview.tallies()
    return sum(tallies.get(kind, {}).get(Status.PENDING, 0) for kind in kinds)


async def _send_gone(office: Office) -> None:
    """Judge what the source no longer has, and send what a person chose for it."""
    after = 0
    async with _under_way(office) as begin:
        while stored := await office.desk.page(records.gone, after, CHUNK):
            verdicts = await _judge_chunk(office.desk, office.lease, office.company, stored)
            after = verdicts.last_id
            await begin(verdicts.sendable)


async def _sweep(office: Office, level: Sequence[str], *, first: bool, skipped: bool) -> bool:
    """Go over one level; return whether another round may say more of records that wait for their own level.

    ``skipped`` says that skipped records are judged anew, because what skips them may have changed.
    The first round has also said for the first time where those stand that others wait for.
    """
    after, sent, blocked = 0, False, False
    async with _under_way(office) as begin:
        while stored := await office.desk.page(records.to_judge, level, after, CHUNK, skipped=skipped):
            verdicts = await _judge_chunk(office.desk, office.lease, office.company, stored)
            after = verdicts.last_id
            blocked = verdicts.blocked_within(level) or blocked
            sent = bool(verdicts.sendable) or sent
            office.counts["connected"] += verdicts.connected
            await begin(verdicts.sendable)
            if office.stop:
                break
    return (sent or first) and blocked


Begin = Callable[[Sequence[Sendable]], Awaitable[None]]
"""Begins to send a chunk, as soon as few enough are under way."""


@asynccontextmanager
async def _under_way(office: Office) -> AsyncIterator[Begin]:
    """Yield what begins to send a chunk; at the end all are through, or StopRun says why not."""
    room = asyncio.Semaphore(AHEAD)

    async def one(sendables: Sequence[Sendable]) -> None:
        with office.stopping():
            await _send(office, sendables)
        room.release()

    async with together() as group:

        async def begin(sendables: Sequence[Sendable]) -> None:
            if sendables:
                await room.acquire()
                group.create_task(one(sendables))

        with office.stopping():
            yield begin
    if office.stop:
        raise office.stop


async def _send(office: Office, sendables: Sequence[Sendable]) -> None:
    """Send a chunk until nothing of it is left to send, or something stops the pass."""
    waiting: Sequence[Sendable] = sendables
    for _ in range(ROUNDS):
        if not waiting or office.stop:
            return
        wave = await dispatch(office, await fresh(office, waiting))
        waiting = (await _judge(office, [*wave.arrived, *wave.again])).sendable
    if waiting:
        office.stop = office.stop or StopRun(
            "QuickBooks keeps asking to wait; the rest goes with the next sync."
        )


async def _judge(office: Office, keys: Sequence[RecordKey]) -> Verdicts:
    return await office.desk.write(judge_keys, keys, office.company, office.rules, office.desk.who)


async def send_chosen(office: Office, keys: Sequence[RecordKey]) -> None:
    """Judge and send chosen records, parents first; judge anew what waited for them."""
    by_level: dict[int, list[RecordKey]] = defaultdict(list)
    for key in keys:
        by_level[kind_of(key.kind).level].append(key)
    office.total = len(keys)
    for level in sorted(by_level):
        async with _under_way(office) as begin:
            await begin((await _judge(office, by_level[level])).sendable)
    await _judge(office, await office.desk.page(children_of_many, keys))


async def judge_all(desk: Desk, lease: Lease, company: Company) -> None:
    """Judge every record without sending, so that each says where it stands though QuickBooks is away.

    What the source no longer has comes first: what was sent of it is a warning until QuickBooks agrees.
    Raise LostLeaseError where another pass judges by now, from what it knows better.
    """
    await _judge_pages(desk, lease, company, records.gone)
    for level in LEVELS:
        await _judge_pages(desk, lease, company, partial(records.to_judge, level))


async def _judge_pages(
    desk: Desk, lease: Lease, company: Company, pages: Callable[[int, int], list[StoredRecord]]
) -> None:
    after = 0
    while stored := await desk.page(pages, after, CHUNK):
        after = (await _judge_chunk(desk, lease, company, stored)).last_id


async def _judge_chunk(
    desk: Desk, lease: Lease, company: Company, stored: Sequence[StoredRecord]
) -> Verdicts:
    """Judge only as long as this pass has the right to send: one that took over knows more."""
    judging = partial(judge_chunk, stored, company, desk.profile.rules, desk.who)
    return await desk.write(lease.holding, judging)
