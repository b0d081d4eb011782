import os
import subprocess
import sys
from pathlib import Path

from awra_tui.cache import Cache
from awra_tui.cache.store import leases
from awra_tui.records import clock as the_clock
from tests.cache.conftest import HERE


def test_only_one_gets_a_lease_and_may_renew_it(cache, clock):
    assert cache.now(leases.acquire, "sync", "a", 30)
    assert not cache.now(leases.acquire, "sync", "b", 30)
    assert cache.now(leases.acquire, "other", "b", 30)
    assert cache.now(leases.acquire, "sync", "a", 30)
    assert cache.now(leases.renew, "sync", "a", 60)
    assert not cache.now(leases.renew, "sync", "b", 60)
    assert cache.now(leases.holder_of, "sync") == "a"


def test_an_expired_lease_is_taken_over_and_its_holder_notices(cache, clock):
    assert cache.now(leases.acquire, "sync", "a", 30)
    clock.forward(29)
    assert not cache.now(leases.acquire, "sync", "b", 30)
    clock.forward(1)
    assert cache.now(leases.holder_of, "sync") == ""
    assert cache.now(leases.acquire, "sync", "b", 30)
    assert not cache.now(leases.renew, "sync", "a", 30)
    cache.now(leases.release, "sync", "a")
    assert cache.now(leases.holder_of, "sync") == "b"


def test_a_lease_from_before_the_clock_was_set_back_holds_nobody_up(cache, clock):
    assert cache.now(leases.acquire, "sync", "a", 30)
    clock.forward(-25)
    assert not cache.now(leases.acquire, "sync", "b", 30)
    clock.forward(-3600)
    assert cache.now(leases.acquire, "sync", "b", 30)
    assert not cache.now(leases.renew, "sync", "a", 30)


def test_a_holder_whose_clock_was_set_back_keeps_its_lease(cache, clock):
    assert cache.now(leases.acquire, "sync", "a", 30)
    clock.forward(-3600)
    assert cache.now(leases.renew, "sync", "a", 30)
    assert not cache.now(leases.acquire, "sync", "b", 30)


def test_a_lease_given_back_is_free(cache, clock):
    assert cache.now(leases.acquire, "sync", "a", 30)
    cache.now(leases.release, "sync", "a")
    assert cache.now(leases.acquire, "sync", "b", 30)


_RIVAL = """
import sys
from awra_tui.cache import Cache, ProfileIdentity
from awra_tui.cache.store import leases
here = ProfileIdentity(id="demo", source="files", realm="9341")
with Cache.open(sys.argv[1], profile=here) as cache:
    got = [name for name in map(str, range(60)) if cache.now(leases.acquire, name, sys.argv[2], 600)]
print(",".join(got))
"""


def test_of_processes_at_the_same_moment_each_lease_goes_to_one(url, clock):
    Cache.open(url, profile=HERE).close()
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(__file__).parents[2]),
        the_clock.CLOCK_FILE: str(clock.path),
    }
    rivals = [
        subprocess.Popen(
            [sys.executable, "-c", _RIVAL, url, name],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        )
        for name in ("a", "b")
    ]
    ended = [rival.communicate(timeout=60) for rival in rivals]
    assert [err for _, err in ended] == ["", ""]
    got = [name for out, _ in ended for name in out.strip().split(",") if name]
    assert sorted(got, key=int) == [str(n) for n in range(60)]
