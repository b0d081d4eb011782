"""Whether a record is complete and lawful for QuickBooks, as far as it can be told beforehand."""

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal

from awra_tui.health import wording
from awra_tui.health.naming import FORBIDDEN, NAME_LIMITS, called
from awra_tui.health.needs import APPLIES_TO, LINE_PARTIES
from awra_tui.health.precision import precision
from awra_tui.health.totals import adds_up, computed_total
from awra_tui.health.view import View
from awra_tui.records.finding import Finding
from awra_tui.records.kinds import KINDS
from awra_tui.records.qbo import Company
from awra_tui.records.record import SourceRecord

NUMBER_LIMIT = 21
"""Characters of a DocNumber and of a PaymentRefNum (Intuit: field lengths)."""

_NUMBERED = ("invoice", "credit_note", "refund", "bill", "bill_payment", "purchase_order", "journal")
_NUMBERED_BY_SALES = ("invoice", "credit_note", "refund")
_WITH_LINES = ("invoice", "credit_note", "refund", "bill", "purchase_order", "journal")
_TOTALLED = ("invoice", "credit_note", "refund", "bill", "purchase_order")
_INSTEAD = {
    "invoice": "a credit note in the source",
    "credit_note": "an invoice in the source",
    "payment": "a refund in the source",
    "refund": "a payment in the source",
    "bill": "a vendor credit by hand in QuickBooks, and dismiss this with the reason",
}
"""What a total with a minus should be, by kind; records of the source are no vendor credits."""
_PAYING = ("payment", "bill_payment", "credit_note")


def readiness(record: SourceRecord, view: View) -> tuple[Finding, ...]:
    """Return what is missing or wrong in the record itself."""
    checks = _NAME_CHECKS if KINDS[record.kind].is_name else _TRANSACTION_CHECKS
    return tuple(finding for check in checks for finding in check(record, view))


def applied(record: SourceRecord) -> Decimal:
    """Return how much of a payment or credit note is set against other records."""
    return sum((each.amount for each in record.applications), Decimal(0))


def _found(reason: str, **values: str) -> Finding:
    return Finding(reason=reason, values=values)


def _name(record: SourceRecord, view: View) -> Iterator[Finding]:
    name, limit = called(record, view), NAME_LIMITS[record.kind]
    if not name:
        yield _found("missing_name")
    if len(name) > limit:
        yield _found("name_too_long", length=str(len(name)), limit=str(limit))
    signs = dict.fromkeys(word for sign, word in FORBIDDEN.items() if sign in name)
    for word in signs:
        yield _found("forbidden_sign", sign=word)


def _complete(record: SourceRecord, view: View) -> Iterator[Finding]:
    party = KINDS[record.kind].party
    if record.date is None:
        yield _found("missing_date")
    if party and not record.party_id:
        yield _found("missing_party", party_label=party)
    if record.kind in _WITH_LINES and not record.lines:
        yield _found("missing_lines")
    if view.company.multi_currency and not record.currency:
        yield _found("missing_currency")


def _amounts(record: SourceRecord, _view: View) -> Iterator[Finding]:
    if record.kind == "journal":
        return
    shown = wording.money(record.amount, record.currency)
    if record.amount < 0:
        yield _found(
            "negative_total", amount=shown, instead=_INSTEAD.get(record.kind, "positive in the source")
        )
    elif record.amount == 0 and record.kind not in _TOTALLED:
        yield _found("missing_amount")
    if record.kind in _TOTALLED and record.lines and not adds_up(record):
        computed = wording.money(computed_total(record), record.currency)
        yield _found("sums_do_not_match", computed=computed, amount=shown)
    if record.kind in _PAYING and applied(record) > record.amount:
        yield _found(
            "applied_too_much", applied=wording.money(applied(record), record.currency), amount=shown
        )


def closed_period(date: dt.date | None, company: Company) -> Finding | None:
    """Return the finding for a date that lies in the closed period, the closing date included."""
    closing = company.closing_date
    if closing is None or date is None or date > closing:
        return None
    return _found(
        "closed_period",
        date=wording.day(date),
        closing=wording.day(closing),
        closing_iso=closing.isoformat(),
    )


def _period(record: SourceRecord, view: View) -> Iterator[Finding]:
    found = closed_period(record.date, view.company) if KINDS[record.kind].posts else None
    if found is not None:
        yield found


def _number(record: SourceRecord, view: View) -> Iterator[Finding]:
    if record.kind not in _NUMBERED or not record.number:
        return
    if len(record.number) > NUMBER_LIMIT:
        length = str(len(record.number))
        yield _found("number_too_long", number=record.number, length=length, limit=str(NUMBER_LIMIT))
    if record.kind in _NUMBERED_BY_SALES and not view.company.custom_numbers:
        yield _found("numbers_are_automatic", number=record.number)


def _currency(record: SourceRecord, view: View) -> Iterator[Finding]:
    home = view.company.home_currency
    if record.currency and home and record.currency != home and not view.company.multi_currency:
        yield _found("currency_not_in_use", currency=record.currency, home=home)


def _tax_mode(record: SourceRecord, view: View) -> Iterator[Finding]:
    """Where QuickBooks adds the tax to prices of sales (US), those that include it would be taxed twice."""
    adds = view.company.us_tax and KINDS[record.kind].side == "sale"
    taxed = bool(record.tax) or any(line.tax_rate for line in record.lines)
    if record.tax_mode == "inclusive" and adds and taxed:
        yield _found("prices_include_tax", amount=wording.money(record.amount, record.currency))


def _applications(record: SourceRecord, _view: View) -> Iterator[Finding]:
    if record.kind == "bill_payment" and not record.applications:
        yield _found("missing_applications")
    allowed = APPLIES_TO.get(record.kind, ())
    for each in record.applications:
        if each.kind not in allowed:
            words = " or ".join(KINDS[kind].plural.lower() for kind in allowed) or "nothing"
            yield _found("applied_to_wrong_kind", kind=each.kind, value=each.source_id, allowed=words)


def _journal(record: SourceRecord, _view: View) -> Iterator[Finding]:
    if record.kind != "journal" or not record.lines:
        return
    if len(record.lines) < 2:
        yield _found("too_few_lines")
    for place, line in enumerate(record.lines, start=1):
        if line.side not in {"debit", "credit"}:
            yield _found("line_side_missing", line=str(place))
        if not line.account:
            yield _found("line_account_missing", line=str(place))
        if line.party_kind and line.party_kind not in LINE_PARTIES:
            yield _found("line_names_unknown", line=str(place), value=line.party_kind)
    sums = {f"{side}s": _side_sum(record, side) for side in ("debit", "credit")}
    if sums["debits"] != sums["credits"]:
        shown = {name: wording.money(amount, record.currency) for name, amount in sums.items()}
        yield _found("debits_not_credits", **shown)


def _side_sum(record: SourceRecord, side: str) -> Decimal:
    return sum((line.amount for line in record.lines if line.side == side), Decimal(0))


_Check = Callable[[SourceRecord, View], Iterator[Finding]]
_NAME_CHECKS: tuple[_Check, ...] = (_name, _currency)
_TRANSACTION_CHECKS: tuple[_Check, ...] = (
    _complete,
    _amounts,
    precision,
    _period,
    _number,
    _currency,
    _tax_mode,
    _applications,
    _journal,
)
