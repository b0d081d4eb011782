"""The fields that a profile can fill from columns, and how each kind of cell is read."""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from awra_tui.records.kinds import KINDS
from awra_tui.records.money import parse_amount

TEXT, DATE, AMOUNT, NUMBER, YES_NO = "text", "date", "amount", "number", "yes or no"
How = str | tuple[str, ...]
"""How a cell is read: one of the words above, or the words that are allowed in it."""

_CONTACT = dict.fromkeys(("email", "phone", "tax_number", "company", "address", "city", "country"), TEXT)
RECORD_FIELDS: dict[str, How] = {
    **dict.fromkeys(
        (
            "source_id", "number", "party_id", "party_name", "currency", "state", "branch", "category",
            "reference", "method", "terms", "memo", "parent_id", "qbo_id",
        ),
        TEXT,
    ),
    **dict.fromkeys(("date", "due_date"), DATE),
    **dict.fromkeys(("amount", "tax", "unit_price", "unit_cost"), AMOUNT),
    "exchange_rate": NUMBER,
    "tax_mode": ("exclusive", "inclusive"),
    "item_type": ("NonInventory", "Service", "Inventory"),
    **{f"contact.{name}": how for name, how in _CONTACT.items()},
}  # fmt: skip
"""Every field of a record that a column can fill, and how its cells are read; ``extra.*`` besides."""

LINE_FIELDS: dict[str, How] = {
    **dict.fromkeys(
        (
            "description", "item_id", "item_name", "tax_category", "category", "account", "klass",
            "party_id",
        ),
        TEXT,
    ),
    **dict.fromkeys(("amount", "unit_price"), AMOUNT),
    **dict.fromkeys(("quantity", "tax_rate"), NUMBER),
    "discount": YES_NO,
    "side": ("debit", "credit"),
    "party_kind": ("customer", "vendor"),
}  # fmt: skip
"""Every field of a line that a column can fill."""

APPLICATION_FIELDS: dict[str, How] = {"kind": tuple(KINDS), "source_id": TEXT, "amount": AMOUNT}
"""Every field of an application that a column can fill."""

_YES = frozenset({"yes", "y", "true", "1", "x"})
_NO = frozenset({"no", "n", "false", "0"})
_LONGEST_NUMBER = 24
"""Characters of a number: all digits of such a one survive Decimal's usual arithmetic."""
_SPACES = re.compile(r"\s")
_LEADING_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class CellError(ValueError):
    """A cell that is not what its field needs; ``expected`` says what would be right."""

    def __init__(self, column: str, value: object, expected: str) -> None:
        super().__init__(expected)
        self.column, self.value, self.expected = column, value, expected


@dataclass(frozen=True, slots=True)
class Format:
    """How one file writes dates and numbers: strptime patterns or ``iso``, decimal sign, thousands."""

    dates: tuple[str, ...] = ("iso",)
    decimal: str = "."
    thousands: str = ""


def read_cell(how: How, column: str, value: object, form: Format) -> object:
    """Read one cell as text, date, Decimal or bool; None when it is empty; raise CellError."""
    plain = text_of(column, value)
    if not plain:
        return None
    if how == TEXT:
        return plain
    if how == YES_NO:
        return _yes_no(column, plain)
    if isinstance(how, tuple):
        return _word(column, plain, how)
    if how == DATE:
        return _date(column, plain, form.dates)
    return _amount(column, plain, form) if how == AMOUNT else _number(column, plain, form)


def text_of(column: str, value: object) -> str:
    """Return a cell as stripped text; JSON's null is empty; raise CellError for a list or object."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, (list, dict)):
        raise CellError(column, value, "one value, not a list or an object")
    plain = str(value).strip()
    if "\0" in plain:
        raise CellError(column, value, "text without NUL bytes; the file may be damaged or not text")
    return plain


def _word(column: str, plain: str, allowed: tuple[str, ...]) -> str:
    for word in allowed:
        if plain.casefold() == word.casefold():
            return word
    raise CellError(column, plain, " or ".join(allowed))


def _yes_no(column: str, plain: str) -> bool:
    word = plain.casefold()
    if word not in _YES | _NO:
        raise CellError(column, plain, "yes or no")
    return word in _YES


def _date(column: str, plain: str, patterns: tuple[str, ...]) -> dt.date:
    found = {day for day in (parsed_date(plain, pattern) for pattern in patterns) if day}
    if len(found) == 1:
        return found.pop()
    wanted = " or ".join(shown_pattern(pattern) for pattern in patterns)
    if found:
        raise CellError(column, plain, f"a date with one meaning; {wanted} read it differently")
    raise CellError(column, plain, f"a date written {wanted}")


@lru_cache(maxsize=4096)
def parsed_date(plain: str, pattern: str) -> dt.date | None:
    """Return the date that a cell means in one pattern, or None."""
    try:
        if pattern == "iso":
            whole = _LEADING_DATE.match(plain)
            return dt.datetime.fromisoformat(plain).date() if whole else None
        return dt.datetime.strptime(plain, pattern).date()  # noqa: DTZ007 - a date has no time zone
    except ValueError:
        return None


_PATTERN_WORDS = {
    "%d": "day", "%m": "month", "%Y": "year", "%y": "year (2 digits)", "%b": "month name", "%B": "month name",
    "%H": "hour", "%M": "minute", "%S": "second",
}  # fmt: skip


def shown_pattern(pattern: str) -> str:
    """Say a date pattern in words: ``%d/%m/%Y`` is ``day/month/year``."""
    if pattern == "iso":
        return "year-month-day"
    for sign, word in _PATTERN_WORDS.items():
        pattern = pattern.replace(sign, word)
    return pattern


def _decimal(column: str, plain: str, form: Format, expected: str) -> Decimal:
    try:
        if len(plain) > _LONGEST_NUMBER:
            raise ValueError(plain)
        _check_thousands(plain, form)
        return parse_amount(plain, decimal=form.decimal, thousands=form.thousands)
    except ValueError:
        raise CellError(column, plain, expected) from None


def _check_thousands(plain: str, form: Format) -> None:
    # 1,5 with the comma for thousands would become 15: a sign in a wrong place is refused instead.
    inner = _SPACES.sub(" ", plain.strip("()+- "))
    sign = form.thousands or " "
    if sign not in inner:
        if " " in inner:
            raise ValueError(plain)
        return
    whole, *_ = inner.split(form.decimal)
    first, *groups = whole.split(sign) if form.thousands else ("", "")
    if not 1 <= len(first) <= 3 or any(len(group) != 3 for group in groups):
        raise ValueError(plain)


def _amount(column: str, plain: str, form: Format) -> Decimal:
    amount = _decimal(column, plain, form, f"an amount such as 1234{form.decimal}50")
    return tidy(amount, 2)


def _number(column: str, plain: str, form: Format) -> Decimal:
    return tidy(_decimal(column, plain.removesuffix("%"), form, f"a number such as 2{form.decimal}5"), 0)


def tidy(number: Decimal, places: int) -> Decimal:
    """Return the number with at least ``places`` decimals and no zeros beyond: 10.5 and 10.50 are one."""
    short = number.quantize(Decimal(1).scaleb(-places))
    return short if short == number else number.normalize()
