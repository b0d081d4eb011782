"""Mappings on the command line: one, several from a file, certain ones, from a day on, their history."""

import json
from pathlib import Path

import pytest

from awra_tui.cache.store import objects
from awra_tui.cli.desks import deciding
from awra_tui.cli.options import Options
from awra_tui.records.qbo import QboObject
from tests.cli.commands import Said, call, is_one_sentence
from tests.cli.conftest import Shop

ANY = "item/*"


def targets() -> dict[str, str]:
    """Return the names that mappings point to."""
    return {one["mapping"]: one["name"] for one in call("map", "--json").data}


def decided() -> int:
    return len(call("audit", "--verb", "map", "--json").data)


def refused(said: Said, *words: str) -> bool:
    return said.code == 2 and is_one_sentence(said.err) and all(word in said.err for word in words)


def test_one_is_saved_by_name_from_a_day_on_and_taken_back(shop: Shop) -> None:
    dry = call("map", ANY, "Hours", "--from-date", "2026-12-01", "--dry-run", "--json").data
    assert dry["changes"][0]["after"] == "Hours from 01 Dec 2026 on, before that Services"
    assert (dry["refused"], targets()[ANY]) == ("", "Services")
    said = call("map", ANY, "Hours", "--from-date", "2026-12-01")
    assert said.code == 0
    (row,) = call("map", "--kind", "item", "--json").data
    assert (row["name"], row["from_date"]) == ("Hours", "2026-12-01")
    assert row["sentence"].endswith("From 01 Dec 2026 on; before that Services.")
    assert "Hours from 2026-12-01 on" in call("map", "--kind", "item").text
    newest, first = call("map", ANY, "--history", "--json").data
    assert newest["before"] == "Services"
    assert (newest["after"], newest["how"]) == (dry["changes"][0]["after"], "by a person")
    assert (first["who"], first["after"], first["how"]) == ("profile", "Services", "by the profile")
    assert call("undo").code == 0
    assert targets()[ANY] == "Services"
    assert call("map", ANY, "--history").text.splitlines()[0].endswith("taken back")
    assert refused(call("map", ANY, "Hours", "--from-date", "soon"), "--from-date", "year-month-day")


def test_another_object_without_a_day_leaves_what_held_before_the_day_of_the_mapping(shop: Shop) -> None:
    call("map", ANY, "Hours", "--from-date", "2026-12-01")
    dry = call("map", ANY, "Services", "--dry-run", "--json").data
    assert dry["changes"][0]["after"] == "Services from 01 Dec 2026 on, before that Services"


def test_a_dash_takes_a_mapping_away(shop: Shop) -> None:
    said = call("map", ANY, "-")
    assert said.code == 1
    assert said.text.startswith("Took away 1 mapping.")
    assert targets()[ANY] == ""


def test_what_is_for_review_is_confirmed_and_taken_back(shop: Shop) -> None:
    call("map", ANY, "-")
    assert call("map", ANY, "Hours", "--from-date", "2026-12-01").code == 1
    assert refused(call("map", ANY, "Hours", "--confirm"), "--confirm", "leaves what it points to as it is")
    dry = call("map", ANY, "--confirm", "--dry-run", "--json")
    assert (dry.code, dry.data["changes"][0]["state"]) == (0, "ready")
    said = call("map", ANY, "--confirm", "--json")
    assert (said.code, said.data["state"]) == (0, "ready")
    assert said.data["changes"][0]["after"] == "Hours (reviewed: it is meant so) from 01 Dec 2026 on"
    assert refused(call("map", ANY, "--confirm"), "item/*", "not for review")
    assert call("undo").code == 0
    assert [one["state"] for one in call("map", "--kind", "item", "--json").data] == ["review"]


@pytest.mark.parametrize("form", ["csv", "semicolons", "json", "stdin"])
def test_several_from_a_file_are_saved_together_and_taken_back_together(
    shop: Shop, tmp_path: Path, form: str
) -> None:
    rows = [
        {"mapping": ANY, "qbo": "Hours", "account": "", "from_date": "2026-12-01"},
        {
            "mapping": "payment_method/Card",
            "qbo": "Credit Card",
            "account": "Gateway Clearing",
            "from_date": "",
        },
        {"mapping": "receivable/*", "qbo": "Accounts Receivable (A/R)", "account": "", "from_date": ""},
    ]
    sign = ";" if form == "semicolons" else ","
    lines = [sign.join(rows[0]), *(sign.join(row.values()) for row in rows)]
    text = json.dumps(rows) if form in {"json", "stdin"} else "\ufeff" + "\r\n".join(lines) + "\r\n"
    path = tmp_path / f"changes.{form}"
    path.write_text(text, encoding="utf-8")
    given = ("--from", "-" if form == "stdin" else str(path), "--new")
    before = decided()
    stdin = text.encode() if form == "stdin" else b""
    dry = call("map", *given, "--dry-run", stdin=stdin)
    assert dry.code == 0
    assert decided() == before
    said = call("map", *given, stdin=stdin)
    assert said.code == 0
    assert "payment_method/Card  – → Credit Card and Gateway Clearing" in said.text
    assert said.text.splitlines()[-1].startswith("Saved 3 mappings.")
    assert decided() == before + 1
    assert targets()["payment_method/Card"] == "Credit Card"
    assert call("undo").text.startswith("Took back 3 mappings;")
    assert "payment_method/Card" not in targets()
    assert targets()[ANY] == "Services"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ("header",)),
        ("mapping,qbo\n", ("changes.txt has no changes",)),
        ("value,qbo\nx,y\n", ("changes.txt has value, qbo", "mapping, qbo, account and from_date")),
        ("mapping,qbo\nitem/*,Hours\nitem/*\n", ("Line 3 of changes.txt", "2 cells")),
        (
            "mapping,qbo\nitem/*,Hours\nitem/Tea,Hours\n",
            ("Line 3 of changes.txt", "No record needs item/Tea"),
        ),
        ("mapping,qbo\nitem/*,Nowhere\n", ("Line 2 of changes.txt", "Nowhere is not in QuickBooks")),
        ("mapping,qbo\nitem/*,\n", ("Line 2 of changes.txt", "- to take it away")),
        ("mapping,qbo\n,Hours\n", ("Line 2 of changes.txt", "KIND/VALUE")),
        ("mapping,qbo,from_date\nitem/*,Hours,1.12.26\n", ("Line 2 of changes.txt", "2026-11-01")),
        ("mapping,qbo\ntea/*,Hours\n", ("Line 2 of changes.txt", "kinds are")),
        ("mapping,qbo\nreceivable/*@dollars,Checking\n", ("Line 2 of changes.txt", "dollars is no scope")),
        ("mapping,qbo\nreceivable/*,Checking\n", ("receivable/*", "type Bank", "Nothing was saved")),
        ("mapping,qbo\nitem/*,Hours\nitem/*,Sales\n", ("item/* is changed twice",)),
        ('[{"mapping": "item/*", "name": "Hours"}]', ("Record 0 of changes.txt has name",)),
        ('[{"mapping": "item/*"', ("changes.txt", "JSON")),
    ],
)
def test_what_is_wrong_in_a_file_is_one_sentence_with_its_place_and_nothing_is_saved(
    shop: Shop, tmp_path: Path, text: str, words: tuple[str, ...]
) -> None:
    (tmp_path / "changes.txt").write_text(text, encoding="utf-8")
    before = (targets(), decided())
    assert refused(call("map", "--from", str(tmp_path / "changes.txt")), *words)
    assert (targets(), decided()) == before


def test_a_file_that_is_not_there_or_not_text_is_refused(shop: Shop, tmp_path: Path) -> None:
    assert refused(call("map", "--from", str(tmp_path / "none.csv")), "none.csv")
    (tmp_path / "bytes.csv").write_bytes(b"\xff\xfe\x00")
    assert refused(call("map", "--from", str(tmp_path / "bytes.csv")), "bytes.csv is not text in UTF-8")
    assert refused(call("map", ANY, "--from", str(tmp_path / "bytes.csv")), "one of them")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("--suggested", "--from-date", "2026-12-01"), ("--from-date", "one mapping")),
        (("--suggested", "--account", "Checking"), ("--account", "one mapping")),
        (("--from", "changes.csv", "--from-date", "2026-12-01"), ("--from-date", "one mapping")),
        (("--from", "changes.csv", "--history"), ("--history", "one mapping")),
        ((ANY, "Hours", "--history"), ("--history", "changes nothing")),
        ((ANY, "--from-date", "2026-12-01"), ("--from-date", "QBO")),
        (("payment_method/Card", "-", "--account", "Checking", "--new"), ("-", "--account")),
    ],
)
def test_what_would_be_left_unheard_is_refused(
    shop: Shop, given: tuple[str, ...], words: tuple[str, ...]
) -> None:
    before = (targets(), decided())
    said = call("map", *given)
    assert said.code == 2
    assert all(word in said.err for word in words)
    assert (targets(), decided()) == before


def test_what_is_certain_is_saved_together(shop: Shop, tmp_path: Path) -> None:
    assert refused(call("map", "--suggested"), "Every value has a mapping")
    (tmp_path / "one.csv").write_text("mapping,qbo\nitem/*,-\n", encoding="utf-8")
    assert call("map", "--from", str(tmp_path / "one.csv")).code == 1
    assert refused(call("map", "--suggested"), "None of the 1 values", "one by one")
    assert refused(
        call("map", "--suggested", "--kind", "class"), "Every value of the kind class has a mapping"
    )
    assert call("map", "term/Net 30", "-", "--new").code == 1
    dry = call("map", "--suggested", "--dry-run", "--json").data
    assert [(one["mapping"], one["after"]) for one in dry["changes"]] == [("term/Net 30", "Net 30")]
    assert targets()["term/Net 30"] == ""
    assert call("map", "--suggested").code == 0
    assert targets()["term/Net 30"] == "Net 30"


def test_an_object_is_found_by_its_id_however_many_there_are(shop: Shop) -> None:
    with deciding(Options("shop"), "map") as desk:
        many = [QboObject(entity="Item", id=f"9{n:04}", name=f"Alder {n:04}") for n in range(300)]
        desk.cache.now(objects.upsert, [*many, QboObject(entity="Item", id="98765", name="Yew")])
    for wanted in ("98765", "id=98765", "yew"):
        dry = call("map", ANY, wanted, "--dry-run", "--json").data
        assert [one["after"] for one in dry["changes"]] == ["Yew"]
    assert refused(call("map", ANY, "98766", "--dry-run"), "98766 is not in QuickBooks")


def test_another_account_leaves_the_day_of_the_mapping(shop: Shop) -> None:
    method = ("payment_method/Card", "Cash", "--account", "Checking", "--new", "--from-date", "2026-12-01")
    assert call("map", *method).code in (0, 1)
    dry = call("map", "payment_method/Card", "--account", "Savings", "--dry-run", "--json").data
    assert dry["changes"][0]["after"] == "Cash and Savings from 01 Dec 2026 on"
