"""The guide on the command line: by reason, by words, as JSON, as files."""

from pathlib import Path

import pytest

from awra_tui.guide.book import pages, sections
from tests.cli.commands import call, is_one_sentence
from tests.cli.conftest import Shop


@pytest.mark.parametrize("asked", [("number_is_taken",), ("6140",), ("number", "is", "taken")])
def test_a_reason_is_printed_in_full(asked: tuple[str, ...]) -> None:
    said = call("guide", *asked)
    assert (said.code, said.err) == (0, "")
    lines = said.text.splitlines()
    assert lines[0] == "Number is taken"
    assert {line[:11].strip() for line in lines[2:]} >= {"Says", "Cause", "Do", "Who", "Waits", "Not"}
    assert max(map(len, lines)) <= 100


def test_without_words_all_sections_are_listed() -> None:
    lines = call("guide").text.splitlines()
    assert len(lines) == len(sections())
    assert [line.split()[-1] for line in lines] == [section.id for section in sections()]


def test_a_page_is_listed_by_its_name() -> None:
    found = call("guide", "mapping", "--json").data
    assert {section["page"] for section in found} == {"Mappings"}
    assert "not_mapped" in {section["reason_key"] for section in found}


def test_nothing_found_is_a_sentence() -> None:
    said = call("guide", "zzzz")
    assert said.code == 2
    assert is_one_sentence(said.err)
    assert "zzzz" in said.err


def test_pages_are_written_into_a_folder(tmp_path: Path) -> None:
    said = call("guide", "--write", str(tmp_path))
    assert said.code == 0
    assert len(list(tmp_path.glob("*.md"))) == len(pages()) + 1
    assert "number_is_taken" in (tmp_path / "duplicates.md").read_text(encoding="utf-8")
    assert call("guide", "--write", str(tmp_path / "nowhere")).code == 2


def test_the_support_guide_is_the_profiles(shop: Shop) -> None:
    missing = call("guide", "--support")
    assert missing.code == 2
    assert "guide_url" in missing.err
    address = "https://help.example.com/books"
    said = call("guide", "--support", "--set", f"support.guide_url={address}")
    assert (said.code, said.text) == (0, f"{address}\n")
    assert call("guide", "--support", "--json", "--set", f"support.guide_url={address}").data == {
        "guide_url": address
    }
