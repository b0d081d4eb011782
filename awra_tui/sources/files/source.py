"""The files adapter: one reading of a file or a folder, as the profile describes it."""

import fnmatch
from collections.abc import Collection, Iterator
from pathlib import Path

from awra_tui.records.errors import SourceError
from awra_tui.records.record import BadRow, SourceRecord
from awra_tui.sources.base import Refuse
from awra_tui.sources.files.build import Builder
from awra_tui.sources.files.gather import Gathered, Groups, Place
from awra_tui.sources.files.rows import (
    Row,
    Table,
    UnreadableError,
    bad_row,
    csv_table,
    json_table,
    ndjson_table,
)
from awra_tui.sources.files.shape import FilesShape, RecordShape
from awra_tui.sources.files.text import UndecodableError, decode

FORMATS = {
    ".csv": "csv", ".tsv": "csv", ".txt": "csv", ".json": "json", ".ndjson": "ndjson", ".jsonl": "ndjson",
}  # fmt: skip
"""The format of a file by the end of its name."""


class FilesSource:
    """Records from files; ``kinds`` limits what is yielded (all when empty)."""

    def __init__(self, shape: FilesShape, folder: Path, kinds: Collection[str], refuse: Refuse) -> None:
        self.shape = shape
        self.refuse = refuse
        self.path = folder / Path(shape.path).expanduser()
        self.kinds = kinds
        self.name = self.path.name or str(self.path)
        self.complete = False
        self._stopped = False

    def signature(self) -> str:
        """Return sizes and times of the files: as long as they stand, nothing has changed."""
        stats = [(name, path.stat()) for name, path in self._files()]
        return ";".join(f"{name} {stat.st_size} {stat.st_mtime_ns}" for name, stat in stats)

    def read(self) -> Iterator[SourceRecord | BadRow]:
        """Yield bad rows as they are met, then the records in order of work.

        Raise SourceError where there is no file at all, ConfigError where a file lacks a column
        that the profile names.
        """
        self.complete = self._stopped = False  # here: one that is stopped before it began must not begin
        return self._read()

    def _read(self) -> Iterator[SourceRecord | BadRow]:
        gathered = Gathered()
        seen: set[BadRow] = set()
        for bad in self._bad_rows(gathered):
            if bad not in seen:
                seen.add(bad)
                yield bad
        yield from gathered.in_order(self.kinds)
        self.complete = not seen

    def stop(self) -> None:
        """End a reading that is under way on another thread: at its next row it raises SourceError."""
        self._stopped = True

    def _bad_rows(self, gathered: Gathered) -> Iterator[BadRow]:
        files = self._files()
        for shape in self.shape.records:
            if not any(_matches(name, shape) for name, _ in files):
                yield bad_row(shape.files, 0, "", "", f"a file with this name, for {shape.kind} records")
        for name, path in files:
            shapes = [shape for shape in self.shape.records if _matches(name, shape)]
            if shapes:
                yield from self._read_file(name, path, shapes, gathered)

    def _files(self) -> list[tuple[str, Path]]:
        if self.path.is_file():
            return [(self.path.name, self.path)]
        if not self.path.is_dir():
            raise SourceError(
                f"There is no file or folder {self.path}. Set path in the profile's [source], "
                "or give --set source.path=…"
            )
        found = sorted(self.path.glob(self.shape.files or "*"))
        files = [path for path in found if path.is_file() and self._readable(path)]
        if not files:
            wanted = self.shape.files or ", ".join(f"*{suffix}" for suffix in FORMATS)
            raise SourceError(f"The folder {self.path} has no file that fits {wanted}.")
        return [(path.relative_to(self.path).as_posix(), path) for path in files]

    def _readable(self, path: Path) -> bool:
        # Office programs leave ~$name beside a file that is open; hidden files are nobody's export.
        if path.name.startswith(("~$", ".")):
            return False
        return bool(self.shape.files) or path.suffix.lower() in FORMATS

    def _read_file(
        self, name: str, path: Path, shapes: list[RecordShape], gathered: Gathered
    ) -> Iterator[BadRow]:
        try:
            table = self._table(name, decode(path.read_bytes(), self.shape.encoding), shapes)
        except OSError as error:
            yield bad_row(name, 0, "", "", f"a file that can be read ({error.strerror})")
        except UndecodableError as error:
            yield bad_row(name, error.line, "", "", f"{error.expected}; found {error.value}")
        except UnreadableError as error:
            yield error.bad
        else:
            self._check_columns(name, table, shapes)
            yield from self._records(table, [Builder(shape, self.shape) for shape in shapes], gathered)

    def _table(self, name: str, text: str, shapes: list[RecordShape]) -> Table:
        how = self.shape.format
        if how == "auto":
            how = FORMATS.get(Path(name).suffix.lower(), "csv")  # type: ignore[assignment]
        if how == "json":
            return json_table(name, text, records_path=self.shape.records_path)
        if how == "ndjson":
            return ndjson_table(name, text)
        wanted = set().union(*(shape.columns() for shape in shapes))
        return csv_table(
            name, text, delimiter=self.shape.delimiter, header_row=self.shape.header_row, wanted=wanted
        )

    def _records(self, table: Table, builders: list[Builder], gathered: Gathered) -> Iterator[BadRow]:
        groups = {builder: Groups(builder.shape.group_by) for builder in builders if builder.shape.group_by}
        for row in table.rows:
            if self._stopped:
                raise SourceError(f"Reading {self.name} was stopped.")
            if isinstance(row, BadRow):
                yield row
                for group in groups.values():
                    group.spoil(row.line)
                continue
            for builder in builders:
                if not builder.wants(row):
                    continue
                if builder in groups:
                    groups[builder].add(row)
                else:
                    yield from _take(builder, [row], gathered)
        for builder, group in groups.items():
            for rows in group.whole():
                yield from [rows] if isinstance(rows, BadRow) else _take(builder, rows, gathered)

    def _check_columns(self, name: str, table: Table, shapes: list[RecordShape]) -> None:
        for shape in shapes:
            self._check(name, table, shape, shape.columns())
            for part in (*shape.lines, *shape.applications):
                if part.each and table.nested:
                    wanted = part.columns() - set(shape.optional)
                    self._check(f"{name} in {part.each}", table.below(part.each), shape, wanted)

    def _check(self, name: str, table: Table, shape: RecordShape, columns: set[str]) -> None:
        for column in sorted(columns):
            wrong = table.wrong_with(column)
            if wrong:
                key = ("source", "records", self.shape.records.index(shape), *shape.key_of(column))
                raise self.refuse(key, f"{shape.kind} records read {column!r}, but {name} {wrong}")


def _take(builder: Builder, rows: list[Row], gathered: Gathered) -> Iterator[BadRow]:
    built = builder.build(rows)
    if isinstance(built, list):
        yield from built
    else:
        column = builder.shape.fields.get("source_id", "")
        yield from gathered.add(built, Place(rows[0].file, rows[0].line, column))


def _matches(name: str, shape: RecordShape) -> bool:
    return fnmatch.fnmatchcase(name, shape.files) or fnmatch.fnmatchcase(Path(name).name, shape.files)
