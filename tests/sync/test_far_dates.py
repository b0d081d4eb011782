"""Dates at the ends of the calendar, as a typing error or an export makes them: no pass ends on one."""

import datetime as dt
from pathlib import Path

import pytest

from awra_tui.actions.sync import sync_now
from awra_tui.health.importance import pressing
from awra_tui.records.clock import shifted
from tests.office import BooksCompany, office, write_ledger


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
async def test_a_record_at_the_end_of_the_calendar_goes_like_any_other(tmp_path: Path, day: str) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "10.00"}, paid=["INV-1"], day=day)
    with office(tmp_path, company) as desk:
        report = await sync_now(desk)
    assert report.sentence == "3 sent."
    assert company.one("Invoice", DocNumber="INV-1")["TxnDate"] == day


def test_books_that_are_closed_for_ever_leave_nothing_to_close() -> None:
    found = pressing(dt.date(2026, 11, 23), closing=dt.date.max, filed_until=dt.date.max)
    assert {one.name for one in found} == {"billing", "delivery"}


def test_a_day_is_shifted_within_the_calendar() -> None:
    assert shifted(dt.date(2026, 2, 28), 1) == dt.date(2026, 3, 1)
    assert (shifted(dt.date.max, 1), shifted(dt.date.min, -1)) == (dt.date.max, dt.date.min)
