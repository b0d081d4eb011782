"""The preview below the list of warnings: what it says beside the reason."""

import re
from dataclasses import replace

from awra_tui.app import ConsoleApp
from awra_tui.records.signals import Group, Signals
from awra_tui.records.subject import RecordKey
from awra_tui.screens import group_parts
from awra_tui.screens import warning_parts as parts
from tests.screens.driving import press, settle, text_of
from tests.screens.fakes import FakeDesk, a_warning, some_warnings


def test_the_preview_says_what_a_warning_waits_for() -> None:
    row = replace(a_warning(1), awaits="item Espresso is active again")
    told = " ".join(parts.preview(row, None, 80).plain.split())
    assert "for a change in QuickBooks: goes by itself when item Espresso is active again" in told


def test_the_preview_says_what_came_back_and_who_has_it() -> None:
    row = a_warning(1, came_back="the amount changed from 10.00 to 12.00", owner="Wanjiru", attempts=1)
    told = parts.preview(row, None, 80).plain
    assert "the amount changed from 10.00 to 12.00" in told
    assert "Wanjiru has it" in told
    assert "tried once" in told


def test_what_is_put_aside_says_first_until_when_and_why() -> None:
    row = a_warning(1, owner="Wanjiru")
    at = {"dismissed_at": "2025-11-16T08:00:00.000000Z", "dismissed_by": "njeri@office"}
    late = replace(row, **at, snoozed_until="2025-11-30T00:00:00.000000Z", dismissed_why="month end")
    for preview in (parts.preview, group_parts.preview):
        _, second, *_ = preview(late, None, 80).plain.splitlines()
        assert second.startswith("Put aside until 30 Nov 2025")
        assert "Put aside" not in preview(row, None, 80).plain
        told = " ".join(preview(late, None, 80).plain.split())
        assert re.search(r"by njeri@office \(.+\): month end", told)
        without = preview(replace(late, dismissed_why=""), None, 80).plain.splitlines()[1]
        assert re.search(r"by njeri@office \(.+\)$", without)


def test_a_long_note_leaves_room_for_the_rest() -> None:
    row = a_warning(1, note="word " * 2_000, noted_by="njeri@office")
    told = parts.preview(row, None, 80).plain
    assert "… (njeri@office)" in " ".join(told.split())
    assert len(told.splitlines()) < 20


async def test_the_preview_says_what_is_to_be_handed_on() -> None:
    desk = FakeDesk(some_warnings())
    late = RecordKey("invoice", "I-1")
    desk.signals = Signals(closing="October", late=20, held=Group(1, (late,)))
    app = ConsoleApp(desk, clock_frozen=True)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert "The close of October is held up by 1 record" in text_of(app, "#escalation")
        await press(pilot, "w", "g")
        assert "Hand it on (e)." in text_of(app, "#about")
        await press(pilot, "end")
        assert "Hand it on (e)." not in text_of(app, "#about")
