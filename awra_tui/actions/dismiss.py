"""Put warnings aside with a reason, for good or until a day, and bring them back."""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial

from awra_tui.actions.days import day_named
from awra_tui.actions.known import counted
from awra_tui.actions.results import Done
from awra_tui.actions.telling import telling
from awra_tui.cache.pages.chosen import money_of
from awra_tui.cache.pages.warnings import WarningQuery, warning_ids
from awra_tui.cache.store import aside, decisions
from awra_tui.cache.store.telling import Tell
from awra_tui.health import wording
from awra_tui.records import clock
from awra_tui.records.errors import AwraError
from awra_tui.records.money import shown_minor
from awra_tui.sync.desk import Desk
from awra_tui.sync.progress import Report, silent

LONGEST = dt.timedelta(days=366)
"""How far ahead the day of a snooze may lie: a year, through every close and return that may need it."""


async def dismiss(desk: Desk, warning_ids: Sequence[int], why: str, progress: Report = silent) -> Done:
    """Dismiss warnings; they come back by themselves when record, reason or amount change."""
    if not why.strip():
        raise AwraError("A dismissal needs a reason: it is read by whoever asks later why nobody acted.")
    job = partial(aside.dismiss, list(warning_ids), why.strip(), desk.who)
    decision, told = await telling("Dismissing", len(warning_ids), progress, partial(_put, desk, job, "open"))
    return Done(sentence=f"Dismissed {told}.", decision_id=decision)


async def snooze(
    desk: Desk, warning_ids: Sequence[int], until: dt.date, why: str, progress: Report = silent
) -> Done:
    """Put warnings aside until a day begins; they come back sooner when record, reason or amount change.

    Raise AwraError for a day that has begun, and for one more than a year ahead.
    """
    _check(until)
    begins = clock.stamp(dt.datetime.combine(until, dt.time()).astimezone())
    job = partial(aside.snooze, list(warning_ids), begins, why.strip(), desk.who)
    decision, told = await telling("Snoozing", len(warning_ids), progress, partial(_put, desk, job, "open"))
    return Done(sentence=f"Snoozed {told}, until {wording.day(until)}.", decision_id=decision)


def snooze_day(text: str) -> dt.date:
    """Return the day that a text means as the end of a snooze; raise AwraError where it is none."""
    day = day_named(text)
    _check(day)
    return day


def _check(until: dt.date) -> None:
    if until <= clock.today():
        raise AwraError(f"{wording.day(until)} has begun already: snooze until a later day.")
    if until > clock.today() + LONGEST:
        raise AwraError(
            f"{wording.day(until)} is more than a year ahead: nobody would see it come back. Snooze until a "
            "sooner day, or dismiss with a reason what needs no work at all."
        )


async def restore(desk: Desk, warning_ids: Sequence[int], progress: Report = silent) -> Done:
    """Bring back warnings that were put aside."""
    job = partial(aside.restore, list(warning_ids), desk.who)
    decision, told = await telling(
        "Bringing back", len(warning_ids), progress, partial(_put, desk, job, "put aside")
    )
    return Done(sentence=f"Brought back {told}.", decision_id=decision)


async def _put(desk: Desk, job: Callable[[Tell], int], stood: str, tell: Tell) -> tuple[int, str]:
    return await desk.write(_done, partial(job, tell), stood)


def _done(job: Callable[[], int], stood: str) -> tuple[int, str]:
    """Decide, and say about what: others may have cleared some meanwhile, or put them aside.

    ``stood`` is how the warnings had to stand. A job of the cache.
    """
    decision = decisions.get(job())
    if decision is None or not decision.after["ids"]:
        raise AwraError(
            f"None of these warnings is {stood} any more: somebody decided about them, or they were cleared, "
            "meanwhile. Nothing was changed."
        )
    return decision.id, _told(decision.after["ids"])


async def wake(desk: Desk) -> int:
    """Bring back what was snoozed until a day that has come; return how many warnings that were."""
    if desk.reading_only or not await desk.page(aside.is_due):
        return 0
    return await desk.write(aside.wake)


async def of_cause(desk: Desk, cause: str, *, aside: bool = False) -> list[int]:
    """Return the warnings of one cause that are open, or those that were put aside."""
    found = list(await desk.page(warning_ids, WarningQuery(cause=cause, dismissed=aside)))
    return (
        [*found, *await desk.page(warning_ids, WarningQuery(cause=cause, snoozed=True))] if aside else found
    )


async def told_of(desk: Desk, warning_ids: Sequence[int]) -> str:
    """Say how many warnings these are, and the money of their records."""
    return await desk.page(_told, list(warning_ids))


def _told(ids: Sequence[int]) -> str:
    sums = [shown_minor(part.minor, part.currency) for part in money_of(ids) if part.minor]
    return ", ".join([counted(len(ids), "warning"), *filter(None, [" + ".join(sums)])])
