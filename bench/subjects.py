"""The two programs that are compared: how each shows its first rows, and how it answers keys."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bench.names import RARE
from bench.place import Place
from bench.terminal import Terminal

DOWN, PAGE_DOWN, PAGE_UP, BACK_TO_TOP, ESCAPE = "\x1b[B", "\x1b[6~", "\x1b[5~", "\x1b[1;5H", "\x1b"
_NUMBER = r"[A-Z]{3}-\d{6}"
_CURSOR_ROW = re.compile(rf"▸ (?:. )?({_NUMBER}.*)")
_ROW = re.compile(rf"{_NUMBER}.*")


@dataclass(frozen=True, slots=True)
class Subject:
    """A program under measurement.

    ``first`` says of a frame that it has useful rows, ``enter`` are the keys from there to the list.
    ``rows`` finds in a frame the rows by which an answer to a key is recognised.
    """

    command: list[str]
    first: Callable[[str], bool]
    enter: str
    listed: Callable[[str], bool]
    rows: re.Pattern[str]

    @contextmanager
    def running(self, place: Place) -> Iterator[Terminal]:
        """Start it and wait for its list, with the cursor on the first row."""
        with Terminal(self.command, place.env, place.folder) as terminal:
            terminal.wait(self.first)
            terminal.settle()
            if self.enter:
                terminal.press(self.enter)
                terminal.wait(self.listed)
                terminal.settle()
            yield terminal


def console(place: Place) -> Subject:
    """Return the console; its list are the warnings."""
    return Subject(
        command=place.console(),
        first=lambda text: "Customers" in text and "Payments" in text,
        enter="w",
        listed=lambda text: len(_ROW.findall(text)) > 10,
        rows=_CURSOR_ROW,
    )


def minimal(place: Place) -> Subject:
    """Return the minimal program."""

    def listed(text: str) -> bool:
        return len(_ROW.findall(text)) > 10

    return Subject(command=place.minimal(), first=listed, enter="", listed=listed, rows=_ROW)


def moved(subject: Subject, terminal: Terminal, key: str) -> float:
    """Return the seconds from a key that moves the cursor to the frame that has it on another row."""
    before = subject.rows.findall(terminal.last)[-1:]
    pressed = terminal.press(key)
    seen = terminal.wait(lambda text: bool(rows := subject.rows.findall(text)) and rows[-1:] != before)
    terminal.settle()
    return seen - pressed


def narrowed(subject: Subject, terminal: Terminal, letter: str) -> float:
    """Return the seconds from a letter in the filter to the frame with the rows that contain it."""
    name = RARE[letter]
    terminal.press("/")
    terminal.settle()
    pressed = terminal.press(letter)
    seen = terminal.wait(
        lambda text: bool(rows := subject.rows.findall(text)) and all(name in row for row in rows)
    )
    terminal.settle()
    terminal.press(ESCAPE)
    terminal.settle()
    return seen - pressed
