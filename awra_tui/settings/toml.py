"""Settings in TOML, decoded strictly: whatever is wrong is one sentence with file, line and remedy."""

import re
import tomllib
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from awra_tui.records.errors import ConfigError
from awra_tui.records.text import cut
from awra_tui.settings import allowed as words
from awra_tui.settings.places import Key, line_of

T = TypeVar("T")
Table = dict[str, Any]

_AT = re.compile(r" - at (?:`key` in )?`\$?([^`]*)`$")
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]")
_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)")
_UNKNOWN = re.compile(
    r"(?:Object contains unknown field `|Invalid enum value '(?=[^']*' - at `key` in ))([^`']*)"
)
_MISSING = re.compile(r"Object missing required field `([^`]*)`")


@dataclass(frozen=True, slots=True)
class Override:
    """One ``--set key=value``: it wins over the file and one before; errors name it, not a line."""

    key: Key
    text: str

    @property
    def shown(self) -> str:
        """Return it as it was given, cut to what a line can hold."""
        return cut(f"--set {shown_key(self.key)}={self.text}", 100)


@dataclass(frozen=True, slots=True)
class Document:
    """A TOML file with the overrides put in; ``content`` is the raw whole."""

    path: Path
    text: str
    content: Table
    overrides: tuple[Override, ...] = ()

    def convert(self, kind: type[T], key: Key = (), *, without: Sequence[str] = ()) -> T:
        """Decode the table at ``key`` into a type; raise ConfigError. ``without`` are keys left aside."""
        for _ in self.overrides:
            try:
                return msgspec.convert(self._table(key, without), kind)
            except msgspec.ValidationError as error:
                if not self._took_as_text(kind, key, self._way(kind, key, without, str(error))):
                    break
        try:
            return msgspec.convert(self._table(key, without), kind)
        except msgspec.ValidationError as error:
            way = self._way(kind, key, without, str(error))
            unknown = _UNKNOWN.findall(str(error))
            raise self.refuse((*key, *way, *unknown), self._sentence(kind, key, way, str(error))) from None

    def refuse(self, key: Key, sentence: str) -> ConfigError:
        """Return the error about a key, with the place where it was set before the sentence."""
        for override in reversed(self.overrides):
            if key[: len(override.key)] == override.key:
                return ConfigError(f"{override.shown}: {sentence}")
        line = line_of(self.text, key)
        return ConfigError(f"{self.path} line {line}: {sentence}" if line else f"{self.path}: {sentence}")

    def value(self, key: Key) -> object:
        """Return the raw value at a key, or None."""
        found: Any = self.content
        for part in key:
            try:
                found = found[part]
            except (KeyError, IndexError, TypeError):
                return None
        return found

    def was_set(self, key: Key) -> bool:
        """Whether a ``--set`` gave this key."""
        return any(override.key == key for override in self.overrides)

    def _table(self, key: Key, without: Sequence[str]) -> object:
        table = self.value(key) if key else self.content
        if isinstance(table, dict):
            return {name: value for name, value in table.items() if name not in without}
        return {} if table is None else table

    def _took_as_text(self, kind: type[Any], key: Key, way: Key) -> bool:
        """Take an override's value as bare text where text is wanted: ``--set qbo.realm_id=9130``."""
        whole = (*key, *way)
        override = next((o for o in reversed(self.overrides) if o.key == whole), None)
        if override is None or isinstance(self.value(whole), str):
            return False
        if not words.takes_text(words.type_at(kind, way)):
            return False
        put(self.content, override, override.text)
        return True

    def _way(self, kind: type[Any], key: Key, without: Sequence[str], message: str) -> Key:
        """Return the way that a message of the decoder names; in a table of free keys, which of them."""
        found = _AT.search(message)
        way: Key = ()
        for name, index in _STEP.findall(found.group(1) if found else ""):
            if index == "...":
                way = (*way, self._culprit(kind, key, without, way, message))
            else:
                way = (*way, name or int(index))
        return way

    def _culprit(self, kind: type[Any], key: Key, without: Sequence[str], way: Key, message: str) -> str:
        table = self.value((*key, *way))
        names = list(table) if isinstance(table, dict) else []
        for name in names:
            trial = Document(self.path, self.text, deepcopy(self.content))
            alone = trial.value((*key, *way))
            for other in names:
                if other != name and isinstance(alone, dict):
                    del alone[other]
            try:
                msgspec.convert(trial._table(key, without), kind)
            except msgspec.ValidationError as error:
                if str(error) == message:
                    return str(name)
        return "..."

    def _sentence(self, kind: type[Any], key: Key, way: Key, message: str) -> str:
        whole = (*key, *way)
        expected = words.type_at(kind, way)
        table = f"[{shown_key(whole)}]" if whole else "the file"
        if unknown := _UNKNOWN.search(message):
            fields = words.fields_of(expected)
            return (
                f'"{cut(unknown.group(1), 60)}" is not a key of {table}; '
                f"its keys are {', '.join(fields)}.{words.nearest(unknown.group(1), fields)}"
            )
        if missing := _MISSING.search(message):
            wanted = words.type_at(kind, (*way, missing.group(1)))
            return f'{table} needs the key "{missing.group(1)}": {words.allowed(wanted)}.'
        found = self.value(whole)
        near = words.nearest(found, words.choices_of(expected)) if isinstance(found, str) else ""
        return (
            f"{shown_key(whole) or 'the file'} is {shown_value(found)}, "
            f"but must be {words.allowed(expected)}.{near}"
        )


def read(path: Path, overrides: Sequence[str] = ()) -> Document:
    """Read a TOML file and put overrides such as ``sync.every=30m`` in; raise ConfigError."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path} is not UTF-8 text: save it as UTF-8.") from None
    try:
        content = tomllib.loads(text.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(_not_toml(path, text, str(error))) from None
    given = tuple(_override(override) for override in overrides)
    for override in given:
        put(content, override, _value(override.text))
    return Document(path, text, content, given)


def put(content: Table, override: Override, value: object) -> None:
    """Put a value at an override's key, with the tables on its way; raise ConfigError where one is none."""
    place: Any = content
    for position, part in enumerate(override.key[:-1]):
        if isinstance(place, dict) and isinstance(part, str):
            place = place.setdefault(part, {})
        elif isinstance(place, list) and isinstance(part, int) and part < len(place):
            place = place[part]
        else:
            raise _no_table(override, override.key[:position])
    last = override.key[-1]
    if isinstance(place, dict):
        place[str(last)] = value
    elif isinstance(place, list) and isinstance(last, int) and last < len(place):
        place[last] = value
    else:
        raise _no_table(override, override.key[:-1])


def shown_key(key: Key) -> str:
    """Write a key as a person does: ``mapping.preset[1].qbo``, arrays counted from 1."""
    parts = (f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in key)
    return "".join(parts).removeprefix(".")


def shown_value(value: object) -> str:
    """Write a value for a sentence, cut to a readable length."""
    if isinstance(value, str):
        return f'"{cut(value, 60)}"'
    if isinstance(value, bool):
        return str(value).lower()
    kinds: tuple[tuple[type, str], ...] = ((dict, "a table"), (list, "a list"), (type(None), "missing"))
    return next((word for kind, word in kinds if isinstance(value, kind)), cut(str(value), 60))


def _override(text: str) -> Override:
    name, equals, value = text.partition("=")
    parts = [part.strip() for part in name.split(".")]
    if not equals or not all(parts):
        raise ConfigError(f"--set {cut(text, 60)}: write key=value, such as --set source.path=invoices.csv.")
    return Override(tuple(int(part) if part.isdigit() else part for part in parts), value)


def _value(text: str) -> object:
    try:
        return tomllib.loads(f"value = {text}")["value"] if "\n" not in text else text
    except (tomllib.TOMLDecodeError, RecursionError):
        return text


def _no_table(override: Override, key: Key) -> ConfigError:
    return ConfigError(f"{override.shown}: {shown_key(key) or 'the file'} has no place for such a key.")


def _not_toml(path: Path, text: str, message: str) -> str:
    found = _LINE.search(message)
    line = int(found.group(1)) if found else max(len(text.splitlines()), 1)
    reason = _LINE.sub("", message).removesuffix(" (at end of document)")
    return f"{path} line {line}: this is not TOML ({reason})."
