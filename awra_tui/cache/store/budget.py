"""The pace at which all processes together may ask one company: evenly spread, never in bursts."""

from dataclasses import dataclass

from awra_tui.cache import rows
from awra_tui.cache.identity import profile
from awra_tui.cache.schema import BudgetTable, db
from awra_tui.records.clock import now as clock_now

MARGIN = 1.01
"""Turns are spaced a little wider than the limits: jitter must not put one too many into a minute."""


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


def reserve(realm: str, batch: bool, limits: Limits, now: float | None = None) -> float:
    """Take the next free place for a request and return how many seconds to wait for it.

    ``now`` is in seconds since 1970. The place is taken: who does not use it leaves it empty.
    """
    moment = clock_now().timestamp() if now is None else now
    with db.atomic():
        row = _row(realm)
        start = max(moment, row.next_request_at, row.paused_until, row.next_batch_at if batch else 0.0)
        row.next_request_at = start + limits.interval
        if batch:
            row.next_batch_at = start + limits.batch_interval
        row.save()
    return start - moment


def pause(realm: str, until: float) -> None:
    """Let nothing leave before a moment, in seconds since 1970; a later pause that stands is kept."""
    with db.atomic():
        row = _row(realm)
        row.paused_until = max(row.paused_until, until)
        row.save()


def paused(realm: str, now: float | None = None) -> float:
    """Return how many more seconds nothing may leave, 0 when it may."""
    moment = clock_now().timestamp() if now is None else now
    row = BudgetTable.get_or_none(BudgetTable.profile == profile(), BudgetTable.realm == realm)
    return max(0.0, row.paused_until - moment) if row else 0.0


def _row(realm: str) -> BudgetTable:
    query = BudgetTable.select().where(BudgetTable.profile == profile(), BudgetTable.realm == realm)
    BudgetTable.insert(profile=profile(), realm=realm).on_conflict_ignore().execute()
    found: BudgetTable = rows.for_update(query).get()
    return found
