"""What a reading gathers: one record for each kind and source id, or a conflict that is not decided."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from awra_tui.records.kinds import ORDER
from awra_tui.records.record import BadRow, SourceRecord
from awra_tui.sources.files.rows import Row, bad_row

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record was found, and in which column its id stands."""

    file: str
    line: int
    column: str

    def other(self, file: str) -> str:
        """Say this place from within ``file``."""
        return f"line {self.line}" if file == self.file else f"{self.file} line {self.line}"


@dataclass(slots=True)
class Gathered:
    """The records of one reading.

    The same record twice is one; two different ones with one id are a conflict, and neither is
    yielded: which of them is right is not for a program to decide.
    """

    records: dict[Key, SourceRecord] = field(default_factory=dict)
    places: dict[Key, Place] = field(default_factory=dict)
    conflicts: set[Key] = field(default_factory=set)

    def add(self, record: SourceRecord, place: Place) -> Iterator[BadRow]:
        """Take a record; yield what is wrong when another one already has its id."""
        key = (record.kind, record.source_id)
        known = self.records.setdefault(key, record)
        first = self.places.setdefault(key, place)
        if known == record:
            return
        if key not in self.conflicts:
            self.conflicts.add(key)
            yield _conflict(record, first, place)
        yield _conflict(record, place, first)

    def in_order(self, kinds: Collection[str]) -> Iterator[SourceRecord]:
        """Yield the records of ``kinds`` (all when empty) without conflict, in order of work."""
        for key in sorted(self.records, key=lambda key: ORDER[key[0]]):
            if key not in self.conflicts and (not kinds or key[0] in kinds):
                yield self.records[key]


def _conflict(record: SourceRecord, place: Place, other: Place) -> BadRow:
    expected = (
        f"an id that only one {record.kind} has; another one with different content "
        f"stands in {other.other(place.file)}, and neither was taken"
    )
    return bad_row(place.file, place.line, place.column, record.source_id, expected)


@dataclass(slots=True)
class Groups:
    """Rows of one file that make records together, by the value of a column.

    A row that could not be read may have belonged to the record before it or after it, so neither
    of these is taken.
    """

    column: str
    rows: dict[str, list[Row]] = field(default_factory=dict)
    spoiled: dict[str, int] = field(default_factory=dict)
    last: str = ""
    unread: int | None = None

    def add(self, row: Row) -> None:
        """Take one row."""
        name = str(row.get(self.column) or "").strip()
        self.rows.setdefault(name, []).append(row)
        if self.unread is not None:
            self.spoiled.setdefault(name, self.unread)
        self.last, self.unread = name, None

    def spoil(self, line: int) -> None:
        """Take note of a row that could not be read."""
        if self.rows:
            self.spoiled.setdefault(self.last, line)
        self.unread = line

    def whole(self) -> Iterator[list[Row] | BadRow]:
        """Yield the rows of each record, or a bad row where some of them may be missing."""
        for name, rows in self.rows.items():
            if name in self.spoiled:
                expected = f"all rows of this record; line {self.spoiled[name]} could not be read"
                yield bad_row(rows[0].file, rows[0].line, self.column, name, expected)
            else:
                yield rows
