"""The one error of this layer."""

from awra_tui.records.fault import Fault

_WIRE = {
    "timeout": "QuickBooks did not answer in time",
    "connect": "QuickBooks could not be reached",
    "cut": "The answer of QuickBooks was cut off",
    "not_json": "QuickBooks answered with something that is not JSON",
    "empty": "QuickBooks answered with nothing",
    "store": "The store of the tokens cannot be used",
    "no_op": "QuickBooks answered as if all were well, but without what was asked for",
}


class QboError(Exception):
    """A read of QuickBooks, or an authorization, that failed; ``fault`` has all that is known."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(sentence_of(fault))
        self.fault = fault


def sentence_of(fault: Fault) -> str:
    """Say what happened in one line: the wire's trouble, or QuickBooks' own words with their codes."""
    said = "; ".join(_said(message.code, message.text) for message in fault.messages)
    happened = _WIRE.get(fault.transport) or f"QuickBooks refused (HTTP {fault.http_status})"
    return f"{happened}: {said}" if said else f"{happened}."


def _said(code: str, text: str) -> str:
    return f"{code} {text}".strip()
