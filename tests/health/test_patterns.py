"""Many warnings with one thing behind them are told once."""

import datetime as dt

from awra_tui.health.patterns import patterns
from awra_tui.records.trends import Hourly, Trends

NOW = dt.datetime(2025, 11, 23, 12, 30, tzinfo=dt.UTC)
LONG_AGO = "2025-10-01T08"


def hour(ago: int, opened: int, reason: str = "sums_do_not_match", **changed: object) -> Hourly:
    at = NOW - dt.timedelta(hours=ago)
    fields = {
        "reason": reason,
        "code": "",
        "hour": f"{at:%Y-%m-%dT%H}",
        "opened": opened,
        "still_open": opened,
    }
    return Hourly(**{**fields, **changed})


def told(*hours: Hourly, first: str = LONG_AGO, **run: int) -> list[str]:
    return [one.sentence for one in patterns(Trends(hours=hours, first=first, **run), NOW)]


def test_many_alike_within_an_hour_are_one_pattern_with_what_to_do():
    [found] = patterns(Trends(hours=(hour(3, 41, "tax_code_missing", code="6000"),), first=LONG_AGO), NOW)
    assert found.sentence == "41 warnings came alike within one hour: tax code missing (6000)."
    assert found.action.startswith("Do not resend one by one")


def test_what_was_cleared_few_or_long_ago_is_none():
    assert told(hour(3, 41, still_open=5)) == []
    assert told(hour(3, 19), hour(4, 19), first="2025-11-20T08") == []
    assert told(hour(30, 41), *(hour(24 * day, 15) for day in range(2, 8))) == []


def test_a_reason_above_its_usual_week_is_told_once():
    week = [hour(24 * day + 1, 4) for day in range(1, 8)]
    assert told(hour(1, 6), hour(2, 6), *week) == [
        "More than usual: 12 times sums do not match within a day, else 4."
    ]
    assert told(hour(1, 5), hour(2, 6), *week) == []
    assert len(told(hour(1, 60), *week)) == 1


def test_a_rise_needs_a_week_to_be_compared_with_and_a_burst_a_day():
    assert told(hour(1, 12), first="2025-11-20T08") == []
    assert told(hour(1, 41), first="2025-11-20T08") != []
    assert told(hour(1, 41), first="2025-11-23T08") == []


def test_a_sync_that_got_nothing_through_is_told_instead_of_all_reasons():
    [sentence] = told(hour(1, 41), failed=41)
    assert sentence == "None of the 41 records that the last sync tried got into QuickBooks."
    assert len(told(hour(1, 41), failed=41, succeeded=1)) == 1
    assert "alike" in told(hour(1, 41), failed=41, succeeded=1)[0]
    assert told(failed=4) == []


def test_an_unknown_reason_is_told_as_it_is():
    assert told(hour(1, 20, "never_seen_before")) == [
        "20 warnings came alike within one hour: never seen before."
    ]


def test_a_lost_authorization_is_told_instead_of_all_that_follows_from_it():
    lost = Trends(
        hours=(hour(1, 41),), first=LONG_AGO, failed=41, lost="QuickBooks ended it.", remedy="Connect again."
    )
    [found] = patterns(lost, NOW)
    assert (found.sentence, found.of_connection) == ("QuickBooks ended it.", True)
    assert found.action == "Connect again. Everything else waits for that."
