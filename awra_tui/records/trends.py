"""How warnings came hour by hour, and how the last sync went: what patterns are found in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Hourly:
    """How many warnings one reason opened in an hour (a stamp's first 13 signs), and how many are open."""

    reason: str
    code: str
    hour: str
    opened: int
    still_open: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Trends:
    """What was opened hour by hour in the last eight days, and what the last sync tried.

    ``first`` is the hour of the first warning ever: before a week of it, nothing is usual yet. ``lost``
    says why QuickBooks lets nobody in, where it does not, and ``remedy`` what to do about that.
    """

    hours: tuple[Hourly, ...] = ()
    first: str = ""
    succeeded: int = 0
    failed: int = 0
    lost: str = ""
    remedy: str = ""
