"""A console before a company in this process, and the person at the browser beside it."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx
from textual.pilot import Pilot
from textual.widgets import Input

from awra_tui.actions.desk import Desk
from awra_tui.app import ConsoleApp
from awra_tui.screens.connections import ConnectionsScreen
from awra_tui.screens.connections_dialogs import Allowing, Hidden
from awra_tui.screens.dialogs import Line
from awra_tui.settings import http
from tests.connect.person import Form
from tests.office import BASE, BooksCompany, office, write_ledger
from tests.screens.driving import press, settle

ROUNDS = 500
SIZE = (80, 24)


def free_address() -> str:
    """Return a redirect address of this machine that nothing listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://localhost:{free.getsockname()[1]}/callback"


@contextmanager
def beside(
    folder: Path, company: BooksCompany, *overrides: str, redirect_url: str = "", connected: bool = False
) -> Iterator[Desk]:
    """Open the desk of a profile that can be connected in a browser; connected already where asked for."""
    write_ledger(folder, {"INV-1": "10.00"})
    addresses = (
        f"qbo.authorize_url={BASE}/connect/oauth2",
        f"qbo.redirect_url={redirect_url or free_address()}",
    )
    with office(folder, company, overrides=(*addresses, *overrides)) as desk:
        for name in () if connected else SECRETS:
            desk.secrets.delete(f"office/{name}")
        yield desk


SECRETS = ("client_id", "client_secret", "refresh_token", "access_token", "access_expires", "realm_id")


def kept(desk: Desk) -> dict[str, str]:
    """Return what the token store holds of the profile."""
    found = {name: desk.secrets.get(f"office/{name}") for name in (*SECRETS, "connected_at")}
    return {name: value for name, value in found.items() if value}


async def redirect(company: BooksCompany, address: str) -> str:
    """Open Intuit's page, press its button, and return where the browser is sent, without going there."""
    async with httpx.AsyncClient(transport=company.wire, base_url=BASE) as browser:
        page = await browser.get(address)
        assert page.status_code == 200, page.text
        form = Form()
        form.feed(page.text)
        answer = await browser.post(urljoin(address, form.action), data=form.fields)
        assert answer.is_redirect, answer.text
        return str(answer.headers["location"])


async def visit(address: str) -> httpx.Response:
    """Follow the browser's way back to this machine."""
    async with httpx.AsyncClient() as browser:
        return await browser.get(address)


async def until(pilot: Pilot[Any], there: Callable[[], object]) -> None:
    """Let everything go on until something is there."""
    for _ in range(ROUNDS):
        await pilot.pause()
        if there():
            return
        await asyncio.to_thread(pilot.app.desk.cache.now, int)  # type: ignore[attr-defined]
    raise AssertionError(shown(pilot.app))


def shown(app: Any) -> str:
    """Return what is on the terminal, line by line."""
    rows = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in row).rstrip() for row in rows)


class Slow(http.ASGITransport):
    """A wire on which some address never answers."""

    def __init__(self, company: BooksCompany, path: str) -> None:
        super().__init__(app=company.wire.app)
        self.reached = asyncio.Event()
        self._path = path

    async def handle_async_request(self, request: http.Request) -> http.Response:
        """Answer, or never do."""
        if request.url.path.startswith(self._path):
            self.reached.set()
            await asyncio.Event().wait()
        return await super().handle_async_request(request)


def console(desk: Desk) -> ConsoleApp:
    """Return a console without timers."""
    return ConsoleApp(desk, clock_frozen=True)


def words(app: Any) -> str:
    """Return what is on the terminal as one line; of lines that a dialog covers, what it says."""
    rows = (row.split("│") for row in shown(app).splitlines())
    return " ".join(" ".join(row[1] if len(row) > 1 else row[0] for row in rows).split())


def on(pilot: Pilot[Any], kind: type) -> Callable[[], bool]:
    """Return whether a screen of some kind stands uppermost."""
    return lambda: type(pilot.app.screen) is kind


async def opened(pilot: Pilot[Any]) -> None:
    await settle(pilot)
    await press(pilot, "C")
    await until(pilot, on(pilot, ConnectionsScreen))
    await settle(pilot)


async def written(pilot: Pilot[Any], text: str) -> None:
    """Put text on the line of a dialog, as pasting does."""
    line = pilot.app.screen.query_one(Input)
    if not line.has_focus:
        await pilot.press("p")
    line.value = text
    await pilot.pause()


async def typed(pilot: Pilot[Any], company: BooksCompany, secret: str = "") -> Allowing:
    """Type client id and secret, and return the dialog that waits for Intuit's page."""
    await opened(pilot)
    await pilot.press("c")
    await until(pilot, on(pilot, Line))
    await written(pilot, company.announced.client_id)
    await pilot.press("enter")
    await until(pilot, on(pilot, Hidden))
    await written(pilot, secret or company.announced.client_secret)
    assert (secret or company.announced.client_secret) not in shown(pilot.app)
    await pilot.press("enter")
    await until(pilot, on(pilot, Allowing))
    screen = pilot.app.screen
    assert isinstance(screen, Allowing)
    await until(pilot, lambda: "left" in shown(pilot.app))
    return screen


def address_of(asking: Allowing) -> str:
    return asking._consent.address


async def allowed(pilot: Pilot[Any], company: BooksCompany, secret: str = "") -> None:
    """Go as far as Intuit's answer, heard on this machine."""
    asking = await typed(pilot, company, secret)
    address = address_of(asking)
    answer = await visit(await redirect(company, address))
    assert answer.status_code == 200
