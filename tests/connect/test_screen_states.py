"""What the Connections screen says of a connection, and how it is ended there, with keys alone."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from awra_tui.actions import callback, connections, offer
from awra_tui.actions.sync import sync_now
from awra_tui.cache.store import facts
from awra_tui.health.catalogue import REASONS
from awra_tui.records import clock
from awra_tui.screens.connections import ConnectionsScreen
from awra_tui.screens.dialogs import YesNo
from awra_tui.screens.doors import by_key
from awra_tui.settings import http
from awra_tui.sync import connector
from tests.connect.desk import (
    SIZE,
    beside,
    console,
    kept,
    on,
    opened,
    shown,
    until,
    words,
)
from tests.office import BooksCompany
from tests.screens.driving import press, settle, toasts


@pytest.fixture
def company() -> BooksCompany:
    return BooksCompany("empty-us")


def test_sentences_about_the_connection_name_keys_on_their_screen() -> None:
    told = [*offer._REFUSALS.values(), callback._AGAIN, connections._NOT_CONNECTED]
    told += connections._notices(3, 3)
    told += [one.action for one in REASONS.values() if "awra-tui connect" in one.action]
    assert len(told) > 8
    for sentence in told:
        assert "awra-tui" not in by_key(sentence), sentence
    assert by_key("Enter the keys of the app again: awra-tui connect --app.") == (
        "Enter the keys of the app again: press c and enter others."
    )


async def test_disconnecting_says_what_it_means_and_ends_it(company: BooksCompany, tmp_path: Path) -> None:
    with beside(tmp_path, company, connected=True) as desk:
        await sync_now(desk)
        app = console(desk)
        async with app.run_test(size=SIZE, notifications=True) as pilot:
            await opened(pilot)
            assert "● connected" in shown(app).splitlines()[0]
            before = kept(desk)
            await pilot.press("d")
            await until(pilot, on(pilot, YesNo))
            assert "What is connected to what stays known" in shown(app)
            await pilot.press("n")
            await until(pilot, on(pilot, ConnectionsScreen))
            assert kept(desk) == before
            await pilot.press("d")
            await until(pilot, on(pilot, YesNo))
            await pilot.press("y")
            await until(pilot, lambda: "✕ not connected" in shown(app).splitlines()[0])
            assert "Intuit ended the connection" in toasts(app)[-1]
            assert kept(desk).keys() == {"client_id", "client_secret"}
            await until(pilot, lambda: "QuickBooks: not connected" in shown(app))
            assert shown(app).count("This profile is not connected to QuickBooks. Press c.") == 1
            await press(pilot, "d")
            assert toasts(app)[-1] == "There is no connection to end."
            stopped = await sync_now(desk)
            assert stopped.sentence == "This profile is not connected to QuickBooks."


@pytest.mark.parametrize("remove", [True, False])
async def test_where_intuit_cannot_be_reached_what_remains_is_said(
    company: BooksCompany, tmp_path: Path, remove: bool
) -> None:
    class Away(http.ASGITransport):
        async def handle_async_request(self, request: http.Request) -> http.Response:
            raise http.ConnectError("no way", request=request)

    with beside(tmp_path, company, connected=True) as desk:
        desk.transport = Away(app=company.wire.app)
        app = console(desk)
        async with app.run_test(size=SIZE, notifications=True) as pilot:
            await opened(pilot)
            await pilot.press("d")
            await until(pilot, on(pilot, YesNo))
            await pilot.press("y")
            await until(pilot, lambda: "Remove the tokens here only?" in shown(app))
            assert "disconnect the app in QuickBooks too" in words(app)
            await pilot.press("y" if remove else "n")
            await until(pilot, lambda: toasts(app))
            assert ("refresh_token" in kept(desk)) is not remove
            assert ("removed here only" in toasts(app)[-1]) is remove


async def test_the_source_is_listed_and_not_connected_to(company: BooksCompany, tmp_path: Path) -> None:
    with beside(tmp_path, company, connected=True) as desk:
        await sync_now(desk)
        app = console(desk)
        async with app.run_test(size=SIZE, notifications=True) as pilot:
            await opened(pilot)
            assert "all healthy" in shown(app)
            await press(pilot, "down")
            assert "Source (files): healthy" in shown(app)
            await press(pilot, "c")
            assert "[source] of the profile" in toasts(app)[-1]


async def test_connected_is_told_from_healthy_in_words(company: BooksCompany, tmp_path: Path) -> None:
    with beside(tmp_path, company, connected=True) as desk:
        company.change(
            "Preferences", company.all("Preferences")[0], SalesFormsPrefs={"CustomTxnNumbers": False}
        )
        await sync_now(desk)
        app = console(desk)
        async with app.run_test(size=SIZE) as pilot:
            await opened(pilot)
            assert "▲ connected, not healthy" in shown(app).splitlines()[0]
            assert "QuickBooks: connected, not healthy" in shown(app)
            assert "QuickBooks numbers transactions by itself" in shown(app)
            await press(pilot, "enter", "end")
            assert "▲ Custom numbers     off" in shown(app)
            await press(pilot, "escape")
            assert isinstance(app.screen, ConnectionsScreen)
            await press(pilot, "y")
            assert "Custom numbers" in app.clipboard
            await press(pilot, "escape", "w", "enter", "enter")
            assert isinstance(app.screen, ConnectionsScreen)


async def test_without_an_answer_header_and_connections_say_the_same(
    company: BooksCompany, tmp_path: Path
) -> None:
    class Away(http.ASGITransport):
        async def handle_async_request(self, request: http.Request) -> http.Response:
            raise http.ConnectError("no way", request=request)

    with beside(tmp_path, company, connected=True) as desk:
        await sync_now(desk)
        desk.transport = Away(app=company.wire.app)
        await sync_now(desk)
        app = console(desk)
        async with app.run_test(size=SIZE) as pilot:
            await opened(pilot)
            assert "▲ connected, not healthy" in shown(app).splitlines()[0]
            assert "QuickBooks: connected, not healthy" in shown(app)


async def test_an_end_that_is_near_is_said_before_it_comes(company: BooksCompany, tmp_path: Path) -> None:
    with beside(tmp_path, company, connected=True) as desk:
        app = console(desk)
        async with app.run_test(size=SIZE, notifications=True) as pilot:
            await settle(pilot)
            await app.warn_ahead()
            await app.workers.wait_for_complete()
            assert toasts(app) == []
            desk.secrets.set("office/refresh_expires", clock.stamp(clock.now() + timedelta(days=3.5)))
            await app.warn_ahead()
            await until(pilot, lambda: toasts(app))
            assert "ends in 3 days" in toasts(app)[0]
            await opened(pilot)
            assert "ends in 3 days" in words(app)
            assert "3 d" in shown(app).splitlines()[3]


async def test_a_machine_without_tokens_says_so_beside_a_cache_that_others_fill(
    company: BooksCompany, tmp_path: Path
) -> None:
    with beside(tmp_path, company, connected=True) as desk:
        await sync_now(desk)
        desk.secrets.delete("office/refresh_token")
        app = console(desk)
        async with app.run_test(size=SIZE) as pilot:
            await settle(pilot)
            await app.warn_ahead()
            await until(pilot, lambda: "✕ not connected" in shown(app).splitlines()[0])


async def test_a_subscription_that_ended_is_no_lost_connection(company: BooksCompany, tmp_path: Path) -> None:
    with beside(tmp_path, company, connected=True) as desk:
        await sync_now(desk)
        known = desk.cache.now(facts.company)
        assert known is not None
        await desk.write(facts.set_company, replace(known, subscription="SUSPENDED"))
        await desk.write(connector.works, replace(known, subscription="SUSPENDED"), desk.profile.rules)
        app = console(desk)
        async with app.run_test(size=SIZE) as pilot:
            await opened(pilot)
            assert "▲ connected, not healthy" in shown(app).splitlines()[0]
            assert "subscription is suspended" in words(app)
            assert words(app).count("subscription is suspended") == 1
