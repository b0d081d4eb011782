"""Payments from customers and to vendors, and what they settle."""

from dataclasses import dataclass
from decimal import Decimal

from awra_tui.simulator import accounts, faults, money
from awra_tui.simulator.company import Company
from awra_tui.simulator.currency import Entry, code_of, rate_of, with_currency, with_home_amounts
from awra_tui.simulator.money import ZERO
from awra_tui.simulator.records import Body, Key, Posting, Record, applied, number, ref_id

_LINK = "Payment.Line.LinkedTxn.TxnId"
_BILL_LINK = "BillPayment.Line.LinkedTxn.TxnId"
_TOO_MUCH = "The amount applied is more than the amount of the payment and its credits."
_NO_AMOUNT = "You must set a transaction amount."


@dataclass(frozen=True, slots=True)
class Settlement:
    """A transaction that a payment settles: positive amounts reduce a charge, negative a credit."""

    target: Record
    party: Key
    amount: Decimal


def completed(company: Company, entity: str, body: Body, key: Key) -> tuple[Body, tuple[Posting, ...]]:
    """Return a payment with all that QuickBooks adds, and its postings.

    Raises a Fault where a transaction does not exist (610), belongs to somebody else or has less
    open than is to be settled (620), or where more is applied than is paid (6000).
    """
    lines = [_rounded(line) for line in body.get("Line", [])]
    return (_received if entity == "Payment" else _sent)(company, {**body, "Line": lines}, key)


def _rounded(line: Body) -> Body:
    return {**line, "Amount": money.shown(number(line["Amount"]))} if "Amount" in line else line


def _received(company: Company, body: Body, key: Key) -> tuple[Body, tuple[Posting, ...]]:
    customer = company.store.get("Customer", ref_id(body, "CustomerRef"))
    found = with_currency(company, body, customer)
    settled = _settlements(company, found, key, "Customer", _LINK)
    paid = money.cents(number(found["TotalAmt"]))
    unapplied = paid - money.total(one.amount for one in settled)
    if unapplied < 0:
        raise faults.business(_TOO_MUCH)
    if paid < 0 or (not paid and not settled and not _voided(found)):
        raise faults.business(_NO_AMOUNT)
    deposit = accounts.money_account(company, found, "DepositToAccountRef", code_of(found))
    found = {
        "ProcessPayment": False,
        "LinkedTxn": [],
        **found,
        "DepositToAccountRef": {"value": deposit},
        "TotalAmt": money.shown(paid),
        "UnappliedAmt": money.shown(unapplied),
    }
    found = with_home_amounts(company, found, "TotalAmt")
    entry = Entry(found)
    entry.add(deposit, paid)
    receivable = accounts.account_for(company, accounts.RECEIVABLE, code_of(found))
    for one in settled:
        entry.add(receivable, -one.amount, one.party, rate=rate_of(one.target.body))
    entry.add(receivable, -unapplied, Key("Customer", ref_id(found, "CustomerRef")))
    return found, _closed(company, entry)


def _sent(company: Company, body: Body, key: Key) -> tuple[Body, tuple[Posting, ...]]:
    vendor = company.store.get("Vendor", ref_id(body, "VendorRef"))
    found = with_currency(company, body, vendor)
    settled = _settlements(company, found, key, "Vendor", _BILL_LINK)
    paid = money.cents(number(found["TotalAmt"]))
    unapplied = paid - money.total(one.amount for one in settled)
    if unapplied < 0:
        raise faults.business(_TOO_MUCH)
    source = _source(company, found)
    payable = accounts.account_for(company, accounts.PAYABLE, code_of(found))
    found = {
        **found,
        "APAccountRef": accounts.account_ref(company, payable),
        "TotalAmt": money.shown(paid),
    }
    found = with_home_amounts(company, found, "TotalAmt")
    entry = Entry(found)
    entry.add(source, -paid)
    for one in settled:
        entry.add(payable, one.amount, one.party, rate=rate_of(one.target.body))
    entry.add(payable, unapplied, Key("Vendor", ref_id(found, "VendorRef")))
    return found, _closed(company, entry)


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


def _settlements(company: Company, body: Body, key: Key, side: str, element: str) -> list[Settlement]:
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
        party = _party(record, side)
        if party is None or not _related(company, party, Key(side, _payer(body, side))):
            raise faults.not_linkable(element)
        if code_of(record.body) != code_of(body):
            raise faults.not_linkable(element)
        found.append(_settlement(company, record, party, amount, key=key, element=element))
    return found


def _settlement(
    company: Company, record: Record, party: Key, amount: Decimal, *, key: Key, element: str
) -> Settlement:
    whole = money.total(one.amount for one in record.postings if one.party == party)
    others = company.store.settled_by(record.key)
    others.pop(key, None)
    if amount > abs(whole) - money.total(others.values()):
        raise faults.not_linkable(element)
    charge = whole > 0 if party.entity == "Customer" else whole < 0
    return Settlement(record, party, amount if charge else -amount)


def _payer(body: Body, side: str) -> str:
    return ref_id(body, f"{side}Ref")


def _party(record: Record, side: str) -> Key | None:
    if record.key.entity in {"Payment", "BillPayment"}:
        return None
    found = [one.party for one in record.postings if one.party and one.party.entity == side]
    return found[0] if found else None


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
