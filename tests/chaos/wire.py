"""One run through the proxy: ``python -m tests.chaos.wire --seed 3 --size 5000 --ignored``."""

import argparse
import asyncio
import tempfile
from pathlib import Path

import pytest

from tests.chaos.rest import Chaos, Rested, run
from tests.chaos.told import Told, tell
from tests.watch import Watch


def main() -> int:
    """Do the run in a temporary folder; return 1 where there is trouble."""
    parser = argparse.ArgumentParser("wire", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=int, default=5000, help="records of the invented company")
    parser.add_argument("--share", type=float, default=0.2, help="part of the requests that go wrong")
    parser.add_argument("--batch", type=int, default=30, help="records in one request")
    parser.add_argument("--ignored", action="store_true", help="QuickBooks ignores requestid")
    given = parser.parse_args()
    chaos = Chaos(
        seed=given.seed,
        size=given.size,
        honoured=not given.ignored,
        share=given.share,
        batch=given.batch,
    )
    with tempfile.TemporaryDirectory(prefix="awra-tui-") as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWRA_TUI_HOME", str(Path(folder) / "home"))
        patch.setenv("TZ", "UTC")
        told = told_of(asyncio.run(run(chaos, Path(folder), Watch(Path(folder) / "now", patch))))
    tell(told)
    return 1 if told.troubles else 0


def told_of(rested: Rested) -> Told:
    """Put a run into what is told of it."""
    chaos, found = rested.chaos, rested.found
    settings = f"--seed {chaos.seed} --size {chaos.size} --share {chaos.share} --batch {chaos.batch}"
    return Told(
        again=f"python -m tests.chaos.wire {settings}{'' if chaos.honoured else ' --ignored'}",
        faults=dict(rested.faults),
        requests=rested.asked.total(),
        records=found.records,
        twice=len(found.twice),
        lost=len(found.lost) + len(found.unexplained) + len(found.unlinked),
        detected=len(found.detected),
        slowest_seconds=rested.slowest_seconds,
        slowest_passes=rested.slowest_passes,
        troubles=tuple(rested.troubles),
    )


if __name__ == "__main__":
    raise SystemExit(main())
