"""The overview: where everything stands, from counts that are kept, not made."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from awra_tui.cache import rows
from awra_tui.cache.identity import profile, profile_name, realm
from awra_tui.cache.pages import log, mappings
from awra_tui.cache.pages.log import RunRow
from awra_tui.cache.pages.mappings import MappingSummary
from awra_tui.cache.pages.money import Money, largest_first
from awra_tui.cache.store import budget, facts
from awra_tui.records.clock import now, parse_stamp, stamp
from awra_tui.records.kinds import KINDS
from awra_tui.records.qbo import Company
from awra_tui.records.status import Dimension, Status, Who

__all__ = [
    "ConnectorWarning",
    "KindRow",
    "MappingSummary",
    "Money",
    "Overview",
    "RunRow",
    "overview",
    "tallies",
]


SILENT_AFTER = timedelta(minutes=5)
"""A scheduled sync shows a sign of life every minute; after so long without one it has ended unseen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRow:
    """One kind in numbers.

    ``blocked`` warnings only wait for another; ``waiting`` is the money of records with open
    warnings, ``oldest`` the stamp of the oldest of these; ``dismissed`` warnings and ``snoozed`` ones, which
    come back by themselves, are in no other number.
    """

    kind: str
    source: int
    qbo: int
    matched: int
    pending: int
    skipped: int
    unknown: int
    warnings: int
    blocked: int
    waiting: tuple[Money, ...]
    oldest: str
    dismissed: int
    snoozed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectorWarning:
    """Trouble with the connection: it is lost, which holds up everything, or works and will hurt."""

    sentence: str
    action: str
    who: Who
    cause: str = ""

    @property
    def is_lost(self) -> bool:
        """Whether the company cannot be reached; where it can, it may yet take in nothing."""
        return not self.cause.startswith(_REACHED)

    @property
    def is_away(self) -> bool:
        """Whether the connection is there and QuickBooks gave no answer over it, which passes."""
        return self.cause in _AWAY


_AWAY = ("connection:network", "connection:quickbooks", "connection:throttle")
_REACHED = ("company:", "source:", "connection:permission", "connection:subscription", "connection:exhausted")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What stands above every screen: profile, company, and what is wrong with the connection.

    ``paused_until`` is the stamp until which QuickBooks asked everything to wait.
    """

    connectors: tuple[ConnectorWarning, ...]
    company: Company | None
    profile_name: str
    paused_until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview(Heading):
    """Everything the first screen shows.

    ``rows_bad`` counts rows of input that could not be read; ``released`` the records whose cause was
    fixed and that await the next sync; ``schedule_alive`` is the stamp of the scheduled sync's last
    sign of life; ``tray`` counts the warnings that wait for somebody to change something in QuickBooks.
    """

    kinds: tuple[KindRow, ...]
    mappings: tuple[MappingSummary, ...]
    dimensions: tuple[tuple[Dimension, int], ...]
    rows_bad: int
    last_run: RunRow | None
    running: RunRow | None
    released: int
    next_sync: str
    schedule_alive: str = ""
    tray: int = 0

    @property
    def is_schedule_silent(self) -> bool:
        """Whether the scheduled sync should show signs of life and does not."""
        return bool(self.schedule_alive) and abs(now() - parse_stamp(self.schedule_alive)) > SILENT_AFTER


def overview() -> Overview:
    """Return the overview of the profile."""
    groups = _warning_groups()
    tally = _tally()
    snoozed = _snoozed()
    return Overview(
        kinds=tuple(_kind_row(kind, tally, groups, snoozed.get(kind, 0)) for kind in KINDS),
        mappings=mappings.summaries(),
        dimensions=_dimensions(groups),
        connectors=_connectors(),
        rows_bad=sum(group.count for group in groups if group.subject == "row" and not group.dismissed),
        last_run=log.last_run(),
        running=log.running(),
        released=_released(),
        tray=_tray(),
        company=facts.company(),
        profile_name=profile_name(),
        next_sync=facts.get(facts.NEXT_SYNC),
        schedule_alive=facts.get(facts.SCHEDULE_ALIVE),
        paused_until=_paused_until(),
    )


def heading() -> Heading:
    """Return what stands above every screen, without a count of anything."""
    return Heading(
        connectors=_connectors(),
        company=facts.company(),
        profile_name=profile_name(),
        paused_until=_paused_until(),
    )


def _paused_until() -> str:
    left = budget.paused(realm())
    return stamp(now() + timedelta(seconds=left)) if left else ""


def tallies() -> dict[str, dict[str, int]]:
    """Return how many records there are per kind and status; kinds without records are left out."""
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for (kind, status), entries in _tally().items():
        total = sum(entry.records for entry in entries)
        if total and kind in KINDS:
            counts[kind][status] = total
    return {kind: counts[kind] for kind in KINDS if kind in counts}


@dataclass(frozen=True, slots=True)
class _Entry:
    warned: bool
    currency: str
    records: int
    minor: int


_Tally = dict[tuple[str, str], list[_Entry]]


@dataclass(frozen=True, slots=True)
class _Group:
    dismissed: bool
    subject: str
    kind: str
    dimension: str
    blocked: bool
    count: int
    oldest: str


def _tally() -> _Tally:
    found: _Tally = defaultdict(list)
    statement = "SELECT kind, status, warned, currency, records, minor FROM tally WHERE profile = ?"
    for kind, status, warned, currency, records, minor in rows.select(statement, (profile(),)):
        found[kind, status].append(_Entry(bool(warned), currency, records, minor))
    return found


_GROUPS = """
    SELECT dismissed, subject_type, kind, dimension, blocked, COUNT(*), MIN(opened_at) FROM warning
    WHERE profile = ? AND closed_at = '' GROUP BY dismissed, subject_type, kind, dimension, blocked"""


def _warning_groups() -> list[_Group]:
    found = rows.select(_GROUPS, (profile(),))
    return [_Group(bool(row[0]), row[1], row[2], row[3], bool(row[4]), row[5], row[6]) for row in found]


_SNOOZED = """
    SELECT kind, COUNT(*) FROM warning
    WHERE profile = ? AND closed_at = '' AND snoozed_until != '' AND subject_type = 'record' GROUP BY kind"""


def _snoozed() -> dict[str, int]:
    return {str(kind): int(count) for kind, count in rows.select(_SNOOZED, (profile(),))}


def _kind_row(kind: str, tally: _Tally, groups: Iterable[_Group], snoozed: int) -> KindRow:
    def count(*statuses: str) -> int:
        return sum(entry.records for status in statuses for entry in tally.get((kind, status), ()))

    mine = [group for group in groups if group.subject == "record" and group.kind == kind]
    shown = [group for group in mine if not group.dismissed]
    return KindRow(
        kind=kind,
        source=count(*Status),
        qbo=sum(entry.records for entry in tally.get((f"@{KINDS[kind].entity}", "here"), ())),
        matched=count(Status.SUCCEEDED),
        pending=count(Status.PENDING, Status.RETRYING),
        skipped=count(Status.SKIPPED),
        unknown=count(Status.UNKNOWN),
        warnings=sum(group.count for group in shown),
        blocked=sum(group.count for group in shown if group.blocked),
        waiting=_waiting(kind, tally),
        oldest=min((group.oldest for group in shown), default=""),
        dismissed=sum(group.count for group in mine if group.dismissed) - snoozed,
        snoozed=snoozed,
    )


def _waiting(kind: str, tally: _Tally) -> tuple[Money, ...]:
    sums: dict[str, tuple[int, int]] = {}
    for status in Status:
        for entry in tally.get((kind, status), ()):
            if entry.warned:
                minor, count = sums.get(entry.currency, (0, 0))
                sums[entry.currency] = (minor + entry.minor, count + entry.records)
    return largest_first((currency, minor, count) for currency, (minor, count) in sums.items())


def _dimensions(groups: Iterable[_Group]) -> tuple[tuple[Dimension, int], ...]:
    counts: dict[str, int] = defaultdict(int)
    for group in groups:
        if not group.dismissed:
            counts[group.dimension] += group.count
    return tuple((dimension, counts[dimension]) for dimension in Dimension if counts[dimension])


# Asked for in order, SQLite would walk through all warnings by their age instead of finding these few.
_CONNECTORS = """
    SELECT opened_at, id, sentence, action, who, cause FROM warning
    WHERE profile = ? AND closed_at = '' AND dismissed = ? AND subject_type = 'connector'"""


def _connectors() -> tuple[ConnectorWarning, ...]:
    found: list[tuple[Any, ...]] = sorted(rows.select(_CONNECTORS, (profile(), False)))
    return tuple(
        ConnectorWarning(sentence=sentence, action=action, who=Who(who), cause=cause)
        for _, _, sentence, action, who, cause in found
    )


_RELEASED = "SELECT COUNT(*) FROM record WHERE profile = ? AND released = ? AND deleted_at = ''"


_TRAY = """
    SELECT COUNT(*) FROM warning
    WHERE profile = ? AND closed_at = '' AND awaits != '' AND dismissed = ?"""


def _tray() -> int:
    return int(rows.select(_TRAY, (profile(), False))[0][0])


def _released() -> int:
    return int(rows.select(_RELEASED, (profile(), True))[0][0])
