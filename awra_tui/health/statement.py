"""The account of one customer on both sides: what is open, what differs, and what money could pay."""

import datetime as dt
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from awra_tui.health.withholding import Withholding

SIGNS = {"invoice": 1, "payment": -1, "credit_note": -1}
"""How the open part of a kind moves the balance: invoices raise it, money and credits lower it."""

MONEY = ("payment", "credit_note")
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One document of a customer on one side.

    ``open`` is what of an invoice is unpaid, of a payment or credit unapplied. ``twin`` is the id of
    what stands for it on the other side, empty where nothing does. ``waits`` says why it is not there.
    """

    kind: str
    id: str
    number: str = ""
    date: dt.date | None = None
    amount: Decimal = ZERO
    open: Decimal = ZERO
    tax: Decimal | None = None
    currency: str = ""
    reference: str = ""
    twin: str = ""
    waits: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Return what names the paper on its side."""
        return self.kind, self.id


@dataclass(frozen=True, slots=True)
class Applied:
    """An amount of money or credit set against an invoice."""

    money: tuple[str, str]
    invoice: tuple[str, str]
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Gap:
    """One reason why the sides differ: by how much ours is higher for it, and the papers of either side.

    ``why`` is ``missing there``, ``missing here``, ``amount`` or ``settled``; ``by`` is the money that
    is applied here and not in QuickBooks.
    """

    why: str
    amount: Decimal
    currency: str
    here: Paper | None = None
    there: Paper | None = None
    by: tuple[Paper, ...] = ()


@dataclass(frozen=True, slots=True)
class Short:
    """An invoice that is open by exactly the tax that its customer withheld, and what paid the rest."""

    invoice: Paper
    by: tuple[Paper, ...] = ()


@dataclass(frozen=True, slots=True)
class Use:
    """Unapplied money and the open invoices that it could pay: a suggestion, nobody applies money by it.

    ``why`` is ``exactly``, ``withheld`` or ``oldest``.
    """

    money: Paper
    pays: tuple[tuple[Paper, Decimal], ...]
    why: str


Paying = dict[tuple[str, str], tuple[Paper, ...]]
"""Money by the invoice that it is applied to."""


def settled(papers: Sequence[Paper], applied: Iterable[Applied]) -> list[Paper]:
    """Return papers with what is open of them: their amounts less what is applied to or by them.

    A refund is paid out at once, so nothing of it is ever open.
    """
    used: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for each in applied:
        used[each.money] += each.amount
        used[each.invoice] += each.amount
    return [
        replace(paper, open=paper.amount - used[paper.key] if paper.kind in SIGNS else ZERO)
        for paper in papers
    ]


def balances(papers: Iterable[Paper]) -> dict[str, Decimal]:
    """Return what the customer owes, by currency: never added across them."""
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for paper in papers:
        sums[paper.currency] += SIGNS.get(paper.kind, 0) * paper.open
    return dict(sums)


def gaps(here: Sequence[Paper], there: Sequence[Paper], applied: Iterable[Applied] = ()) -> list[Gap]:
    """Return every reason why the sides differ; by currency they come to exactly the difference.

    What is missing or has another amount is among them even where nothing of it is open.
    """
    others = {(*paper.key, paper.currency): paper for paper in there}
    paying = _paying(here, applied)
    found = [
        _gap(paper, others.pop((paper.kind, paper.twin, paper.currency), None), paying) for paper in here
    ]
    found += [Gap("missing here", -_weight(paper), paper.currency, there=paper) for paper in others.values()]
    return [gap for gap in found if gap.amount or (gap.why != "settled" and _is_something(gap))]


def _is_something(gap: Gap) -> bool:
    return any(paper.amount for paper in (gap.here, gap.there) if paper)


def _weight(paper: Paper) -> Decimal:
    return SIGNS.get(paper.kind, 0) * paper.open


def _gap(paper: Paper, other: Paper | None, paying: Paying) -> Gap:
    if other is None:
        return Gap("missing there", _weight(paper), paper.currency, here=paper)
    amount = _weight(paper) - _weight(other)
    if paper.amount != other.amount:
        return Gap("amount", amount, paper.currency, here=paper, there=other)
    missing = tuple(each for each in paying.get(paper.key, ()) if not each.twin)
    return Gap("settled", amount, paper.currency, here=paper, there=other, by=missing)


def _paying(papers: Iterable[Paper], applied: Iterable[Applied]) -> Paying:
    """Return by invoice the money of these papers that is applied to it."""
    money = {paper.key: paper for paper in papers if paper.kind in MONEY}
    found: defaultdict[tuple[str, str], dict[tuple[str, str], Paper]] = defaultdict(dict)
    for each in applied:
        if each.money in money:
            found[each.invoice][each.money] = money[each.money]
    return {invoice: tuple(several.values()) for invoice, several in found.items()}


def short_by_tax(
    papers: Sequence[Paper], applied: Iterable[Applied], withholding: Withholding | None
) -> list[Short]:
    """Return the invoices that are open by exactly the tax that is withheld, to the minor unit."""
    if withholding is None:
        return []
    paying = _paying(papers, applied)
    return [
        Short(paper, paying.get(paper.key, ()))
        for paper in papers
        if paper.kind == "invoice" and 0 < paper.open < paper.amount
        if paper.open == _withheld(paper, withholding)
    ]


def _withheld(paper: Paper, withholding: Withholding | None) -> Decimal:
    return withholding.withheld(paper.amount, paper.tax, paper.currency) if withholding else ZERO


def uses(papers: Sequence[Paper], withholding: Withholding | None = None) -> list[Use]:
    """Return for unapplied money the open invoices of its currency that it could pay.

    First an invoice that is open with exactly that, then one that is so less the withheld tax, then the
    oldest ones. No invoice is paid twice, no money spent twice, and what is left is not forced on any.
    """
    invoices = sorted((paper for paper in papers if paper.kind == "invoice" and paper.open > 0), key=_age)
    waiting = sorted((paper for paper in papers if paper.kind in MONEY and paper.open > 0), key=_age)
    found: dict[tuple[str, str], Use] = {}
    found |= _fitting("exactly", waiting, [(paper, paper.open) for paper in invoices])
    taken = {invoice.key for use in found.values() for invoice, _ in use.pays}
    waiting_still = [money for money in waiting if money.key not in found]
    less = [(paper, _withheld(paper, withholding)) for paper in invoices if paper.key not in taken]
    found |= _fitting("withheld", waiting_still, [(paper, paper.open - tax) for paper, tax in less if tax])
    taken |= {invoice.key for use in found.values() for invoice, _ in use.pays}
    rest = [money for money in waiting if money.key not in found]
    found |= _oldest(rest, [paper for paper in invoices if paper.key not in taken])
    return [found[money.key] for money in waiting if money.key in found]


def _fitting(
    why: str, waiting: Sequence[Paper], wanted: Sequence[tuple[Paper, Decimal]]
) -> dict[tuple[str, str], Use]:
    """Return the use of money that is exactly what an invoice wants, the oldest invoice first."""
    by_sum: defaultdict[tuple[str, Decimal], deque[Paper]] = defaultdict(deque)
    for invoice, amount in wanted:
        by_sum[invoice.currency, amount].append(invoice)
    found = {}
    for money in waiting:
        fit = by_sum.get((money.currency, money.open))
        if fit:
            found[money.key] = Use(money, ((fit.popleft(), money.open),), why)
    return found


def _oldest(waiting: Sequence[Paper], invoices: Sequence[Paper]) -> dict[tuple[str, str], Use]:
    """Return the use of money for the oldest invoices, until it or they are used up."""
    left: defaultdict[str, deque[tuple[Paper, Decimal]]] = defaultdict(deque)
    for invoice in invoices:
        left[invoice.currency].append((invoice, invoice.open))
    found = {}
    for money in waiting:
        pays, rest = [], money.open
        while rest and left[money.currency]:
            invoice, amount = left[money.currency].popleft()
            part = min(rest, amount)
            pays.append((invoice, part))
            rest -= part
            if part < amount:
                left[money.currency].appendleft((invoice, amount - part))
        if pays:
            found[money.key] = Use(money, tuple(pays), "oldest")
    return found


def _age(paper: Paper) -> tuple[dt.date, str]:
    return paper.date or dt.date.max, paper.number
