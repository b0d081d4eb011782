"""Names that people gave records for QuickBooks, where their own is in use there.

Each holds as long as the source calls the record what it was called then.
"""

from collections.abc import Mapping

from awra_tui.cache.jsontext import from_text, to_text
from awra_tui.cache.store import facts
from awra_tui.records.record import SourceRecord
from awra_tui.records.subject import RecordKey

_PREFIX = "named/"


def everything() -> dict[str, str]:
    """Return what was kept of every given name, by the record's key as text."""
    return {key: text for key, text in facts.starting_with(_PREFIX).items() if text}


def of(key: RecordKey) -> str:
    """Return what was kept of the name given to a record, or nothing."""
    return facts.get(_PREFIX + key.text)


def keep(key: RecordKey, kept: str) -> None:
    """Note what is to be kept of a given name, as ``written`` writes it; nothing takes it away."""
    if kept or of(key):
        facts.set(_PREFIX + key.text, kept)


def written(name: str, record: SourceRecord) -> str:
    """Write a given name beside the own name for which it stands."""
    return to_text({"name": name, "own": record.party_name or record.number}) if name else ""


def name_in(kept: Mapping[str, str], record: SourceRecord) -> str:
    """Return the name that holds for a record now, or nothing; ``kept`` is as of ``everything``."""
    text = kept.get(RecordKey(record.kind, record.source_id).text, "")
    found = from_text(text) if text else {}
    return str(found["name"]) if found and found["own"] == (record.party_name or record.number) else ""


def given(record: SourceRecord) -> str:
    """Return the name that holds for a record now, or nothing. A job of the cache."""
    key = RecordKey(record.kind, record.source_id)
    return name_in({key.text: of(key)}, record)
