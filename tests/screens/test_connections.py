"""What the Connections screen says, at any size and of any company."""

from typing import Any

import pytest

from awra_tui.actions.connections import Connector, Setting
from awra_tui.app import ConsoleApp
from awra_tui.records.errors import SecretError
from awra_tui.screens import connections, connections_parts
from awra_tui.screens.connections import ConnectionsScreen
from tests.screens.driving import lines, press, settle, text_of, toasts
from tests.screens.fakes import NAMES, FakeDesk

SETTING = Setting(name="Tax", company="tax codes", profile="sends tax", state="ok", sentence="")


def a_connector(**given: Any) -> Connector:
    plain: dict[str, Any] = {
        "kind": "qbo",
        "name": "QuickBooks",
        "company": "Savanna Traders Ltd",
        "realm_id": "9130",
        "environment": "production",
        "scope": "com.intuit.quickbooks.accounting",
        "connected": True,
        "healthy": True,
        "connected_at": "2025-11-13T08:06:00.000000Z",
        "access_expires": "2025-11-15T09:00:00.000000Z",
        "refresh_expires": "2026-02-20T08:06:00.000000Z",
        "refresh_days": 97,
        "cap_ends": "2030-11-13T08:06:00.000000Z",
        "cap_days": 1823,
        "last_success": "2025-11-15T08:02:00.000000Z",
        "reads_today": 1234,
        "reads_this_month": 40_000,
        "settings": (SETTING,),
    }
    return Connector(**{**plain, **given})


SOURCE = Connector(kind="source", name="files", connected=True, healthy=True, company="Savanna")


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> list[Connector]:
    """What the screen finds; a test may change it."""
    listed = [a_connector(), SOURCE]

    async def there(_: Any) -> tuple[Connector, ...]:
        return tuple(listed)

    monkeypatch.setattr(connections, "connections", there)
    return listed


def about(one: Connector, width: int = 100) -> str:
    return connections_parts.about(one, width).plain


async def test_every_fact_of_a_connection_is_in_words(found: list[Connector]) -> None:
    app = ConsoleApp(FakeDesk(), clock_frozen=True)  # type: ignore[arg-type]
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "C")
        assert isinstance(app.screen, ConnectionsScreen)
        assert "all healthy" in text_of(app, "#title")
        assert "● healthy" in lines(app, "VirtualTable")[1]
        assert "97 d" in lines(app, "VirtualTable")[1]
    told = about(found[0])
    for words in (
        "QuickBooks: healthy",
        "Savanna Traders Ltd · 9130",
        "production",
        "com.intuit.quickbooks.accounting",
        "13 Nov 08:06 (2 d ago)",
        "until 09:00, renewed by itself",
        "until 20 Feb 2026, 97 days",
        "until 13 Nov 2030, 1,823 days",
        "08:02 (4 min ago)",
        "1,234 (40,000 this month)",
    ):
        assert words in told, words


def test_troubles_and_notices_stand_first_and_once() -> None:
    said = "Classes are off."
    setting = Setting(name="Classes", company="off", profile="sends classes", state="trouble", sentence=said)
    note = Setting(name="Subscription", company="trial", profile="", state="note", sentence="It will end.")
    untold = Setting(name="Edition", company="", profile="", state="unknown", sentence="")
    one = a_connector(
        healthy=False, troubles=(said,), notices=("Ends soon.",), settings=(setting, note, untold)
    )
    rows = about(one).splitlines()
    assert rows[:3] == ["▲ QuickBooks: connected, not healthy", "✕ Classes are off.", "▲ Ends soon."]
    told = "\n".join(rows)
    assert told.count(said) == 1
    assert "▲ Classes" in told
    assert "i Subscription" in told
    assert "    It will end." in told
    assert "? Edition" in told
    assert "not told" in told


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"refresh_days": -1}, "ended on 20 Feb 2026"),
        ({"refresh_days": 1}, "1 day"),
        ({"last_success": ""}, "never"),
        ({"connected": False, "healthy": False}, "✕ QuickBooks: not connected"),
        ({"refused_at": "2025-11-15T08:00:00.000000Z", "last_refusal": "No."}, "08:00 (6 min ago) No."),
    ],
)
def test_what_is_over_or_unknown_is_said(given: dict[str, Any], said: str) -> None:
    assert said in about(a_connector(**given))


@pytest.mark.parametrize(
    ("given", "days"),
    [
        ({}, 97),
        ({"cap_days": 3}, 3),
        ({"refresh_days": None}, 1823),
        ({"refresh_days": None, "cap_days": None}, None),
    ],
)
def test_the_first_of_the_ends_counts(given: dict[str, Any], days: int | None) -> None:
    assert connections_parts.days_left(a_connector(**given)) == days


@pytest.mark.parametrize("name", NAMES)
async def test_names_from_outside_break_nothing_at_any_size(found: list[Connector], name: str) -> None:
    setting = Setting(name="Edition", company=name, profile=name, state="note", sentence=name)
    found[0] = a_connector(company=name, last_refusal=name, troubles=(name,), settings=(setting,))
    app = ConsoleApp(FakeDesk(), clock_frozen=True)  # type: ignore[arg-type]
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "C", "enter", "pagedown", "escape", "y", "down")
        for size in ((60, 15), (20, 5), (1, 1), (160, 50)):
            await pilot.resize_terminal(*size)
            await settle(pilot)
        assert isinstance(app.screen, ConnectionsScreen)


async def test_a_store_that_cannot_be_read_ends_in_words(
    found: list[Connector], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def locked(_: Any) -> tuple[Connector, ...]:
        raise SecretError("The keyring is locked.")

    monkeypatch.setattr(connections, "connections", locked)
    app = ConsoleApp(FakeDesk(), clock_frozen=True)  # type: ignore[arg-type]
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "C")
        assert toasts(app) == ["The keyring is locked."]
