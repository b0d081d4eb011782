"""Which account a posting goes to; those that QuickBooks opens by itself are opened here too."""

from dataclasses import dataclass

from awra_tui.simulator import faults
from awra_tui.simulator.company import Company
from awra_tui.simulator.records import Body, Record, ref_id


@dataclass(frozen=True, slots=True)
class Role:
    """An account that QuickBooks needs: its name when it must be opened, type and subtype."""

    name: str
    kind: str
    subtype: str
    per_currency: bool = False


RECEIVABLE = Role("Accounts Receivable (A/R)", "Accounts Receivable", "AccountsReceivable", True)  # noqa: FBT003
PAYABLE = Role("Accounts Payable (A/P)", "Accounts Payable", "AccountsPayable", True)  # noqa: FBT003
UNDEPOSITED = Role("Undeposited Funds", "Other Current Asset", "UndepositedFunds")
SALES_TAX = Role("Sales Tax Payable", "Other Current Liability", "SalesTaxPayable")
VALUE_TAX = Role("VAT Control", "Other Current Liability", "GlobalTaxPayable")
DISCOUNT = Role("Discounts given", "Income", "DiscountsRefundsGiven")
EXCHANGE = Role("Exchange Gain or Loss", "Other Expense", "ExchangeGainOrLoss")
OPENING = Role("Opening Balance Equity", "Equity", "OpeningBalanceEquity")
COSTS = Role("Cost of Goods Sold", "Cost of Goods Sold", "SuppliesMaterialsCogs")
INCOME = Role("Uncategorized Income", "Income", "OtherPrimaryIncome")
EXPENSE = Role("Uncategorized Expense", "Expense", "OtherMiscellaneousServiceCost")

MONEY = frozenset({"Bank", "Other Current Asset", "Other Asset", "Credit Card"})
CONTROL = frozenset({"Accounts Receivable", "Accounts Payable"})


def account_for(company: Company, role: Role, currency: str = "") -> str:
    """Return the id of the account in a role, opening one where the company has none.

    Receivables and payables have one account per currency.
    """
    wanted = currency if role.per_currency else ""
    for record in company.store.live("Account"):
        if _plays(record, role, wanted):
            return record.key.id
    return _opened(company, role, wanted)


def _plays(record: Record, role: Role, currency: str) -> bool:
    body = record.body
    if not body.get("Active", True) or body.get("AccountSubType") != role.subtype:
        return False
    return not currency or ref_id(body, "CurrencyRef") == currency


def _opened(company: Company, role: Role, currency: str) -> str:
    from awra_tui.simulator.booking import create

    body: Body = {"Name": role.name, "AccountType": role.kind, "AccountSubType": role.subtype}
    if currency and currency != company.home_currency:
        body |= {"Name": f"{role.name} - {currency}", "CurrencyRef": {"value": currency}}
    made: str = create(company, "Account", body)["Id"]
    return made


def item_account(company: Company, detail: Body, field: str, otherwise: Role) -> str:
    """Return the account that a line's item is booked to; without an item, one for such lines.

    Raises a Fault (6000) when the item cannot be sold, or cannot be bought.
    """
    item = company.store.get("Item", ref_id(detail, "ItemRef"))
    if item is None:
        return account_for(company, otherwise)
    found = ref_id(item.body, field)
    if not found:
        raise faults.business(f"Select an account for the product or service ({field}).")
    return found


def tax_account(company: Company) -> str:
    """Return the id of the account that tax is posted to."""
    return account_for(company, SALES_TAX if company.american else VALUE_TAX)


def money_account(company: Company, body: Body, name: str, currency: str) -> str:
    """Return the account that money goes to or comes from: as given, or undeposited funds.

    Raises a Fault when its type cannot hold money (6430) or its currency is a third one (6000).
    """
    id_ = ref_id(body, name)
    if not id_:
        return account_for(company, UNDEPOSITED)
    account = company.account(id_)
    if account is None or account.body["AccountType"] not in MONEY:
        raise faults.wrong_account()
    own = ref_id(account.body, "CurrencyRef")
    if own not in {currency, company.home_currency}:
        raise faults.business("The currency of the account and of the transaction must match.")
    return id_


def account_type(company: Company, id_: str) -> str:
    """Return the type of an account; empty when it does not exist."""
    account = company.account(id_)
    return str(account.body["AccountType"]) if account else ""


def account_ref(company: Company, id_: str) -> Body:
    """Return a reference to an account, with its name."""
    account = company.account(id_)
    name = account.body.get("FullyQualifiedName", "") if account else ""
    return {"value": id_, "name": name}
