"""What a script hands over by mistake: variables that are not set, files for names, streams that are gone."""

import json
import os
import subprocess

import pytest

from tests.cli.commands import PROGRAM, call, child, is_one_sentence
from tests.cli.conftest import Shop

EMPTY = [
    (["map", "item/*", ""], "- to take the mapping away"),
    (["map", "item/*", "--account", ""], "--account"),
    (["map", "--from", " "], "--from"),
    (["connect-customer", "C-1", ""], "QBO"),
    (["escalate", "INV/7 a", "--output", ""], "--output"),
    (["handover", "Bob", "--output", ""], "--output"),
    (["audit", "--csv", ""], "--csv"),
    (["audit", "--since", ""], "--since"),
    (["warnings", "--since", ""], "--since"),
    (["sync", "--every", ""], "--every"),
]


@pytest.mark.parametrize(("args", "part"), EMPTY, ids=[" ".join(args) for args, _ in EMPTY])
def test_an_empty_value_is_refused_and_does_nothing(shop: Shop, args: list[str], part: str) -> None:
    before = call("audit", "--json").data
    said = call(*args)
    assert said.code == 2, said
    assert not said.out
    assert is_one_sentence(said.err), said.err
    assert part in said.err
    assert "must be" in said.err
    assert call("audit", "--json").data == before


def test_a_mapping_is_not_taken_away_by_a_variable_that_is_not_set(shop: Shop) -> None:
    assert call("map", "item/*", "").code == 2
    [row] = [row for row in call("map", "--json").data if row["mapping"] == "item/*"]
    assert row["name"] == "Services"


@pytest.mark.parametrize("number", ["1_0", "²", "0x1", "1e1", " "])
def test_a_number_is_written_in_digits(shop: Shop, number: str) -> None:
    said = call("log", "--limit", number)
    assert (said.code, said.out) == (2, b"")
    assert "a whole number from 1 to" in said.err


def test_a_name_as_long_as_a_file_is_cut_in_the_sentence_about_it(shop: Shop) -> None:
    said = call("show", "x" * 10_000)
    assert said.code == 2
    assert len(said.err) < 500, len(said.err)
    assert said.err.startswith("No record is called xxx")


@pytest.mark.parametrize(("args", "status"), [(["status"], 1), (["show", "i1"], 1), (["show", "none"], 2)])
@pytest.mark.parametrize("closed", ["stdout", "stderr"])
def test_a_stream_that_is_closed_changes_no_status(
    shop: Shop, args: list[str], status: int, closed: str
) -> None:
    shut = {"stdout": ">&-", "stderr": "2>&-"}[closed]
    found = subprocess.run(
        ["/bin/sh", "-c", f'exec "$0" "$@" {shut}', *PROGRAM, *args],
        check=False,
        capture_output=True,
        timeout=60,
        env=os.environ | {"AWRA_TUI_HOME": str(shop.home)},
    )
    assert found.returncode == status, found.stderr
    assert b"Traceback" not in found.stderr


def test_a_profile_nested_without_end_is_a_sentence(shop: Shop) -> None:
    shop.profile.write_text("a = " + "[" * 50_000, encoding="utf-8")
    said = call("status")
    assert (said.code, said.out) == (2, b"")
    assert "this is not TOML" in said.err
    assert is_one_sentence(said.err)


def test_a_profile_that_leads_nowhere_is_not_among_those_there_are(shop: Shop) -> None:
    shop.profile.with_name("gone.toml").symlink_to("nowhere.toml")
    said = call("status", "--profile", "gone")
    assert "those there are: shop." in said.err


def test_a_source_of_countless_columns_is_named_by_its_first_ones(shop: Shop) -> None:
    (shop.source / "customers.json").write_text(
        json.dumps([{f"column {number} " + "y" * 200: 1 for number in range(5_000)}]), encoding="utf-8"
    )
    said = call("sync", "--quiet")
    assert said.code == 2
    assert len(said.err) < 5_000
    assert "and 4,950 more" in said.err


def test_help_that_nobody_reads_to_its_end_is_no_failure(shop: Shop) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    process = child(["--help"], shop.home, stdout=writer)
    os.close(writer)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")
