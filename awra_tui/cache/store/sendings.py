"""When a record was sent last: between which moments QuickBooks may have made an object of it."""

from dataclasses import dataclass

from awra_tui.cache import rows
from awra_tui.cache.identity import profile
from awra_tui.records.subject import RecordKey

_LAST = """
    SELECT request.created_at, request.sent_at FROM attempt JOIN request ON request.id = attempt.request_id
    WHERE attempt.profile = ? AND attempt.kind = ? AND attempt.source_id = ?
    AND attempt.operation = 'create' AND attempt.outcome <> 'not_sent'
    ORDER BY attempt.id DESC LIMIT 1"""


@dataclass(frozen=True, slots=True)
class Sending:
    """The stamps at which a request was first about to leave, and left for the last time."""

    first: str
    last: str


def last_creation(key: RecordKey) -> Sending | None:
    """Return when the last request left that was to create a record, or None where none did."""
    found = rows.select(_LAST, (profile(), key.kind, key.source_id))
    return Sending(found[0][0], found[0][1] or found[0][0]) if found else None
