"""What people decide and tell each other, by key at 80×24; keys of a higher role say whom to ask."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from awra_tui.actions.sync import sync_now
from awra_tui.app import ConsoleApp
from awra_tui.cache.pages.warnings import WarningQuery, WarningRow, warnings_all
from awra_tui.records.people import People, Person, Role
from awra_tui.screens.json_view import JsonScreen
from awra_tui.screens.overview_parts import facts
from awra_tui.screens.warnings import WarningsScreen
from awra_tui.settings.profile import Profile
from awra_tui.sync.desk import Desk
from awra_tui.widgets.bars import KeyBar
from tests.office import PROFILE, BooksCompany, office, write_ledger
from tests.screens.driving import press, settle, text_of, toasts
from tests.screens.fakes import an_overview, kind_row
from tests.watch import Watch

UNMAPPED = PROFILE.replace('value = "*"', 'value = "Nothing of ours"')
NJERI = Person("njeri", Role.ADMINISTRATOR, "Njeri", "njeri@example.com")


@asynccontextmanager
async def queue(folder: Path, role: Role = Role.ADMINISTRATOR) -> AsyncIterator[tuple[Pilot[Any], Desk]]:
    """Open the warnings of two invoices that wait for one mapping, one by one."""
    with office(folder, BooksCompany("empty-us"), UNMAPPED) as desk:
        desk.who = "wanjiru@office"
        write_ledger(folder, {"INV-1": "5.00", "INV-2": "7.50"})
        await sync_now(desk)
        put_people(desk.profile, People(role, {"njeri": NJERI}))
        app = ConsoleApp(desk, clock_frozen=True)
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await settle(pilot)
            app.open_warnings(WarningQuery(cause=rows(desk)[0].cause))
            await settle(pilot)
            yield pilot, desk


def put_people(profile: Profile, people: People) -> None:
    object.__setattr__(profile, "people", people)


def rows(desk: Desk, **asked: Any) -> list[WarningRow]:
    return desk.cache.now(warnings_all, WarningQuery(**asked))


def app_of(pilot: Pilot[Any]) -> ConsoleApp:
    assert isinstance(pilot.app, ConsoleApp)
    return pilot.app


def said(pilot: Pilot[Any]) -> str:
    """Return everything that the uppermost screen says."""
    return "\n".join(str(one.content) for one in pilot.app.screen.query(Static))


async def test_a_day_too_far_ahead_is_refused_at_once(watch: Watch, tmp_path: Path) -> None:
    async with queue(tmp_path) as (pilot, desk):
        await press(pilot, "a", "z", *"9999-12-31", "enter")
        assert "31 Dec 9999 is more than a year ahead" in said(pilot)
        assert "Put these 2 warnings aside until when?" in said(pilot)
        assert len(rows(desk)) == 2


async def test_snooze_says_how_much_it_is_and_takes_it_off_the_list(watch: Watch, tmp_path: Path) -> None:
    async with queue(tmp_path) as (pilot, desk):
        await press(pilot, "a", "z")
        assert "Put these 2 warnings aside until when?" in said(pilot)
        assert "2 warnings, USD 12.50." in said(pilot)
        assert "in a week, 30 Nov 2026" in said(pilot)
        await press(pilot, "down", "down", "enter")
        assert "30 Nov 2026" in said(pilot)
        await press(pilot, *"later", "enter")
        assert "Snoozed 2 warnings, USD 12.50, until 30 Nov 2026. u undoes." in toasts(app_of(pilot))
        assert rows(desk) == []
        await press(pilot, "Z")
        assert "2 snoozed" in text_of(app_of(pilot), "#what")
        assert "until 30 Nov 2026" in text_of(app_of(pilot), "#about")
        await press(pilot, "z")
        assert "It is put aside already; R brings it back." in toasts(app_of(pilot))
        await press(pilot, "a", "R")
        assert len(rows(desk)) == 2
        await press(pilot, "u")
        assert len(rows(desk, snoozed=True)) == 2


async def test_o_suggests_oneself_first_and_h_only_the_others(watch: Watch, tmp_path: Path) -> None:
    async with queue(tmp_path) as (pilot, desk):
        await press(pilot, "o", "down", "enter")
        assert rows(desk)[0].owner == "wanjiru"
        await press(pilot, "O", "down", "down", "enter")
        assert rows(desk)[0].owner == "Njeri"
        await press(pilot, "h", "down", "down")
        assert pilot.app.screen.query_one(Input).value == "Njeri"


async def test_a_day_that_is_none_is_said_and_what_was_typed_stays(watch: Watch, tmp_path: Path) -> None:
    async with queue(tmp_path) as (pilot, desk):
        await press(pilot, "z", *"tomorow", "enter")
        assert "“tomorow” is no day" in said(pilot)
        assert len(rows(desk)) == 2
        await press(pilot, "backspace", "backspace", *"row")
        assert "is no day" not in said(pilot)
        await press(pilot, "enter", "enter")
        assert len(rows(desk)) == 1


async def test_a_question_that_is_left_changes_nothing(watch: Watch, tmp_path: Path) -> None:
    async with queue(tmp_path) as (pilot, desk):
        await press(pilot, "z", *"tomorrow", "enter", "escape")
        await press(pilot, "h", *"Njeri", "enter", "escape")
        await press(pilot, "N", "escape")
        assert [(row.owner, row.note, row.dismissed) for row in rows(desk)] == [("", "", False)] * 2


async def test_one_key_hands_over_and_copies_all_questions(
    watch: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with queue(tmp_path) as (pilot, desk):
        copied: list[str] = []
        monkeypatch.setattr(type(pilot.app), "copy_to_clipboard", lambda _, text: copied.append(text))
        await press(pilot, "space", "h", "down", "enter", *"which", "enter")
        assert isinstance(pilot.app.screen, JsonScreen)
        assert copied[0].startswith("For Njeri: 1 warning in 1 question\nFrom wanjiru, 23 Nov 2026\n")
        assert "Note of wanjiru@office: which" in copied[0]
        assert sorted(row.owner for row in rows(desk)) == ["", "Njeri"]
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, WarningsScreen)
        assert "which (wanjiru@office)" in text_of(app_of(pilot), "#about")
        await press(pilot, "enter", "N", *"asked twice", "enter")
        told = " ".join(said(pilot).split())
        assert "Notes asked twice (wanjiru@office, 23 Nov 2026)" in told
        assert "which (wanjiru@office, to Njeri, 23 Nov 2026)" in told
        await press(pilot, "u", "u")
        assert [row.owner for row in rows(desk)] == ["", ""]


async def test_m_shows_ones_own_queue_and_everything_again(watch: Watch, tmp_path: Path) -> None:
    async with queue(tmp_path) as (pilot, desk):
        await press(pilot, "M")
        assert "wanjiru takes care of no warning here" in pilot.app.screen.query_one("#list").empty  # type: ignore[attr-defined]
        await press(pilot, "M", "space", "o", *"Wanjiru", "enter", "M")
        assert "· Wanjiru · one cause · 1 warning" in text_of(app_of(pilot), "#what")
        await press(pilot, "M")
        assert "2 warnings" in text_of(app_of(pilot), "#what")
        assert sorted(row.owner for row in rows(desk)) == ["", "Wanjiru"]


async def test_a_viewer_is_told_whom_to_ask_and_nothing_happens(watch: Watch, tmp_path: Path) -> None:
    async with queue(tmp_path, Role.VIEWER) as (pilot, desk):
        told = []
        for key in ("d", "z", "h", "N", "o", "r", "u", "t"):
            await press(pilot, key)
            assert isinstance(pilot.app.screen, WarningsScreen), key
            told.append(toasts(app_of(pilot))[-1])
        assert told[0] == "Dismissing is for operators: ask Njeri (njeri@example.com)."
        assert told[-1] == "Mapping is for administrators: ask Njeri (njeri@example.com)."
        assert len(set(told)) == 8
        assert len(rows(desk)) == 2


async def test_keys_of_a_higher_role_are_dim_and_the_help_says_whom_to_ask(
    watch: Watch, tmp_path: Path
) -> None:
    async with queue(tmp_path, Role.OPERATOR) as (pilot, _):
        bar = pilot.app.screen.query_one(KeyBar).render()
        tones = {bar.plain[span.start : span.end]: str(span.style) for span in bar.spans}
        assert tones["map"] == "$secondary"
        assert tones["dismiss"] == "$foreground"
        await press(pilot, "question_mark")
        assert "Mapping is for administrators: ask Njeri" in " ".join(said(pilot).split())
        assert "Dismissing is for" not in said(pilot)


def test_the_overview_counts_snoozed_and_dismissed_apart() -> None:
    page = an_overview(
        kinds=(kind_row("invoice", source=9, snoozed=3, dismissed=6), kind_row("bill", snoozed=1))
    )
    assert "Aside" in facts(page, 76).plain
    assert "4 snoozed (Z) · 6 dismissed (D)" in facts(page, 76).plain
    assert "Aside" not in facts(an_overview(kinds=(kind_row("invoice"),)), 76).plain
