"""What became of resends: how often a person's resend of a record was refused for one and the same reason."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from awra_tui.cache import rows
from awra_tui.cache.identity import profile
from awra_tui.cache.store.intake import by_kind
from awra_tui.records.subject import RecordKey

_TRIES = """
    SELECT attempt.kind, source_id, attempt.outcome, code, message, run."trigger"
    FROM attempt JOIN run ON run.id = attempt.run_id
    WHERE attempt.profile = ? AND attempt.kind = ? AND source_id IN ({ids}) ORDER BY attempt.id DESC"""
_ANY_RULE = ("", "6000")
"""Codes that stand for any reason, so that only the message tells one from another (Intuit: error codes)."""


@dataclass(frozen=True, slots=True)
class _Try:
    outcome: str
    code: str
    message: str
    trigger: str

    @property
    def cause(self) -> tuple[str, str]:
        return (self.code, self.message if self.code in _ANY_RULE else "")


def refused_again(keys: Sequence[RecordKey]) -> dict[RecordKey, int]:
    """Return how often persons resent each record in vain since it was first refused for its last reason.

    Records that were never resent are left out.
    """
    tries: dict[RecordKey, list[_Try]] = defaultdict(list)
    for kind, ids in by_kind(keys).items():
        for some in rows.chunks(ids):
            for row in rows.select(_TRIES.format(ids=rows.marks(len(some))), (profile(), kind, *some)):
                tries[RecordKey(row[0], row[1])].append(_Try(*row[2:]))
    counts = {key: _count(newest_first) for key, newest_first in tries.items()}
    return {key: count for key, count in counts.items() if count}


def _count(newest_first: Iterable[_Try]) -> int:
    count, cause = 0, None
    for one in newest_first:
        if one.outcome == "not_sent":
            continue
        cause = cause or one.cause
        if one.outcome != "failed" or one.cause != cause:
            break
        count += one.trigger == "resend"
    return count
