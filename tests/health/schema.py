"""Checks a body against Intuit's schema of an entity: names, types, enums, lengths, many or one."""

import datetime as dt
import json
from decimal import Decimal
from functools import cache
from typing import Any

from tests.shared import shared_file

_REQUIRED_THOUGH_READ_ONLY = {("BillPayment", "TotalAmt")}
_PLAIN = {
    "string": str,
    "id": str,
    "decimal": (Decimal, int),
    "integer": int,
    "boolean": bool,
}


@cache
def types() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(shared_file("qbo", "payload-schema.json").read_text())["types"]
    return found


def problems(entity: str, body: dict[str, Any], path: str = "") -> list[str]:
    """Return what in a body the schema of its entity does not allow."""
    fields = types()[entity]["fields"]
    found = []
    for name, value in body.items():
        where = f"{path}{entity}.{name}"
        if name not in fields:
            found.append(f"{where}: unknown")
            continue
        field = fields[name]
        if field.get("ro") and (entity, name) not in _REQUIRED_THOUGH_READ_ONLY:
            found.append(f"{where}: read only")
        if isinstance(value, list) != bool(field.get("many")):
            found.append(f"{where}: one or many")
            continue
        for each in value if isinstance(value, list) else [value]:
            found += _value(where, field, each)
    return found


def _value(where: str, field: dict[str, Any], value: Any) -> list[str]:
    kind = field["t"]
    if kind.startswith("#"):
        return [] if value in types()[kind[1:]]["enum"] else [f"{where}: {value!r} is no {kind}"]
    if kind == "date":
        return [] if dt.date.fromisoformat(value) else [where]
    if kind in _PLAIN:
        right = isinstance(value, _PLAIN[kind]) and isinstance(value, bool) == (kind == "boolean")
        short = kind not in {"string", "id"} or len(value) <= field.get("max", 10**6)
        return [] if right and short and value != "" else [f"{where}: {value!r} is no {field}"]
    return problems(kind, value, f"{where} > ")
