import pytest

from awra_tui.cache.store import budget
from awra_tui.cache.store.budget import Limits

LIMITS = Limits(per_second=10, per_minute=500, batches_per_minute=40)
REALM = "9341"


def take(cache, now, *, realm=REALM, batch=False):
    return cache.now(budget.reserve, realm, batch, LIMITS, now)


def test_places_are_evenly_spread_and_never_more_than_the_limits(cache):
    waits = [take(cache, 1000.0) for _ in range(600)]
    assert waits[0] == 0
    for start in range(len(waits)):
        assert sum(1 for wait in waits if waits[start] <= wait < waits[start] + 0.999) <= 10
        assert sum(1 for wait in waits if waits[start] <= wait < waits[start] + 59.9) <= 500


def test_batches_have_a_slower_pace_of_their_own_and_use_up_places(cache):
    assert take(cache, 1000.0, batch=True) == 0
    assert take(cache, 1000.0) == pytest.approx(LIMITS.interval)
    assert take(cache, 1000.0, batch=True) == pytest.approx(LIMITS.batch_interval)


def test_unused_time_is_not_saved_up(cache):
    take(cache, 1000.0)
    assert take(cache, 2000.0) == 0
    assert take(cache, 2000.0) > 0


def test_a_pause_holds_everything_and_a_shorter_one_does_not_end_it(cache):
    cache.now(budget.pause, REALM, 1060.0)
    cache.now(budget.pause, REALM, 1030.0)
    assert cache.now(budget.paused, REALM, 1000.0) == 60
    assert take(cache, 1000.0) == 60
    assert cache.now(budget.paused, REALM, 1061.0) == 0


def test_companies_do_not_wait_for_each_other(cache):
    cache.now(budget.pause, REALM, 1060.0)
    assert take(cache, 1000.0, realm="777") == 0
    assert cache.now(budget.paused, "888", 1000.0) == 0


def test_the_clock_is_asked_when_no_time_is_given(cache, clock):
    cache.now(budget.pause, REALM, clock.moment.timestamp() + 5)
    assert cache.now(budget.paused, REALM) == 5
    clock.forward(2)
    assert round(take(cache, None), 6) == 3
