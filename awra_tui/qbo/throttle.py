"""Pace: requests leave evenly, at the strictest of QuickBooks' limits, so that it need not say 429."""

import asyncio
import inspect
import random
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol

THROTTLED_SECONDS = 60.0
"""How long everything for a company waits after a 429 (Intuit: limits)."""

_JITTER = 0.2

Seconds = float | Awaitable[float]
"""Seconds, now or after a job elsewhere."""


Sleep = Callable[[float], Awaitable[object]]
"""Waits for so many seconds."""


class Budget(Protocol):
    """Who hands out turns; an implementation may share them between processes."""

    def reserve(self, realm: str, batch: bool, *, read: bool = False) -> Seconds:
        """Take the next free turn of a realm and return the seconds until it comes; count a read."""

    def late(self, realm: str, batch: bool, seconds: float) -> Awaitable[None] | None:
        """Move the turns that follow back: a request leaves so many seconds after its own."""

    def pause(self, realm: str, seconds: float) -> Awaitable[None] | None:
        """Hold everything for a realm for at least this long from now."""

    def paused(self, realm: str) -> Seconds:
        """Return the seconds for which a realm is still held, 0 when it is not."""


MARGIN = 1.02
"""Turns stand this much farther apart than the limits ask: what leaves evenly arrives less evenly."""


SOON = 0.01
"""So many seconds after its turn a request leaves in time."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What QuickBooks allows one company (Intuit: limits)."""

    requests_per_minute: float = 500
    requests_per_second: float = 10
    batches_per_minute: float = 40

    @property
    def request_interval(self) -> float:
        """Return the seconds between requests that keep both limits."""
        return MARGIN * max(60 / self.requests_per_minute, 1 / self.requests_per_second)

    @property
    def batch_interval(self) -> float:
        """Return the seconds between batches."""
        return max(MARGIN * 60 / self.batches_per_minute, self.request_interval)


@dataclass(slots=True)
class _Turns:
    request: float = float("-inf")
    batch: float = float("-inf")
    held: float = float("-inf")


@dataclass(slots=True)
class LocalBudget:
    """A budget of this process alone. ``clock`` counts seconds and never goes back."""

    limits: Limits = field(default_factory=Limits)
    clock: Callable[[], float] = time.monotonic
    _turns: dict[str, _Turns] = field(default_factory=lambda: defaultdict(_Turns))

    def reserve(self, realm: str, batch: bool, *, read: bool = False) -> float:  # noqa: ARG002
        """Take the next turn: never nearer to the one before than the limits allow. Reads are not counted."""
        turns, now = self._turns[realm], self.clock()
        turn = max(now, turns.request, turns.batch if batch else now)
        turns.request = turn + self.limits.request_interval
        if batch:
            turns.batch = turn + self.limits.batch_interval
        return turn - now

    def late(self, realm: str, batch: bool, seconds: float) -> None:
        """Move the turns that follow back; however late, the next one is soon."""
        turns, limits, now = self._turns[realm], self.limits, self.clock()
        turns.request = _moved(turns.request, seconds, now + 2 * limits.request_interval)
        if batch:
            turns.batch = _moved(turns.batch, seconds, now + 2 * limits.batch_interval)

    def pause(self, realm: str, seconds: float) -> None:
        """Hold the realm; a longer hold is never shortened."""
        turns = self._turns[realm]
        turns.held = max(turns.held, self.clock() + seconds)

    def paused(self, realm: str) -> float:
        """Return the seconds of the hold that are left."""
        return max(0.0, self._turns[realm].held - self.clock())


class Pace:
    """Waits for a turn before each request.

    One batch of a realm at a time stands in the queue, so that a read need not wait behind many.
    ``hold`` waits in place of ``sleep`` while QuickBooks holds everything, so that it can be told.
    """

    def __init__(
        self, budget: Budget | None = None, sleep: Sleep = asyncio.sleep, hold: Sleep | None = None
    ) -> None:
        self._budget: Budget = budget if budget is not None else LocalBudget()
        self._sleep = sleep
        self._hold = hold or sleep
        self._gates: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def turn(self, realm: str, *, batch: bool = False, read: bool = False) -> None:
        """Return when the next request of this realm may leave; a ``read`` is one that is paid for."""
        if not batch:
            await self._wait(realm, batch=False, read=read)
            return
        async with self._gates[realm]:
            await self._wait(realm, batch=True, read=read)

    async def pause(self, realm: str, seconds: float = THROTTLED_SECONDS) -> None:
        """Hold everything for a realm, as after a 429."""
        held = self._budget.pause(realm, seconds)
        if inspect.isawaitable(held):
            await held

    async def rest(self, seconds: float) -> None:
        """Wait about so long, so that what failed together does not come back together."""
        await self._sleep(seconds * random.uniform(1 - _JITTER, 1 + _JITTER))

    async def paused(self, realm: str) -> float:
        """Return the seconds for which the realm is still held: what a countdown shows."""
        return await _seconds(self._budget.paused(realm))

    async def _wait(self, realm: str, *, batch: bool, read: bool) -> None:
        """Wait for a turn; one that a hold has overtaken is given up, or all would leave at once after it.

        A read is counted with its first turn only: it leaves once.
        """
        uncounted = read
        while True:
            while (held := await self.paused(realm)) > 0:
                await self._hold(held)
            wait = await _seconds(self._budget.reserve(realm, batch, read=uncounted))
            uncounted = False
            due = time.monotonic() + wait
            if wait > 0:
                # The hold may have come between the two questions: then the turn stands behind it.
                by = self._hold if await self.paused(realm) > 0 else self._sleep
                asked = time.monotonic() + wait - due
                await by(wait if asked < SOON else max(wait - asked, 0.0))
            if await self.paused(realm) <= 0:
                await self._leave(realm, batch, time.monotonic() - due)
                return

    async def _leave(self, realm: str, batch: bool, late: float) -> None:
        """Keep the distance of the turns where a busy machine lets a request leave late."""
        moved = self._budget.late(realm, batch, late) if late > SOON else None
        if moved is not None:
            await moved


def _moved(turn: float, seconds: float, most: float) -> float:
    return min(turn + seconds, max(turn, most))


async def _seconds(value: Seconds) -> float:
    return await value if inspect.isawaitable(value) else value
