"""Waiting for the browser on loopback: the smallest HTTP that takes one callback and says what happened."""

import asyncio
import errno
import html
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

from awra_tui.actions.callback import Callback, CallbackError, Consent
from awra_tui.records.errors import AwraError

READ_SECONDS = 10.0
"""A browser sends its request at once; whoever is slower is none."""

_LOOPBACK = ("127.0.0.1", "::1")
_LONGEST = 16_384
_ARRIVED = "Intuit's answer has arrived. awra-tui goes on in the terminal; this page can be closed."
_CLOSE = "Nothing more happens here; this page can be closed."
_REASONS = {200: "OK", 400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed"}
_PAGE = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>awra-tui</title>'
    "<h1>awra-tui and QuickBooks</h1><p>{sentence}</p></html>\n"
)


class Listener:
    """Listens for the answer to one consent, on this machine's loopback addresses only."""

    def __init__(self, consent: Consent) -> None:
        self.servers: list[asyncio.Server] = []
        self._consent = consent
        self._place = urlsplit(consent.redirect_url)
        self._answer: asyncio.Future[Callback] = asyncio.get_running_loop().create_future()

    async def callback(self) -> Callback:
        """Wait for the browser; raise CallbackError where the answer is no, or none comes in time."""
        try:
            return await asyncio.wait_for(asyncio.shield(self._answer), self._consent.seconds_left)
        except TimeoutError:
            raise CallbackError(
                "No answer came from Intuit's page within five minutes, so nothing was connected. "
                "Run awra-tui connect again; --paste does without a browser on this machine.",
                final=True,
            ) from None

    def forget(self) -> None:
        """Give up waiting; an answer that nobody asked for is no error."""
        if self._answer.done():
            self._answer.exception()
        else:
            self._answer.cancel()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection."""
        # Cancelled is who still waits when the answer has come; asyncio would print a traceback for it.
        with suppress(
            OSError,
            TimeoutError,
            asyncio.CancelledError,
            asyncio.IncompleteReadError,
            asyncio.LimitOverrunError,
        ):
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), READ_SECONDS)
            # Nothing is awaited from here on: the loop may end as soon as the answer is known.
            writer.write(_response(*self._answered(head)))
        writer.close()

    def _answered(self, head: bytes) -> tuple[int, str]:
        """Return status and sentence for a request, and keep what it brings."""
        method, _, rest = head.decode("latin-1").partition(" ")
        target = rest.partition(" ")[0]
        if not target.startswith("/") or target.partition("?")[0] != (self._place.path or "/"):
            return 404, _CLOSE
        if method != "GET":
            return 405, _CLOSE
        try:
            found = self._consent.receive(f"{self._place.scheme}://{self._place.netloc}{target}")
        except CallbackError as refused:
            if refused.final and not self._answer.done():
                self._answer.set_exception(refused)
            return 400, f"{refused} {_CLOSE}"
        if not self._answer.done():
            self._answer.set_result(found)
        return 200, _ARRIVED


@asynccontextmanager
async def listening(consent: Consent) -> AsyncIterator[Listener]:
    """Listen at the consent's redirect address while the block runs; raise AwraError if its port is taken."""
    listener = Listener(consent)
    try:
        await _listen(listener, urlsplit(consent.redirect_url).port or 80)
        yield listener
    finally:
        for server in listener.servers:
            server.close()
        listener.forget()


async def _listen(listener: Listener, port: int) -> None:
    for host in _LOOPBACK:
        try:
            listener.servers.append(await asyncio.start_server(listener.serve, host, port, limit=_LONGEST))
        except OSError as error:
            # Not every machine has ::1; but a stranger who listens there would get what is meant for us.
            if not listener.servers or error.errno == errno.EADDRINUSE:
                raise AwraError(
                    f"Port {port} cannot be listened on ({error.strerror}): end what uses it, choose another "
                    "redirect_url in [qbo] and at Intuit, or say --paste."
                ) from None


def _response(status: int, sentence: str) -> bytes:
    body = _PAGE.format(sentence=html.escape(sentence)).encode()
    head = (
        f"HTTP/1.1 {status} {_REASONS[status]}",
        "Content-Type: text/html; charset=utf-8",
        f"Content-Length: {len(body)}",
        "Cache-Control: no-store",
        "Referrer-Policy: no-referrer",
        "Content-Security-Policy: default-src 'none'",
        "Connection: close",
    )
    return "\r\n".join((*head, "", "")).encode() + body
