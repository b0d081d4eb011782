"""Where a key stands in the text of a TOML file: the line for a sentence about it."""

import re
from collections.abc import Iterator, Sequence

Key = tuple[str | int, ...]
"""The way to a value: names, and for arrays an index from 0."""

_PART = r"(?:[A-Za-z0-9_-]+|\"(?:[^\"\\]|\\.)*\"|'[^']*')"
_DOTTED = rf"{_PART}(?:\s*\.\s*{_PART})*"
_TABLE = re.compile(rf"\s*\[\s*({_DOTTED})\s*\]")
_ARRAY = re.compile(rf"\s*\[\[\s*({_DOTTED})\s*\]\]")
_ASSIGNMENT = re.compile(rf"\s*({_DOTTED})\s*=")
_FENCE = re.compile(r'"""|\'\'\'')


def line_of(text: str, key: Sequence[str | int]) -> int:
    """Return the line, from 1, of a key or of the nearest table around it; 0 if none is written."""
    wanted, best, line = tuple(key), 0, 0
    for place, number in _places(text):
        if len(place) > best and wanted[: len(place)] == place:
            best, line = len(place), number
    return line


def _places(text: str) -> Iterator[tuple[Key, int]]:
    table: Key = ()
    counts: dict[Key, int] = {}
    for number, line in _lines_outside_long_strings(text):
        if array := _ARRAY.match(line):
            name = _placed(_parts(array.group(1)), counts)
            counts[name] = counts.get(name, -1) + 1
            table = (*name, counts[name])
        elif header := _TABLE.match(line):
            table = _placed(_parts(header.group(1)), counts)
        elif assigned := _ASSIGNMENT.match(line):
            yield (*table, *_parts(assigned.group(1))), number
            continue
        else:
            continue
        yield table, number


def _lines_outside_long_strings(text: str) -> Iterator[tuple[int, str]]:
    fence = ""
    for number, line in enumerate(text.splitlines(), 1):
        if not fence:
            yield number, line
        for found in _FENCE.findall(line):
            fence = "" if found == fence else fence or found


def _placed(parts: Key, counts: dict[Key, int]) -> Key:
    """Return a table's way, with the index of the last member of each array that it goes through."""
    way: Key = ()
    for position, part in enumerate(parts):
        way = (*way, part)
        if way in counts and position < len(parts) - 1:
            way = (*way, counts[way])
    return way


def _parts(dotted: str) -> Key:
    return tuple(part.strip().strip("\"'") for part in re.findall(_PART, dotted))
