"""Progress where there is no terminal: few plain lines, or none."""

import io
import sys
from unittest import mock

from awra_tui.actions.sync import Progress
from awra_tui.cli.progress import Shown
from tests.cli.commands import call
from tests.cli.conftest import Shop


def told(states: list[tuple[float, Progress]], *, quiet: bool = False, plain: bool = True) -> list[str]:
    """Return the lines written for states of a pass, each at its second."""
    moments = [moment for moment, _ in states]
    with mock.patch.object(sys, "stderr", io.StringIO()) as written:
        shown = Shown(quiet=quiet, plain=plain, now=lambda: moments.pop(0))
        for _, progress in states:
            shown(progress)
        shown.end()
    return written.getvalue().splitlines()


STATES = [
    (100.0, Progress(stage="Reading ledger: 1,000 records")),
    (101.0, Progress(stage="Reading ledger: 2,000 records")),
    (131.0, Progress(stage="Reading ledger: 3,000 records")),
    (132.0, Progress(stage="Sending", done=0, total=3_000)),
    (161.9, Progress(stage="Sending", done=900, total=3_000)),
    (162.0, Progress(stage="Sending", done=1_000, total=3_000)),
]


def test_a_line_where_a_stage_begins_and_every_half_minute() -> None:
    assert told(STATES) == [
        "Reading ledger: 1,000 records",
        "Reading ledger: 3,000 records",
        "Sending 0 of 3,000",
        "Sending 1,000 of 3,000",
    ]


def test_a_pause_is_told_once_and_so_is_its_end() -> None:
    paused = [Progress(stage="Sending", done=30, total=90, pause_seconds=60 - passed) for passed in range(3)]
    states = [*paused, Progress(stage="Sending", done=30, total=90)]
    assert told([(100.0 + second, state) for second, state in enumerate(states)]) == [
        "Sending 30 of 90, slowed down by QuickBooks, goes on in 60 s",
        "Sending 30 of 90",
    ]


def test_nothing_where_nobody_asked_for_lines() -> None:
    assert told(STATES, quiet=True) == []
    assert told(STATES, plain=False) == []


def test_a_piped_sync_says_what_it_does_but_not_quietly_nor_as_json(shop: Shop) -> None:
    said = call("sync")
    assert said.err.splitlines()
    assert not {"\r", "\x1b"} & set(said.err)
    assert call("sync", "--quiet").err == ""
    assert call("sync", "--json").err == ""
