"""What a person sees of a pass while it runs."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a pass is: a sentence, counts of records, and the seconds it will still take, if known."""

    stage: str
    done: int = 0
    total: int = 0
    succeeded: int = 0
    failed: int = 0
    unknown: int = 0
    seconds_left: float | None = None
    pause_seconds: float = 0


Report = Callable[[Progress], None]
"""Where progress goes; called on the event loop, never from a thread."""


def silent(_progress: Progress) -> None:
    """Report to nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunResult:
    """What a pass came to.

    ``outcome`` is ``done``, ``nothing``, ``stopped``, ``failed`` or ``busy``; ``counts`` has how many
    records were sent, failed, are unknown, and so on; ``sentence`` says it to a person.
    """

    run_id: int
    outcome: str
    sentence: str
    counts: dict[str, int]
