"""The profile's side of a source, as small as a test needs it."""

import datetime as dt
import tomllib
from pathlib import Path

import msgspec

from awra_tui.records.record import BadRow, SourceRecord
from awra_tui.sources.open import open_source

ANCHOR = dt.date(2024, 11, 23)


def opened(table, folder=Path(), kinds=()):
    """Open a source from its table; a wrong table raises msgspec.ValidationError."""
    return open_source(table, lambda kind: msgspec.convert(table, kind), folder, ANCHOR, kinds)


def read(table, folder=Path(), kinds=()):
    """Read a source to its end: records, bad rows, and whether it was complete."""
    source = opened(table, folder, kinds)
    found = list(source.read())
    records = [record for record in found if isinstance(record, SourceRecord)]
    return records, [row for row in found if isinstance(row, BadRow)], source.complete


def toml(text):
    """Return the [source] table of a profile text."""
    return tomllib.loads(text)["source"]
