"""The account of one customer on both sides: what is open, what differs, and what money could pay."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
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
    """One reason why the balances differ: by how much ours is higher, and the papers of either side.

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


def settled(papers: Sequence[Paper], applied: Iterable[Applied]) -> list[Paper]:
    """Return papers with what is open of them: their amounts less what is applied to or by them."""
    used: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for each in applied:
        used[each.money] += each.amount
        used[each.invoice] += each.amount
    return [replace(paper, open=paper.amount - used[paper.key]) for paper in papers]


def balances(papers: Iterable[Paper]) -> dict[str, Decimal]:
    """Return what the customer owes, by currency: never added across them."""
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for paper in papers:
        sums[paper.currency] += SIGNS.get(paper.kind, 0) * paper.open
    return dict(sums)


def gaps(here: Sequence[Paper], there: Sequence[Paper], applied: Sequence[Applied] = ()) -> list[Gap]:
    """Return every reason why the balances differ; by currency they come to exactly the difference."""
    others = {(*paper.key, paper.currency): paper for paper in there}
    found = [
        _gap(paper, others.pop((paper.kind, paper.twin, paper.currency), None), here, applied)
        for paper in here
    ]
    found += [Gap("missing here", -_weight(paper), paper.currency, there=paper) for paper in others.values()]
    return [gap for gap in found if gap.amount]


def _weight(paper: Paper) -> Decimal:
    return SIGNS.get(paper.kind, 0) * paper.open


def _gap(paper: Paper, other: Paper | None, here: Sequence[Paper], applied: Sequence[Applied]) -> Gap:
    if other is None:
        return Gap("missing there", _weight(paper), paper.currency, here=paper)
    amount = _weight(paper) - _weight(other)
    if paper.amount - other.amount == paper.open - other.open:
        return Gap("amount", amount, paper.currency, here=paper, there=other)
    by = tuple(_money_of(paper, here, applied))
    missing = tuple(each for each in by if not each.twin)
    return Gap("settled", amount, paper.currency, here=paper, there=other, by=missing)


def _money_of(invoice: Paper, papers: Sequence[Paper], applied: Sequence[Applied]) -> Iterator[Paper]:
    paying = {each.money for each in applied if each.invoice == invoice.key}
    return (paper for paper in papers if paper.key in paying)


def short_by_tax(
    papers: Sequence[Paper], applied: Sequence[Applied], withholding: Withholding | None
) -> list[Short]:
    """Return the invoices that are open by exactly the tax that is withheld, to the minor unit."""
    if withholding is None:
        return []
    return [
        Short(paper, tuple(_money_of(paper, papers, applied)))
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
    left = {paper.key: paper.open for paper in papers if paper.kind == "invoice" and paper.open > 0}
    open_invoices = sorted((paper for paper in papers if paper.key in left), key=_age)
    waiting = sorted((paper for paper in papers if paper.kind in MONEY and paper.open > 0), key=_age)
    found: dict[tuple[str, str], Use] = {}
    for why in ("exactly", "withheld"):
        for money in (each for each in waiting if each.key not in found):
            match = _matching(money, open_invoices, left, why, withholding)
            if match is not None:
                left[match.key] -= money.open
                found[money.key] = Use(money, ((match, money.open),), why)
                if why == "withheld":
                    left[match.key] = ZERO
    for money in (each for each in waiting if each.key not in found):
        pays = tuple(_oldest(money, open_invoices, left))
        if pays:
            found[money.key] = Use(money, pays, "oldest")
    return [found[money.key] for money in waiting if money.key in found]


def _matching(
    money: Paper,
    invoices: Sequence[Paper],
    left: dict[tuple[str, str], Decimal],
    why: str,
    withholding: Withholding | None,
) -> Paper | None:
    for invoice in invoices:
        less = _withheld(invoice, withholding) if why == "withheld" else ZERO
        wanted = left[invoice.key] - less
        fits = wanted == money.open and invoice.currency == money.currency
        if fits and (less or why == "exactly"):
            return invoice
    return None


def _oldest(
    money: Paper, invoices: Sequence[Paper], left: dict[tuple[str, str], Decimal]
) -> Iterator[tuple[Paper, Decimal]]:
    rest = money.open
    for invoice in invoices:
        part = min(rest, left[invoice.key])
        if part > 0 and invoice.currency == money.currency:
            left[invoice.key] -= part
            rest -= part
            yield invoice, part


def _age(paper: Paper) -> tuple[dt.date, str]:
    return paper.date or dt.date.max, paper.number
