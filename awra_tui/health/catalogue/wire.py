"""Reasons that lie on the way: the next sync finds out, or tries again."""

from awra_tui.health.catalogue.reason import Reason
from awra_tui.records.status import Dimension, Who


def _passing(
    key: str,
    sentence: str,
    action: str,
    cause: str = "connection:network",
    who: Who = Who.OPERATOR,
) -> Reason:
    return Reason(
        key=key,
        dimension=Dimension.TRANSPORT,
        sentence=sentence,
        action=action,
        who=who,
        transient=True,
        screen="",
        cause=cause,
    )


_LOOKED_UP = "Sync again after two minutes; what was sent is looked up before anything is sent again."
_CONNECTION = "Sync again when the connection is back; a scheduled sync tries by itself."
_LATER = "Sync again in a few minutes; a scheduled sync tries by itself."

REASONS = (
    _passing("no_answer_in_time", "QuickBooks did not answer in time.", _LOOKED_UP),
    _passing("no_connection", "The connection to QuickBooks could not be made.", _CONNECTION),
    _passing("connection_broke", "The connection broke before the answer was complete.", _LOOKED_UP),
    _passing("answer_not_readable", "The answer was no readable answer of QuickBooks.", _LOOKED_UP),
    _passing("empty_answer", "QuickBooks sent an empty answer.", _LOOKED_UP),
    _passing(
        "lost_answer",
        "{record} was sent, but no answer came; it may be in QuickBooks already.",
        "Sync again after {after}; it is looked up before anything is sent again.",
    ),
    _passing(
        "server_error",
        "QuickBooks had an error of its own (HTTP {status}).",
        _LATER,
        "connection:quickbooks",
    ),
    _passing(
        "gateway_error",
        "QuickBooks' gateway failed in passing (code {code} with HTTP {status}).",
        _LATER,
        "connection:quickbooks",
    ),
    _passing(
        "throttled",
        "QuickBooks asks us to slow down.",
        "Nothing to do: a sync that runs goes on after 60 seconds.",
        "connection:throttle",
        Who.NOBODY,
    ),
    _passing(
        "busy",
        "QuickBooks is busy with this company and asks to wait a few minutes.",
        _LATER,
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
