"""The benchmarks run at a tiny size; what they measure is never asserted here."""

import sqlite3
import sys

import pytest

from awra_tui.cache.pages.overview import overview
from awra_tui.cache.pages.warnings import WarningQuery, warning_ids
from bench import cachework, ledger, pacing, queue
from bench.names import PARTIES, RARE
from bench.place import Place, fill
from bench.report import Measure, as_json, table
from bench.subjects import DOWN, console, minimal, moved, narrowed
from bench.terminal import LateError, Terminal, plain

SIZE = 200


@pytest.fixture
def place(tmp_path):
    made = Place(tmp_path, SIZE)
    with made.open() as cache:
        fill(cache, SIZE)
    return made


def test_half_of_the_records_have_an_open_warning(place):
    with place.open() as cache:
        assert len(cache.now(warning_ids, WarningQuery())) == SIZE // 2
        kinds = {row.kind: row.source for row in cache.now(overview).kinds if row.source}
    assert kinds == {"customer": 20, "invoice": 110, "payment": 70}


def test_rare_letters_stand_in_the_names_they_are_said_to_stand_in():
    for letter, name in RARE.items():
        assert {party.split()[0] for party in PARTIES if letter in party.lower()} == {name}
    searched = [f"{record.number} {record.reference}" for record in ledger.records(SIZE)]
    assert not any(letter in text.lower() for letter in RARE for text in searched)


def test_a_file_of_invoices_has_a_line_for_each(tmp_path):
    heading, *lines = ledger.csv(3)
    assert heading == "number,customer,date,amount\n"
    assert len(lines) == 3


def test_import_is_compared_with_plain_inserts_and_leaves_nothing_behind(tmp_path):
    measures = cachework.importing(tmp_path, SIZE, 1)
    assert measures[0].reference
    assert measures[0].measured > 0
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".plain"] == []


def test_plain_inserts_take_every_row(tmp_path):
    connection = sqlite3.connect(tmp_path / "rows.db")
    connection.execute("CREATE TABLE some (a, b)")
    cachework._insert(connection, "INSERT INTO some VALUES (?, ?)", [(1, 2), (3, 4)])
    assert connection.execute("SELECT SUM(a + b) FROM some").fetchone() == (10,)
    connection.close()


def test_every_page_is_measured(place):
    with place.open() as cache:
        measures = list(cachework.pages(cache, SIZE, 1))
    assert len({measure.what for measure in measures}) == len(measures)
    assert all(measure.unit == "ms" for measure in measures)


def test_the_queue_is_measured_of_many_causes_and_of_one(tmp_path):
    measures = list(queue.queue(tmp_path, SIZE, 1))
    assert len({measure.what for measure in measures if not measure.what.startswith("  ")}) == 36
    assert all(measure.measured > 0 for measure in measures)


def test_the_pace_is_measured_of_a_sync_of_two_processes_and_of_another_client(tmp_path):
    measures = pacing.pacing(tmp_path, 120, times=20)
    paced = [measure for measure in measures if measure.unit == "records"]
    assert [measure.reference for measure in paced] == [pacing.ALLOWED] * 3
    assert all(measure.measured > 0 for measure in paced)
    assert sum(measure.unit == "requests" for measure in measures) == len(paced)


@pytest.mark.parametrize("subject", [console, minimal])
def test_a_program_is_recognised_by_its_rows_and_answers_keys(place, subject):
    program = subject(place)
    with program.running(place) as terminal:
        assert moved(program, terminal, DOWN) > 0
        assert narrowed(program, terminal, "z") > 0


def test_a_terminal_tells_frames_apart_and_the_end(tmp_path):
    told = (
        "import sys, time; sys.stdout.write('\\x1b[?2026hfirst\\x1b[?2026lthen'); sys.stdout.flush(); input()"
    )
    with Terminal([sys.executable, "-c", told], {}, tmp_path) as terminal:
        assert terminal.wait(lambda text: text == "first") > terminal.started
        terminal.press("\r")
        assert terminal.wait_for_end() > terminal.started


def test_what_is_never_drawn_is_late(tmp_path):
    with (
        Terminal([sys.executable, "-c", "print('other')"], {}, tmp_path) as terminal,
        pytest.raises(LateError, match="other"),
    ):
        terminal.wait(lambda text: False)


def test_the_text_of_a_frame_has_no_styles_and_a_line_for_each_place():
    assert plain(b"\x1b[1;1H\x1b[31mone\x1b[0m\x1b]8;;x\x1b\\ two\x1b[2;1Hthree") == "\none two\nthree"


def test_a_ratio_or_a_figure_reaches_its_aim():
    slow = Measure(what="slow", unit="ms", measured=0.03, reference=0.01, aim=2.0)
    small = Measure(what="small", unit="MiB", measured=50.0, aim=60.0)
    loose = Measure(what="loose", unit="%", measured=0.005)
    assert (slow.verdict, small.verdict, loose.verdict) == ("missed", "reached", "")
    fast = Measure(what="fast", unit="records", measured=96, reference=100, aim=0.95, at_least=True)
    late = Measure(what="late", unit="records", measured=94, reference=100, aim=0.95, at_least=True)
    assert (fast.verdict, late.verdict) == ("reached", "missed")
    text = table([slow, small, loose, fast])
    assert "≥ 0.95×" in text
    assert "30.0 ms" in text
    assert "3.00×" in text
    assert "0.50 %" in text
    assert as_json([slow])[0]["ratio"] == pytest.approx(3)
