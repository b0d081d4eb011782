"""Amounts as QuickBooks rounds and writes them: Decimal, half up to cents."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ZERO = Decimal(0)
HUNDRED = Decimal(100)


def cents(value: Decimal) -> Decimal:
    """Round half up (away from zero) to two places."""
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


def shown(value: Decimal) -> Decimal:
    """Write an amount as recorded answers do: 0, 100.0, 26.06."""
    amount = cents(value)
    if not amount:
        return ZERO
    tenths = amount.quantize(Decimal("0.1"))
    return tenths if tenths == amount else amount


def plain(value: Decimal) -> Decimal:
    """Write a quantity, price or rate without trailing zeros and without an exponent."""
    text = f"{value:f}"
    return Decimal(text.rstrip("0").rstrip(".") or "0") if "." in text else Decimal(text)


def total(values: Iterable[Decimal]) -> Decimal:
    """Add amounts; nothing adds up to zero."""
    return sum(values, ZERO)


def share(amount: Decimal, rate: Decimal) -> Decimal:
    """Return rate percent of an amount, rounded to cents."""
    return cents(amount * rate / HUNDRED)


def included(gross: Decimal, rate: Decimal) -> Decimal:
    """Return the tax of rate percent contained in a gross amount, rounded to cents."""
    return cents(gross * rate / (HUNDRED + rate))


def spread(amount: Decimal, weights: list[Decimal]) -> list[Decimal]:
    """Divide an amount in proportion to weights so that the cents add up exactly."""
    whole = total(weights)
    if not weights or not whole:
        return [ZERO for _ in weights]
    parts = [cents(amount * weight / whole) for weight in weights]
    parts[-1] += amount - total(parts)
    return parts
