"""Text of a file into rows: CSV lines, JSON records, NDJSON lines, each with its place."""

import csv
import difflib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

import msgspec

from awra_tui.records.record import BadRow
from awra_tui.records.text import cut

DELIMITERS = (",", ";", "\t", "|")
_VALUE_LENGTH = 200
NAMED, NAME = 50, 60
"""How many columns of a file a sentence names, and characters of each name."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its file, its line from 1 (for JSON the index from 0), and its cells by column."""

    file: str
    line: int
    cells: dict[str, Any]
    nested: bool = False

    def get(self, column: str) -> object:
        """Return the cell, or None; in JSON ``customer.name`` is a name inside an object."""
        if column in self.cells or not self.nested:
            return self.cells.get(column)
        return inside(self.cells, column)


@dataclass(slots=True)
class Table:
    """The rows of one file, and the columns it turned out to have."""

    rows: Iterable[Row | BadRow]
    columns: list[str] = field(default_factory=list)
    nested: bool = False

    def below(self, each: str) -> "Table":
        """Return the elements of a list inside JSON records as a table of their own."""
        lists = (inside(row.cells, each) for row in self.rows if isinstance(row, Row))
        elements = [element for one in lists if isinstance(one, list) for element in one]
        return nested_table([Row("", 0, one, nested=True) for one in elements if isinstance(one, dict)])

    def wrong_with(self, column: str) -> str:
        """Say why a column cannot be read from this file, or nothing where it can."""
        if self.nested and not self.columns:
            return ""
        count = self.columns.count(column)
        if self.nested and not count:
            count = self.columns.count(column.split(".", maxsplit=1)[0])
        if count == 1:
            return ""
        if count:
            return f"has it {count} times: give its columns different names."
        near = difflib.get_close_matches(column, self.columns, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        return f"has no such column; its columns are {self._named()}.{hint}"

    def _named(self) -> str:
        """Name the columns, of a file that is no table the first ones only."""
        more = len(self.columns) - NAMED
        named = ", ".join(cut(column, NAME) for column in self.columns[:NAMED])
        return f"{named} and {more:,} more" if more > 0 else named


class Reader(Protocol):
    """What the csv module returns: rows of cells, and how many lines it has taken so far."""

    @property
    def line_num(self) -> int:
        """The number of lines taken."""
        ...

    def __next__(self) -> list[str]:
        """Return the next row."""
        ...


class UnreadableError(ValueError):
    """A file whose structure cannot be read at all: the bad row that says why."""

    def __init__(self, bad: BadRow) -> None:
        super().__init__(bad.expected)
        self.bad = bad


def inside(value: object, path: str) -> object:
    """Return what a dotted path names inside JSON objects, or None."""
    for name in path.split("."):
        if not isinstance(value, dict):
            return None
        value = value.get(name)
    return value


def bad_row(file: str, line: int, column: str, value: object, expected: str) -> BadRow:
    """Return a bad row whose value is cut to a length that a screen can hold."""
    shown = "" if value is None else str(value)
    return BadRow(file=file, line=line, column=column, value=shown[:_VALUE_LENGTH], expected=expected)


def csv_table(file: str, text: str, *, delimiter: str, header_row: int, wanted: set[str]) -> Table:
    """Return the rows of a CSV file; raise UnreadableError where there is no header.

    With the delimiter ``auto`` the one is taken whose header has the ``wanted`` columns.
    """
    sign = _delimiter(text, header_row, wanted) if delimiter == "auto" else delimiter
    reader = _reader(text, sign)
    header = _header(reader, header_row)
    if not any(header):
        expected = f"a header in row {header_row} with the names of the columns"
        raise UnreadableError(bad_row(file, header_row, "", "", expected))
    return Table(_csv_rows(file, reader, header), header)


def _reader(text: str, delimiter: str) -> Reader:
    # newline="" leaves line breaks to the reader: those inside quotes belong to the cell.
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _header(reader: Reader, header_row: int) -> list[str]:
    try:
        for _ in range(header_row - 1):
            next(reader)
        return [name.strip() for name in next(reader)]
    except (StopIteration, csv.Error):
        return []


def _delimiter(text: str, header_row: int, wanted: set[str]) -> str:
    def fit(sign: str) -> tuple[int, int]:
        header = _header(_reader(text, sign), header_row)
        return len(wanted & set(header)), len(header)

    return max(DELIMITERS, key=fit)


def _csv_rows(file: str, reader: Reader, header: list[str]) -> Iterator[Row | BadRow]:
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield _csv_error(file, start, reader.line_num, error)
            continue
        if len(cells) == len(header):
            yield Row(file, start, dict(zip(header, cells, strict=True)))
        elif cells:
            yield _ragged(file, start, cells, header)


def _csv_error(file: str, start: int, end: int, error: csv.Error) -> BadRow:
    if "unexpected end of data" in str(error):
        expected = f"a closing quote; lines {start} to {end} were not read"
    elif "field limit" in str(error):
        expected = "a cell of at most 131072 characters; a quote may be missing"
    else:
        expected = f"quotes that begin and end a cell ({error})"
    return bad_row(file, start, "", "", expected)


def _ragged(file: str, line: int, cells: list[str], header: list[str]) -> BadRow:
    amount = "1 cell" if len(cells) == 1 else f"{len(cells)} cells"
    expected = f"{len(header)} cells, as many as the header has; found {amount}"
    return bad_row(file, line, "", " | ".join(cells), expected)


def json_table(file: str, text: str, *, records_path: str) -> Table:
    """Return the records of a JSON file: an array, or the one at ``records_path`` in an object."""
    try:
        whole = _decode(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(bad_row(file, 0, "", "", f"JSON ({error})")) from None
    records = whole if isinstance(whole, list) else inside(whole, records_path)
    if not isinstance(records, list):
        expected = f'an array of records, or an object with one at "{records_path}"'
        raise UnreadableError(bad_row(file, 0, "", "", expected))
    return nested_table(_objects(file, list(enumerate(records))))


def ndjson_table(file: str, text: str) -> Table:
    """Return the records of a file with one JSON object a line."""
    return nested_table(_ndjson_rows(file, text))


def nested_table(rows: Iterable[Row | BadRow]) -> Table:
    """Return a table of JSON rows; its columns are the names that any of them has."""
    known = list(rows)
    names: dict[str, None] = {}
    for row in known:
        if isinstance(row, Row):
            names.update(dict.fromkeys(row.cells))
    return Table(known, list(names), nested=True)


def _ndjson_rows(file: str, text: str) -> Iterator[Row | BadRow]:
    for line, content in enumerate(io.StringIO(text, newline=None), 1):
        if not content.strip():
            continue
        try:
            yield from _objects(file, [(line, _decode(content))])
        except (ValueError, RecursionError) as error:
            yield bad_row(file, line, "", content.strip(), f"a JSON object ({error})")


def _objects(file: str, records: list[tuple[int, object]]) -> Iterator[Row | BadRow]:
    for place, record in records:
        if isinstance(record, dict):
            yield Row(file, place, record, nested=True)
        else:
            yield bad_row(file, place, "", record, "a JSON object with the fields of one record")


def _decode(text: str) -> object:
    # Numbers as Decimal: a binary fraction would bring amounts that nobody wrote.
    return msgspec.json.Decoder(float_hook=Decimal).decode(text)
