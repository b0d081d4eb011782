"""The guide as Markdown, for readers outside the console."""

from collections.abc import Iterator

from awra_tui.guide.book import Page
from awra_tui.guide.section import POINT, Block, Section

INDEX = "README.md"
_LEAD = (
    "What the console's warnings mean, what causes them, what to do, who does it, and what not to do. "
    "The same pages open with `F1` in the console, and `awra-tui guide` prints them."
)


def documents(pages: tuple[Page, ...]) -> dict[str, str]:
    """Return the text of every file by its name: the pages and an index of them."""
    return {INDEX: _index(pages)} | {f"{page.name}.md": document(page) for page in pages}


def document(page: Page) -> str:
    """Return one page."""
    first, *others = page.sections
    parts = [f"# {page.title}", _body(first)]
    parts += [f"## {section.title}\n\n{_body(section)}" for section in others]
    return "\n\n".join(part for part in parts if part) + "\n"


def _index(pages: tuple[Page, ...]) -> str:
    lines = [f"- [{page.title}]({page.name}.md)" for page in pages]
    return f"# Guide\n\n{_LEAD}\n\n" + "\n".join(lines) + "\n"


def _body(section: Section) -> str:
    return "".join(_lines(section)).strip()


def _lines(section: Section) -> Iterator[str]:
    before = ""
    for block in section.blocks:
        listed = bool(block.label)
        yield "\n" if listed and before else "\n\n"
        yield _line(block)
        before = block.label
    if section.reason:
        yield f"\n- **Key:** `{section.reason}`"


def _line(block: Block) -> str:
    if block.label == POINT:
        return f"- {block.text}"
    return f"- **{block.label}:** {block.text}" if block.label else block.text
