"""Numbers and money shorten only where they must."""

import pytest

from awra_tui.cache.pages.overview import Money
from awra_tui.widgets.figures import count, day, money, total


def kes(minor: int) -> Money:
    return Money(currency="KES", minor=minor, count=1)


def test_counts_are_exact_as_long_as_they_fit() -> None:
    assert count(0) == "–"
    assert count(12_345) == "12,345"
    assert count(12_345, 5) == "12k"
    assert count(1_200_000, 6) == "1.2M"


@pytest.mark.parametrize(
    ("width", "shown"), [(20, "KES 1,284,300.50"), (14, "≈KES 1,284,301"), (12, "KES 1.3M"), (3, "KES 1.3M")]
)
def test_money_is_rounded_before_it_is_shortened_and_says_so(width: int, shown: str) -> None:
    assert money(128_430_050, "KES", width) == shown


def test_what_is_exact_without_cents_is_not_about() -> None:
    assert money(128_430_000, "KES", 13) == "KES 1,284,300"


def test_currencies_are_never_added() -> None:
    both = (kes(128_430_000), Money(currency="USD", minor=120_050, count=2))
    assert total(both) == "KES 1,284,300 + USD 1,200.50"
    assert total(both, 13) == "KES 1.3M +USD"


def test_a_currency_without_cents_keeps_its_units() -> None:
    assert money(5_000, "UGX") == "UGX 5,000"


def test_no_date_is_a_dash() -> None:
    assert day("") == "–"
    assert day("1999-11-03") == "03 Nov 99"
