"""One run through the proxy: ``python -m tests.chaos.wire --seed 3 --size 5000 --ignored``."""

import argparse
import asyncio

from tests.chaos.rest import Chaos, run
from tests.chaos.told import place, tell


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
    with place() as (folder, watch):
        rested = asyncio.run(run(chaos, folder, watch))
    settings = f"--seed {chaos.seed} --size {chaos.size} --share {chaos.share} --batch {chaos.batch}"
    return tell(
        f"python -m tests.chaos.wire {settings}{'' if chaos.honoured else ' --ignored'}",
        rested.found,
        faults=rested.faults,
        requests=rested.asked.total(),
        slowest=(rested.slowest_seconds, rested.slowest_passes),
        troubles=rested.troubles,
    )


if __name__ == "__main__":
    raise SystemExit(main())
