"""How long an answer may be missing before its absence from QuickBooks proves anything."""

from datetime import timedelta

from awra_tui.cache.store import outbox
from awra_tui.cache.store.attempts import OPEN
from awra_tui.records import clock

CONCLUSIVE_AFTER = timedelta(seconds=120)
"""QuickBooks may work on a request this long (Intuit: request time-out): only then is absence proof."""
CLOCKS_DIFFER = timedelta(minutes=10)
"""How far QuickBooks' clock and ours may be apart when we ask what was created since."""


def is_over(sent_at: str) -> bool:
    """Return whether what QuickBooks does not have by now will not come any more."""
    return clock.now() - clock.parse_stamp(sent_at) >= CONCLUSIVE_AFTER


def until(sent_at: str) -> str:
    """Return the local time from which a look into QuickBooks is proof, such as ``14:03:10``."""
    return (clock.parse_stamp(sent_at) + CONCLUSIVE_AFTER).astimezone().strftime("%H:%M:%S")


def until_known(request_id: int) -> str:
    """Return the local time from which a request without an answer can be looked up. A job of the cache."""
    return next((until(_left_at(row)) for row in outbox.unanswered() if row.id == request_id), "")


def told() -> str:
    """Say how many records wait to be looked up, and until when; nothing where none does.

    A job of the cache.
    """
    rows = outbox.unanswered()
    keys = {each.key for row in rows for each in outbox.attempts_of(row.id) if each.outcome in OPEN}
    if not keys:
        return ""
    verb = "waits" if len(keys) == 1 else "wait"
    last = max(_left_at(row) for row in rows)
    when = "" if is_over(last) else f" until {until(last)}"
    return f"{len(keys):,} {verb}{when} to be looked up"


def _left_at(row: outbox.StoredRequest) -> str:
    return row.sent_at or row.created_at
