"""Money moved between accounts: transfers, card payments, and deposits of what was received."""

from awra_tui.simulator import accounts, faults, money
from awra_tui.simulator.company import Company
from awra_tui.simulator.currency import Entry, code_of, with_currency, with_home_amounts
from awra_tui.simulator.money import ZERO
from awra_tui.simulator.records import Body, Key, Posting, Record, number, ref_id

# Where the money comes from and where it goes.
_ENDS = {
    "Transfer": ("FromAccountRef", "ToAccountRef"),
    "CreditCardPaymentTxn": ("BankAccountRef", "CreditCardAccountRef"),
}
_DEPOSITED = "Deposited Transaction cannot be changed"
_NO_MONEY = "You must select a deposit account and lines of 0.00 or more."


def completed(company: Company, entity: str, body: Body) -> tuple[Body, tuple[Posting, ...]]:
    """Return a transfer or the payment of a credit card, and its postings.

    Raises a Fault for an account of receivables or payables (6430), or for one account at both
    ends (6000).
    """
    source, target = (ref_id(body, name) for name in _ENDS[entity])
    if source == target:
        raise faults.business("You can't transfer funds between the same account.")
    for account in (source, target):
        _require_plain(company, account)
    found = with_currency(company, _in_account_currency(company, body, source), None)
    found["Amount"] = money.shown(number(body["Amount"]))
    if number(found["Amount"]) < ZERO:
        raise faults.business("Enter an amount that is 0 or greater.")
    entry = Entry(found)
    entry.add(target, number(found["Amount"]))
    return found, entry.close(source)


def deposit(company: Company, entity: str, body: Body) -> tuple[Body, tuple[Posting, ...]]:  # noqa: ARG001
    """Return a deposit with its total, and its postings.

    A line takes from an account, or from where the payment or receipt it names was put. Raises a
    Fault where that is not there (610) or a line says neither (2020).
    """
    target = ref_id(body, "DepositToAccountRef")
    found = with_currency(company, _in_account_currency(company, body, target), None)
    accounts.money_account(company, found, "DepositToAccountRef", code_of(found))
    entry = Entry(found)
    found["Line"] = [_line(company, entry, line, place) for place, line in enumerate(found["Line"], 1)]
    back = found.get("CashBack", {})
    if ref_id(back, "AccountRef"):
        entry.add(ref_id(back, "AccountRef"), money.cents(number(back.get("Amount"))))
    total = -money.total(one.amount for one in entry.postings)
    if total < ZERO:
        raise faults.business(_NO_MONEY)
    found["TotalAmt"] = money.shown(total)
    return with_home_amounts(company, found, "TotalAmt"), entry.close(target)


def _line(company: Company, entry: Entry, line: Body, place: int) -> Body:
    amount = money.cents(number(line.get("Amount")))
    entry.add(_origin(company, line), -amount)
    rest = {name: value for name, value in line.items() if name not in {"Id", "LineNum"}}
    kind = {} if "LinkedTxn" in line else {"DetailType": "DepositLineDetail"}
    return {"Id": str(line.get("Id", place)), "LineNum": place, **kind, **rest, "Amount": money.shown(amount)}


def _origin(company: Company, line: Body) -> str:
    for key in _linked(line):
        record = company.store.get(*key)
        if record is None:
            raise faults.not_found()
        held = ref_id(record.body, "DepositToAccountRef")
        return held or accounts.account_for(company, accounts.UNDEPOSITED)
    account = ref_id(line.get("DepositLineDetail", {}), "AccountRef")
    if not account:
        raise faults.FaultError(faults.required("Line.DepositLineDetail.AccountRef"))
    return account


def _linked(line: Body) -> list[Key]:
    links = line.get("LinkedTxn", ())
    return [Key(str(one.get("TxnType")), str(one.get("TxnId"))) for one in links]


def _require_plain(company: Company, account: str) -> None:
    if accounts.account_type(company, account) in accounts.CONTROL:
        raise faults.wrong_account()


def _in_account_currency(company: Company, body: Body, account: str) -> Body:
    """Take the account's currency where none is given: these forms have no customer or vendor."""
    record = company.account(account)
    if "CurrencyRef" in body or record is None:
        return body
    return {**body, "CurrencyRef": {"value": ref_id(record.body, "CurrencyRef") or company.home_currency}}


def refuse_deposited(company: Company, record: Record) -> None:
    """Refuse to change what lies in a deposit (6540)."""
    if record.key.entity not in {"Payment", "SalesReceipt"}:
        return
    for one in company.store.live("Deposit"):
        if any(record.key in _linked(line) for line in one.body.get("Line", ())):
            detail = f"{_DEPOSITED} : If you want to change the amount, you must edit the deposit."
            raise faults.fault("6540", _DEPOSITED, detail)
