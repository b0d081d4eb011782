"""The one door to the HTTP library: whoever speaks HTTP takes its names from here."""

from httpx import (
    ASGITransport,
    AsyncBaseTransport,
    AsyncClient,
    ConnectError,
    ConnectTimeout,
    DecodingError,
    HTTPError,
    InvalidURL,
    MockTransport,
    PoolTimeout,
    ProxyError,
    ReadError,
    ReadTimeout,
    RemoteProtocolError,
    Request,
    Response,
    Timeout,
    TimeoutException,
    UnsupportedProtocol,
    WriteError,
    WriteTimeout,
)

__all__ = [
    "ASGITransport",
    "AsyncBaseTransport",
    "AsyncClient",
    "ConnectError",
    "ConnectTimeout",
    "DecodingError",
    "HTTPError",
    "InvalidURL",
    "MockTransport",
    "PoolTimeout",
    "ProxyError",
    "ReadError",
    "ReadTimeout",
    "RemoteProtocolError",
    "Request",
    "Response",
    "Timeout",
    "TimeoutException",
    "UnsupportedProtocol",
    "WriteError",
    "WriteTimeout",
    "client",
]

CONNECT_SECONDS = 20.0


def client(
    base_url: str = "", timeout: float = 120, transport: AsyncBaseTransport | None = None
) -> AsyncClient:
    """Return a client that waits ``timeout`` seconds for an answer and follows no redirects.

    ``transport`` replaces the network: an application in this process, or prepared answers.
    """
    return AsyncClient(
        base_url=base_url,
        timeout=Timeout(timeout, connect=min(timeout, CONNECT_SECONDS)),
        transport=transport,
        headers={"Accept": "application/json", "User-Agent": "awra-tui"},
    )
