"""Finding sections by words, as somebody types them."""

import re
from collections.abc import Sequence

from awra_tui.guide.section import Section


def search(text: str, sections: Sequence[Section]) -> list[Section]:
    """Return the sections that have the most of the words, those with them in the title first.

    All come in their order where no word is given; a reason's key and QuickBooks' codes are words too.
    """
    words = _words(text)
    if not words:
        return list(sections)
    counted = [(_count(words, f"{_heading(each)} {each.text.casefold()}"), each) for each in sections]
    most = max((count for count, _ in counted), default=0)
    found = [each for count, each in counted if count == most > 0]
    return sorted(found, key=lambda each: _rank(words, each))


def _rank(words: list[str], section: Section) -> tuple[bool, bool, int]:
    """Put what is meant first: the title or a code itself, then a title with the words, then the text."""
    named = words == _words(section.title) or (len(words) == 1 and words[0] in section.codes)
    in_title = _count(words, _heading(section))
    return not named, in_title < len(words), -in_title


def _heading(section: Section) -> str:
    return " ".join([section.title.casefold(), *_words(section.id), *section.codes])


def _count(words: list[str], text: str) -> int:
    return sum(word in text for word in words)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())
