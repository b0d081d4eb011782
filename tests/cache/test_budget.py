import datetime as dt

import pytest

from awra_tui.cache.store import budget
from awra_tui.cache.store.budget import Limits

LIMITS = Limits(per_second=10, per_minute=500, batches_per_minute=40)
REALM = "9341"


def take(cache, now, *, realm=REALM, batch=False, read=False):
    return cache.now(budget.reserve, realm, batch, LIMITS, now, read=read)


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


def reads(cache, count, *, realm=REALM):
    for _ in range(count):
        take(cache, None, realm=realm, read=True)


def test_reads_are_counted_by_company_and_writes_are_not(cache):
    reads(cache, 3)
    reads(cache, 1, realm="777")
    take(cache, None)
    take(cache, None, batch=True)
    counted = [cache.now(budget.reads_today, realm) for realm in (REALM, "777", "888")]
    assert counted == [3, 1, 0]


def test_a_day_of_reads_is_one_of_utc_and_a_month_is_their_sum(cache, clock):
    clock.set(dt.datetime(2025, 2, 28, 23, 59, 59, tzinfo=dt.UTC))
    reads(cache, 5)
    clock.forward(1)
    assert (cache.now(budget.reads_today, REALM), cache.now(budget.reads_this_month, REALM)) == (0, 0)
    reads(cache, 2)
    clock.set(dt.datetime(2025, 3, 31, 23, 0, tzinfo=dt.timezone(dt.timedelta(hours=-3))))
    reads(cache, 1)
    assert (cache.now(budget.reads_today, REALM), cache.now(budget.reads_this_month, REALM)) == (1, 1)
    clock.set(dt.datetime(2025, 3, 31, 23, 0, tzinfo=dt.UTC))
    reads(cache, 1)
    assert (cache.now(budget.reads_today, REALM), cache.now(budget.reads_this_month, REALM)) == (1, 3)


def test_reads_of_more_than_a_year_ago_are_forgotten(cache, clock):
    first = clock.moment
    reads(cache, 4)
    clock.forward(365 * 86_400)
    reads(cache, 1)
    clock.set(first)
    assert cache.now(budget.reads_today, REALM) == 4
    clock.forward(367 * 86_400)
    reads(cache, 1)
    clock.set(first)
    assert cache.now(budget.reads_today, REALM) == 0


def test_a_place_left_late_moves_those_that_follow_back_but_never_far(cache, watch):
    def taken():
        return cache.now(budget.reserve, REALM, batch=True, limits=LIMITS)

    def late(seconds):
        cache.now(budget.late, REALM, batch=True, seconds=seconds, limits=LIMITS)

    taken()
    watch.forward(seconds=1)
    late(1.0)
    assert taken() == pytest.approx(LIMITS.batch_interval, abs=0.001)
    watch.forward(hours=1)
    for _ in range(2):
        late(3600.0)
    assert taken() <= 2 * LIMITS.batch_interval + 0.001
