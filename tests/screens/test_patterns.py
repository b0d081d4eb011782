"""The banner about many warnings with one thing behind them."""

from datetime import timedelta
from typing import Any

import pytest

from awra_tui.health.patterns import Pattern
from awra_tui.records.clock import now, stamp
from awra_tui.records.trends import Hourly, Trends
from awra_tui.screens.pattern_line import SHOWN, PatternLine, told
from tests.screens.driving import press, settle, text_of
from tests.screens.fakes import FakeDesk, some_warnings
from tests.screens.test_warnings import Quiet


@pytest.mark.parametrize("keys", [(), ("w",)])
async def test_the_banner_stands_on_the_overview_and_over_the_warnings(keys: tuple[str, ...]) -> None:
    desk = FakeDesk(some_warnings(12))
    hour = stamp(now() - timedelta(hours=2))[:13]
    alike = Hourly(reason="tax_code_missing", code="6000", hour=hour, opened=41, still_open=41)
    desk.trends = Trends(hours=(alike,), first="2025-01-01T08")
    app = Quiet(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, *keys)
        line = app.screen.query_one(PatternLine)
        assert line.display
        assert "41 warnings came alike within one hour" in text_of(app, "#patterns")
        before = desk.asked.count("trends")
        screen: Any = app.screen
        screen.reload()
        await settle(pilot)
        assert desk.asked.count("trends") == before, "a week is not counted at every look"


async def test_a_lost_authorization_is_one_banner_over_the_warnings() -> None:
    desk = FakeDesk(some_warnings(12))
    desk.trends = Trends(lost="QuickBooks ended our authorization.", remedy="Connect it again.")
    app = Quiet(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert not app.screen.query_one(PatternLine).display, "the overview has a line of its own for it"
        await press(pilot, "w")
        assert "QuickBooks ended our authorization. Connect it again." in text_of(app, "#patterns")


async def test_where_nothing_is_alike_there_is_no_banner() -> None:
    app = Quiet(FakeDesk(some_warnings(12)))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert not app.screen.query_one(PatternLine).display


def test_a_few_patterns_are_told_and_the_others_counted() -> None:
    many = tuple(Pattern(sentence=f"Reason {n}.", action="Do.", reason=str(n)) for n in range(SHOWN + 2))
    lines = told(many).plain.splitlines()
    assert len(lines) == SHOWN + 1
    assert lines[-1] == "  and 2 more reasons that came often"
