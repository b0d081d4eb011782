"""Records that are in QuickBooks more than once: objects beside the connected one that carry its mark.

No client can prevent that a network delivers a request twice; it can only be noticed.
"""

from collections.abc import Iterator, Sequence

from awra_tui.health import wording
from awra_tui.health.states import state_of
from awra_tui.health.view import View
from awra_tui.records.finding import Finding
from awra_tui.records.qbo import Link, QboObject
from awra_tui.records.record import SourceRecord
from awra_tui.records.subject import RecordKey


def twin_findings(record: SourceRecord, view: View) -> tuple[Finding, ...]:
    """Return one finding that names every id, where a connected record is in QuickBooks more than once."""
    links = view.links(RecordKey(record.kind, record.source_id))
    pairs = [(link, twins) for link in links if (twins := list(_twins(record, link, view)))]
    if not pairs:
        return ()
    link, twins = pairs[0]
    ids = [link.qbo_id, *(each.id for each in twins)]
    values = {
        "count": str(len(ids)),
        "entity": wording.entity_label(link.entity),
        "ids": " and ".join(filter(None, [", ".join(ids[:-1]), ids[-1]])),
    }
    return (Finding(reason="booked_twice", values=values, existing_id=twins[0].id),)


def is_twin(one: QboObject, other: QboObject) -> bool:
    """Whether two objects with the same mark stand for the same record, and both count."""
    same = one.entity == other.entity and one.mark == other.mark and one.party_id == other.party_id
    return same and one.id != other.id and not state_of(one) and not state_of(other)


def _twins(record: SourceRecord, link: Link, view: View) -> Iterator[QboObject]:
    mine = view.object(link.entity, link.qbo_id)
    if mine is None:
        return
    several = view.marked_alike(record, link.entity)
    # Where records share a number, an object with another total is the other record's.
    alike = several if not view.shares_mark(record) else _same_total(several, mine)
    yield from (each for each in alike if is_twin(each, mine))


def _same_total(several: Sequence[QboObject], mine: QboObject) -> list[QboObject]:
    return [each for each in several if each.amount == mine.amount]
