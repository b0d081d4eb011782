"""What a person sees of a pass while it runs."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a pass is: a sentence, counts of records, and the seconds it will still take, if known.

    ``pause_seconds`` are left until it goes on, where QuickBooks asked to wait.
    """

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


STEP = 1.0
"""A pause is told anew so often, in seconds: it is counted down."""


@dataclass(slots=True)
class Teller:
    """Reports progress; a pause is told on top of what was reported last, as ``pause_seconds``."""

    report: Report
    sleep: Callable[[float], Awaitable[object]]
    last: Progress = Progress(stage="")
    pausing: bool = False

    def tell(self, progress: Progress) -> None:
        """Report how far the pass is."""
        self.last = progress
        self.report(progress)

    async def pause(self, seconds: float) -> None:
        """Wait because QuickBooks asked to, and count it down; who waits besides is not told twice."""
        if self.pausing:
            await self.sleep(seconds)
            return
        self.pausing = True
        try:
            for left in _countdown(seconds):
                self.report(replace(self.last, pause_seconds=left))
                await self.sleep(min(left, STEP))
        finally:
            self.pausing = False
        self.report(self.last)


def _countdown(seconds: float) -> Iterator[float]:
    while seconds > 0:
        yield seconds
        seconds -= STEP


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
