"""Escalation and audit on the command line: to the terminal, as JSON, to files of one's own."""

import csv
import io
import stat
from pathlib import Path

from tests.cli.commands import call, is_one_sentence
from tests.cli.conftest import Shop


def test_evidence_goes_to_a_new_file_of_ones_own(shop: Shop, tmp_path: Path) -> None:
    file = tmp_path / "evidence.json"
    said = call("escalate", "invoice/INV/7 a", "customer/C-2", "--json", "--output", str(file))
    assert (said.code, said.text) == (0, f"Written to {file}; only you can read it.\n")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert '"number": "INV/7 a"' in file.read_text()
    again = call("escalate", "invoice/INV/7 a", "--output", str(file))
    assert again.code == 2
    assert is_one_sentence(again.err)
    assert '"number": "INV/7 a"' in file.read_text()


def test_a_cause_is_handed_on_whole_and_names_are_text(shop: Shop) -> None:
    cause = next(row["cause"] for row in call("warnings", "--json").data if row["number"] == "C-2")
    found = call("escalate", "--cause", cause, "--json").data
    assert {case["source_id"] for case in found["cases"]} >= {"C-2", "i3"}
    text = call("escalate", "--cause", cause).text
    assert "\x1b" not in text
    assert "\\[red\\]O'Neil" in text


def test_one_thing_at_a_time_is_handed_on(shop: Shop) -> None:
    for args in ((), ("invoice/i3", "--connection"), ("--connection", "--proposed"), ("--connection",)):
        said = call("escalate", *args)
        assert said.code == 2, args
        assert is_one_sentence(said.err), args


def test_the_audit_is_searched_and_written_as_a_table(shop: Shop, tmp_path: Path) -> None:
    assert call("dismiss", "invoice/i3", "--why", "=HYPERLINK(1)").code == 0
    assert call("undo").code == 0
    [undone, dismissed] = call("audit", "--find", "hyperlink", "--json").data
    assert (undone["undoes"], dismissed["undone_by"]) == (dismissed["id"], undone["id"])
    assert (dismissed["verb"], dismissed["record"]) == ("dismiss", "invoice/TWIN")
    who = dismissed["who"]
    assert [one["id"] for one in call("audit", "--who", who, "--verb", "dismiss", "--json").data] == [
        dismissed["id"]
    ]
    assert call("audit", "--since", "2999-01-01").text == ""
    assert call("audit", "--since", "yesterday", "--json").data[0]["verb"] == "undo dismiss"
    refused = call("audit", "--since", "lately")
    assert (refused.code, "must be yesterday, today or a day" in refused.err) == (2, True)
    assert "taken back by decision" in call("audit", "--verb", "dismiss").text
    file = tmp_path / "audit.csv"
    assert call("audit", "--csv", str(file)).code == 0
    lines = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    assert len(lines) == 1 + len(call("audit", "--json").data)
    assert not [cell for line in lines for cell in line if cell.startswith("=")]
    assert call("audit", "--csv", "-").text.startswith("Number,At,Who")
    assert call("audit", "--csv", str(file)).code == 2
