"""The one door to the HTTP library: whoever speaks HTTP takes its names from here."""

from httpx import (
    ASGITransport,
    AsyncBaseTransport,
    AsyncClient,
    BasicAuth,
    ConnectError,
    ConnectTimeout,
    DecodingError,
    HTTPError,
    InvalidURL,
    MockTransport,
    PoolTimeout,
    ProxyError,
    Request,
    Response,
    Timeout,
    TimeoutException,
    UnsupportedProtocol,
)

__all__ = [
    "ASGITransport",
    "AsyncBaseTransport",
    "AsyncClient",
    "BasicAuth",
    "ConnectError",
    "ConnectTimeout",
    "DecodingError",
    "HTTPError",
    "InvalidURL",
    "MockTransport",
    "PoolTimeout",
    "ProxyError",
    "Request",
    "Response",
    "Timeout",
    "TimeoutException",
    "UnsupportedProtocol",
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
