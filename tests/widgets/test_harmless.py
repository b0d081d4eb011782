"""Text from outside: what stands in place of what a terminal would obey, and how it is cut."""

import unicodedata

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color

from awra_tui.records.sheet import to_csv
from awra_tui.records.text import cut, harmless, width_of
from awra_tui.widgets.cells import brief, fit, one_line
from awra_tui.widgets.guard import Guard
from tests.hostile import PIECES

SAID = {
    "plain": "plain",
    "\x1b[31m": "␛[31m",
    "a\x00b\x7f": "a␀b␡",
    "\x9b2J": "�2J",
    "a\tb\r\nc\u2028d\u00a0e": "a b  c d e",
    "\u202eevil\u2069\u200f": "�evil��",
    "\ud800": "�",
    "\U000e0041\u00ad\u180e": "���",
    "\u3164": "�",
    "a\u200db\u200b\u2060\ufeffc": "abc",
    "\U0001f44d\U0001f3fd": "\U0001f44d",
    "e\u0301": "e\u0301",
    "Z" + "\u0301" * 120: "Z" + "\u0301" * 4,
    "[red]x[/]": "[red]x[/]",
    "漢字": "漢字",
}


@pytest.mark.parametrize("text", SAID)
def test_what_stands_in_its_place(text: str) -> None:
    assert harmless(text) == SAID[text]


def test_nothing_of_all_characters_is_obeyed() -> None:
    every = harmless("".join(map(chr, range(0x110000))))
    assert {unicodedata.category(c) for c in every} & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} == set()
    assert harmless(every) == every


@pytest.mark.parametrize("text", PIECES, ids=range(len(PIECES)))
@pytest.mark.parametrize("width", [1, 7, 40])
def test_a_cut_text_is_as_wide_as_asked_at_most_and_says_that_it_was_cut(text: str, width: int) -> None:
    long = f"{text} {text} {text} " * 20
    for made in (cut(long, width), one_line(long, width)):
        assert cell_len(made) <= width
        assert made.endswith("…")
    assert cell_len(fit(long, width)) == width
    assert cell_len(brief(long)) <= 200


def test_wide_signs_count_twice_and_marks_not_at_all() -> None:
    assert width_of("漢字") == 4
    assert width_of("e\u0301") == 1
    assert cut("漢字漢字", 6) == "漢字…"


@pytest.mark.parametrize("hidden", ["", " ", "\t", "\u200b", "\ufeff", "\u00a0", "\x00", "\u202e"])
@pytest.mark.parametrize("sign", "=+-@＝")
def test_no_cell_begins_a_formula_whatever_is_hidden_before_it(hidden: str, sign: str) -> None:
    _, line = to_csv(["name"], [[f"{hidden}{sign}HYPERLINK(1)"]]).splitlines()
    first = line.strip('"').lstrip()[0]
    assert first in ("'", "␀", "�")


def test_the_last_gate_keeps_widths() -> None:
    drawn = [Segment("a\x1b[2Jb"), Segment("fine"), Segment("\u202e漢"), Segment("\x9b\x00")]
    made = Guard().apply(drawn, Color(0, 0, 0))
    assert [one.cell_length for one in made] == [one.cell_length for one in drawn]
    assert all(one.text.isprintable() for one in made)
    assert made[1] is drawn[1]
