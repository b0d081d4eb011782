"""Journals of the sample: what the accountants of AWRA accrue each month."""

from decimal import Decimal
from random import Random

from awra_tui.records.record import Line, SourceRecord
from awra_tui.sources.sample.calendar import Calendar
from awra_tui.sources.sample.customers import customer

_TEMPLATES: tuple[tuple[str, str, str], ...] = (
    ("Depreciation of vans", "Depreciation", "Accumulated depreciation"),
    ("Salaries accrued", "Salaries", "Salaries payable"),
    ("Gateway fees", "Gateway fees", "Paystack clearing"),
    ("Prepaid insurance used", "Insurance", "Prepaid expenses"),
)
JOURNALS = 12
_BAD_DEBT = 11


def journals(seed: int, calendar: Calendar) -> list[SourceRecord]:
    """Return twelve journals; the last one takes a bad debt off a customer's account."""
    rng = Random(f"{seed}/journals")
    made = [
        _journal(place, calendar, _TEMPLATES[place % len(_TEMPLATES)], Decimal(rng.randint(80, 1800) * 50))
        for place in range(_BAD_DEBT)
    ]
    return [*made, bad_debt(calendar)]


def bad_debt(calendar: Calendar) -> SourceRecord:
    """Return the journal with a line on accounts receivable, which needs a customer."""
    party = customer("Njema Foods")
    return _record(
        _BAD_DEBT,
        calendar,
        "Bad debt of Njema Foods",
        (
            Line(amount=Decimal(1850), account="Bad debts", side="debit"),
            Line(
                amount=Decimal(1850),
                account="Accounts receivable",
                side="credit",
                party_kind="customer",
                party_id=party.code,
            ),
        ),
    )


def _journal(place: int, calendar: Calendar, template: tuple[str, str, str], amount: Decimal) -> SourceRecord:
    memo, debit, credit = template
    lines = (
        Line(amount=amount, account=debit, side="debit", description=memo),
        Line(amount=amount, account=credit, side="credit", description=memo),
    )
    return _record(place, calendar, memo, lines)


def _record(place: int, calendar: Calendar, memo: str, lines: tuple[Line, ...]) -> SourceRecord:
    return SourceRecord(
        kind="journal",
        source_id=f"jnl-{901 + place}",
        number=f"JNL-{901 + place}",
        date=calendar.spread(place, JOURNALS),
        amount=lines[0].amount,
        currency="KES",
        state="Approved",
        branch="Nairobi",
        memo=memo,
        lines=lines,
    )
