"""What a shape may not say although its types allow it: each fault with the key it is about."""

import datetime as dt
import difflib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from awra_tui.records.kinds import KINDS
from awra_tui.sources.base import Key
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
from awra_tui.sources.files.shape import FilesShape, PartShape, RecordShape, When

Fault = tuple[Key, str]
_EXTRA = "extra."


def faults(shape: FilesShape) -> Iterator[Fault]:
    """Yield what is wrong with a shape: the key below ``[source]``, and a sentence."""
    if shape.decimal == shape.thousands:
        yield ("thousands",), f"decimal and thousands are both {shape.decimal!r}; they must differ."
    if Path(shape.files).is_absolute() or ".." in Path(shape.files).parts:
        yield ("files",), f"files is {shape.files!r}, but must be a pattern for names below path."
    for place, pattern in enumerate(shape.date_formats):
        if not _is_pattern(pattern):
            wanted = '"iso", or a pattern with day, month and year such as "%d/%m/%Y"'
            yield ("date_formats", place), f"the date format {pattern!r} must be {wanted}."
    for place, record in enumerate(shape.records):
        for key, sentence in _record_faults(record):
            yield ("records", place, *key), sentence


def _is_pattern(pattern: str) -> bool:
    day = dt.date(2013, 11, 23)
    return pattern == "iso" or parsed_date(day.strftime(pattern), pattern) == day


def _record_faults(record: RecordShape) -> Iterator[Fault]:
    if record.kind not in KINDS:
        yield ("kind",), f"there is no kind {record.kind!r}; kinds are {', '.join(KINDS)}."
        return
    yield from _part_faults(record, RECORD_FIELDS, record.needed())
    for place, name in enumerate(record.required):
        if not _is_field(name, RECORD_FIELDS):
            yield ("required", place), _no_field(name, RECORD_FIELDS)
    for place, line in enumerate(record.lines):
        yield from _below(("lines", place), _part_faults(line, LINE_FIELDS, ("amount",)))
    for place, applied in enumerate(record.applications):
        needed = ("source_id", "amount")
        yield from _below(("applications", place), _part_faults(applied, APPLICATION_FIELDS, needed))


def _below(key: Key, found: Iterator[Fault]) -> Iterator[Fault]:
    return (((*key, *inner), sentence) for inner, sentence in found)


def _part_faults(
    part: PartShape | RecordShape, known: Mapping[str, How], needed: Collection[str]
) -> Iterator[Fault]:
    for place, condition in enumerate(part.when):
        if not _is_one_test(condition):
            sentence = f"when {condition.column!r} needs exactly one of filled, equals, differs."
            yield ("when", place), sentence
    for name in part.fields:
        if not _is_field(name, known):
            yield ("fields", name), _no_field(name, known)
    yield from _constant_faults(part, known)
    missing = [name for name in needed if name not in part.fields and name not in part.constants]
    if missing:
        yield (), f"no column in fields and no constant gives {' and '.join(missing)}."


def _is_one_test(condition: When) -> bool:
    tests = (condition.filled, condition.equals, condition.differs)
    return sum(test is not None for test in tests) == 1


def _constant_faults(part: PartShape | RecordShape, known: Mapping[str, How]) -> Iterator[Fault]:
    for name, value in part.constants.items():
        key = ("constants", name)
        if not _is_field(name, known):
            yield key, _no_field(name, known)
            continue
        if name in part.fields:
            yield key, f"{name} has a column and a constant; keep one of them."
        try:
            read_cell(known.get(name, TEXT), name, value, Format())
        except CellError as error:
            yield key, f"the constant {name} is {value!r}, but must be {error.expected}."


def _is_field(name: str, known: Collection[str]) -> bool:
    return name in known or (known is RECORD_FIELDS and name.startswith(_EXTRA) and name != _EXTRA)


def _no_field(name: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    extra = " and extra.*" if known is RECORD_FIELDS else ""
    return f"there is no field {name!r}; fields are {', '.join(known)}{extra}.{hint}"
