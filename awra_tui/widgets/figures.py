"""Numbers, money and moments as people read them, in as many cells as there are."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from awra_tui.cache.pages.overview import Money
from awra_tui.records.clock import age, now, parse_stamp, today
from awra_tui.records.money import from_minor, places, shown, shown_minor

_STEPS = ((1_000_000_000, "bn"), (1_000_000, "M"), (1_000, "k"))


def count(number: int, width: int = 12) -> str:
    """Write a count, shortened to ``123k`` only where it does not fit; nothing is a dash."""
    if not number:
        return "–"
    full = f"{number:,}"
    return full if len(full) <= width else _short(number)


def money(minor: int, currency: str, width: int = 40) -> str:
    """Write an amount with its currency: exactly, or about in whole units, or shortened, whichever fits."""
    exact = from_minor(minor, currency)
    units = int(exact.quantize(Decimal(1), ROUND_HALF_UP))
    whole = f"{'' if units == exact else '≈'}{currency} {units:,}".strip()
    short = f"{currency} {_short(units)}".strip()
    choices = (shown_minor(minor, currency), whole, short)
    return next((text for text in choices if len(text) <= width), short)


def amount(minor: int, currency: str) -> str:
    """Write an amount without its currency, with the currency's decimals."""
    return shown(from_minor(minor, currency), currency)


def total(parts: Sequence[Money], width: int = 80) -> str:
    """Write money of several currencies, largest first; what does not fit is counted."""
    if not parts:
        return "–"
    every = " + ".join(round_money(part) for part in parts)
    if len(every) <= width:
        return every
    others = "".join(f" +{part.currency}" for part in parts[1:])
    more = others if len(others) <= width // 2 else f" +{len(parts) - 1}"
    return money(parts[0].minor, parts[0].currency, width - len(more)) + more


def round_money(part: Money) -> str:
    """Write money without decimals that are zero."""
    if part.minor % 10 ** places(part.currency):
        return shown_minor(part.minor, part.currency)
    return f"{part.currency} {int(from_minor(part.minor, part.currency)):,}".strip()


def day(iso: str) -> str:
    """Write a date of a transaction as ``03 Nov``, with its year where it is another one."""
    if not iso:
        return "–"
    at = date.fromisoformat(iso[:10])
    return f"{at:%d %b}" if at.year == today().year else f"{at:%d %b %y}"


def moment(stamp: str) -> str:
    """Write a moment in local time: ``08:02`` today, ``03 Nov 08:02`` before."""
    if not stamp:
        return "never"
    at = parse_stamp(stamp).astimezone()
    clock = f"{at:%H:%M}"
    return clock if at.date() == _here(now()).date() else f"{at:%d %b} {clock}"


def ago(stamp: str) -> str:
    """Write how long ago a moment was, a dash for never."""
    return age(stamp) if stamp else "–"


def _here(at: datetime) -> datetime:
    return at.astimezone()


def _short(number: int) -> str:
    for size, letter in _STEPS:
        if abs(number) >= size * 10:
            return f"{number / size:,.0f}{letter}"
        if abs(number) >= size:
            return f"{number / size:.1f}{letter}"
    return str(number)
