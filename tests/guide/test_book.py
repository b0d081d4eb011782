"""The guide and the catalogue of reasons hold each other, and docs/guide is the guide."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

from awra_tui.cli.main import cli
from awra_tui.guide import book, markdown
from awra_tui.guide.section import CAUSE, NOT, POINT, Section
from awra_tui.health.catalogue import REASONS
from awra_tui.records.status import Dimension, Status

ROOT = Path(__file__).parents[2]
WRITTEN = {section.reason: section for section in book.sections() if section.reason}
HOW = "below the heading `## {0}`, in a page of awra_tui/guide/pages, one line `Cause: …` and one `Not: …`"


@pytest.mark.parametrize("key", REASONS)
def test_every_reason_has_a_section_with_causes_and_what_not_to_do(key: str) -> None:
    assert key in WRITTEN, f"The guide lacks the reason {key}: write {HOW.format(key)}."
    labels = [block.label for block in WRITTEN[key].blocks]
    for own in (CAUSE, NOT):
        assert labels.count(own) == 1, f"The section of {key} needs exactly one {own}: {HOW.format(key)}."
    assert set(labels) <= {"Says", CAUSE, "Do", "Who", "Waits", NOT, "Dimension"}


def test_no_section_is_left_of_a_reason_that_is_gone() -> None:
    left = [section.title for section in book.sections() if not section.reason and book.is_key(section.title)]
    assert not left, f"No reason of the catalogue has these keys; take the sections out of the guide: {left}"


def test_no_id_stands_twice() -> None:
    ids = [section.id for section in book.sections()]
    assert sorted(ids) == sorted(set(ids))


def test_every_file_is_a_page() -> None:
    there = {each.name for each in files("awra_tui.guide").joinpath("pages").iterdir()}
    assert there == {f"{name}.md" for name in book.PAGES}


def test_docs_are_the_guide() -> None:
    folder = ROOT / "docs" / "guide"
    made = markdown.documents(book.pages())
    found = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    assert found == made, "docs/guide is not the guide: run awra-tui guide --write docs/guide."


@pytest.mark.parametrize("section", book.sections(), ids=lambda section: section.id)
def test_sections_are_sentences(section: Section) -> None:
    assert section.blocks
    for block in section.blocks:
        text = block.text
        assert (
            text[0].isupper() or text[0] in "`…" or (block.label == POINT and text.startswith("intuit_tid"))
        )
        assert text.endswith((".", "…", "…)"))
        assert not re.search(r"[{}<>]|  |\*\*", text)
        assert text.count("`") % 2 == 0
        assert "…." not in text
        assert not re.search(r"… *…", text)


def test_what_the_catalogue_says_is_not_written_again() -> None:
    own = [block.text for each in WRITTEN.values() for block in each.blocks if block.label in {CAUSE, NOT}]
    said = {text for reason in REASONS.values() for text in (reason.sentence, reason.action)}
    assert not said & set(own)
    causes = [block.text for each in WRITTEN.values() for block in each.blocks if block.label == CAUSE]
    assert len(set(causes)) == len(causes)


def test_commands_that_are_named_exist() -> None:
    text = "\n".join(section.text for section in book.sections())
    named = set(re.findall(r"awra-tui ([a-z-]+)", text))
    assert named
    assert named <= set(cli.list_commands(None))  # type: ignore[arg-type]


def test_a_reason_that_no_page_has_is_told_from_the_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    without = tuple(section for section in book.sections() if section.reason != "not_mapped")
    monkeypatch.setattr(book, "sections", lambda: without)
    section = book.section_of("not_mapped")
    assert section is not None
    assert section.title == "Not mapped"
    assert [block.label for block in section.blocks] == ["Says", "Do", "Who", "Dimension"]
    assert book.section_of("no_such_reason") is None


def test_words_has_every_dimension_and_status() -> None:
    words = "\n".join(
        section.text for page in book.pages() if page.name == "words" for section in page.sections
    )
    for dimension in Dimension:
        assert f"{dimension.label.capitalize()}:" in words
    for status in Status:
        assert status.label.split(";")[0].casefold() in words.casefold()
