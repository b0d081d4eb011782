"""Serving a company over HTTP on loopback, until the process is asked to end."""

import asyncio
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from datetime import date
from pathlib import Path

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from awra_tui.simulator import companies, oauth
from awra_tui.simulator.app import Site, application, site_application
from awra_tui.simulator.company import Company
from awra_tui.simulator.jsontext import Json

__all__ = ["announcement", "application", "serve"]

Announce = Callable[[dict[str, str]], None]


def serve(
    names: Sequence[str], port: int, state: Path | None, anchor: date | None, announce: Announce
) -> None:
    """Serve companies on 127.0.0.1 until SIGTERM or SIGINT, then return.

    One name brings a second company along, so that there is a choice on the page of consent. Port 0
    takes a free one. `announce` is called once, when requests are answered, with the addresses and
    the credentials of the first company. Raises OSError when the port is taken, KeyError for a company
    that is not known, ValueError for another company's state file.
    """
    # Named so, the protocol lets asyncio switch off Nagle's delay of 40 ms an answer.
    with (
        ExitStack() as held,
        socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening,
    ):
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", port))
        opened = [
            held.enter_context(closing(Company(name, path, anchor)))
            for name, path in _files(companies.beside(names), state)
        ]
        site = Site(*opened)
        base = f"http://127.0.0.1:{listening.getsockname()[1]}"
        connections: dict[tuple[str, int], asyncio.Transport] = {}
        site.hangup = lambda client: connections[client].abort()
        config = uvicorn.Config(
            site_application(site),
            http=_protocol(connections),
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=1,
        )
        _Server(config, lambda: announce(announcement(site.company, base))).run([listening])


def _files(names: Sequence[str], state: Path | None) -> Iterator[tuple[str, Path | None]]:
    """Yield each company with its state file: as given for the first, with its name added for others."""
    for at, name in enumerate(names):
        yield name, state.with_name(f"{state.name}.{name}") if state and at else state


def announcement(company: Company, base: str) -> dict[str, str]:
    """Return all that a client needs to reach a company, with tokens that are valid now."""
    access, refresh = oauth.ensure_tokens(company)
    return {
        **oauth.addresses(base),
        "realm_id": company.realm_id,
        "client_id": company.definition.client_id,
        "client_secret": company.definition.client_secret,
        "access_token": access,
        "refresh_token": refresh,
    }


class _Server(uvicorn.Server):
    """Says when it is ready, and ends quietly on a signal instead of dying of it."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        names = (signal.SIGTERM, signal.SIGINT)
        before = {name: signal.signal(name, self.handle_exit) for name in names}
        try:
            yield
        finally:
            for name, handler in before.items():
                signal.signal(name, handler)


def _protocol(connections: dict[tuple[str, int], asyncio.Transport]) -> type[H11Protocol]:
    """Make a protocol that keeps its connections where a rehearsal can cut them."""

    class Protocol(H11Protocol):
        def connection_made(self, transport: Json) -> None:
            super().connection_made(transport)
            connections[transport.get_extra_info("peername")[:2]] = transport
            self._peer = transport.get_extra_info("peername")[:2]

        def connection_lost(self, exc: Exception | None) -> None:
            super().connection_lost(exc)
            connections.pop(self._peer, None)

    return Protocol
