"""Limits on requests, counted over sliding windows."""

from collections import deque
from datetime import datetime, timedelta

# Requests in a window; the last is for batches alone. Intuit: 500 a minute for a company, 10 a
# second for an application, 40 batches a minute.
_LIMITS = ((500, timedelta(minutes=1)), (10, timedelta(seconds=1)))
_BATCHES = (40, timedelta(minutes=1))


class Limits:
    """Remembers when requests came and says which are too many.

    `requests` and `batches` count what was let in, `refused` what was not; `first` and `last` are the
    moments of the first and the last batch that were let in.
    """

    def __init__(self) -> None:
        self._requests: deque[datetime] = deque()
        self._batches: deque[datetime] = deque()
        self.requests = self.batches = self.refused = 0
        self.first: datetime | None = None
        self.last: datetime | None = None

    def exceeded(self, at: datetime, *, batch: bool) -> bool:
        """Count a request and say whether it is one too many; a refused one does not count."""
        checks = [(self._requests, *limit) for limit in _LIMITS]
        if batch:
            checks.append((self._batches, *_BATCHES))
        _forget(self._requests, at)
        _forget(self._batches, at)
        for seen, limit, window in checks:
            if sum(1 for one in seen if at - one < window) >= limit:
                self.refused += 1
                return True
        self._let_in(at, batch)
        return False

    def _let_in(self, at: datetime, batch: bool) -> None:
        self.requests += 1
        self._requests.append(at)
        if batch:
            self.batches += 1
            self._batches.append(at)
            self.first, self.last = self.first or at, at


def _forget(seen: deque[datetime], at: datetime) -> None:
    while seen and at - seen[0] >= timedelta(minutes=1):
        seen.popleft()
