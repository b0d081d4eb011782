"""What had changed in QuickBooks for a record that goes by itself: said where it is sent, and afterwards."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from awra_tui.cache.store import attempts, warnings
from awra_tui.cache.store.attempts import LastAttempt
from awra_tui.cache.store.warned import Awaited
from awra_tui.cache.stored import StoredRecord
from awra_tui.health import wording
from awra_tui.health.inputs import concerned
from awra_tui.records import clock
from awra_tui.records.qbo import QboObject
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.sync import obstacles
from awra_tui.sync.view import CacheView

SHOWN = 3
"""So many remedies are told in the sentence of a pass; more are counted."""
_HELD = (Status.FAILED, Status.NEEDS_ATTENTION, Status.PENDING)
"""Where a record stands that was held; pending where a pass judged it and did not come to send it."""


def found(going: Sequence[StoredRecord], view: CacheView) -> dict[RecordKey, str]:
    """Return what had changed in QuickBooks for records that were held and can go now.

    Records that a person released, that changed in the source since, or of which QuickBooks turned out to
    have what it refused are left out. A job of the cache.
    """
    held = {one.key: one for one in going if one.status in _HELD and one.verdicts and not one.released}
    last = attempts.last_of_many([*held])
    held = {key: one for key, one in held.items() if not _is_there(key, last.get(key), view)}
    told = {key: _because(held[key], awaited, view) for key, awaited in warnings.awaited([*held]).items()}
    return {key: because for key, because in told.items() if because}


def _is_there(key: RecordKey, last: LastAttempt | None, view: CacheView) -> bool:
    """Whether QuickBooks has what was to be created last: its number was in use by the record itself."""
    refused = last.created if last is not None and last.outcome == "failed" else ""
    return any(link.role == refused for link in view.links(key))


def _because(one: StoredRecord, ever: Sequence[Awaited], view: CacheView) -> str:
    awaited = _last([each for each in ever if not each.closed_at or each.closed_at >= one.last_attempt_at])
    if any(one.changed_at > each.opened_at for each in awaited):
        return ""
    refusal = next((each for each in awaited if each.message), None)
    said = next((each.awaits for each in awaited if each.awaits), "")
    if refusal is not None and not obstacles.is_gone(one):
        said = _changed(one, view) or said
    return f"{said} in QuickBooks" if said else ""


def _last(ever: Sequence[Awaited]) -> list[Awaited]:
    """Return the warnings that are open; where none is, those that were closed last."""
    closed = max((each.closed_at for each in ever), default="")
    return [each for each in ever if not each.closed_at] or [
        each for each in ever if each.closed_at == closed
    ]


def _changed(one: StoredRecord, view: CacheView) -> str:
    """Name the objects that were changed in QuickBooks since the last attempt."""
    known = (view.object(*place) for place in sorted(concerned(one.record, view)))
    changed = [obj for obj in known if obj is not None and _changed_at(obj) > one.last_attempt_at]
    if not changed:
        return ""
    more = f" and {wording.counted(len(changed) - 1, 'other object')}" if len(changed) > 1 else ""
    return f"{wording.object_title(changed[0])}{more} changed"


def _changed_at(obj: QboObject) -> str:
    """Return when an object was changed, by QuickBooks' own clock, as a stamp."""
    told = obj.content.get("MetaData", {}).get("LastUpdatedTime", "")
    try:
        return clock.stamp(dt.datetime.fromisoformat(told).astimezone(dt.UTC))
    except ValueError:
        return ""


def told(run_id: int) -> str:
    """Say which records a pass sent by itself, and why it could. A job of the cache."""
    grouped: dict[str, list[str]] = defaultdict(list)
    for key, number, because in attempts.sent_because(run_id):
        grouped[because].append(wording.capital(wording.key_title(key, number)))
    sentences = [_sentence([*dict.fromkeys(names)], because) for because, names in grouped.items()]
    more = len(sentences) - SHOWN
    return " ".join([*sentences[:SHOWN], *([f"{more:,} more causes: see the run."] if more > 0 else [])])


def _sentence(names: Sequence[str], because: str) -> str:
    if len(names) == 1:
        return f"{names[0]} was sent by itself: {because}."
    return f"{len(names):,} records were sent by themselves: {because}."
