"""What people chose for records that changed, or went, after they were sent.

One choice stands of a record, and one of each other role in which it is in QuickBooks.
"""

from collections.abc import Iterable
from dataclasses import asdict

import msgspec

from awra_tui.cache.jsontext import from_text, to_text
from awra_tui.cache.store import facts
from awra_tui.records.chosen import Choice, Chosen
from awra_tui.records.subject import RecordKey

_PREFIX = "chosen/"


def everything() -> dict[str, Chosen]:
    """Return every choice that stands, by its place."""
    return {key: _read(text) for key, text in facts.starting_with(_PREFIX).items() if text}


def place(key: RecordKey, role: str = "main") -> str:
    """Return under what the choice for a record is kept, or for what it is in another role."""
    return key.text if role == "main" else f"{role}:{key.text}"


def of(key: RecordKey, role: str = "main") -> Chosen | None:
    """Return the choice that stands for a record in a role, or None."""
    text = facts.get(_PREFIX + place(key, role))
    return _read(text) if text else None


def keep(key: RecordKey, chosen: Chosen | None, role: str = "main") -> None:
    """Note a choice in place of the one before; None takes it away."""
    name = _PREFIX + place(key, role)
    if chosen is not None or facts.get(name):
        facts.set(name, to_text(asdict(chosen)) if chosen else "")


def forget(keys: Iterable[RecordKey]) -> None:
    """Take choices away that were carried out, or that nobody would stand by any more."""
    for key in keys:
        keep(key, None)


def carried_out(keys: Iterable[RecordKey]) -> None:
    """Take away the choices to send ours, now that QuickBooks has ours."""
    for key in keys:
        chosen = of(key)
        if chosen is not None and chosen.choice is Choice.OURS:
            keep(key, None)


def as_json(chosen: Chosen | None) -> dict[str, object]:
    """Write a choice as decisions keep it; nothing is an empty object."""
    return asdict(chosen) if chosen else {}


def from_json(kept: dict[str, object]) -> Chosen | None:
    """Read a choice that ``as_json`` wrote."""
    return msgspec.convert(kept, Chosen) if kept else None


def _read(text: str) -> Chosen:
    return msgspec.convert(from_text(text), Chosen)
