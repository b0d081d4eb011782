"""Objects of QuickBooks by their document numbers, together with the records connected to them."""

from collections.abc import Sequence

from awra_tui.cache import rows
from awra_tui.cache.identity import profile, realm
from awra_tui.cache.keys import number_key
from awra_tui.records.qbo import QboObject
from awra_tui.records.subject import RecordKey

# The numbers come first (CROSS JOIN): SQLite would rather go through all connections of the entity.
_BEARERS = """
    SELECT thing.qbo_id, thing.number, thing.party_id, link.kind, link.source_id
    FROM qbo_object AS thing CROSS JOIN link
    WHERE thing.profile = ? AND thing.realm = ? AND thing.entity = ? AND thing.number_key IN ({marks})
    AND NOT thing.deleted AND link.profile = thing.profile AND link.realm = thing.realm
    AND link.entity = thing.entity AND link.qbo_id = thing.qbo_id AND link.closed_at = ''
    ORDER BY thing.id"""

Borne = tuple[QboObject, RecordKey]
"""An object with nothing but its number and party, and the record that is connected to it."""


def borne(entity: str, numbers: Sequence[str]) -> dict[str, list[Borne]]:
    """Return the connected objects that bear these numbers, by the numbers as they are compared."""
    found: dict[str, list[Borne]] = {number_key(number): [] for number in numbers}
    for some in rows.chunks(list(found)):
        statement = _BEARERS.format(marks=rows.marks(len(some)))
        for qbo_id, number, party, kind, source_id in rows.select(
            statement, (profile(), realm(), entity, *some)
        ):
            thing = QboObject(entity=entity, id=qbo_id, number=number, party_id=party)
            found[number_key(number)].append((thing, RecordKey(kind, source_id)))
    return found
