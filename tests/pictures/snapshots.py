"""Every screen at two sizes: with the sample company, with nothing yet, and when the cache cannot be read."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from textual.pilot import Pilot

from awra_tui.actions.desk import Desk
from awra_tui.actions.results import Escalation, ResendResult
from awra_tui.actions.sync import sync_now
from awra_tui.app import ConsoleApp
from awra_tui.cache.pages.records import find_records
from awra_tui.cache.store import facts
from awra_tui.records import clock
from awra_tui.records.errors import CacheError
from awra_tui.records.people import People, Person, Role
from awra_tui.records.rules import Rules
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.screens.resending import show_results
from awra_tui.sync import connector
from tests.office import BooksCompany, office, sample_profile
from tests.screens.test_deciding import recoded, sent_then, withdrawn
from tests.unconnected import ASKING, book_names, write_names

ROUNDS, CALM = 2000, 3
WAITING = ("action", "do_connect_company", "do_connect_chosen", "do_unlink", "do_resend", "do_decide")
"""Workers of actions may wait for an answer in a dialog."""
SIZES = {"80x24": (80, 24), "120x40": (120, 40)}


def opens(name: str, record: str = "") -> Callable[[Pilot[None]], Any]:
    """Return what opens a screen, of a record where one is named, once the overview stands."""

    async def go(pilot: Pilot[None]) -> None:
        found = find_in(pilot, record) if record else []
        getattr(pilot.app, f"open_{name}")(*found)

    return go


def find_in(pilot: Pilot[None], record: str) -> list[RecordKey]:
    """Return the key of a record; one that does not exist where there is none."""
    found = pilot.app.desk.cache.now(find_records, record)
    return found or [RecordKey(*record.split("/"))]


def presses(*keys: str) -> Callable[[Pilot[None]], Any]:
    """Return what presses keys on the overview."""

    async def go(pilot: Pilot[None]) -> None:
        for key in keys:
            await pilot.press(key)
            await settled(pilot)

    return go


def resends(record: str) -> Callable[[Pilot[None]], Any]:
    """Return what opens a record and asks to send it again."""

    async def go(pilot: Pilot[None]) -> None:
        await opens("record", record)(pilot)
        await settled(pilot)
        await presses("r")(pilot)

    return go


def escalates(record: str) -> Callable[[Pilot[None]], Any]:
    """Return what opens a record and makes its evidence."""

    async def go(pilot: Pilot[None]) -> None:
        await opens("record", record)(pilot)
        await settled(pilot)
        await presses("e")(pilot)

    return go


def there(screen: str, record: str, *keys: str) -> Callable[[Pilot[None]], Any]:
    """Return what opens a screen of a record and presses keys there."""

    async def go(pilot: Pilot[None]) -> None:
        await opens(screen, record)(pilot)
        await settled(pilot)
        await presses(*keys)(pilot)

    return go


async def in_vain(pilot: Pilot[None]) -> None:
    """Tell of a second resend that did not help."""
    key = RecordKey("invoice", "INV-1576")
    escalation = Escalation(key=key, name=key.text, times=2)
    said = "Business Validation Error: Make sure all your transactions have a VAT rate before you save."
    refused = ResendResult(key=key, name=key.text, status=Status.FAILED, sentence=said, escalate=escalation)
    await show_results(pilot.app, [refused])


CHANGING = ("m", "down", "enter", "enter", "up", "enter", "enter", *"mombasa", "enter")
"""Both mappings of the sample that are open, changed in the editor."""

SCREENS: dict[str, Callable[[Pilot[None]], Any]] = {
    "overview": presses(),
    "warnings": opens("warnings"),
    "record": opens("record", "invoice/INV-1570"),
    "mapping": opens("mapping"),
    "log": opens("log"),
    "connect": opens("connect", "customer/C-059"),
    "connections": opens("connections"),
    "customer": opens("customer", "customer/C-003"),
    "audit": opens("audit"),
    "check": presses("P"),
}
MORE: dict[str, Callable[[Pilot[None]], Any]] = {
    "help": presses("w", "question_mark"),
    "guide": presses("w", "f1"),
    "guide-search": presses("f1", "slash", *"escalate"),
    "record-sent": opens("record", "invoice/INV-1100"),
    "dismiss": presses("w", "space", "down", "space", "d"),
    "filter": presses("w", "slash", *"mombasa"),
    "chooser": presses("m", "down", "enter"),
    "mapping-changed": presses(*CHANGING),
    "mapping-save": presses(*CHANGING, "s"),
    "mapping-leaving": presses(*CHANGING, "escape"),
    "mapping-history": presses("m", "h"),
    "mapping-wider": presses("m", "n"),
    "mapping-date": presses("m", "down", "enter", "ctrl+t"),
    "lookup": presses("slash", *"inv-1042"),
    "lookup-several": presses("slash", *"1042"),
    "lookup-nothing": presses("slash", *"SKJ4X7Q2"),
    "dry-run": there("record", "invoice/INV-1042", "D"),
    "connecting": presses("c"),
    "connect-name": there("connect", "customer/C-058", "n"),
    "connect-leave": there("connect", "customer/C-059", "l"),
    "unlink": there("record", "customer/C-003", "X"),
    "check-records": presses("P", "enter"),
    "run": presses("l", "enter"),
    "audit-find": presses("A", "slash", *"savanna"),
    "evidence": escalates("invoice/INV-1570"),
    "tray": presses("w", "w"),
    "one-by-one": presses("w", "f"),
    "one-cause": presses("w", *["down"] * 9, "enter"),
    "news": presses("w", "n"),
    "issue": presses("w", "i"),
    "resend-blocked": resends("invoice/INV-1570"),
    "resend-compare": resends("invoice/INV-1042"),
    "resend-in-vain": in_vain,
}


def _tokens(desk: Desk, days: float) -> None:
    """Keep tokens that last for so many days, as a person's consent two days ago left them."""
    ends = {"refresh_expires": days, "connected_at": -2}
    for name, after in ends.items():
        desk.secrets.set(f"{desk.profile.id}/{name}", clock.stamp(clock.now() + timedelta(days=after)))


def _healthy(desk: Desk) -> None:
    _tokens(desk, 99)
    desk.cache.now(_company, edition="QuickBooks Online Plus", subscription="SUBSCRIBED")


def _unhealthy(desk: Desk) -> None:
    _tokens(desk, 99)
    off = {"multi_currency": False, "custom_numbers": False, "auto_apply_credit": True}
    desk.cache.now(_company, edition="QuickBooks Online Essentials", subscription="TRIAL", **off)


def _ending(desk: Desk) -> None:
    _tokens(desk, 5.5)


def _none(desk: Desk) -> None:
    for name in ("client_id", "client_secret", "refresh_token", "access_token", "access_expires"):
        desk.secrets.delete(f"{desk.profile.id}/{name}")


def _company(**changes: Any) -> None:
    known = facts.company()
    assert known is not None
    facts.set_company(replace(known, **changes))
    connector.works(replace(known, **changes), Rules())


CONNECTIONS: dict[str, Callable[[Desk], None]] = {
    "connections-healthy": _healthy,
    "connections-unhealthy": _unhealthy,
    "connections-ending": _ending,
    "connections-none": _none,
}


async def settled(pilot: Pilot[None]) -> None:
    """Wait until what was asked of the cache is on the screen; a worker that waits for a dialog stays."""
    calm = 0
    for _ in range(ROUNDS):
        await pilot.pause()
        reading = [one for one in pilot.app.workers if one.is_running and one.group not in WAITING]
        calm = 0 if reading else calm + 1
        if calm == CALM:
            return
        if reading:
            await asyncio.to_thread(pilot.app.desk.cache.now, int)
    raise AssertionError(f"still at work: {[one.group for one in pilot.app.workers]}")


def shows(go: Callable[[Pilot[None]], Any]) -> Callable[[Pilot[None]], Any]:
    """Return what goes to a screen and waits until it stands."""

    async def before(pilot: Pilot[None]) -> None:
        await settled(pilot)
        await go(pilot)
        await settled(pilot)

    return before


def cases(names: dict[str, Any], suffix: str = "") -> list[Any]:
    return [pytest.param(name, size, id=f"{name}{suffix}-{size}") for name in names for size in SIZES]


@pytest.mark.parametrize(("name", "size"), cases(SCREENS | MORE))
def test_with_the_sample(name: str, size: str, sample_desk: Any, snap_compare: Any) -> None:
    with sample_desk() as (desk, _):
        app = ConsoleApp(desk, clock_frozen=True)
        assert snap_compare(app, terminal_size=SIZES[size], run_before=shows((SCREENS | MORE)[name]))


@pytest.mark.parametrize(("name", "size"), cases(SCREENS, "-empty"))
def test_with_nothing_yet(name: str, size: str, watch: Any, tmp_path: Any, snap_compare: Any) -> None:
    company = BooksCompany("nairobi")
    with office(tmp_path, company, sample_profile()) as desk:
        app = ConsoleApp(desk, clock_frozen=True)
        assert snap_compare(app, terminal_size=SIZES[size], run_before=shows(SCREENS[name]))


@pytest.mark.parametrize(("name", "size"), cases(SCREENS, "-error"))
def test_when_the_cache_cannot_be_read(
    name: str, size: str, sample_desk: Any, snap_compare: Any, monkeypatch: Any
) -> None:
    async def broken(*_: Any, **__: Any) -> None:
        raise CacheError("The cache cannot be read: the disk is full. Free some space and press r.")

    with sample_desk() as (desk, _):
        monkeypatch.setattr(Desk, "page", broken)
        app = ConsoleApp(desk, clock_frozen=True)
        assert snap_compare(app, terminal_size=SIZES[size], run_before=shows(SCREENS[name]))


@pytest.mark.parametrize(("name", "size"), cases(CONNECTIONS))
def test_connections(name: str, size: str, sample_desk: Any, snap_compare: Any) -> None:
    with sample_desk() as (desk, _):
        CONNECTIONS[name](desk)
        app = ConsoleApp(desk, clock_frozen=True)
        assert snap_compare(app, terminal_size=SIZES[size], run_before=shows(opens("connections")))


@pytest.mark.parametrize("size", [pytest.param(size, id=f"allowing-{size}") for size in SIZES])
def test_allowing(size: str, sample_desk: Any, snap_compare: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("awra_tui.actions.callback.secrets.token_urlsafe", lambda _: "a" * 43)
    monkeypatch.setattr("awra_tui.screens.browser.has_browser", lambda *_: False)
    addresses = {
        "authorize_url": "https://appcenter.intuit.com/connect/oauth2",
        "redirect_url": "https://books.example.com/callback",
    }
    with sample_desk() as (desk, _):
        desk.profile = replace(desk.profile, qbo=msgspec.structs.replace(desk.profile.qbo, **addresses))
        app = ConsoleApp(desk, clock_frozen=True)
        go = presses("C", "c", "a")
        assert snap_compare(app, terminal_size=SIZES[size], run_before=shows(go))


MANY: dict[str, tuple[str, ...]] = {"connecting-certain": ("c",), "connecting-many": ("c", "enter")}


@pytest.mark.parametrize(("name", "size"), cases(MANY))
def test_what_is_certain(name: str, size: str, watch: Any, tmp_path: Any, snap_compare: Any) -> None:
    company = BooksCompany("empty-us")
    write_names(tmp_path)
    book_names(company)
    with office(tmp_path, company, ASKING) as desk:
        asyncio.run(sync_now(desk))
        app = ConsoleApp(desk, clock_frozen=True)
        assert snap_compare(app, terminal_size=SIZES[size], run_before=shows(presses(*MANY[name])))


def decides(*keys: str) -> Callable[[Pilot[None]], Any]:
    """Return what opens the first invoice and asks what is to be decided about it."""

    async def go(pilot: Pilot[None]) -> None:
        await opens("record", "invoice/INV-1")(pilot)
        await settled(pilot)
        await presses(*keys)(pilot)

    return go


CHANGED: dict[str, tuple[Any, tuple[str, ...]]] = {
    "decide-changed": (recoded, ("v",)),
    "decide-gone": (withdrawn, ("v",)),
    "decide-void": (withdrawn, ("v", "v")),
    "record-changed": (recoded, ("3",)),
}


@pytest.mark.parametrize(("name", "size"), cases(CHANGED))
def test_what_changed_after_it_was_sent(
    name: str, size: str, watch: Any, tmp_path: Any, snap_compare: Any
) -> None:
    change, keys = CHANGED[name]
    company = BooksCompany("empty-us")
    with office(tmp_path, company) as desk:
        desk.who = "wanjiru@office"
        asyncio.run(sent_then(desk, company, tmp_path, watch, change))
        app = ConsoleApp(desk, clock_frozen=True)
        assert snap_compare(app, terminal_size=SIZES[size], run_before=shows(decides(*keys)))


PEOPLE = People(Role.OPERATOR, {"njeri": Person("njeri", Role.ADMINISTRATOR, "Njeri", "njeri@example.com")})
DECIDED: dict[str, tuple[str, ...]] = {
    "snooze": ("w", "space", "z"),
    "snoozed": ("w", "space", "z", "down", "down", "enter", *"later", "enter", "Z"),
    "hand-over": ("w", "space", "h"),
    "questions": ("w", "space", "h", "down", "enter", *"which", "enter"),
    "my-queue": ("w", "space", "o", *"Wanjiru", "enter", "M"),
    "operator": ("w", "t"),
    "operator-help": ("w", "question_mark"),
}


@pytest.mark.parametrize(("name", "size"), cases(DECIDED))
def test_what_people_decide(name: str, size: str, sample_desk: Any, snap_compare: Any) -> None:
    with sample_desk() as (desk, _):
        desk.who = "wanjiru@office"
        desk.profile = replace(desk.profile, people=PEOPLE)
        app = ConsoleApp(desk, clock_frozen=True)
        assert snap_compare(app, terminal_size=SIZES[size], run_before=shows(presses(*DECIDED[name])))
