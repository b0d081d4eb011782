"""Columns for people: readable whatever one cell holds, and whole where programs read."""

import io
import json
import os
import sys
from unittest import mock

import pytest

from awra_tui.cli.output import LINES, PIPED, write_columns
from tests.cli.commands import call
from tests.cli.conftest import INVOICES, Shop


class Terminal(io.StringIO):
    """Standard output that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def lines(*rows: tuple[str, ...], out: io.StringIO | None = None) -> list[str]:
    written = out or io.StringIO()
    with mock.patch.object(sys, "stdout", written):
        write_columns(rows)
    return written.getvalue().splitlines()


def test_one_overlong_cell_does_not_push_the_others_out_of_sight() -> None:
    long, short = lines(("invoice/1", "N" * 10_000, "why"), ("invoice/2", "Café", "what"))
    assert long.startswith("invoice/1  NNN")
    assert long.endswith("N…  why")
    assert short.endswith("  what")
    assert max(len(long), len(short)) <= PIPED + len("    what")
    assert long.index("why") == short.index("what")


def test_a_last_cell_is_cut_after_some_lines_and_wide_signs_count_twice() -> None:
    (one,) = lines(("a", "界" * 500))
    assert one == f"a  {'界' * (PIPED * LINES // 2 - 1)}…"


def test_what_fits_stays_as_it_is() -> None:
    assert lines(("a", "b" * PIPED * LINES), ("cc", "d")) == ["a   " + "b" * PIPED * LINES, "cc  d"]


@pytest.mark.parametrize(("columns", "width"), [("60", 60), ("5", 40)])
def test_a_terminal_says_how_wide_it_is(columns: str, width: int) -> None:
    with mock.patch.dict(os.environ, {"COLUMNS": columns}):
        (one,) = lines(("x" * 500, "z"), out=Terminal())
    assert one == f"{'x' * (width - 1)}…  z"


def test_json_stays_whole(new_shop: Shop) -> None:
    name = "Ñ" * 5_000
    named = [invoice | {"date": "2026-11-02", "name": name} for invoice in INVOICES]
    (new_shop.source / "invoices.json").write_text(json.dumps(named), encoding="utf-8")
    assert call("connect", "--import", "-", stdin=json.dumps(new_shop.company).encode()).code == 0
    assert call("sync").code == 1
    assert name in {one["party"] for one in call("warnings", "--json").data}
    assert max(map(len, call("warnings").text.splitlines())) <= PIPED * (LINES + 1) + 10
