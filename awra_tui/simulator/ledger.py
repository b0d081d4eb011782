"""Running totals of all postings per account, customer and vendor, and of what moves an item's quantity."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from awra_tui.simulator.money import ZERO
from awra_tui.simulator.records import Key, Posting


class Ledger:
    """Totals that follow postings as they are added and taken away; debits are positive."""

    def __init__(self) -> None:
        self._home: dict[str, Decimal] = defaultdict(lambda: ZERO)
        self._foreign: dict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
        self._party: dict[Key, Decimal] = defaultdict(lambda: ZERO)
        self._stock: dict[str, Decimal] = defaultdict(lambda: ZERO)

    def add(self, postings: Iterable[Posting]) -> None:
        """Book postings."""
        for one in postings:
            self._move(one, one.home, one.amount)

    def remove(self, postings: Iterable[Posting]) -> None:
        """Take postings out again."""
        for one in postings:
            self._move(one, -one.home, -one.amount)

    def _move(self, one: Posting, home: Decimal, amount: Decimal) -> None:
        self._home[one.account] += home
        self._foreign[one.account, one.currency] += amount
        if one.party is not None:
            self._party[one.party] += amount

    def move_stock(self, item: str, quantity: Decimal) -> None:
        """Add to an item's quantity."""
        self._stock[item] += quantity

    def stock(self, item: str) -> Decimal:
        """Return by how much transactions changed an item's quantity."""
        return self._stock.get(item, ZERO)

    def account(self, account: str) -> Decimal:
        """Return an account's total in home currency."""
        return self._home.get(account, ZERO)

    def account_in(self, account: str, currency: str) -> Decimal:
        """Return an account's total of the postings made in one currency."""
        return self._foreign.get((account, currency), ZERO)

    def party(self, party: Key) -> Decimal:
        """Return what a customer owes, or (negative) what is owed to a vendor."""
        return self._party.get(party, ZERO)

    def trial_balance(self) -> dict[str, Decimal]:
        """Return the accounts whose total is not zero, in home currency."""
        return {account: value for account, value in self._home.items() if value}
