"""Several processes change one cache at the same moment: nothing is got twice, no count drifts."""

import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from awra_tui.cache import Cache, rows
from awra_tui.cache.store import decisions, objects
from awra_tui.records import clock as the_clock
from tests.cache.conftest import HERE
from tests.cache.rival import LIMITS, Got
from tests.cache.test_tallies import counted_needs, counted_tally, kept_needs, kept_tally

ROUNDS = 60


def test_of_rivals_none_takes_what_another_has_and_all_counts_stay_right(url, clock):
    with Cache.open(url, profile=HERE) as cache:
        for _ in range(ROUNDS // 10):
            cache.now(decisions.add, "note", "the books", {}, {}, "jo@desk")
    fought = fight(url, clock, ("a", "b", "c"))
    got = {
        name: sorted(one for rival in fought for one in getattr(rival, name))
        for name in Got.__struct_fields__
    }
    everything = sorted(map(str, range(1, ROUNDS + 1)))
    assert got["leases"] == everything
    assert got["requests"] == sorted(f"r{number}" for number in everything)
    assert got["undone"] == list(range(1, ROUNDS // 10 + 1))
    assert got["places"] == pytest.approx([n * LIMITS.interval for n in range(len(got["places"]))])
    assert len(got["places"]) == 3 * ROUNDS // 10
    with Cache.open(url, profile=HERE) as cache:
        kept = {
            one: number for one, number in cache.now(kept_tally).items() if not str(one[0]).startswith("@")
        }
        assert kept == cache.now(counted_tally)
        assert cache.now(kept_needs) == cache.now(counted_needs)
        copies = "SELECT records FROM tally WHERE kind = '@Invoice'"
        assert cache.now(rows.select, copies) == [(cache.now(objects.count, "Invoice"),)]


def fight(url, clock, names):
    """Let rivals of these names loose on a cache at once; return what each got."""
    environment = {**os.environ, the_clock.CLOCK_FILE: str(clock.path)}
    rivals = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.cache.rival", url, name, str(ROUNDS)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            cwd=Path(__file__).parents[2],
        )
        for name in names
    ]
    for rival in rivals:
        rival.stdout.readline()
    for rival in rivals:
        rival.stdin.write(b"\n")
        rival.stdin.flush()
    ended = [rival.communicate(timeout=100) for rival in rivals]
    assert [err.decode() for _, err in ended] == [""] * len(names)
    return [msgspec.json.decode(out, type=Got) for out, _ in ended]
