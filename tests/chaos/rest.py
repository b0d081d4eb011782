"""Syncing through a proxy that goes wrong, again and again, until nothing is left to find out."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from awra_tui.actions.authorize import import_secrets
from awra_tui.actions.desk import Desk, open_desk
from awra_tui.actions.sync import RunResult, sync_now
from awra_tui.cache.store import outbox
from awra_tui.records import clock
from awra_tui.settings.profile import load_profile
from awra_tui.sync import parcels
from tests.chaos.proxy import Proxy
from tests.chaos.verify import Reckoning, verify
from tests.chaos.world import World, world
from tests.simulated import Simulated, simulated
from tests.watch import Watch

PASSES = 200
"""So many passes must do; more means that something is never found out."""
_WITHIN = 100
"""Seconds within which QuickBooks books what it has begun: less than a look-up waits for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chaos:
    """One run: its world, what goes wrong, and whether QuickBooks honours requestid.

    ``share`` of all requests go wrong, in ways that ``faults`` names (all by default). ``batch`` is
    how many records go in one request: with 1 there are no batches.
    """

    seed: int
    size: int
    honoured: bool
    share: float = 0.2
    faults: Sequence[str] = ()
    batch: int = parcels.BATCH

    @property
    def name(self) -> str:
        """Return what a person needs to run it again."""
        return f"seed {self.seed}, requestid {'honoured' if self.honoured else 'ignored'}"


@dataclass(slots=True, kw_only=True)
class Rested:
    """What a run came to; the slowest recovery is in seconds of the clock, and in passes."""

    chaos: Chaos
    found: Reckoning
    faults: Counter[str]
    asked: Counter[str]
    passes: int
    came_to_rest: bool
    errors: Sequence[str] = ()
    slowest_seconds: float = 0
    slowest_passes: int = 0

    @property
    def troubles(self) -> list[str]:
        """Return everything that must not be."""
        restless = [] if self.came_to_rest else [f"no rest after {self.passes} passes"]
        return [*restless, *self.errors, *self.found.troubles]


@dataclass(slots=True)
class _Time:
    """The clock, which does not pass over what QuickBooks is still working on."""

    watch: Watch
    proxy: Proxy
    passed: float = 0

    async def move(self, seconds: float) -> None:
        """Let so many seconds pass."""
        if self.passed + seconds > _WITHIN:
            await self.proxy.deliver_late()
            self.passed = 0
        self.passed += seconds
        self.watch.forward(seconds=seconds)


@dataclass(slots=True)
class Recoveries:
    """How long it took until it was known what became of each request."""

    open: dict[int, tuple[int, str]] = field(default_factory=dict)
    seconds: float = 0
    passes: int = 0

    def look(self, desk: Desk, number: int) -> bool:
        """Note what is not known after a pass; return whether there is anything."""
        now = {row.id: (number, row.created_at) for row in desk.cache.now(outbox.unanswered)}
        for known in self.open.keys() - now.keys():
            first, since = self.open.pop(known)
            self.passes = max(self.passes, number - first)
            self.seconds = max(self.seconds, (clock.now() - clock.parse_stamp(since)).total_seconds())
        self.open = now | self.open
        return bool(now)


async def run(chaos: Chaos, folder: Path, watch: Watch) -> Rested:
    """Do one run in a folder of its own, against a company of its own."""
    made = world(chaos.seed, chaos.size)
    made.write(folder)
    with simulated("empty-us") as company:
        # Of a changed refresh token whose answer is lost nobody can know: only a person connects again.
        company.switch(requestid_ignored=not chaos.honoured, rotate_refresh_tokens=False)
        proxy = Proxy(company.announced.base_url, random.Random(chaos.seed), chaos.share, chaos.faults)
        async with proxy.listening():
            desk = through(company, proxy, folder / "profile.toml")
            try:
                with pytest.MonkeyPatch.context() as patch:
                    patch.setattr(parcels, "BATCH", chaos.batch)
                    return await _whole(_Run(chaos, desk, _Time(watch, proxy)), made, folder, company)
            finally:
                desk.cache.close()


def through(company: Simulated, proxy: Proxy, profile: Path) -> Desk:
    """Open the desk of a profile that reaches its company through a proxy only."""
    base = company.announced.base_url
    loaded = load_profile(str(profile), [one.replace(base, proxy.url) for one in company.settings])
    import_secrets(loaded, company.announced)
    desk = open_desk(loaded)
    desk.transport = proxy.transport()
    return desk


@dataclass(slots=True)
class _Run:
    """One run at work."""

    chaos: Chaos
    desk: Desk
    time: _Time
    recoveries: Recoveries = field(default_factory=Recoveries)
    passes: int = 0

    async def come_to_rest(self) -> bool:
        """Sync until nothing moves any more; return whether it came so far."""
        limit = self.passes + PASSES
        while self.passes < limit:
            self.passes += 1
            result = await sync_now(self.desk)
            open_ones = self.recoveries.look(self.desk, self.passes)
            await self.time.move(self.time.proxy.chance.choice((20, 60, 130)))
            if not open_ones and _is_rest(result):
                return True
        return False

    async def be_quiet(self) -> bool:
        """Let all that is late arrive, and sync while nothing goes wrong; return whether nothing moved."""
        await self.time.proxy.deliver_late()
        self.time.proxy.quiet = True
        for _ in range(3):
            await self.time.move(130)
            result = await sync_now(self.desk)
        self.recoveries.look(self.desk, self.passes)
        return _is_rest(result)


async def _whole(run: _Run, made: World, folder: Path, company: Simulated) -> Rested:
    """Send a world, then what changed in it."""
    run.desk.sleep = run.time.move
    rested = await run.come_to_rest()
    made.change()
    made.write(folder)
    rested = await run.come_to_rest() and rested
    rested = await run.be_quiet() and rested
    proxy = run.time.proxy
    return Rested(
        chaos=run.chaos,
        found=verify(run.desk, company, len(made)),
        faults=proxy.counts,
        asked=proxy.asked,
        passes=run.passes,
        errors=[f"the proxy broke: {error}" for error in proxy.errors],
        came_to_rest=rested,
        slowest_seconds=run.recoveries.seconds,
        slowest_passes=run.recoveries.passes,
    )


def _is_rest(result: RunResult) -> bool:
    """Whether a pass went to its end, and nothing moved in it."""
    moved = any(result.counts.get(name) for name in ("succeeded", "failed", "unknown", "connected"))
    return result.outcome in {"done", "nothing"} and not moved
