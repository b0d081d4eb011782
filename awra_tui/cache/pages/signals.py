"""Signals that something is to be handed on, each found in an index."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from awra_tui.cache import rows
from awra_tui.cache.identity import profile, realm
from awra_tui.cache.jsontext import from_text
from awra_tui.cache.store import facts
from awra_tui.records.clock import now, stamp, today
from awra_tui.records.kinds import KINDS
from awra_tui.records.money import UNCOMMON, from_minor
from awra_tui.records.signals import Group, Signals
from awra_tui.records.status import Dimension, Status, Who
from awra_tui.records.subject import RecordKey

PASSING = timedelta(hours=1)
"""So long a temporary problem may last before it counts."""
NAMED = 500
"""So many records of a signal are named; all are counted."""
ROUNDING = 5
"""Minor units that a total may be off through rounding of lines alone."""

_FAILING = """
    SELECT {what} FROM warning
    WHERE profile = ? AND closed_at = '' AND dismissed = ? AND subject_type = 'record' AND kind IN ({kinds})
        AND dimension IN (?, ?) AND blocked = ? AND opened_at < ?{most}"""
_HELD = """
    SELECT {what} FROM warning
    WHERE profile = ? AND closed_at = '' AND dismissed = ? AND date != '' AND date > ? AND date <= ?
        AND subject_type = 'record' AND blocked = ? AND who NOT IN (?, ?){most}"""
_DIFFERING = """
    SELECT record.kind, record.source_id, record.amount_minor, record.currency, qbo_object.amount_minor,
        qbo_object.currency, link.answer
    FROM record
    JOIN link ON link.profile = record.profile AND link.realm = ? AND link.kind = record.kind
        AND link.source_id = record.source_id AND link.role = 'main' AND link.closed_at = ''
    JOIN qbo_object ON qbo_object.profile = record.profile AND qbo_object.realm = link.realm
        AND qbo_object.entity = link.entity AND qbo_object.qbo_id = link.qbo_id
    WHERE record.profile = ? AND record.status = ? AND record.attempts > 1 AND record.deleted_at = ''
        AND record.approved = ? AND link.how = 'sent' AND record.kind IN ({kinds})
        AND qbo_object.deleted = ?
        AND (record.currency = qbo_object.currency OR record.currency = '' OR qbo_object.currency = '')
        AND (ABS(record.amount_minor - qbo_object.amount_minor) > ?
            OR record.currency = '' AND qbo_object.currency IN ({uncommon})
            OR qbo_object.currency = '' AND record.currency IN ({uncommon}))
        AND NOT EXISTS (
            SELECT 1 FROM decision WHERE decision.profile = record.profile AND decision.verb = 'accept'
                AND decision.undone_by = 0 AND decision.subject = record.kind || '/' || record.source_id
        )"""
_TRIES = """
    SELECT COUNT(*) FROM run
    WHERE profile = ? AND started_at >= ? AND outcome IN ('stopped', 'failed')"""
_CONNECTED = """
    SELECT COUNT(*) FROM decision WHERE profile = ? AND verb = 'connect company' AND at >= ?"""
_LOST = """
    SELECT sentence, cause, opened_at FROM warning
    WHERE profile = ? AND closed_at = '' AND dismissed = ? AND subject_type = 'connector' ORDER BY id"""
_TOTALLED = ("invoice", "bill", "credit_note", "payment", "bill_payment", "refund")


def signals() -> Signals:
    """Return what shows that something is to be handed on."""
    lost, since = _lost()
    last = today().replace(day=1) - timedelta(days=1)
    return Signals(
        failing=_failing(),
        lost=lost,
        tries=_count(_TRIES, since) if lost else 0,
        reconnected=bool(lost and _count(_CONNECTED, since)),
        closing=f"{last:%B}",
        late=(today() - last).days,
        held=_held(last),
        differing=_differing(),
    )


def _lost() -> tuple[str, str]:
    """Return why the company cannot be reached, and since when; nothing where it can."""
    for sentence, cause, since in rows.select(_LOST, (profile(), False)):
        if cause.startswith(_AUTHORIZATION):
            return sentence, since
    return "", ""


_AUTHORIZATION = ("connection:authorization", "connection:store")


def _count(statement: str, since: str) -> int:
    return int(rows.select(statement, (profile(), since))[0][0])


def _failing() -> Group:
    statement = _FAILING.replace("{kinds}", rows.marks(len(KINDS)))
    dimensions = (Dimension.AUTHORIZATION.value, Dimension.TRANSPORT.value)
    before = stamp(now() - PASSING)
    return _of_warnings(statement, (profile(), False, *KINDS, *dimensions, False, before))


def _held(last: date) -> Group:
    company = facts.company()
    closed = company.closing_date if company else None
    begins = closed.isoformat() if closed else (last.replace(day=1) - timedelta(days=1)).isoformat()
    own = (Who.OPERATOR.value, Who.NOBODY.value)
    return _of_warnings(_HELD, (profile(), False, begins, last.isoformat(), False, *own))


def _of_warnings(statement: str, params: Sequence[object]) -> Group:
    """Return the records of warnings: the first are named, and where there are more the rest is counted."""
    named = rows.select(statement.format(what="kind, subject_id", most=f" LIMIT {NAMED}"), params)
    keys = tuple(dict.fromkeys(RecordKey(*row) for row in named))
    if len(named) < NAMED:
        return Group(len(keys), keys)
    return Group(int(rows.select(statement.format(what="COUNT(*)", most=""), params)[0][0]), keys)


def _differing() -> Group:
    # An amount without a currency was kept in cents: its figure is that of most currencies, not of these.
    statement = _DIFFERING.format(kinds=rows.marks(len(_TOTALLED)), uncommon=rows.marks(len(UNCOMMON)))
    succeeded = (realm(), profile(), Status.SUCCEEDED.value, True, *_TOTALLED, False)
    params = (*succeeded, ROUNDING, *UNCOMMON, *UNCOMMON)
    return _group([row[:2] for row in rows.select(statement, params) if _is_off(*row[2:])])


def _is_off(minor: int, currency: str, there: int, its_currency: str, answer: str) -> bool:
    """Whether QuickBooks answered with another total and still has it; either side may name no currency.

    What somebody changed after QuickBooks had answered with our total has a warning of its own.
    """
    ours, unit = from_minor(minor, currency), from_minor(1, currency or its_currency)
    answered = from_text(answer).get("TotalAmt")
    totals = [from_minor(there, its_currency), *([] if answered is None else [Decimal(answered)])]
    return len(totals) == 2 and all(abs(total - ours) > ROUNDING * unit for total in totals)


def _group(found: Sequence[tuple[Any, ...]]) -> Group:
    return Group(len(found), tuple(RecordKey(*row) for row in found[:NAMED]))
