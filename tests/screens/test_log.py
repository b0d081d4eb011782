"""The sync log by keyboard: runs, attempts, search, exchanges."""

import asyncio
from types import SimpleNamespace

import pytest
from rich.cells import cell_len

from awra_tui.records.errors import AwraError
from awra_tui.records.subject import RecordKey
from awra_tui.screens.attempt import AttemptScreen
from awra_tui.screens.code_pane import folded, pretty, readable
from awra_tui.screens.log import LogScreen, RunScreen
from awra_tui.screens.log_parts import attempt_text, counts_text, run_text
from awra_tui.screens.record import RecordScreen
from awra_tui.widgets.bars import KeyBar
from awra_tui.widgets.provider import Listed
from tests.screens import fakes_detail as fakes
from tests.screens.detail_app import Acts, Desk, console

QUIET = fakes.run(id=3, outcome="nothing", changed=False, folded=11, counts={}, sentence="Nothing changed.")
LOST = fakes.run(id=2, outcome="failed", sentence="QuickBooks could not be reached.")
ATTEMPTS = [
    fakes.attempt(),
    fakes.attempt(id=30, number="INV-7", party=fakes.NASTY, outcome="succeeded", code="", message="", tid=""),
]


@pytest.fixture
def acts(monkeypatch):
    acts = Acts(monkeypatch)
    acts.answers = {
        "open_record": fakes.page(),
        "differences": [],
        "evidence": fakes.EVIDENCE,
    }
    return acts


@pytest.fixture
def desk():
    desk = Desk()
    desk.answers = {
        "runs": lambda limit, fold: [fakes.run(), QUIET, LOST] if fold else [fakes.run(), LOST],
        "run": fakes.run(),
        "attempts": lambda run_id, text, limit: [
            row for row in ATTEMPTS if text.lower() in row.number.lower()
        ],
        "exchange": fakes.exchange(),
    }
    return desk


async def test_runs_are_listed_and_unchanged_ones_folded(acts, desk):
    async with console(desk, LogScreen(), (120, 40)) as hand:
        seen = hand.seen
        for said in (
            "Log · 14 runs, 11 folded away",
            "✓ done Sent 12, 1 refused.",
            "· nothing 12 runs in a row changed nothing",
            "✕ failed QuickBooks could not be reached.",
        ):
            assert said in seen
        await hand.press("f")
        assert "Log · 2 runs" in hand.seen
        assert "changed nothing" not in hand.seen


@pytest.mark.parametrize("make", [LogScreen, lambda: LogScreen("inv"), lambda: RunScreen(fakes.run())])
async def test_the_keys_are_drawn_as_they_are_once_the_rows_are_there(acts, desk, make, monkeypatch):
    drawn = []
    draw, head = KeyBar.render, Listed.head

    def noted(bar):
        drawn.append((bar.screen, draw(bar)))
        return drawn[-1][1]

    async def late(rows, query, limit):
        for _ in range(200):
            await asyncio.sleep(0)
        return await head(rows, query, limit)

    monkeypatch.setattr(KeyBar, "render", noted)
    monkeypatch.setattr(Listed, "head", late)
    screen = make()
    async with console(desk, screen):
        last = [content for owner, content in drawn if owner is screen][-1]
        assert last.spans == draw(screen.query_one(KeyBar)).spans
        assert screen.why_not("open_run") == ""


async def test_a_run_says_what_it_changed_and_lists_its_attempts(acts, desk):
    async with console(desk, LogScreen()) as hand:
        await hand.press("enter")
        assert isinstance(hand.app.screen, RunScreen)
        seen = hand.seen
        assert "Run 4 · 2 attempts" in seen
        assert "sent 12 · failed 1" in seen
        assert fakes.NASTY[:12] in seen
        assert ("attempts", 4, "") in desk.asked
        await hand.press("slash")
        await hand.type("inv-7")
        assert "Run 4 · 1 attempt like “inv-7”" in hand.seen
        await hand.press("escape")
        assert "Run 4 · 2 attempts" in hand.seen
        await hand.press("escape")
        assert hand.app.screen is hand.app.first


@pytest.mark.parametrize(
    ("counts", "said"),
    [({"unknown": 22}, "Nothing new was sent; what has no answer yet"), ({}, "Nothing was sent.")],
)
async def test_a_run_that_only_asked_again_does_not_say_that_nothing_was_sent(acts, desk, counts, said):
    desk.answers |= {"run": fakes.run(counts=counts), "attempts": []}
    async with console(desk, LogScreen()) as hand:
        await hand.press("enter")
        assert said in hand.seen


async def test_an_attempt_shows_request_answer_and_ids(acts, desk):
    async with console(desk, LogScreen()) as hand:
        await hand.press("enter", "enter")
        assert isinstance(hand.app.screen, AttemptScreen)
        for said in ("intuit_tid 1-abc-def", "requestid req-0001", "812 ms · HTTP 400", '"code": "6000"'):
            assert said in hand.seen
        await hand.press("y")
        assert hand.app.clipboard == fakes.exchange().answer
        await hand.press("2")
        assert '"DocNumber": "INV-1042"' in hand.seen
        await hand.press("slash")
        await hand.type("docn")
        assert "1 of 1" in hand.seen
        await hand.press("escape", "e")
        assert hand.app.clipboard == "# Invoice INV-1042 did not arrive"
        await hand.press("escape", "o")
        assert isinstance(hand.app.screen, RecordScreen)
        assert acts.of("open_record") == [(RecordKey("invoice", "i-1042"),)] * len(acts.of("open_record"))


async def test_what_the_evidence_leaves_out_is_said_when_it_is_copied(acts, desk):
    left_out = "1 record is left out; the text says which and why."
    acts.answers["evidence"] = SimpleNamespace(**(vars(fakes.EVIDENCE) | {"missing": left_out}))
    async with console(desk, AttemptScreen(fakes.attempt())) as hand:
        await hand.press("e")
        assert hand.toasts[-2:] == ["Copied the evidence; paste it into a message or a ticket.", left_out]


async def test_the_record_is_marked_in_a_batch_of_many(acts, desk):
    items = ",".join(f'{{"bId":"{n}","Invoice":{{"DocNumber":"INV-{n}"}}}}' for n in range(1000, 1060))
    desk.answers["exchange"] = fakes.exchange(path="/v3/company/9/batch", answer=f"[{items}]")
    async with console(desk, AttemptScreen(fakes.attempt())) as hand:
        assert '"DocNumber": "INV-1042"' in hand.seen
        await hand.press("n")
        assert "1 of 1" in hand.seen


async def test_an_exchange_that_is_not_kept_is_said(acts, desk):
    desk.answers["exchange"] = None
    async with console(desk, AttemptScreen(fakes.attempt(tid="", duration_ms=0))) as hand:
        assert "none: no answer came" in hand.seen
        assert "Request and answer are not kept any more." in hand.seen
        await hand.press("y")
        assert hand.toasts == ["There is nothing to copy."]


async def test_an_answer_that_never_came_is_said(acts, desk):
    desk.answers["exchange"] = fakes.exchange(answer="")
    async with console(desk, AttemptScreen(fakes.attempt())) as hand:
        assert "QuickBooks sent no answer, or none arrived." in hand.seen


async def test_html_for_an_answer_is_shown_as_it_is(acts, desk):
    page = "<html>\n<b>[red]503[/red]</b>\x1b[31m\n</html>"
    desk.answers["exchange"] = fakes.exchange(answer=page)
    async with console(desk, AttemptScreen(fakes.attempt())) as hand:
        assert "<b>[red]503[/red]</b>␛[31m" in hand.seen


async def test_search_finds_attempts_of_all_runs(acts, desk):
    async with console(desk, LogScreen()) as hand:
        await hand.press("slash")
        await hand.type("inv-1042")
        assert "Log · 1 attempt like “inv-1042”" in hand.seen
        assert ("attempts", None, "inv-1042") in desk.asked
        await hand.press("enter", "y")
        assert hand.app.clipboard.startswith("invoice/INV-1042 · ")
        assert "intuit_tid 1-abc-def" in hand.app.clipboard
        await hand.press("enter")
        assert isinstance(hand.app.screen, AttemptScreen)
        await hand.press("escape", "slash")
        await hand.type("zzz")
        assert "Nothing here is like the search." in hand.seen
        await hand.press("enter", "enter")
        assert hand.toasts[-1] == "Nothing is highlighted."
        await hand.press("escape")
        assert "Log · 14 runs" in hand.seen
        await hand.press("escape")
        assert hand.app.screen is not hand.app.first


async def test_a_list_that_is_cut_says_so(acts, desk, monkeypatch):
    monkeypatch.setattr("awra_tui.screens.log.ATTEMPTS", 2)
    async with console(desk, RunScreen(fakes.run())) as hand:
        assert "Run 4 · 2 attempts, the newest; search for older ones" in hand.seen


async def test_records_of_a_run_are_walked_through(acts, desk):
    desk.answers["attempts"] = lambda *_, limit: [
        fakes.attempt(),
        fakes.attempt(id=29),
        fakes.attempt(id=28, kind="payment", source_id="p-9"),
    ]
    async with console(desk, RunScreen(fakes.run())) as hand:
        await hand.press("o", "n")
        assert acts.of("open_record")[-1] == (RecordKey("payment", "p-9"),)
        await hand.press("p")
        assert acts.of("open_record")[-1] == (RecordKey("invoice", "i-1042"),)
        assert not hand.toasts


async def test_letters_typed_in_the_search_are_no_commands(acts, desk):
    async with console(desk, LogScreen()) as hand:
        await hand.press("slash")
        await hand.type("qfw")
        assert hand.app.is_running
        assert hand.app.screen is hand.app.first
        assert ("attempts", None, "qfw") in desk.asked


async def test_it_opens_with_a_search(acts, desk):
    async with console(desk, LogScreen("inv-7")) as hand:
        assert "Log · 1 attempt like “inv-7”" in hand.seen
        await hand.press("enter")
        assert isinstance(hand.app.screen, AttemptScreen)


async def test_an_empty_log_says_so(acts, desk):
    desk.answers["runs"] = lambda limit, fold: []
    async with console(desk, LogScreen()) as hand:
        assert "Nothing was synced yet." in hand.seen
        await hand.press("enter", "y")
        assert hand.toasts == ["Nothing is highlighted."] * 2


async def test_a_cache_that_fails_ends_in_words(acts, desk):
    desk.answers["runs"] = AwraError("The cache is locked by another program.")
    async with console(desk, LogScreen()) as hand:
        assert "✕ The cache is locked by another program." in hand.seen


async def test_a_failing_exchange_ends_in_words_and_leaves_the_facts(acts, desk):
    desk.answers["exchange"] = OSError("disk I/O error")
    async with console(desk, AttemptScreen(fakes.attempt())) as hand:
        assert "OSError: disk I/O error" in hand.seen
        assert "req-0001" in hand.seen


NASTY_NAMES = {"markup": fakes.NASTY, "long": "x" * 10_000, "rtl": "مكتبة", "control": "a\x1b[31m\nb"}


@pytest.mark.parametrize("name", NASTY_NAMES.values(), ids=NASTY_NAMES)
@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_texts_from_outside_break_nothing(acts, desk, name, size):
    desk.answers["run"] = fakes.run(sentence=name, who=name)
    desk.answers["attempts"] = lambda *_, limit: [
        fakes.attempt(number=name, party=name, message=name, tid=name, requestid=name)
    ]
    async with console(desk, RunScreen(fakes.run(sentence=name)), size) as hand:
        await hand.press("enter")
        assert isinstance(hand.app.screen, AttemptScreen)
        assert len(hand.lines) == size[1]
        assert "\x1b" not in hand.seen
        assert not hand.toasts


def test_numbers_of_json_stay_as_they_were_written():
    assert '"TotalAmt": 12760.00' in pretty('{"TotalAmt":12760.00,"n":1e400}')
    assert '"n": 1e400' in pretty('{"TotalAmt":12760.00,"n":1e400}')
    assert pretty("not json") == "not json"
    assert pretty("") == ""


def test_a_run_in_words():
    assert counts_text({"sent": 1200, "failed": 0, "sent_again": 2}) == "sent 1,200 · sent again 2"
    assert "Changed         nothing" in run_text(QUIET, 80).plain
    looked = fakes.run(outcome="nothing", changed=False, counts={"new": 0, "bad_rows": 0})
    assert "Changed         nothing\n" in run_text(looked, 80).plain
    bad = fakes.run(outcome="nothing", changed=False, counts={"new": 0, "bad_rows": 3})
    assert "Changed         nothing · bad rows 3" in run_text(bad, 80).plain
    assert "to now" in run_text(fakes.run(ended_at=""), 80).plain
    assert "requestid       req-0001" in attempt_text(fakes.attempt(), None, 80).plain


@pytest.mark.parametrize(
    "text", ["", "a", "abc\n\ndef", "x" * 95, "日本茶" * 20, "a b  c " * 30, "é\n" + "🍵" * 30]
)
def test_folded_lines_say_where_they_begin(text):
    lines, starts = folded(text, 20)
    assert [text[start : start + len(line)] for line, start in zip(lines, starts, strict=True)] == lines
    assert "".join(lines) == text.replace("\n", "")
    assert all(cell_len(line.removesuffix(" ")) <= 20 for line in lines)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("What to do: Make it active", ["What to do: Make it ", "active"]),
        ("    Masala Chai Tin 250 g", ["    Masala Chai Tin ", "250 g"]),
        ("two  spaces at the  end  ", ["two  spaces at the  ", "end  "]),
        ("id " + "x" * 30, ["id ", "x" * 20, "x" * 10]),
        ("  " + "x" * 20, ["  " + "x" * 18, "xx"]),
    ],
)
def test_a_long_line_ends_between_words(text, lines):
    assert folded(text, 20)[0] == lines


def test_a_text_without_end_is_cut_in_words():
    shown = readable("x" * 2_000_005 + "\n")
    assert shown.endswith("… 6 more characters are not shown; y copies all of it")
