"""What a person sees of a pass while it runs."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace


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


SENDING = "Sending"
"""The stage in which requests are under way that change QuickBooks."""

Report = Callable[[Progress], None]
"""Where progress goes; called on the event loop, never from a thread."""


def silent(_progress: Progress) -> None:
    """Report to nobody."""


LONG = 5.0
"""A wait of so many seconds is told to the person; shorter ones are the pace itself."""


@dataclass(slots=True)
class Teller:
    """Reports progress; a long wait is told on top of what was reported last, as ``pause_seconds``."""

    report: Report
    sleep: Callable[[float], Awaitable[object]]
    last: Progress = Progress(stage="")

    def tell(self, progress: Progress) -> None:
        """Report how far the pass is."""
        self.last = progress
        self.report(progress)

    async def wait(self, seconds: float) -> None:
        """Wait, and tell for how long where it is long."""
        if seconds >= LONG:
            self.report(replace(self.last, pause_seconds=seconds))
        await self.sleep(seconds)


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
