"""Cells: what comes out is what stood there, or nothing."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awra_tui.sources.files.fields import AMOUNT, DATE, NUMBER, CellError, Format, read_cell, tidy

AMOUNTS = st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False)


@given(AMOUNTS, st.sampled_from([(".", ","), (",", "."), (".", " "), (".", "'"), (",", "")]))
def test_an_amount_survives_every_way_of_writing_it(amount, signs):
    decimal, thousands = signs
    text = f"{amount:,.2f}".replace(",", "t").replace(".", decimal).replace("t", thousands)
    assert read_cell(AMOUNT, "a", text, Format(decimal=decimal, thousands=thousands)) == amount


@given(st.text(max_size=30))
def test_no_text_is_read_as_an_amount_by_guessing(text):
    try:
        found = read_cell(AMOUNT, "a", text, Format())
    except CellError:
        return
    assert found is None or sum(c.isdigit() for c in text) > 0


@given(st.dates(min_value=dt.date(1900, 1, 1)), st.sampled_from(["iso", "%d/%m/%Y", "%m/%d/%Y", "%d %b %Y"]))
def test_a_date_survives_its_pattern(day, pattern):
    text = day.isoformat() if pattern == "iso" else day.strftime(pattern)
    assert read_cell(DATE, "a", text, Format(dates=(pattern,))) == day


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=6, allow_nan=False))
def test_tidying_changes_no_value(number):
    assert tidy(number, 2) == number
    assert tidy(number, 0) == number


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("10.5", "10.50"),
        ("10.500", "10.50"),
        ("100", "100.00"),
        ("33.335", "33.335"),
        ("(7)", "-7.00"),
        ("0", "0.00"),
    ],
)
def test_an_amount_has_one_form(text, shown):
    assert str(read_cell(AMOUNT, "a", text, Format())) == shown


@pytest.mark.parametrize(
    "text", ["1,5", "12,34,5", "1,234,5", ",5", "1 234", "1.2.3", "$5", "5 KES", "٣x", "NaN"]
)
def test_a_sign_in_a_wrong_place_is_refused(text):
    with pytest.raises(CellError):
        read_cell(AMOUNT, "a", text, Format(thousands=","))


def test_a_rate_may_carry_its_percent_sign():
    assert read_cell(NUMBER, "a", "16 %", Format()) == Decimal(16)
