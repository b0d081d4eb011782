"""When the console looks up by itself what was sent and has no answer yet."""

RECHECK_SECONDS = 120.0
"""A record without an answer is looked up after this long: QuickBooks may still be booking it before."""

LOOK_SECONDS = 15.0
"""So often the console asks the cache whether there is such a record."""


class Recheck:
    """Says when it is time; seconds are those of a clock that never goes back."""

    def __init__(self) -> None:
        self._since: float | None = None

    def is_due(self, unknown: int, now: float) -> bool:
        """Return whether records without an answer have been there for long enough; then wait anew."""
        if not unknown:
            self._since = None
            return False
        if self._since is None:
            self._since = now
        if now - self._since < RECHECK_SECONDS:
            return False
        self._since = now
        return True
