"""Into which account the money of a payment method goes: waiting for deposit, clearing, or the bank."""

import re

from awra_tui.health.tax_words import Fit
from awra_tui.records.qbo import QboObject
from awra_tui.records.subject import MappingKey, scope_parts
from awra_tui.records.text import sort_key

UNDEPOSITED = "UndepositedFunds"
"""The AccountSubType of the account that QuickBooks keeps for money not taken to the bank yet."""

_CASH = re.compile(r"\b(cash|cheques?|checks?|petty|especes|efectivo|taslimu)\b")
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
    """Whether a payment method's value means money that is carried to the bank later."""
    return key.kind == "payment_method" and bool(_CASH.search(sort_key(key.value)))


def is_undeposited(account: QboObject) -> bool:
    """Whether an account is the one for money not taken to the bank yet."""
    return account.content.get("AccountSubType") == UNDEPOSITED


def _is_plain_bank(account: QboObject) -> bool:
    return account.type == "Bank" and not _CLEARING.search(sort_key(account.name))


def _named(key: MappingKey, account: QboObject) -> Fit | None:
    """Return how an account suits a gateway that it is named after."""
    plain = _plain(account.name)
    if account.type not in _MONEY or _plain(key.value) not in plain:
        return None
    branch = scope_parts(key.scope).get("branch", "")
    if branch and _plain(branch) not in plain:
        return Fit(_CLEARS, f"named after {key.value}")
    told = f"named after {key.value} of {branch}" if branch else f"named after {key.value}"
    return Fit(_SURE, told)


def _plain(text: str) -> str:
    return re.sub(r"\W", "", sort_key(text))
