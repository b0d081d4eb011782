"""Limits on requests, counted over sliding windows: those of a company, and those of an application."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

_MINUTE = timedelta(minutes=1)


@dataclass(slots=True)
class Window:
    """How many requests are allowed in a stretch of time, and when those came that count."""

    limit: int
    length: timedelta
    seen: deque[datetime] = field(default_factory=deque)

    def is_full(self, at: datetime) -> bool:
        """Whether one more would be too many."""
        while self.seen and at - self.seen[0] >= self.length:
            self.seen.popleft()
        return len(self.seen) >= self.limit


class Application:
    """What one application may do in all companies together: 10 requests a second, 40 batches a minute."""

    def __init__(self) -> None:
        self.begin_anew()

    def begin_anew(self) -> None:
        """Forget what was counted."""
        self.requests = Window(10, timedelta(seconds=1))
        self.batches = Window(40, _MINUTE)


class Limits:
    """Remembers when requests about a company came, 500 a minute, and says which are too many.

    `requests` and `batches` count what was let in, `refused` what was not; `first` and `last` are the
    moments of the first and the last batch that were let in.
    """

    def __init__(self, application: Application | None = None) -> None:
        self.application = application or Application()
        self.begin_anew()

    def begin_anew(self) -> None:
        """Forget what was counted, for the application too."""
        self._company = Window(500, _MINUTE)
        self.application.begin_anew()
        self.requests = self.batches = self.refused = 0
        self.first: datetime | None = None
        self.last: datetime | None = None

    def exceeded(self, at: datetime, *, batch: bool) -> bool:
        """Count a request and say whether it is one too many; a refused one does not count."""
        windows = [self._company, self.application.requests]
        if batch:
            windows.append(self.application.batches)
        if any(window.is_full(at) for window in windows):
            self.refused += 1
            return True
        for window in windows:
            window.seen.append(at)
        self.requests += 1
        if batch:
            self.batches += 1
            self.first, self.last = self.first or at, at
        return False
