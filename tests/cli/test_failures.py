"""Whatever goes wrong is one sentence on standard error and status 2."""

import json
import os
import subprocess
from pathlib import Path
from unittest import mock

import pytest

from awra_tui.cache import bridge
from tests.cli.commands import call, child, is_one_sentence
from tests.cli.conftest import Shop


@pytest.mark.parametrize(
    ("args", "part"),
    [
        (["nosuch"], "nosuch"),
        (["status", "--nosuch"], "--nosuch"),
        (["show"], "RECORD"),
        (["warnings", "--kind", "facture"], "customer"),
        (["warnings", "--dimension", ""], "must be one of authorization, mapping, source data,"),
        (["map", "--kind", "shoe"], "must be one of account, tax_code,"),
        (["simulator", "--port", "x"], '--port is "x", but must be a whole number from 0 to 65535'),
        (["simulator", "--anchor", "1.2.3"], "a day written year-month-day, such as 2026-11-01"),
        (["log", "abc"], 'RUN is "abc", but must be a whole number from 1 to'),
        (["log", "9" * 20], "a whole number from 1 to 2147483647"),
        (["log", "--request", "9" * 20], "a whole number from 1 to 2147483647"),
        (["dismiss", "--warning", "9" * 20, "--why", "x"], "a whole number from 1 to 2147483647"),
        (["log", "--limit", "0"], "a whole number from 1 to 100000"),
        (["connect-customer", "C-1", "--start", "soon"], '--start is "soon", but must be a day'),
        (["sync", "--every", "-5m"], '--every is "-5m", but must be'),
        (["lookup", " "], "nothing to look up"),
        (["explain", "/nowhere/file"], "/nowhere/file"),
        (["explain", "/"], "directory"),
        (["dismiss", "invoice/i3"], "--why"),
        (["dismiss", "--why", "x"], "--warning"),
        (["connect-customer", "C-1", "7", "--new"], "not both"),
        (["sync", "--every", "1 fortnight"], "1h"),
        (["sync", "--every", "1h", "--accept-deletions"], "one pass"),
        (["log", "x"], "x"),
        (["map", "shoe/size"], "payment_method"),
        (["map", "item/*", "Nothing at all"], "Services (1)"),
        (["map", "item/Tea"], "No record needs item/Tea, and no mapping has it; nearest: item/*."),
        (["map", "item/Tea", "Services"], "--new"),
        (["map", "tax_code/Zero", "4"], "none of the kind tax_code yet"),
        (["map", "item/*", "Services", "--account", "Checking"], "deposit account"),
        (["connect-customer", "C-1", "Nobody & Sons"], "not in QuickBooks"),
        (["void", "invoice/i3"], "not in QuickBooks, so there is nothing to decide"),
        (["dismiss", "--warning", "99", "--why", "x"], "no warning 99"),
        (["restore", "invoice/i3"], "no dismissed or snoozed warning"),
        (["owner", "invoice/TWIN", "Wanjiru"], "2 records"),
        (["undo"], "nothing"),
        (["resend", "invoice/i3"], "waits for"),
        (["console"], "terminal"),
        ([], "terminal"),
        (["status", "--set", "sync.evry=1h"], "every"),
        (["status", "--set", "nonsense"], "key=value"),
    ],
)
def test_one_sentence(shop: Shop, args: list[str], part: str) -> None:
    said = call(*args)
    assert (said.code, said.out) == (2, b"")
    assert part in said.err
    assert is_one_sentence(said.err), said.err


def test_a_missing_profile_lists_those_that_exist_and_says_how_to_make_one(shop: Shop) -> None:
    said = call("status", "--profile", "shp")
    assert said.code == 2
    assert "shop" in said.err
    assert "shp.toml" in said.err
    assert "awra-tui demo" in said.err
    assert is_one_sentence(said.err)


def test_a_profile_that_cannot_be_read_names_its_file(shop: Shop) -> None:
    shop.profile.write_bytes(b"\xff\xfe")
    said = call("status")
    assert said.code == 2
    assert str(shop.profile) in said.err
    assert is_one_sentence(said.err)


def test_a_profile_that_is_a_folder_is_called_one(shop: Shop) -> None:
    said = call("status", "--profile", str(shop.home))
    assert (said.code, said.out) == (2, b"")
    assert f"{shop.home} is a folder" in said.err
    assert is_one_sentence(said.err)


@pytest.mark.parametrize(
    ("right", "wrong", "synced"),
    [
        ('type = "files"', 'type = "files"\ntimezone = "UTC"', True),
        ('type = "files"', 'type = "files"\ntimezone = "UTC"', False),
        ('type = "files"', 'type = "ledger"', False),
        ('kind = "customer"\nfiles', 'kind = "shoe"\nfiles', True),
        ('kind = "customer"\nfiles', 'kind = "shoe"\nfiles', False),
    ],
)
def test_a_source_that_can_never_be_read_is_told_by_every_command(
    shop: Shop, right: str, wrong: str, synced: bool
) -> None:
    text = shop.profile.read_text(encoding="utf-8")
    shop.profile.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    if not synced:
        (shop.home / "data" / "shop.db").unlink()
    told = {tuple(args): call(*args) for args in (["sync"], ["status"], ["warnings", "--json"], ["map"])}
    assert {(said.code, said.out) for said in told.values()} == {(2, b"")}
    (sentence,) = {said.err for said in told.values()}
    assert "shop.toml" in sentence
    assert is_one_sentence(sentence)


def test_a_cache_that_is_none_is_a_sentence(shop: Shop) -> None:
    (shop.home / "data" / "shop.db").write_text("this is no database, however long it may be " * 50)
    for args in (["status"], ["sync"]):
        said = call(*args)
        assert said.code == 2
        assert "shop.db" in said.err
        assert is_one_sentence(said.err)


def test_a_folder_that_is_a_file_is_a_sentence(shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    said = call("sync", "--set", f"cache.url=sqlite:///{tmp_path}/file/cache.db")
    assert said.code == 2
    assert str(tmp_path) in said.err
    assert is_one_sentence(said.err)


def test_a_company_that_does_not_answer_is_a_sentence(shop: Shop) -> None:
    said = call("sync", "--json", "--set", "qbo.api_base_url=http://127.0.0.1:9")
    assert said.code == 2
    assert said.data["outcome"] == "stopped"
    assert said.data["sentence"] == said.err.strip()
    assert is_one_sentence(said.err)


@pytest.mark.parametrize("error", [KeyboardInterrupt(), EOFError()])
def test_an_interrupt_is_a_sentence(shop: Shop, error: BaseException) -> None:
    with mock.patch("awra_tui.cli.status.read", side_effect=error):
        said = call("status")
    assert said.code == 2
    assert said.err.strip().startswith("Stopped;")
    assert "Traceback" not in said.err


def test_a_defect_is_a_sentence_that_quotes_nothing(shop: Shop) -> None:
    with mock.patch("awra_tui.cli.status.read", side_effect=RuntimeError("secret-token")):
        said = call("status")
    assert said.code == 2
    assert "RuntimeError" in said.err
    assert "secret-token" not in said.err
    assert is_one_sentence(said.err)


def test_a_defect_can_be_seen_by_whoever_mends_it(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWRA_TUI_TRACEBACK", "1")
    with (
        mock.patch("awra_tui.cli.status.read", side_effect=RuntimeError("where it is")),
        pytest.raises(RuntimeError, match="where it is"),
    ):
        call("status")


@pytest.mark.parametrize("pages", [40, 80])
def test_a_disk_that_is_full_under_the_cache_is_a_sentence(
    new_shop: Shop, monkeypatch: pytest.MonkeyPatch, pages: int
) -> None:
    rows = [{"id": f"C-{number}", "number": "", "name": f"Customer {number}"} for number in range(900)]
    (new_shop.source / "customers.json").write_text(json.dumps(rows), encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setitem(bridge._PRAGMAS, "max_page_count", pages)
        said = call("sync", "--quiet")
    assert (said.code, said.out) == (2, b"")
    assert "the disk is full. Make room, then do it again" in said.err
    assert is_one_sentence(said.err)
    assert call("sync", "--json", "--set", "qbo.api_base_url=http://127.0.0.1:9").data["counts"]["new"] == 904


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_full_disk_is_a_sentence(shop: Shop) -> None:
    with Path("/dev/full").open("wb") as full:
        process = child(["status", "--json"], shop.home, stdout=full)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "No space left" in err.decode()
    assert is_one_sentence(err.decode())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_decision_whose_answer_cannot_be_written_stands_and_says_so(shop: Shop) -> None:
    with Path("/dev/full").open("wb") as full:
        process = child(["note", "INV/7 a", "Asked"], shop.home, stdout=full)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "what was done stands" in err.decode()
    assert is_one_sentence(err.decode())
    assert call("audit", "--json").data[0]["verb"] == "note"


def test_a_reader_that_is_gone_changes_nothing(shop: Shop) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    process = child(["warnings", "--json"], shop.home, stdout=writer)
    os.close(writer)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (1, b"")


def test_a_terminal_that_cannot_write_a_sign_gets_another(shop: Shop) -> None:
    plain = {"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
    process = child(["warnings"], shop.home, env=plain)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (1, b"")
    assert b"Caf\xe9" in out
    assert b"O'Neil ?[31m&" in out
    process = child(["warnings", "--json"], shop.home, env=plain)
    out, _ = process.communicate(timeout=60)
    assert "Café" in out.decode("utf-8")


def test_names_that_are_no_text_are_told(shop: Shop) -> None:
    process = child(["show", "invoice/\udcff"], shop.home, stdin=subprocess.DEVNULL)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert is_one_sentence(err.decode("utf-8"))
