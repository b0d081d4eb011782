"""What the records of a profile carry, as far as a company's settings decide what becomes of it."""

from typing import Any

from awra_tui.cache import rows
from awra_tui.cache.identity import profile
from awra_tui.cache.store.tallies import WAITING
from awra_tui.records.kinds import KINDS
from awra_tui.records.qbo import Company
from awra_tui.records.rules import Sending
from awra_tui.records.status import Status

_TALLIED = """
    SELECT DISTINCT kind, currency FROM tally
    WHERE profile = ? AND records > 0 AND status <> ? AND substr(kind, 1, 1) <> '@'"""
_NEEDED = "SELECT DISTINCT kind FROM need WHERE profile = ? AND records > 0"
_DISCOUNTS = """
    SELECT 1 FROM record WHERE profile = ? AND deleted_at = '' AND status <> ? AND content LIKE ? LIMIT 1"""
_CLOSED = """
    SELECT COUNT(*) FROM record
    WHERE profile = ? AND kind IN ({kinds}) AND status IN ({waiting}) AND deleted_at = ''
        AND date <> '' AND date <= ?"""

_WAITING = tuple(status.value for status in WAITING)
_POSTING = tuple(kind.name for kind in KINDS.values() if kind.posts and not kind.is_name)


def sending(company: Company) -> Sending:
    """Return what the records carry; what makes no difference for this company is not looked for."""
    tallied = _select(_TALLIED, profile(), Status.SKIPPED.value)
    return Sending(
        kinds=frozenset(kind for kind, _ in tallied),
        currencies=frozenset(currency for _, currency in tallied if currency),
        mappings=frozenset(kind for (kind,) in _select(_NEEDED, profile())),
        discounts=not company.allows_discount and _any_discount(),
        closed=_closed(company.closing_date.isoformat()) if company.closing_date else 0,
    )


def _any_discount() -> bool:
    return bool(_select(_DISCOUNTS, profile(), Status.SKIPPED.value, '%"discount":true%'))


def _closed(day: str) -> int:
    statement = _CLOSED.format(kinds=rows.marks(len(_POSTING)), waiting=rows.marks(len(WAITING)))
    return int(_select(statement, profile(), *_POSTING, *_WAITING, day)[0][0])


def _select(statement: str, *values: object) -> list[tuple[Any, ...]]:
    return rows.select(statement, values)
