"""Currency and exchange rate of a transaction, and its amounts in home currency."""

from decimal import Decimal

from awra_tui.simulator import faults, money
from awra_tui.simulator.company import Company
from awra_tui.simulator.records import Body, Key, Posting, Record, number, ref_id


def with_currency(company: Company, body: Body, party: Record | None) -> Body:
    """Return the body with CurrencyRef and, where more than one is in use, ExchangeRate.

    Raises a Fault when the currency is missing (2020) or is not the customer's or vendor's (6000).
    """
    code = ref_id(body, "CurrencyRef")
    if not company.multi_currency:
        if code and code != company.home_currency:
            raise faults.business("Multicurrency is not turned on for this company.")
        return {**body, "CurrencyRef": company.currency_ref(company.home_currency)}
    if not code:
        raise faults.FaultError(faults.required("CurrencyRef"))
    if party is not None and ref_id(party.body, "CurrencyRef") != code:
        raise faults.business(
            "The currency of the transaction is not the currency of the customer or vendor."
        )
    rate = number(body.get("ExchangeRate")) or company.rate(code)
    if code == company.home_currency:
        rate = Decimal(1)
    return {**body, "CurrencyRef": company.currency_ref(code), "ExchangeRate": money.plain(rate)}


def code_of(body: Body) -> str:
    """Return the currency code of a completed transaction."""
    return ref_id(body, "CurrencyRef")


def rate_of(body: Body) -> Decimal:
    """Return the exchange rate of a completed transaction: home currency per unit."""
    return number(body.get("ExchangeRate")) or Decimal(1)


class Entry:
    """Collects the postings of one transaction; what is left over goes to the closing account."""

    def __init__(self, body: Body) -> None:
        self._currency = code_of(body)
        self._rate = rate_of(body)
        self._postings: list[Posting] = []

    @property
    def postings(self) -> tuple[Posting, ...]:
        """What was added up to now."""
        return tuple(self._postings)

    @property
    def balanced(self) -> bool:
        """Whether debits equal credits, in both currencies."""
        home = money.total(one.home for one in self._postings)
        return not home and not money.total(one.amount for one in self._postings)

    def add(
        self,
        account: str,
        amount: Decimal,
        party: Key | None = None,
        *,
        rate: Decimal | None = None,
        class_id: str = "",
    ) -> None:
        """Post an amount (debit positive) at the transaction's rate or at another one."""
        home = money.cents(amount * (rate or self._rate))
        if amount or home:
            self._postings.append(Posting(account, home, amount, self._currency, party, class_id))

    def close(self, account: str, party: Key | None = None) -> tuple[Posting, ...]:
        """Return all postings with the balancing one: all that is left, in both currencies."""
        home = -money.total(one.home for one in self._postings)
        amount = -money.total(one.amount for one in self._postings)
        if amount or home:
            self._postings.append(Posting(account, home, amount, self._currency, party))
        return tuple(self._postings)


def with_home_amounts(company: Company, body: Body, *names: str) -> Body:
    """Add HomeTotalAmt and HomeBalance where more than one currency is in use."""
    if not company.multi_currency:
        return body
    rate = rate_of(body)
    home = {f"Home{name}": money.shown(number(body[name]) * rate) for name in names if name in body}
    return {**body, **home}
