"""Whether what was put aside stands, and why it comes back: pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from awra_tui.cache.store.warned import Dismissed, Facts
from awra_tui.records.clock import day_of
from awra_tui.records.money import shown_minor


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a warning is put aside, until when if not for good, and why it came back if it did."""

    dismissed: bool = False
    until: str = ""
    came_back: str = ""


def standing(key: tuple[str, str], facts: Facts, dismissals: Sequence[Dismissed], moment: str) -> Standing:
    """Return how a warning of this reason and cause stands at a moment, by the last that was said of it."""
    same = [past for past in dismissals if (past.reason, past.cause) == key]
    if not same:
        return Standing()
    past = same[-1]
    if why := _why_back(past, facts, moment):
        return Standing(came_back=f"{_put_aside(past)}{why}")
    return Standing(dismissed=True, until=past.until)


def lapsed(past: Dismissed) -> str:
    """Say why a new warning shows although the one it takes the place of was put aside."""
    return f"{_put_aside(past)}; back because the reason is another one now."


def _put_aside(past: Dismissed) -> str:
    told = f"Snoozed until {day_of(past.until)}" if past.until else f"Dismissed on {day_of(past.at)}"
    return f"{told} ({past.why})" if past.why else told


def _why_back(past: Dismissed, facts: Facts, moment: str) -> str:
    if past.until and past.until <= moment:
        return "; that day has come."
    if (past.amount_minor, past.currency) != (facts.amount_minor, facts.currency):
        was = shown_minor(past.amount_minor, past.currency)
        now = shown_minor(facts.amount_minor, facts.currency)
        return f"; back because the amount changed from {was} to {now}."
    if past.fingerprint != facts.fingerprint:
        return "; back because the record has changed in the source since."
    return ""
