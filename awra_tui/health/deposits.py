"""Into which account the money of a payment method goes: waiting for deposit, clearing, or the bank."""

import re
from itertools import combinations

from awra_tui.health.tax_words import Fit
from awra_tui.records.qbo import QboObject
from awra_tui.records.subject import MappingKey, scope_parts
from awra_tui.records.text import sort_key

UNDEPOSITED = "UndepositedFunds"
"""The AccountSubType of the account that QuickBooks keeps for money not taken to the bank yet."""

_CASH = re.compile(r"\b(cash(?! app\b)|cheques?|checks?|petty|especes|efectivo|taslimu)\b")
_BANK = re.compile(r"\b(bank|transfer|wire|eft|rtgs|ach|swift|pesalink|deposit)\b")
_CLEARING = re.compile(r"\b(clearing|till|gateway|wallet|float|suspense|settlement)\b")

_SURE, _CLEARS, _BANKS, _UNLIKELY = 95, 80, 70, 10
_MONEY = ("Bank", "Other Current Asset")


def fit(key: MappingKey, account: QboObject) -> Fit | None:
    """Return how well an account suits as the deposit account of a payment method, or None to go by name.

    Cash and cheques wait in Undeposited Funds, bank transfers go to the bank, everything else is a
    gateway: it goes to the clearing account that is named after it, and after the branch it is for.
    """
    if is_undeposited(account):
        found = Fit(_SURE, "cash waits there to be deposited") if is_cash(key) else Fit(_UNLIKELY, "")
    elif is_cash(key):
        found = Fit(_UNLIKELY, "")
    elif _BANK.search(sort_key(key.value)):
        return Fit(_BANKS, "a bank account") if _is_plain_bank(account) else Fit(_UNLIKELY, "")
    else:
        return _named(key, account)
    return found


def is_cash(key: MappingKey) -> bool:
    """Whether a payment method's value means money received that is carried to the bank later."""
    is_paid = scope_parts(key.scope).get("side") == "purchase"
    return key.kind == "payment_method" and not is_paid and bool(_CASH.search(sort_key(key.value)))


def is_undeposited(account: QboObject) -> bool:
    """Whether an account is the one for money not taken to the bank yet."""
    return account.content.get("AccountSubType") == UNDEPOSITED


def _is_plain_bank(account: QboObject) -> bool:
    return account.type == "Bank" and not _CLEARING.search(sort_key(account.name))


def _named(key: MappingKey, account: QboObject) -> Fit | None:
    """Return how an account suits a gateway that it is named after."""
    if account.type not in _MONEY or not _names(account.name, key.value):
        return None
    branch = scope_parts(key.scope).get("branch", "")
    if branch and not _names(account.name, branch):
        return Fit(_CLEARS, f"named after {key.value}")
    told = f"named after {key.value} of {branch}" if branch else f"named after {key.value}"
    return Fit(_SURE, told)


def _names(name: str, value: str) -> bool:
    """Whether words of a name, one after the other, are a value, however that is hyphenated."""
    words, wanted = _words(name), "".join(_words(value))
    runs = ("".join(words[first:last]) for first, last in combinations(range(len(words) + 1), 2))
    return bool(wanted) and wanted in runs


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", sort_key(text))
