"""What a profile says about files: which columns fill which fields of which kinds."""

import datetime as dt
import difflib
from collections.abc import Collection, Mapping
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from awra_tui.records.kinds import KINDS
from awra_tui.sources.files.fields import (
    APPLICATION_FIELDS,
    LINE_FIELDS,
    RECORD_FIELDS,
    TEXT,
    CellError,
    Format,
    How,
    parsed_date,
    read_cell,
)

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

    def __post_init__(self) -> None:
        given = [test for test in (self.filled, self.equals, self.differs) if test is not None]
        if len(given) != 1:
            raise ValueError(f"when {self.column!r} needs exactly one of filled, equals, differs")

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


class LineShape(PartShape, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How a line is made."""

    def __post_init__(self) -> None:
        check_fields(self, LINE_FIELDS, ("amount",))


class ApplicationShape(PartShape, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How an application is made: what the record is set against."""

    def __post_init__(self) -> None:
        check_fields(self, APPLICATION_FIELDS, ("source_id", "amount"))


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
    lines: tuple[LineShape, ...] = ()
    applications: tuple[ApplicationShape, ...] = ()
    group_by: str = ""
    approved: tuple[str, ...] | None = None
    skipped: tuple[str, ...] | None = None
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"kind {self.kind!r} is not known; kinds are {', '.join(KINDS)}")
        check_fields(self, RECORD_FIELDS, self.needed())
        for name in self.required:
            _check_field(name, RECORD_FIELDS)

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
        parts = [part for part in (*self.lines, *self.applications) if not part.each]
        own = {condition.column for condition in self.when} | ({self.group_by} - {""})
        every = set(self.fields.values()).union(own, *(part.columns() for part in parts))
        return every - set(self.optional)


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

    def __post_init__(self) -> None:
        if self.decimal == self.thousands:
            raise ValueError(f"decimal and thousands are both {self.decimal!r}; they must differ")
        for pattern in self.date_formats:
            _check_pattern(pattern)

    def form(self) -> Format:
        """Return how the files write dates and numbers."""
        return Format(self.date_formats, self.decimal, self.thousands)


def _check_pattern(pattern: str) -> None:
    day = dt.date(2013, 11, 23)
    if pattern != "iso" and parsed_date(day.strftime(pattern), pattern) != day:
        raise ValueError(f'date format {pattern!r} is not "iso" or a pattern such as "%d/%m/%Y"')


def check_fields(part: PartShape | RecordShape, known: Mapping[str, How], needed: Collection[str]) -> None:
    """Raise ValueError if a field is not known, a constant wrong, or a needed field without either."""
    for name in (*part.fields, *part.constants):
        _check_field(name, known)
    read_constants(part, known)
    both = set(part.fields) & set(part.constants)
    if both:
        raise ValueError(f"{', '.join(sorted(both))} has a column and a constant; keep one")
    missing = [name for name in needed if name not in part.fields and name not in part.constants]
    if missing:
        raise ValueError(f"no column or constant fills {', '.join(missing)}")


def read_constants(part: PartShape | RecordShape, known: Mapping[str, How]) -> dict[str, object]:
    """Return the values of the constants, written as in ISO: 2026-01-31, 1234.50; raise ValueError."""
    try:
        return {
            name: read_cell(known.get(name, TEXT), name, value, Format())
            for name, value in part.constants.items()
        }
    except CellError as error:
        raise ValueError(f"constant {error.column} = {error.value!r}; expected {error.expected}") from None


def _check_field(name: str, known: Collection[str]) -> None:
    if name in known or (known is RECORD_FIELDS and name.startswith("extra.") and len(name) > 6):
        return
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"; did you mean {near[0]}?" if near else f"; fields are {', '.join(known)}"
    raise ValueError(f"there is no field {name!r}{hint}")
