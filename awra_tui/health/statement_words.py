"""What differs between the two sides of a customer's account, and what could be done, in sentences."""

from collections.abc import Sequence
from decimal import Decimal

from awra_tui.health.statement import Gap, Paper, Short, Use
from awra_tui.health.withholding import Withholding
from awra_tui.health.wording import capital, day, money
from awra_tui.records.kinds import KINDS


def gap_sentence(gap: Gap) -> str:
    """Say why the balances differ by one gap."""
    return _GAPS[gap.why](gap)


def short_sentence(short: Short, withholding: Withholding) -> str:
    """Say that an invoice is short by the tax that is withheld, and what to wait for."""
    paper = short.invoice
    paid = f" after {_and([each.number or each.id for each in short.by])}" if short.by else ""
    withheld = f"the withheld {withholding.name} {_money(paper.open, paper)}"
    owed = "the customer owes the certificate, not the money"
    return f"{_named(paper)} is short by exactly {withheld}{paid}: {owed}."


def use_sentence(use: Use, withholding: Withholding | None) -> str:
    """Say what unapplied money could pay."""
    paper = use.money
    head = f"{_named(paper)} has {_money(paper.open, paper)} unapplied"
    if use.why == "exactly":
        return f"{head}: exactly what {_lower(use.pays[0][0])} is open with."
    if use.why == "withheld" and withholding is not None:
        return f"{head}: what {_lower(use.pays[0][0])} is open with, less the withheld {withholding.name}."
    pays = _and([f"{_lower(invoice)} ({_part(invoice, part)})" for invoice, part in use.pays[:_MANY]])
    more = f" and {len(use.pays) - _MANY} more" if len(use.pays) > _MANY else ""
    return f"{head} and could pay, oldest first: {pays}{more}."


def told_sentence(told: Decimal, computed: Decimal, currency: str) -> str:
    """Say that QuickBooks' own balance is not what its documents come to, or nothing."""
    if told == computed:
        return ""
    return (
        f"QuickBooks says a balance of {money(told, currency)}, its documents come to "
        f"{money(computed, currency)}: journal entries, an opening balance or other forms make the "
        f"difference of {money(told - computed, currency)}."
    )


def _missing_there(gap: Gap) -> str:
    paper = _one(gap.here)
    part = "" if paper.open == paper.amount else f", {_rest(paper)},"
    why = paper.waits.rstrip(".")
    return f"{_named(paper)} over {_money(paper.amount, paper)}{part} is not in QuickBooks: {why}."


def _missing_here(gap: Gap) -> str:
    paper = _one(gap.there)
    of = f" of {day(paper.date)}" if paper.date else ""
    return (
        f"{_named(paper)}{of} over {_money(paper.amount, paper)} is in QuickBooks only: "
        f"{_rest(paper)}, and no record of this customer is connected to it."
    )


def _amount(gap: Gap) -> str:
    here, there = _one(gap.here), _one(gap.there)
    return (
        f"{_named(here)} is {_money(here.amount, here)} in the source "
        f"and {_money(there.amount, there)} in QuickBooks."
    )


def _settled(gap: Gap) -> str:
    here, there = _one(gap.here), _one(gap.there)
    said = (
        f"{_named(here)} has {_money(here.open, here)} {_state(here)} in the source "
        f"and {_money(there.open, there)} in QuickBooks"
    )
    if not gap.by:
        return f"{said}: it was applied otherwise there."
    which = _and([each.number or each.id for each in gap.by])
    return f"{said}: {which}, applied to it here, {'is' if len(gap.by) == 1 else 'are'} not in QuickBooks."


_GAPS = {
    "missing there": _missing_there,
    "missing here": _missing_here,
    "amount": _amount,
    "settled": _settled,
}
_MANY = 3


def _one(paper: Paper | None) -> Paper:
    if paper is None:
        raise ValueError("this gap has no such side")
    return paper


def _named(paper: Paper) -> str:
    return capital(_lower(paper))


def _lower(paper: Paper) -> str:
    return f"{KINDS[paper.kind].label.lower()} {paper.number or paper.id}"


def _state(paper: Paper) -> str:
    return "open" if paper.kind == "invoice" else "unapplied"


def _rest(paper: Paper) -> str:
    if not paper.open:
        return "settled in full"
    return f"{_money(paper.open, paper)} of it {_state(paper)}"


def _money(amount: Decimal, paper: Paper) -> str:
    return money(amount, paper.currency)


def _part(invoice: Paper, part: Decimal) -> str:
    return f"{'all' if part == invoice.open else 'part'}, {_money(part, invoice)}"


def _and(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else ""
