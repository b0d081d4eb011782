"""Processes that sync one profile at once: ``python -m tests.chaos.rivals --seed 3 --rounds 20 --ignored``.

In every third round one of them is killed in a phase that was chosen; in the others each may go to its end.
"""

import argparse
import random
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tests.chaos import doomed
from tests.chaos.kills import PASSES, Hand, opened, requests
from tests.chaos.told import place, tell
from tests.chaos.verify import Reckoning, verify
from tests.chaos.world import world
from tests.simulated import simulated
from tests.watch import Watch

_PHASES = (doomed.BEFORE_COMMIT, doomed.AFTER_COMMIT, doomed.LEAVING, doomed.UNDER_WAY, doomed.ANSWERED)
_MANY = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Rivalry:
    """One run: its world, how often so many processes begin at once, and whether requestid is honoured."""

    seed: int
    size: int
    rounds: int
    honoured: bool
    rivals: int = 2

    @property
    def again(self) -> str:
        """Return the command that repeats it."""
        ignored = "" if self.honoured else " --ignored"
        given = f"--seed {self.seed} --size {self.size} --rounds {self.rounds} --rivals {self.rivals}"
        return f"python -m tests.chaos.rivals {given}{ignored}"


@dataclass(slots=True, kw_only=True)
class Met:
    """What a run came to: how processes ended, and what books and cache say after it."""

    found: Reckoning
    outcomes: Counter[str]
    requests: int
    slowest_seconds: float
    slowest_passes: int
    restless: list[str] = field(default_factory=list)

    @property
    def troubles(self) -> list[str]:
        """Return everything that must not be, a record that is in the books twice among it."""
        detected = [f"detected: {one}" for one in self.found.detected]
        return [*self.restless, *detected, *self.found.troubles]


def run(rivalry: Rivalry, folder: Path, watch: Watch) -> Met:
    """Do one run in a folder of its own, against a company of its own."""
    made = world(rivalry.seed, rivalry.size)
    profile = made.write(folder)
    outcomes: Counter[str] = Counter()
    with simulated("empty-us") as company:
        company.switch(requestid_ignored=not rivalry.honoured, rotate_refresh_tokens=False)
        company.profile(profile)
        hand = Hand(profile, company, watch, made, random.Random(f"rivals {rivalry.seed}"))
        for number in range(rivalry.rounds):
            hand.grow(0.1 + 0.9 * number / rivalry.rounds)
            outcomes.update(_meet(hand, rivalry.rivals, killed=number % 3 == 2))
            hand.look()
            # An hour on, the access token has ended: all of them renew it at once.
            watch.forward(seconds=hand.chance.choice((5, 70, 130, 4000)))
        hand.grow(1)
        rested = hand.rest()
        with opened(profile, company) as desk:
            return Met(
                found=verify(desk, company, len(made)),
                outcomes=outcomes,
                requests=desk.cache.now(requests),
                slowest_seconds=hand.recoveries.seconds,
                slowest_passes=hand.recoveries.passes,
                restless=[] if rested else [f"no rest after {PASSES} passes"],
            )


def _meet(hand: Hand, rivals: int, *, killed: bool) -> list[str]:
    """Let processes begin at once, one of which may die; return how each ended."""
    phases = [doomed.NEVER] * rivals
    number = 1
    if killed:
        phases[0] = hand.chance.choice(_PHASES)
        number = hand.chance.randint(1, _MANY if "commit" in phases[0] else 2)
    with ExitStack() as stack:
        children = [stack.enter_context(hand.started(phase, number)) for phase in phases]
        told = [hand.heard(child, phase) for child, phase in zip(children, phases, strict=True)]
    return [one["outcome"] if one else "killed" for one in told]


def main() -> int:
    """Do the run in a temporary folder; return 1 where there is trouble."""
    parser = argparse.ArgumentParser("rivals", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=int, default=600, help="records of the invented company")
    parser.add_argument("--rounds", type=int, default=20, help="how often they begin at once")
    parser.add_argument("--rivals", type=int, default=2, help="processes that begin at once")
    parser.add_argument("--ignored", action="store_true", help="QuickBooks ignores requestid")
    given = parser.parse_args()
    rivalry = Rivalry(
        seed=given.seed,
        size=given.size,
        rounds=given.rounds,
        rivals=given.rivals,
        honoured=not given.ignored,
    )
    with place() as (folder, watch):
        met = run(rivalry, folder, watch)
    return tell(
        rivalry.again,
        met.found,
        faults={f"at once, ended: {outcome}": count for outcome, count in met.outcomes.items()},
        requests=met.requests,
        slowest=(met.slowest_seconds, met.slowest_passes),
        troubles=met.troubles,
    )


if __name__ == "__main__":
    raise SystemExit(main())
