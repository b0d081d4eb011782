"""A warning about a bad row is a sentence, whatever the reading knows of it."""

import itertools
import re

import pytest

from awra_tui.records.record import BadRow
from awra_tui.sync.intake import explained
from tests.sources.test_files import HEAD, only_bad, read_text

PARTS = list(itertools.product(("a.csv", "a.json", "inv*"), (0, 14), ("", "Total"), ("", "two words")))


@pytest.mark.parametrize(("file", "line", "column", "value"), PARTS)
def test_every_combination_is_a_sentence(file: str, line: int, column: str, value: str) -> None:
    row = BadRow(file=file, line=line, column=column, value=value, expected="12 cells; found 11 cells")
    said = explained(row).sentence
    assert re.fullmatch(r"(File|(Line|Record) \d+ of) \S+( has|: column Total|: expected) .+ cells\.", said)
    assert "  " not in said
    assert " ," not in said
    assert all(part in said for part in (file, column, value))


def test_lines_are_called_lines_and_records_of_json_records() -> None:
    def said(file: str) -> str:
        return explained(BadRow(file=file, line=3, column="Total", value="x", expected="y")).sentence

    assert said("a.csv") == "Line 3 of a.csv: column Total has x, expected was y."
    assert said("a.JSON") == "Record 3 of a.JSON: column Total has x, expected was y."


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ("\n1,2\n", "Line 1 of in.csv: expected was a header in row 1 with the names of the columns."),
        (
            HEAD + "391,short\n",
            "Line 2 of in.csv has 391 | short, expected was 4 cells, as many as the header has; found",
        ),
        (
            HEAD.encode() + b"1,\x8d,2024-10-01,1\n",
            "Line 2 of in.csv: expected was text in Windows-1252; found byte 0x8d.",
        ),
        (HEAD + "1,C1,,1\n", "Line 2 of in.csv: column Date is empty, expected was a value, because"),
    ],
)
def test_what_readings_really_meet(tmp_path, data, sentence) -> None:
    _, bad = only_bad(read_text(tmp_path, data))
    assert explained(bad).sentence.startswith(sentence)
