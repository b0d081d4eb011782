"""Changes of mappings read from a file, CSV or JSON, each with its place."""

import datetime as dt
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from awra_tui.records.errors import AwraError
from awra_tui.records.record import BadRow
from awra_tui.sources.files.rows import Row, Table, UnreadableError, csv_table, json_table
from awra_tui.sync.intake import explained

COLUMNS = ("mapping", "qbo", "account", "from_date")
"""The columns of a file: the mapping, the object and the deposit account by id or name, the first day."""
STDIN = "-"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One change as a file has it; ``place`` is where."""

    place: str
    mapping: str
    qbo: str = ""
    account: str = ""
    since: dt.date | None = None


def read_changes(path: str) -> list[Wanted]:
    """Return the changes of a file, ``-`` for standard input; raise AwraError that says where it is wrong."""
    name = "standard input" if path == STDIN else Path(path).name
    data = sys.stdin.buffer.read() if path == STDIN else Path(path).read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise AwraError(f"{name} is not text in UTF-8: {error.reason} at byte {error.start}.") from None
    try:
        table = _table(name, text)
        _check_columns(name, table)
        found = list(_wanted(table))
    except UnreadableError as error:
        raise AwraError(explained(error.bad).sentence) from None
    if not found:
        raise AwraError(f"{name} has no changes: it needs {_columns()}, and a line for each mapping.")
    return found


def _table(name: str, text: str) -> Table:
    if text.lstrip().startswith(("[", "{")):
        return json_table(name, text, records_path="mappings")
    return csv_table(name, text, delimiter="auto", header_row=1, wanted=set(COLUMNS))


def _check_columns(name: str, table: Table) -> None:
    unknown = [column for column in table.columns if column not in COLUMNS] if not table.nested else []
    if unknown or (not table.nested and COLUMNS[0] not in table.columns):
        told = f"has {', '.join(table.columns)}" if table.columns else "has no columns"
        raise AwraError(f"{name} {told}, but its columns must be among {_columns()}.")


def _columns() -> str:
    return f"{', '.join(COLUMNS[:-1])} and {COLUMNS[-1]}"


def _wanted(table: Table) -> Iterator[Wanted]:
    for row in table.rows:
        if isinstance(row, BadRow):
            raise UnreadableError(row)
        yield _one(row)


def _one(row: Row) -> Wanted:
    place = f"{'Record' if row.nested else 'Line'} {row.line} of {row.file}"
    if unknown := sorted(set(row.cells) - set(COLUMNS)):
        raise AwraError(f"{place} has {', '.join(unknown)}, but may have {_columns()} only.")
    mapping, qbo, account, since = (str(row.cells.get(name) or "").strip() for name in COLUMNS)
    if not mapping:
        raise AwraError(f"{place} names no mapping: write KIND/VALUE.")
    if not qbo and not account:
        raise AwraError(f"{place} says nothing for {mapping}: write an id or name, or - to take it away.")
    return Wanted(place, mapping, qbo, account, _day(since, place))


def _day(text: str, place: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise AwraError(
            f'{place} has "{text}" as from_date, but must have a day such as 2026-11-01.'
        ) from None
