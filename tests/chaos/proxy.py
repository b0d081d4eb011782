"""A proxy between client and simulator that goes wrong on purpose, over real HTTP on loopback.

What goes wrong, and when, is chosen by a seeded random generator and counted by name. Where a client
is to give up waiting, its transport is told to, so that nobody waits for a time-out.
"""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx

_NUMBER = "x-asked"
"""The header by which a proxy knows a request of its own client again."""
_HTML = b"<html><head><title>One moment</title></head><body><h1>We will be right back.</h1></body></html>"
_THROTTLED = b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<IntuitResponse xmlns="http://schema.intuit.com/finance/v3"><Fault type="SERVICE"><Error code="3001">
<Message>message=ThrottleExceeded; errorCode=003001; statusCode=429</Message>
</Error></Fault></IntuitResponse>
"""
_REFUSED = b"""{"fault": {"type": "AUTHENTICATION", "error": [{"code": "3200", "detail": "Token expired",
"message": "message=AuthenticationFailed; errorCode=003200; statusCode=401"}]}}
"""
_LONGEST_BURST = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came: its bytes, where it goes, and its number among those of the client."""

    head: bytes
    body: bytes
    method: str
    path: str
    number: str

    @property
    def whole(self) -> bytes:
        """Return the request as it is passed on: the connection ends with its answer."""
        lines = self.head.split(b"\r\n")
        kept = [one for one in lines if not one.lower().startswith((b"connection:", _NUMBER.encode()))]
        return b"\r\n".join([*kept, b"Connection: close", b"", b""]) + self.body

    @property
    def kind(self) -> str:
        """Return ``write``, ``read`` or ``token``."""
        if "/oauth2/" in self.path:
            return "token"
        changes = self.method == "POST" and not self.path.partition("?")[0].endswith("/query")
        return "write" if changes else "read"


Answer = bytes | None
"""The bytes that a client gets before its connection is closed; None for none at all."""


@dataclass(slots=True)
class Proxy:
    """Passes requests on to ``target``, and lets ``share`` of them go wrong.

    ``names`` are the faults that may happen, all by default. ``counts`` has the faults that did, by
    name; ``asked`` the requests by their kind. While it is ``quiet`` nothing goes wrong.
    ``held`` are requests that are to arrive late, ``burst`` is how many more fail in a row, ``errors``
    are defects of the proxy itself. ``serving`` are the answers that are being made.
    """

    target: str
    chance: random.Random
    share: float = 0.2
    names: Sequence[str] = ()
    quiet: bool = False
    counts: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    url: str = ""
    held: list[Asked] = field(default_factory=list)
    burst: int = 0
    deck: list[bool] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    giving_up: dict[str, asyncio.Event] = field(default_factory=dict)
    serving: set[asyncio.Task[bytes | None]] = field(default_factory=set)

    @asynccontextmanager
    async def listening(self) -> AsyncIterator["Proxy"]:
        """Listen on a free port of loopback while the block runs."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        try:
            yield self
        finally:
            server.close()
            await server.wait_closed()
            # What was passed on is heard out, though nobody waits for the answer any more.
            await asyncio.gather(*self.serving, return_exceptions=True)

    def transport(self) -> "Impatient":
        """Return the transport of a client that gives up when this proxy says so."""
        return Impatient(self)

    async def deliver_late(self) -> None:
        """Let what was held back arrive; who sent it has given up, and nobody hears the answer."""
        while self.held:
            await self.forward(self.held.pop(0))

    async def forward(self, asked: Asked) -> bytes:
        """Pass a request on and return the whole answer."""
        place = urlsplit(self.target)
        reader, writer = await asyncio.open_connection(place.hostname, place.port)
        try:
            writer.write(asked.whole)
            return await reader.read()
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    def give_up(self, asked: Asked) -> None:
        """Let the client of a request give up waiting for its answer."""
        self.giving_up[asked.number].set()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            asked = await _read(reader)
            self.asked[asked.kind] += 1
            answering = asyncio.ensure_future(self._answer(asked))
            self.serving.add(answering)
            answering.add_done_callback(self.serving.discard)
            try:
                answer = await answering
            except Exception as error:
                self.errors.append(repr(error))
                raise
            if answer is not None:
                writer.write(answer)
                await writer.drain()
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()

    async def _answer(self, asked: Asked) -> Answer:
        name = self._next(asked)
        if not name:
            return await self.forward(asked)
        self.counts[name] += 1
        return await FAULTS[name].happens(self, asked)

    def _next(self, asked: Asked) -> str:
        """Choose what goes wrong with a request, or nothing."""
        if self.quiet:
            return ""
        if self.burst and asked.kind in FAULTS[BURST].kinds:
            self.burst -= 1
            return BURST
        possible = [name for name in self.names or FAULTS if asked.kind in FAULTS[name].kinds]
        name = self._rarest(possible) if possible and self._is_turn() else ""
        if name == BURST:
            self.burst = self.chance.randrange(_LONGEST_BURST)
        return name

    def _rarest(self, possible: Sequence[str]) -> str:
        """Choose among what happened least so far: however few requests there are, everything happens."""
        least = min(self.counts[name] for name in possible)
        return self.chance.choice([name for name in possible if self.counts[name] == least])

    def _is_turn(self) -> bool:
        """Say whether it is this request's turn: one in so many, however many there are."""
        if not self.deck and self.share:
            self.deck = [True, *[False] * (round(1 / self.share) - 1)]
            self.chance.shuffle(self.deck)
        return bool(self.deck) and self.deck.pop()


class Impatient(httpx.AsyncBaseTransport):
    """A client's wire, on which waiting ends as soon as the proxy says that it is too long."""

    def __init__(self, proxy: Proxy) -> None:
        self._proxy = proxy
        self._wire = _wire()
        self._sent = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; raise ReadTimeout where the proxy lets it wait too long."""
        self._sent += 1
        number = str(self._sent)
        request.headers[_NUMBER] = number
        over = self._proxy.giving_up[number] = asyncio.Event()
        answer = asyncio.ensure_future(self._wire.handle_async_request(request))
        waiting = asyncio.ensure_future(over.wait())
        try:
            await asyncio.wait({answer, waiting}, return_when=asyncio.FIRST_COMPLETED)
            if over.is_set():
                raise httpx.ReadTimeout("no answer in time", request=request)
            return answer.result()
        finally:
            del self._proxy.giving_up[number]
            for task in (answer, waiting):
                task.cancel()
            await asyncio.gather(answer, waiting, return_exceptions=True)

    async def aclose(self) -> None:
        """Close the connections; the next client may use this wire anew."""
        await self._wire.aclose()
        self._wire = _wire()


def _wire() -> httpx.AsyncHTTPTransport:
    # Certificates are for https; reading them takes longer than many a request on loopback.
    return httpx.AsyncHTTPTransport(verify=False)


async def _read(reader: asyncio.StreamReader) -> Asked:
    head = (await reader.readuntil(b"\r\n\r\n")).removesuffix(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").split("\r\n")
    headers = {name.strip().lower(): value.strip() for name, _, value in (one.partition(":") for one in rest)}
    method, path, _ = first.split(" ")
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Asked(head, body, method, path, headers.get(_NUMBER, ""))


async def _closed_before(proxy: Proxy, asked: Asked) -> Answer:
    return None


async def _closed_after(proxy: Proxy, asked: Asked) -> Answer:
    await proxy.forward(asked)
    return None


async def _cut(proxy: Proxy, asked: Asked) -> Answer:
    answer = await proxy.forward(asked)
    begin = answer.index(b"\r\n\r\n") + 4
    return answer[: proxy.chance.randint(begin, len(answer) - 1)]


async def _late(proxy: Proxy, asked: Asked) -> Answer:
    answer = await proxy.forward(asked)
    proxy.give_up(asked)
    return answer


async def _held(proxy: Proxy, asked: Asked) -> Answer:
    proxy.held.append(asked)
    proxy.give_up(asked)
    return None


async def _throttled(proxy: Proxy, asked: Asked) -> Answer:
    return _http("429 Too Many Requests", "application/xml", _THROTTLED)


async def _broken(proxy: Proxy, asked: Asked) -> Answer:
    """Answer 500 or 503, for some requests in a row; now and then it was booked all the same."""
    await _perhaps(proxy, asked)
    status = proxy.chance.choice(("500 Internal Server Error", "503 Service Unavailable"))
    return _http(status, "text/html", _HTML)


async def _html(proxy: Proxy, asked: Asked) -> Answer:
    await _perhaps(proxy, asked)
    return _http("200 OK", "text/html", _HTML)


async def _refused(proxy: Proxy, asked: Asked) -> Answer:
    return _http("401 Unauthorized", "application/json", _REFUSED)


async def _twice(proxy: Proxy, asked: Asked) -> Answer:
    return proxy.chance.choice([await proxy.forward(asked), await proxy.forward(asked)])


async def _perhaps(proxy: Proxy, asked: Asked) -> None:
    if proxy.chance.random() < 0.5:
        await proxy.forward(asked)


def _http(status: str, media: str, body: bytes) -> bytes:
    lines = (
        f"HTTP/1.1 {status}",
        f"Content-Type: {media}",
        f"Content-Length: {len(body)}",
        "Connection: close",
    )
    return "\r\n".join([*lines, "", ""]).encode() + body


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong, and the kinds of requests that it happens to."""

    happens: Callable[[Proxy, Asked], Awaitable[Answer]]
    kinds: frozenset[str] = frozenset({"write", "read", "token"})


_COMPANY = frozenset({"write", "read"})
_WRITES = frozenset({"write"})
BURST = "burst of 500 and 503"

FAULTS: dict[str, Fault] = {
    "closed before it arrived": Fault(_closed_before),
    "closed after it was booked": Fault(_closed_after),
    "answer cut off": Fault(_cut),
    "answer after the client gave up": Fault(_late),
    "booked after the client gave up": Fault(_held, _WRITES),
    "429": Fault(_throttled, _COMPANY),
    BURST: Fault(_broken),
    "HTML with 200": Fault(_html),
    "token refused": Fault(_refused, _COMPANY),
    "delivered twice": Fault(_twice, _WRITES),
}
"""Everything that can go wrong, by the name under which it is counted."""
