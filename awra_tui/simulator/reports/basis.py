"""Bases of accounting: transactions on their own day, or on the days on which they are paid."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from awra_tui.simulator.company import Company
from awra_tui.simulator.money import ZERO, cents, total
from awra_tui.simulator.records import Posting, Record

# On a cash basis these count as they are settled.
_SETTLED = frozenset({"Invoice", "CreditMemo", "Bill", "VendorCredit"})


class Movement(NamedTuple):
    """One posting of a transaction, with the day on which it counts."""

    day: date
    record: Record
    posting: Posting


def day_of(record: Record) -> date:
    """Return a transaction's day; an item's value stands from the beginning of its stock."""
    return date.fromisoformat(str(record.body.get("TxnDate") or record.body["InvStartDate"])[:10])


def accrued(record: Record) -> Iterator[Movement]:
    """Yield a transaction's postings on its own day."""
    day = day_of(record)
    return (Movement(day, record, posting) for posting in record.postings)


def as_paid(company: Company, record: Record) -> Iterator[Movement]:
    """Yield a transaction's postings on the days of its payments, each in proportion to the payment.

    What is not settled does not count. Amounts are cut so that all payments together have every cent.
    """
    owed = abs(total(one.amount for one in record.postings if one.party))
    if record.key.entity not in _SETTLED or not owed:
        yield from accrued(record)
        return
    before = ZERO
    for day, payer in sorted((day_of(one), one.key) for one in _payers(company, record)):
        now = before + company.store.settled_by(record.key)[payer]
        parts = [_part(one, before / owed, now / owed) for one in record.postings if not one.party]
        yield from (Movement(day, record, one) for one in _balanced(record, parts))
        before = now


def _payers(company: Company, record: Record) -> Iterator[Record]:
    found = (company.store.get(*payer) for payer in company.store.settled_by(record.key))
    return (payer for payer in found if payer is not None)


def _part(posting: Posting, before: Decimal, now: Decimal) -> Posting:
    home, amount = (cents(whole * now) - cents(whole * before) for whole in (posting.home, posting.amount))
    return posting._replace(home=home, amount=amount)


def _balanced(record: Record, parts: list[Posting]) -> list[Posting]:
    """Give the customer or vendor what balances the other parts."""
    control = next(one for one in record.postings if one.party)
    home, amount = (-total(values) for values in zip(*((one.home, one.amount) for one in parts), strict=True))
    return [*parts, control._replace(home=home, amount=amount)]
