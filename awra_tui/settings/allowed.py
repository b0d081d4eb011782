"""What a setting may be, in words: from the types into which settings are decoded."""

import difflib
from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import inspect

_WORDS: tuple[tuple[type[inspect.Type], str], ...] = (
    (inspect.BoolType, "true or false"),
    (inspect.IntType, "a whole number"),
    (inspect.FloatType, "a number"),
    (inspect.DecimalType, "a number"),
    (inspect.StrType, "text in quotes"),
    (inspect.DateType, "a date such as 2026-01-31"),
    (inspect.DateTimeType, "a moment such as 2026-01-31T08:00:00Z"),
    (inspect.StructType, "a table"),
    (inspect.DictType, "a table"),
    (inspect.CollectionType, "a list"),
)


def type_at(kind: Any, way: Sequence[str | int]) -> inspect.Type:  # noqa: ANN401 - any type at all
    """Return the type of the value at a way into ``kind``; the innermost known one where it ends early."""
    found = _plain(inspect.type_info(kind))
    for part in way:
        inner = _inner(found, part)
        if inner is None:
            break
        found = inner
    return found


def allowed(kind: inspect.Type) -> str:
    """Say what may stand where this type is expected: ``one of "a", "b"``, ``a whole number``."""
    described = _description(kind)
    if described:
        return described
    plain = _plain(kind)
    if choices := choices_of(plain):
        return "one of " + ", ".join(f'"{choice}"' for choice in choices)
    if isinstance(plain, inspect.UnionType):
        return " or ".join(allowed(part) for part in plain.types if not isinstance(part, inspect.NoneType))
    if isinstance(plain, inspect.CollectionType):
        return f"a list, each member {allowed(plain.item_type)}"
    return next((words for known, words in _WORDS if isinstance(plain, known)), "another kind of value")


def choices_of(kind: inspect.Type) -> list[str]:
    """Return the closed list of words that a type allows, or nothing."""
    plain = _plain(kind)
    if isinstance(plain, inspect.LiteralType):
        return [str(value) for value in plain.values]
    if isinstance(plain, inspect.EnumType):
        return [str(member.value) for member in plain.cls]
    return []


def takes_text(kind: inspect.Type) -> bool:
    """Whether text may stand here."""
    plain = _plain(kind)
    if isinstance(plain, inspect.UnionType):
        return any(takes_text(part) for part in plain.types)
    return isinstance(plain, inspect.StrType) or bool(choices_of(plain))


def fields_of(kind: inspect.Type) -> list[str]:
    """Return the keys that a table may have, or nothing where any is allowed."""
    plain = _plain(kind)
    if isinstance(plain, inspect.UnionType):
        return sorted({name for part in plain.types for name in fields_of(part)})
    if isinstance(plain, inspect.DictType):
        return choices_of(plain.key_type)
    return [field.encode_name for field in plain.fields] if isinstance(plain, inspect.StructType) else []


def nearest(word: str, words: Iterable[str]) -> str:
    """Return `` Did you mean …?`` for the most similar word, or nothing."""
    found = difflib.get_close_matches(word, list(words), 1, 0.6)
    return f' Did you mean "{found[0]}"?' if found else ""


def _description(kind: inspect.Type) -> str:
    extra = kind.extra_json_schema if isinstance(kind, inspect.Metadata) else None
    return str((extra or {}).get("description", ""))


def _plain(kind: inspect.Type) -> inspect.Type:
    while isinstance(kind, inspect.Metadata):
        kind = kind.type
    return kind


def _inner(kind: inspect.Type, part: str | int) -> inspect.Type | None:
    plain = _plain(kind)
    if isinstance(plain, inspect.StructType):
        return next((field.type for field in plain.fields if field.encode_name == part), None)
    if isinstance(plain, inspect.DictType):
        return plain.value_type
    if isinstance(plain, inspect.TupleType) and isinstance(part, int):
        return plain.item_types[part]
    if isinstance(plain, inspect.CollectionType):
        return plain.item_type
    if isinstance(plain, inspect.UnionType):
        return next((inner for option in plain.types if (inner := _inner(option, part))), None)
    return None
