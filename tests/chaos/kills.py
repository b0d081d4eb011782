"""Syncs that are killed, one after the other: ``python -m tests.chaos.kills --seed 3 --kills 25 --ignored``.

The source grows between them, so that there is always something to read and to send. Most children die
in a phase that was chosen, the others at whatever moment it happens to be.
"""

import argparse
import json
import math
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from awra_tui.actions.desk import Desk, open_desk
from awra_tui.cache import rows
from awra_tui.settings.profile import load_profile
from tests.chaos import doomed
from tests.chaos.rest import Recoveries
from tests.chaos.told import place, tell
from tests.chaos.verify import Reckoning, verify
from tests.chaos.world import World, world
from tests.simulated import Simulated, simulated
from tests.watch import Watch

ANY_MOMENT = "at any moment"
PASSES = 40
"""So many passes without a kill must do at the end."""
_PATIENCE = 120
_LONG_AWAY = {doomed.PAGE: 31 * 86400, doomed.RENEWING: 4000, doomed.RENEWED: 4000}
"""Seconds that a phase needs nobody to have synced for: change data ends, or the access token."""
_USUAL = {
    doomed.MIGRATING: 60, doomed.BEFORE_COMMIT: 60, doomed.AFTER_COMMIT: 60, doomed.PAGE: 8,
    doomed.LEAVING: 8, doomed.UNDER_WAY: 8, doomed.ANSWERED: 8, doomed.STORING: 3, doomed.CHANGES: 3,
}  # fmt: skip
"""How often a phase comes in a sync, as long as no child has told; once where nothing stands here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Killing:
    """One run: its world, how many children die, and whether QuickBooks honours requestid."""

    seed: int
    size: int
    kills: int
    honoured: bool

    @property
    def again(self) -> str:
        """Return the command that repeats it."""
        ignored = "" if self.honoured else " --ignored"
        return (
            f"python -m tests.chaos.kills --seed {self.seed} --size {self.size} --kills {self.kills}{ignored}"
        )


@dataclass(slots=True, kw_only=True)
class Killed:
    """What a run came to: how many died in which phase, and what books and cache say after it."""

    found: Reckoning
    phases: Counter[str]
    requests: int
    children: int
    slowest_seconds: float
    slowest_passes: int
    restless: list[str]

    @property
    def troubles(self) -> list[str]:
        """Return everything that must not be; who dies delivers nothing twice, so nothing is detected."""
        detected = [f"detected: {one}" for one in self.found.detected]
        return [*self.restless, *detected, *self.found.troubles]


Heard = dict[str, Any]
"""What a child prints at its end."""


@dataclass(slots=True)
class Hand:
    """Who starts children and kills them, and looks into the cache that they leave behind."""

    profile: Path
    company: Simulated
    watch: Watch
    made: World
    chance: random.Random
    phases: Counter[str] = field(default_factory=Counter)
    limits: dict[str, int] = field(default_factory=dict)
    recoveries: Recoveries = field(default_factory=Recoveries)
    children: int = 0
    open: bool = False

    def child(self, phase: str, number: int) -> Heard | None:
        """Let one child sync; return what it told, or None where it was killed."""
        with self.started(phase, number) as child:
            return self.heard(child, phase)

    @contextmanager
    def started(self, phase: str, number: int) -> "Iterator[subprocess.Popen[bytes]]":
        """Start a child; it is gone when the block ends."""
        self.children += 1
        command = [sys.executable, "-m", doomed.__name__, str(self.profile), phase, str(number)]
        with subprocess.Popen(
            [*command, *self.company.settings],
            stdout=subprocess.PIPE,
            bufsize=0,
            cwd=Path(__file__).parents[2],
        ) as child:
            try:
                yield child
            finally:
                child.kill()

    def heard(self, child: "subprocess.Popen[bytes]", phase: str) -> Heard | None:
        """Return what a child told when it has ended, or None where it was killed."""
        assert child.stdout is not None
        child.stdout.readline()
        if phase == ANY_MOMENT:
            _let_run(child, self.chance.uniform(0, 1))
            child.kill()
        told, _ = child.communicate(timeout=_PATIENCE)
        if child.returncode == -signal.SIGKILL:
            return None
        assert child.returncode == 0, (phase, child.returncode)
        found: Heard = json.loads(told)
        return found

    def kill_in(self, phase: str) -> None:
        """Let a child die in a phase, if it comes to it; then look at what it left behind."""
        if phase in _LONG_AWAY:
            # Or the slowest recovery would be as long as nobody was there.
            if self.open:
                self.let_live(lambda _: not self.open)
            self.watch.forward(seconds=_LONG_AWAY[phase])
        most = self.limits.get(phase, _USUAL.get(phase, 1))
        told = self.child(phase, self.chance.randint(1, most))
        if told is None:
            self.phases[phase] += 1
        else:
            self.limits[phase] = max(1, told["seen"].get(phase, 1))
        # Before there is a cache, looking at it would make one.
        if phase != doomed.MIGRATING:
            self.look()
        self.watch.forward(seconds=self.chance.choice((20, 70, 130, 190)))

    def look(self) -> None:
        """Open the cache that was left behind, and note what is not known."""
        with opened(self.profile, self.company) as desk:
            self.open = self.recoveries.look(desk, self.children)

    def let_live(self, enough: Callable[[Heard], bool]) -> bool:
        """Let children sync to their end until it is enough; return whether it came to that."""
        for _ in range(PASSES):
            told = self.child(doomed.NEVER, 1)
            self.look()
            if told and enough(told):
                return True
            self.watch.forward(seconds=130)
        return False

    def rest(self) -> bool:
        """Let children live until nothing moves and nothing is open; return whether it came to that."""
        return self.let_live(lambda told: told["outcome"] == "nothing" and not self.open)

    def grow(self, part: float) -> None:
        """Write that part of the source that is there by now."""
        files = {name: found[: math.ceil(len(found) * part)] for name, found in self.made.files.items()}
        replace(self.made, files=files).write(self.profile.parent)


def run(killing: Killing, folder: Path, watch: Watch) -> Killed:
    """Do one run in a folder of its own, against a company of its own."""
    made = world(killing.seed, killing.size)
    profile = made.write(folder)
    with simulated("empty-us") as company:
        # Of a changed refresh token that was not kept nobody can know: only a person connects again.
        company.switch(requestid_ignored=not killing.honoured, rotate_refresh_tokens=False)
        company.profile(profile)
        hand = Hand(profile, company, watch, made, random.Random(f"kills {killing.seed}"))
        for phase in _chosen(hand, killing.kills):
            hand.grow(0.1 + 0.8 * hand.phases.total() / killing.kills)
            hand.kill_in(phase)
        hand.grow(1)
        rested = hand.rest()
        with opened(profile, company) as desk:
            return Killed(
                found=verify(desk, company, len(made)),
                phases=hand.phases,
                requests=desk.cache.now(requests),
                children=hand.children,
                slowest_seconds=hand.recoveries.seconds,
                slowest_passes=hand.recoveries.passes,
                restless=[] if rested else [f"no rest after {PASSES} passes"],
            )


def _chosen(hand: Hand, kills: int) -> Iterator[str]:
    """Yield phases, each in its turn, until enough have died; a cache is made once."""
    yield doomed.MIGRATING
    yield doomed.MIGRATING
    turns = (doomed.PAID, doomed.UNDER_WAY, *doomed.PHASES[1:], ANY_MOMENT, doomed.PAID, ANY_MOMENT)
    number = 0
    while hand.phases.total() < kills and number < 5 * kills:
        yield turns[number % len(turns)]
        number += 1


@contextmanager
def opened(profile: Path, company: Simulated) -> Iterator[Desk]:
    """Open the cache beside everybody else."""
    desk = open_desk(load_profile(str(profile), company.settings))
    try:
        yield desk
    finally:
        desk.cache.close()


def _let_run(child: "subprocess.Popen[bytes]", seconds: float) -> None:
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        return


def requests() -> int:
    """Count what was asked: what changes the books, and what is metered. A job of the cache."""
    [[sent]] = rows.select("SELECT COUNT(*) FROM request", ())
    [[read]] = rows.select("SELECT COALESCE(SUM(made), 0) FROM reads", ())
    [[state]] = rows.select("PRAGMA quick_check", ())
    assert state == "ok", state
    return int(sent) + int(read)


def main() -> int:
    """Do the run in a temporary folder; return 1 where there is trouble."""
    parser = argparse.ArgumentParser("kills", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=int, default=600, help="records of the invented company")
    parser.add_argument("--kills", type=int, default=25, help="children that die")
    parser.add_argument("--ignored", action="store_true", help="QuickBooks ignores requestid")
    given = parser.parse_args()
    killing = Killing(seed=given.seed, size=given.size, kills=given.kills, honoured=not given.ignored)
    with place() as (folder, watch):
        killed = run(killing, folder, watch)
    return tell(
        killing.again,
        killed.found,
        faults={f"killed: {phase}": count for phase, count in killed.phases.items()},
        requests=killed.requests,
        slowest=(killed.slowest_seconds, killed.slowest_passes),
        troubles=killed.troubles,
    )


if __name__ == "__main__":
    raise SystemExit(main())
