"""Explain any answer of QuickBooks: what it means, what to do, who does it."""

from dataclasses import replace
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


def explain_answer(http_status: int, content_type: str, body: bytes) -> dict[str, Any]:
    """Return code, messages, dimension, reason, action, who, transient and existing_id of an answer.

    ``http_status`` 0 means that it is not known. Several faults of one batch are told as one.
    """
    payload = parse(http_status or 200, content_type, body)
    fault = payload if isinstance(payload, Fault) else _in_batch(payload)
    if fault is None:
        return dict(_SUCCESS)
    told = explain_fault(fault if http_status else replace(fault, http_status=_guessed(fault)))
    return {name: told[name] for name in _SUCCESS}


def _in_batch(payload: Json) -> Fault | None:
    if "BatchItemResponse" not in payload:
        return None
    faults = [item for item in parse_batch(payload).values() if isinstance(item, Fault)]
    messages = tuple(message for fault in faults for message in fault.messages)
    return replace(faults[0], messages=messages) if faults else None


def _guessed(fault: Fault) -> int:
    """Return the status a proper fault most likely came with; without errors nothing can be said."""
    return 400 if fault.messages else 0
