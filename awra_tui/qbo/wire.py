"""What happened on the wire: an HTTP library's exceptions as facts of transport."""

import re

from awra_tui.records.fault import Fault, FaultMessage
from awra_tui.settings.http import (
    AsyncClient,
    ConnectError,
    ConnectTimeout,
    DecodingError,
    HTTPError,
    InvalidURL,
    PoolTimeout,
    ProxyError,
    Request,
    Response,
    TimeoutException,
    UnsupportedProtocol,
)

_NEVER_SENT = (ConnectError, ConnectTimeout, PoolTimeout, ProxyError, UnsupportedProtocol, InvalidURL)
"""Failures before the first byte of a request could leave."""

_SECRET = re.compile(r"(?i)(bearer|basic)\s+\S+")
_TID = "intuit_tid"


async def exchange(http: AsyncClient, request: Request) -> Response | Fault:
    """Send a request and read its whole answer; a lost answer is a Fault that says what is known."""
    try:
        return await http.send(request)
    except (HTTPError, InvalidURL, OSError) as error:
        return lost(error)


def lost(error: Exception) -> Fault:
    """Return the Fault of a request without an answer.

    ``sent`` is false only for failures before anything left; whatever came later may have arrived.
    """
    said = _SECRET.sub(r"\1 …", str(error)) or type(error).__name__
    return Fault(
        http_status=0,
        messages=(FaultMessage("", said),),
        transport=_word(error),
        sent=not isinstance(error, _NEVER_SENT),
    )


def tid_of(response: Response) -> str:
    """Return the id by which Intuit's support finds this answer."""
    return str(response.headers.get(_TID) or response.headers.get("intuit-tid") or "")


def _word(error: Exception) -> str:
    if isinstance(error, _NEVER_SENT):
        return "connect"
    if isinstance(error, TimeoutException):
        return "timeout"
    return "not_json" if isinstance(error, DecodingError) else "cut"
