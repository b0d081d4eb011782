"""When something is to be handed on instead of worked at: rules as data, and why, in a sentence."""

from collections.abc import Callable
from dataclasses import dataclass

from awra_tui.records.signals import Group, Signals
from awra_tui.records.subject import RecordKey

MANY = 20
"""Records that the connection fails for, from which it is no trouble of theirs."""
TRIES = 3
"""Passes in vain from which an authorization does not come back by trying."""
LATE_DAYS = 5
"""Days after the end of a month from which what holds up its close is late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """That something is to be handed on, and why; without ``keys`` it is the connection itself."""

    rule: str
    sentence: str
    keys: tuple[RecordKey, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: when it holds, and what is said then, with the names of the signals in it."""

    key: str
    holds: Callable[[Signals], bool]
    sentence: Callable[[Signals], str]
    about: Callable[[Signals], Group] = lambda _: Group()


RULES = (
    Rule(
        key="authorization",
        holds=lambda seen: bool(seen.lost) and (seen.tries >= TRIES or seen.reconnected),
        sentence=lambda seen: (
            "Authorization does not come back"
            + (" though QuickBooks was connected again" if seen.reconnected else f" after {seen.tries} tries")
            + f": {seen.lost}"
        ),
    ),
    Rule(
        key="connector",
        holds=lambda seen: seen.failing.count >= MANY,
        sentence=lambda seen: f"The same connection fails for {seen.failing.count:,} records.",
        about=lambda seen: seen.failing,
    ),
    Rule(
        key="close",
        holds=lambda seen: bool(seen.held.count) and seen.late >= LATE_DAYS,
        sentence=lambda seen: (
            f"The close of {seen.closing} is held up by {_records(seen.held.count)} that others must clear."
        ),
        about=lambda seen: seen.held,
    ),
    Rule(
        key="totals",
        holds=lambda seen: bool(seen.differing.count),
        sentence=lambda seen: (
            f"{_records(seen.differing.count).capitalize()} sent again with success "
            f"{'has' if seen.differing.count == 1 else 'have'} another total in QuickBooks."
        ),
        about=lambda seen: seen.differing,
    ),
)
"""Every rule, the weightiest first."""


def due(signals: Signals) -> tuple[Proposal, ...]:
    """Return what is to be handed on now, the weightiest first."""
    return tuple(
        Proposal(rule=rule.key, sentence=rule.sentence(signals), keys=rule.about(signals).keys)
        for rule in RULES
        if rule.holds(signals)
    )


def _records(count: int) -> str:
    return "1 record" if count == 1 else f"{count:,} records"
