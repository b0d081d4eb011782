import asyncio
from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awra_tui.qbo import throttle
from awra_tui.qbo.throttle import MARGIN, Limits, LocalBudget, Pace


class Time:
    """A clock that only sleeping moves."""

    def __init__(self):
        self.now = 0.0
        self.slept = []

    def __call__(self):
        return self.now

    async def sleep(self, seconds):
        self.slept.append(seconds)
        until = self.now + seconds
        await asyncio.sleep(0)
        self.now = max(self.now, until)


def most_within(moments, span):
    return max(sum(1 for other in moments if start <= other < start + span - 1e-9) for start in moments)


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 3)), min_size=1, max_size=200))
def test_no_limit_is_ever_passed(steps):
    clock = Time()
    budget = LocalBudget(Limits(), clock)
    requests, batches = [], []
    for batch, pause in steps:
        clock.now += pause
        turn = clock.now + budget.reserve("9130", batch)
        requests.append(turn)
        if batch:
            batches.append(turn)
    assert most_within(requests, 1) <= 10
    assert most_within(requests, 60) <= 500
    assert not batches or most_within(batches, 60) <= 40


def test_batches_use_nearly_all_that_is_allowed():
    budget = LocalBudget(Limits(), Time())
    turns = [budget.reserve("9130", batch=True) for _ in range(41)]
    assert 60 < turns[40] < 60 / 0.95


@pytest.mark.parametrize("late", range(3))
def test_a_batch_that_arrives_a_second_late_is_still_within_the_limits(late):
    budget = LocalBudget(Limits(), Time())
    arrivals = [budget.reserve("9130", batch=True) for _ in range(120)]
    arrivals[late] += 1
    assert most_within(arrivals, 60) <= 40


@given(st.lists(st.floats(0, 5), min_size=41, max_size=120))
def test_however_late_batches_leave_no_limit_is_passed(delays):
    clock = Time()
    budget = LocalBudget(Limits(), clock)
    left = []
    for delay in delays:
        clock.now += budget.reserve("9130", batch=True) + delay
        budget.late("9130", batch=True, seconds=delay)
        left.append(clock.now)
    assert most_within(left, 60) <= 40


async def test_a_machine_that_wakes_a_request_late_moves_the_next_ones_back(monkeypatch):
    clock, told = Time(), []
    monkeypatch.setattr(throttle, "time", SimpleNamespace(monotonic=clock))

    class Watched(LocalBudget):
        def late(self, realm, batch, seconds):
            told.append((realm, batch, seconds))

    async def sleep(seconds):
        clock.now += seconds + 5

    pace = Pace(Watched(Limits(), clock), sleep)
    for _ in range(2):
        await pace.turn("9130", batch=True)
    assert told == [("9130", True, pytest.approx(5))]


def test_after_a_long_sleep_the_next_turn_is_soon():
    clock = Time()
    budget = LocalBudget(Limits(), clock)
    budget.reserve("9130", batch=True)
    clock.now = 3600
    for _ in range(3):
        budget.late("9130", batch=True, seconds=3600)
    assert budget.reserve("9130", batch=True) < 5


def test_realms_do_not_wait_for_each_other():
    budget = LocalBudget(Limits(), Time())
    assert budget.reserve("1", batch=True) == budget.reserve("2", batch=True) == 0
    budget.pause("1", 60)
    assert (budget.paused("1"), budget.paused("2")) == (60, 0)


def test_a_longer_hold_is_not_shortened():
    budget = LocalBudget(Limits(), Time())
    budget.pause("1", 60)
    budget.pause("1", 5)
    assert budget.paused("1") == 60


async def test_turns_are_evenly_spread_not_in_bursts():
    clock = Time()
    pace = Pace(LocalBudget(Limits(), clock), clock.sleep)
    moments = []
    for _ in range(20):
        await pace.turn("9130")
        moments.append(clock.now)
    gaps = [after - before for before, after in pairwise(moments)]
    assert gaps == pytest.approx([MARGIN * 60 / 500] * 19)


async def test_after_a_hold_turns_are_taken_anew():
    clock = Time()
    pace = Pace(LocalBudget(Limits(), clock), clock.sleep)
    await pace.turn("9130")
    waiting = [asyncio.create_task(pace.turn("9130")) for _ in range(3)]
    await asyncio.sleep(0)
    await pace.pause("9130", 60)
    left = []
    for task in waiting:
        task.add_done_callback(lambda _: left.append(clock.now))
    await asyncio.gather(*waiting)
    await asyncio.sleep(0)
    assert min(left) >= 60
    assert max(left) - min(left) >= 0.2
    assert await pace.paused("9130") == 0


async def test_a_read_waits_for_one_batch_only():
    clock = Time()
    pace = Pace(LocalBudget(Limits(), clock), clock.sleep)
    batches = [asyncio.create_task(pace.turn("9130", batch=True)) for _ in range(10)]
    await asyncio.sleep(0)
    await pace.turn("9130")
    assert clock.now < 2
    await asyncio.gather(*batches)
    assert clock.now == pytest.approx(MARGIN * 9 * 60 / 40, abs=0.2)


async def test_a_budget_may_answer_from_elsewhere():
    class Shared:
        def __init__(self):
            self.held = []

        def late(self, realm, batch, seconds):
            return None

        async def reserve(self, realm, batch, read=False):
            return 0.5

        async def pause(self, realm, seconds):
            self.held.append((realm, seconds))

        async def paused(self, realm):
            return 0.0

    clock, shared = Time(), Shared()
    pace = Pace(shared, clock.sleep)
    await pace.turn("9130")
    await pace.pause("9130")
    assert clock.slept == [0.5]
    assert shared.held == [("9130", 60.0)]
