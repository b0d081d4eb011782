"""Rows into records, as a profile's shape says; what cannot be read becomes bad rows, never a guess."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from awra_tui.records.record import Application, BadRow, Contact, Line, SourceRecord
from awra_tui.sources.files.fields import (
    APPLICATION_FIELDS,
    LINE_FIELDS,
    RECORD_FIELDS,
    TEXT,
    CellError,
    Format,
    How,
    read_cell,
    text_of,
)
from awra_tui.sources.files.rows import Row, bad_row, inside
from awra_tui.sources.files.shape import APPLIED_KINDS, FilesShape, PartShape, RecordShape, When


@dataclass(slots=True)
class Problems:
    """The bad cells met while one record is built."""

    rows: list[BadRow] = field(default_factory=list)

    def add(self, row: Row, error: CellError) -> None:
        """Keep what is wrong with a cell of ``row``."""
        self.rows.append(bad_row(row.file, row.line, error.column, error.value, error.expected))


class Builder:
    """Builds the records of one kind; ``approved`` and ``skipped`` are words in lower case."""

    def __init__(self, shape: RecordShape, settings: FilesShape) -> None:
        self.shape = shape
        self.form = settings.form()
        approved = settings.approved if shape.approved is None else shape.approved
        skipped = settings.skipped if shape.skipped is None else shape.skipped
        self.approved = frozenset(word.casefold() for word in approved)
        self.skipped = frozenset(word.casefold() for word in skipped)

    def wants(self, row: Row) -> bool:
        """Return whether a row tells of a record of this kind: its conditions hold, it is not skipped."""
        if not _holds(self.shape.when, row):
            return False
        state = self.shape.fields.get("state", "")
        return not state or str(row.get(state) or "").strip().casefold() not in self.skipped

    def build(self, rows: Sequence[Row]) -> SourceRecord | list[BadRow]:
        """Return the record that ``rows`` make together, or everything that is wrong with them."""
        problems = Problems()
        for row in rows:
            _check_conditions(self.shape.when, row, problems)
        values = self._values(rows, problems)
        lines = self._lines(rows, problems)
        applications = self._applications(rows, problems)
        if problems.rows:
            return problems.rows
        return self._record(values, lines, applications)

    def _values(self, rows: Sequence[Row], problems: Problems) -> dict[str, Any]:
        values = _read(self.shape, RECORD_FIELDS, rows[0], self.form, problems)
        for name in self.shape.needed():
            column = self.shape.fields.get(name)
            bad = any(problem.column == column for problem in problems.rows)
            if values.get(name) is None and column and not bad:
                problems.add(rows[0], CellError(column, "", f"a value, because {name} must not be empty"))
        for row in rows[1:]:
            self._agree(rows[0], row, problems)
        return values

    def _agree(self, first: Row, row: Row, problems: Problems) -> None:
        for column in self.shape.fields.values():
            ours, theirs = first.get(column), row.get(column)
            if theirs not in (ours, None, ""):
                expected = f"{ours}, as in line {first.line} of the same record"
                problems.add(row, CellError(column, theirs, expected))

    def _lines(self, rows: Sequence[Row], problems: Problems) -> tuple[Line, ...]:
        made = self._parts(rows, self.shape.lines, LINE_FIELDS, ("amount",), problems)
        return tuple(Line(**values) for values in made if not problems.rows)

    def _applications(self, rows: Sequence[Row], problems: Problems) -> tuple[Application, ...]:
        needed = ("source_id", "amount")
        made = self._parts(rows, self.shape.applications, APPLICATION_FIELDS, needed, problems)
        usual = {"kind": APPLIED_KINDS.get(self.shape.kind, "invoice")}
        return tuple(Application(**(usual | values)) for values in made if not problems.rows)

    def _parts(
        self,
        rows: Sequence[Row],
        parts: Sequence[PartShape],
        known: Mapping[str, How],
        needed: tuple[str, ...],
        problems: Problems,
    ) -> Iterator[dict[str, Any]]:
        for row in rows:
            for part in parts:
                for cells in _elements(row, part, problems):
                    _check_conditions(part.when, cells, problems)
                    if _holds(part.when, cells):
                        values = _read(part, known, cells, self.form, problems)
                        _need(part, needed, values, cells, problems)
                        yield values

    def _record(
        self,
        values: dict[str, Any],
        lines: tuple[Line, ...],
        applications: tuple[Application, ...],
    ) -> SourceRecord:
        if values.get("amount") is None and lines:
            tax = values.get("tax") if values.get("tax_mode", "exclusive") == "exclusive" else None
            values["amount"] = sum((line.amount for line in lines), tax or Decimal(0))
        extra = _taken(values, "extra.")
        contact = _taken(values, "contact.")
        if "address" in contact:
            contact["address"] = (contact["address"],)
        filled = {name: value for name, value in values.items() if value is not None}
        filled.setdefault("number", filled["source_id"])
        approved = not self.approved or filled.get("state", "").casefold() in self.approved
        return SourceRecord(
            kind=self.shape.kind,
            approved=approved,
            contact=Contact(**contact),
            extra=extra,
            lines=lines,
            applications=applications,
            **filled,
        )


def _taken(values: dict[str, Any], prefix: str) -> dict[str, Any]:
    names = [name for name in values if name.startswith(prefix)]
    taken = {name.removeprefix(prefix): values.pop(name) for name in names}
    return {name: value for name, value in taken.items() if value is not None}


def _holds(conditions: Sequence[When], row: Row) -> bool:
    try:
        return all(
            condition.holds(text_of(condition.column, row.get(condition.column))) for condition in conditions
        )
    except CellError:
        return True  # the row is looked at, and the cell reported when its record is built


def _check_conditions(conditions: Sequence[When], row: Row, problems: Problems) -> None:
    for condition in conditions:
        try:
            text_of(condition.column, row.get(condition.column))
        except CellError as error:
            problems.add(row, error)


def _read(
    part: PartShape | RecordShape, known: Mapping[str, How], row: Row, form: Format, problems: Problems
) -> dict[str, Any]:
    values: dict[str, Any] = {
        name: read_cell(known.get(name, TEXT), name, value, Format())
        for name, value in part.constants.items()
    }
    for name, column in part.fields.items():
        try:
            values[name] = read_cell(known.get(name, TEXT), column, row.get(column), form)
        except CellError as error:
            problems.add(row, error)
    return {name: value for name, value in values.items() if value is not None}


def _need(
    part: PartShape,
    needed: tuple[str, ...],
    values: dict[str, Any],
    row: Row,
    problems: Problems,
) -> None:
    for name in needed:
        column = part.fields.get(name, "")
        if values.get(name) is None and not any(bad.column == column for bad in problems.rows):
            problems.add(row, CellError(column, "", f"a value, because {name} must not be empty"))


def _elements(row: Row, part: PartShape, problems: Problems) -> list[Row]:
    if not part.each:
        return [row]
    elements = inside(row.cells, part.each)
    if elements is None:
        return []
    if not isinstance(elements, list) or not all(isinstance(element, dict) for element in elements):
        problems.add(row, CellError(part.each, elements, "a list of JSON objects"))
        return []
    return [Row(row.file, row.line, element, nested=True) for element in elements]
