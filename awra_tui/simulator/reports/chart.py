"""Accounts in the order of reports, as trees, with the sign in which people read them."""

from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

from awra_tui.simulator.company import Company
from awra_tui.simulator.records import Body, Record, number, ref_id
from awra_tui.simulator.reports.columns import Amounts
from awra_tui.simulator.reports.frame import data, section

ORDER = (
    "Bank",
    "Accounts Receivable",
    "Other Current Asset",
    "Fixed Asset",
    "Other Asset",
    "Accounts Payable",
    "Credit Card",
    "Other Current Liability",
    "Long Term Liability",
    "Equity",
    "Income",
    "Cost of Goods Sold",
    "Expense",
    "Other Income",
    "Other Expense",
)
Value = TypeVar("Value", Decimal, Amounts)
_CREDIT = frozenset(ORDER[5:11]) | {"Other Income"}


def kind(account: Record) -> str:
    """Return the type of an account."""
    return str(account.body["AccountType"])


def natural(account: Record, value: Value) -> Value:
    """Turn a balance (debit positive) to how people read the account: income is positive."""
    return -value if kind(account) in _CREDIT else value


def opening(account: Record) -> Decimal:
    """Return the balance that an account came with, debits positive."""
    return number(account.body.get("CurrentBalance"))


def roots(company: Company, *kinds: str) -> list[Record]:
    """Return the accounts at the top of their trees, of certain types, in the order of reports."""
    found = [one for one in company.store.live("Account") if kind(one) in kinds and not _below(company, one)]
    return sorted(found, key=lambda one: (ORDER.index(kind(one)), int(one.key.id)))


def _below(company: Company, account: Record) -> bool:
    return company.account(ref_id(account.body, "ParentRef")) is not None


def children(company: Company, account: Record) -> list[Record]:
    """Return the accounts right below one."""
    return company.store.find("Account", "ParentRef", account.key.id)


def tree(company: Company, account: Record, value: Callable[[Record], Amounts]) -> tuple[list[Body], Amounts]:
    """Return the rows of an account with those below it, and their total; no rows for nothing."""
    own = value(account)
    below = [tree(company, child, value) for child in children(company, account)]
    inner = [row for rows, _ in below for row in rows]
    total = sum((part for _, part in below), own)
    name = str(account.body["Name"])
    if not inner:
        return ([data((name, account.key.id), *own.shown())] if own else []), own
    if own:
        inner.insert(0, data((name, account.key.id), *own.shown()))
    return [section((name, account.key.id), inner, (f"Total {name}", *total.shown()))], total
