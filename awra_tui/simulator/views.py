"""Objects as they are answered: with the balances that follow from the ledger."""

from collections.abc import Callable
from decimal import Decimal

from awra_tui.simulator import attachments, money, stock
from awra_tui.simulator.company import Company
from awra_tui.simulator.entities import ENTITIES, RECURRING
from awra_tui.simulator.records import Body, Key, Record, number, ref_id
from awra_tui.simulator.references import renamed

_PROFIT_AND_LOSS = frozenset({"Revenue", "Expense"})


def view(company: Company, record: Record) -> Body:
    """Return the body to answer; customers, vendors and accounts get their present balances."""
    extra = _EXTRAS.get(record.key.entity)
    if extra is None:
        return record.body
    found = {**record.body, **extra(company, record)}
    return {name: found[name] for name in ENTITIES[record.key.entity].fields if name in found}


def answered(company: Company, entity: str, body: Body) -> Body:
    """Return a viewed body with present names in its references; only renaming makes them old."""
    if entity == RECURRING.name:
        body = {name: value for name, value in body.items() if name in ENTITIES}
    if not company.store.facts.get("renamed"):
        return body
    found: Body = renamed(company, entity, body)
    return found


def _customer(company: Company, record: Record) -> Body:
    own = company.balance(record.key)
    jobs = own + _below(company, record.key)
    return {"Balance": money.shown(own), "BalanceWithJobs": money.shown(jobs)}


def _below(company: Company, parent: Key) -> Decimal:
    children = [one.key for one in company.store.find(parent.entity, "ParentRef", parent.id)]
    return money.total(company.balance(child) + _below(company, child) for child in children)


def _vendor(company: Company, record: Record) -> Body:
    return {"Balance": money.shown(company.balance(record.key))}


def _account(company: Company, record: Record) -> Body:
    """Debits are positive, and accounts of income and expense show nothing, as in QuickBooks."""
    own = _account_balance(company, record)
    children = company.store.find("Account", "ParentRef", record.key.id)
    below = money.total(_account_balance(company, child) for child in children)
    return {
        "CurrentBalance": money.shown(own),
        "CurrentBalanceWithSubAccounts": money.shown(own + below),
    }


def _account_balance(company: Company, record: Record) -> Decimal:
    opening = number(record.body.get("CurrentBalance"))
    if record.body.get("Classification") in _PROFIT_AND_LOSS:
        return opening
    currency = ref_id(record.body, "CurrencyRef")
    ledger = company.store.ledger
    if currency in {"", company.home_currency}:
        return opening + ledger.account(record.key.id)
    return opening + ledger.account_in(record.key.id, currency)


_EXTRAS: dict[str, Callable[[Company, Record], Body]] = {
    "Customer": _customer,
    "Vendor": _vendor,
    "Account": _account,
    "Item": stock.shown,
    "Attachable": attachments.seen,
}
