"""What people disconnected: the object that the program must not connect to a record again by itself."""

from awra_tui.cache.store import facts
from awra_tui.records.subject import RecordKey

_PREFIX = "parted/"


def everything() -> dict[str, str]:
    """Return the ids of objects by the keys, as text, of the records that were disconnected from them."""
    return {key: qbo_id for key, qbo_id in facts.starting_with(_PREFIX).items() if qbo_id}


def of(key: RecordKey) -> str:
    """Return the id of the object that a record was disconnected from, or nothing."""
    return facts.get(_PREFIX + key.text)


def keep(key: RecordKey, qbo_id: str) -> None:
    """Note what a record was disconnected from; nothing takes it away."""
    if qbo_id or of(key):
        facts.set(_PREFIX + key.text, qbo_id)
