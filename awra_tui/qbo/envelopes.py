"""Answers of QuickBooks in every envelope in which they were seen: a success, or a Fault.

Intuit's service answers ``{"Fault": …}``, its gateway ``{"fault": …}`` or XML although JSON was
asked for, what stands before it HTML, and its token endpoint ``{"error": …}``. A fault may hide
under HTTP 200. What cannot be read as the success that was asked for is a Fault, never a success.
"""

import re

from awra_tui.qbo import json
from awra_tui.qbo.markup import excerpt, markup_messages
from awra_tui.records.fault import Fault, FaultMessage
from awra_tui.records.qbo import Json

_CONTAINERS = ("BatchItemResponse", "AttachableResponse", "CDCResponse", "QueryResponse")
_SALVAGE = re.compile(r'"(code|message|detail|element)"\s*:\s*"((?:[^"\\]|\\.)*)"', re.IGNORECASE)


def parse(http_status: int, content_type: str, body: bytes, tid: str = "") -> Json | Fault:
    """Return the JSON of a success, or the Fault in any other answer; never raise.

    A batch whose items failed is a success here: ``parse_batch`` reads its items.
    """
    if not body.strip():
        return Fault(http_status=http_status, tid=tid, transport="empty")
    try:
        payload = json.decode(body.removeprefix(b"\xef\xbb\xbf"))
    except ValueError:
        return _unreadable(http_status, content_type, body, tid)
    if not isinstance(payload, dict):
        return Fault(http_status=http_status, tid=tid, transport="not_json")
    return _judged(http_status, payload, tid)


def parse_batch(payload: Json, tid: str = "", http_status: int = 200) -> dict[str, Json | Fault]:
    """Return each item of a batch's answer by its ``bId``: the item as it came, or its Fault.

    An item without a fault and without content is a Fault with transport ``no_op``. A ``bId`` that
    was sent and is not here has an unknown outcome.
    """
    items = payload.get("BatchItemResponse")
    found = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    return {str(item["bId"]): _batch_item(item, tid, http_status) for item in found if item.get("bId")}


def expecting(payload: Json, name: str, *, http_status: int = 200, tid: str = "") -> Json | Fault:
    """Return the payload if it has what was asked for under ``name``, else a ``no_op`` Fault.

    ``name`` is compared without case, because a path says ``invoice`` where the answer says ``Invoice``.
    """
    found = _lower(payload).get(name.lower())
    if object_in(payload, name) is not None or (isinstance(found, list) and found):
        return payload
    return Fault(http_status=http_status, tid=tid, transport="no_op")


def object_in(payload: Json, entity: str) -> Json | None:
    """Return the object of an entity in an answer, or nothing; it always has an Id."""
    found = _lower(payload).get(entity.lower())
    return found if isinstance(found, dict) and (found.get("Id") or entity in _WITHOUT_ID) else None


_WITHOUT_ID = frozenset({"QueryResponse", "Header", "CompanyInfo", "Preferences"})


def hidden_fault(payload: Json, http_status: int = 200, tid: str = "") -> Fault | None:
    """Return the first fault inside a batch, upload or change answer, or nothing."""
    for container in _CONTAINERS:
        for item in _dicts(payload.get(container)):
            fault = _fault_of(item, http_status, tid) or hidden_fault(item, http_status, tid)
            if fault:
                return fault
    return None


def _judged(http_status: int, payload: Json, tid: str) -> Json | Fault:
    fault = _fault_of(payload, http_status, tid)
    if fault is None and "BatchItemResponse" not in payload:
        fault = hidden_fault(payload, http_status, tid)
    if fault is not None:
        return fault
    if not 200 <= http_status < 300:
        message = _message(payload)
        return Fault(http_status=http_status, messages=(message,) if message.text else (), tid=tid)
    if _says_nothing(payload):
        return Fault(http_status=http_status, tid=tid, transport="no_op")
    return payload


def _says_nothing(payload: Json) -> bool:
    """Whether an answer has only a time and empty places, as that of a void that did nothing."""
    said = {name: value for name, value in payload.items() if name not in {"time", "requestId", "status"}}
    return not any(value or name == "QueryResponse" for name, value in said.items())


def _fault_of(payload: Json, http_status: int, tid: str) -> Fault | None:
    low = _lower(payload)
    fault = low.get("fault")
    if isinstance(fault, dict):
        inner = _lower(fault)
        return Fault(
            http_status=http_status,
            messages=_messages(inner.get("error") or inner.get("errors")),
            type=_word(inner.get("type")),
            tid=tid,
        )
    if fault:
        return Fault(http_status=http_status, messages=(FaultMessage("", _word(fault)),), tid=tid)
    if low.get("errors") or low.get("error"):
        return Fault(http_status=http_status, messages=_loose_messages(low), tid=tid)
    return None


def _messages(errors: object) -> tuple[FaultMessage, ...]:
    listed = errors if isinstance(errors, list) else [errors] if errors else []
    return tuple(
        _message(error) if isinstance(error, dict) else FaultMessage("", _word(error)) for error in listed
    )


def _loose_messages(low: Json) -> tuple[FaultMessage, ...]:
    """Read errors without a fault around them: the token endpoint's, and lists at the top."""
    error = low.get("errors") or low.get("error")
    if isinstance(error, str):
        detail = _word(low.get("error_description") or low.get("message"))
        return (FaultMessage(error, detail or error),)
    return _messages(error)


def _message(error: Json) -> FaultMessage:
    low = _lower(error)
    return FaultMessage(*(_word(low.get(name)) for name in ("code", "message", "detail", "element")))


def _batch_item(item: Json, tid: str, http_status: int) -> Json | Fault:
    fault = _fault_of(item, http_status, tid)
    if fault is not None:
        return fault
    if "QueryResponse" not in item and not any(object_in(item, name) for name in item):
        return Fault(http_status=http_status, tid=tid, transport="no_op")
    return item


def _unreadable(http_status: int, content_type: str, body: bytes, tid: str) -> Fault:
    text = body.decode("utf-8", "replace").strip().lstrip("\ufeff")
    if text.startswith("<"):
        kind, messages = markup_messages(body, text)
        if messages:
            return Fault(http_status=http_status, messages=messages, type=kind, tid=tid)
    elif text.startswith(("{", "[")):
        return _broken_json(http_status, text, tid)
    cut = text.startswith("<?xml") or "xml" in content_type.lower()
    said = excerpt(text)
    return Fault(
        http_status=http_status,
        messages=(FaultMessage("", said),) if said else (),
        tid=tid,
        transport="cut" if cut and not text.endswith(">") else "not_json",
    )


def _broken_json(http_status: int, text: str, tid: str) -> Fault:
    """Read what is left of a refusal; of a broken success nothing can be known."""
    cut = not text.endswith(("}", "]"))
    messages = _salvaged(text) if http_status >= 400 else ()
    return Fault(
        http_status=http_status,
        messages=messages,
        tid=tid,
        transport="" if any(m.code for m in messages) else "cut" if cut else "not_json",
    )


def _salvaged(text: str) -> tuple[FaultMessage, ...]:
    found: list[dict[str, str]] = []
    for name, quoted in _SALVAGE.findall(text):
        if not found or name.lower() in found[-1]:
            found.append({})
        found[-1][name.lower()] = _unquoted(quoted)
    return tuple(
        FaultMessage(*(error.get(name, "") for name in ("code", "message", "detail", "element")))
        for error in found
    )


def _unquoted(quoted: str) -> str:
    try:
        return str(json.decode(f'"{quoted}"'))
    except ValueError:
        return quoted


def _dicts(value: object) -> list[Json]:
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def _lower(payload: Json) -> Json:
    return {str(name).lower(): value for name, value in payload.items()}


def _word(value: object) -> str:
    return "" if value is None else str(value)
