"""Statements of QuickBooks' query language, built so that no value can break out of its quotes."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

Condition = tuple[str, str, object]
"""A field, an operator, a value: ``("DocNumber", "=", "INV-1")``; IN takes a list of values."""

OPERATORS = frozenset({"=", "<", ">", "<=", ">=", "!=", "IN", "LIKE"})
PAGE_LIMIT = 1000
"""The most rows that QuickBooks gives for one statement (Intuit: queries)."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)*")


def select(
    entity: str,
    where: Iterable[Condition] = (),
    order: Sequence[str] | str = (),
    start: int | None = None,
    limit: int | None = None,
    *,
    count: bool = False,
) -> str:
    """Return a statement; raise ValueError for a name, operator or page that cannot be valid.

    ``order`` is a field or fields, each may end in `` DESC``. ``start`` counts from 1.
    """
    parts = ["SELECT", "COUNT(*)" if count else "*", "FROM", _name(entity)]
    conditions = [_condition(*condition) for condition in where]
    if conditions:
        parts += ["WHERE", " AND ".join(conditions)]
    fields = [order] if isinstance(order, str) and order else list(order)
    if fields:
        parts += ["ORDERBY", ", ".join(_ordering(field) for field in fields)]
    if start is not None:
        parts += ["STARTPOSITION", str(_between(start, 1, None))]
    if limit is not None:
        parts += ["MAXRESULTS", str(_between(limit, 1, PAGE_LIMIT))]
    return " ".join(parts)


def literal(value: object) -> str:
    r"""Write a value for a statement: text quoted, a quote within as ``\'``; booleans bare."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        return _quoted(value.isoformat(timespec="seconds"))
    if isinstance(value, dt.date | Decimal | int | str):
        return _quoted(str(value))
    raise ValueError(f"{value!r} has no place in a query")


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _condition(field: str, operator: str, value: object) -> str:
    word = operator.upper()
    if word not in OPERATORS:
        raise ValueError(f"{operator!r} is no operator; there are {', '.join(sorted(OPERATORS))}")
    if word != "IN":
        return f"{_name(field)} {word} {literal(value)}"
    if not isinstance(value, list | tuple | set | frozenset) or not value:
        raise ValueError(f"IN needs at least one value for {field}")
    return f"{_name(field)} IN ({', '.join(literal(part) for part in value)})"


def _name(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise ValueError(f"{text!r} is not a name of QuickBooks")
    return text


def _ordering(field: str) -> str:
    name, _, direction = field.partition(" ")
    if direction.upper() not in {"", "ASC", "DESC"}:
        raise ValueError(f"{direction!r} is no direction; there are ASC and DESC")
    return f"{_name(name)} {direction.upper()}".strip()


def _between(number: int, least: int, most: int | None) -> int:
    if number < least or (most is not None and number > most):
        raise ValueError(f"{number} is outside {least} to {most or 'any'}")
    return number
