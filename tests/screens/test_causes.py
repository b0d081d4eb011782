"""The queue by cause, by keyboard: a heading is opened, fixed, dismissed and handed over as a whole."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from awra_tui.actions import dismiss as dismissing
from awra_tui.actions.results import Done
from awra_tui.cache.pages.groups import VIEW
from awra_tui.cache.pages.warnings import Group, Share
from awra_tui.records.clock import day_begins, today
from awra_tui.records.status import Dimension
from awra_tui.records.subject import MappingKey, RecordKey
from awra_tui.screens import group_parts, resending
from awra_tui.screens.warnings import WarningsScreen
from awra_tui.widgets.bars import KeyBar
from tests.screens.driving import lines, press, settle, text_of, toasts
from tests.screens.fakes import FakeDesk, a_warning, some_warnings
from tests.screens.test_warnings import Quiet


def console(count: int = 12) -> Quiet:
    desk = FakeDesk(some_warnings(count))
    desk.grouped = True
    return Quiet(desk)


async def opened(pilot: Any) -> None:
    await settle(pilot)
    await press(pilot, "w")


async def test_warnings_of_one_cause_stand_under_one_heading() -> None:
    app = console()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        assert app.warnings.table.count == 2
        header, first, second = lines(app, "#list")[:3]
        assert header.split() == ["Waiting", "Cause", "Amount", "Oldest"]
        assert "11 invoices" in first
        assert "KES" in first
        assert "blocked by customer" in second
        assert text_of(app, "#what").startswith("All kinds · 12 warnings, 2 causes · ")
        about = " ".join(text_of(app, "#about").split())
        assert "11 invoices; enter shows them" in about
        assert "enter shows them" in about
        assert "Map it. (t)" in about


async def test_enter_opens_a_heading_and_escape_comes_back_to_it() -> None:
    app = console()
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await press(pilot, "enter")
        assert isinstance(app.screen, WarningsScreen)
        assert not app.warnings.query_now.grouped
        assert app.warnings.table.count == 11
        assert "one cause" in text_of(app, "#what")
        await press(pilot, "f")
        assert toasts(app)[-1] == "All of these have one cause."
        await press(pilot, "escape")
        assert app.warnings.query_now.grouped
        await press(pilot, "down", "enter")
        assert app.opened == [RecordKey("invoice", "I-3")], "a cause of one record opens the record"


async def test_the_fix_key_works_on_the_heading() -> None:
    app = console()
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await press(pilot, "t", "down", "c")
        assert app.opened == [
            MappingKey("tax_code", "Zero-rated", "branch=Mombasa"),
            ("connect", RecordKey("customer", "C-7")),
        ]


async def test_f_shows_every_warning_and_causes_again_and_is_remembered() -> None:
    app = console()
    desk: Any = app.desk
    async with app.run_test(size=(139, 40)) as pilot:
        await opened(pilot)
        assert "one by one" in app.screen.query_one(KeyBar).render().plain
        await press(pilot, "space", "f")
        assert app.warnings.table.count == 12
        assert app.warnings.table.selected == set()
        assert "Number" in lines(app, "#list")[0]
        await press(pilot, "f")
        assert app.warnings.table.count == 2
        assert desk.written == [("set", VIEW, "flat"), ("set", VIEW, "")]


async def test_what_is_sorted_by_a_column_of_causes_is_in_order_of_work_one_by_one() -> None:
    app = console()
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await press(pilot, "s", "b")
        assert (app.warnings.query_now.sort, app.warnings.query_now.descending) == ("count", True)
        assert "sorted by number of warnings ↓" in text_of(app, "#what")
        await press(pilot, "f")
        assert app.warnings.query_now.sort == "work"


@pytest.mark.parametrize(
    ("keys", "asked", "count"),
    [
        ((), "these 11 warnings", 11),
        (("down",), "this warning", 1),
        (("a",), "all warnings of these 2 causes", 12),
        (("space", "down"), "11 warnings", 11),
    ],
)
async def test_dismissing_a_heading_dismisses_all_of_it(
    monkeypatch: pytest.MonkeyPatch, keys: Sequence[str], asked: str, count: int
) -> None:
    app = console()
    dismissed: list[Sequence[int]] = []

    async def dismiss(_: Any, ids: Sequence[int], _why: str) -> Done:
        dismissed.append(list(ids))
        return Done(sentence="Dismissed.", decision_id=1)

    monkeypatch.setattr(dismissing, "dismiss", dismiss)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await opened(pilot)
        await press(pilot, *keys, "d")
        await press(pilot, *"known", "enter")
        assert len(dismissed[0]) == count


async def test_a_heading_selected_before_the_list_was_narrowed_is_not_taken_for_the_one_that_is_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = console()
    dismissed: list[Sequence[int]] = []

    async def dismiss(_: Any, ids: Sequence[int], _why: str) -> Done:
        dismissed.append(list(ids))
        return Done(sentence="Dismissed.", decision_id=1)

    monkeypatch.setattr(dismissing, "dismiss", dismiss)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await opened(pilot)
        await press(pilot, "space")
        assert app.warnings.table.selected == {1}
        await press(pilot, "slash", *"connected", "enter")
        assert app.warnings.table.count == 1
        assert app.warnings.table.selected == set(), "a heading stands for other warnings now"
        await press(pilot, "slash", *["backspace"] * 9, "enter", "home", "space")
        await press(pilot, "right_square_bracket")
        assert app.warnings.table.selected == set()
        await press(pilot, "left_square_bracket", "home", "space", "s", "b")
        assert app.warnings.table.selected == {1}, "another order shows the same"
        await press(pilot, "d", *"known", "enter")
    assert dismissed == [[1, 2, *range(4, 13)]]


async def test_only_causes_that_are_listed_are_acted_on(monkeypatch: pytest.MonkeyPatch) -> None:
    app = console()
    desk: Any = app.desk
    dismissed: list[Sequence[int]] = []

    async def dismiss(_: Any, ids: Sequence[int], _why: str) -> Done:
        dismissed.append(list(ids))
        return Done(sentence="Dismissed.", decision_id=1)

    monkeypatch.setattr(dismissing, "dismiss", dismiss)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await opened(pilot)
        await press(pilot, "a")
        desk.warnings.append(a_warning(13, cause="closed:2025-10-31"))
        await press(pilot, "d", *"known", "enter")
    assert sorted(dismissed[0]) == list(range(1, 13)), "nobody has seen the 13th"


async def test_what_the_question_counted_is_what_is_dismissed(monkeypatch: pytest.MonkeyPatch) -> None:
    app = console()
    desk: Any = app.desk
    dismissed: list[Sequence[int]] = []

    async def told_of(_: Any, ids: Sequence[int]) -> str:
        return f"{len(ids)} warnings"

    async def dismiss(_: Any, ids: Sequence[int], _why: str) -> Done:
        dismissed.append(list(ids))
        return Done(sentence="Dismissed.", decision_id=1)

    monkeypatch.setattr(dismissing, "told_of", told_of)
    monkeypatch.setattr(dismissing, "dismiss", dismiss)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await opened(pilot)
        await press(pilot, "d")
        assert text_of(app, "#told").startswith("11 warnings.")
        desk.warnings.append(a_warning(13))
        await press(pilot, *"known", "enter")
    assert len(dismissed[0]) == 11


async def test_resending_a_heading_resends_all_its_records(monkeypatch: pytest.MonkeyPatch) -> None:
    app = console()
    sent: list[Sequence[RecordKey]] = []

    async def resend_records(_: Any, keys: Sequence[RecordKey]) -> None:
        sent.append(keys)

    monkeypatch.setattr(resending, "resend_records", resend_records)
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await press(pilot, "r")
        assert len(sent[0]) == 11


def test_a_heading_names_no_single_record_where_many_stand_under_it() -> None:
    shares = (Share(kind="invoice", records=2, waiting=0), Share(kind="payment", records=1, waiting=1))
    group = Group(count=3, shares=shares, money=(), oldest="")
    row = replace(
        a_warning(1), root="closed:2025-10-31", sentence="The date of invoice INV-1 is in it.", group=group
    )
    assert group_parts.heading_of(row) == (
        "Dates lie in a closed period: QuickBooks is closed until 31 Oct 2025."
    )
    assert group_parts.holds(row) == "2 invoices, and 1 payment that waits for them"
    waiting = replace(row, root="record:customer/C-7", blocked_by="customer Acacia")
    assert group_parts.heading_of(waiting) == "All of these wait for customer Acacia."
    assert group_parts.heading_of(replace(row, group=replace(group, count=1))) == row.sentence


async def test_i_narrows_to_what_is_wrong_between_the_books() -> None:
    doubled = replace(a_warning(50, cause="record:invoice/I-50"), dimension=Dimension.DUPLICATE_RISK)
    desk = FakeDesk([*some_warnings(12), doubled])
    app = Quiet(desk)
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await press(pilot, "i", "d")
        assert app.warnings.query_now.issue == "duplicated"
        assert app.warnings.table.count == 1
        assert "All kinds · duplicated · 1 warning" in text_of(app, "#what")
        await press(pilot, "i", "e")
        assert "No warning is of this kind. i chooses another." in lines(app, "#list")[1]
        await press(pilot, "i", "a")
        assert app.warnings.table.count == 13


async def test_n_tells_what_is_new_came_back_and_was_cleared_since_yesterday() -> None:
    back = replace(
        a_warning(50), came_back="Its amount has changed.", returned_at="2025-11-16T08:00:00.000000Z"
    )
    gone = replace(a_warning(51), closed_at="2025-11-16T08:00:00.000000Z")
    desk = FakeDesk([a_warning(1), back, gone])
    desk.grouped = True
    app = Quiet(desk)
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        assert app.warnings.table.count == 1
        await press(pilot, "n")
        assert not app.warnings.query_now.grouped
        assert app.warnings.query_now.since == day_begins(today() - timedelta(days=1))
        assert "1 new, 1 returned, 1 cleared" in text_of(app, "#what")
        header, *shown = lines(app, "#list")[:4]
        assert header.split()[0] == "Change"
        assert [line.split()[1 + line.startswith("▸")] for line in shown] == ["new", "returned", "cleared"]
        await press(pilot, "f")
        assert toasts(app)[-1].startswith("What changed is shown one by one")
        await press(pilot, "down", "down", "d")
        assert toasts(app)[-1].startswith("It is cleared already")
        await press(pilot, "n")
        assert app.warnings.query_now.grouped
        assert app.warnings.table.count == 1


async def test_what_only_waits_leads_to_what_is_to_be_fixed() -> None:
    root = "mapping:tax_code/Zero-rated@branch=Mombasa"
    waiting = replace(
        a_warning(1, cause="record:invoice/I-2", root=root, screen="record", action="Fix it."),
        blocked_by="invoice INV-1002",
        sentence="Payment PAY-1 waits for invoice INV-1002.",
    )
    desk = FakeDesk([waiting])
    desk.head = a_warning(2, dismissed=True)
    desk.others = ((a_warning(3, sentence="The books are closed."), 1),)
    app = Quiet(desk)
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        about = " ".join(text_of(app, "#about").split())
        assert 'Because The tax category "Zero-rated" of branch Mombasa is not mapped' in about
        assert "Map it. (t) It is put aside." in about
        assert "Also The books are closed." in about
        await press(pilot, "t")
        assert app.opened == [MappingKey("tax_code", "Zero-rated", "branch=Mombasa")]


async def test_a_heading_names_what_else_holds_its_records_and_money_by_kind() -> None:
    root = "mapping:tax_code/Zero-rated@branch=Mombasa"
    payment = a_warning(9, kind="payment", root=root, blocked_by="invoice INV-1001")
    desk = FakeDesk([a_warning(1), a_warning(2), payment])
    desk.grouped = True
    desk.others = ((a_warning(3, sentence="The books are closed."), 2),)
    app = Quiet(desk)
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        about = " ".join(text_of(app, "#about").split())
        assert "2 invoices, and 1 payment that waits for them; enter shows them" in about
        assert "in invoices; KES" in about
        assert "in payments" in about
        assert "Also 2 of them: The books are closed." in about
        assert "put aside" not in about
        assert "2 invoices +" in lines(app, "#list")[1]


async def test_a_heading_whose_cause_is_put_aside_says_so() -> None:
    root = "mapping:tax_code/Zero-rated@branch=Mombasa"
    desk = FakeDesk(
        [a_warning(number, kind="payment", root=root, blocked_by="invoice INV-1001") for number in (1, 2)]
    )
    desk.grouped, desk.head = True, a_warning(9, dismissed=True)
    app = Quiet(desk)
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        about = " ".join(text_of(app, "#about").split())
        assert "Put aside what is to be fixed was put aside itself: D and Z show it" in about


async def test_where_a_connection_is_missing_map_says_so() -> None:
    app = Quiet(
        FakeDesk([a_warning(1, dimension=Dimension.MAPPING, cause="record:customer/C-7", screen="connect")])
    )
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await opened(pilot)
        await press(pilot, "t")
        assert toasts(app) == ["Nothing to map: what is missing is a connection; c makes it."]
