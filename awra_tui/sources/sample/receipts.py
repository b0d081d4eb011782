"""Payments of customers: the regular ones, the special ones, and those in trouble."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from awra_tui.records.money import rounded
from awra_tui.records.record import Application, SourceRecord
from awra_tui.sources.sample import trouble
from awra_tui.sources.sample.calendar import Calendar
from awra_tui.sources.sample.customers import MOMBASA, NAIROBI, Party, customer, party_of
from awra_tui.sources.sample.lines import USD_IN_KES

PAYMENTS = 450
MPESA, PAYSTACK, CARD, BANK, CASH = "M-Pesa", "Paystack", "Card", "Bank transfer", "Cash"
BANK_USD = "Bank transfer USD"
MOMBASA_MPESA, COMBINED, PARTIAL, OVERPAID, UNCONFIRMED = 22, 6, 12, 2, 2
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"

_METHODS = {
    NAIROBI: (MPESA,) * 7 + (PAYSTACK,) * 5 + (BANK,) * 4 + (CARD,) * 2 + (CASH,) * 2,
    MOMBASA: (PAYSTACK,) * 5 + (BANK,) * 4 + (CARD,) * 2 + (CASH,) * 2,
}
"""How customers of a branch pay, in proportion; Mombasa's M-Pesa is trouble of its own."""


@dataclass(slots=True)
class Till:
    """Takes payments: numbers them, and draws method, reference and day."""

    rng: Random
    calendar: Calendar
    taken: list[SourceRecord] = field(default_factory=list)

    def take(
        self,
        invoices: Sequence[SourceRecord],
        applied: Sequence[Decimal],
        *,
        amount: Decimal | None = None,
        method: str = "",
        state: str = "Confirmed",
    ) -> None:
        """Take one payment for invoices of one customer; what exceeds ``applied`` stays unapplied."""
        first = invoices[0]
        latest = max(one.date for one in invoices if one.date)
        self._add(
            party_of(first.party_id),
            day=self._day(latest, first.terms),
            amount=sum(applied, Decimal(0)) if amount is None else amount,
            method=method or self._method(first),
            state=state,
            applications=tuple(
                Application("invoice", one.source_id, part)
                for one, part in zip(invoices, applied, strict=True)
            ),
        )

    def on_account(self, party: Party, amount: Decimal) -> None:
        """Take a payment of a customer that is for no invoice yet."""
        day = self.calendar.before(4)
        self._add(party, day=day, amount=amount, method=BANK, state="Confirmed", applications=())

    def _add(
        self,
        party: Party,
        *,
        day: dt.date,
        amount: Decimal,
        method: str,
        state: str,
        applications: tuple[Application, ...],
    ) -> None:
        number = 3001 + len(self.taken)
        self.taken.append(
            SourceRecord(
                kind="payment",
                source_id=f"pay-{number}",
                number=f"PAY-{number}",
                party_id=party.code,
                party_name=party.name,
                date=day,
                amount=amount,
                currency=party.currency,
                exchange_rate=USD_IN_KES if party.currency != "KES" else None,
                state=state,
                approved=state == "Confirmed",
                branch=party.branch,
                reference=self._reference(method),
                method=method,
                applications=applications,
            )
        )

    def _day(self, invoiced: dt.date, terms: str) -> dt.date:
        return self.calendar.after(invoiced, 0 if terms == "On receipt" else self.rng.randint(1, 18))

    def _method(self, first: SourceRecord) -> str:
        return BANK_USD if first.currency == "USD" else self.rng.choice(_METHODS[first.branch])

    def _reference(self, method: str) -> str:
        drawn = "".join(self.rng.choices(_LETTERS, k=24))
        references = {
            MPESA: f"S{drawn[:9]}",
            # Some of Paystack's references are longer than the 21 characters that QuickBooks keeps.
            PAYSTACK: f"T{drawn[:14]}" if self.rng.random() < 0.8 else f"PSK-{drawn}",
            CARD: f"AUTH {drawn[:6]}",
            CASH: "",
        }
        return references.get(method, f"FT{drawn[:10]}")


def payments(seed: int, calendar: Calendar, regular: Sequence[SourceRecord]) -> list[SourceRecord]:
    """Return 450 payments; ``regular`` are the invoices without trouble, in order."""
    till = Till(Random(f"{seed}/payments"), calendar)
    waiting_for_trouble(till, calendar)
    pool = Pool(list(regular), till.rng)
    mpesa_in_mombasa(till, pool)
    combined(till, pool)
    partial(till, pool)
    overpaid(till, pool)
    unconfirmed(till, pool)
    on_account(till)
    while len(till.taken) < PAYMENTS:
        one = pool.any()
        till.take([one], [one.amount])
    return till.taken


@dataclass(slots=True)
class Pool:
    """The invoices that nobody has paid yet."""

    invoices: list[SourceRecord]
    rng: Random

    def any(self, branch: str = "", currency: str = "") -> SourceRecord:
        """Take one out: till sales first, since they are paid at once; of a branch, none of these."""
        fit = [one for one in self.invoices if branch in ("", one.branch) and currency in ("", one.currency)]
        at_once = [one for one in fit if one.tax_mode == "inclusive"]
        later = [one for one in fit if one.tax_mode == "exclusive"]
        chosen = self.rng.choice(later if branch else at_once or later)
        self.invoices.remove(chosen)
        return chosen

    def groups(self, size: int) -> Iterator[list[SourceRecord]]:
        """Take out invoices of one customer, ``size`` at a time."""
        by_party: defaultdict[str, list[SourceRecord]] = defaultdict(list)
        for one in self.invoices:
            by_party[one.party_id].append(one)
        for together in list(by_party.values()):
            if len(together) >= size and together[0].tax_mode == "exclusive":
                chosen = together[:size]
                for one in chosen:
                    self.invoices.remove(one)
                yield chosen


def waiting_for_trouble(till: Till, calendar: Calendar) -> None:
    """Take fifteen payments of invoices that cannot arrive: they wait for these."""
    waits = [
        *trouble.zero_rated_in_mombasa(calendar)[:9],
        *trouble.of_unconnected_customers(calendar)[:6:2],
        *trouble.made_by_hand_before(calendar),
        *trouble.closed_period(calendar)[:1],
        *trouble.number_too_long(calendar),
    ]
    for one in waits:
        till.take([one], [one.amount], method=BANK)


def mpesa_in_mombasa(till: Till, pool: Pool) -> None:
    """Take the payments whose method has no clearing account in Mombasa."""
    for _ in range(MOMBASA_MPESA):
        one = pool.any(branch=MOMBASA)
        till.take([one], [one.amount], method=MPESA)


def combined(till: Till, pool: Pool) -> None:
    """Take payments over two or three invoices each."""
    for size, count in ((3, COMBINED // 2), (2, COMBINED - COMBINED // 2)):
        groups = pool.groups(size)
        for _ in range(count):
            together = next(groups)
            till.take(together, [one.amount for one in together])


def partial(till: Till, pool: Pool) -> None:
    """Take payments of half an invoice."""
    for _ in range(PARTIAL):
        one = pool.any(currency="KES", branch=NAIROBI)
        till.take([one], [rounded(one.amount / 2)])


def overpaid(till: Till, pool: Pool) -> None:
    """Take payments of more than the invoice: 500 stay unapplied."""
    for _ in range(OVERPAID):
        one = pool.any(currency="KES", branch=NAIROBI)
        till.take([one], [one.amount], amount=one.amount + 500)


def unconfirmed(till: Till, pool: Pool) -> None:
    """Take payments that nobody confirmed; they wait and are no trouble."""
    for _ in range(UNCONFIRMED):
        one = pool.any(currency="KES", branch=NAIROBI)
        till.take([one], [one.amount], state="Pending")


def on_account(till: Till) -> None:
    """Take two payments that are for no invoice yet."""
    till.on_account(customer("Hotel Mara Crossing"), Decimal(25_000))
    till.on_account(customer("Kilindini Ship Supplies"), Decimal(40_000))
