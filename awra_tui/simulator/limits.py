"""Limits on requests, counted over sliding windows."""

from collections import deque
from datetime import datetime, timedelta

# Requests in a window; the last is for batches alone. Intuit: 500 a minute for a company, 10 a
# second for an application, 40 batches a minute.
_LIMITS = ((500, timedelta(minutes=1)), (10, timedelta(seconds=1)))
_BATCHES = (40, timedelta(minutes=1))


class Limits:
    """Remembers when requests came and says which are too many."""

    def __init__(self) -> None:
        self._requests: deque[datetime] = deque()
        self._batches: deque[datetime] = deque()

    def exceeded(self, at: datetime, *, batch: bool) -> bool:
        """Count a request and say whether it is one too many; a refused one does not count."""
        checks = [(self._requests, *limit) for limit in _LIMITS]
        if batch:
            checks.append((self._batches, *_BATCHES))
        _forget(self._requests, at)
        _forget(self._batches, at)
        for seen, limit, window in checks:
            if sum(1 for one in seen if at - one < window) >= limit:
                return True
        self._requests.append(at)
        if batch:
            self._batches.append(at)
        return False


def _forget(seen: deque[datetime], at: datetime) -> None:
    while seen and at - seen[0] >= timedelta(minutes=1):
        seen.popleft()
