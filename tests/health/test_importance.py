"""What a record holds up, by its kind and date and the day it is today."""

import datetime as dt

import pytest

from awra_tui.health.importance import pressing
from awra_tui.records.pressing import held_up


def holds(
    kind: str, date: str, today: str = "2025-11-12", closing: str = "", filed: str = ""
) -> tuple[str, ...]:
    closed, filed_until = (dt.date.fromisoformat(one) if one else None for one in (closing, filed))
    return held_up(pressing(dt.date.fromisoformat(today), closed, filed_until), kind, date)


@pytest.mark.parametrize(
    ("kind", "date", "found"),
    [
        ("customer", "", ("billing",)),
        ("vendor", "", ()),
        ("item", "", ("delivery",)),
        ("purchase_order", "2025-10-31", ("delivery",)),
        ("invoice", "2025-10-31", ("close", "tax return", "billing")),
        ("invoice", "2025-11-01", ("billing",)),
        ("invoice", "2025-09-30", ("close", "billing")),
        ("payment", "2025-10-05", ("close",)),
        ("bill", "2025-10-05", ("close", "tax return")),
        ("journal", "2025-11-05", ()),
    ],
)
def test_what_a_record_holds_up_in_the_middle_of_a_month(kind, date, found):
    assert holds(kind, date) == found


def test_the_month_that_ends_soon_is_being_closed_too():
    assert "close" not in holds("bill", "2025-11-20", today="2025-11-25")
    assert "close" in holds("bill", "2025-11-20", today="2025-11-26")
    assert "close" in holds("bill", "2025-12-20", today="2025-12-31")


def test_a_period_that_is_closed_is_held_up_no_more():
    assert "close" not in holds("bill", "2025-10-05", closing="2025-10-31")
    assert "close" in holds("bill", "2025-10-05", closing="2025-09-30")
    assert "close" not in holds("bill", "2025-09-05", closing="2025-09-30")


def test_what_is_filed_is_held_up_no_more_and_what_is_late_still_is():
    assert "tax return" not in holds("invoice", "2025-10-05", filed="2025-10-31")
    assert "tax return" in holds("invoice", "2025-08-05", filed="2025-07-31")
    assert "tax return" not in holds("payment", "2025-10-05")
