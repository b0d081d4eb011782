"""The live connection of a desk: one HTTP client, its tokens, and a pace shared through the cache."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from awra_tui.cache.store import budget
from awra_tui.qbo.client import QboClient
from awra_tui.qbo.oauth import Tokens
from awra_tui.qbo.throttle import Pace, Sleep
from awra_tui.records import clock
from awra_tui.settings.http import client
from awra_tui.sync.desk import Desk

BEARABLE = 0.1
"""A request may leave late by this part of the distance between turns: they stand wider than they need."""


class SharedBudget:
    """Turns handed out by the cache, so that every process of a profile keeps one pace."""

    def __init__(self, desk: Desk, limits: budget.Limits) -> None:
        self._desk = desk
        self._limits = limits

    async def reserve(self, realm: str, batch: bool, *, read: bool = False) -> float:
        """Take the next free turn and return the seconds until it comes; a read is counted with it."""
        return await self._desk.write(budget.reserve, realm, batch, self._limits, read=read)

    async def late(self, realm: str, batch: bool, seconds: float) -> None:
        """Move the turns that follow back, where it is more than their distance bears."""
        interval = self._limits.batch_interval if batch else self._limits.interval
        if seconds > BEARABLE * interval:
            await self._desk.write(budget.late, realm, batch, seconds, self._limits)

    async def pause(self, realm: str, seconds: float) -> None:
        """Hold everything for a company."""
        await self._desk.write(budget.pause, realm, clock.now().timestamp() + seconds)

    async def paused(self, realm: str) -> float:
        """Return the seconds for which a company is still held."""
        return await self._desk.page(budget.paused, realm)


@asynccontextmanager
async def connected(desk: Desk, sleep: Sleep, hold: Sleep | None = None) -> AsyncIterator[QboClient]:
    """Yield a client of the desk's company; nothing is sent until it is asked.

    It waits for its turn by ``sleep``, and by ``hold`` while QuickBooks asks to wait.
    """
    qbo = desk.profile.qbo
    limits = budget.Limits(
        per_second=qbo.requests_per_second,
        per_minute=qbo.requests_per_minute,
        batches_per_minute=qbo.batches_per_minute,
    )
    async with client(qbo.api_base_url, qbo.timeout_seconds, transport=desk.transport) as http:
        tokens = Tokens(
            store=desk.secrets,
            profile_id=desk.profile.id,
            token_url=qbo.token_url,
            http=http,
            lock=desk.profile.lock_path,
        )
        pace = Pace(SharedBudget(desk, limits), sleep, hold)
        yield QboClient(http=http, realm=desk.realm, tokens=tokens, pace=pace)
