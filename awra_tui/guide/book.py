"""All pages of the guide in their order, read from the Markdown files beside this module."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from awra_tui.guide.section import POINT, Block, Section, missing, of_reason
from awra_tui.health.catalogue import REASONS

PAGES = (
    "order-of-work",
    "customers",
    "mapping",
    "readiness",
    "settings",
    "duplicates",
    "changes",
    "rejections",
    "temporary",
    "authorization",
    "retry-or-escalate",
    "what-not-to-do",
    "words",
)
"""The pages in the order in which they are read, by the names of their files."""

_LABELLED = re.compile(r"(Cause|Not): ")
_KEY = re.compile(r"[a-z]+(_[a-z]+)*")


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its file's name without the ending, its title, its sections; the first is its beginning."""

    name: str
    title: str
    sections: tuple[Section, ...]


@cache
def pages() -> tuple[Page, ...]:
    """Return all pages."""
    folder = files("awra_tui.guide").joinpath("pages")
    return tuple(read(name, folder.joinpath(f"{name}.md").read_text(encoding="utf-8")) for name in PAGES)


def sections() -> tuple[Section, ...]:
    """Return all sections in the order of the pages."""
    return tuple(section for page in pages() for section in page.sections)


def section_of(topic: str) -> Section | None:
    """Return the section with this id: of a reason, a page or a heading; nothing where there is none."""
    found = next((section for section in sections() if section.id == topic), None)
    return missing(topic) if found is None and topic in REASONS else found


def read(name: str, text: str) -> Page:
    """Return the page that a Markdown text is; a heading that is a reason's key stands for its section."""
    beginning, *parts = re.split(r"^## ", text.removeprefix("# "), flags=re.MULTILINE)
    title, _, lead = beginning.partition("\n")
    first = Section(id=name, page=title, title=title, blocks=tuple(_blocks(lead)))
    return Page(name, title, (first, *(_section(name, title, part) for part in parts)))


def _section(name: str, page: str, part: str) -> Section:
    heading, _, body = part.partition("\n")
    heading, blocks = heading.strip(), tuple(_blocks(body))
    if heading in REASONS:
        return of_reason(REASONS[heading], page, blocks)
    slug = re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-")
    return Section(id=f"{name}/{slug}", page=page, title=heading, blocks=blocks)


def is_key(heading: str) -> bool:
    """Whether a heading looks like the key of a reason, not like words."""
    return bool(_KEY.fullmatch(heading))


def _blocks(body: str) -> Iterator[Block]:
    for paragraph in re.split(r"\n\s*\n|\n(?=- )", body.strip()):
        line = " ".join(paragraph.split())
        if line.startswith("- "):
            yield Block(POINT, line.removeprefix("- "))
        elif found := _LABELLED.match(line):
            yield Block(found[1], line[found.end() :])
        elif line:
            yield Block("", line)
