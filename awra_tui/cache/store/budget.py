"""The pace at which all processes together may ask one company, and how many reads they have made."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from awra_tui.cache import rows
from awra_tui.cache.identity import profile
from awra_tui.cache.schema import BudgetTable, ReadsTable, db
from awra_tui.records.clock import now as clock_now

KEEP_READS = timedelta(days=366)
"""How long the days' numbers of reads are kept."""

MARGIN = 1.02
"""Turns are spaced a little wider than the limits: a request that arrives a second late, before others
that do not, must not put one too many into a minute."""

LONGEST_PAUSE = 120.0
"""Seconds: QuickBooks asks to wait for a minute (Intuit: limits)."""
_QUEUE = 50
"""So many batches may stand in the queue of all processes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How many requests, and batch requests, may leave in a second or minute."""

    per_second: float = 10
    per_minute: float = 500
    batches_per_minute: float = 40

    @property
    def interval(self) -> float:
        """Seconds between two requests."""
        return MARGIN * max(1 / self.per_second, 60 / self.per_minute)

    @property
    def batch_interval(self) -> float:
        """Seconds between two batch requests."""
        return MARGIN * 60 / self.batches_per_minute


def reserve(
    realm: str, batch: bool, limits: Limits, now: float | None = None, *, read: bool = False
) -> float:
    """Take the next free place for a request and return how many seconds to wait for it.

    ``now`` is in seconds since 1970. The place is taken: who does not use it leaves it empty.
    A ``read`` is counted: QuickBooks meters reads, not writes (Intuit: limits).
    """
    moment = clock_now().timestamp() if now is None else now
    with db.atomic():
        row = _row(realm)
        places = (row.next_request_at, *([row.next_batch_at] if batch else []))
        most = LONGEST_PAUSE + _QUEUE * limits.batch_interval
        start = max(moment, _held(row, moment), *(_ours(place, moment, most) for place in places))
        row.next_request_at = start + limits.interval
        if batch:
            row.next_batch_at = start + limits.batch_interval
        row.save()
        if read:
            _count_read(realm, datetime.fromtimestamp(moment, UTC))
    return start - moment


def late(realm: str, batch: bool, seconds: float, limits: Limits) -> None:
    """Move the places that follow back: a request leaves so much later than its own; the next one is soon."""
    now = clock_now().timestamp()
    with db.atomic():
        row = _row(realm)
        row.next_request_at = _moved(row.next_request_at, seconds, now + 2 * limits.interval)
        if batch:
            row.next_batch_at = _moved(row.next_batch_at, seconds, now + 2 * limits.batch_interval)
        row.save()


def _moved(place: float, seconds: float, most: float) -> float:
    """Return a place moved back, but not beyond a moment: several processes may have slept together."""
    return min(place + seconds, max(place, most))


def reads_today(realm: str) -> int:
    """Return how many reads a company was asked for on this day of UTC."""
    today = clock_now()
    return _reads(realm, today, today)


def reads_this_month(realm: str) -> int:
    """Return how many reads a company was asked for in this month of UTC: what Intuit meters."""
    today = clock_now()
    return _reads(realm, today.replace(day=1), today)


def pause(realm: str, until: float) -> None:
    """Let nothing leave before a moment, in seconds since 1970; a later pause that stands is kept."""
    with db.atomic():
        row = _row(realm)
        row.paused_until = max(_held(row, clock_now().timestamp()), until)
        row.save()


def paused(realm: str, now: float | None = None) -> float:
    """Return how many more seconds nothing may leave, 0 when it may."""
    moment = clock_now().timestamp() if now is None else now
    row = BudgetTable.get_or_none(BudgetTable.profile == profile(), BudgetTable.realm == realm)
    return max(0.0, _held(row, moment) - moment) if row else 0.0


def _held(row: BudgetTable, moment: float) -> float:
    return _ours(row.paused_until, moment, LONGEST_PAUSE)


def _ours(place: float, moment: float, most: float) -> float:
    """Return a place in time; one farther ahead than any can be is of before the clock was set back."""
    return place if place - moment <= most else moment


def _row(realm: str) -> BudgetTable:
    query = BudgetTable.select().where(BudgetTable.profile == profile(), BudgetTable.realm == realm)
    BudgetTable.insert(profile=profile(), realm=realm).on_conflict_ignore().execute()
    found: BudgetTable = query.get()
    return found


_READ = """
    INSERT INTO reads (profile, realm, day, made) VALUES (?, ?, ?, 1)
    ON CONFLICT (profile, realm, day) DO UPDATE SET made = reads.made + 1"""


def _count_read(realm: str, moment: datetime) -> None:
    rows.execute(_READ, (profile(), realm, _day(moment)))
    if _reads(realm, moment, moment) == 1:
        old = ReadsTable.day < _day(moment - KEEP_READS)
        ReadsTable.delete().where(ReadsTable.profile == profile(), old).execute()


def _reads(realm: str, first: datetime, last: datetime) -> int:
    made = rows.select(
        "SELECT COALESCE(SUM(made), 0) FROM reads WHERE profile = ? AND realm = ? AND day BETWEEN ? AND ?",
        (profile(), realm, _day(first), _day(last)),
    )
    return int(made[0][0])


def _day(moment: datetime) -> str:
    return moment.date().isoformat()
