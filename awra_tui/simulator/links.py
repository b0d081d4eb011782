"""Both sides of a link between transactions: balances, LinkedTxn, and what a removal frees."""

from decimal import Decimal

from awra_tui.simulator import clock, money, orders, payments
from awra_tui.simulator.company import Company
from awra_tui.simulator.currency import with_home_amounts
from awra_tui.simulator.money import ZERO
from awra_tui.simulator.records import Body, Key, Record, applied, number

_BALANCED = frozenset({"Invoice", "CreditMemo", "Bill", "VendorCredit"})


def refresh(company: Company, key: Key) -> None:
    """Write balance and links of a transaction anew, after a payment of it changed."""
    record = company.store.get(*key)
    if record is None:
        return
    if key.entity in orders.BY_ORIGIN:
        body = orders.with_outcomes(company, record)
    elif key.entity in _BALANCED:
        body = with_links(company, record)
    else:
        return
    if body != record.body:
        company.store.put(Record(key, touched(company, body), record.postings))


def with_links(company: Company, record: Record) -> Body:
    """Return the body of an invoice, credit memo or bill with its present balance and links."""
    payers = company.store.settled_by(record.key)
    own = [link for link in record.body.get("LinkedTxn", []) if not _is_payment(link)]
    found = {
        **record.body,
        "Balance": money.shown(payments.remaining(company, record)),
        "LinkedTxn": own + [_link(company, payer) for payer in payers],
    }
    if record.key.entity == "CreditMemo":
        found["RemainingCredit"] = found["Balance"]
    return with_home_amounts(company, found, "TotalAmt", "Balance")


def _is_payment(link: Body) -> bool:
    return str(link.get("TxnType", "")).startswith(("Payment", "BillPayment"))


def _link(company: Company, payer: Key) -> Body:
    kind = payer.entity
    if kind == "BillPayment":
        record = company.store.get(*payer)
        pay_type = record.body.get("PayType", "Check") if record else "Check"
        kind = f"BillPayment{pay_type}"
    return {"TxnId": payer.id, "TxnType": kind}


def touched(company: Company, body: Body) -> Body:
    """Return a body whose time of last change is now; QuickBooks does not raise its SyncToken."""
    meta = {**body.get("MetaData", {}), "LastUpdatedTime": clock.stamp(company.now())}
    return {**body, "MetaData": meta}


def touch(company: Company, key: Key) -> None:
    """Note that a customer or vendor changed: its balance did."""
    record = company.store.get(*key)
    if record is not None:
        company.store.put(Record(key, touched(company, record.body), record.postings))


def touch_stock(company: Company, item: str) -> None:
    """Note that an item changed, where it is one that has a quantity."""
    record = company.store.get("Item", item)
    if record is not None and record.body.get("Type") == "Inventory":
        touch(company, record.key)


def fit(company: Company, key: Key, whole: Decimal) -> None:
    """Free what payments settle of a transaction beyond its total, the latest payment first.

    What is freed becomes unapplied; a payment of nothing that only joined a credit to an invoice
    is shortened on both sides, and goes when nothing is left of it.
    """
    payers = company.store.settled_by(key)
    excess = money.total(payers.values()) - whole
    for payer, amount in reversed(payers.items()):
        if excess <= ZERO:
            return
        freed = min(amount, excess)
        _shorten(company, payer, key, freed)
        excess -= freed


def _shorten(company: Company, payer: Key, key: Key, freed: Decimal) -> None:
    record = company.store.get(*payer)
    if record is None:
        return
    lines = _less(record.body["Line"], {key}, freed)
    if not number(record.body["TotalAmt"]):
        others = {target for target, _ in applied(record)} - {key}
        lines = _less(lines, others, freed)
    targets = {target for target, _ in applied(record)}
    if not lines and not number(record.body["TotalAmt"]):
        _remove(company, record)
    else:
        body = touched(company, {**record.body, "Line": lines})
        company.store.put(Record(payer, body))
        body, postings = payments.completed(company, payer.entity, body, payer)
        company.store.put(Record(payer, body, postings))
    for target in targets - {key}:
        refresh(company, target)


def _less(lines: list[Body], targets: set[Key], freed: Decimal) -> list[Body]:
    """Take an amount off the lines that settle certain transactions."""
    found = []
    for line in lines:
        holder = Record(Key("Payment", ""), {"Line": [line]})
        mine = any(target in targets for target, _ in applied(holder))
        cut = min(freed, number(line.get("Amount"))) if mine else ZERO
        freed -= cut
        rest = number(line.get("Amount")) - cut
        if rest > ZERO:
            found.append({**line, "Amount": money.shown(rest)})
    return found


def _remove(company: Company, record: Record) -> None:
    company.store.put(tombstone(company, record))


def tombstone(company: Company, record: Record) -> Record:
    """Return what is left of a deleted object: that it was there, and when it went."""
    body = touched(company, {"Id": record.key.id, "MetaData": record.body.get("MetaData", {})})
    return Record(record.key, body, deleted=True)
