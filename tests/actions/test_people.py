"""Snoozing, handing over and one's own queue, from a real sync; days that people name."""

import datetime as dt
from pathlib import Path

import pytest

from awra_tui.actions.days import day_named, suggested
from awra_tui.actions.dismiss import dismiss, of_cause, restore, snooze, told_of, wake
from awra_tui.actions.owner import hand_over, note, questions_for, queue_of, set_owner
from awra_tui.actions.sync import sync_now
from awra_tui.actions.undo import undo_last, warnings_of_last
from awra_tui.cache.pages.warnings import WarningQuery, WarningRow, warnings_all
from awra_tui.records import clock
from awra_tui.records.errors import AwraError
from awra_tui.records.subject import MappingKey
from awra_tui.sync.desk import Desk
from awra_tui.sync.progress import Progress
from tests.mapped import map_to
from tests.office import PROFILE, BooksCompany, office, write_ledger, write_source
from tests.watch import Watch

UNMAPPED = PROFILE.replace('value = "*"', 'value = "Nothing of ours"')
PEOPLE = """
[people]
default = "administrator"
[people.users.njeri]
role = "administrator"
name = "Njeri"
mail = "njeri@example.com"
"""


def shown(desk: Desk, **asked: object) -> list[WarningRow]:
    return desk.cache.now(warnings_all, WarningQuery(**asked))  # type: ignore[arg-type]


async def unmapped(desk: Desk, folder: Path) -> list[int]:
    """Sync two invoices that wait for one mapping; return their warnings."""
    write_ledger(folder, {"INV-1": "5.00", "INV-2": "7.50"})
    await sync_now(desk)
    return [row.id for row in shown(desk)]


async def test_a_snoozed_cause_comes_back_on_its_day_by_itself(watch: Watch, tmp_path: Path) -> None:
    with office(tmp_path, BooksCompany("empty-us"), UNMAPPED) as desk:
        await unmapped(desk, tmp_path)
        ids = await of_cause(desk, shown(desk)[0].cause)
        done = await snooze(desk, ids, clock.today() + dt.timedelta(days=7), "the accountant is away")
        assert done.sentence == "Snoozed 2 warnings, USD 12.50, until 30 Nov 2026."
        assert shown(desk) == []
        await sync_now(desk)
        assert await wake(desk) == 0
        watch.forward(days=8)
        assert await wake(desk) == 2
        assert {row.came_back for row in shown(desk)} == {
            "Snoozed until 30 Nov 2026 (the accountant is away); that day has come."
        }


async def test_a_pass_brings_back_what_is_due(watch: Watch, tmp_path: Path) -> None:
    with office(tmp_path, BooksCompany("empty-us"), UNMAPPED) as desk:
        ids = await unmapped(desk, tmp_path)
        await snooze(desk, ids, clock.today() + dt.timedelta(days=1), "")
        watch.forward(days=2)
        await sync_now(desk)
        assert len(shown(desk)) == 2


async def test_an_amount_that_changes_in_the_source_brings_a_snoozed_warning_back(
    watch: Watch, tmp_path: Path
) -> None:
    with office(tmp_path, BooksCompany("empty-us"), UNMAPPED) as desk:
        ids = await unmapped(desk, tmp_path)
        await snooze(desk, ids, clock.today() + dt.timedelta(days=30), "later")
        row = {"customer": "C-1", "date": "2026-11-02"}
        changed = [{"number": "INV-1", **row, "amount": "6.00"}, {"number": "INV-2", **row, "amount": "7.50"}]
        write_source(tmp_path, "invoices.csv", changed)
        await sync_now(desk)
        (back,) = shown(desk)
        assert back.came_back == (
            "Snoozed until 23 Dec 2026 (later); back because the amount changed from USD 5.00 to USD 6.00."
        )


async def test_a_day_that_has_begun_is_refused(watch: Watch, tmp_path: Path) -> None:
    with office(tmp_path, BooksCompany("empty-us"), UNMAPPED) as desk:
        ids = await unmapped(desk, tmp_path)
        with pytest.raises(AwraError, match="23 Nov 2026 has begun already"):
            await snooze(desk, ids, clock.today(), "")
        assert len(shown(desk)) == 2


async def test_nothing_is_snoozed_for_more_than_a_year(watch: Watch, tmp_path: Path) -> None:
    with office(tmp_path, BooksCompany("empty-us"), UNMAPPED) as desk:
        ids = await unmapped(desk, tmp_path)
        for day in (dt.date(2027, 11, 25), dt.date.max):
            with pytest.raises(AwraError, match=r"more than a year ahead: .*dismiss with a reason"):
                await snooze(desk, ids, day, "")
        assert len(shown(desk)) == 2
        await snooze(desk, ids, dt.date(2027, 11, 24), "")
        assert shown(desk) == []


async def test_undo_takes_back_one_decision_after_the_other_and_says_what(
    watch: Watch, tmp_path: Path
) -> None:
    with office(tmp_path, BooksCompany("empty-us"), UNMAPPED) as desk:
        ids = await unmapped(desk, tmp_path)
        await set_owner(desk, ids[:1], "Amina")
        told: list[Progress] = []
        await hand_over(desk, ids, "Njeri", "please map", told.append)
        assert await warnings_of_last(desk) == 2
        assert {(one.stage, one.total) for one in told} == {("Handing over", 4)}
        await note(desk, ids[:1], "asked twice")
        await snooze(desk, ids[:1], clock.today() + dt.timedelta(days=3), "")
        await dismiss(desk, ids[1:], "too small")
        await restore(desk, ids[:1])
        await map_to(desk, MappingKey("item", "*"), "1", "")
        said = [(await undo_last(desk)).sentence for _ in range(8)]
        assert said[0].startswith("Took back the mapping of *")
        assert said[1:] == [
            "Put invoice/INV-1 aside again, as before.",
            "Brought back invoice/INV-2.",
            "Brought back invoice/INV-1.",
            "Took back the note about invoice/INV-1.",
            "Took back who has 2 warnings.",
            "Took back who has invoice/INV-1.",
            "There is nothing of yours to undo.",
        ]
        assert [(row.owner, row.note, row.dismissed) for row in shown(desk)] == [("", "", False)] * 2


async def test_all_questions_for_a_person_are_one_text(watch: Watch, tmp_path: Path) -> None:
    with office(tmp_path, BooksCompany("empty-us"), UNMAPPED + PEOPLE) as desk:
        ids = await unmapped(desk, tmp_path)
        first = await hand_over(desk, ids[:1], "NJERI@example.com", "Which item is it?")
        assert (first.owner, first.sentence) == ("Njeri", "Handed 1 warning over to Njeri.")
        done = await hand_over(desk, ids[1:], "njeri", "And \x1b[31mthis one?")
        head, sender, _, question, *facts = done.text.splitlines()
        assert head == "For Njeri: 2 warnings in 1 question"
        assert sender == f"From {desk.who.partition('@')[0]}, 23 Nov 2026"
        assert question.startswith("1. ")
        told = {line.strip().partition(": ")[0]: line.partition(": ")[2] for line in facts}
        assert told["It is about"] == "2 invoices, USD 12.50, since 23 Nov 2026"
        assert told["Records"] == "INV-1, INV-2"
        assert told["What to do"]
        assert "Which item is it?" in done.text
        assert "\x1b" not in done.text
        assert await questions_for(desk, "njeri") == done.text


async def test_a_question_about_several_records_names_none_of_them_as_the_one(
    watch: Watch, tmp_path: Path
) -> None:
    company = BooksCompany("empty-us")
    write_ledger(tmp_path, {"INV-1": "5.00", "INV-2": "7.50"})
    with office(tmp_path, company) as desk:
        company.switch(closing_date="2026-11-02")
        await sync_now(desk)
        ids = [row.id for row in shown(desk)]
        both = (await hand_over(desk, ids, "Njeri", "")).text
        assert "1. Dates lie in a closed period: QuickBooks is closed until 02 Nov 2026." in both
        await undo_last(desk)
        assert (
            "1. The date 02 Nov 2026 of invoice INV-1" in (await hand_over(desk, ids[:1], "Njeri", "")).text
        )


async def test_ones_queue_is_found_however_the_name_is_written(watch: Watch, tmp_path: Path) -> None:
    with office(tmp_path, BooksCompany("empty-us"), UNMAPPED) as desk:
        ids = await unmapped(desk, tmp_path)
        desk.who = "wanjiru@till"
        await set_owner(desk, ids[:1], "Wanjiru")
        await set_owner(desk, ids[1:], "WANJIRU")
        assert {row.owner for row in shown(desk)} == {"Wanjiru"}
        query = await queue_of(desk)
        assert len(desk.cache.now(warnings_all, query)) == 2
        desk.who = "amina@till"
        assert desk.cache.now(warnings_all, await queue_of(desk)) == []


async def test_an_empty_name_or_note_is_refused(watch: Watch, tmp_path: Path) -> None:
    with office(tmp_path, BooksCompany("empty-us"), UNMAPPED) as desk:
        ids = await unmapped(desk, tmp_path)
        with pytest.raises(AwraError, match="say to whom"):
            await hand_over(desk, ids, "  ", "hello")
        with pytest.raises(AwraError, match="write something"):
            await note(desk, ids, " ")
        assert await told_of(desk, ids) == "2 warnings, USD 12.50"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("tomorrow", (2026, 11, 24)),
        ("in a week", (2026, 11, 30)),
        ("In 10 days", (2026, 12, 3)),
        ("2 weeks", (2026, 12, 7)),
        ("month end", (2026, 11, 30)),
        ("month end, 30 Nov 2026", (2026, 11, 30)),
        ("2026-12-01", (2026, 12, 1)),
        ("1 dec", (2026, 12, 1)),
        ("3 January", (2027, 1, 3)),
        ("01.02.2027", (2027, 2, 1)),
    ],
)
def test_days_in_the_words_of_people(watch: Watch, text: str, day: tuple[int, int, int]) -> None:
    assert day_named(text) == dt.date(*day)


def test_month_end_on_that_day_is_the_next_one(watch: Watch) -> None:
    watch.forward(days=7)
    assert day_named("month end") == dt.date(2026, 12, 31)


@pytest.mark.parametrize("text", ["", "someday", "31 Nov", "2026-13-01", "[red]x[/]"])
def test_what_is_no_day_is_refused_with_examples(watch: Watch, text: str) -> None:
    with pytest.raises(AwraError, match="is no day: write tomorrow, in a week, month end, or a date such as"):
        day_named(text)


def test_each_suggestion_is_a_day(watch: Watch) -> None:
    assert all(day_named(each) > clock.today() for each in suggested())
