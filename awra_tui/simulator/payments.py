"""Payments from customers and to vendors, and what they settle."""

from dataclasses import dataclass
from decimal import Decimal

from awra_tui.simulator import accounts, faults, money
from awra_tui.simulator.company import Company
from awra_tui.simulator.currency import Entry, code_of, rate_of, with_currency, with_home_amounts
from awra_tui.simulator.money import ZERO
from awra_tui.simulator.records import Body, Key, Posting, Record, applied, number, ref_id

_TOO_MUCH = "The amount applied is more than the amount of the payment and its credits."
_NO_AMOUNT = "You must set a transaction amount."


@dataclass(frozen=True, slots=True)
class Side:
    """Who pays or is paid: the entity, the role of its account, +1 where money comes in."""

    party: str
    role: accounts.Role
    sign: int


_SIDES = {
    "Payment": Side("Customer", accounts.RECEIVABLE, 1),
    "BillPayment": Side("Vendor", accounts.PAYABLE, -1),
}


@dataclass(frozen=True, slots=True)
class Settlement:
    """A transaction that a payment settles: positive amounts reduce a charge, negative a credit.

    `account` is the receivable or payable that it stands on.
    """

    target: Record
    party: Key
    amount: Decimal
    account: str


def completed(company: Company, entity: str, body: Body, key: Key) -> tuple[Body, tuple[Posting, ...]]:
    """Return a payment with all that QuickBooks adds, and its postings.

    Raises a Fault where a transaction does not exist (610), belongs to somebody else or has less
    open than is to be settled (620), or where more is applied than is paid (6000).
    """
    side = _SIDES[entity]
    lines = [_rounded(line) for line in body.get("Line", [])]
    party = company.store.get(side.party, ref_id(body, f"{side.party}Ref"))
    found = with_currency(company, {**body, "Line": lines}, party)
    settled = _settlements(company, found, key, side.party)
    paid, unapplied = _amounts(found, settled)
    money_in = _deposit(company, found) if entity == "Payment" else _source(company, found)
    control = accounts.account_for(company, side.role, code_of(found))
    found["TotalAmt"] = money.shown(paid)
    if entity == "Payment":
        found = _as_answered(found, money_in, unapplied)
    else:
        found["APAccountRef"] = accounts.account_ref(company, control)
    entry = Entry(found)
    entry.add(money_in, side.sign * paid)
    for one in settled:
        entry.add(one.account, -side.sign * one.amount, one.party, rate=rate_of(one.target.body))
    entry.add(control, -side.sign * unapplied, party.key if party else None)
    return with_home_amounts(company, found, "TotalAmt"), _closed(company, entry)


def _rounded(line: Body) -> Body:
    return {**line, "Amount": money.shown(number(line["Amount"]))} if "Amount" in line else line


def _amounts(body: Body, settled: list[Settlement]) -> tuple[Decimal, Decimal]:
    """Return what is paid and what of it, with the credits, is left unapplied."""
    paid = money.cents(number(body["TotalAmt"]))
    unapplied = paid - money.total(one.amount for one in settled)
    if unapplied < 0:
        raise faults.business(_TOO_MUCH)
    if paid < 0 or (not paid and not settled and not _voided(body)):
        raise faults.business(_NO_AMOUNT)
    return paid, unapplied


def _deposit(company: Company, body: Body) -> str:
    return accounts.money_account(company, body, "DepositToAccountRef", code_of(body))


def _as_answered(body: Body, deposit: str, unapplied: Decimal) -> Body:
    return {
        "ProcessPayment": False,
        "LinkedTxn": [],
        **body,
        "DepositToAccountRef": {"value": deposit},
        "UnappliedAmt": money.shown(unapplied),
    }


def _closed(company: Company, entry: Entry) -> tuple[Posting, ...]:
    """Close with the exchange account, opened only when rates really differed."""
    if entry.balanced:
        return entry.postings
    return entry.close(accounts.account_for(company, accounts.EXCHANGE))


def _source(company: Company, body: Body) -> str:
    holder, field = ("CheckPayment", "BankAccountRef")
    if body["PayType"] == "CreditCard":
        holder, field = ("CreditCardPayment", "CCAccountRef")
    detail = body.get(holder, {})
    if not ref_id(detail, field):
        raise faults.FaultError(faults.required(f"{holder}.{field}"))
    return accounts.money_account(company, detail, field, code_of(body))


def _voided(body: Body) -> bool:
    return str(body.get("PrivateNote", "")).startswith("Voided")


def _settlements(company: Company, body: Body, key: Key, side: str) -> list[Settlement]:
    element = f"{key.entity}.Line.LinkedTxn.TxnId"
    payer = Key(side, ref_id(body, f"{side}Ref"))
    wanted: dict[Key, Decimal] = {}
    for target, amount in applied(Record(key, body)):
        if amount <= 0:
            raise faults.not_linkable(element)
        wanted[target] = wanted.get(target, ZERO) + amount
    found = []
    for target, amount in wanted.items():
        record = company.store.get(*target)
        if record is None:
            raise faults.not_found()
        settlement = _settlement(company, record, payer, amount, key)
        if settlement is None or code_of(record.body) != code_of(body):
            raise faults.not_linkable(element)
        found.append(settlement)
    return found


def _settlement(company: Company, record: Record, payer: Key, amount: Decimal, key: Key) -> Settlement | None:
    """Return what a payment does to a transaction; None when they cannot be linked."""
    mine = [one for one in record.postings if _belongs(company, one.party, payer)]
    if record.key.entity in _SIDES or not mine:
        return None
    whole = money.total(one.amount for one in mine)
    others = company.store.settled_by(record.key)
    others.pop(key, None)
    if amount > abs(whole) - money.total(others.values()):
        return None
    charge = whole > 0 if payer.entity == "Customer" else whole < 0
    party = mine[0].party or payer
    return Settlement(record, party, amount if charge else -amount, mine[0].account)


def _belongs(company: Company, party: Key | None, payer: Key) -> bool:
    return party is not None and party.entity == payer.entity and _related(company, party, payer)


def _related(company: Company, one: Key, other: Key) -> bool:
    """Whether two parties are the same, or share the customer at the top of the tree."""
    return one == other or _top(company, one) == _top(company, other)


def _top(company: Company, party: Key) -> Key:
    record = company.store.get(*party)
    parent = ref_id(record.body, "ParentRef") if record else ""
    return _top(company, Key(party.entity, parent)) if parent else party


def remaining(company: Company, record: Record) -> Decimal:
    """Return what is still open of an invoice, credit memo or bill."""
    settled = money.total(company.store.settled_by(record.key).values())
    return max(number(record.body.get("TotalAmt")) - settled, ZERO)
