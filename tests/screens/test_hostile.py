"""Every screen and question over a world whose texts are hostile: shown as they are, cut, harmless."""

import asyncio
import importlib
import inspect
import pkgutil
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from textual.app import App
from textual.containers import Vertical
from textual.geometry import Region
from textual.pilot import Pilot
from textual.screen import ModalScreen, Screen
from textual.strip import Strip
from textual.widgets import Static

import awra_tui.screens
from awra_tui.actions.staging import ChangeLine, ChangesPreview
from awra_tui.app import ConsoleApp
from awra_tui.cache.schema import RecordTable
from awra_tui.records.errors import AwraError
from awra_tui.records.status import MappingState
from awra_tui.records.subject import MappingKey, RecordKey
from awra_tui.screens.base import BaseScreen
from awra_tui.screens.connections_dialogs import Hidden, Working
from awra_tui.screens.dialogs import Busy, Choice, Keyed, Line, Told, YesNo
from awra_tui.screens.mapping_dialogs import SAVING, ChangesDialog
from awra_tui.sync.progress import Progress
from awra_tui.widgets.bars import HeaderLine, KeyBar, Standing
from tests.hostile import PIECES, OpenWorld, unsorted_columns
from tests.pictures.snapshots import settled

SIZES = {"80x24": (80, 24), "160x50": (160, 50)}
Way = Callable[[Pilot[Any]], Any]


def key_of(pilot: Pilot[Any], condition: str) -> RecordKey:
    """Return the key of the first record that fits a condition."""

    def find() -> RecordKey:
        [found] = RecordTable.raw(f"SELECT * FROM record WHERE {condition} ORDER BY id LIMIT 1")
        return RecordKey(found.kind, found.source_id)

    key: RecordKey = pilot.app.desk.cache.now(find)  # type: ignore[attr-defined]
    return key


def presses(*keys: str) -> Way:
    """Return what presses keys, each when the one before has done its work."""

    async def go(pilot: Pilot[Any]) -> None:
        for key in keys:
            await pilot.press(key)
            await settled(pilot)

    return go


def opens(name: str, condition: str, *keys: str) -> Way:
    """Return what opens a screen of a record, and presses keys there."""

    async def go(pilot: Pilot[Any]) -> None:
        getattr(pilot.app, f"open_{name}")(key_of(pilot, condition))
        await settled(pilot)
        await presses(*keys)(pilot)

    return go


WARNED = "kind = 'invoice' AND warned = 1 AND branch != ''"
SENT = "kind = 'invoice' AND status = 'succeeded' AND id % 7 = 0"
CUSTOMER = "kind = 'customer' AND warned = 1"

SCREENS: dict[str, Way] = {
    "overview": presses(),
    "warnings": presses("w"),
    "one-by-one": presses("w", "f"),
    "tray": presses("w", "w"),
    "news": presses("w", "n"),
    "one-cause": presses("w", "down", "enter"),
    "filter": presses("w", "slash", *"red"),
    "record": opens("record", WARNED),
    "record-source": opens("record", WARNED, "2"),
    "record-qbo": opens("record", SENT, "3"),
    "record-related": opens("record", SENT, "4"),
    "record-attempts": opens("record", SENT, "5"),
    "json": opens("record", SENT, "j"),
    "mapping": presses("m"),
    "chooser": presses("m", "enter"),
    "log": presses("l"),
    "run": presses("l", "enter"),
    "attempt": presses("l", "enter", "enter"),
    "connect": opens("connect", CUSTOMER),
    "connecting": presses("c"),
    "connections": presses("C"),
    "guide": presses("f1"),
    "lookup": presses("slash", *"inv-1"),
    "audit": presses("A"),
    "customer": opens("customer", CUSTOMER),
    "check": presses("P"),
    "checked": presses("P", "enter"),
    "dry-run": opens("record", WARNED, "D"),
    "evidence": opens("record", WARNED, "e"),
}
"""How each screen is come to."""

DIALOGS: dict[str, Way] = {
    "help": presses("question_mark"),
    "palette": presses("ctrl+p"),
    "dismiss": presses("w", "f", "d"),
    "snooze": presses("w", "f", "z"),
    "hand-over": presses("w", "f", "h"),
    "owner": presses("w", "f", "o"),
    "resend": opens("record", WARNED, "r"),
}
"""How questions are come to that hold text of the world."""

QUIET = {"guide", "help", "palette", "news", "tray", "dismiss", "create"}
"""Ways to where no text from outside need be in sight."""


@pytest.fixture(autouse=True)
def _unguarded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the last gate away: each screen must be harmless by itself."""
    monkeypatch.delattr(ConsoleApp, "get_line_filters")


def strips_of(app: App[None]) -> list[Strip]:
    """Return the lines of the screen as they go to the terminal."""
    return app.screen._compositor.render_strips()


HIDDEN = {
    chr(code)
    for first, last in ((0xAD, 0xAD), (0x61C, 0x61C), (0x180E, 0x180E), (0x200B, 0x200F), (0x202A, 0x202E),
                        (0x2060, 0x2069), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xE0000, 0xE007F))
    for code in range(first, last + 1)
}  # fmt: skip


def obeyed(text: str) -> list[str]:
    """Return the characters that a terminal would obey, or that change how the others stand."""
    return [c for c in text if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") or c in HIDDEN]


def hold(app: App[None], size: tuple[int, int]) -> str:
    """Hold the screen to what holds for every screen; return its text."""
    strips = strips_of(app)
    assert len(strips) == size[1]
    for strip in strips:
        assert not obeyed(strip.text), strip.text
        assert cell_len(strip.text) == size[0] == strip.cell_length
        for segment in strip:
            style = segment.style
            assert style is None or not style.link
            assert style is None or "app.quit" not in str(style.meta)
    return "\n".join(strip.text for strip in strips)


def shown(text: str) -> list[str]:
    """Return what a person sees of a hostile world."""
    return [sign for sign in ("[red]", "[@click", "[link", "␛", "␀", "�", "漢", "WWW", "many words", "HYPER")
            if sign in text]  # fmt: skip


def frame(app: ConsoleApp) -> dict[str, Any]:
    """Return where the lines stand that every screen has, and how wide its lists and texts are."""
    placed = {one.__name__: app.screen.query_one(one).region for one in (HeaderLine, KeyBar)}
    panes = [one for one in app.screen.query("VirtualTable, TextPane, CodePane") if one.region.area]
    assert all(one.region.height >= 2 for one in panes), [(one, one.region) for one in panes]
    return placed | {str(place): (one.region.x, one.region.width) for place, one in enumerate(panes)}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", SCREENS)
async def test_a_screen_shows_it_as_it_is(name: str, size: str, world: OpenWorld) -> None:
    cells = SIZES[size]
    with world() as (desk, _):
        app = ConsoleApp(desk, clock_frozen=True)
        async with app.run_test(size=cells) as pilot:
            await settled(pilot)
            await SCREENS[name](pilot)
            text = hold(app, cells)
            seen = frame(app)
    assert name in QUIET or shown(text)
    if size == "80x24":
        assert seen == await _tame(name, cells, world)


async def _tame(name: str, cells: tuple[int, int], world: OpenWorld) -> dict[str, Any]:
    with world(spoilt=False) as (desk, _):
        app = ConsoleApp(desk, clock_frozen=True)
        async with app.run_test(size=cells) as pilot:
            await settled(pilot)
            await SCREENS[name](pilot)
            hold(app, cells)
            return frame(app)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", DIALOGS)
async def test_a_question_shows_it_as_it_is(name: str, size: str, world: OpenWorld) -> None:
    with world() as (desk, _):
        app = ConsoleApp(desk, clock_frozen=True)
        async with app.run_test(size=SIZES[size]) as pilot:
            await settled(pilot)
            await DIALOGS[name](pilot)
            text = hold(app, SIZES[size])
            assert name in QUIET or shown(text)
            assert isinstance(app.screen, ModalScreen)


EVERY = " ".join(PIECES)
LINES = [EVERY, *PIECES, *(f"{piece} {piece}" for piece in PIECES)]


def asking(*_: object) -> "asyncio.Future[None]":
    return asyncio.get_running_loop().create_future()


async def changed() -> ChangesPreview:
    lines = (
        ChangeLine(
            key=MappingKey("tax_code", one), before=one, after=one, state=MappingState.REVIEW, sentence=one
        )
        for one in LINES
    )
    return ChangesPreview(lines=tuple(lines), sentence=EVERY)


QUESTIONS: dict[str, Callable[[], Screen[Any]]] = {
    "yes-no": lambda: YesNo(EVERY, LINES),
    "keyed": lambda: Keyed(EVERY, LINES, {"a": "accept"}),
    "told": lambda: Told(EVERY, LINES),
    "busy": lambda: Busy(EVERY, asking()),
    "line": lambda: Line(EVERY, LINES, suggestions=PIECES[:5]),
    "hidden": lambda: Hidden(EVERY, LINES),
    "choice": lambda: Choice(EVERY, [(piece, piece) for piece in PIECES[:9]]),
    "working": lambda: Working(EVERY, asking),
    "changes": lambda: ChangesDialog(len(LINES), SAVING, changed),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", QUESTIONS)
async def test_a_question_keeps_its_box_and_its_keys(name: str, size: str) -> None:
    app: App[None] = App()
    async with app.run_test(size=SIZES[size]) as pilot:
        question = QUESTIONS[name]()
        app.push_screen(question)
        await pilot.pause()
        text = hold(app, SIZES[size])
        box, keys = question.query_one(Vertical).region, question.query_one(".keys").region
        assert shown(text)
        assert app.screen.region.contains_region(box)
        assert box.contains_region(keys)
        assert str(question.query_one(".keys", Static).content).split()[0] in text


async def test_what_is_said_in_the_corner_and_on_the_lines_is_no_markup(world: OpenWorld) -> None:
    size = SIZES["80x24"]
    with world(spoilt=False) as (desk, _):
        app = ConsoleApp(desk, clock_frozen=True)
        async with app.run_test(size=size) as pilot:
            await settled(pilot)
            screen = app.screen
            assert isinstance(screen, BaseScreen)
            for piece in PIECES:
                app.clear_notifications()
                app.progress = Progress(stage=piece, total=3)
                app.standing = Standing(profile=piece, company=piece, environment=piece, connected=True)
                screen.toast(piece)
                screen.fail(AwraError(f"{piece} failed"))
                await pilot.pause()
                text = hold(app, size)
                assert "x stops" in text
                assert screen.query_one(HeaderLine).region == Region(0, 0, 80, 1)
                assert screen.query_one(KeyBar).region == Region(0, 23, 80, 1)
                if piece.startswith("["):
                    assert text.count(piece[:8]) >= 3


async def test_what_is_copied_commands_nothing_where_it_is_pasted(
    world: OpenWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[str] = []
    monkeypatch.setattr(ConsoleApp, "copy_to_clipboard", lambda _, text: kept.append(text))
    with world() as (desk, _):
        app = ConsoleApp(desk, clock_frozen=True)
        async with app.run_test(size=SIZES["80x24"]) as pilot:
            await settled(pilot)
            await opens("record", WARNED, "y", "escape")(pilot)
            await opens("record", WARNED, "e", "escape", "escape")(pilot)
            await presses("w", "y", "escape", "A", "y", "escape", "P", "y")(pilot)
    assert len(kept) == 5
    assert not any(obeyed(text.replace("\n", "").replace("\t", "")) for text in kept)
    assert any("\n" in text for text in kept)


def screens_of(package: Any) -> Iterator[type[Screen[Any]]]:
    """Yield every screen and question that a package defines."""
    for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        for _, found in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if issubclass(found, Screen) and found.__module__ == module.name:
                yield found


COME_TO = {
    "OverviewScreen": "overview", "WarningsScreen": "warnings", "RecordScreen": "record",
    "MappingScreen": "mapping",
    "ChooserScreen": "chooser", "LogScreen": "log", "RunScreen": "run", "AttemptScreen": "attempt",
    "JsonScreen": "json", "ConnectScreen": "connect",
    "ConnectingScreen": "connecting", "ConnectionsScreen": "connections",
    "GuideScreen": "guide", "LookupScreen": "lookup", "AuditScreen": "audit", "CustomerScreen": "customer",
    "CheckScreen": "check", "CheckedScreen": "checked", "HelpScreen": "help", "YesNo": "yes-no",
    "Keyed": "keyed", "Told": "told", "Busy": "busy", "Line": "line", "Hidden": "hidden", "Choice": "choice",
    "Working": "working", "ChangesDialog": "changes",
}  # fmt: skip
"""By which of the ways above each screen and question is come to."""
NOT_ALONE = {
    "BaseScreen", "TextScreen", "AttemptList", "SelectingScreen", "FilteringScreen", "ReleasingScreen",
    "WarningDeeds", "MappingDeeds", "Dialog",
}  # fmt: skip
"""What only others are made of."""
NOTHING_FOREIGN = {"Allowing": "shows an address of our own making, percent-encoded"}


def test_every_screen_and_question_is_tried() -> None:
    found = {one.__name__ for one in screens_of(awra_tui.screens)} - NOT_ALONE - NOTHING_FOREIGN.keys()
    assert found == COME_TO.keys()
    assert set(COME_TO.values()) <= SCREENS.keys() | DIALOGS.keys() | QUESTIONS.keys()


@pytest.mark.parametrize("name", ["OverviewScreen", "AttemptScreen", "CheckedScreen", "ChooserScreen"])
async def test_a_way_leads_where_it_says(name: str, world: OpenWorld) -> None:
    with world() as (desk, _):
        app = ConsoleApp(desk, clock_frozen=True)
        async with app.run_test(size=SIZES["80x24"]) as pilot:
            await settled(pilot)
            await SCREENS[COME_TO[name]](pilot)
            assert type(app.screen).__name__ == name


def test_every_column_is_sorted(worlds: Path) -> None:
    assert not unsorted_columns(worlds / "tame" / "cache.db")
