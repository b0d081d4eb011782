"""How what a person pastes is compared: spellings, keys, amounts, and how likely each way of finding is."""

from collections.abc import Iterator, Sequence

from awra_tui.records.kinds import KINDS
from awra_tui.records.money import to_minor
from awra_tui.records.typed import Typed

EXACT = ("intuit_tid", "number", "id", "reference", "name", "mark")
"""How something is found that can hardly be anything else."""

_PLACES = ("KES", "UGX", "KWD")
"""One currency for each number of decimals that there is."""

IDENTIFYING = frozenset(EXACT) - {"name"}
"""What was found so is what was pasted: nothing is looked for by its parts then."""


def rank(how: str) -> int:
    """Return the order of a way of finding: 0 for exact ones, then equal amounts, then parts of texts."""
    return 0 if how in EXACT else 1 if how == "amount" else 2


def spellings(text: str) -> Sequence[str]:
    """Return a text as it is, and in upper and lower case: indexes know no other."""
    return list(dict.fromkeys((text, text.upper(), text.lower())))


def minors(amount: Typed) -> list[int]:
    """Return the minor units that an amount may be, whatever its currency; refunds are negative."""
    meant = {to_minor(value, currency) for value in amount.values for currency in _PLACES}
    return sorted(meant | {-minor for minor in meant})


def is_meant(amount: Typed, minor: int, currency: str) -> bool:
    """Whether minor units of a currency are the amount; a company with one currency does not name it."""
    named = not amount.currency or currency in {amount.currency, ""}
    return named and any(to_minor(value, currency) == abs(minor) for value in amount.values)


_FEW, _SHORT = 8, 4
_AROUND = ".,;:!?()[]{}<>#'\"“”"


def telling(text: str) -> list[str]:
    """Return the words of a text that may be a number, a code or an amount: those with a digit, a few."""
    words = (word.strip(_AROUND) for word in text.split())
    found = [word for word in words if len(word) >= _SHORT and any(sign.isdigit() for sign in word)]
    return [word for word in dict.fromkeys(found) if word != text][:_FEW]


def untitled(text: str) -> Iterator[str]:
    """Yield what follows the word for a kind: screens say ``Invoice INV-1042``."""
    for kind in KINDS.values():
        if text.casefold().startswith(f"{kind.label.casefold()} "):
            yield text[len(kind.label) :].strip()
