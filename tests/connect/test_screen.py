"""Connecting a company on the Connections screen, with keys alone, at 80 by 24."""

import socket
from dataclasses import replace
from pathlib import Path

import httpx
import msgspec
import pytest
from textual import events
from textual.widgets import Input

from awra_tui.actions.sync import sync_now
from awra_tui.cache.store import facts
from awra_tui.records.qbo import Company
from awra_tui.screens.connections import ConnectionsScreen
from awra_tui.screens.connections_dialogs import Allowing, Hidden, Working
from awra_tui.screens.dialogs import Choice, Line, Told, YesNo
from tests.connect.desk import (
    SIZE,
    Slow,
    address_of,
    allowed,
    beside,
    console,
    free_address,
    kept,
    on,
    opened,
    redirect,
    shown,
    typed,
    until,
    visit,
    words,
    written,
)
from tests.office import BooksCompany
from tests.screens.driving import toasts
from tests.watch import Watch

OWN = "https://books.example.com/callback"


@pytest.fixture
def company() -> BooksCompany:
    return BooksCompany("empty-us")


@pytest.fixture(autouse=True)
def _no_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """No browser opens beside a test."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)


async def test_the_whole_way_with_the_company_confirmed_by_name(
    company: BooksCompany, tmp_path: Path
) -> None:
    with beside(tmp_path, company) as desk:
        app = console(desk)
        async with app.run_test(size=SIZE, notifications=True) as pilot:
            await allowed(pilot, company)
            await until(pilot, on(pilot, YesNo))
            asked = shown(app)
            assert 'Connect Test Office to "Simulated Trading Co"?' in asked
            assert company.announced.realm_id in asked
            assert kept(desk) == {}
            await pilot.press("y")
            await until(pilot, on(pilot, ConnectionsScreen))
            await until(pilot, lambda: "connect again" in shown(app))
            assert "Test Office is connected to Simulated Trading Co" in toasts(app)[-1]
            assert kept(desk)["client_secret"] == company.announced.client_secret
            assert "100 days" in shown(app)
            assert "● connected" in shown(app).splitlines()[0]
            assert (await sync_now(desk)).outcome == "done"


async def test_a_company_whose_id_the_profile_lacks_tells_the_line_to_write(
    company: BooksCompany, tmp_path: Path
) -> None:
    with beside(tmp_path, company, "qbo.realm_id=") as desk:
        app = console(desk)
        async with app.run_test(size=SIZE) as pilot:
            await allowed(pilot, company)
            await until(pilot, on(pilot, YesNo))
            await pilot.press("y")
            await until(pilot, on(pilot, Told))
            assert f'realm_id = "{company.announced.realm_id}"' in shown(app)


async def test_the_keys_that_are_kept_are_offered(company: BooksCompany, tmp_path: Path) -> None:
    with beside(tmp_path, company, connected=True) as desk:
        before = kept(desk)
        app = console(desk)
        async with app.run_test(size=SIZE) as pilot:
            await opened(pilot)
            await pilot.press("c")
            await until(pilot, on(pilot, Choice))
            await pilot.press("b")
            await until(pilot, on(pilot, Line))
            await pilot.press("escape")
            await until(pilot, on(pilot, ConnectionsScreen))
            await pilot.press("c")
            await until(pilot, on(pilot, Choice))
            await pilot.press("a")
            await until(pilot, on(pilot, Allowing))
            await visit(await redirect(company, address_of(app.screen)))  # type: ignore[arg-type]
            await until(pilot, on(pilot, YesNo))
            assert kept(desk) == before
            await pilot.press("y")
            await until(pilot, lambda: kept(desk).get("connected_at"))
            assert kept(desk)["refresh_token"] != before["refresh_token"]


@pytest.mark.parametrize("step", ["id", "secret", "page", "line", "company"])
async def test_a_step_that_is_left_leaves_nothing_behind(
    company: BooksCompany, tmp_path: Path, step: str
) -> None:
    place = free_address()
    with beside(tmp_path, company, redirect_url=place) as desk:
        app = console(desk)
        async with app.run_test(size=SIZE, notifications=True) as pilot:
            if step in ("id", "secret"):
                await opened(pilot)
                await pilot.press("c")
                await until(pilot, on(pilot, Line))
                if step == "secret":
                    await pilot.press("x", "enter")
                    await until(pilot, on(pilot, Hidden))
                await pilot.press("escape")
            elif step == "company":
                await allowed(pilot, company)
                await until(pilot, on(pilot, YesNo))
                await pilot.press("n")
            else:
                await typed(pilot, company)
                await pilot.press(*(["p", "x", "escape"] if step == "line" else []), "escape")
            await until(pilot, on(pilot, ConnectionsScreen))
            assert toasts(app) == ["Nothing was connected."]
            assert kept(desk) == {}
            assert desk.cache.now(facts.company) is None
            with socket.socket() as free:  # nobody listens any more
                assert free.connect_ex(("127.0.0.1", httpx.URL(place).port or 0)) != 0


async def test_work_that_takes_long_freezes_nothing_and_can_be_stopped(
    company: BooksCompany, tmp_path: Path
) -> None:
    with beside(tmp_path, company) as desk:
        slow = Slow(company, "/oauth2")
        app = console(desk)
        async with app.run_test(size=SIZE, notifications=True) as pilot:
            asking = await typed(pilot, company)
            back = await redirect(company, address_of(asking))
            desk.transport = slow
            await visit(back)
            await until(pilot, on(pilot, Working))
            await slow.reached.wait()
            assert "Reading the company from QuickBooks" in shown(app)
            await pilot.press("escape")
            await until(pilot, on(pilot, ConnectionsScreen))
            assert toasts(app) == ["Nothing was connected."]
            assert kept(desk) == {}


@pytest.mark.parametrize("how", ["pasted", "typed"])
async def test_an_answer_that_cannot_come_back_here_is_pasted(
    company: BooksCompany, tmp_path: Path, how: str
) -> None:
    with beside(tmp_path, company, redirect_url=OWN) as desk:
        app = console(desk)
        async with app.run_test(size=SIZE) as pilot:
            asking = await typed(pilot, company)
            assert "Then paste here the whole address" in words(app)
            address = await redirect(company, address_of(asking))
            assert address.startswith(OWN)
            if how == "pasted":
                app.screen.post_message(events.Paste(f"{address}\n"))
            else:
                await written(pilot, address)
                await pilot.press("enter")
            await until(pilot, on(pilot, YesNo))
            await pilot.press("y")
            await until(pilot, lambda: kept(desk).get("refresh_token"))


async def test_the_address_of_another_question_leaves_this_one_open(
    company: BooksCompany, tmp_path: Path
) -> None:
    with beside(tmp_path, company, redirect_url=OWN) as desk:
        app = console(desk)
        async with app.run_test(size=SIZE) as pilot:
            asking = await typed(pilot, company)
            await written(pilot, "https://elsewhere.example")
            await pilot.press("enter")
            assert "This is not the address" in shown(app)
            address = await redirect(company, address_of(asking))
            await written(pilot, address.replace("state=", "state=x"))
            await pilot.press("enter")
            assert "another question" in shown(app)
            assert app.screen is asking


async def test_access_declined_is_said_until_it_is_read(company: BooksCompany, tmp_path: Path) -> None:
    with beside(tmp_path, company) as desk:
        app = console(desk)
        async with app.run_test(size=SIZE) as pilot:
            asking = await typed(pilot, company)
            question = httpx.URL(address_of(asking)).params
            declined = {"state": question["state"], "error": "access_denied"}
            await visit(str(httpx.URL(question["redirect_uri"], params=declined)))
            await until(pilot, on(pilot, Told))
            assert "declined on Intuit's page" in words(app)
            assert "Press c again." in words(app)
            assert "awra-tui connect" not in words(app)
            await pilot.press("escape")
            await until(pilot, on(pilot, ConnectionsScreen))
            assert kept(desk) == {}


async def test_wrong_keys_are_told_and_never_shown(company: BooksCompany, tmp_path: Path) -> None:
    with beside(tmp_path, company) as desk:
        app = console(desk)
        async with app.run_test(size=SIZE) as pilot:
            await allowed(pilot, company, secret="marked-wrong-one")
            await until(pilot, on(pilot, Told))
            assert "does not accept this client id and secret" in " ".join(
                shown(app).replace("│", " ").split()
            )
            assert "marked-wrong" not in shown(app)
            assert kept(desk) == {}


async def test_another_company_is_refused_naming_both(company: BooksCompany, tmp_path: Path) -> None:
    with beside(tmp_path, company) as desk:
        settings = msgspec.structs.replace(desk.profile.qbo, realm_id="77")
        desk.profile = replace(desk.profile, qbo=settings)
        await desk.write(facts.set_company, Company(realm="77", name="Kilima Traders"))
        app = console(desk)
        async with app.run_test(size=SIZE) as pilot:
            await allowed(pilot, company)
            await until(pilot, on(pilot, Told))
            said = words(app)
            assert f'"Simulated Trading Co" ({company.announced.realm_id})' in said
            assert '"Kilima Traders" (77)' in said
            assert kept(desk) == {}


async def test_after_five_minutes_the_question_is_over(
    company: BooksCompany, tmp_path: Path, watch: Watch
) -> None:
    with beside(tmp_path, company, redirect_url=OWN) as desk:
        app = console(desk)
        async with app.run_test(size=SIZE) as pilot:
            asking = await typed(pilot, company)
            assert "5:00 left." in shown(app)
            watch.forward(seconds=61)
            await pilot.press("y")
            assert "3:59 left." in shown(app)
            assert app.clipboard == address_of(asking)
            assert asking.query_one(Input).has_focus
            await pilot.press("escape")
            watch.forward(seconds=240)
            await pilot.press("y")
            await until(pilot, on(pilot, Told))
            assert "within five minutes" in words(app)


async def test_a_port_that_is_taken_leaves_pasting(company: BooksCompany, tmp_path: Path) -> None:
    place = free_address()
    with socket.socket() as taken, beside(tmp_path, company, redirect_url=place) as desk:
        taken.bind(("127.0.0.1", httpx.URL(place).port or 0))
        taken.listen()
        app = console(desk)
        async with app.run_test(size=SIZE) as pilot:
            asking = await typed(pilot, company)
            await until(pilot, lambda: "Another program listens" in shown(app))
            await written(pilot, await redirect(company, address_of(asking)))
            await pilot.press("enter")
            await until(pilot, on(pilot, YesNo))


async def test_addresses_that_intuit_would_refuse_are_said_first(
    company: BooksCompany, tmp_path: Path
) -> None:
    production = ("qbo.environment=production", "qbo.redirect_url=http://localhost:5123/callback")
    with beside(tmp_path, company, *production) as desk:
        app = console(desk)
        async with app.run_test(size=SIZE) as pilot:
            await opened(pilot)
            await pilot.press("c")
            await until(pilot, on(pilot, Told))
            assert "https address of your own" in words(app)


def outside_the_store(folder: Path) -> list[bytes]:
    """Return what every file holds but the token store."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.parent.name != "secrets"]
    assert files
    return [path.read_bytes() for path in files]


async def test_no_secret_is_shown_or_written_on_the_way(company: BooksCompany, tmp_path: Path) -> None:
    seen: list[str] = []
    with beside(tmp_path, company) as desk:
        app = console(desk)
        async with app.run_test(size=SIZE, notifications=True) as pilot:

            async def see(kind: type) -> None:
                await until(pilot, on(pilot, kind))
                seen.extend([app.export_screenshot(simplify=True), app.clipboard, *toasts(app)])

            asking = await typed(pilot, company)
            await pilot.press("y")
            await see(Allowing)
            await visit(await redirect(company, address_of(asking)))
            await see(YesNo)
            await pilot.press("y")
            await until(pilot, lambda: kept(desk).get("connected_at"))
            await see(ConnectionsScreen)
            await pilot.press("y")
            await see(ConnectionsScreen)
            secrets = [kept(desk)[name] for name in ("client_secret", "access_token", "refresh_token")]
            await pilot.press("c")
            await see(Choice)
            await pilot.press("escape", "d")
            await see(YesNo)
            await pilot.press("y")
            await until(pilot, lambda: "refresh_token" not in kept(desk))
            await see(ConnectionsScreen)
    places = [*(one.encode() for one in seen), *outside_the_store(tmp_path)]
    assert not [secret for secret in secrets for place in places if secret[4:24].encode() in place]
