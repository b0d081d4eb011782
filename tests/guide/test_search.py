"""Finding sections: by key, by code, by words, and while one still types."""

import pytest

from awra_tui.guide.book import sections
from awra_tui.guide.search import search


def first(text: str) -> str:
    return search(text, sections())[0].id


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("closed_period", "closed_period"),
        ("Closed period", "closed_period"),
        ("6140", "number_is_taken"),
        ("3001", "throttled"),
        ("when should I retry?", "retry-or-escalate/when-to-resend"),
        ("when to escalate", "retry-or-escalate/when-to-escalate"),
        ("undeposited funds", "mapping/what-to-check"),
        ("what not to do", "what-not-to-do"),
        ("MULTICURRENCY", "currency_not_in_use"),
    ],
)
def test_the_best_comes_first(text: str, found: str) -> None:
    assert first(text) == found


def test_without_words_all_come_in_their_order() -> None:
    assert search(" ?! ", sections()) == list(sections())


def test_nothing_is_found_for_a_word_that_stands_nowhere() -> None:
    assert search("zzzz", sections()) == []
    assert search("[/]", sections()) == list(sections())


def test_half_a_word_finds_too() -> None:
    assert "credits_apply_themselves" in {section.id for section in search("autom", sections())}


def test_more_words_narrow_what_is_found() -> None:
    one, two = search("tax", sections()), search("tax rate", sections())
    assert {each.id for each in two} < {each.id for each in one}
    assert all("rate" in f"{each.title} {each.text} {each.id}".casefold() for each in two)
