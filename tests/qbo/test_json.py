from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awra_tui.qbo import json


def test_decimals_are_written_as_numbers_digit_by_digit():
    assert json.encode({"Amount": Decimal("10.10"), "Qty": 3}) == b'{"Amount":10.10,"Qty":3}'


@pytest.mark.parametrize("value", [1.5, Decimal("NaN"), Decimal("Infinity")])
def test_what_is_not_exact_is_refused(value):
    with pytest.raises((TypeError, ValueError)):
        json.encode({"Line": [{"Amount": value}]})


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2), st.text())
def test_what_is_written_is_read_again(amount, name):
    assert json.decode(json.encode({"Amount": amount, "Name": name})) == {"Amount": amount, "Name": name}


def test_what_is_not_json_is_a_value_error():
    for body in (b"", b"{", b"\xff", b"[" * 100_000, b"1e99999999999999999999"):
        with pytest.raises(ValueError):
            json.decode(body)
