"""A wire that counts what a company is asked, and can break at any request."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from awra_tui.records.qbo import Company
from awra_tui.settings import http
from awra_tui.sync.connection import connected
from awra_tui.sync.desk import Desk
from awra_tui.sync.progress import silent
from awra_tui.sync.refresh import refresh

Before = Callable[[int], None]


class Meter(http.AsyncBaseTransport):
    """Notes each request to a company's API in short; ``before`` is called with its number, from 1.

    What ``before`` raises happens on the wire.
    """

    def __init__(self, wire: http.AsyncBaseTransport) -> None:
        self._wire = wire
        self.asked: list[str] = []
        self.before: Before | None = None

    async def handle_async_request(self, request: http.Request) -> http.Response:
        """Answer a request, unless it is to break."""
        if "/v3/company/" in request.url.path:
            self.asked.append(_told(request))
            if self.before is not None:
                self.before(len(self.asked))
        return await self._wire.handle_async_request(request)

    @contextmanager
    def counting(self, before: Before | None = None) -> Iterator[list[str]]:
        """Yield the list of what is asked from now on."""
        self.asked, self.before = [], before
        yield self.asked
        self.before = None


def metered(desk: Desk) -> Meter:
    """Put a meter on a desk's wire."""
    desk.transport = Meter(desk.transport)
    return desk.transport


async def refreshed(desk: Desk) -> Company:
    """Bring the desk's copy of its company up to date."""
    async with connected(desk, desk.sleep) as client:
        return await refresh(desk, client, silent)


def _told(request: http.Request) -> str:
    """Say what a request asks for: a statement without its fields, else the end of its path."""
    params: dict[str, Any] = dict(request.url.params)
    statement = params.get("query") or (
        request.content.decode() if request.url.path.endswith("/query") else ""
    )
    return str(statement).removeprefix("SELECT * FROM ") or request.url.path.split("/")[4]
