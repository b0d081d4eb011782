"""Explain any answer of QuickBooks: what it means, what to do, who does it."""

import re
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from awra_tui.health.reasons import explain_fault
from awra_tui.qbo.envelopes import parse, parse_batch
from awra_tui.records.fault import Fault
from awra_tui.records.qbo import Json

_SUCCESS: dict[str, Any] = {
    "code": "",
    "messages": [],
    "dimension": "",
    "reason": "This answer is a success.",
    "action": "Nothing is to be done.",
    "who": "",
    "transient": False,
    "existing_id": "",
}
_UNLIKE = _SUCCESS | {
    "reason": "This does not look like an answer of QuickBooks.",
    "action": "Take the body of the answer, whole and as it came; say which HTTP status it had if you know.",
}
_BEGINNINGS = ("{", "<?xml", "<IntuitResponse")
"""How answers of QuickBooks begin; what is cut off and begins otherwise is something else."""

_ASSUMED = 299
"""Stands for a status that is not known: one of success, so that the body alone decides."""

_PASSING = {status.phrase.casefold(): int(status) for status in HTTPStatus if status >= 500}
_STATUS = re.compile(r"(?:HTTP\S*|Error|Status)?\s*:?\s*([45][0-9]{2})\b", re.IGNORECASE)


def explain_answer(http_status: int, content_type: str, body: bytes) -> dict[str, Any]:
    """Return code, messages, dimension, reason, action, who, transient and existing_id of an answer.

    ``http_status`` 0 means that it is not known; then only what the body itself says is told. Several
    faults of one batch are told as one.
    """
    payload = parse(http_status or _ASSUMED, content_type, body)
    if isinstance(payload, Fault):
        return _told(payload, body)
    if fault := _in_batch(payload, http_status or _ASSUMED):
        return _told(fault, body)
    return dict(_SUCCESS if http_status or _is_like_a_success(payload) else _UNLIKE)


def _told(fault: Fault, body: bytes) -> dict[str, Any]:
    readable = tuple(message for message in fault.messages if not _is_noise(message.text))
    known = replace(fault, http_status=_status_of(fault), messages=readable)
    if not known.http_status and _is_unlike(known, body):
        return dict(_UNLIKE)
    told = explain_fault(known)
    return {name: told[name] for name in _SUCCESS}


def _in_batch(payload: Json, http_status: int) -> Fault | None:
    if "BatchItemResponse" not in payload:
        return None
    faults = [item for item in parse_batch(payload, "", http_status).values() if isinstance(item, Fault)]
    messages = tuple(message for fault in faults for message in fault.messages)
    return replace(faults[0], messages=messages) if faults else None


def _is_like_a_success(payload: Json) -> bool:
    """Whether there is something under a name that begins as QuickBooks' do, or a token."""
    named = (name for name, value in payload.items() if isinstance(value, dict | list))
    return "access_token" in payload or any(name[:1].isupper() for name in named)


def _status_of(fault: Fault) -> int:
    """Return the HTTP status, known or named by a page as gateways' pages do; else 0."""
    if fault.http_status != _ASSUMED:
        return fault.http_status
    if fault.transport != "not_json" or not fault.messages:
        return 0
    said = fault.messages[0].text
    found = _STATUS.match(said)
    return int(found[1]) if found else _PASSING.get(said.casefold(), 0)


def _is_unlike(fault: Fault, body: bytes) -> bool:
    """Whether a fault of unknown status has nothing by which QuickBooks is known."""
    if any(message.code for message in fault.messages) or fault.transport in {"empty", "no_op"}:
        return False
    beginning = body.removeprefix(b"\xef\xbb\xbf").lstrip()[:40].decode("utf-8", "replace")
    return fault.transport != "cut" or not beginning.startswith(_BEGINNINGS)


def _is_noise(text: str) -> bool:
    """Whether a text is bytes that were none: more than one sign in twenty cannot be read."""
    unreadable = sum(sign == "\ufffd" or not (sign.isprintable() or sign.isspace()) for sign in text)
    return unreadable * 20 > len(text)
