"""Syncs that are killed in every phase: each record once, to the cent, and what is missing says why."""

from pathlib import Path

from tests.chaos.doomed import PHASES
from tests.chaos.kills import ANY_MOMENT, Killing, run
from tests.watch import Watch


def test_whatever_a_sync_is_killed_in_the_books_are_right_when_it_has_come_to_rest(
    watch: Watch, tmp_path: Path
) -> None:
    killed = run(Killing(seed=1, size=120, kills=11, honoured=False), tmp_path, watch)
    assert killed.troubles == []
    assert killed.found.detected == []
    assert killed.found.there > 70
    assert killed.phases.total() >= 11
    assert {ANY_MOMENT, *killed.phases} <= {*PHASES, ANY_MOMENT}
    assert len(killed.phases) >= 7
