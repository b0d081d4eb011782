"""Money: Decimal in the program, integer minor units in the cache, half up everywhere.

QuickBooks rounds half up to the currency's cents; SQLite has no decimals, so sums are made of integers.
"""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_PLACES = {
    "JPY": 0,
    "KRW": 0,
    "UGX": 0,
    "RWF": 0,
    "VND": 0,
    "XAF": 0,
    "XOF": 0,
    "BHD": 3,
    "KWD": 3,
    "TND": 3,
}
UNCOMMON = tuple(_PLACES)
"""The currencies whose amounts have another number of decimals than two."""
_PLAIN = re.compile(r"[+-]?\d+(\.\d+)?")


def places(currency: str) -> int:
    """Return how many decimals amounts of ``currency`` have: 2 unless ISO 4217 says otherwise."""
    return _PLACES.get(currency, 2)


def rounded(amount: Decimal, currency: str = "") -> Decimal:
    """Round half up to the currency's minor unit, as QuickBooks does."""
    return amount.quantize(Decimal(1).scaleb(-places(currency)), rounding=ROUND_HALF_UP)


def to_minor(amount: Decimal, currency: str) -> int:
    """Return the amount in minor units (cents); an amount with a fraction of a cent is rounded half up."""
    return int(rounded(amount, currency).scaleb(places(currency)))


def from_minor(minor: int, currency: str) -> Decimal:
    """Return the Decimal amount of ``minor`` units of ``currency``."""
    return Decimal(minor).scaleb(-places(currency))


def shown(amount: Decimal, currency: str) -> str:
    """Write an amount for people: thousands separated, the currency's decimals, no currency word."""
    return f"{rounded(amount, currency):,}"


def shown_minor(minor: int, currency: str) -> str:
    """Write an amount of minor units for people, with its currency before it."""
    return f"{currency} {shown(from_minor(minor, currency), currency)}".strip()


def parse_amount(text: str, *, decimal: str = ".", thousands: str = "") -> Decimal:
    """Read an amount as a spreadsheet writes it; raise ValueError if it is not one, never guess.

    Parentheses and a trailing minus mean negative; spaces and ``thousands`` are dropped.
    """
    plain = text.strip().replace("\u00a0", "").replace("\u202f", "").replace(" ", "")
    negative = plain.startswith("(") and plain.endswith(")")
    if negative:
        plain = plain[1:-1]
    if plain.endswith("-"):
        negative, plain = True, plain[:-1]
    if thousands:
        plain = plain.replace(thousands, "")
    if decimal != ".":
        if "." in plain:
            raise ValueError(f"{text!r} has a point where the decimal sign is {decimal!r}")
        plain = plain.replace(decimal, ".")
    if not _PLAIN.fullmatch(plain):
        raise ValueError(f"{text!r} is not an amount")
    try:
        amount = Decimal(plain)
    except InvalidOperation:
        raise ValueError(f"{text!r} is not an amount") from None
    return -amount if negative else amount
