"""Reasons that lie on the way: they pass by themselves."""

from awra_tui.health.catalogue.reason import Reason
from awra_tui.records.status import Dimension, Who


def _passing(key: str, sentence: str, action: str, cause: str = "connection:network") -> Reason:
    return Reason(
        key=key,
        dimension=Dimension.TRANSPORT,
        sentence=sentence,
        action=action,
        who=Who.NOBODY,
        transient=True,
        screen="",
        cause=cause,
    )


_LOOKED_UP = "Nothing to do: it is looked up in QuickBooks before anything is sent again."
_AGAIN = "Nothing to do: it is tried again by itself."

REASONS = (
    _passing("no_answer_in_time", "QuickBooks did not answer in time.", _LOOKED_UP),
    _passing("no_connection", "The connection to QuickBooks could not be made; nothing was sent.", _AGAIN),
    _passing("connection_broke", "The connection broke before the answer was complete.", _LOOKED_UP),
    _passing("answer_not_readable", "The answer was no readable answer of QuickBooks.", _LOOKED_UP),
    _passing("empty_answer", "QuickBooks sent an empty answer.", _LOOKED_UP),
    _passing(
        "lost_answer",
        "{record} was sent, but no answer came; it may be in QuickBooks already.",
        _LOOKED_UP,
    ),
    _passing(
        "server_error",
        "QuickBooks had an error of its own (HTTP {status}).",
        _AGAIN,
        "connection:quickbooks",
    ),
    _passing(
        "gateway_error",
        "QuickBooks' gateway failed in passing (code {code} with HTTP {status}).",
        _AGAIN,
        "connection:quickbooks",
    ),
    _passing(
        "throttled",
        "QuickBooks asks us to slow down.",
        "Nothing to do: sending goes on after 60 seconds.",
        "connection:throttle",
    ),
    _passing(
        "busy",
        "QuickBooks is busy with this company and asks to wait a few minutes.",
        _AGAIN,
        "connection:quickbooks",
    ),
    Reason(
        key="tried_too_often",
        dimension=Dimension.TRANSPORT,
        sentence="{record} was tried {attempts} times and did not get through.",
        action="Check that QuickBooks can be reached, then resend.",
        who=Who.OPERATOR,
        screen="record",
        cause="connection:exhausted",
    ),
)
"""Reasons of the wire."""
