"""The soak's table and its verdict: anything that is not in order fails it, and names how to repeat it."""

import pytest

from tests.chaos.soak import Done, Part, do, table
from tests.chaos.told import Told

RUN = Told(again="python -m tests.chaos.wire --seed 3", faults={"429": 2}, requests=10, records=7)
PART = Part(name="wire", minutes=1, runs=(("tests.chaos.wire", "--seed", "3"),))


def test_a_run_in_order_is_good_and_its_figures_are_summed() -> None:
    done = Done(PART, told=[RUN, RUN])
    assert done.is_good
    lines = "\n".join(table([done]))
    assert "4  429" in lines
    assert "20  requests made" in lines
    assert "0  records twice" in lines


@pytest.mark.parametrize("wrong", [{"twice": 1}, {"lost": 1}, {"troubles": ("open: request 3 is sent",)}])
def test_what_is_not_in_order_fails_it(wrong: dict[str, object]) -> None:
    told = Told(again=RUN.again, **wrong)  # type: ignore[arg-type]
    assert not Done(PART, told=[RUN, told]).is_good


def test_a_trouble_names_the_command_that_repeats_it() -> None:
    lines = list(table([Done(PART, told=[Told(again=RUN.again, troubles=("no rest",))])]))
    assert lines[-1].endswith(f"no rest\n    again: {RUN.again}")


def test_a_run_that_breaks_and_one_that_is_never_begun_fail_it() -> None:
    broken = do(Part(name="wire", minutes=1, runs=(("tests.chaos.not_there",),)), processes=1)
    assert not broken.is_good
    assert "tests.chaos.not_there" in "\n".join(table([broken]))
    late = do(Part(name="wire", minutes=0, runs=PART.runs), processes=1)
    assert not late.is_good
    assert any("NOT BEGUN" in line for line in table([late]))
