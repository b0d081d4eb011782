"""Single things known of the profile, as text under a key: the company, the last reading, the next run."""

from dataclasses import asdict

import msgspec

from awra_tui.cache import rows
from awra_tui.cache.identity import profile
from awra_tui.cache.jsontext import from_text, to_text
from awra_tui.cache.schema import FactTable
from awra_tui.records.qbo import Company

NEXT_SYNC = "next_sync"
"""The stamp of the next scheduled pass; empty where none is planned."""
SCHEDULE_ALIVE = "schedule_alive"
"""The stamp of the last sign of life of the scheduled sync; empty where it was ended in order."""
LAST_READING = "last_reading"
"""The stamp at which the source was read whole last; empty before the first time."""
_COMPANY = "company"


def get(key: str) -> str:
    """Return a fact, or nothing."""
    row = FactTable.get_or_none((FactTable.profile == profile()) & (FactTable.key == key))
    return row.value if row else ""


def starting_with(prefix: str) -> dict[str, str]:
    """Return the facts whose keys begin with a prefix, by what follows it."""
    query = FactTable.select(FactTable.key, FactTable.value).where(
        FactTable.profile == profile(), FactTable.key.startswith(prefix)
    )
    found = ((str(key), str(value)) for key, value in rows.tuples(query))
    return {key.removeprefix(prefix): value for key, value in found if key.startswith(prefix)}


def set(key: str, value: str) -> None:  # noqa: A001
    """Note a fact in place of what was noted before."""
    FactTable.insert(profile=profile(), key=key, value=value).on_conflict(
        conflict_target=[FactTable.profile, FactTable.key], update={FactTable.value: value}
    ).execute()


def set_company(company: Company) -> None:
    """Note the company's name and settings as they are now."""
    set(_COMPANY, to_text(asdict(company)))


def company() -> Company | None:
    """Return the company as it was noted last, or None before the first connection."""
    text = get(_COMPANY)
    return msgspec.convert(from_text(text), Company) if text else None
