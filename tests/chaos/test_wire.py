"""A proxy that goes wrong in one of five requests: every record once, to the cent, or explained."""

from pathlib import Path

import pytest

from tests.chaos.proxy import FAULTS
from tests.chaos.rest import Chaos, run
from tests.watch import Watch

SIZE = 100
SEEDS = {1: 30, 3: 4, 4: 1}
"""Seeds, each with how many records go in one request."""


@pytest.mark.parametrize("honoured", [True, False], ids=["requestid honoured", "requestid ignored"])
@pytest.mark.parametrize("seed", SEEDS)
async def test_every_record_is_there_once_or_says_why_not(
    watch: Watch, tmp_path: Path, seed: int, honoured: bool
) -> None:
    chaos = Chaos(seed=seed, size=SIZE, honoured=honoured, batch=SEEDS[seed])
    rested = await run(chaos, tmp_path, watch)
    assert rested.troubles == [], chaos.name
    assert rested.faults.total() > rested.asked.total() / 6
    # One record in each request makes requests enough for everything to go wrong.
    assert SEEDS[seed] > 1 or set(rested.faults) == set(FAULTS)
    assert rested.found.there > rested.found.records / 2


@pytest.mark.parametrize("honoured", [True, False], ids=["requestid honoured", "requestid ignored"])
async def test_delivered_twice_happens_once_or_is_detected(
    watch: Watch, tmp_path: Path, honoured: bool
) -> None:
    chaos = Chaos(seed=1, size=80, honoured=honoured, share=1.0, faults=("delivered twice",), batch=5)
    rested = await run(chaos, tmp_path, watch)
    assert rested.troubles == []
    assert bool(rested.found.detected) is not honoured
