"""What people chose for records that changed, or went, after they were sent; one choice a record stands."""

from collections.abc import Iterable
from dataclasses import asdict

import msgspec

from awra_tui.cache.jsontext import from_text, to_text
from awra_tui.cache.store import facts
from awra_tui.records.chosen import Choice, Chosen
from awra_tui.records.subject import RecordKey

_PREFIX = "chosen/"


def everything() -> dict[str, Chosen]:
    """Return every choice that stands, by the text of its record's key."""
    return {key: _read(text) for key, text in facts.starting_with(_PREFIX).items() if text}


def of(key: RecordKey) -> Chosen | None:
    """Return the choice that stands for a record, or None."""
    text = facts.get(_PREFIX + key.text)
    return _read(text) if text else None


def keep(key: RecordKey, chosen: Chosen | None) -> None:
    """Note a choice in place of the one before; None takes it away."""
    if chosen is not None or facts.get(_PREFIX + key.text):
        facts.set(_PREFIX + key.text, to_text(asdict(chosen)) if chosen else "")


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
