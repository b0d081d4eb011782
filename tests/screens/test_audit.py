"""The audit by keyboard: newest first, narrowed by person, kind and day, searched, opened and written out."""

import stat
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from awra_tui.app import ConsoleApp
from awra_tui.cache.store import decisions
from awra_tui.screens.audit import AuditScreen
from awra_tui.screens.overview import OverviewScreen
from awra_tui.screens.record import RecordScreen
from awra_tui.screens.text_pane import TextPane
from awra_tui.sync.desk import Desk
from awra_tui.sync.run import sync
from tests.office import BooksCompany, office, write_ledger
from tests.screens.driving import lines, press, settle, text_of, toasts
from tests.watch import Watch

SIZES = ((80, 24), (120, 40))
NASTY = "[red]O'Neil\x1b[31m \u202e" + "x" * 10_000


@pytest.fixture
async def desk(watch: Watch, tmp_path: Path) -> Any:
    """A synced office in which two people decided something on two days."""
    write_ledger(tmp_path, {"INV-1": "5.00"})
    with office(tmp_path, BooksCompany("empty-us")) as opened:
        await sync(opened)
        note(opened, "dismiss", "invoice/INV-1", {"why": "Agreed with Achieng'"}, "amina@desk")
        watch.forward(days=1)
        note(opened, "own", "3 warnings", {"owners": {"1": "Otieno"}}, "jo@desk")
        note(opened, "note", "customer/C-1", {"note": NASTY}, "jo@desk")
        yield opened


def note(desk: Desk, verb: str, subject: str, after: dict[str, Any], who: str) -> None:
    desk.cache.now(decisions.add, verb, subject, {}, after, who)


async def opened(pilot: Pilot[Any]) -> None:
    await settle(pilot)
    await press(pilot, "A")
    assert isinstance(pilot.app.screen, AuditScreen)


def listed(pilot: Pilot[Any]) -> str:
    return "\n".join(line for line in lines(pilot.app, "#decisions") if line.strip())


def about(pilot: Pilot[Any]) -> str:
    return pilot.app.screen.query_one(TextPane).text.plain


@pytest.mark.parametrize("size", SIZES)
async def test_it_lists_what_was_decided_and_says_one_in_words(desk: Desk, size: tuple[int, int]) -> None:
    app = ConsoleApp(desk, clock_frozen=True)
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        assert text_of(app, "#title") == "Audit · 4 decisions"
        assert listed(pilot).index("noted") < listed(pilot).index("dismissed") < listed(pilot).index("mapped")
        assert "[red]O'Neil" in about(pilot)
        assert "\x1b" not in about(pilot)
        await press(pilot, "down", "down")
        for part in ("dismissed · Invoice INV-1", "amina@desk", "Agreed with Achieng'", "can take it back"):
            assert part in about(pilot), part
        await press(pilot, "enter")
        assert isinstance(app.screen, RecordScreen)


@pytest.mark.parametrize("size", SIZES)
async def test_what_could_not_be_undone_is_marked_in_the_list(desk: Desk, size: tuple[int, int]) -> None:
    [own] = desk.cache.now(decisions.of_verb, "own", 1)
    desk.cache.now(decisions.leave, own.id, "somebody decided about them again.")
    app = ConsoleApp(desk, clock_frozen=True)
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        [row] = [each for each in listed(pilot).splitlines() if "said who" in each]
        assert "not undone" in row
        assert listed(pilot).count("not undone") == 1
        await press(pilot, "down")
        assert "It stands; it could not be undone: somebody decided about them again." in " ".join(
            about(pilot).split()
        )


async def test_it_is_narrowed_by_person_kind_and_day_and_escape_shows_all_again(desk: Desk) -> None:
    app = ConsoleApp(desk, clock_frozen=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await press(pilot, "p")
        assert text_of(app, "#title") == "Audit · 2 decisions · by jo@desk"
        await press(pilot, "v")
        assert text_of(app, "#title") == "Audit · 1 decision · by jo@desk · noted"
        await press(pilot, "escape", "t")
        assert text_of(app, "#title").startswith("Audit · 2 decisions · on ")
        await press(pilot, "t")
        assert text_of(app, "#title") == "Audit · 4 decisions"
        await press(pilot, "slash", *"achieng")
        assert "Audit · 1 decision" in text_of(app, "#title")
        await press(pilot, "escape")
        assert text_of(app, "#title") == "Audit · 4 decisions"
        await press(pilot, "escape")
        assert isinstance(app.screen, OverviewScreen)


async def test_what_is_listed_is_written_to_a_new_file(desk: Desk, tmp_path: Path) -> None:
    app = ConsoleApp(desk, clock_frozen=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await press(pilot, "p", "w")
        app.screen.query_one(Input).value = str(tmp_path / "audit.csv")
        await press(pilot, "enter")
        written = tmp_path / "audit.csv"
        assert toasts(app)[-1] == f"Written to {written}; only you can read it."
        assert stat.S_IMODE(written.stat().st_mode) == 0o600
        assert len(written.read_text(encoding="utf-8-sig").splitlines()) == 3
        await press(pilot, "y")
        assert app.clipboard.startswith("decision 4 · ")
        await press(pilot, "down", "enter")
        assert toasts(app)[-1] == "This decision is about no single record."


@pytest.mark.parametrize("size", [(60, 15), (20, 5), (1, 1), (160, 50)])
async def test_it_stands_at_any_size(desk: Desk, size: tuple[int, int]) -> None:
    app = ConsoleApp(desk, clock_frozen=True)
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        await press(pilot, "@", "down", "p", "v", "t", "escape", "question_mark", "escape", "end")
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert app.is_running
