"""What a profile says about files: which columns fill which fields of which kinds."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from awra_tui.records.kinds import KINDS
from awra_tui.sources.files.fields import Format

Column = Annotated[str, Meta(min_length=1)]
OneCharacter = Annotated[str, Meta(min_length=1, max_length=1)]

APPLIED_KINDS = {"payment": "invoice", "credit_note": "invoice", "bill_payment": "bill"}
"""What a record of each kind is set against, unless the profile says otherwise."""


class When(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A condition on one column: filled or not, equal to one of some words, or to none of them."""

    column: Column
    filled: bool | None = None
    equals: tuple[str, ...] | None = None
    differs: tuple[str, ...] | None = None

    def holds(self, cell: str) -> bool:
        """Return whether a cell meets the condition; upper and lower case are the same."""
        if self.filled is not None:
            return bool(cell) is self.filled
        word = cell.casefold()
        if self.equals is not None:
            return word in {other.casefold() for other in self.equals}
        return word not in {other.casefold() for other in self.differs or ()}


class PartShape(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A line or application: made once for each row, or for each element of the JSON list ``each``."""

    fields: dict[str, Column] = {}
    constants: dict[str, str | int | bool] = {}
    when: tuple[When, ...] = ()
    each: str = ""

    def columns(self) -> set[str]:
        """Return the columns it reads from each row or element."""
        return set(self.fields.values()) | {condition.column for condition in self.when}


class RecordShape(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How records of one kind are made from rows.

    ``files`` is a pattern for the names of the files it reads. ``group_by`` names the column whose
    equal values make one record of several rows. ``approved`` and ``skipped`` are words of the
    column behind ``state``; ``required`` names further fields that must not be empty,
    ``optional`` columns that a file need not have.
    """

    kind: str
    files: str = "*"
    fields: dict[str, Column] = {}
    constants: dict[str, str | int | bool] = {}
    when: tuple[When, ...] = ()
    lines: tuple[PartShape, ...] = ()
    applications: tuple[PartShape, ...] = ()
    group_by: str = ""
    approved: tuple[str, ...] | None = None
    skipped: tuple[str, ...] | None = None
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()

    def needed(self) -> tuple[str, ...]:
        """Return the fields that no record of this kind can do without."""
        kind = KINDS[self.kind]
        if kind.is_name:
            return ("source_id", "party_name", *self.required)
        amount = () if self.lines else ("amount",)
        party = ("party_id",) if kind.party else ()
        return ("source_id", "date", *party, *amount, *self.required)

    def columns(self) -> set[str]:
        """Return every column it needs a row to have."""
        parts = (*self.lines, *self.applications)
        own = {condition.column for condition in self.when} | {self.group_by}
        read = ({part.each} if part.each else part.columns() for part in parts)
        return set(self.fields.values()).union(own, *read) - {"", *self.optional}

    def key_of(self, column: str) -> tuple[str | int, ...]:
        """Return where the profile names a column, as a way below this table; empty if it is in a part."""
        for name, other in self.fields.items():
            if other == column:
                return ("fields", name)
        return ("group_by",) if column == self.group_by else ()


class FilesShape(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The whole ``[source]`` table of a profile whose type is ``files``."""

    type: Literal["files"] = "files"
    path: Annotated[str, Meta(min_length=1)]
    files: str = ""
    format: Literal["auto", "csv", "json", "ndjson"] = "auto"
    encoding: Literal["auto", "utf-8", "utf-16", "windows-1252"] = "auto"
    delimiter: Literal["auto"] | OneCharacter = "auto"
    header_row: Annotated[int, Meta(ge=1)] = 1
    records_path: str = "records"
    date_formats: Annotated[tuple[str, ...], Meta(min_length=1)] = ("iso",)
    decimal: Literal[".", ","] = "."
    thousands: Literal["", ",", ".", "'", "’", " "] = ""
    approved: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    records: Annotated[tuple[RecordShape, ...], Meta(min_length=1)]

    def form(self) -> Format:
        """Return how the files write dates and numbers."""
        return Format(self.date_formats, self.decimal, self.thousands)
