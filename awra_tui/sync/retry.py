"""When what failed for a passing reason is tried again: a record, or a scheduled pass."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from awra_tui.records import clock

LONGEST = 3600
"""No wait is longer than this many seconds: the hourly sync comes by anyway."""
JITTER = 0.2
"""By this part a wait is shorter or longer, so that what failed together does not come back together."""


@dataclass(frozen=True, slots=True)
class Retry:
    """Growing waits: ``first_wait`` seconds, then twice as long each time, an hour at most."""

    first_wait: float = 60

    def after(self, tries: int) -> datetime:
        """Return the moment of the next try after so many tries, the first one counted as 1."""
        wait = min(self.first_wait * 2.0 ** min(tries - 1, 20), LONGEST)
        return clock.now() + timedelta(seconds=wait * random.uniform(1 - JITTER, 1 + JITTER))

    def when(self, tries: int) -> str:
        """Return the moment of the next try as a stamp."""
        return clock.stamp(self.after(tries))
