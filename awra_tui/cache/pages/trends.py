"""How warnings came in the last eight days, counted in an index, and how the last sync went."""

from datetime import timedelta

from awra_tui.cache import rows
from awra_tui.cache.identity import profile
from awra_tui.cache.pages import log
from awra_tui.records.clock import now, stamp
from awra_tui.records.status import Dimension
from awra_tui.records.trends import Hourly, Trends

DAYS = 8
"""Today and the week before it."""

_HOURS = """
    SELECT reason, code, SUBSTR(opened_at, 1, 13), COUNT(*),
        SUM(CASE WHEN closed_at = '' AND dismissed = ? THEN 1 ELSE 0 END)
    FROM warning WHERE profile = ? AND opened_at >= ? AND blocked = ?
    GROUP BY reason, code, SUBSTR(opened_at, 1, 13)"""
_LOST = """
    SELECT sentence, action FROM warning
    WHERE profile = ? AND closed_at = '' AND dismissed = ? AND subject_type = 'connector' AND dimension = ?"""
_FIRST = "SELECT MIN(opened_at) FROM warning WHERE profile = ?"


def trends() -> Trends:
    """Return what came hour by hour; what only waits for another is a consequence and not counted."""
    since = stamp(now() - timedelta(days=DAYS))
    found = rows.select(_HOURS, (False, profile(), since, False))
    first = rows.select(_FIRST, (profile(),))[0][0]
    lost = rows.select(_LOST, (profile(), False, Dimension.AUTHORIZATION.value))
    last = log.last_run()
    counts = last.counts if last else {}
    return Trends(
        hours=tuple(
            Hourly(reason=reason, code=code, hour=hour, opened=int(opened), still_open=int(still))
            for reason, code, hour, opened, still in found
        ),
        first=first or "",
        succeeded=counts.get("succeeded", 0),
        failed=counts.get("failed", 0),
        lost=lost[0][0] if lost else "",
        remedy=lost[0][1] if lost else "",
    )
