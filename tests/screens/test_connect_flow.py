"""One customer by keyboard alone at 80×24: a name of its own, leaving, the start date, disconnecting."""

from textual.widgets import Static

from awra_tui.actions.connect import connect_record
from awra_tui.actions.sync import sync_now
from awra_tui.app import ConsoleApp
from awra_tui.cache.pages.warnings import warnings_of
from awra_tui.cache.store import links, records
from awra_tui.records.people import People, Person, Role
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey, record_subject
from awra_tui.screens.connect import ConnectScreen
from awra_tui.sync.desk import Desk
from tests.flows.screen import screen_text, walk
from tests.office import BooksCompany, empty_company
from tests.screens.driving import press, settle, small_console, toasts
from tests.two_months import CUSTOMER, START, by_hand, in_books, two_months_desk

company = empty_company
desk = two_months_desk


def seen(app: ConsoleApp) -> str:
    return " ".join(screen_text(app).replace("│", " ").split())


def asked(app: ConsoleApp) -> str:
    """Return the question and what stands below it."""
    return " ".join(" ".join(str(one.content) for one in app.screen.query(Static)).split())


async def test_a_name_in_use_is_offered_with_what_makes_it_distinct(
    desk: Desk, company: BooksCompany
) -> None:
    in_books(company, "Vendor", "Baobab Café")
    await sync_now(desk)
    async with small_console(desk) as (app, pilot):
        app.open_connect(CUSTOMER)
        await settle(pilot)
        assert "for a vendor. n creates it as “Baobab Café (Customer)”" in seen(app)
        await press(pilot, "n")
        assert "By which name is it created in QuickBooks?" in seen(app)
        assert "Baobab Café (Customer)" in seen(app)
        await press(pilot, *["backspace"] * 11, "enter")
        assert "It cannot be created: QuickBooks uses the name Baobab Café already" in toasts(app)[-1]
        await press(pilot, "n", "enter")
        assert "Creates Baobab Café as Baobab Café (Customer)." in seen(app)
        await walk(pilot, "y", "y")
        assert company.one("Customer", DisplayName="Baobab Café (Customer)")


async def test_it_is_left_for_later_with_a_note_and_without(desk: Desk, company: BooksCompany) -> None:
    in_books(company)
    await sync_now(desk)
    subject = record_subject(CUSTOMER.kind, CUSTOMER.source_id)
    async with small_console(desk) as (app, pilot):
        app.open_connect(CUSTOMER)
        await settle(pilot)
        await press(pilot, "l", "enter")
        assert toasts(app)[-1] == "Left as it is; nothing was changed."
        assert not isinstance(app.screen, ConnectScreen)
        app.open_connect(CUSTOMER)
        await settle(pilot)
        await press(pilot, "l", *"asked them", "enter")
        assert "It is left as it is; u undoes." in toasts(app)[-1]
        assert [one.note for one in desk.cache.now(warnings_of, subject)] == ["asked them"]
        await press(pilot, "u")
        assert [one.note for one in desk.cache.now(warnings_of, subject)] == [""]
    assert desk.cache.now(links.of, CUSTOMER) == ()


async def test_the_start_date_says_what_it_brings_before_anything_is_kept(
    desk: Desk, company: BooksCompany
) -> None:
    by_hand(company, in_books(company), "91", "2026-11-20")
    await sync_now(desk)
    app = ConsoleApp(desk, clock_frozen=True)
    async with app.run_test(size=(80, 40)) as pilot:
        await settle(pilot)
        app.open_connect(CUSTOMER)
        await settle(pilot)
        assert "Open USD 20.00 ≠ USD 10.00" in seen(app)
        assert "Last 2026-11-05 Payment PAY-NEW-1 2026-11-20 Invoice 91" in seen(app)
        await press(pilot, "s", *["backspace"] * 10, *str(START), "enter", "enter")
        for said in (
            "Brings in 2 invoices, USD 20.00, and 2 payments, USD 20.00",
            "1 later payment of earlier invoices, USD 10.00: PAY-OLD-1 of OLD-1.",
            "1 invoice made by hand in QuickBooks since 2026-11-01: 91 of 2026-11-20, USD 10.00.",
        ):
            assert said in asked(app)
        await press(pilot, "y", "n")
        assert desk.cache.now(records.get, RecordKey("invoice", "NEW-1")).status is Status.PENDING


async def test_the_texts_beside_the_list_are_scrolled_by_keys(desk: Desk, company: BooksCompany) -> None:
    in_books(company)
    await sync_now(desk)
    async with small_console(desk) as (app, pilot):
        app.open_connect(CUSTOMER)
        await settle(pilot)
        stops = []
        for _ in range(3):
            await press(pilot, "tab")
            stops.append(app.focused.id if app.focused else "")
        assert stops[:2] == ["compared", "follows"]
        assert stops[2] not in stops[:2]


async def test_a_record_is_disconnected_by_a_key_that_says_what_it_means(
    desk: Desk, company: BooksCompany
) -> None:
    there = in_books(company)
    await sync_now(desk)
    await connect_record(desk, CUSTOMER, there, START)
    await sync_now(desk)
    async with small_console(desk) as (app, pilot):
        app.open_record(CUSTOMER)
        await settle(pilot)
        await press(pilot, "X")
        for said in (
            "Disconnects customer Baobab Café from customer Baobab Ltd",
            "Nothing is deleted or changed in QuickBooks",
            "What is in QuickBooks already stays connected there",
            "neither connected nor sent again by itself",
        ):
            assert said in asked(app)
        await press(pilot, "n")
        assert desk.cache.now(links.of, CUSTOMER)
        await press(pilot, "X", "y")
        assert desk.cache.now(links.of, CUSTOMER) == ()
        assert "Customer Baobab Café was disconnected from customer Baobab Ltd of QuickBooks" in seen(app)
        await press(pilot, "X")
        assert toasts(app)[-1] == "It is not connected to anything in QuickBooks."
        await press(pilot, "u")
        assert desk.cache.now(links.of, CUSTOMER)


async def test_a_viewer_disconnects_and_connects_nothing(desk: Desk, company: BooksCompany) -> None:
    there = in_books(company)
    await sync_now(desk)
    await connect_record(desk, CUSTOMER, there)
    admin = {"njeri": Person("njeri", Role.ADMINISTRATOR, "Njeri")}
    object.__setattr__(desk.profile, "people", People(Role.VIEWER, admin))
    async with small_console(desk) as (app, pilot):
        app.open_record(CUSTOMER)
        await settle(pilot)
        await press(pilot, "X")
        assert "Connecting records is for operators" in toasts(app)[-1]
        await press(pilot, "escape", "c", "enter")
        assert "Connecting records is for operators" in toasts(app)[-1]
    assert desk.cache.now(links.of, CUSTOMER)
