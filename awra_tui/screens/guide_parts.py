"""What the guide shows: the columns of its list, and a section as text of a width."""

from textual.content import Content

from awra_tui.guide.section import POINT, Block, Section
from awra_tui.screens.prose import hanging, title, wrapped
from awra_tui.widgets.columns import Cell, Column

LABEL, INDENT = 11, 2
"""Cells of the labels of a reason's facts, and before the points of a list."""

COLUMNS: list[Column[Section]] = [
    Column(name="title", label="Section", cell=lambda section: section.title, width=20, share=3, most=60),
    Column(name="page", label="Page", cell=lambda section: Cell(_page(section), "muted"), width=12, share=1,
           most=30, priority=2),
]  # fmt: skip


def section_text(section: Section, width: int) -> Content:
    """Return a section: its title, paragraphs parted by lines, facts and points one below the other."""
    lines = [title(section.title)]
    before = "."
    for block in section.blocks:
        if not (block.label and before) or before == ".":
            lines.append(Content(""))
        lines.append(_block(block, width))
        before = block.label
    return Content("\n").join(lines)


def _block(block: Block, width: int) -> Content:
    text = block.text.replace("`", "")
    if not block.label:
        return Content("\n".join(wrapped(text, width)))
    return hanging(block.label, text, width, indent=INDENT if block.label == POINT else LABEL)


def _page(section: Section) -> str:
    return "" if section.title == section.page else section.page
