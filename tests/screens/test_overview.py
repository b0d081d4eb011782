"""The overview: everything fits, digits open kinds, failures end in words."""

import asyncio
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from awra_tui.app import ConsoleApp
from awra_tui.cache.pages.overview import ConnectorWarning
from awra_tui.records.errors import CacheError
from awra_tui.records.kinds import KINDS
from awra_tui.records.status import Who
from awra_tui.screens import overview_parts as parts
from awra_tui.screens.overview import OverviewScreen
from awra_tui.screens.warnings import WarningsScreen
from awra_tui.sync.progress import Progress
from awra_tui.widgets.bars import HeaderLine, KeyBar, NoticeLine, ProgressLine, progress_text
from tests.screens.driving import lines, press, settle, text_of, toasts
from tests.screens.fakes import COMPANY, FakeDesk, an_overview, kind_row, some_warnings


def console(desk: FakeDesk | None = None) -> ConsoleApp:
    made: Any = desk or FakeDesk(some_warnings())
    return ConsoleApp(made, clock_frozen=True)


async def test_at_80_by_24_every_kind_and_every_fact_is_in_sight() -> None:
    app = console()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        shown = lines(app, "#kinds")
        assert len(shown) == 10
        assert "5 Invoices" in shown[5]
        assert "▲ 37" in shown[5]
        assert "12 d" in shown[5]
        assert "KES 1.3M +USD" in shown[5]
        assert "all blocked" in shown[8]
        assert "bill payments, refunds" in text_of(app, "#folded")
        facts = text_of(app, "#facts")
        assert "6 dismissed (D) in the warnings" in facts
        assert "dismissed" not in text_of(app, "#folded")
        assert "■ blocked" in facts
        assert "M-Pesa Mombasa has no deposit account" in facts
        assert "mapping 36 · source data 21 · duplicate risk 9" in facts
        assert "12 still to sync" in facts
        assert "next" in text_of(app, "#last")
        last = app.screen.query_one("#last")
        assert last.region.bottom <= app.screen.query_one(KeyBar).region.y


async def test_at_80_by_24_a_toast_leaves_the_lead_and_the_counts_in_sight() -> None:
    app = console()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        app.notify("1,164 sent, 154 connected to what QuickBooks had. " * 2, markup=False)
        await settle(pilot)
        [toast] = app.screen.query("Toast")
        assert toast.region.height > 1
        for selector in ("#lead", "#kinds"):
            assert not toast.region.overlaps(app.screen.query_one(selector).region)
        assert toast.region.bottom <= app.screen.query_one(KeyBar).region.y


async def test_the_header_keeps_the_connection_in_sight_beside_a_long_name() -> None:
    desk = FakeDesk(page=an_overview(profile_name="[b]Very long[/b] " * 20))
    app = console(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        shown = app.screen.query_one(HeaderLine).render()
        assert shown.cell_length <= 78
        assert shown.plain.endswith("● connected")
        assert "[b]Very long[/b]" in shown.plain


async def test_a_digit_and_enter_open_the_warnings_of_a_kind() -> None:
    app = console()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "5")
        assert isinstance(app.screen, WarningsScreen)
        assert app.screen.query_now.kinds == ("invoice",)
        await press(pilot, "escape")
        assert isinstance(app.screen, OverviewScreen)
        await press(pilot, "down", "enter")
        assert isinstance(app.screen, WarningsScreen)
        assert app.screen.query_now.kinds == ("bill",)


async def test_a_digit_without_a_kind_says_so() -> None:
    desk = FakeDesk(page=an_overview(kinds=(kind_row("customer", source=3), kind_row("vendor"))))
    app = console(desk)
    async with app.run_test(notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "7")
        assert isinstance(app.screen, OverviewScreen)
        assert toasts(app) == ["There is no kind 7 here."]


async def test_escape_and_w_and_q() -> None:
    app = console()
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "escape")
        assert isinstance(app.screen, OverviewScreen)
        await press(pilot, "w")
        assert isinstance(app.screen, WarningsScreen)
        await pilot.press("q")
    assert app.return_code == 0


async def test_trouble_with_the_connection_stands_above_everything() -> None:
    trouble = ConnectorWarning(
        sentence="QuickBooks has ended the connection.", action="Connect again.", who=Who.FINANCE
    )
    app = console(FakeDesk(page=an_overview(connectors=(trouble,))))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "QuickBooks has ended the connection." in text_of(app, "#banner")
        assert app.screen.query_one(HeaderLine).render().plain.endswith("✕ not connected")


async def test_a_disk_that_fails_ends_in_words_and_what_was_seen_stays() -> None:
    desk = FakeDesk(some_warnings())
    app = console(desk)
    async with app.run_test(notifications=True) as pilot:
        await settle(pilot)
        desk.fault = CacheError("The cache cannot be read: the disk is full.")
        app.screen.reload()  # type: ignore[attr-defined]
        await settle(pilot)
        assert "5 Invoices" in lines(app, "#kinds")[5]
        assert "the disk is full" in str(app.screen.query_one(NoticeLine).content)
        assert toasts(app) == ["The cache cannot be read: the disk is full."]
        desk.fault = None
        app.screen.reload()  # type: ignore[attr-defined]
        await settle(pilot)
        assert not app.screen.query_one(NoticeLine).has_class("-said")


async def test_a_search_that_failed_is_told_of_until_one_succeeds() -> None:
    desk = FakeDesk(some_warnings())
    app = console(desk)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "slash")
        desk.fault = CacheError("The cache is busy.")
        await press(pilot, *"inv")
        assert toasts(app) == ["The cache is busy."]
        desk.fault = None
        await press(pilot, "1")
        assert toasts(app) == [], "it is not true any more"
        app.screen.fail(CacheError("It was not copied."))  # type: ignore[attr-defined]
        await press(pilot, "2")
        assert toasts(app) == ["It was not copied."], "a search makes no deed done"


async def test_an_unexpected_failure_is_a_sentence_too() -> None:
    desk = FakeDesk()
    desk.fault = ZeroDivisionError("[red]division[/red]")
    app = console(desk)
    async with app.run_test(notifications=True) as pilot:
        await settle(pilot)
        assert "ZeroDivisionError: [red]division[/red]" in str(app.screen.query_one(NoticeLine).content)
        assert app.is_running


async def test_work_shows_its_progress_and_x_stops_it_while_keys_go_on() -> None:
    app = console()
    stopped = asyncio.Event()

    async def job(report: Any) -> None:
        report(Progress(stage="Sending invoices", done=3, total=10, succeeded=2, failed=1, seconds_left=40))
        try:
            await asyncio.Event().wait()
        finally:
            stopped.set()

    async with app.run_test(size=(100, 24), notifications=True) as pilot:
        await settle(pilot)
        assert app.start("Sync", job)
        await settle(pilot)
        line = str(app.screen.query_one(ProgressLine).content)
        assert "Sending invoices" in line
        assert "3 of 10" in line
        assert "40 s left" in line
        assert not app.start("Sync", job)
        await press(pilot, "w")
        assert isinstance(app.screen, WarningsScreen)
        await press(pilot, "x")
        await asyncio.wait_for(stopped.wait(), 2)
        await settle(pilot)
        assert app.progress is None
        assert not app.screen.query_one(ProgressLine).has_class("-running")


async def test_failing_work_ends_in_words_and_leaves_no_progress() -> None:
    async def job(_: Any) -> None:
        raise CacheError("QuickBooks did not answer in time; nothing was sent.")

    app = console()
    async with app.run_test(notifications=True) as pilot:
        await settle(pilot)
        app.start("Sync", job)
        await settle(pilot)
        assert "QuickBooks did not answer in time; nothing was sent." in toasts(app)
        assert app.progress is None


@pytest.mark.parametrize("elsewhere", [True, False])
async def test_work_of_another_program_is_not_denied_when_it_cannot_be_stopped(elsewhere: bool) -> None:
    run = SimpleNamespace(who="ben@till", started_at="2025-11-15T07:28:00.000000Z")
    app = console(FakeDesk(page=an_overview(running=run if elsewhere else None)))
    async with app.run_test(notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "x")
        said = toasts(app)[-1]
        assert ("ben@till syncs since" in said and "cannot be stopped from here" in said) is elsewhere
        assert (said == "Nothing runs.") is not elsewhere


async def test_quitting_does_not_wait_for_running_work() -> None:
    begun = asyncio.Event()

    async def job(_: Any) -> None:
        begun.set()
        await asyncio.Event().wait()

    app = console()
    async with app.run_test() as pilot:
        await settle(pilot)
        app.start("Sync", job)
        await begun.wait()
        await pilot.press("q")
        assert app._exit
    assert app.return_code == 0


async def test_help_lists_the_keys_of_this_screen_and_closes() -> None:
    app = console()
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "question_mark")
        assert type(app.screen).__name__ == "HelpScreen"
        await press(pilot, "escape")
        assert isinstance(app.screen, OverviewScreen)


async def test_the_palette_offers_every_place_and_every_key() -> None:
    app = console()
    async with app.run_test() as pilot:
        await settle(pilot)
        titles = [command.title for command in app.get_system_commands(app.screen)]
        for wanted in ("Sync now (r)", "Go to: Overview", "Go to: Warnings", "Go to: Mappings", "Go to: Log"):
            assert wanted in titles
        assert len(titles) == len(set(titles))


@pytest.mark.parametrize("width", [76, 96, 116, 156])
def test_facts_never_leave_the_line(width: int) -> None:
    told = parts.facts(an_overview(), width).plain
    assert max(cell_len(line) for line in told.splitlines()) <= width


def test_the_first_sentence_says_what_there_is_to_do() -> None:
    quiet = tuple(kind_row(kind, source=5, matched=5) for kind in KINDS)
    assert "Nothing has been synced yet" in parts.lead(an_overview(last_run=None))
    assert "Nothing to do" in parts.lead(an_overview(kinds=quiet, dimensions=()))
    pending = (kind_row("invoice", source=5, pending=5),)
    assert "goes with the next sync" in parts.lead(an_overview(kinds=pending, dimensions=()))


def test_a_company_without_closing_date_and_a_profile_never_synced_can_be_shown() -> None:
    page = an_overview(last_run=None, company=None, next_sync="")
    assert "never synced" in parts.last_line(page, 80).plain
    assert "Books closed" not in parts.last_line(page, 80).plain
    assert "Books closed to 31 Oct 2025" in parts.last_line(an_overview(company=COMPANY), 80).plain


def test_progress_is_one_line_whatever_the_stage_says() -> None:
    told = progress_text(Progress(stage="x" * 500, done=1, total=3, pause_seconds=12), 80)
    assert cell_len(told) == 80
    assert told.endswith("· x stops")


async def test_on_a_very_small_terminal_the_warnings_stay() -> None:
    app = ConsoleApp(FakeDesk(), clock_frozen=True)
    async with app.run_test(size=(60, 15)) as pilot:
        await settle(pilot)
        head, first = lines(app, "#kinds")[:2]
        assert ("Warnings" in head, "Source" in head, "QBO" in head) == (True, True, False)
        assert "▲ 5" in first


async def test_trouble_that_passes_by_itself_names_nobody() -> None:
    passing = ConnectorWarning(sentence="QuickBooks is busy.", action="Nothing to do.", who=Who.NOBODY)
    lost = ConnectorWarning(sentence="QuickBooks ended it.", action="Authorise again.", who=Who.ADMIN)
    said = parts.banner(an_overview(connectors=(passing, lost))).plain.splitlines()
    assert said == [
        "✕ QuickBooks is busy. Nothing to do.",
        f"✕ QuickBooks ended it. Authorise again. ({Who.ADMIN})",
    ]
    here = replace(lost, cause="connection:authorization")
    assert parts.banner(an_overview(connectors=(here,))).plain.endswith(f"(C · {Who.ADMIN})")


@pytest.mark.parametrize(
    ("cause", "state"),
    [
        ("connection:network", "▲ connected, not healthy"),
        ("connection:quickbooks", "▲ connected, not healthy"),
        ("connection:authorization", "✕ not connected"),
    ],
)
async def test_no_answer_is_told_from_no_connection_in_the_header(cause: str, state: str) -> None:
    trouble = ConnectorWarning(sentence="No.", action="Sync again.", who=Who.OPERATOR, cause=cause)
    app = console(FakeDesk(page=an_overview(connectors=(trouble,))))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert app.screen.query_one(HeaderLine).render().plain.endswith(state)


async def test_connected_is_told_from_healthy_in_the_header() -> None:
    said = {"sentence": "QuickBooks applies credits.", "action": "Switch it off.", "who": Who.FINANCE}
    setting = ConnectorWarning(**said, cause="company:auto_apply_credit")
    app = console(FakeDesk(page=an_overview(connectors=(setting,))))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert app.screen.query_one(HeaderLine).render().plain.endswith("▲ connected, not healthy")


async def freshened(app: ConsoleApp, desk: FakeDesk, pilot: Pilot[None]) -> list[str]:
    """Return what is asked of the cache when the time has come to read anew."""
    [below] = [screen for screen in app.screen_stack if isinstance(screen, OverviewScreen)]
    desk.asked.clear()
    await below._freshen()
    await settle(pilot)
    return list(desk.asked)


async def test_what_another_screen_covers_is_not_read_again_but_the_header_is() -> None:
    desk = FakeDesk(some_warnings())
    app = console(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "overview" in await freshened(app, desk, pilot)
        await press(pilot, "w")
        assert app.screen.query_one(HeaderLine).render().plain.endswith("● connected")
        lost = ConnectorWarning(sentence="QuickBooks is gone.", action="Connect.", who=Who.ADMIN)
        desk.overview = an_overview(connectors=(lost,))
        assert await freshened(app, desk, pilot) == ["heading"]
        assert app.screen.query_one(HeaderLine).render().plain.endswith("✕ not connected")
        desk.fault = CacheError("The cache is gone.")
        assert await freshened(app, desk, pilot) == ["heading"]
        assert toasts(app) == []


async def test_what_a_dialog_lets_through_is_read_again() -> None:
    desk = FakeDesk(some_warnings())
    app = console(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "question_mark")
        assert not isinstance(app.screen, OverviewScreen)
        assert "overview" in await freshened(app, desk, pilot)
