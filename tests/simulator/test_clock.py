"""The clock that tests can set, also in other processes."""

from datetime import UTC, date, datetime

import pytest

from awra_tui.simulator import clock
from tests.simulator.qbo import Watch


def test_the_clock_is_utc_unless_a_file_says_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(clock.VARIABLE, raising=False)
    before = datetime.now(UTC)
    assert before <= clock.now() <= datetime.now(UTC)


def test_a_quickened_clock_runs_ahead_from_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(clock.VARIABLE, raising=False)
    monkeypatch.setattr(clock, "_pace", [])
    before = datetime.now(UTC)
    clock.quicken(1e9)
    assert clock.now() - before > 1e6 * (datetime.now(UTC) - before)


def test_the_file_is_read_again_when_it_changes(watch: Watch) -> None:
    assert clock.now() == datetime(2026, 11, 10, 9, tzinfo=UTC)
    watch.forward(days=1, hours=16)
    assert clock.now() == datetime(2026, 11, 12, 1, tzinfo=UTC)
    assert clock.today() == date(2026, 11, 12)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-10", "2026-11-10T00:00:00+00:00"),
        ("2026-11-10T09:00:00Z", "2026-11-10T09:00:00+00:00"),
        ("2026-11-10T09:00:00-08:00", "2026-11-10T17:00:00+00:00"),
    ],
)
def test_instants_are_read_in_any_zone_and_written_with_an_offset(text: str, expected: str) -> None:
    found = clock.moment(text)
    assert found.isoformat() == expected
    assert clock.moment(clock.stamp(found)) == clock.moment(clock.stamp_ms(found)) == found
    assert clock.stamp(found).endswith("-08:00")
