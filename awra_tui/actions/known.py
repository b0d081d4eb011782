"""What several actions ask of the cache first, with a sentence where it is not there."""

from awra_tui.cache.store import facts, records
from awra_tui.cache.stored import StoredRecord
from awra_tui.records.errors import AwraError, UnknownRecordError
from awra_tui.records.qbo import Company
from awra_tui.records.subject import RecordKey


def known_company() -> Company:
    """Return the company as it was read last; raise AwraError before the first reading."""
    company = facts.company()
    if company is None:
        raise AwraError(
            "QuickBooks has not been reached yet, so there is nothing to choose from; sync first."
        )
    return company


def known_record(key: RecordKey) -> StoredRecord:
    """Return a record of the cache; raise UnknownRecordError where there is none."""
    stored = records.get(key)
    if stored is None:
        raise UnknownRecordError(f"There is no record {key.text} in the cache; has the source been read?")
    return stored


def counted(count: int, one: str, several: str = "") -> str:
    """Write a count with its noun."""
    return f"{count:,} {one if count == 1 else several or one + 's'}"
