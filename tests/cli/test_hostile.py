"""Every command over a world whose texts are hostile: to a terminal, to a pipe, as JSON, into files."""

import csv
import io
import json
import unicodedata
from pathlib import Path

import pytest

from awra_tui.cache.schema import RecordTable, WarningTable
from awra_tui.cli.main import _COMMANDS
from tests.cli import commands
from tests.cli.commands import Said, call
from tests.hostile import PIECES, OpenWorld

EVERY = " ".join(piece for piece in PIECES if "\x00" not in piece)

ADDRESSES = """environment = "simulator"
realm_id = "9341450000000254"
api_base_url = "http://127.0.0.1:9"
token_url = "http://127.0.0.1:9/token"
revoke_url = "http://127.0.0.1:9/revoke"
"""
"""Where nobody answers."""


def named(condition: str) -> str:
    """Return the name of the first record that fits a condition. A job of the cache."""
    [found] = RecordTable.raw(f"SELECT * FROM record WHERE {condition} ORDER BY id LIMIT 1")
    return f"{found.kind}/{found.number}"


def cause() -> str:
    """Return the cause that most warnings have. A job of the cache."""
    [found] = WarningTable.raw(
        "SELECT * FROM warning WHERE cause LIKE 'mapping:%' AND closed_at = '' GROUP BY cause "
        "ORDER BY count(*) DESC LIMIT 1"
    )
    return str(found.cause)


@pytest.fixture
def words(world: OpenWorld, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, str]:
    """What stands for the words of a command in a hostile world, whose profile is the one by default."""
    with world() as (desk, _):
        found = {
            "INVOICE": desk.cache.now(named, "kind = 'invoice' AND warned = 1 AND branch != ''"),
            "SENT": desk.cache.now(named, "kind = 'invoice' AND status = 'succeeded' AND id % 7 = 0"),
            "CUSTOMER": desk.cache.now(named, "kind = 'customer' AND warned = 1"),
            "CAUSE": desk.cache.now(cause),
        }
    found |= {"MAPPING": found["CAUSE"].removeprefix("mapping:"), "EVERY": EVERY}
    profile = tmp_path / "spoilt" / "profile.toml"
    settings = profile.read_text(encoding="utf-8")
    profile.write_text(settings.replace('environment = "simulator"\n', ADDRESSES), encoding="utf-8")
    monkeypatch.setenv("AWRA_TUI_PROFILE", str(profile))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "answer.json").write_text(
        json.dumps({"Fault": {"Error": [{"Message": EVERY, "Detail": EVERY, "code": EVERY}]}})
    )
    return found


LOOKS: dict[str, tuple[str, ...]] = {
    "status": ("status",),
    "warnings": ("warnings",),
    "by-cause": ("warnings", "--by-cause"),
    "dismissed": ("warnings", "--dismissed"),
    "find": ("warnings", "--find", "red"),
    "show": ("show", "INVOICE"),
    "show-sent": ("show", "SENT"),
    "evidence": ("show", "INVOICE", "--evidence"),
    "lookup": ("lookup", "EVERY"),
    "lookup-invoice": ("lookup", "inv-1"),
    "customer": ("customer", "CUSTOMER"),
    "check": ("check", "--offline"),
    "check-one": ("check", "--offline", "INVOICE"),
    "queue": ("queue",),
    "map": ("map",),
    "map-one": ("map", "MAPPING"),
    "map-history": ("map", "MAPPING", "--history"),
    "candidates": ("connect-customer", "CUSTOMER"),
    "not-connected": ("connect-many",),
    "escalate": ("escalate", "INVOICE"),
    "escalate-cause": ("escalate", "--cause", "CAUSE"),
    "escalate-connection": ("escalate", "--connection"),
    "audit": ("audit",),
    "log": ("log",),
    "log-run": ("log", "1"),
    "log-record": ("log", "--record", "SENT"),
    "explain": ("explain", "answer.json"),
    "guide": ("guide", "EVERY"),
    "connections": ("connections",),
}
"""Commands that only look."""

DEEDS: dict[str, tuple[str, ...]] = {
    "dismiss": ("dismiss", "INVOICE", "--why", "EVERY"),
    "snooze": ("snooze", "INVOICE", "--until", "2026-12-24", "--why", "EVERY"),
    "restore": ("restore", "INVOICE"),
    "owner": ("owner", "INVOICE", "EVERY"),
    "note": ("note", "INVOICE", "EVERY"),
    "handover": ("handover", "EVERY", "INVOICE", "--message", "EVERY"),
    "resend": ("resend", "INVOICE", "--dry-run"),
    "accept": ("accept", "INVOICE"),
    "void": ("void", "INVOICE"),
    "map-set": ("map", "MAPPING", "EVERY"),
    "connect-customer": ("connect-customer", "CUSTOMER", "EVERY"),
    "connect-many": ("connect-many", "CUSTOMER"),
    "unlink": ("unlink", "SENT"),
    "undo": ("undo",),
}
"""Commands that change something, or refuse to; each says so in words that hold what came from outside."""

REFUSED: dict[str, tuple[str, ...]] = {
    "no-such-record": ("show", "EVERY"),
    "no-such-kind": ("warnings", "--kind", "EVERY"),
    "no-such-run": ("log", "EVERY"),
    "no-such-profile": ("status", "--profile", "EVERY"),
    "no-such-option": ("status", "--EVERY"),
    "no-such-command": ("EVERY",),
    "no-such-setting": ("status", "--set", "EVERY=1"),
    "no-such-file": ("explain", "EVERY"),
    "no-such-folder": ("audit", "--csv", "EVERY"),
    "half-a-sign": ("lookup", "\udcff"),
}
ELSEWHERE = {
    "console": "the screens", "sync": "needs a company", "connect": "needs a company",
    "disconnect": "needs a company", "simulator": "shows nothing from outside", "demo": "starts the screens",
}  # fmt: skip


OVER = "\r\x1b[K"
"""How a terminal's line of progress is begun anew."""


def obeyed(text: str) -> set[str]:
    """Return the characters that a terminal would obey, line ends aside."""
    return {c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")} - {"\n"}


def said(words: dict[str, str], command: tuple[str, ...], *more: str) -> Said:
    """Run a command with its words filled in."""
    filled = [words.get(word, word.replace("EVERY", EVERY)) for word in command]
    return call(*filled, *more)


class Terminal(io.TextIOWrapper):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(params=["pipe", "terminal"])
def _out(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write to either."""
    if request.param == "terminal":
        monkeypatch.setattr(commands.io, "TextIOWrapper", Terminal)


@pytest.mark.usefixtures("_out")
@pytest.mark.parametrize("commands_", [LOOKS, DEEDS, REFUSED], ids=["looks", "deeds", "refused"])
def test_nothing_that_a_command_says_is_obeyed(
    commands_: dict[str, tuple[str, ...]], words: dict[str, str]
) -> None:
    for name, command in commands_.items():
        told = said(words, command, "--yes")
        assert not obeyed((told.text + told.err).replace(OVER, "")), name
        assert "Traceback" not in told.err, name
        assert "defect" not in told.err, (name, told.err)
        assert "api_base_url" not in told.err
        assert told.text or told.err, name


def test_json_says_all_of_it_and_nothing_is_obeyed(words: dict[str, str]) -> None:
    for name, command in LOOKS.items():
        told = said(words, command, "--json")
        assert told.code in (0, 1), (name, told.err)
        assert not obeyed(told.text + told.err), name
        assert told.data is not None


def test_json_loses_nothing(words: dict[str, str]) -> None:
    found = said(words, ("show", "INVOICE", "--json"))
    assert words["INVOICE"].partition("/")[2] in json.dumps(found.data, ensure_ascii=False)


def test_a_table_begins_no_formula(words: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "audit.csv"
    assert said(words, ("audit", "--csv", str(path), "--limit", "1000")).code == 0
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    assert len({len(row) for row in rows}) == 1
    assert len(rows) > 100
    assert not [cell for row in rows for cell in row if cell.lstrip().startswith(tuple("=+-@＝＋－＠"))]
    assert not obeyed("".join(cell for row in rows for cell in row))


def test_evidence_stays_in_its_lists(words: dict[str, str]) -> None:
    told = said(words, ("escalate", "INVOICE")).text
    for line in told.splitlines():
        assert not line or line.startswith(("# ", "## ", "### ", "- ", "  - "))
        for sign in "`|[<*":
            assert line.count(sign) == line.count(f"\\{sign}")


def test_every_command_is_tried() -> None:
    tried = {command[0] for command in (LOOKS | DEEDS).values()}
    assert tried | ELSEWHERE.keys() == _COMMANDS.keys()
