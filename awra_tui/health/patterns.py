"""Many warnings that have one thing behind them, though each has a cause of its own."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from awra_tui.health.catalogue import REASONS
from awra_tui.health.wording import words_of
from awra_tui.records.status import Dimension
from awra_tui.records.trends import Hourly, Trends

WEEK = timedelta(days=7)
ALIKE = 20
"""Warnings alike within one hour that are more than chance."""
TIMES = 3.0
"""How many times its usual day a reason must have come today to be told."""
FEW = 10
"""Fewer than so many in a day are no rise, however seldom the reason is."""
ALL = 5
"""Records tried, of which none got through, that say that it is not the records."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """What many warnings have in common: a sentence, and what to do instead of working through them.

    ``of_connection`` says that it is the connection itself, which a screen may tell already.
    """

    sentence: str
    action: str
    reason: str = ""
    of_connection: bool = False


_ACTIONS = {
    Dimension.AUTHORIZATION: "Connect QuickBooks again (C); everything else waits for that.",
    Dimension.MAPPING: "Map it once (t): all of them go with the next sync.",
    Dimension.SOURCE_DATA: "Ask what changed in the source's export before correcting one by one.",
    Dimension.PROVIDER_REJECTION: "Do not resend one by one: mend one, resend it, escalate (e) if it stays.",
    Dimension.DUPLICATE_RISK: "Compare two or three before deciding: a file may have been booked twice.",
    Dimension.TRANSPORT: "Wait: what was sent is looked up first, and the next sync tries the rest again.",
}


def patterns(trends: Trends, now: datetime) -> tuple[Pattern, ...]:
    """Return what many warnings have in common, the most general first; each reason at most once."""
    if trends.lost:
        waits = f"{trends.remedy} Everything else waits for that."
        return (Pattern(sentence=trends.lost, action=waits, of_connection=True),)
    if trends.failed >= ALL and not trends.succeeded:
        return (_nothing_gets_through(trends.failed),)
    if not trends.first or _at(trends.first) > now - timedelta(days=1):
        return ()  # on the first day everything is new
    found: dict[str, Pattern] = {}
    for reason, hours in _by_reason(trends.hours).items():
        told = _burst(reason, hours, now) or _rise(reason, hours, now, _at(trends.first))
        if told is not None:
            found[reason] = told
    return tuple(found.values())


def _nothing_gets_through(failed: int) -> Pattern:
    return Pattern(
        sentence=f"None of the {failed:,} records that the last sync tried got into QuickBooks.",
        action="One thing refuses all of them: open one (w, enter) and mend or escalate (e) that.",
    )


def _burst(reason: str, hours: Sequence[Hourly], now: datetime) -> Pattern | None:
    """Return that many came alike within one of the last 24 hours, and are open."""
    day = [one for one in hours if _at(one.hour) > now - timedelta(days=1)]
    worst = max(day, key=lambda one: one.still_open, default=None)
    if worst is None or worst.still_open < ALIKE:
        return None
    code = f" ({worst.code})" if worst.code else ""
    return Pattern(
        sentence=f"{worst.still_open:,} warnings came alike within one hour: {words_of(reason)}{code}.",
        action=_action(reason),
        reason=reason,
    )


def _rise(reason: str, hours: Sequence[Hourly], now: datetime, first: datetime) -> Pattern | None:
    """Return that more came in the last 24 hours than in those of the week before."""
    if first > now - WEEK:
        return None
    days: dict[int, int] = defaultdict(int)
    for one in hours:
        days[(now - _at(one.hour)).days] += one.opened
    open_today = sum(one.still_open for one in hours if (now - _at(one.hour)).days == 0)
    usual = sum(days[ago] for ago in range(1, 8)) / 7
    if open_today < FEW or days[0] < TIMES * usual:
        return None
    return Pattern(
        sentence=f"More than usual: {days[0]:,} times {words_of(reason)} within a day, else {usual:.0f}.",
        action=_action(reason),
        reason=reason,
    )


def _action(reason: str) -> str:
    known = REASONS.get(reason)
    return _ACTIONS[known.dimension if known else Dimension.PROVIDER_REJECTION]


def _by_reason(hours: Iterable[Hourly]) -> dict[str, list[Hourly]]:
    found: dict[str, list[Hourly]] = defaultdict(list)
    for one in hours:
        found[one.reason].append(one)
    return found


def _at(hour: str) -> datetime:
    return datetime.fromisoformat(f"{hour[:13]}:00:00+00:00")
