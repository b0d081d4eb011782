"""Amounts as people type or paste them: any separators, a currency before or after, ``/=`` at the end."""

import re
from dataclasses import dataclass
from decimal import Decimal

_CURRENCIES = {
    "KSH": "KES",
    "KSHS": "KES",
    "USH": "UGX",
    "TSH": "TZS",
    "€": "EUR",
    "£": "GBP",
    "$": "",
    "SH": "",
}
"""What people write for a currency; a dollar or shilling may be anybody's."""

_AMOUNT = re.compile(
    r"(?P<before>[A-Za-z]{2,4}\.?|[$€£])?\s*-?(?P<digits>\d[\d.,' \u00a0\u202f]*)"
    r"(?:/[-=])?\s*(?P<after>[A-Za-z]{3,4}|[$€£])?"
)
_LONGEST = 24
"""Characters of an amount; what is longer is none."""
_LARGEST = Decimal(10) ** 14
"""Amounts from here on are nobody's, and no database counts their minor units."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What may be meant: each value, the likelier first, and the currency where one was named."""

    values: tuple[Decimal, ...]
    currency: str = ""


def read_amount(text: str) -> Typed | None:
    """Return what amount a text may be, or None; its sign is left out, because people leave it out.

    A single mark before exactly three digits may stand for thousands or for decimals: both are told.
    """
    found = _AMOUNT.fullmatch(text.strip()) if len(text.strip()) <= _LONGEST else None
    if found is None:
        return None
    named = (found["before"] or found["after"] or "").rstrip(".").upper()
    currency = _CURRENCIES.get(named, named)
    if currency and (len(currency) != 3 or (found["before"] and found["after"])):
        return None
    values = dict.fromkeys(Decimal(each) for each in _readings(found["digits"]))
    meant = tuple(value for value in values if 0 < value < _LARGEST)
    return Typed(meant, currency) if meant else None


def _readings(digits: str) -> list[str]:
    plain = re.sub(r"['\s]", "", digits).rstrip(".,")
    marks = [mark for mark in plain if mark in ".,"]
    if not marks:
        return [plain]
    whole, decimal = re.sub(r"[.,]", "", plain), _with_point(plain, marks[-1])
    if len(set(marks)) == 2:
        return [decimal]
    if len(marks) > 1:
        return [whole]
    after = len(plain) - plain.index(marks[0]) - 1
    if after != 3:
        return [decimal]
    return [whole, decimal] if marks[0] == "," else [decimal, whole]


def _with_point(plain: str, mark: str) -> str:
    """Return digits whose last mark is the decimal point."""
    before, _, after = plain.rpartition(mark)
    return f"{re.sub(r'[.,]', '', before)}.{after}"
