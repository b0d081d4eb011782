"""Questions are answered by the keys they name, and by no other."""

from collections.abc import Callable
from typing import Any

from textual.screen import Screen

from awra_tui.actions.results import ResendResult
from awra_tui.app import ConsoleApp
from awra_tui.records.status import Status
from awra_tui.records.subject import RecordKey
from awra_tui.screens.dialogs import QUESTION, Choice, Line, Told, YesNo, needing
from awra_tui.screens.overview import OverviewScreen
from awra_tui.screens.resending import result_line, result_lines
from tests.screens.driving import press, settle, text_of
from tests.screens.fakes import FakeDesk


class Opening(ConsoleApp):
    """Notes which records would be opened."""

    def __init__(self, desk: Any) -> None:
        super().__init__(desk, clock_frozen=True)
        self.opened: list[RecordKey] = []

    def open_record(self, key: RecordKey) -> None:
        self.opened.append(key)


async def answers(make: Callable[[], Screen[Any]], *keys: str) -> list[Any]:
    """Return the answers that a dialog gives to keys; none while it still stands."""
    given: list[Any] = []
    desk: Any = FakeDesk()
    app = ConsoleApp(desk, clock_frozen=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.push_screen(make(), given.append)
        await settle(pilot)
        await press(pilot, *keys)
    return given


async def test_only_y_and_n_answer_a_question() -> None:
    def ask() -> Screen[Any]:
        return YesNo("Send [b]INV-1042[/b] all the same?", ["QuickBooks said: “[red]no[/red]”"])

    assert await answers(ask, "enter", "space", "a") == []
    assert await answers(ask, "y") == [True]
    assert await answers(ask, "n") == [False]
    assert await answers(ask, "escape") == [None]


async def test_what_is_asked_stays_in_sight_however_long_is_what_stands_before_it() -> None:
    name = "Acacia " * 1_000
    desk: Any = FakeDesk()
    app = ConsoleApp(desk, clock_frozen=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for told in (f"Connects {name}.", f"Saved. {name}.", f"Connects {name}. Releases 4 invoices."):
            await app.push_screen(YesNo(f"{told} Go on?"))
            await settle(pilot)
            said = text_of(app, ".question")
            assert said.endswith("… Go on?")
            assert said.startswith(told[:40])
            assert len(said) <= QUESTION
            await press(pilot, "n")
        await app.push_screen(YesNo(f"Send {name} again?"))
        await settle(pilot)
        assert text_of(app, ".question").startswith("Send Acacia")


async def test_a_line_takes_what_is_typed_or_suggested() -> None:
    def ask() -> Screen[Any]:
        return Line("Why?", suggestions=("by hand", "a test"))

    assert await answers(ask, "q", "x", "enter") == ["qx"]
    assert await answers(ask, "down", "down", "enter") == ["a test"]
    assert await answers(ask, "up", "enter") == ["a test"]
    assert await answers(ask, "y", "escape") == [None]


async def test_what_is_no_answer_is_said_and_what_was_typed_stays() -> None:
    def ask() -> Screen[Any]:
        return Line("Why?", refusing=needing("Say why."))

    assert await answers(ask, "space", "enter") == []
    assert await answers(ask, "enter", "x", "enter") == ["x"]


async def test_arrows_are_named_where_something_is_suggested() -> None:
    assert "suggestions" not in Line("Why?").keys_said()
    assert "suggestions" in Line("Why?", suggestions=("by hand",)).keys_said()


async def test_a_choice_is_made_by_its_letter_or_by_the_arrows() -> None:
    def ask() -> Screen[Any]:
        return Choice("Sort by", (("work", "order of work"), ("age", "age"), ("party", "party")), "age")

    assert await answers(ask, "c") == ["party"]
    assert await answers(ask, "enter") == ["age"]
    assert await answers(ask, "down", "down", "enter") == ["work"]
    assert await answers(ask, "z") == []


async def test_the_letter_of_a_choice_is_no_key_of_the_screen_below() -> None:
    desk: Any = FakeDesk()
    app = ConsoleApp(desk, clock_frozen=True)
    async with app.run_test() as pilot:
        await settle(pilot)
        app.push_screen(Choice("Which?", tuple((letter, letter) for letter in "abcdefghijklmnopqrstuvwxyz")))
        await settle(pilot)
        await press(pilot, "w")
        assert isinstance(app.screen, OverviewScreen)


async def test_something_to_read_is_closed_by_any_of_its_keys() -> None:
    assert await answers(lambda: Told("Done", ["✓ one", "✕ two"]), "enter") == [None]
    assert await answers(lambda: Told("Done"), "escape") == [None]


def test_a_result_says_its_status_once() -> None:
    key = RecordKey("customer", "C-57")
    label = Status.UNKNOWN.label
    waiting = ResendResult(key=key, name="customer/C-57", status=Status.UNKNOWN, sentence=label)
    assert result_line(waiting).count(label) == 1
    refused = ResendResult(key=key, name="customer/C-57", status=Status.FAILED, sentence="Too long.")
    assert result_line(refused).endswith(". Too long.")
    arrived = ResendResult(
        key=key, name="customer/C-57", status=Status.SUCCEEDED, sentence="It is in QuickBooks."
    )
    assert result_line(arrived) == "✓ Customer C-57: in QuickBooks."


def test_results_of_which_the_same_is_said_share_a_line() -> None:
    def result(number: int, status: Status, sentence: str) -> ResendResult:
        name = f"invoice/INV-{number}"
        key = RecordKey("invoice", f"INV-{number}")
        return ResendResult(key=key, name=name, status=status, sentence=sentence)

    lost = [result(number, Status.UNKNOWN, Status.UNKNOWN.label) for number in range(1, 6)]
    refused = [result(10, Status.FAILED, "Too long."), result(11, Status.FAILED, "Too short.")]
    there = [result(number, Status.SUCCEEDED, "It is in QuickBooks.") for number in (20, 21)]
    assert [line.partition(" ")[2] for line in result_lines([*there, *lost, *refused])] == [
        "5 records: sent, no answer yet; checking. (Invoice INV-1, Invoice INV-2, Invoice INV-3 and 2 more)",
        f"Invoice INV-10: {Status.FAILED.label}. Too long.",
        f"Invoice INV-11: {Status.FAILED.label}. Too short.",
        "2 records: in QuickBooks. (Invoice INV-20, Invoice INV-21)",
    ]
