"""Answers to queries: conditions, order and pages over the objects of an entity."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import cmp_to_key, partial

from awra_tui.simulator import clock
from awra_tui.simulator.company import Company
from awra_tui.simulator.entities import Entity, entity_named
from awra_tui.simulator.fields import words
from awra_tui.simulator.jsontext import Json
from awra_tui.simulator.query import Condition, Query, invalid, parse
from awra_tui.simulator.records import Body, Record, number
from awra_tui.simulator.store import INDEXED, INDEXED_REFS
from awra_tui.simulator.views import answered, view

# Fields that are there but cannot be asked for.
_CLOSED = frozenset(
    words(
        "PrivateNote Line LinkedTxn CustomField TxnTaxDetail BillAddr ShipAddr BillEmail CustomerMemo "
        "AttachableRef GlobalTaxCalculation Notes PrimaryPhone Mobile Fax domain sparse status"
    )
)
_COMPARED: dict[str, Callable[[int], bool]] = {
    "=": lambda order: order == 0,
    "!=": lambda order: order != 0,
    "<": lambda order: order < 0,
    ">": lambda order: order > 0,
    "<=": lambda order: order <= 0,
    ">=": lambda order: order >= 0,
}

Test = Callable[[Body], bool]


def answer(company: Company, text: str) -> Body:
    """Answer a query with what stands under QueryResponse. Raises a Fault (4000, 4001)."""
    query = parse(text)
    entity = entity_named(query.entity)
    if entity is None:
        raise invalid(f"invalid context declaration: {query.entity}")
    for name in query.fields:
        _path(entity, name)
    found = _found(company, entity, query)
    if query.count:
        return {"totalCount": len(found)}
    page = _sorted(entity, query, found)[query.start - 1 : query.start - 1 + query.limit]
    if not page:
        return {}
    answers = (answered(company, entity.name, body) for body in page)
    rows = [_selected(entity, body, query.fields) for body in answers]
    return {entity.name: rows, "startPosition": query.start, "maxResults": len(rows)}


def _found(company: Company, entity: Entity, query: Query) -> list[Body]:
    conditions = query.conditions
    if entity.is_list and not any(one.field.lower() == "active" for one in conditions):
        conditions = (*conditions, Condition("Active", "=", ("true",)))
    tests = [_test(entity, condition) for condition in conditions]
    bodies = (view(company, record) for record in _candidates(company, entity, query))
    return [body for body in bodies if all(test(body) for test in tests)]


def _candidates(company: Company, entity: Entity, query: Query) -> Iterable[Record]:
    """Use an index where a condition allows it, else look at everything."""
    for condition in query.conditions:
        field = _path(entity, condition.field)[0]
        if condition.operator not in {"=", "IN"}:
            continue
        if field == "Id":
            found = [company.store.get(entity.name, one) for one in dict.fromkeys(condition.values)]
            return [record for record in found if record]
        if field in INDEXED or field in INDEXED_REFS:
            keys = {
                record.key: record
                for value in condition.values
                for record in company.store.find(entity.name, field, value)
            }
            return keys.values()
    return company.store.live(entity.name)


def _path(entity: Entity, name: str) -> tuple[str, ...]:
    """Return a field's name split at dots, each part in its proper case."""
    first, *rest = name.split(".")
    proper = {field.lower(): field for field in entity.fields}.get(first.lower())
    if proper is None:
        raise invalid(f"Property {name} not found for Entity {entity.name}")
    if proper in _CLOSED:
        raise invalid(f"property '{name}' is not queryable")
    inner = {"lastupdatedtime": "LastUpdatedTime", "createtime": "CreateTime"}
    return (proper, *(inner.get(part.lower(), part) for part in rest))


def _value(body: Body, path: tuple[str, ...]) -> Json:
    found: Json = body
    for part in path:
        found = found.get(part) if isinstance(found, dict) else None
    return found.get("value") if isinstance(found, dict) else found


def _test(entity: Entity, condition: Condition) -> Test:
    path = _path(entity, condition.field)
    if condition.operator == "LIKE":
        pattern = _pattern(condition.values[0])
        return lambda body: bool(pattern.fullmatch(_text(_value(body, path))))
    if condition.operator == "IN":
        return lambda body: any(_compare(_value(body, path), one) == 0 for one in condition.values)
    decide = _COMPARED[condition.operator]
    return lambda body: _decided(_value(body, path), condition.values[0], decide)


def _decided(value: Json, literal: str, decide: Callable[[int], bool]) -> bool:
    order = _compare(value, literal)
    return order is not None and decide(order)


def _text(value: Json) -> str:
    return "" if value is None else str(value)


def _pattern(literal: str) -> re.Pattern[str]:
    parts = (re.escape(part) for part in literal.split("%"))
    return re.compile(".*".join(parts), re.IGNORECASE | re.DOTALL)


def _compare(value: Json, literal: str) -> int | None:
    """Order a field's value against a literal by the value's type; None when there is no order.

    A field that is not set is unequal to everything and neither above nor below.
    """
    if value is None:
        return None if literal else 0
    if isinstance(value, bool):
        return _sign(value, literal.lower() == "true")
    if isinstance(value, int | Decimal):
        try:
            return _sign(Decimal(value), Decimal(literal))
        except InvalidOperation:
            return None
    return _compare_text(str(value), literal)


def _compare_text(value: str, literal: str) -> int:
    if value.isdigit() and literal.isdigit():
        return _sign(int(value), int(literal)) or _sign(value, literal)
    one, other = _instant(value), _instant(literal)
    if one and other:
        return _sign(one, other)
    return _sign(value.casefold(), literal.casefold())


def _instant(text: str) -> datetime | None:
    if not text[:4].isdigit() or text[4:5] != "-":
        return None
    try:
        return clock.moment(text)
    except ValueError:
        return None


def _sign(one: Json, other: Json) -> int:
    return int(one > other) - int(one < other)


def _sorted(entity: Entity, query: Query, bodies: list[Body]) -> list[Body]:
    """Sort as asked, else as recorded.

    Names go by full name, capitals first; transactions by their last change, the newest first.
    """
    if not query.order:
        return _in_default_order(entity, bodies)
    found = sorted(bodies, key=_id)
    for name, descending in reversed(query.order):
        path = _path(entity, name)
        found.sort(key=partial(_sort_key, path), reverse=descending)
    return found


def _sort_key(path: tuple[str, ...], body: Body) -> Json:
    return cmp_to_key(_order)(_value(body, path))


def _in_default_order(entity: Entity, bodies: list[Body]) -> list[Body]:
    if entity.is_transaction:
        return sorted(bodies, key=lambda body: (_changed(body), _id(body)), reverse=True)
    return sorted(bodies, key=lambda body: (_name(entity, body), _id(body)))


def _changed(body: Body) -> str:
    """Return the time of the last change; all stamps are in one zone, so that they sort as text."""
    return str(body.get("MetaData", {}).get("LastUpdatedTime", ""))


def _name(entity: Entity, body: Body) -> str:
    return str(body.get("FullyQualifiedName", body.get(entity.label, "")))


def _id(body: Body) -> int:
    id_ = str(body.get("Id", ""))
    return int(id_) if id_.isdigit() else 0


def _order(one: Json, other: Json) -> int:
    if one is None or other is None:
        return _sign(one is not None, other is not None)
    if isinstance(one, int | Decimal) and isinstance(other, int | Decimal):
        return _sign(number(one), number(other))
    return _compare_text(str(one), str(other))


def _selected(entity: Entity, body: Body, fields: tuple[str, ...]) -> Body:
    if not fields:
        return body
    names = {_path(entity, name)[0] for name in fields}
    found = {name: value for name, value in body.items() if name in names}
    return {**found, "domain": "QBO", "sparse": True}
