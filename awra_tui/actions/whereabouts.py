"""Where something is, in one sentence: said before anyone creates it by hand."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from awra_tui.actions.known import counted
from awra_tui.cache.pages.matching import rank
from awra_tui.cache.pages.sought import Sought, SoughtRecord
from awra_tui.cache.pages.sought_objects import SoughtObject
from awra_tui.health.wording import capital, day, entity_label, money, object_title
from awra_tui.records.clock import parse_stamp
from awra_tui.records.kinds import kind_of
from awra_tui.records.qbo import QboObject, is_void
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey


@dataclass(frozen=True, slots=True)
class LookAlike:
    """An object that no record is connected to and that looks like a record, and why."""

    object: QboObject
    why: str


Alikes = dict[RecordKey, tuple[LookAlike, ...]]
"""What looks like records that are not connected yet."""


def verdict(found: Sought, alikes: Alikes) -> str:
    """Return the verdict over everything that was found: of the likeliest, where some are exact."""
    if not found.text:
        return ""
    records, loose = _likeliest(found)
    if len(records) == 1:
        return _of_one(records[0], loose, alikes)
    if records:
        return _of_several(records, loose)
    if loose:
        return _not_ours(loose)
    return "Nothing anywhere: neither in the source nor in our copy of QuickBooks."


def _of_one(one: SoughtRecord, loose: Sequence[SoughtObject], alikes: Alikes) -> str:
    """Return where the one record is; an equal amount alone makes no second booking of what is connected."""
    alone = bool(one.held) and rank(one.row.how) > 0
    entity = kind_of(one.row.kind).entity
    twins = [] if alone else [each for each in loose if each.object.entity == entity]
    return of_record(one, alikes.get(one.key, ()), twins) + (_besides(loose) if alone else "")


def _besides(loose: Sequence[SoughtObject]) -> str:
    if not loose:
        return ""
    return f" Besides, QuickBooks has {counted(len(loose), 'object')} that no record is connected to."


def _likeliest(found: Sought) -> tuple[list[SoughtRecord], list[SoughtObject]]:
    """Return the records of the best way of finding, and the unconnected objects of that way."""
    ways = [one.row.how for one in found.records] + [one.how for one in found.objects if not one.records]
    best = min(map(rank, ways), default=0)
    records = [one for one in found.records if rank(one.row.how) == best]
    loose = [one for one in found.objects if rank(one.how) == best and not one.records]
    return records, [one for one in loose if not one.object.deleted]


def of_record(one: SoughtRecord, alike: Sequence[LookAlike] = (), twins: Sequence[SoughtObject] = ()) -> str:
    """Return where one record is; ``twins`` are unconnected objects that answer to the same text."""
    title = _title(one)
    if one.row.status is Status.UNKNOWN:
        return f"{title} was sent {_at(one.last_attempt_at)}, no answer yet: do not create it by hand."
    if one.held:
        return _held(title, one, twins)
    if alike:
        return (
            f"{title} is not connected, but {described(alike[0].object)} looks the same ({alike[0].why}): "
            "compare and connect them, do not create it by hand."
        )
    if twins:
        return (
            f"{title} is not connected, but {described(twins[0].object)} answers to the same "
            f"{_way(twins[0].how)}: compare them before anything is created."
        )
    return _absent(title, one)


def _held(title: str, one: SoughtRecord, twins: Sequence[SoughtObject]) -> str:
    first, *others = one.held
    if twins:
        named = " and ".join(_named(each) for each in (first, *(twin.object for twin in twins)))
        return f"{title} may be in the books {_times(1 + len(twins))}: {named}. Compare them in QuickBooks."
    if first.deleted:
        return f"{title} was in the books as {_named(first)}, but that is deleted: decide about it here."
    if is_void(first.content):
        return f"{title} is in the books as {_named(first)}, but that is void: decide about it here."
    if others:
        return f"{title} is in the books as {' and '.join(_named(each) for each in one.held)} (connected)."
    return f"{title} is in the books once, as {_named(first)} (connected)."


def _absent(title: str, one: SoughtRecord) -> str:
    if one.deleted:
        return f"{title} is not in QuickBooks, and the source does not have it any more."
    if one.row.status is Status.SKIPPED:
        return f"{title} is not in QuickBooks and is not sent: {one.skipped_because.rstrip('.')}."
    if one.waits:
        return f"{title} is not in QuickBooks. It waits here: {one.waits}"
    if one.row.status is Status.PENDING:
        return f"{title} is not in QuickBooks yet and goes with the next sync: do not create it by hand."
    return f"{title} is not in QuickBooks: {one.row.status.label}."


def _of_several(records: Sequence[SoughtRecord], loose: Sequence[SoughtObject]) -> str:
    states = Counter(_state(one) for one in records)
    told = ", ".join(f"{count:,} {state}" for state, count in states.most_common())
    return f"{counted(len(records), 'record')} of the source may be meant: {told}.{_besides(loose)}"


def _state(one: SoughtRecord) -> str:
    if one.row.status is Status.UNKNOWN:
        return "sent without an answer yet"
    return "in the books" if one.held else "not in QuickBooks"


def _not_ours(loose: Sequence[SoughtObject]) -> str:
    if len(loose) > 1:
        kinds = Counter(entity_label(one.object.entity) for one in loose)
        told = ", ".join(counted(count, kind) for kind, count in kinds.most_common())
        return f"In QuickBooks but not ours: {told}; no record of the source is connected to them."
    [one] = loose
    return (
        f"In QuickBooks but not ours: {described(one.object)} has this {_way(one.how)}; "
        "no record of the source is connected to it."
    )


def described(found: QboObject) -> str:
    """Return title, date and amount of an object: ``Invoice 12 of 03 Nov 2026 over KES 500.00``."""
    parts = [capital(object_title(found))]
    if found.date:
        parts.append(f"of {day(found.date)}")
    if found.amount and found.date:
        parts.append(f"over {money(found.amount, found.currency)}")
    return " ".join(parts)


def _named(found: QboObject) -> str:
    return capital(object_title(found))


def _title(one: SoughtRecord) -> str:
    kind = kind_of(one.row.kind)
    called = one.row.party if kind.is_name and one.row.party else one.row.number
    return f"{kind.label} {called or one.row.source_id}"


def _way(how: str) -> str:
    return {"text": "text", "mark": "mark of ours"}.get(how, how)


def _times(count: int) -> str:
    return "twice" if count == 2 else f"{count} times"


def _at(stamp: str) -> str:
    return f"at {parse_stamp(stamp).astimezone():%H:%M on %d %b}" if stamp else "a moment ago"
